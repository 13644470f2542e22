/**
 * Functions of complex numbers in real terms: what primitives mean on complex operands.
 *
 * Signed zeros and branch cuts follow C99's annex G, as NumPy and XLA do; the formulas are those of
 * W. Kahan, "Branch cuts for complex elementary functions, or much ado about nothing's sign bit"
 * (1987), here [K], unless they say otherwise.
 */
import { modulus, negative, over, type Parts, plus, real, times } from "../core/complex.ts";
import { constant, type Expr, select } from "../core/expr.ts";

type X = Expr | number;
const add = (x: X, y: X): Expr => real("add", x, y);
const sub = (x: X, y: X): Expr => real("sub", x, y);
const mul = (x: X, y: X): Expr => real("mul", x, y);
const div = (x: X, y: X): Expr => real("div", x, y);
const or = (x: Expr, y: Expr): Expr => real("or", x, y);
const and = (x: Expr, y: Expr): Expr => real("and", x, y);
const square = (x: Expr): Expr => mul(x, x);
/** A constant of the dtype of `like`. */
const value = (x: number, like: Expr): Expr => constant(x, like.dtype);

/** `x` with the sign of `y`, of a zero as well; `x` must not be negative. */
function withSign(x: Expr, y: Expr): Expr {
  const negative = real("lt", select(real("eq", y, 0), div(1, y), y), 0);
  return select(negative, real("neg", x), x);
}
function isInfinite(x: Expr): Expr {
  return real("eq", real("abs", x), Infinity);
}
function conjugate([x, y]: Parts): Parts {
  return [x, real("neg", y)];
}
/** `i z`. */
export function timesI([x, y]: Parts): Parts {
  return [real("neg", y), x];
}
/** `-i z`. */
function overI([x, y]: Parts): Parts {
  return [y, real("neg", x)];
}
/** `f(z)` where `i f(z) = g(i z)`: the sine where `g` is the hyperbolic one, and so on. */
export function rotated(g: (z: Parts) => Parts): (z: Parts) => Parts {
  return (z) => overI(g(timesI(z)));
}
function scalar(x: number, [like]: Parts): Parts {
  return [value(x, like), value(0, like)];
}

// -- order, sign ------------------------------------------------------------------------------

/** `z²`, by a difference of squares that does not cancel. */
export function squared([x, y]: Parts): Parts {
  return [mul(sub(x, y), add(x, y)), mul(mul(x, y), 2)];
}

/** Whether `x` comes before `y` (`lt`) or after it (`gt`): by real, then by imaginary part. */
export function ordered(op: "lt" | "gt", [a, b]: Parts, [c, d]: Parts): Expr {
  return or(real(op, a, c), and(real("eq", a, c), real(op, b, d)));
}
/** The one of two that `ordered` names. */
export function extreme(op: "lt" | "gt"): (x: Parts, y: Parts) => Parts {
  return (x, y) => choose(ordered(op, x, y), x, y);
}
/** `x` where `which` holds, else `y`. */
export function choose(which: Expr, x: Parts, y: Parts): Parts {
  return [select(which, x[0], y[0]), select(which, x[1], y[1])];
}

/** `z / |z|`; 0 at 0. */
export function sign(z: Parts): Parts {
  const length = modulus(z);
  return choose(real("eq", length, 0), z, [div(z[0], length), div(z[1], length)]);
}

// -- roots, logarithms ------------------------------------------------------------------------

/**
 * The larger of the parts' absolute values, the square of the smaller one's ratio to it, and
 * whether the number is 0 or infinite, so that the ratio says nothing.
 */
function polar([x, y]: Parts): { large: Expr; ratio: Expr; trivial: Expr } {
  const [a, b] = [real("abs", x), real("abs", y)];
  const [large, small] = [real("max", a, b), real("min", a, b)];
  const trivial = or(real("eq", large, 0), real("eq", large, Infinity));
  return { large, ratio: square(div(small, large)), trivial };
}

/** The principal square root. Scaled by the larger part, so that nothing overflows. */
export function sqrt(z: Parts): Parts {
  const [x, y] = z;
  const { large, ratio, trivial } = polar(z);
  const mean = mul(add(div(real("abs", x), large), real("sqrt", add(1, ratio))), 0.5);
  const major = select(trivial, large, mul(real("sqrt", large), real("sqrt", mean)));
  const height = real("abs", y);
  const flat = or(real("eq", height, 0), real("eq", height, Infinity));
  const minor = select(flat, height, div(mul(height, 0.5), major));
  const left = real("lt", x, 0);
  return [select(left, minor, major), withSign(select(left, major, minor), y)];
}
/** `1 / √z`. */
export function rsqrt(z: Parts): Parts {
  return over(scalar(1, z), sqrt(z));
}

