/** Sums and products of the elements up to each. */
import { bool, type DType, type DTypeLike } from "../core/dtype.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { constantLike, toArray } from "./asarray.ts";
import { isnan } from "./comparison.ts";
import { namedPart } from "./parts.ts";
import { convertTo, whereElse } from "./promotion.ts";
import { promoteInteger } from "./reducing.ts";
import { canonicalAxis } from "./shapes.ts";

/** Options of {@linkcode cumsum} and its kin. */
export interface CumulativeOptions {
  /** The axis to go along; by default, or with `null`, all elements in row-major order. */
  axis?: number | null;
  /** The dtype of the result, and of the sums on the way there. */
  dtype?: DTypeLike;
}
/** Options of {@linkcode cumulativeSum} and {@linkcode cumulativeProd}. */
export interface CumulativeSumOptions {
  /** The axis to go along; may be left out only if there is but one. */
  axis?: number;
  /** The dtype of the result, and of the sums on the way there. */
  dtype?: DTypeLike;
  /** Begin with the sum of no elements. */
  includeInitial?: boolean;
}

/** What sets one of these functions apart. */
interface Style {
  /** JAX's name. */
  readonly name: string;
  readonly scan: (x: NDArray, axis: number) => NDArray;
  /** What NaN counts as, if it is left out. */
  readonly fill?: number;
  /** Whether narrow integers become integers of the default width. */
  readonly promotes?: boolean;
}

function accumulate(
  style: Style,
  given: ArrayLike,
  options: CumulativeOptions,
): NDArray {
  const body = ({ x }: { x: NDArray }) => scanned(style, x, options);
  return namedPart(style.name, { x: toArray(style.name, given) }, body, options);
}
function scanned(
  { scan, fill, promotes = false }: Style,
  x: NDArray,
  { axis = null, dtype }: CumulativeOptions,
): NDArray {
  let operand = axis === null ? lax.reshape(x, [x.size]) : x;
  const along = canonicalAxis(axis ?? 0, operand.ndim);
  if (fill !== undefined) {
    operand = whereElse(isnan(operand), constantLike(operand, fill), operand);
  }
  const result = resultDType(x.dtype, dtype, promotes);
  const truth = dtype !== undefined && result === bool;
  if (truth && operand.dtype !== bool) operand = lax.ne(operand, constantLike(operand, 0));
  const computed = truth ? promoteInteger(bool) : result;
  return convertTo(scan(convertTo(operand, computed), along), result);
}
function resultDType(dtype: DType, asked: DTypeLike | undefined, promotes: boolean): DType {
  const natural = promotes || dtype === bool ? promoteInteger(dtype) : dtype;
  return optionalDType(asked) ?? natural;
}

const SUM: Style = { name: "cumsum", scan: (x, axis) => lax.cumsum(x, axis) };
const PROD: Style = { name: "cumprod", scan: (x, axis) => lax.cumprod(x, axis) };
const NAMES = ["axis", "dtype"] as const;
const SUM_NAMES = ["axis", "dtype", "includeInitial"] as const;

/**
 * The sums of the elements up to each along `axis`, or of all in row-major order. Follows
 * `jax.numpy.cumsum`.
 *
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.cumsum(np.array([1, 2, 3])).tolist(), [1, 3, 6]);
 * assertEquals(np.cumsum(np.ones([2, 2]), 0).tolist(), [[1, 1], [2, 2]]);
 * ```
 */
export function cumsum(
  x: ArrayLike,
  axis?: number | null | CumulativeOptions,
  options?: CumulativeOptions,
): NDArray {
  return accumulate(SUM, x, readOptions<CumulativeOptions>("cumsum", NAMES, axis, options));
}
/**
 * The products of the elements up to each along `axis`, or of all in row-major order. Follows
 * `jax.numpy.cumprod`.
 *
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.cumprod(np.array([1, 2, 3])).tolist(), [1, 2, 6]);
 * ```
 */
