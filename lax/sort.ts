/** Sorting, and the largest elements. */
import { sameShape } from "../core/aval.ts";
import { checkObject } from "../core/checks.ts";
import { int32, isComplex, isFloat } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { readOptions } from "../core/options.ts";
import type { SortParams, TopKParams } from "../core/routines.ts";
import { canonicalAxis } from "../core/rules.ts";
import { bind, definePrimitive, type NDArray } from "../core/trace.ts";
import { broadcastedIota } from "./filling.ts";
import { type Operand, operand } from "./operands.ts";
import { sliceInDim } from "./slicing.ts";

// -- sort -------------------------------------------------------------------------------------

const sortP = definePrimitive<SortParams>("sort", {
  type(avals) {
    const [{ shape }] = avals;
    if (!avals.every((a) => sameShape(a.shape, shape))) {
      throw new TypeError(
        `Arguments to sort must have equal shapes, got: ` +
          `${avals.map((a) => showShape(a.shape)).join(" ")}`,
      );
    }
    return avals;
  },
  routine: "sort",
});

/** Options of {@linkcode sort}. */
export interface SortOptions {
  /** The axis to sort along; the last by default. */
  dimension?: number;
  /** Whether equal elements keep their order; true by default. */
  isStable?: boolean;
  /** How many of several operands decide, the first one most; 1 by default. */
  numKeys?: number;
}

/**
 * Sorts along an axis in ascending order. Several arrays of one shape are sorted together, by the
 * first `numKeys` of them. -0 and 0 are equal, NaNs come last, complex numbers go by real part and
 * then imaginary part. Follows `jax.lax.sort`.
 *
 * @throws {TypeError} if the shapes differ.
 * @throws {RangeError} if there is no such axis, or are not so many keys.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const [keys, values] = lax.sort([np.array([3, 1, 2]), np.array([10, 20, 30])]);
 * assert(String(keys) === "[1 2 3]" && String(values) === "[20 30 10]");
 * ```
 */
export function sort(x: Operand, dimension?: number | SortOptions, options?: SortOptions): NDArray;
/** Several arrays together. */
export function sort(
  xs: readonly Operand[],
  dimension?: number | SortOptions,
  options?: SortOptions,
): NDArray[];
export function sort(
  x: Operand | readonly Operand[],
  axis?: number | SortOptions,
  options?: SortOptions,
): NDArray | NDArray[] {
  const names = ["dimension", "isStable", "numKeys"] as const;
  const read = readOptions<SortOptions>("sort", names, axis, options);
  const { dimension = -1, isStable = true, numKeys = 1 } = read;
  const several = Array.isArray(x);
  const xs = (several ? x as readonly Operand[] : [x as Operand]).map((y) => operand("sort", y));
  if (xs.length === 0) throw new TypeError("Sort requires at least one operand");
  if (!Number.isInteger(numKeys) || numKeys < 1 || numKeys > xs.length) {
    throw new RangeError(`numKeys=${numKeys} must be between 1 and len(operand)=${xs.length}`);
  }
  const params = { dimension: canonicalAxis(dimension, xs[0].ndim), isStable, numKeys };
  const sorted = bind(sortP, xs, params);
  return several ? [...sorted] : sorted[0];
}

/** Options of {@linkcode sortKeyVal}. */
export type SortKeyValOptions = Pick<SortOptions, "dimension" | "isStable">;
/**
 * Sorts `keys` along an axis, and `values` in the same way. Follows `jax.lax.sort_key_val`.
 *
 * @throws {TypeError} if the shapes differ.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const [, order] = lax.sortKeyVal(np.array([3, 1, 2]), np.arange(3));
 * assert(String(order) === "[1 2 0]");
 * ```
 */
export function sortKeyVal(
  keys: Operand,
  values: Operand,
  dimension?: number | SortKeyValOptions,
  isStable?: boolean | SortKeyValOptions,
): [NDArray, NDArray] {
  const names = ["dimension", "isStable"] as const;
  const read = readOptions<SortKeyValOptions>("sortKeyVal", names, dimension, isStable);
  return sort([keys, values], read) as [NDArray, NDArray];
}

// -- top_k ------------------------------------------------------------------------------------

const topKP = definePrimitive<TopKParams>("top_k", {
  type([x], { k, axis }) {
    if (isComplex(x.dtype)) throw new RangeError("top_k is not compatible with complex inputs.");
    if (!Number.isInteger(k) || k < 0) {
      throw new RangeError(`k argument to top_k must be nonnegative, got ${k}`);
    }
    if (x.shape[axis] < k) {
      throw new RangeError(
        `k argument to top_k must be no larger than size along axis; got k=${k} with ` +
          `shape=[${x.shape.join(", ")}] and axis=${axis}`,
      );
    }
    const values = x.with({ shape: x.shape.map((n, i) => i === axis ? k : n) });
    return [values, values.with({ dtype: int32 })];
  },
  routine: "top_k",
});

