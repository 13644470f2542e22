/**
 * Elementwise powers, roots and lengths. Operands broadcast, and promote to a common dtype by JAX's
 * lattice.
 */
import { ConcreteArray } from "../core/array.ts";
import { isComplex, isInexact, isInteger } from "../core/dtype.ts";
import { named } from "../core/call.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, scalarLike, toArrays } from "./asarray.ts";
import { promoteInexact, promoteNumeric, toInexact, toNumeric, whereElse } from "./promotion.ts";
import { promoteShapes } from "./shapes.ts";

/**
 * `x ** y`. A known integer `y` multiplies; integers to the power of integers stay integers.
 *
 * @throws {TypeError} for integers to a known negative power.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.power(np.arange(4), 2)) === "[0 1 4 9]");
 * assert(np.power(2, 0.5).item() === Math.fround(Math.SQRT2));
 * ```
 */
export function power(x: ArrayLike, y: ArrayLike): NDArray {
  const exponent = staticInteger(y);
  if (exponent !== undefined) return lax.integerPow(toNumeric("power", x), exponent);
  const [base, given] = promoteShapes(toArrays("power", x, y));
  const [a, b] = promoteNumeric("power", base, given);
  if (!isInexact(a.dtype)) return integerPower(a, b);
  // A float to an integer power needs no promotion: `lax.pow` takes the integer as it is.
  return isInexact(base.dtype) && isInteger(given.dtype) ? lax.pow(base, given) : lax.pow(a, b);
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
 * import { assert } from "@std/assert";
 * assert(np.floatPower(2, -1).item() === 0.5);
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
 * import { assert } from "@std/assert";
 * assert(String(np.square(np.arange(4))) === "[0 1 4 9]");
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
 * import { assert } from "@std/assert";
 * assert(np.reciprocal(4).item() === 0.25);
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
 * import { assert } from "@std/assert";
 * assert(String(np.sqrt(np.array([4, 9]))) === "[2. 3.]");
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
 * import { assert } from "@std/assert";
 * assert(np.cbrt(-27).item() === -3);
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
 * import { assert } from "@std/assert";
 * assert(np.hypot(3, 4).item() === 5);
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
    return whereElse(infinite, scalarLike(result, Infinity), result);
  });
}
