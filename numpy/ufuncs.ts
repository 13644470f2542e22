/**
 * Elementwise arithmetic: sums, products, quotients, remainders, powers and roots, extremes.
 * Operands broadcast, and promote to a common dtype by JAX's lattice.
 */
import { ConcreteArray } from "../core/array.ts";
import { bool, isComplex, isInexact, isInteger } from "../core/dtype.ts";
import { named, namedAll } from "../core/jit.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import {
  broadcastArrays,
  constantLike,
  promoteArgs,
  promoteDTypes,
  promoteDTypesInexact,
  promoteInexact,
  promoteNumeric,
  promoteShapes,
  resultTypeOf,
  toArray,
  toArrays,
  toInexact,
  toNumeric,
  whereElse,
} from "./asarray.ts";
import { equal, greater, less } from "./comparison.ts";

// -- sums and products --------------------------------------------------------------------------

/**
 * `x + y`; of booleans, the logical or.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.add(np.arange(3), 1.5).tolist().join() === "1.5,2.5,3.5");
 * ```
 */
export function add(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("add", x, y);
  return a.dtype === bool ? lax.bitwiseOr(a, b) : lax.add(a, b);
}

/**
 * `x - y`.
 *
 * @throws {TypeError} for booleans.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.subtract(5, 3).item() === 2);
 * ```
 */
export function subtract(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("subtract", x, y);
  return lax.sub(a, b);
}

/**
 * `x * y`, elementwise; of booleans, the logical and.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.multiply(np.arange(3), 2).tolist().join() === "0,2,4");
 * ```
 */
export function multiply(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("multiply", x, y);
  return a.dtype === bool ? lax.bitwiseAnd(a, b) : lax.mul(a, b);
}

/**
 * `x / y`; integers divide to floats.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.divide(1, 4).item() === 0.25);
 * ```
 */
export function divide(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteInexact("divide", x, y);
  return lax.div(a, b);
}

/** Alias of {@linkcode divide}. */
export const trueDivide: (x: ArrayLike, y: ArrayLike) => NDArray = divide;

/**
 * `-x`.
 *
 * @throws {TypeError} for booleans.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.negative(np.arange(3)).tolist().join() === "0,-1,-2");
 * ```
 */
export function negative(x: ArrayLike): NDArray {
  return lax.neg(toArray("negative", x));
}

/**
 * `+x`: the array itself.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.positive(-1).item() === -1);
 * ```
 */
export function positive(x: ArrayLike): NDArray {
  return toArray("positive", x);
}

/**
 * `|x|`; of complex numbers, the length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.abs({ re: 3, im: -4 }).item() === 5);
 * ```
 */
export function absolute(x: ArrayLike): NDArray {
  const array = toArray("absolute", x);
  return array.dtype.kind === "b" || array.dtype.kind === "u" ? array : lax.abs(array);
}
/** Alias of {@linkcode absolute}. */
export const abs: (x: ArrayLike) => NDArray = absolute;

/**
 * `|x|` as a float.
 *
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.fabs(-2).dtype === np.float32);
 * ```
 */
export function fabs(x: ArrayLike): NDArray {
  const array = toInexact("fabs", x);
  if (isComplex(array.dtype)) throw new TypeError("ufunc 'fabs' does not support complex dtypes");
  return lax.abs(array);
}

/**
 * -1, 0 or 1 by the sign of each element; `x / |x|` of complex numbers.
 *
 * @throws {TypeError} for booleans.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.sign(np.array([-3, 0, 5])).tolist().join() === "-1,0,1");
 * ```
 */
export function sign(x: ArrayLike): NDArray {
  return lax.sign(toArray("sign", x));
}

/**
 * 0 where `x` is negative, 1 where it is positive, `y` where it is zero.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.heaviside(np.array([-1, 0, 2]), 0.5).tolist().join() === "0,0.5,1");
 * ```
 */
export function heaviside(x: ArrayLike, y: ArrayLike): NDArray {
  return named("heaviside", toArrays("heaviside", x, y), (x, y) => {
    const [a, b] = promoteDTypesInexact("heaviside", x, y);
    const zero = constantLike(a, 0);
    const isNegative = lax.lt(a, zero);
    const isPositive = lax.gt(a, zero);
    const atZero = whereElse(lax.ne(a, a), a, b);
    return whereElse(isNegative, zero, whereElse(isPositive, constantLike(a, 1), atZero));
  });
}

