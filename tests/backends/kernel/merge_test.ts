import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { fuse } from "../../../backends/kernel/fuse.ts";
import { inline } from "../../../backends/kernel/inline.ts";
import type { Plan, Step } from "../../../backends/kernel/ir.ts";
import { merge } from "../../../backends/kernel/merge.ts";
import { schedule } from "../../../backends/kernel/schedule.ts";
import { Simplifier } from "../../../backends/kernel/simplify.ts";
import { product } from "../../../core/aval.ts";
import { scoped } from "../../../core/expr.ts";
import { jit, lax, makeJaxpr, numpy as np } from "../../../mod.ts";
import { runPlan } from "./interpret.ts";

type Program = (...xs: np.NDArray[]) => np.NDArray[];

/** The plans of a program before and after merging, and with every kernel scheduled as well. */
function plansOf(f: Program, ...args: np.NDArray[]): Plan[] {
  const { jaxpr } = inline(makeJaxpr(f)(...args).jaxpr);
  const simplifier = new Simplifier();
  const plan = fuse(jaxpr, simplifier);
  const merged = merge(plan);
  const steps = merged.steps.flatMap((step): Step[] =>
    step.kind === "routine"
      ? [step]
      : schedule(step.kernel, simplifier).map((kernel) => ({ ...step, kernel }))
  );
  return [plan, merged, { ...merged, steps }];
}
/** Asserts that a program's plans compute the same, and gives the number of merged kernels. */
function assertSamePlans(f: Program, ...args: np.NDArray[]): number {
  return scoped(() => {
    const plans = plansOf(f, ...args);
    const data = args.map((x) => Array.from(x.toTypedArray(), Number));
    const [plain, ...others] = plans.map((p) => runPlan(p, data));
    for (const results of others) assertEquals(results, plain);
    return plans[1].steps.length;
  });
}

const x = np.arange(6).reshape(2, 3).sub(2);
const y = np.array([[4, 1, 7], [-2, 0, 3]]);

Deno.test("`merge()` joins kernels over the same points", () => {
  assertEquals(assertSamePlans((x, y) => [x.add(y), x.mul(y), x.sub(y)], x, y), 1);
  assertEquals(assertSamePlans((x) => [x.sum(1), x.max(1)], x), 1);
  assertEquals(assertSamePlans((x) => [x.sum(0), x.max(1)], x), 2);
});

Deno.test("`merge()` hands a value on where it is read at the point it is stored at", () => {
  const f: Program = (x) => {
    const sums = x.sum(1);
    const z = sums.mul(sums).add(1);
    return [sums, z];
  };
  assertEquals(assertSamePlans(f, x), 1);
  scoped(() => {
    const [, { steps: [step] }] = plansOf(f, x);
    assert(step.kind === "kernel");
    assertEquals(step.kernel.stores.length, 2);
  });
});

Deno.test("`merge()` does not store what nobody reads any more", () => {
  scoped(() => {
    const f: Program = (x) => {
      const e = x.sum(1);
      return [e.mul(e.add(1)).sub(e)];
    };
    const [plain, merged] = plansOf(f, x);
    assertEquals(plain.steps.length, 2);
    assertEquals(merged.steps.length, 1);
    const [step] = merged.steps;
    assert(step.kind === "kernel");
    assertEquals(step.kernel.stores.length, 1);
    assertEquals(step.outputs.length, 1);
  });
});

Deno.test("`merge()` leaves kernels apart where a neighbour is read", () => {
  assertEquals(assertSamePlans((x) => [x.add(1), x.add(1).sum(0).add(np.roll(x.sum(0), 1))], x), 3);
  const square = np.arange(9).reshape(3, 3);
  const f: Program = (x) => {
    const e = x.add(lax.reduceSum(x, [0, 1]));
    return [e, e.T.sub(e)];
  };
  assertSamePlans(f, square);
});

