/** Arrays of indices: of diagonals and triangles, of open grids, of flattened positions. */
import { fromData, writer } from "../core/array.ts";
import { product, range, ShapedArray } from "../core/aval.ts";
import { checkFunction, listOf } from "../core/checks.ts";
import {
  allocate,
  bool,
  defaultDType,
  type DTypeLike,
  int32,
  integerRange,
  isInteger,
  promote,
} from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { readOptions } from "../core/options.ts";
import { toStaticInteger } from "../core/stage.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { toArray, toArrays } from "./asarray.ts";
import { toConcrete } from "./concrete.ts";
import { convertTo, whereElse } from "./promotion.ts";
import { clip } from "./rounding.ts";
import { add, divmod, multiply, remainder } from "./ufuncs.ts";
import { nonzero, type NonzeroOptions } from "./where.ts";

// -- diagonals ------------------------------------------------------------------------------------

/**
 * The indices of the main diagonal of an array of `ndim` axes of length `n`.
 *
 * @throws {RangeError} for negative numbers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.zeros([3, 3]).at(...np.diagIndices(3)).set(1);
 * assert(String(x[1]) === "[0. 1. 0.]");
 * ```
 */
export function diagIndices(n: number, ndim?: number | { ndim?: number }): NDArray[] {
  const { ndim: rank = 2 } = readOptions<{ ndim?: number }>("diagIndices", ["ndim"], ndim);
  for (const [name, value] of Object.entries({ n, ndim: rank })) {
    if (toStaticInteger(value, `'${name}' argument of np.diagIndices()`) < 0) {
      throw new RangeError(`${name} argument to diagIndices must be nonnegative, got ${value}`);
    }
  }
  if (rank > 2 ** 32 - 1) {
    throw new RangeError(`RESOURCE_EXHAUSTED: Out of memory for a list of ${rank} arrays`);
  }
  return Array<NDArray>(rank).fill(lax.iota(defaultDType("i"), n));
}

/**
 * The indices of the main diagonal of an array, whose axes must have one length.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.diagIndicesFrom(np.ones([3, 3]))[0]) === "[0 1 2]");
 * ```
 */
export function diagIndicesFrom(arr: ArrayLike): NDArray[] {
  const { shape, ndim } = toArray("diag_indices_from", arr);
  if (ndim < 2) throw new RangeError("input array must be at least 2-d");
  if (shape.some((n) => n !== shape[0])) {
    throw new RangeError("All dimensions of input must be of equal length");
  }
  return diagIndices(shape[0], ndim);
}

// -- triangles ------------------------------------------------------------------------------------

/** Options of {@linkcode trilIndices} and {@linkcode triuIndices}. */
export interface TriangleOptions {
  /** The diagonal that bounds the triangle: 0 is the main one, 1 the one above. */
  k?: number;
  /** The number of columns, if not that of rows. */
  m?: number;
}

/** More rows than it is worth to count elements of. */
const MOST_ROWS = 2 ** 28;

/** The positions of an n×m matrix from column `start(bound)` to `stop(bound)`, by rows. */
function triangle(
  name: string,
  n: number,
  given: TriangleOptions,
  start: (bound: number) => number,
  stop: (bound: number) => number,
): NDArray[] {
  const rows = toStaticInteger(n, `n argument of np.${name}`);
  const columns = toStaticInteger(given.m ?? n, `m argument of np.${name}`);
  const k = toStaticInteger(given.k ?? 0, `k argument of np.${name}`);
  if (rows > MOST_ROWS) allocate(int32, rows * Math.max(columns, 1)); // says that it is too much
  const clamped = (column: number) => Math.min(Math.max(column, 0), columns);
  let size = 0;
  for (let i = 0; i < rows; i++) size += Math.max(clamped(stop(i + k)) - clamped(start(i + k)), 0);
  const dtype = defaultDType("i");
  const all = [allocate(dtype, size), allocate(dtype, size)];
  const [setRow, setColumn] = all.map((data) => writer(dtype, data));
  let next = 0;
  for (let i = 0; i < rows; i++) {
    const end = clamped(stop(i + k));
    for (let j = clamped(start(i + k)); j < end; j++, next++) {
      setRow(next, i);
      setColumn(next, j);
    }
  }
  return all.map((data) => fromData(new ShapedArray([size], dtype), data));
}

/**
 * The indices of the lower triangle of an n×m matrix.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const [i, j] = np.trilIndices(2);
 * assert(String(i) === "[0 1 1]" && String(j) === "[0 0 1]");
 * ```
 */