// -- quotients and remainders -------------------------------------------------------------------

/**
 * `x // y`: the quotient, rounded down.
 *
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.floorDivide(np.array([7, -7]), 2).tolist().join() === "3,-4");
 * ```
 */
export function floorDivide(x: ArrayLike, y: ArrayLike): NDArray {
  return named("floor_divide", toArrays("floor_divide", x, y), (x, y) => {
    const [a, b] = promoteNumeric("floor_divide", x, y);
    if (a.dtype.kind === "u") return lax.div(a, b);
    if (isInteger(a.dtype)) {
      const quotient = lax.div(a, b);
      const unlike = lax.ne(lax.sign(a), lax.sign(b));
      const inexact = lax.ne(lax.rem(a, b), 0);
      return whereElse(lax.bitwiseAnd(unlike, inexact), lax.sub(quotient, 1), quotient);
    }
    if (isComplex(a.dtype)) {
      throw new TypeError("floor_divide does not support complex-valued inputs");
    }
    return floatDivmod(a, b)[0];
  });
}

/** Quotient rounded down, and remainder with the sign of `y`; after CPython's `float_divmod`. */
function floatDivmod(x: NDArray, y: NDArray): [NDArray, NDArray] {
  const truncated = lax.rem(x, y);
  const exact = lax.div(whereElse(lax.eq(y, 0), x, lax.sub(x, truncated)), y);
  const unlike = lax.bitwiseAnd(
    lax.ne(truncated, 0),
    lax.ne(lax.sign(y), lax.sign(truncated)),
  );
  const remainder = lax.select(unlike, lax.add(truncated, y), truncated);
  const quotient = lax.select(unlike, lax.sub(exact, 1), exact);
  return [lax.round(quotient), remainder];
}

/**
 * The remainder of `x // y`, with the sign of `y`; `mod` and `%` in Python.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.remainder(np.array([7, -7]), 3).tolist().join() === "1,2");
 * ```
 */
export function remainder(x: ArrayLike, y: ArrayLike): NDArray {
  return named("remainder", toArrays("remainder", x, y), (x, y) => {
    const [a, given] = promoteNumeric("remainder", x, y);
    const zero = constantLike(a, 0);
    // Division by an integer 0 is undefined on some devices; by 1 it leaves the remainder 0.
    const b = isInteger(given.dtype)
      ? whereElse(lax.eq(given, 0), lax.fullLike(given, 1), given)
      : given;
    const truncated = lax.rem(a, b);
    const inexact = lax.ne(truncated, zero);
    const unlike = lax.ne(lax.lt(truncated, zero), lax.lt(b, zero));
    return lax.select(lax.bitwiseAnd(unlike, inexact), lax.add(truncated, b), truncated);
  });
}
/** Alias of {@linkcode remainder}. */
export const mod: (x: ArrayLike, y: ArrayLike) => NDArray = remainder;

/**
 * The remainder of the quotient rounded towards zero, with the sign of `x`: C's `fmod`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.fmod(np.array([7, -7]), 3).tolist().join() === "1,-1");
 * ```
 */
export function fmod(x: ArrayLike, y: ArrayLike): NDArray {
  return named("fmod", toArrays("fmod", x, y), (x, y) => {
    const { dtype } = resultTypeOf("fmod", [x, y]);
    const divisor = isInteger(dtype) ? whereElse(equal(y, 0), lax.fullLike(y, 1), y) : y;
    const [a, b] = promoteNumeric("fmod", x, divisor);
    return lax.rem(a, b);
  });
}

/**
 * {@linkcode floorDivide} and {@linkcode remainder} at once.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * const [quotient, rest] = np.divmod(-7, 3);
 * console.assert(quotient.item() === -3 && rest.item() === 2);
 * ```
 */
export function divmod(x: ArrayLike, y: ArrayLike): [NDArray, NDArray] {
  const both = namedAll("divmod", toArrays("divmod", x, y), (x, y) => {
    const [a, b] = promoteNumeric("divmod", x, y);
    return isInteger(a.dtype) ? [floorDivide(a, b), remainder(a, b)] : floatDivmod(a, b);
  });
  return [both[0], both[1]];
}

