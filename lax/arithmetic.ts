/** Arithmetic: sums, products, quotients, whole powers, rounding, parts of complex numbers. */
import { show } from "../core/errors.ts";
import { joined, partsOf, real as realOf } from "../core/complex.ts";
import { complexOf, type DType, isComplex, isInteger, realPart } from "../core/dtype.ts";
import { apply, constant, type Expr } from "../core/expr.ts";
import { ANY, checkDTypes, elementwise, type Family, NUMBERS, REALS } from "../core/rules.ts";
import { add as addArrays } from "../core/structural.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";
import { extreme, sign as complexSign, squared } from "./complex_functions.ts";
import { binary, type Operand, operand, operands, unary } from "./operands.ts";

// -- one operand -------------------------------------------------------------------------------

const negP = definePrimitive("neg", elementwise("neg", "neg", { accepts: NUMBERS }));
/**
 * `-x`; unsigned integers wrap.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.neg(3).item() === -3);
 * ```
 */
export const neg: (x: Operand) => NDArray = unary(negP);

const signP = definePrimitive(
  "sign",
  elementwise("sign", "sign", { accepts: NUMBERS, complex: complexSign }),
);
/**
 * -1, 0 or 1 as `x` is negative, zero or positive; zeros keep their sign, NaN stays. Of a complex
 * number `x / |x|`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.sign(-3.5).item() === -1);
 * ```
 */
export const sign: (x: Operand) => NDArray = unary(signP);

const absP = definePrimitive(
  "abs",
  elementwise("abs", "abs", {
    accepts: ["floating", "complexfloating", "signedinteger"],
    result: realPart,
  }),
);
/**
 * `|x|`; of complex numbers a float.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.abs(-3).item() === 3);
 * assert(lax.abs({ re: 3, im: 4 }).item() === 5);
 * ```
 */
export const abs: (x: Operand) => NDArray = unary(absP);

const floorP = definePrimitive("floor", elementwise("floor", "floor", { accepts: ["floating"] }));
/**
 * The greatest integer not above `x`, as a float.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.floor(-1.5).item() === -2);
 * ```
 */
export const floor: (x: Operand) => NDArray = unary(floorP, true);

const ceilP = definePrimitive("ceil", elementwise("ceil", "ceil", { accepts: ["floating"] }));
/**
 * The least integer not below `x`, as a float.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.ceil(-1.5).item() === -1);
 * ```
 */
export const ceil: (x: Operand) => NDArray = unary(ceilP, true);

/** Where {@linkcode round} moves halves: 0 away from zero, 1 to the even neighbour. */
export type RoundingMethod = 0 | 1;
const roundP = definePrimitive<{ readonly roundingMethod: RoundingMethod }>("round", {
  type([x]) {
    checkDTypes("round", [x], ["floating"]);
    return [x];
  },
  scalar: ([x], { roundingMethod }) => apply(roundingMethod === 0 ? "roundAway" : "roundEven", [x]),
});
/**
 * The integer nearest to `x`, as a float; halves go away from zero, or with method 1 to the even
 * neighbour. Follows `jax.lax.round`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.round(2.5).item() === 3 && lax.round(2.5, 1).item() === 2);
 * ```
 */
export function round(x: Operand, roundingMethod: RoundingMethod = 0): NDArray {
  return roundP.bind([operand("round", x, true)], { roundingMethod });
}

// -- powers ------------------------------------------------------------------------------------

const squareP = definePrimitive(
  "square",
  elementwise("square", ([x]) => apply("mul", [x, x]), { accepts: NUMBERS, complex: squared }),
);
/**
 * `x · x`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.square(-3).item() === 9);
 * ```
 */
export const square: (x: Operand) => NDArray = unary(squareP);

/** `x` to a positive power, by repeated squaring. */
function positivePower(x: Expr, y: number): Expr {
  let power: Expr | undefined;
  for (let n = y, base = x;; base = apply("mul", [base, base])) {
    if (n % 2 === 1) power = power === undefined ? base : apply("mul", [power, base]);
    n = Math.floor(n / 2);
    if (n === 0) return power!;
  }
}
/** 1 in the dtype of `x`. */
function one(x: Expr): Expr {
  const dtype = realPart(x.dtype);
  const unit = constant(1, dtype);
  return isComplex(x.dtype) ? joined([unit, constant(0, dtype)], x.dtype) : unit;
}
const integerPowP = definePrimitive<{ readonly y: number }>("integer_pow", {
  type([x], { y }) {
    checkDTypes("integer_pow", [x], NUMBERS);
    if (y < 0 && isInteger(x.dtype)) {
      throw new TypeError(
        "Integers cannot be raised to negative powers, got integer_pow(" +
          `${x.dtype.name}[${x.shape}], ${y})`,
      );
    }
    return [x];
  },
  scalar([x], { y }) {
    if (y === 0) return one(x);
    const power = positivePower(x, Math.abs(y));
    return y > 0 ? power : apply("div", [one(x), power]);
  },
});
/**
 * `x` to a whole power that is known when tracing. Follows `jax.lax.integer_pow`.
 *
 * @throws {TypeError} for a negative power of integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.integerPow(3, 4).item() === 81);
 * ```
 */