export function trilIndices(
  n: number,
  k?: number | TriangleOptions,
  m?: number | TriangleOptions,
): NDArray[] {
  const given = readOptions<TriangleOptions>("tril_indices", ["k", "m"], k, m);
  return triangle("trilIndices", n, given, () => 0, (bound) => bound + 1);
}

/**
 * The indices of the upper triangle of an n×m matrix.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const [i, j] = np.triuIndices(2);
 * assert(String(i) === "[0 0 1]" && String(j) === "[0 1 1]");
 * ```
 */
export function triuIndices(
  n: number,
  k?: number | TriangleOptions,
  m?: number | TriangleOptions,
): NDArray[] {
  const given = readOptions<TriangleOptions>("triu_indices", ["k", "m"], k, m);
  return triangle("triuIndices", n, given, (bound) => bound, () => Infinity);
}

function matrixShape(name: string, arr: ArrayLike): readonly number[] {
  const { shape } = toArray(name, arr);
  if (shape.length !== 2) throw new RangeError("Only 2-D inputs are accepted");
  return shape;
}

/**
 * The indices of the lower triangle of a matrix.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.trilIndicesFrom(np.ones([3, 3]))[0].size === 6);
 * ```
 */
export function trilIndicesFrom(arr: ArrayLike, k?: number | { k?: number }): NDArray[] {
  const [n, m] = matrixShape("tril_indices_from", arr);
  const given = readOptions<{ k?: number }>("trilIndicesFrom", ["k"], k);
  return trilIndices(n, { ...given, m });
}

/**
 * The indices of the upper triangle of a matrix.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.triuIndicesFrom(np.ones([3, 3]), 1)[0].size === 3);
 * ```
 */
export function triuIndicesFrom(arr: ArrayLike, k?: number | { k?: number }): NDArray[] {
  const [n, m] = matrixShape("triu_indices_from", arr);
  const given = readOptions<{ k?: number }>("triuIndicesFrom", ["k"], k);
  return triuIndices(n, { ...given, m });
}

/**
 * The indices of an n×n matrix where a mask function such as `np.triu` leaves elements.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.maskIndices(2, np.triu)[1]) === "[0 1 1]");
 * ```
 */
export function maskIndices(
  n: number,
  maskFunc: (x: NDArray, k: number) => NDArray,
  k = 0,
  options: Pick<NonzeroOptions, "size"> = {},
): NDArray[] {
  checkFunction("np.maskIndices", "maskFunc", maskFunc);
  return nonzero(maskFunc(lax.full([n, n], 1, defaultDType("f")), k), options);
}

// -- grids ----------------------------------------------------------------------------------------

/**
 * Vectors of indices, shaped so that they broadcast to a grid: `x.at(...np.ix_(i, j))` are the
 * elements of rows `i` and columns `j`.
 *
 * @throws {RangeError} for arguments that are not vectors.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.arange(9).reshape(3, 3);
 * const part = x.at(...np.ix_(np.array([0, 2]), np.array([1, 2]))).get();
 * assert(String(part) === "[[1 2]\n [7 8]]");
 * ```
 */
export function ix_(...args: readonly ArrayLike[]): NDArray[] {
  const arrays = toArrays("ix_", ...args);
  return arrays.map((x, axis) => {
    if (x.ndim !== 1) {
      throw new RangeError(
        `Arguments to np.ix_ must be 1-dimensional, got shape ${showShape(x.shape)}`,
      );
    }
    if (x.dtype === bool) {
      throw new TypeError(
        "Boolean arguments to np.ix_ are not implemented; use np.flatnonzero(mask)",
      );
    }
    const shape = arrays.map((_, i) => i === axis ? x.size : 1);
    return x.size === 0
      ? lax.full(shape, 0, defaultDType("i"))
      : lax.broadcastInDim(x, shape, [axis]);
  });
}

// -- flattened positions --------------------------------------------------------------------------

/**
 * Positions in a flattened array as positions along each axis of a shape. Positions out of bounds
 * give the nearest ones; negative ones count from the end.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const [i, j] = np.unravelIndex(np.array([1, 5]), [2, 3]);
 * assert(String(i) === "[0 1]" && String(j) === "[1 2]");
 * ```
 */
export function unravelIndex(
  indices: ArrayLike,
  shape: number | readonly number[],
): NDArray[] {
  const lengths = (typeof shape === "number" ? [shape] : listOf("np.unravelIndex", "shape", shape))
    .map((n) => toStaticInteger(n, "shape argument of np.unravelIndex()"));
  let rest = toArray("unravel_index", indices);
  const along: NDArray[] = [];
  for (let i = lengths.length - 1; i >= 0; i--) [rest, along[i]] = divmod(rest, lengths[i]);
  const after = lax.gt(rest, 0);
  const before = rest.dtype.kind === "u" ? false : lax.lt(rest, -1);
  return along.map((position, i) =>
    whereElse(after, lengths[i] - 1, whereElse(before, 0, position))
  );
}

