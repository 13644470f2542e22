/** Means, averages, variances and standard deviations. */
import { scalarArray } from "../core/array.ts";
import { product, sameShape } from "../core/aval.ts";
import { canonicalize, type DType, isComplex, isInexact, realPart } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import type { AxisLike, ReduceOptions } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { constantLike, toArray, toOptionalArray } from "./asarray.ts";
import { isnan } from "./comparison.ts";
import { nansum } from "./nan_reductions.ts";
import { namedPart } from "./parts.ts";
import {
  convertTo,
  promoteDTypesInexact,
  toInexact,
  toInexactDType,
  whereElse,
} from "./promotion.ts";
import { defined, toMask, upcastHalf } from "./reducing.ts";
import { sum } from "./reductions.ts";
import { broadcastTo, canonicalAxes } from "./shapes.ts";
import { divide, multiply, subtract } from "./ufuncs.ts";

// -- mean ---------------------------------------------------------------------------------------

/** Options of {@linkcode mean}. */
export type MeanOptions = Pick<ReduceOptions<NDArray>, "axis" | "dtype" | "keepdims" | "where">;
const MEAN_NAMES = ["axis", "dtype", "keepdims", "where"] as const;

/** Options of which some may be missing, the arrays among them converted. */
interface Spread {
  readonly axis?: AxisLike | undefined;
  readonly keepdims?: boolean | undefined;
  readonly dtype?: DType | undefined;
}

/**
 * The mean over `axis`; of integers a float, of half precision computed in single precision.
 * Follows `jax.numpy.mean`.
 *
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.arange(6).reshape(2, 3);
 * assertEquals(np.mean(x).item(), 2.5);
 * assertEquals(np.mean(x, 0).tolist(), [1.5, 2.5, 3.5]);
 * assertEquals(np.mean(x, { where: np.greater(x, 2) }).item(), 4);
 * ```
 */
export function mean(
  x: ArrayLike,
  axis?: AxisLike | MeanOptions,
  options?: MeanOptions,
): NDArray {
  const read = readOptions<MeanOptions>("mean", MEAN_NAMES, axis, options);
  const dtype = optionalDType(read.dtype);
  return meanOf(toArray("mean", x), { ...read, dtype }, toMask("mean", read.where));
}
function meanOf(x: NDArray, { axis, keepdims, dtype }: Spread, where?: NDArray): NDArray {
  const result = dtype ?? canonicalize(toInexactDType(x.dtype));
  const computed = dtype === undefined ? upcastHalf(result) : result;
  const options = defined({ axis, keepdims, dtype: computed, where });
  const count = countOf(x, options);
  return convertTo(lax.div(sum(x, options), count), result);
}
/** How many elements there are over some axes, as a float (or whatever `dtype` is). */
function countOf(
  x: NDArray,
  { where, ...options }: { axis?: AxisLike; keepdims?: boolean; dtype: DType; where?: NDArray },
): NDArray {
  if (where !== undefined) return sum(broadcastTo(where, x.shape), options);
  const n = product(canonicalAxes(options.axis, x.ndim).map((a) => x.shape[a]));
  return scalarArray(n, options.dtype);
}

/** Options of {@linkcode average}. */
export interface AverageOptions {
  /** The axes to average over; all of them by default. */
  axis?: AxisLike;
  /** The weight of each element, or of each position along `axis`. */
  weights?: ArrayLike | null;
  /** Give the sum of weights as well: `[average, sum]`. */
  returned?: boolean;
  /** Keep reduced axes with length 1. */
  keepdims?: boolean;
}
/**
 * The mean over `axis`, elements counting by their weights. Follows `jax.numpy.average`.
 *
 * @throws {RangeError} if the weights don't fit the array.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 3]);
 * assertEquals(np.average(x).item(), 2);
 * assertEquals(np.average(x, { weights: np.array([3, 1, 0]) }).item(), 1.25);
 * const [, total] = np.average(x, { weights: np.array([3, 1, 0]), returned: true });
 * assertEquals(total.item(), 4);
 * ```
 */
