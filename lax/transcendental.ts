/** Transcendental functions and roots, of floats and complex numbers. */
import { joined, type Parts, partsOf, real } from "../core/complex.ts";
import { isComplex, isInteger } from "../core/dtype.ts";
import { apply, type Expr, select, type UnaryOp } from "../core/expr.ts";
import { checkDTypes, elementwise, elementwiseShape, INEXACT, NUMBERS } from "../core/rules.ts";
import { definePrimitive, NDArray } from "../core/trace.ts";
import * as complex from "./complex_functions.ts";
import { binary, type Operand, operand, operands, unary } from "./operands.ts";

// -- exponentials, logarithms ------------------------------------------------------------------

/** The point of the unit circle at an angle: the exponential of an imaginary number. */
function cis(y: Expr): Parts {
  return [real("cos", y), real("sin", y)];
}
/** `x · cis(y)` of real `x`; on the real line the imaginary part is the zero that `y` is. */
function scaled(x: Parts, y: Expr): Parts {
  const [cos, sin] = cis(y);
  return [real("mul", x[0], cos), select(real("eq", y, 0), y, real("mul", x[1], sin))];
}
/** `eᶻ`. The factor is applied in two halves, so that it overflows only where the result does. */
function complexExp([x, y]: Parts): Parts {
  const half = real("exp", real("mul", x, 0.5));
  const [re, im] = scaled([half, half], y);
  return [real("mul", re, half), select(real("eq", y, 0), y, real("mul", im, half))];
}
function complexExp2([x, y]: Parts): Parts {
  return complexExp([real("mul", x, Math.LN2), real("mul", y, Math.LN2)]);
}
/** `eˣ cos y - 1 = (eˣ - 1) cos y - 2 sin²(y/2)`, without cancellation near 0. */
function complexExpm1([x, y]: Parts): Parts {
  const sine = cis(real("mul", y, 0.5))[1];
  const re = real("mul", real("expm1", x), cis(y)[0]);
  return [
    real("sub", re, real("mul", 2, real("mul", sine, sine))),
    complexExp([x, y])[1],
  ];
}

const expP = definePrimitive(
  "exp",
  elementwise("exp", "exp", { accepts: INEXACT, complex: complexExp }),
);
/**
 * `e` to the power `x`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.exp(1)) - Math.E) < 1e-6);
 * ```
 */
export const exp: (x: Operand) => NDArray = unary(expP, true);

const exp2P = definePrimitive(
  "exp2",
  elementwise("exp2", "exp2", { accepts: INEXACT, complex: complexExp2 }),
);
/**
 * 2 to the power `x`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.exp2(3).item() === 8);
 * ```
 */
export const exp2: (x: Operand) => NDArray = unary(exp2P, true);

const expm1P = definePrimitive(
  "expm1",
  elementwise("expm1", "expm1", { accepts: INEXACT, complex: complexExpm1 }),
);
/**
 * `eˣ - 1`, accurate near 0.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.expm1(1e-10).item() === Math.fround(1e-10));
 * ```
 */
export const expm1: (x: Operand) => NDArray = unary(expm1P, true);

const logP = definePrimitive(
  "log",
  elementwise("log", "log", { accepts: INEXACT, complex: complex.log }),
);
/**
 * The natural logarithm. Of a negative float it is NaN; of a complex number the principal value.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.log(Math.E)) - 1) < 1e-6);
 * ```
 */
export const log: (x: Operand) => NDArray = unary(logP, true);

const log1pP = definePrimitive(
  "log1p",
  elementwise("log1p", "log1p", { accepts: INEXACT, complex: complex.log1p }),
);
/**
 * `log(1 + x)`, accurate near 0.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.log1p(1e-10).item() === Math.fround(1e-10));
 * ```
 */
export const log1p: (x: Operand) => NDArray = unary(log1pP, true);

// -- roots, powers -----------------------------------------------------------------------------

const sqrtP = definePrimitive(
  "sqrt",
  elementwise("sqrt", "sqrt", { accepts: INEXACT, complex: complex.sqrt }),
);
/**
 * The square root; of a complex number, the one with a real part that is not negative.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.sqrt(16).item() === 4);
 * ```
 */
export const sqrt: (x: Operand) => NDArray = unary(sqrtP, true);

const rsqrtP = definePrimitive(
  "rsqrt",
  elementwise("rsqrt", "rsqrt", { accepts: INEXACT, complex: complex.rsqrt }),
);
/**
 * `1 / √x`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.rsqrt(16).item() === 0.25);
 * ```
 */
export const rsqrt: (x: Operand) => NDArray = unary(rsqrtP, true);

