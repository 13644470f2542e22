/** Sums, products, extremes, truth of all or any, positions of extremes, counts. */
import { range } from "../core/aval.ts";
import { bool, defaultDType, isComplex } from "../core/dtype.ts";
import type { AxisLike, ReduceOptions } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArray } from "./asarray.ts";
import { namedPart } from "./parts.ts";
import { convertTo, toNumeric } from "./promotion.ts";
import { reduce, type Reduction } from "./reducing.ts";
import { canonicalAxis } from "./shapes.ts";

// -- sum, prod, max, min, all, any ----------------------------------------------------------------

const SUM: Reduction = {
  name: "sum",
  fold: (x, axes) => x.dtype === bool ? lax.reduceOr(x, axes) : lax.reduceSum(x, axes),
  combine: (x, y) => x.dtype === bool ? lax.bitwiseOr(x, y) : lax.add(x, y),
  identity: 0,
  hasIdentity: true,
  upcasts: true,
};
const PROD: Reduction = {
  name: "prod",
  fold: (x, axes) => x.dtype === bool ? lax.reduceAnd(x, axes) : lax.reduceProd(x, axes),
  combine: (x, y) => x.dtype === bool ? lax.bitwiseAnd(x, y) : lax.mul(x, y),
  identity: 1,
  hasIdentity: true,
  upcasts: true,
};
const MAX: Reduction = {
  name: "max",
  fold: lax.reduceMax,
  combine: lax.max,
  identity: -Infinity,
  hasIdentity: false,
};
const MIN: Reduction = {
  name: "min",
  fold: lax.reduceMin,
  combine: lax.min,
  identity: Infinity,
  hasIdentity: false,
};
const ALL: Reduction = {
  name: "all",
  fold: lax.reduceAnd,
  combine: lax.bitwiseAnd,
  identity: 1,
  hasIdentity: true,
};
const ANY: Reduction = {
  name: "any",
  fold: lax.reduceOr,
  combine: lax.bitwiseOr,
  identity: 0,
  hasIdentity: true,
};

/** Options of {@linkcode sum} and {@linkcode prod}. */
export interface SumOptions
  extends Pick<ReduceOptions<NDArray>, "axis" | "dtype" | "keepdims" | "initial" | "where"> {
  /** Whether narrow integers become integers of the default width: true if not said otherwise. */
  promoteIntegers?: boolean;
}
/** Options of {@linkcode max} and {@linkcode min}. */
export type ExtremeOptions = Pick<
  ReduceOptions<NDArray>,
  "axis" | "keepdims" | "initial" | "where"
>;
/** Options of {@linkcode all} and {@linkcode any}. */
export type TruthOptions = Pick<ReduceOptions<NDArray>, "axis" | "keepdims" | "where">;
/** The axes to reduce, and whether to keep them with length 1. */
export type AxisOptions = Pick<ReduceOptions<NDArray>, "axis" | "keepdims">;

const SUM_NAMES = ["axis", "dtype", "keepdims", "initial", "where", "promoteIntegers"] as const;
const EXTREME_NAMES = ["axis", "keepdims", "initial", "where"] as const;
const TRUTH_NAMES = ["axis", "keepdims", "where"] as const;
const AXIS_NAMES = ["axis", "keepdims"] as const;

/**
 * The sum over `axis`; half precision is summed in single precision. Follows `jax.numpy.sum`.
 *
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.arange(6).reshape(2, 3);
 * assertEquals(np.sum(x).item(), 15);
 * assertEquals(np.sum(x, 0).tolist(), [3, 5, 7]);
 * assertEquals(np.sum(x, { axis: 1, keepdims: true }).shape, [2, 1]);
 * assertEquals(np.sum(x, { where: np.greater(x, 3), initial: 10 }).item(), 19);
 * ```
 */
export function sum(
  x: ArrayLike,
  axis?: AxisLike | SumOptions,
  options?: SumOptions,
): NDArray {
  return sumOrProd(SUM, x, readOptions<SumOptions>("sum", SUM_NAMES, axis, options));
}
/**
 * The product over `axis`. Follows `jax.numpy.prod`.
 *
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.prod(np.arange(1, 5)).item(), 24);
 * ```
 */
export function prod(
  x: ArrayLike,
  axis?: AxisLike | SumOptions,
  options?: SumOptions,
): NDArray {
  return sumOrProd(PROD, x, readOptions<SumOptions>("prod", SUM_NAMES, axis, options));
}
function sumOrProd(
  reduction: Reduction,
  x: ArrayLike,
  { promoteIntegers = true, ...options }: SumOptions,
): NDArray {
  const operand = toNumeric(reduction.name, x);
  return reduce(operand, { ...reduction, promotes: promoteIntegers }, options);
}

/**
 * The largest element over `axis`; NaN if there is one. Follows `jax.numpy.max`.
 *
 * @throws {RangeError} for no elements and no `initial`, or a mask and no `initial`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([[3, 1], [2, 5]]);
 * assertEquals(np.max(x).item(), 5);
 * assertEquals(np.max(x, 0).tolist(), [3, 5]);
 * ```
 */
export function max(
  x: ArrayLike,
  axis?: AxisLike | ExtremeOptions,
  options?: ExtremeOptions,
): NDArray {
  const all = readOptions<ExtremeOptions>("max", EXTREME_NAMES, axis, options);
  return reduce(toArray("max", x), MAX, all);
}
/**
 * The smallest element over `axis`; NaN if there is one. Follows `jax.numpy.min`.
 *
 * @throws {RangeError} for no elements and no `initial`, or a mask and no `initial`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.min(np.array([3, 1, 2])).item(), 1);
 * ```
 */