/** Options of {@linkcode ravelMultiIndex}. */
export interface RavelMultiIndexOptions {
  /** What to do with positions out of bounds: an error (the default), or what the mode says. */
  mode?: "raise" | "wrap" | "clip" | "ignore";
  /** Whether the last axis runs fastest (C's order, the default) or the first. */
  order?: "C" | "F";
  /** The dtype of the result. */
  dtype?: DTypeLike;
}

/**
 * Positions along each axis of a shape as positions in the flattened array.
 *
 * @throws {RangeError} for positions out of bounds in mode `"raise"`, in which they can't be traced.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const flat = np.ravelMultiIndex([np.array([0, 1]), np.array([1, 2])], [2, 3]);
 * assert(String(flat) === "[1 5]");
 * ```
 */
export function ravelMultiIndex(
  multiIndex: readonly ArrayLike[],
  dims: readonly number[],
  mode?: RavelMultiIndexOptions["mode"] | RavelMultiIndexOptions,
  order?: "C" | "F" | RavelMultiIndexOptions,
): NDArray {
  const given = readOptions<RavelMultiIndexOptions>(
    "ravel_multi_index",
    ["mode", "order", "dtype"],
    mode,
    order,
  );
  listOf("np.ravelMultiIndex", "multiIndex", multiIndex);
  listOf("np.ravelMultiIndex", "dims", dims);
  if (multiIndex.length !== dims.length) {
    throw new RangeError(
      `len(multiIndex)=${multiIndex.length} != len(dims)=${dims.length}`,
    );
  }
  const lengths = dims.map((d) => toStaticInteger(d, "`dims` argument of ravelMultiIndex()"));
  const arrays = toArrays("ravel_multi_index", ...multiIndex);
  const weakInteger = { dtype: defaultDType("i"), weakType: true };
  const dtype = optionalDType(given.dtype) ?? promote([weakInteger, ...arrays]).dtype;
  checkIndexDTypes(arrays, dtype, lengths);
  const inside = arrays.map((x, i) => boundIndex(x, lengths[i], given.mode ?? "raise"));
  let result: NDArray = convertTo(lax.full([], 0, dtype), dtype);
  stridesFor(lengths, given.order ?? "C").forEach((stride, i) => {
    result = add(result, multiply(convertTo(inside[i], dtype), stride));
  });
  return result;
}
function checkIndexDTypes(
  arrays: readonly NDArray[],
  dtype: NDArray["dtype"],
  lengths: readonly number[],
): void {
  if (!isInteger(dtype)) throw new RangeError(`dtype=${dtype.name} is not an integer type.`);
  if (product(lengths) - 1 > integerRange(dtype)[1]) {
    throw new RangeError(
      `np.ravelMultiIndex: dtype=${dtype.name} not large enough to hold flattened index for ` +
        `dims=${showShape(lengths)}. Use the dtype option to pass a suitable dtype.`,
    );
  }
  if (arrays.some((x) => !isInteger(x.dtype))) throw new TypeError("only int indices permitted");
}
function boundIndex(x: NDArray, n: number, mode: string): NDArray {
  switch (mode) {
    case "raise": {
      const known = toConcrete(
        x,
        "The error occurred because ravelMultiIndex was jit-compiled with mode='raise'. Use " +
          "mode='wrap' or mode='clip' instead.",
      );
      if (!known.toTypedArray().every((i: number | bigint) => i >= 0 && i < n)) {
        throw new RangeError("invalid entry in coordinates array");
      }
      return x;
    }
    case "clip":
      return clip(x, 0, n - 1);
    case "wrap":
      return remainder(x, n);
    case "ignore":
      return x;
    default:
      throw new RangeError(
        `invalid mode='${mode}'. Expected 'raise', 'wrap', 'clip', or 'ignore'.`,
      );
  }
}
function stridesFor(lengths: readonly number[], order: string): number[] {
  const after = (i: number) => lengths.slice(i + 1);
  const before = (i: number) => lengths.slice(0, i);
  if (order !== "C" && order !== "F") {
    throw new RangeError(`invalid order='${order}'. Expected 'C' or 'F'`);
  }
  return range(lengths.length).map((i) => product(order === "C" ? after(i) : before(i)));
}
