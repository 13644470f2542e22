import fc from "fast-check";
import { registerBackend } from "../../core/backend.ts";
import { reference } from "../../backends/reference/mod.ts";
import { assertSameJitted, programs } from "./program.ts";

registerBackend(reference);

// To look for new faults: DENOJAX_FUZZ_RUNS=20000 deno test -A tests/fuzz
const runs = Deno.env.get("DENOJAX_FUZZ_RUNS");

Deno.test("random programs give jitted what they give eagerly", () => {
  fc.assert(fc.property(programs(12), assertSameJitted), {
    numRuns: Number(runs ?? 150),
    ...(runs === undefined ? { seed: 1 } : {}),
  });
});
