/** Quantiles, percentiles and medians. */
import { scalarArray } from "../core/array.ts";
import { product, range } from "../core/aval.ts";
import { defaultDType, isComplex } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import type { AxisLike } from "../core/methods.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import {
  canonicalAxes,
  constantLike,
  convertTo,
  promoteDTypesInexact,
  readOptions,
  toArray,
  toInexact,
  whereElse,
} from "./asarray.ts";
import { less } from "./comparison.ts";
import { cumsum } from "./cumulative.ts";
import { getItem } from "./gathering.ts";
import { isNaNMask } from "./nan_reductions.ts";
import { namedPart } from "./parts.ts";
import { any, sum } from "./reductions.ts";
import { takeAlongAxis } from "./take.ts";
import { divide, maximum, minimum, multiply, subtract } from "./ufuncs.ts";

/** What to do where a quantile lies between two elements. */
export type QuantileMethod =
  | "linear"
  | "lower"
  | "higher"
  | "midpoint"
  | "nearest"
  | "inverted_cdf";
const METHODS: readonly string[] = [
  "linear",
  "lower",
  "higher",
  "midpoint",
  "nearest",
  "inverted_cdf",
] satisfies QuantileMethod[];

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
    weights: weights === undefined ? undefined : toArray(name, weights, 2),
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
 * const x = np.array([1, 2, 3, 4]);
 * console.assert(np.quantile(x, 0.5).item() === 2.5);
 * console.assert(np.quantile(x, np.array([0, 0.4]), { method: "lower" }).tolist().join() === "1,2");
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
 * console.assert(np.nanquantile(np.array([1, NaN, 3]), 0.5).item() === 2);
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
 * const x = np.arange(11);
 * console.assert(np.percentile(x, np.array([25, 50, 75])).tolist().join() === "2.5,5,7.5");
 * console.assert(np.percentile(x, 25, { method: "nearest" }).item() === 2);
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
 * console.assert(np.nanpercentile(np.array([1, NaN, 3]), 50).item() === 2);
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
 * console.assert(np.median(np.array([5, 1, 3])).item() === 3);
 * console.assert(np.median(np.array([[5, 1], [3, 7]]), 0).tolist().join() === "4,4");
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
 * console.assert(np.nanmedian(np.array([5, NaN, 3])).item() === 4);
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

/** Elements along one axis, the shares to look for, and how. */
interface Task {
  readonly a: NDArray;
  readonly q: NDArray;
  readonly axis: number;
  readonly keepdims: boolean;
  /** Whether NaNs are left out. */
  readonly squash: boolean;
}

