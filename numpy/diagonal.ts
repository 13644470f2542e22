/** Diagonals and triangles of matrices, and of stacks of matrices. */
import type { DTypeLike } from "../core/dtype.ts";
import { named } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import { toStaticInteger } from "../core/stage.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray } from "./asarray.ts";
import { at } from "./at.ts";
import { getItem } from "./gathering.ts";
import { moveaxis, ravel } from "./manipulation.ts";
import { whereElse } from "./promotion.ts";
import { sum } from "./reductions.ts";
import { canonicalAxis } from "./shapes.ts";

/** A mask of the triangle on and below diagonal `k` of a matrix. */
function belowDiagonal(rows: number, columns: number, k: number): NDArray {
  const shape = [rows, columns];
  return lax.ge(
    lax.add(lax.broadcastedIota("int32", shape, 0), k),
    lax.broadcastedIota("int32", shape, 1),
  );
}

/** A mask of diagonal `k` of a matrix. */
function onDiagonal(rows: number, columns: number, k: number): NDArray {
  const i = lax.broadcastedIota("int32", [rows, columns], 0);
  const j = lax.broadcastedIota("int32", [rows, columns], 1);
  return lax.eq(lax.add(i, k), j);
}

// -- triangles ------------------------------------------------------------------------------------

function triangleOf(
  name: string,
  m: ArrayLike,
  k: number | { k?: number } | undefined,
  lower: boolean,
): NDArray {
  const x = toArray(name, m);
  const { k: diagonal = 0 } = readOptions<{ k?: number }>(name, ["k"], k);
  if (x.ndim < 2) throw new RangeError(`Argument to np.${name} must be at least 2D`);
  const offset = toStaticInteger(diagonal, `'k' argument of np.${name}()`);
  return named(name, [x], (x) => {
    const [rows, columns] = x.shape.slice(-2);
    const mask = belowDiagonal(rows, columns, lower ? offset : offset - 1);
    const which = lax.broadcast(mask, x.shape.slice(0, -2));
    const zeros = lax.fullLike(x, 0);
    return lower ? lax.select(which, x, zeros) : lax.select(which, zeros, x);
  }, offset);
}

/**
 * The lower triangle of the last two axes; 0 above diagonal `k`.
 *
 * @throws {RangeError} for fewer than two axes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.tril(np.ones([2, 2]))) === "[[1. 0.]\n [1. 1.]]");
 * ```
 */
export function tril(m: ArrayLike, k?: number | { k?: number }): NDArray {
  return triangleOf("tril", m, k, true);
}
/**
 * The upper triangle of the last two axes; 0 below diagonal `k`.
 *
 * @throws {RangeError} for fewer than two axes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.triu(np.ones([2, 2]))) === "[[1. 1.]\n [0. 1.]]");
 * ```
 */
export function triu(m: ArrayLike, k?: number | { k?: number }): NDArray {
  return triangleOf("triu", m, k, false);
}

// -- diagonals ------------------------------------------------------------------------------------

/** Options of {@linkcode diagonal}. */
export interface DiagonalOptions {
  /** Which diagonal: 0 is the main one, 1 the one above. */
  offset?: number;
  /** The axis of rows; 0 by default. */
  axis1?: number;
  /** The axis of columns; 1 by default. */
  axis2?: number;
}

/**
 * A diagonal of two axes, which comes as the last axis instead of them.
 *
 * @throws {RangeError} for fewer than two axes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.arange(9).reshape(3, 3);
 * assert(String(np.diagonal(x)) === "[0 4 8]");
 * assert(String(np.diagonal(x, 1)) === "[1 5]");
 * ```
 */