export function min(
  x: ArrayLike,
  axis?: AxisLike | ExtremeOptions,
  options?: ExtremeOptions,
): NDArray {
  const all = readOptions<ExtremeOptions>("min", EXTREME_NAMES, axis, options);
  return reduce(toArray("min", x), MIN, all);
}
/** Alias of {@linkcode max}. */
export const amax: typeof max = max;
/** Alias of {@linkcode min}. */
export const amin: typeof min = min;

/**
 * Whether all elements over `axis` are true, that is, not zero. Follows `jax.numpy.all`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.all(np.array([[true, false], [true, true]]), 1).tolist(), [false, true]);
 * ```
 */
export function all(
  x: ArrayLike,
  axis?: AxisLike | TruthOptions,
  options?: TruthOptions,
): NDArray {
  const read = readOptions<TruthOptions>("all", TRUTH_NAMES, axis, options);
  return reduce(toTruth(toArray("all", x)), ALL, read);
}
/**
 * Whether any element over `axis` is true, that is, not zero. Follows `jax.numpy.any`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.any(np.arange(3)).item(), true);
 * ```
 */
export function any(
  x: ArrayLike,
  axis?: AxisLike | TruthOptions,
  options?: TruthOptions,
): NDArray {
  const read = readOptions<TruthOptions>("any", TRUTH_NAMES, axis, options);
  return reduce(toTruth(toArray("any", x)), ANY, read);
}
function toTruth(x: NDArray): NDArray {
  return convertTo(isComplex(x.dtype) ? lax.real(x) : x, bool);
}

// -- range and count ------------------------------------------------------------------------------

/**
 * The range over `axis`: the largest element less the smallest. Follows `jax.numpy.ptp`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.ptp(np.array([3, 1, 7])).item(), 6);
 * ```
 */
export function ptp(
  x: ArrayLike,
  axis?: AxisLike | AxisOptions,
  options?: AxisOptions,
): NDArray {
  const read = readOptions<AxisOptions>("ptp", AXIS_NAMES, axis, options);
  const extent = ({ x }: { x: NDArray }) => lax.sub(max(x, read), min(x, read));
  return namedPart("_ptp", { x: toArray("ptp", x) }, extent, read);
}

/**
 * The number of elements over `axis` that are not zero. Follows `jax.numpy.count_nonzero`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.countNonzero(np.array([3, 0, 7])).item(), 2);
 * ```
 */
export function countNonzero(
  x: ArrayLike,
  axis?: AxisLike | AxisOptions,
  options?: AxisOptions,
): NDArray {
  const read = readOptions<AxisOptions>("countNonzero", AXIS_NAMES, axis, options);
  const count = ({ x }: { x: NDArray }) =>
    sum(lax.ne(x, constantLike(x, 0)), { ...read, dtype: defaultDType("i") });
  return namedPart("count_nonzero", { x: toArray("count_nonzero", x) }, count, read);
}

// -- positions of extremes ------------------------------------------------------------------------

/** Options of {@linkcode argmax} and its kin. */
export interface ArgOptions {
  /** The axis to look along; by default, or with `null`, all elements in row-major order. */
  axis?: number | null;
  /** Keep the axis with length 1. */
  keepdims?: boolean;
}

/**
 * The position of the first largest element along `axis`; of the first NaN, if there is one.
 * Follows `jax.numpy.argmax`.
 *
 * @throws {RangeError} if there are no elements.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([[3, 1], [2, 5]]);
 * assertEquals(np.argmax(x).item(), 3);
 * assertEquals(np.argmax(x, 0).tolist(), [0, 1]);
 * ```
 */
export function argmax(
  x: ArrayLike,
  axis?: number | null | ArgOptions,
  options?: ArgOptions,
): NDArray {
  return argExtreme(
    "argmax",
    lax.argmax,
    toArray("argmax", x),
    readOptions<ArgOptions>("argmax", AXIS_NAMES, axis, options),
  );
}
/**
 * The position of the first smallest element along `axis`; of the first NaN, if there is one.
 * Follows `jax.numpy.argmin`.
 *
 * @throws {RangeError} if there are no elements.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.argmin(np.array([3, 1, 2])).item(), 1);
 * ```
 */
export function argmin(
  x: ArrayLike,
  axis?: number | null | ArgOptions,
  options?: ArgOptions,
): NDArray {
  return argExtreme(
    "argmin",
    lax.argmin,
    toArray("argmin", x),
    readOptions<ArgOptions>("argmin", AXIS_NAMES, axis, options),
  );
}
function argExtreme(
  name: string,
  find: typeof lax.argmax,
  x: NDArray,
  { axis = null, keepdims = false }: ArgOptions,
): NDArray {
  const operand = axis === null ? lax.reshape(x, [x.size]) : x;
  const along = axis === null ? 0 : canonicalAxis(axis, x.ndim);
  if (operand.shape[along] === 0) {
    throw new RangeError(`attempt to get ${name} of an empty sequence`);
  }
  const result = find(operand, along, defaultDType("i"));
  return keepdims ? lax.expandDims(result, axis === null ? range(x.ndim) : [along]) : result;
}
