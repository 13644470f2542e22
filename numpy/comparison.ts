/**
 * Elementwise truths: comparisons, logic of booleans, and what kind of number an element is.
 * Complex numbers are ordered by their real parts, then by their imaginary parts.
 */
import { isHostScalar } from "../core/convert.ts";
import { bool, isComplex, isFloat } from "../core/dtype.ts";
import { named } from "../core/call.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, scalarLike, toArray, toArrays } from "./asarray.ts";
import { promoteArgs } from "./promotion.ts";

// -- comparisons --------------------------------------------------------------------------------

/**
 * `x == y`; NaN is not equal to itself.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.equal(np.arange(3), 1)) === "[False  True False]");
 * ```
 */
export function equal(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("equal", x, y);
  return lax.eq(a, b);
}

/**
 * `x != y`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.notEqual(np.arange(3), 1)) === "[ True False  True]");
 * ```
 */
export function notEqual(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("not_equal", x, y);
  return lax.ne(a, b);
}

type Order = (x: NDArray, y: NDArray) => NDArray;

function compare(name: string, order: Order, x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs(name, x, y);
  if (!isComplex(a.dtype)) return order(a, b);
  const tie = lax.eq(lax.real(a), lax.real(b));
  const byImaginary = order(lax.imag(a), lax.imag(b));
  return lax.select(tie, byImaginary, order(lax.real(a), lax.real(b)));
}

/**
 * `x < y`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.less(np.arange(3), 1)) === "[ True False False]");
 * ```
 */
export function less(x: ArrayLike, y: ArrayLike): NDArray {
  return compare("less", lax.lt, x, y);
}

/**
 * `x <= y`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.lessEqual(np.arange(3), 1)) === "[ True  True False]");
 * ```
 */
export function lessEqual(x: ArrayLike, y: ArrayLike): NDArray {
  return compare("less_equal", lax.le, x, y);
}

/**
 * `x > y`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.greater(np.arange(3), 1)) === "[False False  True]");
 * ```
 */
export function greater(x: ArrayLike, y: ArrayLike): NDArray {
  return compare("greater", lax.gt, x, y);
}

/**
 * `x >= y`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.greaterEqual(np.arange(3), 1)) === "[False  True  True]");
 * ```
 */
export function greaterEqual(x: ArrayLike, y: ArrayLike): NDArray {
  return compare("greater_equal", lax.ge, x, y);
}

// -- logic --------------------------------------------------------------------------------------

/** Which elements are not zero; NaN is not. */
function toBoolean(x: NDArray): NDArray {
  return x.dtype === bool ? x : lax.ne(x, scalarLike(x, 0));
}

/**
 * Where `x` and `y` are both true; numbers are true unless they are 0.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.logicalAnd(np.arange(3), true)) === "[False  True  True]");
 * ```
 */
export function logicalAnd(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("logical_and", x, y).map(toBoolean);
  return lax.bitwiseAnd(a, b);
}

/**
 * Where `x` or `y` is true.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.logicalOr(np.arange(3), false)) === "[False  True  True]");
 * ```
 */
export function logicalOr(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("logical_or", x, y).map(toBoolean);
  return lax.bitwiseOr(a, b);
}

/**
 * Where exactly one of `x` and `y` is true.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.logicalXor(np.arange(3), true)) === "[ True False False]");
 * ```
 */
export function logicalXor(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteArgs("logical_xor", x, y).map(toBoolean);
  return lax.bitwiseXor(a, b);
}

/**
 * Where `x` is not true.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.logicalNot(np.arange(3))) === "[ True False False]");
 * ```
 */
export function logicalNot(x: ArrayLike): NDArray {
  return lax.bitwiseNot(toBoolean(toArray("logical_not", x)));
}

// -- kinds of numbers ---------------------------------------------------------------------------

/**
 * Where `x` is NaN.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.isnan(np.array([1, NaN]))) === "[False  True]");
 * ```
 */
