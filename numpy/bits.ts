/** Elementwise work on bits: of integers, and of the representation of floats. */
import {
  bool,
  type DType,
  float16,
  int16,
  int32,
  int64,
  isComplex,
  isFloat,
  isInexact,
  isInteger,
  uint8,
} from "../core/dtype.ts";
import { named, namedAll } from "../core/call.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, scalarLike, toArray, toArrays } from "./asarray.ts";
import { isinf } from "./comparison.ts";
import { finfo } from "./limits.ts";
import {
  convertTo,
  promoteArgs,
  promoteInexact,
  promoteNumeric,
  toInexact,
  toNumeric,
  whereElse,
} from "./promotion.ts";
import { absolute, add, multiply, subtract } from "./ufuncs.ts";

// -- bits of integers ---------------------------------------------------------------------------

/**
 * `x & y`; of booleans, the logical and.
 *
 * @throws {TypeError} for floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.bitwiseAnd(6, 3).item() === 2);
 * ```
 */
export function bitwiseAnd(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("bitwise_and", x, y);
  return lax.bitwiseAnd(a, b);
}

/**
 * `x | y`; of booleans, the logical or.
 *
 * @throws {TypeError} for floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.bitwiseOr(6, 3).item() === 7);
 * ```
 */
export function bitwiseOr(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("bitwise_or", x, y);
  return lax.bitwiseOr(a, b);
}

/**
 * `x ^ y`; of booleans, the exclusive or.
 *
 * @throws {TypeError} for floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.bitwiseXor(6, 3).item() === 5);
 * ```
 */
export function bitwiseXor(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("bitwise_xor", x, y);
  return lax.bitwiseXor(a, b);
}

/**
 * `~x`; of booleans, the logical not.
 *
 * @throws {TypeError} for floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.invert(5).item() === -6);
 * ```
 */
export function invert(x: ArrayLike): NDArray {
  return lax.bitwiseNot(toArray("invert", x));
}
/** Alias of {@linkcode invert}. */
export const bitwiseNot: (x: ArrayLike) => NDArray = invert;
/** Alias of {@linkcode invert}. */
export const bitwiseInvert: (x: ArrayLike) => NDArray = invert;

/**
 * `x << y`.
 *
 * @throws {TypeError} for floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.leftShift(1, np.arange(4))) === "[1 2 4 8]");
 * ```
 */
export function leftShift(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteNumeric("left_shift", x, y);
  return lax.shiftLeft(a, b);
}
/** Alias of {@linkcode leftShift}. */
export const bitwiseLeftShift: (x: ArrayLike, y: ArrayLike) => NDArray = leftShift;

/**
 * `x >> y`; keeps the sign of signed integers.
 *
 * @throws {TypeError} for floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.rightShift(-8, 1).item() === -4);
 * ```
 */
export function rightShift(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteNumeric("right_shift", x, y);
  return a.dtype.kind === "u" ? lax.shiftRightLogical(a, b) : lax.shiftRightArithmetic(a, b);
}
/** Alias of {@linkcode rightShift}. */
export const bitwiseRightShift: (x: ArrayLike, y: ArrayLike) => NDArray = rightShift;

/**
 * How many bits of `|x|` are 1, as uint8.
 *
 * @throws {TypeError} for floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.bitwiseCount(7).item() === 3);
 * ```
 */
export function bitwiseCount(x: ArrayLike): NDArray {
  return named("bitwise_count", toArrays("bitwise_count", x), (x) => {
    const size = absolute(toNumeric("bitwise_count", x));
    return convertTo(lax.populationCount(size), uint8);
  });
}

// -- bits of floats -----------------------------------------------------------------------------

/** The integers as wide as a float dtype. */
function integersFor(dtype: DType): DType {
  return dtype.itemsize === 2 ? int16 : dtype.itemsize === 4 ? int32 : int64;
}

/**
 * Whether the sign is minus, of -0 too.
 *
 * @throws {RangeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.signbit(np.array([-1, 0, -0]))) === "[ True False  True]");
 * ```
 */
export function signbit(x: ArrayLike): NDArray {
  return named("signbit", toArrays("signbit", x), (x) => {
    const { dtype } = x;
    if (isInteger(dtype)) return lax.lt(x, constantLike(x, 0));
    if (dtype === bool) return lax.fullLike(x, false, { dtype: bool });
    if (!isFloat(dtype)) {
      throw new RangeError(`np.signbit is not well defined for ${dtype.name}`);
    }
    const { nexp, nmant } = finfo(dtype);
    const bits = lax.bitcastConvertType(x, integersFor(dtype));
    return convertTo(lax.shiftRightArithmetic(bits, nexp + nmant), bool);
  });
}

/**
 * `|x|` with the sign of `y`.
 *
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.copysign(2, -0).item() === -2);
 * ```
 */
