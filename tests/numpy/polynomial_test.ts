import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, numpy as np } from "../../mod.ts";
import type { NDArray } from "../../core/trace.ts";

const coefficients = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 5 });
const ints = (list: readonly number[]) => np.array(list, { dtype: "int32" });
// The sign of a zero is not what these tests are about.
const value = (p: NDArray, x: number) => Number(np.polyval(p, x).item()) + 0;
const valueNaively = (p: readonly number[], x: number) =>
  p.reduce((sum, c, i) => sum + c * x ** (p.length - 1 - i), 0) + 0;

Deno.test("`np.polyval()` sums coefficients times powers", () => {
  fc.assert(fc.property(coefficients, fc.integer({ min: -4, max: 4 }), (p, x) => {
    assertEquals(value(ints(p), x), valueNaively(p, x));
  }));
  const x = np.arange(6).reshape(2, 3);
  assertEquals(np.polyval(ints([1, 0, 1]), x).tolist(), [[1, 2, 5], [10, 17, 26]]);
  assertEquals(np.polyval(np.array([[1, 2], [3, 4]]), 10).tolist(), [13, 24]);
  assertEquals(np.polyval(np.zeros(0), 3).item(), 0);
  assertEquals((jit((x: NDArray) => np.polyval(ints([2, 1]), x))(x) as NDArray).shape, [2, 3]);
});

Deno.test("sums, differences and products of polynomials have those values", () => {
  const point = fc.integer({ min: -3, max: 3 });
  fc.assert(fc.property(coefficients, coefficients, point, (p, q, x) => {
    const [a, b] = [ints(p), ints(q)];
    const [u, v] = [valueNaively(p, x), valueNaively(q, x)];
    assertEquals(value(np.polyadd(a, b), x), u + v);
    assertEquals(value(np.polysub(a, b), x), u - v);
    assertEquals(value(np.polymul(a, b), x), u * v + 0);
  }));
});

Deno.test("`np.polyder()` undoes `np.polyint()`", () => {
  fc.assert(fc.property(coefficients, fc.integer({ min: 0, max: 3 }), (p, m) => {
    const integral = np.polyint(ints(p), m);
    assertEquals(integral.size, p.length + m);
    const back = np.polyder(integral, m).tolist() as number[];
    back.forEach((c, i) => assertAlmostEquals(c, p[i], 1e-4));
  }));
  assertEquals(np.polyder(ints([1, 1, 1, 1])).tolist(), [3, 2, 1]);
  assertEquals(np.polyder(ints([1, 2, 3]), 2).tolist(), [2]);
  assertEquals(np.polyint(ints([6, 2]), 2, ints([5, 7])).tolist(), [1, 1, 5, 7]);
  assertEquals(np.polyint(ints([2]), { m: 1, k: 3 }).tolist(), [2, 3]);
});

Deno.test("`np.poly()` vanishes at its roots", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 4 }), (roots) => {
    const p = np.poly(ints(roots));
    for (const root of roots) assertEquals(value(p, root), 0);
    assertEquals(p.ndim === 0 ? p.item() : p[0].item(), 1);
  }));
});

Deno.test("bad polynomials get JAX's errors", () => {
  const p = ints([1, 2]);
  assertThrows(() => np.polyder(p, -1), RangeError, "Order of derivative must be positive");
  assertThrows(() => np.polyint(p, -1), RangeError, "Order of integral must be positive");
  assertThrows(
    () => np.polyint(p, 2, ints([1, 2, 3])),
    RangeError,
    "k must be a scalar or a rank-1 array of length 1 or m.",
  );
  assertThrows(() => np.polyder(p, 0.5), TypeError, "must be an integer");
  assertThrows(() => np.polyadd(np.ones([2, 2]), p), RangeError, "got an array of shape (2, 2)");
});
