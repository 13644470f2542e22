/** Binary search in a sorted array. */
import { checkObject } from "../core/checks.ts";
import { type DType, int32, isComplex, isInexact, realPart } from "../core/dtype.ts";
import {
  addIndex,
  apply,
  both,
  clampIndex,
  constant,
  type Expr,
  select,
  subIndex,
} from "../core/expr.ts";
import { checkSameDTypes } from "../core/rules.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";
import { type Operand, operands } from "./operands.ts";

/** Which of equal elements a value goes before or after. */
export type Side = "left" | "right";

// Note [Branchless binary search]
//
// The number of elements that come before a value is built bit by bit, from the highest: a bit
// stays set if the element just before that position still comes before the value. That is as many
// steps for every value, so it is one expression of depth log n, which fuses like any other.

/** Whether `x` sorts before `y`. NaN comes last, complex numbers go by real part first. */
function before(x: Expr, y: Expr, dtype: DType): Expr {
  if (!isComplex(dtype)) return partBefore(x, y, isInexact(dtype));
  const part = (name: "real" | "imag", e: Expr) => apply(name, [e], realPart(dtype));
  const [re, im] = (["real", "imag"] as const).map((p) => [part(p, x), part(p, y)] as const);
  const bothNaN = apply("and", [isNaNExpr(re[0]), isNaNExpr(re[1])]);
  const tied = apply("or", [apply("eq", re), bothNaN]);
  return apply("or", [
    partBefore(...re, true),
    apply("and", [tied, partBefore(...im, true)]),
  ]);
}
function partBefore(x: Expr, y: Expr, mayBeNaN: boolean): Expr {
  const less = apply("lt", [x, y]);
  if (!mayBeNaN) return less;
  const isNumber = apply("eq", [x, x]);
  return apply("or", [less, apply("and", [isNumber, isNaNExpr(y)])]);
}
function isNaNExpr(x: Expr): Expr {
  return apply("ne", [x, x]);
}

const searchsortedP = definePrimitive<{ readonly side: Side }>("searchsorted", {
  type([sorted, values]) {
    checkSameDTypes("searchsorted", [sorted, values]);
    if (sorted.ndim !== 1) throw new RangeError("a should be 1-dimensional");
    return [values.with({ dtype: int32, weakType: false })];
  },
  // See Note [Branchless binary search].
  lower: ([sorted, values], { side }) => (index) => {
    const { dtype, shape: [n] } = sorted.aval;
    const value = values.at(index);
    let count: Expr = constant(0);
    for (let bit = 2 ** Math.floor(Math.log2(n)); bit >= 1; bit /= 2) {
      const next = addIndex(count, bit);
      const element = sorted.at([clampIndex(subIndex(next, 1), 0, n - 1)]);
      const belongs = side === "left"
        ? before(element, value, dtype)
        : apply("not", [before(value, element, dtype)]);
      count = select(both(apply("le", [next, constant(n)]), belongs), next, count);
    }
    return count;
  },
});

/**
 * Where each of `values` goes in a sorted array of one axis: before elements equal to it for side
 * `"left"`, after them for `"right"`. Computes what JAX's `searchsorted` does by a `scan`.
 *
 * @throws {TypeError} if the dtypes differ.
 * @throws {RangeError} if the array has not one axis, or there is no such side.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.array([1, 2, 2, 3]);
 * assert(lax.searchsorted(x, np.array(2)).item() === 1);
 * assert(lax.searchsorted(x, np.array(2), { side: "right" }).item() === 3);
 * ```
 */
export function searchsorted(
  sorted: Operand,
  values: Operand,
  options: { side?: Side } = {},
): NDArray {
  checkObject("lax.searchsorted", "the options", options);
  const { side = "left" } = options;
  if (side !== "left" && side !== "right") {
    throw new RangeError(`invalid argument side='${side}', expected 'left' or 'right'`);
  }
  return searchsortedP.bind(operands("searchsorted", [sorted, values]), { side });
}