// -- powers and roots ---------------------------------------------------------------------------

/**
 * `x ** y`. A known integer `y` multiplies; integers to the power of integers stay integers.
 *
 * @throws {TypeError} for integers to a known negative power.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.power(np.arange(4), 2).tolist().join() === "0,1,4,9");
 * console.assert(np.power(2, 0.5).item() === Math.fround(Math.SQRT2));
 * ```
 */
export function power(x: ArrayLike, y: ArrayLike): NDArray {
  const exponent = staticInteger(y);
  if (exponent !== undefined) return lax.integerPow(toNumeric("power", x), exponent);
  const [a, b] = promoteNumeric("power", x, y);
  if (!isInexact(a.dtype)) return integerPower(a, b);
  // A float to an integer power needs no promotion: `lax.pow` takes the integer as it is.
  const [base, integer] = promoteShapes(toArrays("power", x, y));
  return isInexact(base.dtype) && isInteger(integer.dtype)
    ? lax.pow(base, integer)
    : lax.pow(a, b);
}
/** Alias of {@linkcode power}. */
export const pow: (x: ArrayLike, y: ArrayLike) => NDArray = power;

/** The value of an exponent that is known and an integer. */
function staticInteger(y: ArrayLike): number | undefined {
  if (typeof y === "number") return Number.isSafeInteger(y) ? y : undefined;
  if (typeof y === "bigint" || typeof y === "boolean") return Number(y);
  const known = y instanceof ConcreteArray && y.ndim === 0 && isInteger(y.dtype);
  return known ? Number(y.item()) : undefined;
}

/** Integers to the power of integers, by squaring: a larger power than 2⁶ overflows any base. */
function integerPower(x: NDArray, y: NDArray): NDArray {
  const zero = constantLike(y, 0);
  const one = constantLike(y, 1);
  let base = x;
  let exponent = y;
  const isZero = lax.bitwiseAnd(lax.eq(base, zero), lax.ne(exponent, zero));
  let result = whereElse(isZero, zero, one);
  for (let bit = 0; bit < 6; bit++) {
    result = whereElse(lax.bitwiseAnd(exponent, one), lax.mul(result, base), result);
    base = lax.mul(base, base);
    exponent = lax.shiftRightLogical(exponent, one);
  }
  return result;
}

/**
 * `x ** y` in floats, or complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.floatPower(2, -1).item() === 0.5);
 * ```
 */
export function floatPower(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteInexact("float_power", x, y);
  return lax.pow(a, b);
}

/**
 * `x * x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.square(np.arange(4)).tolist().join() === "0,1,4,9");
 * ```
 */
export function square(x: ArrayLike): NDArray {
  return lax.square(toNumeric("square", x));
}

/**
 * `1 / x`, as a float.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.reciprocal(4).item() === 0.25);
 * ```
 */
export function reciprocal(x: ArrayLike): NDArray {
  return lax.integerPow(toInexact("reciprocal", x), -1);
}

/**
 * The square root; NaN of negative numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.sqrt(np.array([4, 9])).tolist().join() === "2,3");
 * ```
 */
export function sqrt(x: ArrayLike): NDArray {
  return lax.sqrt(toInexact("sqrt", x));
}

/**
 * The cube root.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.cbrt(-27).item() === -3);
 * ```
 */
export function cbrt(x: ArrayLike): NDArray {
  return lax.cbrt(toInexact("cbrt", x));
}

/**
 * `sqrt(x² + y²)`, without overflow on the way.
 *
 * @throws {RangeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.hypot(3, 4).item() === 5);
 * ```
 */