export function average(
  x: ArrayLike,
  axis: AxisLike | undefined,
  weights: ArrayLike | null | undefined,
  options: AverageOptions & { returned: true },
): [average: NDArray, sumOfWeights: NDArray];
/** {@linkcode average} with the sum of weights, by options after the axis. */
export function average(
  x: ArrayLike,
  axis: AxisLike | undefined,
  options: AverageOptions & { returned: true },
): [average: NDArray, sumOfWeights: NDArray];
/** {@linkcode average} with the sum of weights, by options alone. */
export function average(
  x: ArrayLike,
  options: AverageOptions & { returned: true },
): [average: NDArray, sumOfWeights: NDArray];
/** {@linkcode average} alone. */
export function average(
  x: ArrayLike,
  axis?: AxisLike | AverageOptions,
  weights?: ArrayLike | null | AverageOptions,
  options?: AverageOptions,
): NDArray;
export function average(
  x: ArrayLike,
  axis?: AxisLike | AverageOptions,
  weights?: ArrayLike | null | AverageOptions,
  options?: AverageOptions,
): NDArray | [NDArray, NDArray] {
  const names = ["axis", "weights", "returned", "keepdims"] as const;
  const read = readOptions<AverageOptions>("average", names, axis, weights, options);
  const [result, total] = averageOf(x, read);
  return read.returned ? [result, broadcastTo(total, result.shape)] : result;
}
function averageOf(
  x: ArrayLike,
  { axis, weights, keepdims }: AverageOptions,
): [average: NDArray, sumOfWeights: NDArray] {
  const options = defined({ axis, keepdims });
  if (weights === undefined || weights === null) {
    const a = toInexact("average", x);
    const result = mean(a, options);
    const n = product(canonicalAxes(axis, a.ndim).map((i) => a.shape[i]));
    return [result, scalarArray(n, result.dtype)];
  }
  const [a, given] = promoteDTypesInexact("average", x, weights);
  const w = sameShape(a.shape, given.shape) ? given : alongAxes(given, a, axis);
  const total = sum(w, options);
  return [divide(sum(multiply(a, w), options), total), total];
}
/** Weights of positions along some axes, in a shape that broadcasts to the array's. */
function alongAxes(weights: NDArray, a: NDArray, axis: AxisLike | undefined): NDArray {
  if (axis === undefined || axis === null) {
    throw new RangeError("Axis must be specified when shapes of a and weights differ.");
  }
  const axes = canonicalAxes(axis, a.ndim);
  if (!sameShape(weights.shape, axes.map((i) => a.shape[i]))) {
    throw new RangeError(
      "Shape of weights must be consistent with shape of a along specified axis. Got weights of " +
        `shape ${showShape(weights.shape)} for a of shape ${showShape(a.shape)}`,
    );
  }
  const order = axes.map((_, i) => i).sort((i, j) => axes[i] - axes[j]);
  const shape = a.shape.map((n, i) => axes.includes(i) ? n : 1);
  return lax.reshape(weights, shape, order);
}

// -- variance -----------------------------------------------------------------------------------

/** Options of {@linkcode variance} and {@linkcode std}. */
export interface VarianceOptions
  extends Pick<ReduceOptions<NDArray>, "axis" | "dtype" | "ddof" | "keepdims" | "where"> {
  /** The mean, if it is known: of the array's rank, reduced axes of length 1. */
  mean?: ArrayLike;
  /** The array API's name of `ddof`. */
  correction?: number;
}
const VARIANCE_NAMES = [
  "axis",
  "dtype",
  "ddof",
  "keepdims",
  "where",
  "mean",
  "correction",
] as const;