const cbrtP = definePrimitive("cbrt", elementwise("cbrt", "cbrt", { accepts: ["floating"] }));
/**
 * The cube root of a float, with its sign.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.cbrt(-8).item() === -2);
 * ```
 */
export const cbrt: (x: Operand) => NDArray = unary(cbrtP, true);

const powP = definePrimitive("pow", {
  type(avals) {
    checkDTypes("pow", avals, [INEXACT, NUMBERS]);
    const [x, y] = avals;
    if (y.dtype.kind !== "i" && y.dtype.kind !== "u" && x.dtype !== y.dtype) {
      throw new TypeError(
        "the first argument to pow must have an inexact dtype (float or complex), and the second " +
          "argument must have an inexact or integer dtype, and two inexact dtypes must match, but " +
          `got ${x.dtype.name} and ${y.dtype.name} respectively.`,
      );
    }
    const weakType = x.weakType && y.weakType;
    return [x.with({ shape: elementwiseShape("pow", avals), weakType })];
  },
  scalar([x, y], _params, dtype) {
    const exponent = y.dtype === dtype ? y : apply("convert", [y], dtype);
    if (!isComplex(dtype)) return apply("pow", [x, exponent]);
    return joined(complex.pow(complexExp, partsOf(x), partsOf(exponent)), dtype);
  },
});
/**
 * `x` to the power `y`, a float or complex number to one of its dtype or to an integer. A bare
 * integer beside an array stays an integer.
 *
 * @throws {TypeError} if `x` is an integer, or the dtypes don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.pow(np.float32(2), 10).item() === 1024);
 * ```
 */
export function pow(x: Operand, y: Operand): NDArray {
  const integral = x instanceof NDArray && typeof y === "number" && Number.isInteger(y);
  if (integral || y instanceof NDArray && isInteger(y.dtype)) {
    return powP.bind([operand("pow", x, true), operand("pow", y)], {});
  }
  return powP.bind(operands("pow", [x, y], true), {});
}

// -- trigonometric functions -------------------------------------------------------------------

/** Beyond this `sinh` and `cosh` are `eˣ/2`, up to the sign, in every precision. */
const FAR = 20;
/** `f(x) cos y + i g(x) sin y`, which is `cosh z` or `sinh z`. */
function hyperbolic(f: UnaryOp, g: UnaryOp): (z: Parts) => Parts {
  return ([x, y]) => {
    const near = scaled([real(f, x), real(g, x)], y);
    // Far out the product may be finite where a factor overflows.
    const half = real("exp", real("mul", real("abs", x), 0.5));
    const [cos, sin] = cis(y);
    const far = (op: UnaryOp, part: Expr) => {
      const product = real("mul", real("mul", real("mul", half, 0.5), part), half);
      return op === "sinh" ? real("mul", real("sign", x), product) : product;
    };
    const isFar = real("gt", real("abs", x), FAR);
    const im = select(real("eq", y, 0), near[1], far(g, sin));
    return complex.choose(isFar, [far(f, cos), im], near);
  };
}
const complexCosh = hyperbolic("cosh", "sinh");
const complexSinh = hyperbolic("sinh", "cosh");
/** Kahan's, by the tangent of the imaginary part: no product in it overflows. */
function complexTanh([x, y]: Parts): Parts {
  const [tangent, sine] = [real("tan", y), real("sinh", x)];
  const [square, steep] = [real("mul", sine, sine), real("add", 1, real("mul", tangent, tangent))];
  const cosine = real("sqrt", real("add", 1, square));
  const scale = real("add", 1, real("mul", steep, square));
  const re = real("div", real("mul", steep, real("mul", cosine, sine)), scale);
  const fading = real("exp", real("mul", real("abs", x), -2));
  const farIm = real("mul", 4, real("mul", real("div", tangent, steep), fading));
  // 0 · ∞ at the ends of the real axis, where the imaginary part vanishes.
  const far = [real("sign", x), select(real("eq", fading, 0), fading, farIm)] as const;
  const im = select(real("eq", y, 0), y, real("div", tangent, scale));
  return complex.choose(real("gt", real("abs", x), FAR), far, [re, im]);
}

const sinP = definePrimitive(
  "sin",
  elementwise("sin", "sin", { accepts: INEXACT, complex: complex.rotated(complexSinh) }),
);
/**
 * The sine of an angle in radians.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.sin(Math.PI / 2)) - 1) < 1e-6);
 * ```
 */
export const sin: (x: Operand) => NDArray = unary(sinP, true);

const cosP = definePrimitive(
  "cos",
  elementwise("cos", "cos", { accepts: INEXACT, complex: (z) => complexCosh(complex.timesI(z)) }),
);
/**
 * The cosine of an angle in radians.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.cos(0).item() === 1);
 * ```
 */
