/** Elementwise rounding, clipping, and the parts of numbers: real and imaginary, whole and rest. */
import {
  defaultDType,
  type DType,
  float16,
  float32,
  isComplex,
  isInexact,
  isInteger,
} from "../core/dtype.ts";
import { scalarArray } from "../core/array.ts";
import { isHostScalar } from "../core/convert.ts";
import { named, namedAll } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import { toStaticInteger } from "../core/stage.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, scalarLike, toArray, toArrays } from "./asarray.ts";
import { isneginf, isposinf } from "./comparison.ts";
import { finfo } from "./limits.ts";
import { convertTo, toInexact, whereElse } from "./promotion.ts";
import { maximum, minimum } from "./ufuncs.ts";

// -- rounding -----------------------------------------------------------------------------------

function isWhole(dtype: DType): boolean {
  return isInteger(dtype) || dtype.kind === "b";
}

/**
 * The largest integer that is not above `x`.
 *
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.floor(np.array([1.5, -1.5]))) === "[ 1. -2.]");
 * ```
 */
export function floor(x: ArrayLike): NDArray {
  const array = toArray("floor", x);
  return isWhole(array.dtype) ? array : lax.floor(array);
}

/**
 * The smallest integer that is not below `x`.
 *
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.ceil(np.array([1.5, -1.5]))) === "[ 2. -1.]");
 * ```
 */
export function ceil(x: ArrayLike): NDArray {
  const array = toArray("ceil", x);
  return isWhole(array.dtype) ? array : lax.ceil(array);
}

/**
 * The integer next to `x` on the side of zero.
 *
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.trunc(np.array([1.5, -1.5]))) === "[ 1. -1.]");
 * ```
 */
export function trunc(x: ArrayLike): NDArray {
  return named("trunc", toArrays("trunc", x), (x) => {
    if (isWhole(x.dtype)) return x;
    const isNegative = lax.lt(x, scalarLike(x, 0));
    return whereElse(isNegative, lax.ceil(x), lax.floor(x));
  });
}
/** Alias of {@linkcode trunc}. */
export const fix: (x: ArrayLike) => NDArray = trunc;

/**
 * The nearest integer, halves to the even one; always a float.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.rint(np.array([0.5, 1.5, 2.7]))) === "[0. 2. 3.]");
 * ```
 */
export function rint(x: ArrayLike): NDArray {
  return named("rint", toArrays("rint", x), (x) => {
    if (isWhole(x.dtype)) return convertTo(x, defaultDType("f"));
    if (isComplex(x.dtype)) return lax.complex(rint(lax.real(x)), rint(lax.imag(x)));
    return lax.round(x, 1);
  });
}

/** Options of {@linkcode round}. */
export interface RoundOptions {
  /** How many digits after the point to keep; negative ones lie before it. */
  decimals?: number;
}

/**
 * `x` with so many digits after the point, halves to the even digit; 0 by default.
 *
 * @throws {TypeError} for integers and negative `decimals`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.round(np.array([0.5, 1.5, 2.7]))) === "[0. 2. 3.]");
 * assert(np.round(1234.5, -2).item() === 1200);
 * ```
 */
export function round(
  x: ArrayLike,
  decimals?: number | RoundOptions,
  options?: RoundOptions,
): NDArray {
  const given = readOptions<RoundOptions>("round", ["decimals"], decimals, options);
  const digits = toStaticInteger(given.decimals ?? 0, "'decimals' argument of np.round");
  return named("round", toArrays("round", x), (x) => roundTo(x, digits), digits);
}
/**
 * Alias of {@linkcode round}.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.around(2.5).item() === 2);
 * ```
 */
export function around(
  x: ArrayLike,
  decimals?: number | RoundOptions,
  options?: RoundOptions,
): NDArray {
  const given = readOptions<RoundOptions>("around", ["decimals"], decimals, options);
  return named("around", toArrays("around", x), (x) => round(x, given), given);
}

function roundTo(x: NDArray, decimals: number): NDArray {
  const { dtype } = x;
  if (isInteger(dtype)) {
    if (decimals >= 0) return x;
    throw new TypeError(
      "integer np.round not implemented for decimals < 0; convert to a float first",
    );
  }
  if (decimals > Math.log10(finfo(dtype).max)) return x;
  if (!isComplex(dtype)) return roundFloat(x, decimals);
  return lax.complex(roundFloat(lax.real(x), decimals), roundFloat(lax.imag(x), decimals));
}
function roundFloat(x: NDArray, decimals: number): NDArray {
  if (decimals === 0) return lax.round(x, 1);
  const wide = x.dtype === float16 ? convertTo(x, float32) : x;
  const factor = scalarLike(wide, 10 ** decimals);
  const rounded = lax.div(lax.round(lax.mul(wide, factor), 1), factor);
  return x.dtype === float16 ? convertTo(rounded, float16) : rounded;
}

// -- clipping -----------------------------------------------------------------------------------

/** Options of {@linkcode clip}. */
export interface ClipOptions {
  /** The lower bound; `null` for none. */
  min?: ArrayLike | null;
  /** The upper bound; `null` for none. */
  max?: ArrayLike | null;
}