/** What `var` and `std` are told, arrays apart from the rest. */
interface VarianceArguments {
  readonly correction: NDArray | undefined;
  readonly mean: NDArray | undefined;
  readonly where: NDArray | undefined;
  readonly statics: Spread;
}
function varianceArguments(name: string, options: VarianceOptions): VarianceArguments {
  const { axis, keepdims, dtype, ddof, correction, mean, where } = options;
  if (correction !== undefined && ddof !== undefined && ddof !== 0) {
    throw new RangeError("ddof and correction can't be provided simultaneously.");
  }
  return {
    correction: toOptionalArray(name, correction ?? ddof),
    mean: toOptionalArray(name, mean),
    where: toMask(name, where),
    statics: {
      axis,
      keepdims,
      dtype: optionalDType(dtype),
    },
  };
}

/**
 * The variance over `axis`: the mean of squared distances from the mean, the sum divided by the
 * number of elements less `ddof`. Real for complex elements. Follows `jax.numpy.var`.
 *
 * @throws {RangeError} for a real dtype and complex elements.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 3, 4]);
 * assertEquals(np.var(x).item(), 1.25);
 * assertEquals(np.var(x, { ddof: 1, keepdims: true }).shape, [1]);
 * ```
 */
function variance(
  x: ArrayLike,
  axis?: AxisLike | VarianceOptions,
  options?: VarianceOptions,
): NDArray {
  const read = readOptions<VarianceOptions>("var", VARIANCE_NAMES, axis, options);
  return varianceOf(toArray("var", x), varianceArguments("var", read));
}
export { variance as var };
function varianceOf(
  a: NDArray,
  { correction = toArray("var", 0), mean, where, statics }: VarianceArguments,
): NDArray {
  const { axis, keepdims, dtype } = statics;
  const body = (
    { a, mean, correction, where }: {
      a: NDArray;
      mean: NDArray | undefined;
      correction: NDArray;
      where: NDArray | undefined;
    },
  ): NDArray => {
    const [computed, result] = varianceDTypes(a.dtype, dtype);
    const x = convertTo(a, computed);
    const center = mean === undefined
      ? meanOf(x, { axis, keepdims: true, dtype: computed }, where)
      : convertTo(mean, computed);
    const squares = squaredNorm(lax.sub(x, center));
    const options = defined({ axis, keepdims, dtype: squares.dtype, where });
    const count = lax.sub(countOf(x, options), convertTo(correction, squares.dtype));
    const quotient = convertTo(lax.div(sum(squares, options), count), result);
    return whereElse(lax.gt(count, constantLike(count, 0)), quotient, NaN);
  };
  return namedPart("_var", { a, mean, correction, where }, body, statics);
}
/** The dtypes to compute a variance in and to give it in. */
function varianceDTypes(dtype: DType, asked: DType | undefined): [computed: DType, result: DType] {
  if (asked !== undefined) {
    if (!isComplex(asked) && isComplex(dtype)) {
      throw new RangeError(
        "np.var does not yet support real dtype parameters when computing the variance of an " +
          "array of complex values. The semantics of numpy.var seem unclear in this case.",
      );
    }
    return [upcastHalf(asked), asked];
  }
  const inexact = canonicalize(toInexactDType(dtype));
  return [upcastHalf(inexact), realPart(inexact)];
}
function squaredNorm(x: NDArray): NDArray {
  return isComplex(x.dtype) ? lax.real(lax.mul(x, lax.conj(x))) : lax.square(x);
}

/**
 * The standard deviation over `axis`: the square root of the variance. Follows `jax.numpy.std`.
 *
 * @throws {RangeError} for a dtype that is not a float.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.std(np.array([2, 4, 4, 4, 5, 5, 7, 9])).item(), 2);
 * ```
 */
export function std(
  x: ArrayLike,
  axis?: AxisLike | VarianceOptions,
  options?: VarianceOptions,
): NDArray {
  const read = readOptions<VarianceOptions>("std", VARIANCE_NAMES, axis, options);
  const { statics, correction, mean, where } = varianceArguments("std", read);
  checkInexact("std", statics.dtype);
  const arrays = { a: toArray("std", x), correction: correction ?? toArray("std", 0), mean, where };
  return namedPart("_std", arrays, ({ a, ...rest }) => {
    return lax.sqrt(varianceOf(a, { ...rest, statics }));
  }, statics);
}
function checkInexact(name: string, dtype: DType | undefined): void {
  if (dtype === undefined || isInexact(dtype)) return;
  throw new RangeError(`dtype argument to np.${name} must be inexact; got ${dtype.name}`);
}