export function integerPow(x: Operand, y: number): NDArray {
  if (!Number.isInteger(y)) throw new TypeError(`integer_pow y must be an integer, got ${show(y)}`);
  return integerPowP.bind([operand("integer_pow", x, y < 0)], { y });
}
/**
 * `1 / x`, of floats and complex numbers. Follows `jax.lax.reciprocal`.
 *
 * @throws {TypeError} for integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.reciprocal(4).item() === 0.25);
 * ```
 */
export function reciprocal(x: Operand): NDArray {
  return integerPow(x, -1);
}

// -- two operands ------------------------------------------------------------------------------

/**
 * `x + y`, of equal dtypes. A bare number takes the dtype of an array beside it.
 *
 * @throws {TypeError} if dtypes or shapes differ: `lax` doesn't promote.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.add(np.float32(1), 1).item() === 2);
 * ```
 */
export function add(x: Operand, y: Operand): NDArray {
  const [a, b] = operands("add", [x, y]);
  return addArrays(a, b);
}

const subP = definePrimitive(
  "sub",
  elementwise("sub", "sub", { accepts: NUMBERS, numpy: "subtract" }),
);
/**
 * `x - y`, of equal dtypes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.sub(3, 1).item() === 2);
 * ```
 */
export const sub: (x: Operand, y: Operand) => NDArray = binary(subP);

const mulP = definePrimitive(
  "mul",
  elementwise("mul", "mul", { accepts: NUMBERS, numpy: "multiply" }),
);
/**
 * `x · y`, of equal dtypes; integers wrap.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.mul(3, 2).item() === 6);
 * ```
 */
export const mul: (x: Operand, y: Operand) => NDArray = binary(mulP);

const divP = definePrimitive(
  "div",
  elementwise("div", "div", { accepts: NUMBERS, numpy: "divide" }),
);
/**
 * `x / y`, of equal dtypes. Integers are rounded towards zero; by 0 they give -1, all bits set.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.div(-7, 2).item() === -3);
 * ```
 */
export const div: (x: Operand, y: Operand) => NDArray = binary(divP);

const remP = definePrimitive("rem", elementwise("rem", "rem", { accepts: REALS }));
/**
 * The remainder of `x / y` rounded towards zero, which has the sign of `x`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.rem(-7, 2).item() === -1);
 * ```
 */
export const rem: (x: Operand, y: Operand) => NDArray = binary(remP);

const maxP = definePrimitive(
  "max",
  elementwise("max", "max", { accepts: ANY, complex: extreme("gt"), numpy: "maximum" }),
);
/**
 * The larger of two, NaN if either is. Complex numbers are ordered by their real parts first.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.max(1, 2).item() === 2);
 * ```
 */
export const max: (x: Operand, y: Operand) => NDArray = binary(maxP);

const minP = definePrimitive(
  "min",
  elementwise("min", "min", { accepts: ANY, complex: extreme("lt"), numpy: "minimum" }),
);
/**
 * The smaller of two, NaN if either is. Complex numbers are ordered by their real parts first.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.min(1, 2).item() === 1);
 * ```
 */
export const min: (x: Operand, y: Operand) => NDArray = binary(minP);

const nextafterP = definePrimitive(
  "nextafter",
  elementwise("nextafter", "nextAfter", { accepts: ["floating"], numpy: "nextafter" }),
);
/**
 * The float after `x` in the direction of `y`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.nextafter(1, 2).item() === 1 + 2 ** -23);
 * ```
 */
export const nextafter: (x: Operand, y: Operand) => NDArray = binary(nextafterP, true);

// -- complex numbers ---------------------------------------------------------------------------

/** The floats that complex numbers are made of. */
const PARTS: readonly Family[] = ["float32", "float64"];

const complexP = definePrimitive(
  "complex",
  elementwise("complex", "complex", { accepts: PARTS, result: complexOf }),
);
/**
 * The complex numbers with these real and imaginary parts.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.imag(lax.complex(1, 2)).item() === 2);
 * ```
 */
export const complex: (x: Operand, y: Operand) => NDArray = binary(complexP, true);

const realP = definePrimitive(
  "real",
  elementwise("real", "real", { accepts: ["complexfloating"], result: realPart }),
);
/**
 * The real parts of complex numbers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.real({ re: 1, im: 2 }).item() === 1);
 * ```
 */
export const real: (x: Operand) => NDArray = unary(realP);

const imagP = definePrimitive(
  "imag",
  elementwise("imag", "imag", { accepts: ["complexfloating"], result: realPart }),
);
/**
 * The imaginary parts of complex numbers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.imag({ re: 1, im: 2 }).item() === 2);
 * ```
 */
export const imag: (x: Operand) => NDArray = unary(imagP);

const conjP = definePrimitive<{ readonly inputDtype: DType }>("conj", {
  type([x]) {
    checkDTypes("conj", [x], ["float32", "complexfloating", "float64"]);
    return [x.with({ dtype: complexOf(x.dtype) })];
  },
  scalar([x], _params, dtype) {
    const [re, im] = isComplex(x.dtype) ? partsOf(x) : [x, constant(0, x.dtype)];
    return joined([re, realOf("neg", im)], dtype);
  },
});
/**
 * The complex conjugate; of floats too, as complex numbers. Follows `jax.lax.conj`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.imag(lax.conj({ re: 1, im: 2 })).item() === -2);
 * ```
 */
export function conj(x: Operand): NDArray {
  const array = operand("conj", x, true);
  return conjP.bind([array], { inputDtype: array.dtype });
}