export function hypot(x: ArrayLike, y: ArrayLike): NDArray {
  return named("hypot", toArrays("hypot", x, y), (x, y) => {
    const [a, b] = promoteInexact("hypot", x, y);
    if (isComplex(a.dtype)) {
      throw new RangeError(
        "np.hypot is not well defined for complex-valued inputs. Please convert to real values " +
          "first, such as by using abs(x)",
      );
    }
    const [p, q] = [lax.abs(a), lax.abs(b)];
    const infinity = (z: NDArray) => lax.eq(z, constantLike(z, Infinity));
    const infinite = lax.bitwiseOr(infinity(p), infinity(q));
    const [long, short] = [lax.max(p, q), lax.min(p, q)];
    // Dividing by 1 where both are 0 keeps NaN out; the result is 0 there.
    const atZero = lax.eq(long, 0);
    const ratio = lax.div(short, whereElse(lax.eq(long, 0), lax.fullLike(long, 1), long));
    const length = lax.mul(long, lax.sqrt(lax.add(1, lax.square(ratio))));
    const result = whereElse(atZero, long, length);
    return whereElse(infinite, constantLike(result, Infinity), result);
  });
}

// -- extremes -----------------------------------------------------------------------------------

/**
 * The larger of `x` and `y`; NaN where either is NaN.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.maximum(np.arange(4), 2).tolist().join() === "2,2,2,3");
 * ```
 */
export function maximum(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("maximum", x, y);
  return lax.max(a, b);
}

/**
 * The smaller of `x` and `y`; NaN where either is NaN.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.minimum(np.arange(4), 2).tolist().join() === "0,1,2,2");
 * ```
 */
export function minimum(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("minimum", x, y);
  return lax.min(a, b);
}

/**
 * The larger of `x` and `y`; the other one where one is NaN.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.fmax(np.array([1, NaN]), 0).tolist().join() === "1,0");
 * ```
 */
export function fmax(x: ArrayLike, y: ArrayLike): NDArray {
  return extreme("fmax", greater, x, y);
}

/**
 * The smaller of `x` and `y`; the other one where one is NaN.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.fmin(np.array([1, NaN]), 0).tolist().join() === "0,0");
 * ```
 */
export function fmin(x: ArrayLike, y: ArrayLike): NDArray {
  return extreme("fmin", less, x, y);
}
function extreme(name: string, wins: typeof less, x: ArrayLike, y: ArrayLike): NDArray {
  return named(name, toArrays(name, x, y), (x, y) => {
    const [first, missing] = promoteShapes([wins(x, y), lax.ne(y, y)]);
    return whereElse(lax.bitwiseOr(first, missing), x, y);
  });
}

// -- divisors -----------------------------------------------------------------------------------

/**
 * The greatest common divisor, never negative.
 *
 * @throws {RangeError} unless both are integers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.gcd(12, np.array([8, 9])).tolist().join() === "4,3");
 * ```
 */
export function gcd(x: ArrayLike, y: ArrayLike): NDArray {
  return named("gcd", toArrays("gcd", x, y), (x, y) => {
    const [a, b] = broadcastArrays(...promoteDTypes("gcd", x, y));
    checkIntegers("gcd", a);
    // Of Euclid's steps, those of Fibonacci numbers are the most: 1.45 for each bit.
    const steps = Math.ceil(1.45 * 8 * a.itemsize);
    let [p, q] = [absolute(a), absolute(b)];
    for (let i = 0; i < steps && !isKnownZero(q); i++) {
      const done = lax.eq(q, 0);
      const rest = lax.rem(p, lax.select(done, lax.fullLike(q, 1), q));
      [p, q] = [lax.select(done, p, q), lax.select(done, q, rest)];
    }
    return p;
  });
}
function isKnownZero(x: NDArray): boolean {
  return x instanceof ConcreteArray && !(x.toTypedArray() as Int32Array).some((n) => n);
}
function checkIntegers(name: string, x: NDArray): void {
  if (isInteger(x.dtype)) return;
  throw new RangeError(`Arguments to np.${name} must be integers.`);
}

/**
 * The least common multiple, never negative.
 *
 * @throws {RangeError} unless both are integers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * console.assert(np.lcm(4, 6).item() === 12);
 * ```
 */
export function lcm(x: ArrayLike, y: ArrayLike): NDArray {
  return named("lcm", toArrays("lcm", x, y), (x, y) => {
    const [a, b] = promoteDTypes("lcm", x, y).map(absolute);
    checkIntegers("lcm", a);
    const divisor = gcd(a, b);
    return whereElse(
      lax.eq(divisor, 0),
      constantLike(divisor, 0),
      multiply(a, floorDivide(b, divisor)),
    );
  });
}
