/**
 * Elementwise trigonometric and hyperbolic functions. Integers and booleans give floats.
 */
import { defaultDType, isComplex, isFloat, isInexact } from "../core/dtype.ts";
import { named } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { scalarLike, toArrays } from "./asarray.ts";
import { convertTo, promoteArgs, promoteInexact, toInexact, whereElse } from "./promotion.ts";

// -- trigonometric functions ---------------------------------------------------------------------

/**
 * The sine of an angle in radians.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.sin(0).item() === 0);
 * ```
 */
export function sin(x: ArrayLike): NDArray {
  return lax.sin(toInexact("sin", x));
}

/**
 * The cosine of an angle in radians.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.cos(0).item() === 1);
 * ```
 */
export function cos(x: ArrayLike): NDArray {
  return lax.cos(toInexact("cos", x));
}

/**
 * The tangent of an angle in radians.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.tan(0).item() === 0);
 * ```
 */
export function tan(x: ArrayLike): NDArray {
  return lax.tan(toInexact("tan", x));
}

/**
 * The angle in `-π/2 … π/2` whose sine is `x`; NaN outside of `-1 … 1`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arcsin(0).item() === 0);
 * ```
 */
export function arcsin(x: ArrayLike): NDArray {
  return lax.asin(toInexact("arcsin", x));
}

/** Alias of {@linkcode arcsin}. */
export const asin: (x: ArrayLike) => NDArray = arcsin;

/**
 * The angle in `0 … π` whose cosine is `x`; NaN outside of `-1 … 1`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arccos(1).item() === 0);
 * ```
 */
export function arccos(x: ArrayLike): NDArray {
  return lax.acos(toInexact("arccos", x));
}

/** Alias of {@linkcode arccos}. */
export const acos: (x: ArrayLike) => NDArray = arccos;

/**
 * The angle in `-π/2 … π/2` whose tangent is `x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arctan(Infinity).item() === Math.fround(Math.PI / 2));
 * ```
 */
export function arctan(x: ArrayLike): NDArray {
  return lax.atan(toInexact("arctan", x));
}

/** Alias of {@linkcode arctan}. */
export const atan: (x: ArrayLike) => NDArray = arctan;

/**
 * The angle in `-π … π` of the point with ordinate `y` and abscissa `x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arctan2(0, -1).item() === Math.fround(Math.PI));
 * ```
 */
export function arctan2(y: ArrayLike, x: ArrayLike): NDArray {
  const [a, b] = promoteInexact("arctan2", y, x);
  return lax.atan2(a, b);
}

/** Alias of {@linkcode arctan2}. */
export function atan2(y: ArrayLike, x: ArrayLike): NDArray {
  const [a, b] = promoteArgs("atan2", y, x);
  return arctan2(a, b);
}

/**
 * The angle of a complex number, in radians, or in degrees if `deg`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.angle({ re: 0, im: 2 }, true).item() === 90);
 * ```
 */
export function angle(z: ArrayLike, deg?: boolean | { deg?: boolean }): NDArray {
  const { deg: inDegrees = false } = readOptions<{ deg?: boolean }>("angle", ["deg"], deg);
  return named("angle", toArrays("angle", z), (z) => {
    const parts = isComplex(z.dtype) ? [lax.real(z), lax.imag(z)] : [z, lax.fullLike(z, 0)];
    const strong = !isInexact(z.dtype) || (isFloat(z.dtype) && z.ndim === 0);
    const [re, im] = strong ? parts.map((part) => convertTo(part, defaultDType("f"))) : parts;
    const radians = lax.atan2(im, re);
    return inDegrees ? rad2deg(radians) : radians;
  }, inDegrees);
}

/**
 * Radians in degrees.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.rad2deg(np.pi).item() === 180);
 * ```
 */
export function rad2deg(x: ArrayLike): NDArray {
  const array = toInexact("rad2deg", x);
  return lax.mul(array, scalarLike(array, 180 / Math.PI));
}

/** Alias of {@linkcode rad2deg}. */
export const degrees: (x: ArrayLike) => NDArray = rad2deg;

/**
 * Degrees in radians.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.deg2rad(180).item() === Math.fround(Math.PI));
 * ```
 */
export function deg2rad(x: ArrayLike): NDArray {
  const array = toInexact("deg2rad", x);
  return lax.mul(array, scalarLike(array, Math.PI / 180));
}

/** Alias of {@linkcode deg2rad}. */
export const radians: (x: ArrayLike) => NDArray = deg2rad;

/**
 * The normalised sine cardinal: `sin(πx) / πx`, 1 at 0.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.sinc(0).item() === 1);
 * ```
 */
export function sinc(x: ArrayLike): NDArray {
  return named("sinc", toArrays("sinc", x), (x) => {
    const array = toInexact("sinc", x);
    const isZero = lax.eq(array, scalarLike(array, 0));
    const angle = lax.mul(scalarLike(array, Math.PI), array);
    const safe = whereElse(isZero, scalarLike(array, 1), angle);
    // The series at 0 keeps the derivative right there.
    const atZero = lax.add(lax.mul(angle, 0), scalarLike(angle, 1));
    return whereElse(isZero, atZero, lax.div(lax.sin(safe), safe));
  });
}

// -- hyperbolic functions ------------------------------------------------------------------------

/**
 * The hyperbolic sine: `(e ** x - e ** -x) / 2`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.sinh(0).item() === 0);
 * ```
 */
export function sinh(x: ArrayLike): NDArray {
  return lax.sinh(toInexact("sinh", x));
}

/**
 * The hyperbolic cosine: `(e ** x + e ** -x) / 2`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.cosh(0).item() === 1);
 * ```
 */
export function cosh(x: ArrayLike): NDArray {
  return lax.cosh(toInexact("cosh", x));
}

/**
 * The hyperbolic tangent: `sinh(x) / cosh(x)`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.tanh(Infinity).item() === 1);
 * ```
 */
export function tanh(x: ArrayLike): NDArray {
  return lax.tanh(toInexact("tanh", x));
}

/**
 * The number whose hyperbolic sine is `x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arcsinh(0).item() === 0);
 * ```
 */
export function arcsinh(x: ArrayLike): NDArray {
  return lax.asinh(toInexact("arcsinh", x));
}

/** Alias of {@linkcode arcsinh}. */
export const asinh: (x: ArrayLike) => NDArray = arcsinh;

/**
 * The number that is not negative and whose hyperbolic cosine is `x`; NaN below 1.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arccosh(1).item() === 0);
 * ```
 */
export function arccosh(x: ArrayLike): NDArray {
  return named("arccosh", toArrays("arccosh", x), (x) => {
    const result = lax.acosh(toInexact("arccosh", x));
    if (!isComplex(result.dtype)) return result;
    // NumPy's branch has a real part that is not negative.
    return whereElse(lax.lt(lax.real(result), 0), lax.neg(result), result);
  });
}

/** Alias of {@linkcode arccosh}. */
export const acosh: (x: ArrayLike) => NDArray = arccosh;

/**
 * The number whose hyperbolic tangent is `x`; NaN outside of `-1 … 1`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arctanh(1).item() === Infinity);
 * ```
 */
export function arctanh(x: ArrayLike): NDArray {
  return lax.atanh(toInexact("arctanh", x));
}

/** Alias of {@linkcode arctanh}. */
export const atanh: (x: ArrayLike) => NDArray = arctanh;