// -- without NaN --------------------------------------------------------------------------------

/**
 * The mean over `axis` of the elements that are not NaN; NaN if there is none. Follows
 * `jax.numpy.nanmean`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanmean(np.array([1, NaN, 3])).item(), 2);
 * ```
 */
export function nanmean(
  x: ArrayLike,
  axis?: AxisLike | MeanOptions,
  options?: MeanOptions,
): NDArray {
  const read = readOptions<MeanOptions>("nanmean", MEAN_NAMES, axis, options);
  const dtype = optionalDType(read.dtype);
  return nanmeanOf(
    toArray("nanmean", x),
    { axis: read.axis, keepdims: read.keepdims, dtype },
    toMask("nanmean", read.where),
  );
}
function nanmeanOf(a: NDArray, statics: Spread, where: NDArray | undefined): NDArray {
  return namedPart("nanmean", { a, where }, ({ a, where }) => {
    if (!isInexact(a.dtype)) return meanOf(a, statics, where);
    const { axis, keepdims, dtype = a.dtype } = statics;
    const options = defined({ axis, keepdims, dtype, where });
    const count = sum(lax.bitwiseNot(isnan(a)), options);
    return lax.div(nansum(a, options), count);
  }, statics);
}

/**
 * The variance over `axis` of the elements that are not NaN; NaN if there are too few. Follows
 * `jax.numpy.nanvar`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanvar(np.array([1, NaN, 3])).item(), 1);
 * ```
 */
export function nanvar(
  x: ArrayLike,
  axis?: AxisLike | VarianceOptions,
  options?: VarianceOptions,
): NDArray {
  const read = readOptions<VarianceOptions>("nanvar", VARIANCE_NAMES, axis, options);
  return nanvarOf(toArray("nanvar", x), varianceArguments("nanvar", read));
}
function nanvarOf(a: NDArray, { correction, mean, where, statics }: VarianceArguments): NDArray {
  const { axis, keepdims } = statics;
  const arrays = { a, correction, where, mean };
  const body = ({ a, correction, where, mean }: typeof arrays): NDArray => {
    const [computed, result] = varianceDTypes(a.dtype, statics.dtype);
    const x = convertTo(a, computed);
    const center = mean === undefined
      ? nanmeanOf(x, { axis, keepdims: true, dtype: computed }, where)
      : convertTo(mean, computed);
    const squares = squaredNorm(whereElse(isnan(x), 0, lax.sub(x, center)));
    const options = defined({ axis, keepdims, where });
    const count = subtract(sum(lax.bitwiseNot(isnan(x)), options), correction ?? 0);
    const tooFew = lax.le(count, constantLike(count, 0));
    const total = whereElse(tooFew, NaN, sum(squares, options));
    const divisor = whereElse(tooFew, 1, count);
    return convertTo(lax.div(total, convertTo(divisor, total.dtype)), result);
  };
  return namedPart("nanvar", arrays, body, statics);
}

/**
 * The standard deviation over `axis` of the elements that are not NaN. Follows
 * `jax.numpy.nanstd`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanstd(np.array([1, NaN, 3])).item(), 1);
 * ```
 */
export function nanstd(
  x: ArrayLike,
  axis?: AxisLike | VarianceOptions,
  options?: VarianceOptions,
): NDArray {
  const read = readOptions<VarianceOptions>("nanstd", VARIANCE_NAMES, axis, options);
  const { statics, correction, where, mean } = varianceArguments("nanstd", read);
  const arrays = { a: toArray("nanstd", x), correction, where, mean };
  return namedPart("nanstd", arrays, ({ a, correction = toArray("nanstd", 0), ...rest }) => {
    return lax.sqrt(nanvarOf(a, { ...rest, correction, statics }));
  }, statics);
}