Deno.test("`merge()` tells an element from the one at the same index of a reshape", () => {
  // At [i, j] the second result reads element 2 i + j of the first one, which is at [i, j] only
  // where i is 0; both loops are over [2, 3].
  const f: Program = (x) => {
    const e = np.sqrt(x.mul(x));
    const other = lax.pad(e.reshape(3, 2), 0, [[0, 0, 0], [0, 1, 0]]);
    return [e, lax.slice(other, [0, 0], [2, 3])];
  };
  assertSamePlans(f, x);
  const [a, b] = jit(f)(x);
  assertEquals(a.tolist(), [[2, 1, 0], [1, 2, 3]]);
  assertEquals(b.tolist(), [[2, 1, 0], [0, 1, 0]]);
});

Deno.test("`merge()` sees through axes of length 1", () => {
  const f: Program = (x) => {
    const mean = x.sum(1, { keepdims: true });
    return [mean, mean.reshape(2).add(1), mean.reshape(1, 2, 1).mul(mean.reshape(1, 2, 1))];
  };
  assertEquals(assertSamePlans(f, x), 1);
});

Deno.test("`merge()` keeps the order of steps around a routine", () => {
  const f = (x: np.NDArray) => {
    const a = x.add(1);
    const b = np.sort(a, 1);
    return [a, b, a.add(b), x.sub(1)];
  };
  const eager = f(x).map((r) => r.tolist());
  assertEquals(jit(f)(x).map((r) => r.tolist()), eager);
  assertEquals(jit(f).lower(x).compile().costAnalysis().kernels, 3);
});

Deno.test("`merge()` tells real parts from imaginary ones", () => {
  const f = (z: np.NDArray) => {
    const w = z.mul(z);
    const e = np.exp(w);
    return [w, e, e.add(w), lax.complex(np.imag(e), np.real(e))];
  };
  const z = lax.complex(np.linspace(-1, 1, 5), np.linspace(2, 0, 5));
  const eager = f(z);
  jit(f)(z).forEach((r, i) => assert(np.allclose(r, eager[i]).item() === true));
});

// -- random programs --------------------------------------------------------------------------

const steps = fc.array(
  fc.record({ op: fc.nat({ max: 9 }), a: fc.nat({ max: 9 }), b: fc.nat({ max: 9 }) }),
  { minLength: 1, maxLength: 9, size: "max" },
);
/** A program over integer arrays of 12 elements or fewer. */
function program(list: readonly { op: number; a: number; b: number }[]): Program {
  return (...xs) => {
    const values = [...xs];
    const take = (n: number) => values[n % values.length];
    for (const { op, a, b } of list) {
      const x = take(a);
      let y = take(b);
      if (y.size !== x.size) y = np.resize(y.ravel(), x.shape);
      y = y.reshape(x.shape);
      const made: (() => np.NDArray)[] = [
        () => x.add(y),
        () => np.maximum(x.sub(y), x),
        () => x.mul(2).sub(1),
        () => x.T,
        () => x.size === 12 ? x.reshape([[3, 4], [2, 6], [12], [2, 1, 6], [4, 3]][b % 5]) : x,
        () => x.sum(b % Math.max(x.ndim, 1) === 0 && x.ndim > 0 ? 0 : undefined),
        () => x.ndim > 0 ? np.flip(x, 0) : x,
        () => x.ndim > 0 ? x.max(x.ndim - 1, { keepdims: true }) : x,
        () => np.where(x.gt(y), x, 3),
        () => x.ndim > 0 && x.size === 12 ? np.roll(x, 1, 0) : x.mul(x),
      ];
      values.push(made[op]());
    }
    return values.slice(xs.length).slice(-3);
  };
}

Deno.test("merged and scheduled plans of random programs compute what the plain plans do", () => {
  const start = [np.arange(12).reshape(3, 4), np.arange(12).mul(5).sub(9).reshape(2, 6)];
  assertEquals(start.map((x) => product(x.shape)), [12, 12]);
  fc.assert(
    fc.property(steps, (list) => {
      assertSamePlans(program(list), ...start);
    }),
    { numRuns: 150, seed: 6 },
  );
});
