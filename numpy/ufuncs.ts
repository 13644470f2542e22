/**
 * Elementwise arithmetic: sums, products, quotients, remainders, extremes, divisors.
 * Operands broadcast, and promote to a common dtype by JAX's lattice.
 */
import { ConcreteArray } from "../core/array.ts";
import { bool, isComplex, isInteger } from "../core/dtype.ts";
import { named, namedAll } from "../core/call.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, scalarLike, toArray, toArrays } from "./asarray.ts";
import { equal, greater, less, logicalAnd } from "./comparison.ts";
import {
  promoteArgs,
  promoteDTypes,
  promoteDTypesInexact,
  promoteInexact,
  promoteNumeric,
  resultTypeOf,
  toInexact,
  whereElse,
} from "./promotion.ts";
import { broadcastArrays } from "./shapes.ts";

// -- sums and products --------------------------------------------------------------------------

/**
 * `x + y`; of booleans, the logical or.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.add(np.arange(3), 1.5)) === "[1.5 2.5 3.5]");
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
 * import { assert } from "@std/assert";
 * assert(np.subtract(5, 3).item() === 2);
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
 * import { assert } from "@std/assert";
 * assert(String(np.multiply(np.arange(3), 2)) === "[0 2 4]");
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
 * import { assert } from "@std/assert";
 * assert(np.divide(1, 4).item() === 0.25);
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
 * import { assert } from "@std/assert";
 * assert(String(np.negative(np.arange(3))) === "[ 0 -1 -2]");
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
 * import { assert } from "@std/assert";
 * assert(np.positive(-1).item() === -1);
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
 * import { assert } from "@std/assert";
 * assert(np.abs({ re: 3, im: -4 }).item() === 5);
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
 * import { assert } from "@std/assert";
 * assert(np.fabs(-2).dtype === np.float32);
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
 * import { assert } from "@std/assert";
 * assert(String(np.sign(np.array([-3, 0, 5]))) === "[-1  0  1]");
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
 * import { assert } from "@std/assert";
 * assert(String(np.heaviside(np.array([-1, 0, 2]), 0.5)) === "[0.  0.5 1. ]");
 * ```
 */
export function heaviside(x: ArrayLike, y: ArrayLike): NDArray {
  return named("heaviside", toArrays("heaviside", x, y), (x, y) => {
    const [a, b] = promoteDTypesInexact("heaviside", x, y);
    const zero = scalarLike(a, 0);
    const isNegative = lax.lt(a, zero);
    const isPositive = lax.gt(a, zero);
    const atZero = whereElse(lax.ne(a, a), a, b);
    return whereElse(isNegative, zero, whereElse(isPositive, scalarLike(a, 1), atZero));
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
 * import { assert } from "@std/assert";
 * assert(String(np.floorDivide(np.array([7, -7]), 2)) === "[ 3 -4]");
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
      return whereElse(logicalAnd(unlike, inexact), lax.sub(quotient, 1), quotient);
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
 * import { assert } from "@std/assert";
 * assert(String(np.remainder(np.array([7, -7]), 3)) === "[1 2]");
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
 * import { assert } from "@std/assert";
 * assert(String(np.fmod(np.array([7, -7]), 3)) === "[ 1 -1]");
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
 * import { assert } from "@std/assert";
 * const [quotient, rest] = np.divmod(-7, 3);
 * assert(quotient.item() === -3 && rest.item() === 2);
 * ```
 */
export function divmod(x: ArrayLike, y: ArrayLike): [NDArray, NDArray] {
  const both = namedAll("divmod", toArrays("divmod", x, y), (x, y) => {
    const [a, b] = promoteNumeric("divmod", x, y);
    return isInteger(a.dtype) ? [floorDivide(a, b), remainder(a, b)] : floatDivmod(a, b);
  });
  return [both[0], both[1]];
}

// -- extremes -----------------------------------------------------------------------------------

/**
 * The larger of `x` and `y`; NaN where either is NaN.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.maximum(np.arange(4), 2)) === "[2 2 2 3]");
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
 * import { assert } from "@std/assert";
 * assert(String(np.minimum(np.arange(4), 2)) === "[0 1 2 2]");
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
 * import { assert } from "@std/assert";
 * assert(String(np.fmax(np.array([1, NaN]), 0)) === "[1. 0.]");
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
 * import { assert } from "@std/assert";
 * assert(String(np.fmin(np.array([1, NaN]), 0)) === "[0. 0.]");
 * ```
 */
export function fmin(x: ArrayLike, y: ArrayLike): NDArray {
  return extreme("fmin", less, x, y);
}
function extreme(name: string, wins: typeof less, x: ArrayLike, y: ArrayLike): NDArray {
  return named(name, toArrays(name, x, y), (x, y) => {
    const [first, missing] = promoteArgs("bitwise_or", wins(x, y), lax.ne(y, y));
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
 * import { assert } from "@std/assert";
 * assert(String(np.gcd(12, np.array([8, 9]))) === "[4 3]");
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
 * import { assert } from "@std/assert";
 * assert(np.lcm(4, 6).item() === 12);
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
