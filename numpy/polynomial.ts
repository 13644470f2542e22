/** Polynomials as arrays of their coefficients, the one of the highest power first. */
import { scalarArray } from "../core/array.ts";
import { range, sameShape } from "../core/aval.ts";
import { showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { Slice } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { array } from "./array.ts";
import { toArray, toArrays, toOptionalArray } from "./asarray.ts";
import { at } from "./at.ts";
import { convolve } from "./convolve.ts";
import { getItem } from "./gathering.ts";
import { atleast1d } from "./manipulation.ts";
import { namedPart } from "./parts.ts";
import { promoteDTypes, promoteDTypesInexact, toInexact } from "./promotion.ts";
import { arange } from "./ranges.ts";
import { prod } from "./reductions.ts";
import { broadcastShapes } from "./shapes.ts";
import { add, divide, maximum, multiply, negative, subtract } from "./ufuncs.ts";

function checkVector(name: string, p: NDArray): void {
  if (p.ndim === 1) return;
  throw new RangeError(
    `${name} takes the coefficients in one axis, got an array of shape ${showShape(p.shape)}`,
  );
}

/**
 * The value of a polynomial at each element of `x`, by Horner's rule. Further axes of `p` broadcast
 * with `x`. Follows `jax.numpy.polyval`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.polyval(np.array([3, 0, 1]), 5).item(), 76);
 * assertEquals(np.polyval(np.array([1, 2]), np.arange(3)).tolist(), [2, 3, 4]);
 * ```
 */
export function polyval(p: ArrayLike, x: ArrayLike): NDArray {
  return named("polyval", toArrays("polyval", p, x), (p, x) => {
    if (p.ndim === 0) throw new RangeError("polyval takes the coefficients in an axis, got none");
    const [coefficients, at] = promoteDTypes("polyval", p, x);
    const shape = broadcastShapes(coefficients.shape.slice(1), at.shape);
    const start = lax.full(shape, scalarArray(0, at.dtype));
    return range(p.shape[0]).reduce(
      (value, i) => add(multiply(value, at), getItem(coefficients, [i])),
      start,
    );
  });
}

/**
 * The sum of two polynomials. Follows `jax.numpy.polyadd`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.polyadd(np.array([1, 2]), np.array([9, 5, 4])).tolist(), [9, 6, 6]);
 * ```
 */
export function polyadd(p: ArrayLike, q: ArrayLike): NDArray {
  return named("polyadd", toArrays("polyadd", p, q), (p, q) => {
    checkVector("polyadd", p);
    checkVector("polyadd", q);
    const [a, b] = promoteDTypes("polyadd", p, q);
    const [long, short] = b.size <= a.size ? [a, b] : [b, a];
    return short.size === 0 ? long : at(long, new Slice(-short.size, null, null)).add(short);
  });
}

/**
 * The difference of two polynomials. Follows `jax.numpy.polysub`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.polysub(np.array([2, 10]), np.array([1, 2, 3])).tolist(), [-1, 0, 7]);
 * ```
 */
export function polysub(p: ArrayLike, q: ArrayLike): NDArray {
  return named("polysub", toArrays("polysub", p, q), (p, q) => {
    const [a, b] = promoteDTypes("polysub", p, q);
    return polyadd(a, negative(b));
  });
}

/**
 * The product of two polynomials, as floats. Follows `jax.numpy.polymul`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.polymul(np.array([1, 2]), np.array([1, -2])).tolist(), [1, 0, -4]);
 * ```
 */
export function polymul(p: ArrayLike, q: ArrayLike): NDArray {
  const operands = promoteDTypesInexact("polymul", p, q);
  operands.forEach((x) => checkVector("polymul", x));
  const [a, b] = operands.map((x) => x.size === 0 ? lax.full([1], 0, x.dtype) : x);
  return convolve(a, b, "full");
}

function toOrder(m: number, context: string): number {
  if (Number.isInteger(m)) return m;
  throw new TypeError(`${context} must be an integer, got ${m}`);
}

/**
 * The `m`-th derivative of a polynomial. Follows `jax.numpy.polyder`.
 *
 * @throws {RangeError} if `m` is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.polyder(np.array([1, 1, 1, 1])).tolist(), [3, 2, 1]);
 * ```
 */
export function polyder(p: ArrayLike, m?: number | { m?: number }): NDArray {
  const read = readOptions<{ m?: number }>("polyder", ["m"], m);
  const order = toOrder(read.m ?? 1, "'m' argument of np.polyder");
  return named("polyder", [toArray("polyder", p)], (p) => {
    checkVector("polyder", p);
    const coefficients = toInexact("polyder", p);
    if (order < 0) throw new RangeError("Order of derivative must be positive");
    if (order === 0) return coefficients;
    const { dtype } = coefficients;
    const n = Math.max(order, p.size);
    const powers = lax.expandDims(arange(order, n, { dtype }), [0]);
    const steps = lax.expandDims(arange(order, { dtype }), [1]);
    const factors = prod(subtract(powers, steps), 0);
    return multiply(
      getItem(coefficients, [new Slice(null, -order, null)]),
      getItem(factors, [new Slice(null, null, -1)]),
    );
  }, order);
}

/** Options of {@linkcode polyint}. */
export interface PolyintOptions {
  /** How many times to integrate. */
  m?: number;
  /** The constants of integration, one or `m`: 0 if not said otherwise. */
  k?: ArrayLike | null;
}
/**
 * The `m`-th antiderivative of a polynomial. Follows `jax.numpy.polyint`.
 *
 * @throws {RangeError} if `m` is negative, or there are not as many constants.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.polyint(np.array([12, 12, 6])).tolist(), [4, 6, 6, 0]);
 * ```
 */
export function polyint(
  p: ArrayLike,
  m?: number | PolyintOptions,
  k?: ArrayLike | null | PolyintOptions,
): NDArray {
  const read = readOptions<PolyintOptions>("polyint", ["m", "k"], m, k);
  const order = toOrder(read.m ?? 1, "'m' argument of np.polyint");
  const constants = toOptionalArray("polyint", read.k, 1);
  return namedPart("polyint", { p: toArray("polyint", p), constants }, ({ p, constants }) => {
    checkVector("polyint", p);
    const [coefficients, given] = promoteDTypesInexact("polyint", p, constants ?? 0);
    if (order < 0) throw new RangeError("Order of integral must be positive (see polyder)");
    let ends = atleast1d(given);
    if (ends.size === 1) ends = lax.broadcastInDim(getItem(ends, [0]), [order], []);
    if (!sameShape(ends.shape, [order])) {
      throw new RangeError("k must be a scalar or a rank-1 array of length 1 or m.");
    }
    if (order === 0) return coefficients;
    const { dtype } = coefficients;
    const powers = lax.expandDims(arange(p.size + order, { dtype }), [0]);
    const steps = lax.expandDims(arange(order, { dtype }), [1]);
    const factors = prod(maximum(1, subtract(powers, steps)), 0);
    const divisors = getItem(factors, [new Slice(null, null, -1)]);
    return divide(lax.concatenate([coefficients, ends], 0), divisors);
  }, order);
}

/**
 * The polynomial with the given roots and the leading coefficient 1. Follows `jax.numpy.poly`, for
 * roots; the characteristic polynomial of a matrix needs its eigenvalues.
 *
 * @throws {RangeError} for anything but a list of roots.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.poly(np.array([1, 2, 3])).tolist(), [1, -6, 11, -6]);
 * ```
 */
export function poly(seqOfZeros: ArrayLike): NDArray {
  return named("poly", [toArray("poly", seqOfZeros)], (given) => {
    const roots = atleast1d(toInexact("poly", given));
    checkVector("poly", roots);
    const one = scalarArray(1, roots.dtype);
    if (roots.size === 0) return lax.full([], one);
    return range(roots.size).reduce((product, i) => {
      const root = negative(getItem(roots, [i]));
      return convolve(product, array([one, root]), "full");
    }, lax.full([1], one));
  });
}
