/** Matrices and grids made of positions: identities, triangles, coordinates, powers. */
import { range } from "../core/aval.ts";
import { defaultDType, float32, int32, isInteger } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { checkFunction, checkObject } from "../core/checks.ts";
import { Slice } from "../core/methods.ts";
import { isOptions, readOptions } from "../core/options.ts";
import { toStaticInteger } from "../core/stage.ts";
import type { ArrayLike, MaybeDType, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray, toArrays, userDType } from "./asarray.ts";
import { power } from "./powers.ts";
import { convertTo, promoteDTypes } from "./promotion.ts";
import { arange } from "./ranges.ts";
import { broadcastTo, canonicalShape, type ShapeLike } from "./shapes.ts";

// -- matrices -----------------------------------------------------------------------------------

/** Options of {@linkcode eye} and {@linkcode tri}. */
export interface MatrixOptions {
  /** How many columns; by default, as many as rows. */
  M?: number | null;
  /** Which diagonal: 0 is the main one, those above it are positive. */
  k?: number | NDArray;
  /** The type of the elements; float32 by default. */
  dtype?: MaybeDType;
}
const MATRIX = ["M", "k", "dtype"] as const;

/**
 * A matrix with ones on a diagonal, zeros elsewhere.
 *
 * @throws {RangeError} if a length is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.eye(2, 3, 1, "int32")) === "[[0 1 0]\n [0 0 1]]");
 * ```
 */
export function eye(
  N: number,
  M?: number | null | MatrixOptions,
  k?: number | NDArray | MatrixOptions,
  dtype?: MaybeDType | MatrixOptions,
  options?: MatrixOptions,
): NDArray {
  const given = readOptions<MatrixOptions>("eye", MATRIX, M, k, dtype, options);
  const target = userDType("eye", given.dtype ?? defaultDType("f"));
  const offset = toArray("eye", given.k ?? 0);
  if (offset.ndim > 0 || !isInteger(offset.dtype)) {
    throw new RangeError(`k must be a scalar integer; got ${given.k}`);
  }
  const lengths = [N, given.M ?? N];
  if (lengths.some((n) => typeof n === "number" && n < 0)) {
    throw new RangeError(
      `negative dimensions are not allowed, got ${N} and ${given.M ?? "None"}`,
    );
  }
  const shape = lengths.flatMap((n, i) =>
    canonicalShape([n], `argument of '${i === 0 ? "N" : "M"}' np.eye()`)
  );
  const rows = lax.broadcastedIota(offset.dtype, shape, 0);
  const columns = lax.broadcastedIota(offset.dtype, shape, 1);
  return convertTo(lax.eq(lax.add(rows, convertTo(offset, offset.dtype)), columns), target);
}

/** Options of {@linkcode identity}. */
export interface IdentityOptions {
  /** The type of the elements; float32 by default. */
  dtype?: MaybeDType;
}

/**
 * The identity matrix.
 *
 * @throws {RangeError} if `n` is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.identity(2)) === "[[1. 0.]\n [0. 1.]]");
 * ```
 */
export function identity(
  n: number,
  dtype?: MaybeDType | IdentityOptions,
  options?: IdentityOptions,
): NDArray {
  const given = readOptions<IdentityOptions>("identity", ["dtype"], dtype, options);
  return eye(n, { dtype: given.dtype });
}

/**
 * A matrix with ones on a diagonal and below it, zeros above.
 *
 * @throws {TypeError} if a length is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.tri(2, 3, 0, "int32")) === "[[1 0 0]\n [1 1 0]]");
 * ```
 */
export function tri(
  N: number,
  M?: number | null | MatrixOptions,
  k?: number | NDArray | MatrixOptions,
  dtype?: MaybeDType | MatrixOptions,
  options?: MatrixOptions,
): NDArray {
  const given = readOptions<MatrixOptions>("tri", MATRIX, M, k, dtype, options);
  const target = userDType("tri", given.dtype ?? float32);
  const offset = toStaticInteger(given.k ?? 0, "'k' argument of np.tri");
  const shape = [N, given.M ?? N];
  const row = lax.add(lax.broadcastedIota(int32, shape, 0), offset);
  return convertTo(lax.ge(row, lax.broadcastedIota(int32, shape, 1)), target);
}

