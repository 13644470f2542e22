/**
 * Linear algebra without decompositions: norms, powers and chains of matrices, and the products of
 * `numpy` under the array API's names. Follows `jax.numpy.linalg`.
 *
 * @module
 */
import { range } from "../core/aval.ts";
import { type DTypeLike, realPart } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { listOf } from "../core/checks.ts";
import type { AxisLike } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArray, toArrays } from "./asarray.ts";
import { matmul, type ProductOptions, tensordot, vecdot } from "./contractions.ts";
import { diagonal as npDiagonal, trace as npTrace } from "./diagonal.ts";
import { type AxisNames, einsum, type EinsumOptions } from "./einsum.ts";
import { eye } from "./grids.ts";
import { power } from "./powers.ts";
import { cross as npCross } from "./products.ts";
import { promoteDTypesInexact } from "./promotion.ts";
import { max, min, sum } from "./reductions.ts";
import { conj, real } from "./rounding.ts";
import { canonicalAxes, canonicalAxis } from "./shapes.ts";
import { abs, multiply } from "./ufuncs.ts";

export { matmul, tensordot, vecdot };

/** Which norm: a number, ±∞ among them, or the name of a matrix norm. */
export type NormOrder = number | "fro" | "f" | "nuc" | null;
/** Options of {@linkcode norm}. */
export interface NormOptions {
  /** Which norm: of all elements, or of vectors, the Euclidean one if not said otherwise. */
  ord?: NormOrder;
  /** One axis for norms of vectors, two for norms of matrices; all elements by default. */
  axis?: AxisLike;
  /** Keep reduced axes with length 1. */
  keepdims?: boolean;
}

/**
 * The norm of vectors or matrices. Without an order, the root of the sum of squares of all
 * elements. Follows `jax.numpy.linalg.norm`; the matrix norms 2, −2 and `"nuc"` need singular
 * values, and are not here.
 *
 * @throws {RangeError} for an order that doesn't exist, or more than two axes.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([[3, 4], [6, 8]]);
 * assertEquals(np.linalg.norm(x, { axis: 1 }).tolist(), [5, 10]);
 * assertEquals(np.linalg.norm(x, 1).item(), 12);
 * ```
 */
export function norm(
  x: ArrayLike,
  ord?: NormOrder | NormOptions,
  axis?: AxisLike | NormOptions,
  options?: NormOptions,
): NDArray {
  const names = ["ord", "axis", "keepdims"] as const;
  const read = readOptions<NormOptions>("norm", names, ord, axis, options);
  return named("norm", [toArray("norm", x)], (x) => normOf(x, read), read);
}
function normOf(
  given: NDArray,
  { ord = null, axis = null, keepdims = false }: NormOptions,
): NDArray {
  const [x] = promoteDTypesInexact("norm", given);
  if (axis === null && ord === null) return euclidean(x, { keepdims });
  const axes = canonicalAxes(axis, x.ndim);
  if (axes.length === 1) return vectorNormOf(x, ord ?? 2, axes, keepdims);
  if (axes.length === 2) return matrixNormOf(x, ord ?? "fro", axes as [number, number], keepdims);
  throw new RangeError(
    `Improper number of axes for norm: axis=${showShape(axes)}. Pass one axis to compute a ` +
      "vector-norm, or two axes to compute a matrix-norm.",
  );
}
function euclidean(x: NDArray, options: { axis?: AxisLike; keepdims: boolean }): NDArray {
  return lax.sqrt(sum(real(multiply(x, conj(x))), options));
}

function vectorNormOf(
  x: NDArray,
  ord: NormOrder,
  axis: AxisLike,
  keepdims: boolean,
): NDArray {
  const options = { axis, keepdims };
  switch (ord) {
    case null:
    case 2:
      return euclidean(x, options);
    case Infinity:
      return max(abs(x), { ...options, initial: 0 });
    case -Infinity:
      return min(abs(x), options);
    case 0:
      return sum(lax.ne(x, constantLike(x, 0)), { ...options, dtype: realPart(x.dtype) });
    case 1:
      return sum(abs(x), options);
  }
  if (typeof ord === "string") {
    throw new RangeError(
      `Invalid order '${ord}' for vector norm. Infinity is written as a number.`,
    );
  }
  const sizes = abs(x);
  const exponent = constantLike(sizes, ord);
  return power(sum(power(sizes, exponent), options), constantLike(sizes, 1 / ord));
}

