import fc from "fast-check";
import { assertEquals } from "@std/assert";
import { config, jit, type NDArray, numpy as np } from "../../mod.ts";
import { assertSameJitted, programs } from "./program.ts";

// To look for new faults: DENOJAX_FUZZ_RUNS=20000 deno test -A tests/fuzz
const runs = Deno.env.get("DENOJAX_FUZZ_RUNS");

const options = (share: number) => ({
  numRuns: Math.ceil(Number(runs ?? 150) * share),
  ...(runs === undefined ? { seed: 1 } : {}),
});

Deno.test("random programs give jitted what they give eagerly", () => {
  fc.assert(fc.property(programs(12), assertSameJitted), options(1));
});

Deno.test("random programs of 64-bit types give jitted what they give eagerly", () => {
  config.enableX64 = true;
  try {
    fc.assert(fc.property(programs(12, true), assertSameJitted), options(0.3));
  } finally {
    config.enableX64 = false;
  }
});

Deno.test("what random programs found stays mended", () => {
  const none = np.ones([0, 2]);
  const found: ((x: NDArray) => unknown)[] = [
    () => np.concatenate([none, none, none]),
    (x) => np.concatenate([none, x, none]),
    (x) => x.sub(np.mean(x, 0)).neg().neg().sum(),
  ];
  for (const f of found) {
    const [jitted, eager] = [jit(f), f].map((g) => String(g(np.ones([3, 2]))));
    assertEquals(jitted, eager);
  }
});