function computed(operands: Operands, statics: Statics, squash: boolean): NDArray {
  const { method = "linear", keepdims = false } = statics;
  if (!METHODS.includes(method)) {
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
  if (showShape(x.shape) === showShape(w.shape)) return [x, w];
  if (axis === undefined || axis === null) {
    throw new RangeError("Weights shape must match 'a' shape when axis is None.");
  }
  const axes = canonicalAxes(axis, x.ndim);
  const expected = showShape(axes.map((i) => x.shape[i]));
  if (showShape(w.shape) !== expected) {
    throw new RangeError(
      `Weights shape ${showShape(w.shape)} must match reduction axes ${expected}`,
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

// -- between two elements -------------------------------------------------------------------------

/** The elements on both sides of each quantile, and what each counts in the linear interpolation. */
interface Neighbours {
  readonly low: NDArray;
  readonly high: NDArray;
  readonly lowWeight: NDArray;
  readonly highWeight: NDArray;
  /** The dtype that positions are computed in. */
  readonly position: NDArray;
}

function between(task: Task, method: Exclude<QuantileMethod, "inverted_cdf">): NDArray {
  const found = task.squash ? neighboursOfNumbers(task) : neighbours(task);
  const { low, high, lowWeight, highWeight, position: { dtype } } = found;
  switch (method) {
    case "linear":
      return lax.add(
        lax.mul(convertTo(low, dtype), lowWeight),
        lax.mul(convertTo(high, dtype), highWeight),
      );
    case "lower":
      return low;
    case "higher":
      return high;
    case "nearest":
      return lax.select(lax.le(highWeight, constantLike(highWeight, 0.5)), low, high);
    case "midpoint":
      return lax.mul(lax.add(low, high), constantLike(low, 0.5));
  }
}

function weightsAt(position: NDArray): {
  floor: NDArray;
  ceil: NDArray;
  lowWeight: NDArray;
  highWeight: NDArray;
} {
  const [floor, ceil] = [lax.floor(position), lax.ceil(position)];
  const highWeight = lax.sub(position, floor);
  return { floor, ceil, highWeight, lowWeight: lax.sub(constantLike(highWeight, 1), highWeight) };
}

/** Neighbours among all elements, every one of them NaN if one is. */
function neighbours({ a, q, axis, keepdims }: Task): Neighbours {
  const poisoned = whereElse(any(isNaNMask(a), { axis, keepdims: true }), NaN, a);
  const sorted = lax.sort(poisoned, { dimension: axis });
  const n = scalarArray(a.shape[axis], q.dtype);
  const last = () => lax.sub(n, constantLike(n, 1));
  const position = lax.mul(q, last());
  const { floor, ceil, ...weights } = weightsAt(position);
  const inside = (x: NDArray) => lax.clamp(constantLike(x, 0), x, last());
  const [low, high] = [inside(floor), inside(ceil)].map((x) => convertTo(x, defaultDType("i")));
  const dimensions = {
    offsetDims: range(a.ndim - Number(!keepdims)).map((i) => i + q.ndim),
    collapsedSliceDims: keepdims ? [] : [axis],
    startIndexMap: [axis],
  };
  const sizes = a.shape.map((n, i) => i === axis ? 1 : n);
  const at = (index: NDArray) =>
    lax.gather(sorted, lax.expandDims(index, [q.ndim]), dimensions, sizes, {
      mode: "promise_in_bounds",
    });
  const [lowValue, highValue] = [at(low), at(high)];
  const spread = (w: NDArray) => q.ndim === 1 ? lax.broadcastInDim(w, lowValue.shape, [0]) : w;
  return {
    low: lowValue,
    high: highValue,
    lowWeight: spread(weights.lowWeight),
    highWeight: spread(weights.highWeight),
    position,
  };
}

/** Neighbours among the elements that are not NaN. */
function neighboursOfNumbers({ a, q, axis, keepdims }: Task): Neighbours {
  const sorted = lax.sort(whereElse(isNaNMask(a), NaN, a), { dimension: axis });
  const counts = sum(lax.bitwiseNot(isNaNMask(sorted)), { axis, dtype: q.dtype, keepdims });
  const reduced = counts.shape;
  const shares = lax.expandDims(q, range(reduced.length).map((i) => i + q.ndim));
  const counted = lax.expandDims(counts, range(q.ndim));
  const last = () => lax.sub(counted, constantLike(counted, 1));
  const position = lax.mul(shares, last());
  const { floor, ceil, ...weights } = weightsAt(position);
  const inside = (x: NDArray) => lax.max(constantLike(x, 0), lax.min(x, last()));
  const [low, high] = [inside(floor), inside(ceil)].map((x) => convertTo(x, defaultDType("i")));
  const shape = [...q.shape, ...reduced];
  const others = range(reduced.length).map((i) =>
    lax.broadcastedIota(defaultDType("i"), shape, i + q.ndim)
  );
  const at = (index: NDArray) => getItem(sorted, others.toSpliced(axis, Number(keepdims), index));
  return { low: at(low), high: at(high), ...weights, position };
}

// -- the inverse of the distribution ----------------------------------------------------------------

/** The first element that a share of the weight is no larger than. */
function invertedCdf({ a, q, axis, keepdims, squash }: Task, given: NDArray | undefined): NDArray {
  const nan = isNaNMask(a);
  const poison = squash ? nan : any(nan, { axis, keepdims: true });
  const poisoned = whereElse(poison, NaN, a);
  const [sorted, weights] = given === undefined
    ? [lax.sort(poisoned, { dimension: axis }), lax.fullLike(a, 1)]
    : lax.sortKeyVal(poisoned, given, axis);
  const absent = isNaNMask(sorted);
  const bad = lax.bitwiseOr(lax.lt(weights, constantLike(weights, 0)), isNaNMask(weights));
  const clean = whereElse(lax.bitwiseOr(bad, absent), 0, weights);

  // From here on axes of q come first, and the reduced axis stays, with length 1.
  const spread = (x: NDArray) => lax.expandDims(x, range(q.ndim));
  const along = axis + q.ndim;
  const reached = spread(cumsum(clean, { axis }));
  const shares = lax.expandDims(q, range(a.ndim).map((i) => i + q.ndim));
  const target = multiply(shares, lax.indexInDim(reached, -1, along));
  const before = sum(less(reached, target), {
    axis: along,
    dtype: defaultDType("i"),
    keepdims: true,
  });
  const valid = sum(lax.bitwiseNot(absent), { axis, keepdims: true });
  const last = squash ? subtract(spread(valid), 1) : a.shape[axis] - 1;
  const index = maximum(0, minimum(before, last));
  const found = takeAlongAxis(spread(sorted), index, along);
  const missing = squash
    ? lax.eq(valid, constantLike(valid, 0))
    : any(absent, { axis, keepdims: true });
  const invalid = lax.bitwiseOr(any(bad, { axis, keepdims: true }), missing);
  const result = whereElse(spread(invalid), NaN, found);
  return keepdims ? result : lax.squeeze(result, [along]);
}