export function copysign(x: ArrayLike, y: ArrayLike): NDArray {
  return named("copysign", toArrays("copysign", x, y), (x, y) => {
    const [a, b] = promoteInexact("copysign", x, y);
    if (isComplex(a.dtype)) throw new TypeError("copysign does not support complex-valued inputs");
    const isMinus = signbit(b);
    return whereElse(isMinus, lax.neg(lax.abs(a)), lax.abs(a));
  });
}

/**
 * The next number that the dtype has from `x` on towards `y`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.nextafter(1, 2).item() === 1 + 2 ** -23);
 * ```
 */
export function nextafter(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteInexact("nextafter", x, y);
  return lax.nextafter(a, b);
}

/**
 * The distance from `x` to the next number away from zero that the dtype has.
 *
 * @throws {RangeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.spacing(1).item() === 2 ** -23);
 * ```
 */
export function spacing(x: ArrayLike): NDArray {
  const array = toInexact("spacing", x);
  if (isComplex(array.dtype)) throw new RangeError("np.spacing is not defined for complex inputs.");
  const infinity = scalarLike(array, Infinity);
  // NumPy looks upwards in float16, away from zero in all other dtypes.
  if (array.dtype === float16) return subtract(lax.nextafter(array, infinity), array);
  const next = lax.nextafter(array, copysign(infinity, array));
  const result = subtract(next, array);
  const smallest = constantLike(array, finfo(array.dtype).smallestSubnormal);
  return whereElse(lax.eq(result, 0), copysign(smallest, array), result);
}

/**
 * Mantissa in `0.5 … 1` and exponent: `x = mantissa · 2 ** exponent`.
 *
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const [mantissa, exponent] = np.frexp(12);
 * assert(mantissa.item() === 0.75 && exponent.item() === 4);
 * ```
 */
export function frexp(x: ArrayLike): [NDArray, NDArray] {
  const parts = namedAll("frexp", toArrays("frexp", x), (x) => {
    const array = toInexact("frexp", x);
    if (isComplex(array.dtype)) throw new TypeError("frexp does not support complex-valued inputs");
    return splitExponent(array);
  });
  return [parts[0], parts[1]];
}

function splitExponent(x: NDArray): [NDArray, NDArray] {
  const { nexp, nmant, minexp, tiny } = finfo(x.dtype);
  const mask = 2 ** nexp - 1;
  const bias = 1 - minexp;
  // Numbers below the normal ones are scaled up, so that their mantissa has its leading bit.
  const isSmall = lax.lt(lax.abs(x), tiny);
  const scaled = whereElse(isSmall, lax.mul(x, 2 ** nmant), x);
  const integers = integersFor(x.dtype);
  const shift = whereElse(
    isSmall,
    convertTo(toArray("frexp", -nmant), integers),
    convertTo(toArray("frexp", 0), integers),
  );
  const bits = lax.bitcastConvertType(scaled, integers);
  const biased = lax.bitwiseAnd(lax.shiftRightArithmetic(bits, nmant), mask);
  const exponent = lax.add(shift, lax.add(lax.sub(biased, bias), 1));
  const keep = constantLike(bits, ~(BigInt(mask) << BigInt(nmant)));
  const half = constantLike(bits, BigInt(bias - 1) << BigInt(nmant));
  const mantissa = lax.bitcastConvertType(
    lax.bitwiseOr(lax.bitwiseAnd(bits, keep), half),
    x.dtype,
  );
  const isSpecial = bitwiseOr(bitwiseOr(isinf(x), lax.ne(x, x)), lax.eq(x, 0));
  const known = whereElse(isSpecial, lax.fullLike(exponent, 0), exponent);
  return [whereElse(isSpecial, x, mantissa), convertTo(known, int32)];
}

/**
 * `x · 2 ** y`.
 *
 * @throws {RangeError} for complex `x`, or `y` that are not integers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.ldexp(0.75, 4).item() === 12);
 * ```
 */
export function ldexp(x: ArrayLike, y: ArrayLike): NDArray {
  return named("ldexp", toArrays("ldexp", x, y), (x, y) => {
    if (isComplex(x.dtype) || isInexact(y.dtype)) {
      throw new RangeError(`ldexp not supported for input types (${x.dtype}, ${y.dtype})`);
    }
    const array = toInexact("ldexp", x);
    const [mantissa, ownExponent] = frexp(array);
    const sum = add(convertTo(ownExponent, array.dtype), convertTo(y, array.dtype));
    // A power that overflows by one may still give a finite product.
    const isPositive = lax.gt(sum, 0);
    const doubled = whereElse(isPositive, lax.mul(mantissa, 2), mantissa);
    const exponent = whereElse(isPositive, lax.sub(sum, 1), sum);
    const result = multiply(doubled, lax.pow(constantLike(array, 2), exponent));
    const isSpecial = bitwiseOr(isinf(array), lax.eq(array, 0));
    return whereElse(isSpecial, array, result);
  });
}
