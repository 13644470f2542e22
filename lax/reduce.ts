/** Reductions: axes that vanish into one number each. */
import { ShapedArray } from "../core/aval.ts";
import { listOf } from "../core/checks.ts";
import {
  canonicalize,
  type DType,
  type DTypeLike,
  integerRange,
  isComplex,
  isFloat,
  isInteger,
  toDType,
} from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import type { FoldOp } from "../core/expr.ts";
import { ANY, BITS, checkDTypes, isOneOf, remainingAxes } from "../core/rules.ts";
import { type ReduceParams, reduceSum as sum, reduction } from "../core/structural.ts";
import { definePrimitive, type NDArray, type Primitive, type Rules } from "../core/trace.ts";
import { max, min, mul } from "./arithmetic.ts";
import { broadcastedIota, full } from "./filling.ts";
import { concatenate } from "./joining.ts";
import { bitwiseOr, eq, ne, select } from "./logic.ts";
import { type Operand, operand } from "./operands.ts";
import { broadcastInDim, squeeze } from "./shape.ts";
import { sliceInDim } from "./slicing.ts";

// -- folds ----------------------------------------------------------------------------------------

/**
 * The sum over `axes`; of no elements, 0. Follows `jax.lax.reduce_sum`.
 *
 * @throws {TypeError} for booleans.
 * @throws {RangeError} for an axis that doesn't exist, is negative or comes twice; the other
 *   reductions do as well.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.reduceSum(np.array([1, 2, 3]), [0]).item() === 6);
 * ```
 */
export function reduceSum(x: Operand, axes: readonly number[]): NDArray {
  return sum(operand("reduce_sum", x), listOf("lax.reduceSum", "axes", axes));
}

const reduceProdP = definePrimitive<ReduceParams>(
  "reduce_prod",
  reduction("reduce_prod", "mul", ["number"]),
);
/**
 * The product over `axes`; of no elements, 1. Follows `jax.lax.reduce_prod`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.reduceProd(np.array([2, 3, 4]), [0]).item() === 24);
 * ```
 */
export function reduceProd(x: Operand, axes: readonly number[]): NDArray {
  return bindFold(
    reduceProdP,
    operand("reduce_prod", x),
    listOf("lax.reduceProd", "axes", axes),
    mul,
    1,
  );
}

const reduceMaxP = definePrimitive<ReduceParams>(
  "reduce_max",
  reduction("reduce_max", "max", ANY, "or"),
);
/**
 * The largest element over `axes`, NaN if there is one; of no elements, the dtype's least value.
 * Follows `jax.lax.reduce_max`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.reduceMax(np.array([1, 3, 2]), [0]).item() === 3);
 * ```
 */
export function reduceMax(x: Operand, axes: readonly number[]): NDArray {
  return bindFold(
    reduceMaxP,
    operand("reduce_max", x),
    listOf("lax.reduceMax", "axes", axes),
    max,
    -Infinity,
  );
}

const reduceMinP = definePrimitive<ReduceParams>(
  "reduce_min",
  reduction("reduce_min", "min", ANY, "and"),
);
/**
 * The smallest element over `axes`, NaN if there is one; of no elements, the dtype's greatest
 * value. Follows `jax.lax.reduce_min`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.reduceMin(np.array([3, 1, 2]), [0]).item() === 1);
 * ```
 */
export function reduceMin(x: Operand, axes: readonly number[]): NDArray {
  return bindFold(
    reduceMinP,
    operand("reduce_min", x),
    listOf("lax.reduceMin", "axes", axes),
    min,
    Infinity,
  );
}

/**
 * A fold keeps one number, so complex numbers fold only by sums, part by part. The others go by
 * halves: the first half of an axis combines with the second until one element is left.
 */
function bindFold(
  primitive: Primitive<ReduceParams>,
  x: NDArray,
  axes: readonly number[],
  combine: (x: NDArray, y: NDArray) => NDArray,
  identity: number,
): NDArray {
  if (!isComplex(x.dtype)) return primitive.bind([x], { axes: [...axes] });
  let halves = x;
  for (const axis of axes) {
    if (x.shape[axis] === 0) {
      const shape = halves.shape.map((n, i) => i === axis ? 1 : n);
      halves = full(shape, { re: identity, im: 0 }, x.dtype);
    }
    for (let n = x.shape[axis]; n > 1; n = (n + 1) >> 1) {
      const half = n >> 1;
      const part = (from: number, to: number) => sliceInDim(halves, from, to, 1, axis);
      const both = combine(part(0, half), part(half, 2 * half));
      halves = n % 2 === 0 ? both : concatenate([both, part(n - 1, n)], axis);
    }
  }
  return squeeze(halves, axes);
}

/** Rules of a reduction of bits. */
function logical(name: string, op: FoldOp): Rules<ReduceParams> {
  const rules = reduction(name, op, BITS);
  return {
    ...rules,
    type(avals, params) {
      const [{ dtype }] = avals;
      if (!isOneOf(dtype, BITS)) {
        throw new TypeError(
          `logical reduction requires operand dtype bool or int, got ${dtype.name}.`,
        );
      }
      return rules.type(avals, params);
    },
  };
}