/** Options of {@linkcode vander}. */
export interface VanderOptions {
  /** How many powers; by default, as many as elements. */
  N?: number | null;
  /** From power 0 up; by default, down to power 0. */
  increasing?: boolean;
}

/**
 * The Vandermonde matrix: in each row, the powers of an element.
 *
 * @throws {RangeError} if `x` is not one-dimensional or `N` is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.vander(np.array([2, 3]), 3)) === "[[4 2 1]\n [9 3 1]]");
 * ```
 */
export function vander(
  x: ArrayLike,
  N?: number | null | VanderOptions,
  increasing?: boolean | VanderOptions,
  options?: VanderOptions,
): NDArray {
  const names = ["N", "increasing"] as const;
  const given = readOptions<VanderOptions>("vander", names, N, increasing, options);
  const ascending = given.increasing ?? false;
  return named("vander", toArrays("vander", x), (x) => {
    if (x.ndim !== 1) throw new RangeError("x must be a one-dimensional array");
    const count = toStaticInteger(given.N ?? x.shape[0], "'N' argument of np.vander");
    if (count < 0) throw new RangeError("N must be nonnegative");
    const up = lax.iota(x.dtype, count);
    const exponents = ascending ? up : lax.sub(count - 1, up);
    return power(lax.expandDims(x, [1]), lax.expandDims(exponents, [0]));
  }, [given.N ?? null, ascending]);
}

// -- grids --------------------------------------------------------------------------------------

/** Options of {@linkcode meshgrid}. */
export interface MeshgridOptions {
  /** Whether the first input runs along columns (`"xy"`, the default) or along rows (`"ij"`). */
  indexing?: "xy" | "ij";
  /** Leave axes of length 1 where broadcasting fills them. */
  sparse?: boolean;
  /** Accepted for NumPy's sake; must be true. */
  copy?: boolean;
}

/**
 * The coordinates of all points of a grid, one array for each axis.
 *
 * @throws {RangeError} unless all inputs are one-dimensional.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const [x, y] = np.meshgrid(np.arange(3), np.arange(2));
 * assert(x.shape.join() === "2,3" && String(y) === "[[0 0 0]\n [1 1 1]]");
 * ```
 */
export function meshgrid(...args: readonly (ArrayLike | MeshgridOptions)[]): NDArray[] {
  const last = args[args.length - 1];
  const options = isOptions(last) ? last as MeshgridOptions : undefined;
  const names = ["indexing", "sparse", "copy"] as const;
  const given = readOptions<MeshgridOptions>("meshgrid", names, options);
  const inputs = (options === undefined ? args : args.slice(0, -1)) as readonly ArrayLike[];
  const { indexing = "xy", sparse = false } = given;
  if (given.copy === false) throw new RangeError("np.meshgrid only supports copy=true");
  if (indexing !== "xy" && indexing !== "ij") {
    throw new RangeError(`Valid values for indexing are 'xy' and 'ij', got ${indexing}`);
  }
  const xs = toArrays("meshgrid", ...inputs);
  if (xs.some((x) => x.ndim !== 1)) {
    const shapes = xs.map((x) => showShape(x.shape)).join(", ");
    throw new RangeError(`Arguments to np.meshgrid must be 1D, got shapes [${shapes}]`);
  }
  // The input that runs along each axis of the grid.
  const order = range(xs.length);
  if (indexing === "xy" && xs.length >= 2) [order[0], order[1]] = [1, 0];
  const full = order.map((i) => xs[i].shape[0]);
  const alone = order.map(() => 1);
  const grids: NDArray[] = [];
  order.forEach((i, axis) => {
    const shape = sparse ? alone.with(axis, full[axis]) : full;
    grids[i] = lax.broadcastInDim(xs[i], shape, [axis]);
  });
  return grids;
}

/** Options of {@linkcode indices}. */
export interface IndicesOptions {
  /** The type of the elements; int32 by default. */
  dtype?: MaybeDType;
  /** Give a list of arrays with axes of length 1 where broadcasting fills them. */
  sparse?: boolean;
}