function matrixNormOf(
  x: NDArray,
  ord: NormOrder,
  [row, column]: readonly [row: number, column: number],
  keepdims: boolean,
): NDArray {
  /** Sums over one axis, then the extreme of those over the other one. */
  const sums = (over: number, along: number) => {
    const totals = sum(abs(x), { axis: over, keepdims });
    const axis = !keepdims && along > over ? along - 1 : along;
    return { totals, options: { axis, keepdims } };
  };
  switch (ord) {
    case "f":
    case "fro":
      return euclidean(x, { axis: [row, column], keepdims });
    case 1:
    case Infinity: {
      const { totals, options } = ord === 1 ? sums(row, column) : sums(column, row);
      return max(totals, { ...options, initial: 0 });
    }
    case -1:
    case -Infinity: {
      const { totals, options } = ord === -1 ? sums(row, column) : sums(column, row);
      return min(totals, options);
    }
    case 2:
    case -2:
    case "nuc":
      throw new RangeError(
        `The matrix norm ${ord} needs singular values, which denojax doesn't compute; the norms ` +
          "'fro', 1, -1, Infinity and -Infinity it does",
      );
    default:
      throw new RangeError(`Invalid order '${ord}' for matrix norm.`);
  }
}

/**
 * The norm of vectors along `axis`, or of all elements as one vector. Follows
 * `jax.numpy.linalg.vector_norm`.
 *
 * @throws {RangeError} for an order that doesn't exist.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.linalg.vectorNorm(np.array([[1, 2], [3, 4]]), { ord: 1 }).item(), 10);
 * ```
 */
export function vectorNorm(x: ArrayLike, options?: NormOptions): NDArray {
  const names = ["axis", "keepdims", "ord"] as const;
  const read = readOptions<NormOptions>("vectorNorm", names, options);
  const [a] = promoteDTypesInexact("vector_norm", x);
  return vectorNormOf(a, read.ord ?? 2, read.axis ?? null, read.keepdims ?? false);
}

/**
 * The norm of matrices in the last two axes. Follows `jax.numpy.linalg.matrix_norm`.
 *
 * @throws {RangeError} for an order that doesn't exist.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.linalg.matrixNorm(np.ones([5, 2, 2])).tolist(), [2, 2, 2, 2, 2]);
 * ```
 */
export function matrixNorm(x: ArrayLike, options?: Omit<NormOptions, "axis">): NDArray {
  const names = ["keepdims", "ord"] as const;
  const read = readOptions<Omit<NormOptions, "axis">>("matrixNorm", names, options);
  return norm(x, { ord: read.ord ?? "fro", keepdims: read.keepdims ?? false, axis: [-2, -1] });
}

/**
 * The last two axes exchanged. Follows `jax.numpy.linalg.matrix_transpose`.
 *
 * @throws {RangeError} for fewer than two axes.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.linalg.matrixTranspose(np.ones([2, 3, 4])).shape, [2, 4, 3]);
 * ```
 */
export function matrixTranspose(x: ArrayLike): NDArray {
  const a = toArray("matrix_transpose", x);
  const n = a.ndim;
  if (n < 2) {
    throw new RangeError(`matrix_transpose requires at least 2 dimensions; got ndim=${n}`);
  }
  return lax.transpose(a, [...range(n - 2), n - 1, n - 2]);
}

/**
 * The product of several matrices in the cheapest order; the first and the last may be vectors.
 * Follows `jax.numpy.linalg.multi_dot`.
 *
 * @throws {RangeError} for fewer than two arrays, or shapes that don't fit.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const matrices = [np.ones([2, 3]), np.ones([3, 4]), np.ones([4, 5])];
 * assertEquals(np.linalg.multiDot(matrices).shape, [2, 5]);
 * ```
 */
export function multiDot(
  arrays: readonly ArrayLike[],
  options?: Pick<ProductOptions, "precision">,
): NDArray {
  const operands = toArrays("multi_dot", ...listOf("np.linalg.multiDot", "arrays", arrays));
  if (operands.length < 2) {
    throw new RangeError(
      `multi_dot requires at least two arrays; got len(arrays)=${operands.length}`,
    );
  }
  const last = operands.length - 1;
  const shapes = () => `Got array shapes [${operands.map((x) => showShape(x.shape)).join(", ")}]`;
  if (!operands.every(({ ndim }, i) => ndim === 2 || (ndim === 1 && (i === 0 || i === last)))) {
    throw new RangeError(
      "multi_dot: input arrays must all be two-dimensional, except for the first and last array " +
        `which may be 1 or 2 dimensional. ${shapes()}`,
    );
  }
  if (!operands.slice(1).every((y, i) => operands[i].shape.at(-1) === y.shape[0])) {
    throw new RangeError(
      "multi_dot: last dimension of each array must match first dimension of following array. " +
        shapes(),
    );
  }
  const args = operands.flatMap((x, i): (NDArray | AxisNames)[] => {
    const names = [i, i + 1];
    return [x, x.ndim === 2 ? names : i === 0 ? names.slice(1) : names.slice(0, 1)];
  });
  const [first, names, ...rest] = args as [NDArray, AxisNames, ...(NDArray | AxisNames)[]];
  const how: EinsumOptions = { precision: options?.precision ?? null };
  return einsum(first, names, ...rest, how);
}