export function isnan(x: ArrayLike): NDArray {
  const array = toArray("isnan", x);
  return lax.ne(array, array);
}

/**
 * Where `x` is neither infinite nor NaN.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.isfinite(np.array([1, Infinity]))) === "[ True False]");
 * ```
 */
export function isfinite(x: ArrayLike): NDArray {
  const array = toArray("isfinite", x);
  if (isFloat(array.dtype)) return lax.isFinite(array);
  if (!isComplex(array.dtype)) return lax.fullLike(array, true, { dtype: bool });
  return lax.bitwiseAnd(lax.isFinite(lax.real(array)), lax.isFinite(lax.imag(array)));
}

/**
 * Where `x` is infinite.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.isinf(np.array([1, -Infinity]))) === "[False  True]");
 * ```
 */
export function isinf(x: ArrayLike): NDArray {
  return named("isinf", toArrays("isinf", x), (x) => {
    const infinite = (part: NDArray) => lax.eq(lax.abs(part), constantLike(part, Infinity));
    if (isFloat(x.dtype)) return infinite(x);
    if (!isComplex(x.dtype)) return lax.fullLike(x, false, { dtype: bool });
    const [re, im] = [lax.real(x), lax.imag(x)];
    return lax.bitwiseOr(infinite(re), infinite(im));
  });
}

/**
 * Where `x` is positive infinity.
 *
 * @throws {RangeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.isposinf(np.array([Infinity, -Infinity]))) === "[ True False]");
 * ```
 */
export function isposinf(x: ArrayLike): NDArray {
  return equalsInfinity(toArray("isposinf", x), Infinity);
}

/**
 * Where `x` is negative infinity.
 *
 * @throws {RangeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.isneginf(np.array([Infinity, -Infinity]))) === "[False  True]");
 * ```
 */
export function isneginf(x: ArrayLike): NDArray {
  return equalsInfinity(toArray("isneginf", x), -Infinity);
}
function equalsInfinity(x: NDArray, infinity: number): NDArray {
  if (isFloat(x.dtype)) return lax.eq(x, constantLike(x, infinity));
  if (isComplex(x.dtype)) {
    throw new RangeError("isposinf/isneginf are not well defined for complex types");
  }
  return lax.fullLike(x, false, { dtype: bool });
}

/**
 * Where the imaginary part is not 0.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.iscomplex(np.array([1, { re: 1, im: 2 }]))) === "[False  True]");
 * ```
 */
export function iscomplex(x: ArrayLike): NDArray {
  return named("iscomplex", toArrays("iscomplex", x), (x) => {
    const part = imaginaryPart(x);
    return lax.ne(part, scalarLike(part, 0));
  });
}

/**
 * Where the imaginary part is 0.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.isreal(np.array([1, { re: 1, im: 2 }]))) === "[ True False]");
 * ```
 */
export function isreal(x: ArrayLike): NDArray {
  return named("isreal", toArrays("isreal", x), (x) => {
    const part = imaginaryPart(x);
    return lax.eq(part, scalarLike(part, 0));
  });
}
function imaginaryPart(x: NDArray): NDArray {
  return isComplex(x.dtype) ? lax.imag(x) : lax.fullLike(x, 0);
}

/**
 * Whether `x` is of a complex type.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.iscomplexobj({ re: 1, im: 0 }) && !np.iscomplexobj(1));
 * ```
 */
export function iscomplexobj(x: ArrayLike): boolean {
  return isComplex(toArray("iscomplexobj", x).dtype);
}

/**
 * Whether `x` is not of a complex type.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.isrealobj(1));
 * ```
 */
export function isrealobj(x: ArrayLike): boolean {
  return !iscomplexobj(x);
}

/**
 * Whether `x` is a number, a boolean, or an array without axes.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.isscalar(1) && np.isscalar(np.array(1)) && !np.isscalar([1]));
 * ```
 */
export function isscalar(x: unknown): boolean {
  return x instanceof NDArray ? x.ndim === 0 : isHostScalar(x) || typeof x === "string";
}