/**
 * The index of each element of an array of that shape: one array for each axis, stacked.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const [rows, columns] = np.indices([2, 3]);
 * assert(String(rows) === "[[0 0 0]\n [1 1 1]]" && columns.shape.join() === "2,3");
 * ```
 */
export function indices(
  dimensions: readonly number[],
  options: IndicesOptions & { sparse: true },
): NDArray[];
/** The indices, stacked. */
export function indices(
  dimensions: readonly number[],
  dtype?: MaybeDType | IndicesOptions,
  options?: IndicesOptions,
): NDArray;
export function indices(
  dimensions: readonly number[],
  dtype?: MaybeDType | IndicesOptions,
  options?: IndicesOptions,
): NDArray | NDArray[] {
  const given = readOptions<IndicesOptions>("indices", ["dtype", "sparse"], dtype, options);
  const target = userDType("indices", given.dtype ?? defaultDType("i"));
  const shape = canonicalShape(dimensions, "dimensions argument of np.indices");
  const alone = shape.map(() => 1);
  const parts = shape.map((n, i) =>
    lax.broadcastInDim(lax.iota(target, n), given.sparse ? alone.with(i, n) : shape, [i])
  );
  if (given.sparse) return parts;
  return parts.length === 0 ? lax.full([0], 0, target) : lax.stack(parts, 0);
}

/**
 * An array whose elements are a function of their index. The function is called once, with the
 * indices along each axis as arrays, so it must work elementwise.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const x = np.fromfunction((i, j) => np.add(np.multiply(i, 10), j), [2, 3], { dtype: "int32" });
 * assert(String(x) === "[[ 0  1  2]\n [10 11 12]]");
 * ```
 */
export function fromfunction(
  f: (...indices: NDArray[]) => ArrayLike,
  shape: ShapeLike,
  options: { dtype?: MaybeDType } = {},
): NDArray {
  checkFunction("np.fromfunction", "its first argument", f);
  checkObject("np.fromfunction", "the options", options);
  const lengths = canonicalShape(shape, "shape argument of np.fromfunction()");
  const dtype = userDType("fromfunction", options.dtype ?? defaultDType("f"));
  const grid = lengths.map((n, i) => lax.broadcastInDim(lax.iota(dtype, n), lengths, [i]));
  return broadcastTo(toArray("fromfunction", f(...grid)), lengths);
}

function gridOf(name: string, slices: readonly Slice[]): NDArray[] {
  const ranges = slices.map((part, i) => {
    if (!(part instanceof Slice)) {
      throw new TypeError(`np.${name} takes slices, got ${describe(part)} at position ${i}`);
    }
    const { start, stop, step } = part;
    if (stop === null) throw new TypeError(`np.${name} needs slices with a stop`);
    return arange(start ?? 0, stop, step ?? 1);
  });
  return ranges.length === 0 ? [] : promoteDTypes(name, ...ranges);
}

/**
 * A dense grid over ranges, stacked: `np.mgrid(slice(0, 2), slice(0, 3))` is `np.mgrid[0:2, 0:3]` in
 * Python. One range gives itself.
 *
 * @example
 * ```ts
 * import { numpy as np, slice } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.mgrid(slice(0, 2), slice(0, 3)).shape.join() === "2,2,3");
 * ```
 */
export function mgrid(...slices: readonly Slice[]): NDArray {
  const ranges = gridOf("mgrid", slices);
  if (ranges.length === 0) return arange(0);
  if (ranges.length === 1) return ranges[0];
  return lax.stack(meshgrid(...ranges, { indexing: "ij" }), 0);
}

/**
 * An open grid over ranges: arrays that broadcast to {@linkcode mgrid}'s. One range gives itself,
 * in a list.
 *
 * @example
 * ```ts
 * import { numpy as np, slice } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const [i, j] = np.ogrid(slice(0, 2), slice(0, 3));
 * assert(i.shape.join() === "2,1" && j.shape.join() === "1,3");
 * ```
 */
export function ogrid(...slices: readonly Slice[]): NDArray[] {
  const ranges = gridOf("ogrid", slices);
  return ranges.length < 2 ? ranges : meshgrid(...ranges, { indexing: "ij", sparse: true });
}