export function diagonal(
  a: ArrayLike,
  offset?: number | DiagonalOptions,
  axis1?: number | DiagonalOptions,
  axis2?: number | DiagonalOptions,
): NDArray {
  const x = toArray("diagonal", a);
  const given = readOptions<DiagonalOptions>(
    "diagonal",
    ["offset", "axis1", "axis2"],
    offset,
    axis1,
    axis2,
  );
  if (x.ndim < 2) {
    throw new RangeError("diagonal requires an array of at least two dimensions.");
  }
  const k = toStaticInteger(given.offset ?? 0, "'offset' argument of np.diagonal()");
  const [rowAxis, columnAxis] = planeOf(x, given);
  return named("diagonal", [x], (x) => {
    const [n, m] = [x.shape[rowAxis], x.shape[columnAxis]];
    const length = Math.max(0, Math.min(n + Math.min(k, 0), m - Math.max(k, 0)));
    const matrices = moveaxis(x, [rowAxis, columnAxis], [-2, -1]);
    const near = lax.iota("int32", length);
    const steps = lax.iota("int32", length);
    const far = k === 0 ? steps : lax.add(Math.abs(k), steps);
    return getItem(matrices, k >= 0 ? ["...", near, far] : ["...", far, near]);
  }, [k, rowAxis, columnAxis]);
}
function planeOf(x: NDArray, { axis1 = 0, axis2 = 1 }: DiagonalOptions): [number, number] {
  const plane: [number, number] = [canonicalAxis(axis1, x.ndim), canonicalAxis(axis2, x.ndim)];
  if (plane[0] === plane[1]) {
    throw new RangeError(`axis1 and axis2 can not be same. axis1=${axis1} and axis2=${axis2}`);
  }
  return plane;
}

/** Options of {@linkcode trace}. */
export interface TraceOptions extends DiagonalOptions {
  /** The dtype of the result. */
  dtype?: DTypeLike;
}

/**
 * The sum of a diagonal of two axes, which vanish.
 *
 * @throws {RangeError} if the two axes are the same.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.trace(np.arange(9).reshape(3, 3)).item() === 12);
 * ```
 */
export function trace(
  a: ArrayLike,
  offset?: number | TraceOptions,
  axis1?: number | TraceOptions,
  axis2?: number | TraceOptions,
  options?: TraceOptions,
): NDArray {
  const x = toArray("trace", a);
  const given = readOptions<TraceOptions>(
    "trace",
    ["offset", "axis1", "axis2", "dtype"],
    offset,
    axis1,
    axis2,
    options,
  );
  const plane = planeOf(x, given);
  const k = toStaticInteger(given.offset ?? 0, "'offset' argument of np.trace()");
  const { dtype } = given;
  return named("trace", [x], (x) => {
    const matrices = moveaxis(x, plane, [-2, -1]);
    const [n, m] = matrices.shape.slice(-2);
    const chosen = whereElse(onDiagonal(n, m, k), matrices, lax.fullLike(matrices, 0));
    return sum(chosen, [-2, -1], dtype === undefined ? {} : { dtype });
  }, [k, ...plane, dtype === undefined ? null : String(dtype)]);
}

/**
 * The matrix with a vector on diagonal `k`, zeros elsewhere; or of a matrix, that diagonal.
 *
 * @throws {RangeError} unless `v` has one axis or two.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.diag(np.array([1, 2]))) === "[[1 0]\n [0 2]]");
 * assert(String(np.diag(np.array([[1, 2], [3, 4]]))) === "[1 4]");
 * ```
 */
export function diag(v: ArrayLike, k?: number | { k?: number }): NDArray {
  const x = toArray("diag", v);
  const { k: given = 0 } = readOptions<{ k?: number }>("diag", ["k"], k);
  const offset = toStaticInteger(given, "'k' argument of np.diag()");
  if (x.ndim !== 1 && x.ndim !== 2) throw new RangeError("diag input must be 1d or 2d");
  return named("_diag", [x], (x) => {
    if (x.ndim === 2) return diagonal(x, offset);
    const n = x.size + Math.abs(offset);
    const zero = lax.fullLike(x, 0, { shape: [] });
    const rows = lax.pad(x, zero, [[Math.max(0, -offset), Math.max(0, offset), 0]]);
    return whereElse(onDiagonal(n, n, offset), lax.expandDims(rows, [1]), zero);
  }, offset);
}

/**
 * The matrix with the flattened array on diagonal `k`, zeros elsewhere.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.diagflat(np.array([[1], [2]]))) === "[[1 0]\n [0 2]]");
 * ```
 */
export function diagflat(v: ArrayLike, k?: number | { k?: number }): NDArray {
  const x = ravel(toArray("diagflat", v));
  const { k: offset = 0 } = readOptions<{ k?: number }>("diagflat", ["k"], k);
  const n = x.size + Math.abs(offset);
  const zeros = lax.full([n * n], 0, x.dtype);
  const i = lax.iota("int32", x.size);
  const positions = offset >= 0
    ? lax.add(lax.add(i, offset), lax.mul(i, n))
    : lax.add(i, lax.mul(lax.sub(i, offset), n));
  return lax.reshape(at(zeros, positions).set(x), [n, n]);
}