/**
 * `x` moved into `min … max`; NaN stays.
 *
 * @throws {RangeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.clip(np.arange(5), 1, 3)) === "[1 1 2 3 3]");
 * assert(np.clip(5, { max: 3 }).item() === 3);
 * ```
 */
export function clip(
  x: ArrayLike,
  min?: ArrayLike | null | ClipOptions,
  max?: ArrayLike | null | ClipOptions,
  options?: ClipOptions,
): NDArray {
  const given = readOptions<ClipOptions>("clip", ["min", "max"], min, max, options);
  const low = given.min ?? null;
  const high = given.max ?? null;
  const bounds = [low, high].filter((bound) => bound !== null);
  const operands = toArrays("clip", x, ...bounds);
  if (operands.some((o) => isComplex(o.dtype))) {
    throw new RangeError(
      "Clip received a complex value either through the input or the min/max keywords. Complex " +
        "values have no ordering and cannot be clipped. Please convert to a real value or array " +
        "by taking the real or imaginary components via np.real/imag respectively.",
    );
  }
  return named("clip", operands, (x, ...bounds) => {
    let result = x;
    if (low !== null) result = maximum(bounds[0], result);
    if (high !== null) result = minimum(bounds[bounds.length - 1], result);
    return result;
  }, [low !== null, high !== null]);
}

/** Options of {@linkcode nanToNum}. */
export interface NanToNumOptions {
  /** Accepted for NumPy's sake: arrays are immutable. */
  copy?: boolean;
  /** What replaces NaN; 0 by default. */
  nan?: ArrayLike;
  /** What replaces Infinity; by default the largest number of the dtype. */
  posinf?: ArrayLike | null;
  /** What replaces -Infinity; by default the smallest number of the dtype. */
  neginf?: ArrayLike | null;
}

/**
 * `x` with NaN and infinities replaced by numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const x = np.array([NaN, 1, Infinity]);
 * assert(String(np.nanToNum(x, { posinf: 9 })) === "[0. 1. 9.]");
 * ```
 */
export function nanToNum(
  x: ArrayLike,
  copy?: boolean | NanToNumOptions,
  nan?: ArrayLike | NanToNumOptions,
  posinf?: ArrayLike | null | NanToNumOptions,
  neginf?: ArrayLike | null | NanToNumOptions,
): NDArray {
  const given = readOptions<NanToNumOptions>("nanToNum", NAN_TO_NUM, copy, nan, posinf, neginf);
  const names = REPLACEMENTS.filter((name) => (given[name] ?? null) !== null);
  const operands = toArrays("nan_to_num", x, ...names.map((name) => given[name]!));
  return named("nan_to_num", operands, (x, ...values) => {
    if (!isInexact(x.dtype)) return x;
    const by: NanToNumOptions = Object.fromEntries(names.map((name, i) => [name, values[i]]));
    if (!isComplex(x.dtype)) return replaceNonFinite(x, by);
    by.nan ??= scalarArray(0, defaultDType("f"), true);
    return lax.complex(nanToNum(lax.real(x), by), nanToNum(lax.imag(x), by));
  }, names);
}
const REPLACEMENTS = ["nan", "posinf", "neginf"] as const;
const NAN_TO_NUM = ["copy", ...REPLACEMENTS] as const;

function replaceNonFinite(x: NDArray, by: NanToNumOptions): NDArray {
  const { max } = finfo(x.dtype);
  const like = (value: ArrayLike) =>
    isHostScalar(value) ? constantLike(x, value) : convertTo(toArray("nan_to_num", value), x.dtype);
  let result = whereElse(lax.ne(x, x), like(by.nan ?? 0), x);
  result = whereElse(isposinf(result), like(by.posinf ?? max), result);
  return whereElse(isneginf(result), like(by.neginf ?? -max), result);
}

// -- parts --------------------------------------------------------------------------------------

/**
 * The fraction and the integer that make up `x`, both with its sign.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const [fraction, whole] = np.modf(-1.5);
 * assert(fraction.item() === -0.5 && whole.item() === -1);
 * ```
 */
export function modf(x: ArrayLike): [NDArray, NDArray] {
  const parts = namedAll("modf", toArrays("modf", x), (x) => {
    const array = toInexact("modf", x);
    const whole = whereElse(lax.ge(array, 0), lax.floor(array), lax.ceil(array));
    return [lax.sub(array, whole), whole];
  });
  return [parts[0], parts[1]];
}

/**
 * The real part.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.real({ re: 1, im: 2 }).item() === 1);
 * ```
 */
export function real(x: ArrayLike): NDArray {
  const array = toArray("real", x);
  return isComplex(array.dtype) ? lax.real(array) : array;
}

/**
 * The imaginary part; 0 of real numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.imag({ re: 1, im: 2 }).item() === 2);
 * ```
 */
export function imag(x: ArrayLike): NDArray {
  const array = toArray("imag", x);
  return isComplex(array.dtype) ? lax.imag(array) : lax.fullLike(array, 0);
}

/**
 * The complex conjugate.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.imag(np.conjugate({ re: 1, im: 2 })).item() === -2);
 * ```
 */
export function conjugate(x: ArrayLike): NDArray {
  const array = toArray("conjugate", x);
  return isComplex(array.dtype) ? lax.conj(array) : array;
}
/** Alias of {@linkcode conjugate}. */
export const conj: (x: ArrayLike) => NDArray = conjugate;
