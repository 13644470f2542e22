/** Quantiles, percentiles and medians. */
import { product, range, sameShape } from "../core/aval.ts";
import { isComplex } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import type { AxisLike } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray, toOptionalArray } from "./asarray.ts";
import { namedPart } from "./parts.ts";
import { convertTo, promoteDTypesInexact, toInexact } from "./promotion.ts";
import {
  between,
  invertedCdf,
  QUANTILE_METHODS,
  type QuantileMethod,
  type Task,
} from "./quantile_search.ts";
import { canonicalAxes } from "./shapes.ts";
import { divide } from "./ufuncs.ts";

export type { QuantileMethod };

/** Options of {@linkcode quantile} and its kin. */
export interface QuantileOptions {
  /** The axes to go over; all elements by default. */
  axis?: AxisLike;
  /**
   * Where a quantile lies between two elements: the `"linear"` interpolation (by default), the
   * `"lower"` or `"higher"` of them, their `"midpoint"`, the `"nearest"`; or `"inverted_cdf"`, the
   * first element that so many are no larger than.
   */
  method?: QuantileMethod;
  /** Keep reduced axes with length 1. */
  keepdims?: boolean;
  /** How much each element counts, with method `"inverted_cdf"`. */
  weights?: ArrayLike;
}
/** Options of {@linkcode median} and {@linkcode nanmedian}. */
export type MedianOptions = Pick<QuantileOptions, "axis" | "keepdims">;
const NAMES = ["axis", "method", "keepdims", "weights"] as const;
const MEDIAN_NAMES = ["axis", "keepdims"] as const;

type Statics = Omit<QuantileOptions, "weights">;
type Operands = {
  readonly a: NDArray;
  readonly q: NDArray;
  readonly weights: NDArray | undefined;
};
function operandsOf(
  name: string,
  a: ArrayLike,
  q: ArrayLike,
  { weights, ...statics }: QuantileOptions,
): [Operands, Statics] {
  const arrays = {
    a: toArray(name, a),
    q: toArray(name, q, 1),
    weights: toOptionalArray(name, weights, 2),
  };
  return [arrays, statics];
}

/**
 * The elements below which lie the shares `q` of all, each share from 0 to 1. Axes of `q` come
 * first. NaN if there is a NaN. Follows `jax.numpy.quantile`.
 *
 * @throws {RangeError} for complex elements, shares of more than one axis, or an unknown method.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 3, 4]);
 * assertEquals(np.quantile(x, 0.5).item(), 2.5);
 * assertEquals(np.quantile(x, np.array([0, 0.4]), { method: "lower" }).tolist(), [1, 2]);
 * ```
 */
export function quantile(
  a: ArrayLike,
  q: ArrayLike,
  axis?: AxisLike | QuantileOptions,
  options?: QuantileOptions,
): NDArray {
  const read = readOptions<QuantileOptions>("quantile", NAMES, axis, options);
  return quantileOf("quantile", ...operandsOf("quantile", a, q, read));
}
/**
 * {@linkcode quantile} of the elements that are not NaN. Follows `jax.numpy.nanquantile`.
 *
 * @throws {RangeError} as `quantile`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanquantile(np.array([1, NaN, 3]), 0.5).item(), 2);
 * ```
 */
export function nanquantile(
  a: ArrayLike,
  q: ArrayLike,
  axis?: AxisLike | QuantileOptions,
  options?: QuantileOptions,
): NDArray {
  const read = readOptions<QuantileOptions>("nanquantile", NAMES, axis, options);
  return quantileOf("nanquantile", ...operandsOf("nanquantile", a, q, read));
}
/**
 * {@linkcode quantile}, the shares in percent. Follows `jax.numpy.percentile`.
 *
 * @throws {RangeError} as `quantile`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.arange(11);
 * assertEquals(np.percentile(x, np.array([25, 50, 75])).tolist(), [2.5, 5, 7.5]);
 * assertEquals(np.percentile(x, 25, { method: "nearest" }).item(), 2);
 * ```
 */
export function percentile(
  a: ArrayLike,
  q: ArrayLike,
  axis?: AxisLike | QuantileOptions,
  options?: QuantileOptions,
): NDArray {
  const read = readOptions<QuantileOptions>("percentile", NAMES, axis, options);
  return percentileOf("percentile", "quantile", a, q, read);
}
/**
 * {@linkcode percentile} of the elements that are not NaN. Follows `jax.numpy.nanpercentile`.
 *
 * @throws {RangeError} as `quantile`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanpercentile(np.array([1, NaN, 3]), 50).item(), 2);
 * ```
 */
export function nanpercentile(
  a: ArrayLike,
  q: ArrayLike,
  axis?: AxisLike | QuantileOptions,
  options?: QuantileOptions,
): NDArray {
  const read = readOptions<QuantileOptions>("nanpercentile", NAMES, axis, options);
  return percentileOf("nanpercentile", "nanquantile", a, q, read);
}
function percentileOf(
  name: string,
  quantile: "quantile" | "nanquantile",
  a: ArrayLike,
  q: ArrayLike,
  options: QuantileOptions,
): NDArray {
  const [arrays, statics] = operandsOf(name, a, q, options);
  return namedPart(name, arrays, ({ q, ...rest }) => {
    return quantileOf(quantile, { ...rest, q: divide(toInexact(name, q), 100) }, statics);
  }, statics);
}