/**
 * A matrix, or each of several, multiplied `n` times. Follows `jax.numpy.linalg.matrix_power`, for
 * powers from 0 on; negative ones need the inverse.
 *
 * @throws {TypeError} for what is no square matrix.
 * @throws {RangeError} for a negative power.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const fibonacci = np.linalg.matrixPower(np.array([[1, 1], [1, 0]]), 10);
 * assertEquals(fibonacci.tolist(), [[89, 55], [55, 34]]);
 * ```
 */
export function matrixPower(a: ArrayLike, n: number): NDArray {
  if (!Number.isInteger(n)) throw new TypeError(`exponent must be an integer, got ${describe(n)}`);
  return named("matrix_power", [toArray("matrix_power", a)], (a) => {
    if (a.ndim < 2) {
      throw new TypeError(
        `${a.ndim}-dimensional array given. Array must be at least two-dimensional`,
      );
    }
    const size = a.shape[a.ndim - 1];
    if (a.shape[a.ndim - 2] !== size) {
      throw new TypeError("Last 2 dimensions of the array must be square");
    }
    if (n < 0) {
      throw new RangeError(`matrixPower takes powers from 0 on, got ${n}: that needs the inverse`);
    }
    if (n === 0) {
      const one = eye(size, { dtype: a.dtype });
      return lax.broadcastInDim(one, a.shape, [a.ndim - 2, a.ndim - 1]);
    }
    if (n === 3) return matmul(matmul(a, a), a);
    let square = a;
    let result: NDArray | undefined;
    for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest < n) square = matmul(square, square);
      if (rest % 2 === 1) result = result === undefined ? square : matmul(result, square);
    }
    return result!;
  }, n);
}

/**
 * Products of each element of one vector with each of another. Follows `jax.numpy.linalg.outer`.
 *
 * @throws {RangeError} unless both are vectors.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.linalg.outer(np.array([1, 2]), np.array([3, 4])).tolist(), [[3, 4], [6, 8]]);
 * ```
 */
export function outer(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = toArrays("outer", x, y);
  if (a.ndim !== 1 || b.ndim !== 1) {
    throw new RangeError(
      `Input arrays must be one-dimensional, but they are x1.ndim=${a.ndim} x2.ndim=${b.ndim}`,
    );
  }
  return multiply(lax.expandDims(a, [1]), lax.expandDims(b, [0]));
}

/**
 * Cross products of vectors of 3 elements along `axis`. Follows `jax.numpy.linalg.cross`.
 *
 * @throws {RangeError} for vectors of another length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [x, y] = [np.array([1, 0, 0]), np.array([0, 1, 0])];
 * assertEquals(np.linalg.cross(x, y).tolist(), [0, 0, 1]);
 * ```
 */
export function cross(x: ArrayLike, y: ArrayLike, options?: { axis?: number }): NDArray {
  const { axis = -1 } = readOptions<{ axis?: number }>("cross", ["axis"], options);
  const [a, b] = toArrays("cross", x, y);
  const [n, m] = [a, b].map((z) => z.shape[canonicalAxis(axis, z.ndim)]);
  if (n !== 3 || m !== 3) {
    throw new RangeError(
      "Both input arrays must be (arrays of) 3-dimensional vectors, but they have " +
        `x1.shape[axis]=${n} and x2.shape[axis]=${m}`,
    );
  }
  return npCross(a, b, { axis });
}

/** Options of {@linkcode diagonal} and {@linkcode trace}. */
export interface DiagonalOptions {
  /** Which diagonal: 0 is the main one, positive ones lie above. */
  offset?: number;
}
/**
 * The diagonal of the last two axes. Follows `jax.numpy.linalg.diagonal`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.linalg.diagonal(np.arange(4).reshape(2, 2)).tolist(), [0, 3]);
 * ```
 */
export function diagonal(x: ArrayLike, options?: DiagonalOptions): NDArray {
  const { offset = 0 } = readOptions<DiagonalOptions>("diagonal", ["offset"], options);
  return npDiagonal(x, { offset, axis1: -2, axis2: -1 });
}
/**
 * The sum of the diagonal of the last two axes. Follows `jax.numpy.linalg.trace`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.linalg.trace(np.arange(4).reshape(2, 2)).item(), 3);
 * ```
 */
export function trace(
  x: ArrayLike,
  options?: DiagonalOptions & { dtype?: DTypeLike },
): NDArray {
  const names = ["offset", "dtype"] as const;
  const read = readOptions<DiagonalOptions & { dtype?: DTypeLike }>("trace", names, options);
  return npTrace(x, { ...read, axis1: -2, axis2: -1 });
}
