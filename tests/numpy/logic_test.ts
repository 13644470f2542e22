import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, numpy as np } from "../../mod.ts";
import type { NDArray } from "../../core/trace.ts";

const number = fc.oneof(
  fc.integer({ min: -4, max: 4 }).map((n) => n / 2),
  fc.constantFrom(NaN, Infinity, -Infinity),
);
const float = (x: number) => np.array(x, { dtype: "float32" });

function closeNaively(x: number, y: number, rtol: number, atol: number, equalNan: boolean) {
  if (Number.isNaN(x) && Number.isNaN(y)) return equalNan;
  return x === y || (Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y));
}

Deno.test("`np.isclose()` is within the tolerances", () => {
  const tolerance = fc.constantFrom(0, 0.25, 0.5, 1);
  fc.assert(fc.property(number, number, tolerance, tolerance, fc.boolean(), (x, y, r, a, nan) => {
    const options = { rtol: r, atol: a, equalNan: nan };
    const expected = closeNaively(x, y, r, a, nan);
    assertEquals(np.isclose(float(x), float(y), options).item(), expected);
    assertEquals(np.allclose(float(x), float(y), r, a, { equalNan: nan }).item(), expected);
  }));
});

Deno.test("`np.isclose()` has JAX's tolerances if none are given", () => {
  const x = np.array([1, 1, 1e-7, 1e-9, NaN]);
  const y = np.array([1 + 9e-6, 1 + 2e-5, 0, 0, NaN]);
  assertEquals(np.isclose(x, y).tolist(), [true, false, false, true, false]);
  assertEquals(np.isclose(np.arange(3), np.arange(3)).tolist(), [true, true, true]);
  assertEquals(np.isclose({ re: 1, im: 1 }, { re: 1, im: 1.000001 }).item(), true);
  assertEquals(np.isclose(x, y, 0.1).tolist(), [true, true, false, true, false]);
  assertEquals((jit((x: NDArray) => np.allclose(x, x))(np.ones(3)) as NDArray).item(), true);
  assertEquals(np.allclose(np.zeros([0]), np.ones([0])).item(), true);
  assertThrows(() => np.isclose(np.ones(2), np.ones(3)), Error, "incompatible shapes");
});

Deno.test("`np.arrayEqual()` compares shapes and elements", () => {
  assertEquals(np.arrayEqual([1, 2], np.array([1, 2])).item(), true);
  assertEquals(np.arrayEqual([1, 2], [1, 2.5]).item(), false);
  assertEquals(np.arrayEqual([1, 1], [[1, 1]]).item(), false);
  assertEquals(np.arrayEqual([NaN], [NaN]).item(), false);
  assertEquals(np.arrayEqual([NaN], [NaN], { equalNan: true }).item(), true);
  assertEquals(np.arrayEqual([], []).item(), true);
});

Deno.test("`np.arrayEquiv()` lets shapes broadcast", () => {
  assertEquals(np.arrayEquiv([1, 1], [[1, 1], [1, 1]]).item(), true);
  assertEquals(np.arrayEquiv([1, 1], 1).item(), true);
  assertEquals(np.arrayEquiv([1, 2], [[1, 2], [1, 3]]).item(), false);
  assertEquals(np.arrayEquiv([1, 2], [1, 2, 3]).item(), false);
});