/**
 * The element in the middle, or the mean of the two there; NaN if there is a NaN. Follows
 * `jax.numpy.median`.
 *
 * @throws {RangeError} for complex elements.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.median(np.array([5, 1, 3])).item(), 3);
 * assertEquals(np.median(np.array([[5, 1], [3, 7]]), 0).tolist(), [4, 4]);
 * ```
 */
export function median(
  a: ArrayLike,
  axis?: AxisLike | MedianOptions,
  options?: MedianOptions,
): NDArray {
  const read = readOptions<MedianOptions>("median", MEDIAN_NAMES, axis, options);
  return medianOf("median", "quantile", toArray("median", a), read);
}
/**
 * {@linkcode median} of the elements that are not NaN. Follows `jax.numpy.nanmedian`.
 *
 * @throws {RangeError} for complex elements.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanmedian(np.array([5, NaN, 3])).item(), 4);
 * ```
 */
export function nanmedian(
  a: ArrayLike,
  axis?: AxisLike | MedianOptions,
  options?: MedianOptions,
): NDArray {
  const read = readOptions<MedianOptions>("nanmedian", MEDIAN_NAMES, axis, options);
  return medianOf("nanmedian", "nanquantile", toArray("nanmedian", a), read);
}
function medianOf(
  name: string,
  quantile: "quantile" | "nanquantile",
  a: NDArray,
  options: MedianOptions,
): NDArray {
  const half = toArray(name, 0.5);
  return namedPart(name, { a }, ({ a }) => {
    const statics: Statics = { ...options, method: "midpoint" };
    return quantileOf(quantile, { a, q: half, weights: undefined }, statics);
  }, options);
}

// -- the one way ----------------------------------------------------------------------------------

function quantileOf(
  name: "quantile" | "nanquantile",
  operands: Operands,
  statics: Statics,
): NDArray {
  // A bare JavaScript number counts as a float, and so do integers: 0 and 1 are shares too.
  const q = toInexact(name, operands.q);
  return namedPart(name, { ...operands, q }, (operands) => {
    return computed(operands, statics, name === "nanquantile");
  }, statics);
}

function computed(operands: Operands, statics: Statics, squash: boolean): NDArray {
  const { method = "linear", keepdims = false } = statics;
  if (!QUANTILE_METHODS.includes(method)) {
    throw new RangeError(
      "method can only be 'linear', 'lower', 'higher', 'midpoint', 'nearest' or 'inverted_cdf'; " +
        `got '${method}'`,
    );
  }
  const [given, weights] = withWeights(operands, statics);
  if (isComplex(given.dtype)) {
    throw new RangeError(
      "quantile does not support complex input, as the operation is poorly defined.",
    );
  }
  const { q } = operands;
  if (q.ndim > 1) {
    throw new RangeError(`q must be have rank <= 1, got shape ${showShape(q.shape)}`);
  }
  const { arrange, axis, shape } = oneAxis(given, statics);
  const task: Task = { a: arrange(given), q, axis, keepdims, squash };
  const result = method === "inverted_cdf"
    ? invertedCdf(task, weights && arrange(weights))
    : between(task, method);
  const kept = keepdims && shape !== undefined
    ? lax.reshape(result, [...q.shape, ...shape])
    : result;
  return convertTo(kept, given.dtype);
}

/** Operands as floats; weights of the shape of the elements. */
function withWeights(
  { a, weights }: Operands,
  { axis, method = "linear" }: Statics,
): [NDArray, NDArray | undefined] {
  if (weights === undefined) return [toInexact("quantile", a), undefined];
  if (isComplex(weights.dtype)) throw new RangeError("Weights cannot be complex types.");
  if (method !== "inverted_cdf") {
    throw new TypeError(
      `${method} doesn't support weights. Only method 'inverted_cdf' supports weights.`,
    );
  }
  const [x, w] = promoteDTypesInexact("quantile", a, weights);
  if (sameShape(x.shape, w.shape)) return [x, w];
  if (axis === undefined || axis === null) {
    throw new RangeError("Weights shape must match 'a' shape when axis is None.");
  }
  const axes = canonicalAxes(axis, x.ndim);
  const expected = axes.map((i) => x.shape[i]);
  if (!sameShape(w.shape, expected)) {
    throw new RangeError(
      `Weights shape ${showShape(w.shape)} must match reduction axes ${showShape(expected)}`,
    );
  }
  return [x, lax.broadcastInDim(w, x.shape, axes)];
}

/** How to bring the reduced axes together in one. */
interface OneAxis {
  readonly arrange: (x: NDArray) => NDArray;
  readonly axis: number;
  /** The shape of a result that keeps the axes, if not that which keeping the one axis gives. */
  readonly shape?: readonly number[];
}
function oneAxis({ shape, ndim }: NDArray, { axis }: Statics): OneAxis {
  if (axis === undefined || axis === null) {
    const flatten = (x: NDArray) => lax.reshape(x, [x.size]);
    return { arrange: flatten, axis: 0, shape: shape.map(() => 1) };
  }
  const axes = canonicalAxes(axis, ndim);
  if (typeof axis === "number") return { arrange: (x) => x, axis: axes[0] };
  const rest = range(ndim).filter((i) => !axes.includes(i));
  const order = range(ndim);
  rest.forEach((from, to) => [order[to], order[from]] = [order[from], order[to]]);
  const sizes = [...rest.map((i) => shape[i]), product(axes.map((i) => shape[i]))];
  return {
    arrange: (x) => lax.reshape(x, sizes, order),
    axis: rest.length,
    shape: shape.map((n, i) => axes.includes(i) ? 1 : n),
  };
}