export const cos: (x: Operand) => NDArray = unary(cosP, true);

const tanP = definePrimitive(
  "tan",
  elementwise("tan", "tan", { accepts: INEXACT, complex: complex.rotated(complexTanh) }),
);
/**
 * The tangent of an angle in radians.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.tan(Math.PI / 4)) - 1) < 1e-6);
 * ```
 */
export const tan: (x: Operand) => NDArray = unary(tanP, true);

const asinP = definePrimitive(
  "asin",
  elementwise("asin", "asin", { accepts: INEXACT, complex: complex.asin }),
);
/**
 * The arc sine, between -π/2 and π/2; NaN for a float outside `[-1, 1]`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.asin(1)) - Math.PI / 2) < 1e-6);
 * ```
 */
export const asin: (x: Operand) => NDArray = unary(asinP, true);

const acosP = definePrimitive(
  "acos",
  elementwise("acos", "acos", { accepts: INEXACT, complex: complex.acos }),
);
/**
 * The arc cosine, between 0 and π; NaN for a float outside `[-1, 1]`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.acos(1).item() === 0);
 * ```
 */
export const acos: (x: Operand) => NDArray = unary(acosP, true);

const atanP = definePrimitive(
  "atan",
  elementwise("atan", "atan", { accepts: INEXACT, complex: complex.rotated(complex.atanh) }),
);
/**
 * The arc tangent, between -π/2 and π/2.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.atan(1)) - Math.PI / 4) < 1e-6);
 * ```
 */
export const atan: (x: Operand) => NDArray = unary(atanP, true);

const atan2P = definePrimitive(
  "atan2",
  elementwise("atan2", "atan2", { accepts: INEXACT, complex: complex.atan2, numpy: "arctan2" }),
);
/**
 * The angle of the point `(y, x)`, between -π and π: the arc tangent of `y / x` that knows the
 * quadrant. As everywhere the first argument is the height.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.atan2(1, -1)) - 3 * Math.PI / 4) < 1e-6);
 * ```
 */
export const atan2: (x: Operand, y: Operand) => NDArray = binary(atan2P, true);

// -- hyperbolic functions ----------------------------------------------------------------------

const sinhP = definePrimitive(
  "sinh",
  elementwise("sinh", "sinh", { accepts: INEXACT, complex: complexSinh }),
);
/**
 * The hyperbolic sine.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.sinh(0).item() === 0);
 * ```
 */
export const sinh: (x: Operand) => NDArray = unary(sinhP, true);

const coshP = definePrimitive(
  "cosh",
  elementwise("cosh", "cosh", { accepts: INEXACT, complex: complexCosh }),
);
/**
 * The hyperbolic cosine.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.cosh(0).item() === 1);
 * ```
 */
export const cosh: (x: Operand) => NDArray = unary(coshP, true);

const tanhP = definePrimitive(
  "tanh",
  elementwise("tanh", "tanh", { accepts: INEXACT, complex: complexTanh }),
);
/**
 * The hyperbolic tangent, between -1 and 1.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.tanh(100).item() === 1);
 * ```
 */
export const tanh: (x: Operand) => NDArray = unary(tanhP, true);

const asinhP = definePrimitive(
  "asinh",
  elementwise("asinh", "asinh", { accepts: INEXACT, complex: complex.asinh }),
);
/**
 * The inverse hyperbolic sine.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.asinh(0).item() === 0);
 * ```
 */
export const asinh: (x: Operand) => NDArray = unary(asinhP, true);

const acoshP = definePrimitive(
  "acosh",
  elementwise("acosh", "acosh", { accepts: INEXACT, complex: complex.acosh }),
);
/**
 * The inverse hyperbolic cosine; NaN for a float below 1.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.acosh(1).item() === 0);
 * ```
 */
export const acosh: (x: Operand) => NDArray = unary(acoshP, true);

const atanhP = definePrimitive(
  "atanh",
  elementwise("atanh", "atanh", { accepts: INEXACT, complex: complex.atanh }),
);
/**
 * The inverse hyperbolic tangent; NaN for a float outside `[-1, 1]`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.atanh(1).item() === Infinity);
 * ```
 */
export const atanh: (x: Operand) => NDArray = unary(atanhP, true);

const logisticP = definePrimitive(
  "logistic",
  elementwise(
    "logistic",
    ([x]) => real("div", 1, real("add", 1, real("exp", real("neg", x)))),
    { accepts: INEXACT, complex: complex.logistic(complexExp) },
  ),
);
/**
 * The logistic function `1 / (1 + exp(-x))`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.logistic(0).item() === 0.5);
 * ```
 */
export const logistic: (x: Operand) => NDArray = unary(logisticP, true);
