/**
 * Every case of the tables against JAX: on each backend the types and values, eager and under
 * `jit`; programs as JAX prints them; errors in JAX's words. And a case for every primitive.
 */
import { assertEquals, fail } from "@std/assert";
import { declaredPrimitives } from "../core/trace.ts";
import { config } from "../mod.ts";
import { check, coveredPrimitives, forBackend, rowsByCall } from "./harness.ts";

/** The backends that share the tables. */
const BACKENDS = ["reference"];

// The cases provoke these; JAX warns of them too.
for (const name of ["complex", "scatter-dtype", "dtype-truncation"]) {
  config.silencedWarnings.add(name);
}

for (const backend of BACKENDS) {
  for (const [call, rows] of rowsByCall()) {
    Deno.test(`${call} is JAX's on ${backend}`, () => {
      const wrong = forBackend(
        backend,
        () => rows.flatMap((row) => check(row).map((what) => `${row.key}\n  ${what}`)),
      );
      if (wrong.length > 0) {
        fail(`${wrong.length} complaints about ${rows.length} cases\n\n${wrong.join("\n")}`);
      }
    });
  }
}

Deno.test("every declared primitive has a case", () => {
  const covered = coveredPrimitives();
  assertEquals([...declaredPrimitives().keys()].filter((name) => !covered.has(name)), []);
});
