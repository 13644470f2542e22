/** How quantiles are found: by sorting, between two neighbours, or by summing up weights. */
import { scalarArray } from "../core/array.ts";
import { range } from "../core/aval.ts";
import { defaultDType, type DType } from "../core/dtype.ts";
import type { NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike } from "./asarray.ts";
import { isnan, less } from "./comparison.ts";
import { cumsum } from "./cumulative.ts";
import { getItem } from "./gathering.ts";
import { convertTo, whereElse } from "./promotion.ts";
import { any, sum } from "./reductions.ts";
import { takeAlongAxis } from "./take.ts";
import { maximum, minimum, multiply, subtract } from "./ufuncs.ts";

/** What to do where a quantile lies between two elements. */
export type QuantileMethod =
  | "linear"
  | "lower"
  | "higher"
  | "midpoint"
  | "nearest"
  | "inverted_cdf";
/** All of them. */
export const QUANTILE_METHODS: readonly string[] = [
  "linear",
  "lower",
  "higher",
  "midpoint",
  "nearest",
  "inverted_cdf",
] satisfies QuantileMethod[];

/** Elements along one axis, the shares to look for, and how. */
export interface Task {
  readonly a: NDArray;
  readonly q: NDArray;
  readonly axis: number;
  readonly keepdims: boolean;
  /** Whether NaNs are left out. */
  readonly squash: boolean;
}

// -- between two elements -------------------------------------------------------------------------

/** The elements on both sides of each quantile, and what each counts in the linear interpolation. */
interface Neighbours {
  readonly low: NDArray;
  readonly high: NDArray;
  readonly lowWeight: NDArray;
  readonly highWeight: NDArray;
  /** The dtype of the weights. */
  readonly dtype: DType;
}

/** Quantiles by the two elements on both sides of each. */
export function between(task: Task, method: Exclude<QuantileMethod, "inverted_cdf">): NDArray {
  const found = task.squash ? neighboursOfNumbers(task) : neighbours(task);
  const { low, high, lowWeight, highWeight, dtype } = found;
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
  const poisoned = whereElse(any(isnan(a), { axis, keepdims: true }), NaN, a);
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
    dtype: position.dtype,
  };
}

/** Neighbours among the elements that are not NaN. */
function neighboursOfNumbers({ a, q, axis, keepdims }: Task): Neighbours {
  const sorted = lax.sort(whereElse(isnan(a), NaN, a), { dimension: axis });
  const counts = sum(lax.bitwiseNot(isnan(sorted)), { axis, dtype: q.dtype, keepdims });
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
  return { low: at(low), high: at(high), ...weights, dtype: position.dtype };
}

// -- the inverse of the distribution ----------------------------------------------------------------

/** The first element that a share of the weight is no larger than. */
export function invertedCdf(
  { a, q, axis, keepdims, squash }: Task,
  given: NDArray | undefined,
): NDArray {
  const nan = isnan(a);
  const poison = squash ? nan : any(nan, { axis, keepdims: true });
  const poisoned = whereElse(poison, NaN, a);
  const [sorted, weights] = given === undefined
    ? [lax.sort(poisoned, { dimension: axis }), lax.fullLike(a, 1)]
    : lax.sortKeyVal(poisoned, given, axis);
  const absent = isnan(sorted);
  const bad = lax.bitwiseOr(lax.lt(weights, constantLike(weights, 0)), isnan(weights));
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