/** The principal logarithm. */
export function log(z: Parts): Parts {
  const { large, ratio, trivial } = polar(z);
  const logLarge = real("log", large);
  const length = select(trivial, logLarge, add(logLarge, mul(real("log1p", ratio), 0.5)));
  return [length, real("atan2", z[1], z[0])];
}
/** `log(1 + z)`, without cancellation near 0. */
export function log1p(z: Parts): Parts {
  const [x, y] = z;
  const near = mul(real("log1p", add(mul(x, add(x, 2)), square(y))), 0.5);
  const [far, angle] = log([add(x, 1), y]);
  const { large } = polar(z);
  return [select(real("lt", large, 0.5), near, far), angle];
}

/** The angle of `x + i y` for complex `x` and `y`. */
export function atan2(y: Parts, x: Parts): Parts {
  const radius = sqrt(plus(times(x, x), times(y, y)));
  return overI(log(over(plus(x, timesI(y)), radius)));
}

// -- inverse trigonometric and hyperbolic functions -------------------------------------------

/** Whether `z² + 1` is `z²` in every precision. */
function isFarOut([x, y]: Parts): Expr {
  return real("gt", real("max", real("abs", x), real("abs", y)), 1e15);
}
/** `log |2z|`: what inverse hyperbolic functions come to far out. */
function logTwice(z: Parts): Expr {
  return add(log(z)[0], Math.LN2);
}
/** The roots of `1 - z` and `1 + z`. */
function halves(z: Parts): { below: Parts; above: Parts } {
  const [x, y] = z;
  return { below: sqrt([sub(1, x), real("neg", y)]), above: sqrt([add(1, x), y]) };
}
/** The arc sine. */
export function asin(z: Parts): Parts {
  const [x, y] = z;
  const { below, above } = halves(z);
  const re = real("atan2", x, times(below, above)[0]);
  const im = real("asinh", times(conjugate(below), above)[1]);
  const farIm = withSign(logTwice(z), y);
  return choose(isFarOut(z), [real("atan2", x, real("abs", y)), farIm], [re, im]);
}
/** The arc cosine. */
export function acos(z: Parts): Parts {
  const [x, y] = z;
  const { below, above } = halves(z);
  const re = mul(real("atan2", below[0], above[0]), 2);
  const im = real("asinh", times(conjugate(above), below)[1]);
  const farIm = real("neg", withSign(logTwice(z), y));
  return choose(isFarOut(z), [real("atan2", real("abs", y), x), farIm], [re, im]);
}
/** The inverse hyperbolic sine. */
export const asinh: (z: Parts) => Parts = rotated(asin);
/** The inverse hyperbolic cosine. */
export function acosh(z: Parts): Parts {
  const [x, y] = z;
  const [below, above] = [sqrt([sub(x, 1), y]), sqrt([add(x, 1), y])];
  const re = real("asinh", times(conjugate(below), above)[0]);
  const im = mul(real("atan2", below[1], above[0]), 2);
  return choose(isFarOut(z), [logTwice(z), real("atan2", y, x)], [re, im]);
}
/** The inverse hyperbolic tangent. */
export function atanh(z: Parts): Parts {
  const [x, y] = z;
  const a = real("abs", x);
  const distance = add(square(sub(1, a)), square(y));
  const re = mul(real("log1p", div(mul(a, 4), distance)), 0.25);
  const im = mul(real("atan2", mul(y, 2), sub(mul(sub(1, a), add(1, a)), square(y))), 0.5);
  // Far out, where squares overflow, it is 1/z ± iπ/2.
  const length = modulus(z);
  const far = isFarOut(z);
  const reciprocal = select(isInfinite(length), value(0, x), div(div(a, length), length));
  const right = value(Math.PI / 2, x);
  return [
    withSign(select(far, reciprocal, re), x),
    select(far, withSign(right, y), im),
  ];
}

/** The logistic function `1 / (1 + e⁻ᶻ)`, from the exponential. */
export function logistic(exp: (z: Parts) => Parts): (z: Parts) => Parts {
  return (z) => over(scalar(1, z), plus(scalar(1, z), exp(negative(z))));
}
/** `xʸ = exp(y log x)`; 0 and 1 at `x = 0` where the limit is. */
export function pow(exp: (z: Parts) => Parts, x: Parts, y: Parts): Parts {
  const isZero = ([a, b]: Parts) => and(real("eq", a, 0), real("eq", b, 0));
  const vanishes = and(isZero(x), and(real("gt", y[0], 0), real("eq", y[1], 0)));
  const [length, angle] = log(x);
  // A real power of ∞ would meet 0 · ∞ in the product.
  const axis = and(real("eq", x[0], Infinity), and(real("eq", x[1], 0), real("eq", y[1], 0)));
  const exponent = choose(axis, [mul(y[0], length), angle], times(y, [length, angle]));
  const power = choose(vanishes, scalar(0, x), exp(exponent));
  return choose(isZero(y), scalar(1, x), power);
}