export function cumprod(
  x: ArrayLike,
  axis?: number | null | CumulativeOptions,
  options?: CumulativeOptions,
): NDArray {
  return accumulate(PROD, x, readOptions<CumulativeOptions>("cumprod", NAMES, axis, options));
}
/**
 * {@linkcode cumsum}, NaN counting as 0. Follows `jax.numpy.nancumsum`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nancumsum(np.array([1, NaN, 3])).tolist(), [1, 1, 4]);
 * ```
 */
export function nancumsum(
  x: ArrayLike,
  axis?: number | null | CumulativeOptions,
  options?: CumulativeOptions,
): NDArray {
  const read = readOptions<CumulativeOptions>("nancumsum", NAMES, axis, options);
  return accumulate({ ...SUM, name: "nancumsum", fill: 0 }, x, read);
}
/**
 * {@linkcode cumprod}, NaN counting as 1. Follows `jax.numpy.nancumprod`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nancumprod(np.array([2, NaN, 3])).tolist(), [2, 2, 6]);
 * ```
 */
export function nancumprod(
  x: ArrayLike,
  axis?: number | null | CumulativeOptions,
  options?: CumulativeOptions,
): NDArray {
  const read = readOptions<CumulativeOptions>("nancumprod", NAMES, axis, options);
  return accumulate({ ...PROD, name: "nancumprod", fill: 1 }, x, read);
}

/**
 * The sums of the elements up to each, integers in the default width; with `includeInitial`, one
 * more, of no elements. The array API's form. Follows `jax.numpy.cumulative_sum`.
 *
 * @throws {RangeError} for a scalar, or if the axis is left out though there are several.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 3]);
 * assertEquals(np.cumulativeSum(x, { includeInitial: true }).tolist(), [0, 1, 3, 6]);
 * ```
 */
export function cumulativeSum(x: ArrayLike, options?: CumulativeSumOptions): NDArray {
  const style = { ...SUM, name: "_cumsum_with_promotion", promotes: true };
  return cumulative("sum", 0, x, options, (x, o) => accumulate(style, x, o));
}
/**
 * The products of the elements up to each; with `includeInitial`, one more, of no elements. The
 * array API's form. Follows `jax.numpy.cumulative_prod`.
 *
 * @throws {RangeError} for a scalar, or if the axis is left out though there are several.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 3]);
 * assertEquals(np.cumulativeProd(x, { includeInitial: true }).tolist(), [1, 1, 2, 6]);
 * ```
 */
export function cumulativeProd(x: ArrayLike, options?: CumulativeSumOptions): NDArray {
  return cumulative("product", 1, x, options, (x, o) => scanned(PROD, x, o));
}
function cumulative(
  what: "sum" | "product",
  start: number,
  given: ArrayLike,
  options: CumulativeSumOptions | undefined,
  run: (x: NDArray, options: CumulativeOptions) => NDArray,
): NDArray {
  const name = what === "sum" ? "cumulativeSum" : "cumulativeProd";
  const read = readOptions<CumulativeSumOptions>(name, SUM_NAMES, undefined, undefined, options);
  const x = toArray(name, given);
  if (x.ndim === 0) {
    throw new RangeError(
      `The input must be non-scalar to take a cumulative ${what}, however a scalar value or ` +
        "scalar array was given.",
    );
  }
  if (read.axis === undefined && x.ndim > 1) {
    throw new RangeError(
      `The input array has rank ${x.ndim}, however axis was not set to an explicit value. The ` +
        "axis argument is only optional for one-dimensional arrays.",
    );
  }
  const axis = canonicalAxis(read.axis ?? 0, x.ndim);
  const result = run(x, read.dtype === undefined ? { axis } : { axis, dtype: read.dtype });
  if (!read.includeInitial) return result;
  const shape = x.shape.map((n, i) => i === axis ? 1 : n);
  return lax.concatenate([lax.full(shape, start, result.dtype), result], axis);
}