/**
 * The `k` largest elements along an axis in descending order, and their positions; of equal ones
 * the first comes first. NaN counts as larger than any number, 0 as larger than -0. Follows
 * `jax.lax.top_k`.
 *
 * @throws {RangeError} if there are fewer than `k` elements, or they are complex.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const [values, indices] = lax.topK(np.array([9, 3, 6, 4, 10]), 3);
 * assert(String(values) === "[10  9  6]" && String(indices) === "[4 0 2]");
 * ```
 */
export function topK(
  x: Operand,
  k: number,
  options: { axis?: number } = {},
): [values: NDArray, indices: NDArray] {
  checkObject("lax.topK", "the options", options);
  checkCount("lax.topK", k);
  const { axis = -1 } = options;
  const array = operand("top_k", x);
  if (k < 0) throw new RangeError(`k argument to top_k must be nonnegative, got ${k}`);
  const params = { k, axis: canonicalAxis(axis, array.ndim) };
  const [values, indices] = bind(topKP, [array], params);
  return [values, indices];
}

// -- approx_top_k -----------------------------------------------------------------------------

interface ApproxTopKParams {
  readonly k: number;
  readonly reductionDimension: number;
  readonly recallTarget: number;
  readonly isMaxK: boolean;
  readonly reductionInputSizeOverride: number;
  readonly aggregateToTopk: boolean;
}

const approxTopKP = definePrimitive<ApproxTopKParams>("approx_top_k", {
  type([x], { k, reductionDimension }) {
    if (!(k > 0)) throw new RangeError(`k must be positive, got ${k}`);
    const axis = canonicalAxis(reductionDimension, x.ndim);
    if (x.shape[axis] < k) {
      throw new RangeError(
        `k must be smaller than the size of reduction_dim ${x.shape[axis]}, got ${k}`,
      );
    }
    if (!isFloat(x.dtype)) throw new RangeError("operand must be a floating type");
    const values = x.with({ shape: x.shape.map((n, i) => i === axis ? k : n) });
    return [values, values.with({ dtype: int32, weakType: false })];
  },
  // The exact answer has any recall asked for.
  expand([x], { k, reductionDimension, isMaxK }) {
    const axis = canonicalAxis(reductionDimension, x.ndim);
    if (isMaxK) return topK(x, k, { axis });
    const sorted = sortKeyVal(x, broadcastedIota(int32, x.shape, axis), axis);
    return sorted.map((y) => sliceInDim(y, 0, k, 1, axis));
  },
});

/** Options of {@linkcode approxMaxK} and {@linkcode approxMinK}. */
export interface ApproxTopKOptions {
  /** The axis along which to look; the last by default. */
  reductionDimension?: number;
  /** The share of true extremes that is good enough. All of them are found here. */
  recallTarget?: number;
  /** Accepted for JAX's sake: a hint for choosing an algorithm. */
  reductionInputSizeOverride?: number;
}

function checkCount(name: string, k: number): void {
  if (Number.isInteger(k)) return;
  throw new TypeError(`${name} takes an integer for k, got ${describe(k)}`);
}

function approxTopK(
  x: Operand,
  k: number,
  isMaxK: boolean,
  options: ApproxTopKOptions,
): [values: NDArray, indices: NDArray] {
  const name = isMaxK ? "lax.approxMaxK" : "lax.approxMinK";
  checkObject(name, "the options", options);
  checkCount(name, k);
  const { reductionDimension = -1, recallTarget = 0.95, reductionInputSizeOverride = -1 } = options;
  const [values, indices] = bind(approxTopKP, [operand("approx_top_k", x)], {
    k,
    reductionDimension,
    recallTarget,
    isMaxK,
    reductionInputSizeOverride,
    aggregateToTopk: true,
  });
  return [values, indices];
}

/**
 * The `k` largest elements, found at least approximately, and their positions. Follows
 * `jax.lax.approx_max_k`.
 *
 * @throws {RangeError} if there are fewer than `k` elements, or they are not floats.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const [values] = lax.approxMaxK(np.array([0.5, 3, 1.5]), 2);
 * assert(String(values) === "[3.  1.5]");
 * ```
 */
export function approxMaxK(
  x: Operand,
  k: number,
  options: ApproxTopKOptions = {},
): [values: NDArray, indices: NDArray] {
  return approxTopK(x, k, true, options);
}

/**
 * The `k` smallest elements, found at least approximately, and their positions. Follows
 * `jax.lax.approx_min_k`.
 *
 * @throws {RangeError} if there are fewer than `k` elements, or they are not floats.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const [values] = lax.approxMinK(np.array([0.5, 3, 1.5]), 2);
 * assert(String(values) === "[0.5 1.5]");
 * ```
 */
export function approxMinK(
  x: Operand,
  k: number,
  options: ApproxTopKOptions = {},
): [values: NDArray, indices: NDArray] {
  return approxTopK(x, k, false, options);
}