const reduceAndP = definePrimitive<ReduceParams>("reduce_and", logical("reduce_and", "and"));
/**
 * Whether all elements over `axes` are true; of integers, their common bits. Follows
 * `jax.lax.reduce_and`.
 *
 * @throws {TypeError} unless the elements are booleans or integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.reduceAnd(np.array([true, false]), [0]).item() === false);
 * ```
 */
export function reduceAnd(x: Operand, axes: readonly number[]): NDArray {
  return reduceAndP.bind([operand("reduce_and", x)], {
    axes: [...listOf("lax.reduceAnd", "axes", axes)],
  });
}

const reduceOrP = definePrimitive<ReduceParams>("reduce_or", logical("reduce_or", "or"));
/**
 * Whether any element over `axes` is true; of integers, all their bits. Follows
 * `jax.lax.reduce_or`.
 *
 * @throws {TypeError} unless the elements are booleans or integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.reduceOr(np.array([1, 2, 4]), [0]).item() === 7);
 * ```
 */
export function reduceOr(x: Operand, axes: readonly number[]): NDArray {
  return reduceOrP.bind([operand("reduce_or", x)], {
    axes: [...listOf("lax.reduceOr", "axes", axes)],
  });
}

const reduceXorP = definePrimitive<ReduceParams>("reduce_xor", logical("reduce_xor", "xor"));
/**
 * Whether an odd number of elements over `axes` is true; of integers, bit by bit. Follows
 * `jax.lax.reduce_xor`.
 *
 * @throws {TypeError} unless the elements are booleans or integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.reduceXor(np.array([1, 3, 4]), [0]).item() === 6);
 * ```
 */
export function reduceXor(x: Operand, axes: readonly number[]): NDArray {
  return reduceXorP.bind([operand("reduce_xor", x)], {
    axes: [...listOf("lax.reduceXor", "axes", axes)],
  });
}

// -- positions of extremes ------------------------------------------------------------------------

interface ArgParams {
  readonly axes: readonly [number];
  readonly indexDtype: DType;
}

/** Rules of the position of the first extreme element, given the reduction that finds its value. */
function firstPosition(
  name: string,
  extreme: (x: NDArray, axes: readonly number[]) => NDArray,
): Rules<ArgParams> {
  return {
    type([x], { axes: [axis], indexDtype }) {
      if (!Number.isInteger(axis) || axis < 0 || axis >= x.ndim) {
        throw new RangeError(`Invalid axis ${axis} for operand shape ${showShape(x.shape)}`);
      }
      if (x.shape[axis] < 1) {
        throw new RangeError(
          `argmin and argmax require non-empty reduced dimension. operand.shape=` +
            `${showShape(x.shape)} axis=${axis}`,
        );
      }
      if (!isInteger(indexDtype)) {
        throw new TypeError(`indexDtype must be an integer type, but got ${indexDtype.name}`);
      }
      checkDTypes(name, [x], ["integer", "floating", "bool"]);
      const shape = remainingAxes(x.ndim, [axis]).map((i) => x.shape[i]);
      return [new ShapedArray(shape, indexDtype)];
    },
    // The least position that holds the extreme value; a NaN is extreme, though unequal to itself.
    expand([x], { axes, indexDtype }) {
      const value = extreme(x, axes);
      const hit = eq(x, broadcastInDim(value, x.shape, remainingAxes(x.ndim, axes)));
      const found = isFloat(x.dtype) ? bitwiseOr(hit, ne(x, x)) : hit;
      const [, last] = integerRange(indexDtype);
      const none = full(x.shape, last, indexDtype);
      return [reduceMin(select(found, broadcastedIota(indexDtype, x.shape, axes[0]), none), axes)];
    },
  };
}

const argmaxP = definePrimitive<ArgParams>("argmax", firstPosition("argmax", reduceMax));
/**
 * The position of the first largest element along `axis`, or of the first NaN. Follows
 * `jax.lax.argmax`.
 *
 * @throws {RangeError} if the axis doesn't exist or has no elements.
 * @throws {TypeError} for complex numbers, or positions that aren't integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.argmax(np.array([1, 3, 3]), 0, "int32").item() === 1);
 * ```
 */
export function argmax(x: Operand, axis: number, indexDtype: DTypeLike): NDArray {
  const dtype = canonicalize(toDType(indexDtype));
  return argmaxP.bind([operand("argmax", x)], { axes: [axis], indexDtype: dtype });
}

const argminP = definePrimitive<ArgParams>("argmin", firstPosition("argmin", reduceMin));
/**
 * The position of the first smallest element along `axis`, or of the first NaN. Follows
 * `jax.lax.argmin`.
 *
 * @throws {RangeError} if the axis doesn't exist or has no elements.
 * @throws {TypeError} for complex numbers, or positions that aren't integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.argmin(np.array([1, 0, 0]), 0, "int32").item() === 1);
 * ```
 */
export function argmin(x: Operand, axis: number, indexDtype: DTypeLike): NDArray {
  const dtype = canonicalize(toDType(indexDtype));
  return argminP.bind([operand("argmin", x)], { axes: [axis], indexDtype: dtype });
}
