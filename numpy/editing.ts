/** Arrays with parts left out, put in between, or trimmed away. */
import { ConcreteArray, fromData } from "../core/array.ts";
import { range, ShapedArray } from "../core/aval.ts";
import { bool, defaultDType, int32, isInteger } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { type AxisLike, Slice } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { array } from "./array.ts";
import { toArray } from "./asarray.ts";
import { at } from "./at.ts";
import { toConcrete } from "./concrete.ts";
import { getItem } from "./gathering.ts";
import { positionsOf, sliceIndices, sliceLength } from "./indexing.ts";
import { concatenate } from "./joining.ts";
import { moveaxis, ravel } from "./manipulation.ts";
import { convertTo, whereElse } from "./promotion.ts";
import { clip } from "./rounding.ts";
import { broadcastShapes, broadcastTo, canonicalAxes, canonicalAxis, toRank } from "./shapes.ts";
import { argsort, sort } from "./sorting.ts";
import { add } from "./ufuncs.ts";
import { nonzero } from "./where.ts";

/** Positions to leave out or to insert at: a number, a slice, several numbers, a mask. */
export type Positions = ArrayLike | Slice | readonly number[] | readonly boolean[];

const ALL = new Slice(null, null, null);
/** An index of one axis that leaves the ones before it alone. */
function along(axis: number, entry: unknown): unknown[] {
  return [...Array<Slice>(axis).fill(ALL), entry];
}
/** The positions of a slice of an axis of length `n`. */
function positionsInSlice(slice: Slice, n: number): NDArray {
  const [start, stop, step] = sliceIndices(slice, n);
  const length = sliceLength([start, stop, step]);
  const data = Int32Array.from(range(length), (i) => start + i * step);
  return fromData(new ShapedArray([length], int32), data);
}

// -- delete ---------------------------------------------------------------------------------------

/** Options of `np.delete`. */
export interface DeleteOptions {
  /** The axis; the array is flattened without one. */
  axis?: number | null;
  /** Promise that no position comes twice: then positions may be traced. */
  assumeUniqueIndices?: boolean;
}

/**
 * The array without the parts at some positions along an axis.
 *
 * @throws {RangeError} for positions out of bounds, and masks of a wrong length.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.delete(np.arange(5), 1)) === "[0 2 3 4]");
 * assert(String(np.delete(np.arange(5), np.array([0, -1]))) === "[1 2 3]");
 * ```
 */
function remove(
  arr: ArrayLike,
  obj: Positions,
  axis?: number | null | DeleteOptions,
  options?: DeleteOptions,
): NDArray {
  const given = readOptions<DeleteOptions>(
    "delete",
    ["axis", "assumeUniqueIndices"],
    axis,
    options,
  );
  const flat = given.axis === null || given.axis === undefined;
  const x = flat ? ravel(arr) : toArray("delete", arr);
  const dim = flat ? 0 : canonicalAxis(given.axis!, x.ndim);
  const n = x.shape[dim];
  if (typeof obj === "number") return removeOne(x, obj, dim);
  const positions = obj instanceof Slice
    ? positionsInSlice(obj, n)
    : Array.isArray(obj)
    ? array(obj as readonly number[])
    : toArray("delete", obj as ArrayLike, 1);
  const unique = obj instanceof Slice || given.assumeUniqueIndices;
  if (isInteger(positions.dtype) && unique && !(positions instanceof ConcreteArray)) {
    return removeUnique(x, ravel(positions), dim);
  }
  const kept = positionsKept(
    toConcrete(positions, "'obj' array argument of np.delete()"),
    n,
  );
  return getItem(x, along(dim, kept));
}
export { remove as delete };

function removeOne(x: NDArray, position: number, axis: number): NDArray {
  const i = canonicalAxis(position, x.shape[axis]);
  const parts = [new Slice(0, i, null), new Slice(i + 1, null, null)];
  return concatenate(parts.map((part) => getItem(x, along(axis, part))), axis);
}
/** Positions on an axis of length `n` that are left. */
function positionsKept(removed: ConcreteArray, n: number): NDArray {
  const keep = new Uint8Array(n).fill(1);
  const data = removed.toTypedArray();
  if (removed.dtype === bool) {
    if (removed.ndim !== 1 || removed.size !== n) {
      throw new RangeError(
        "np.delete(arr, obj): for boolean indices, obj must be one-dimensional with length " +
          `matching specified axis, got ${showShape(removed.shape)} for length ${n}.`,
      );
    }
    data.forEach((remove: number | bigint, i: number) => keep[i] = Number(!remove));
  } else if (isInteger(removed.dtype) || removed.size === 0) {
    data.forEach((i: number | bigint) => {
      const position = Number(i) < 0 ? Number(i) + n : Number(i);
      if (position < 0 || position >= n) {
        throw new RangeError(`index ${i} is out of bounds for axis 0 with size ${n}`);
      }
      keep[position] = 0;
    });
  } else {
    throw new RangeError(
      `np.delete(arr, obj): got obj.dtype=${removed.dtype.name}; must be integer or bool.`,
    );
  }
  return positionsOf(fromData(new ShapedArray([n], bool), keep), int32)[0];
}
/** Without positions that differ but may be traced: those left step over the removed before them. */
function removeUnique(x: NDArray, positions: NDArray, axis: number): NDArray {
  const n = x.shape[axis];
  const wrapped = whereElse(lax.lt(positions, 0), lax.add(positions, n), positions);
  const sorted = sort(clip(wrapped, 0, n));
  const removed = lax.sub(sorted, lax.iota(sorted.dtype, sorted.size));
  const left = lax.iota(removed.dtype, Math.max(0, n - removed.size));
  const passed = lax.ge(lax.expandDims(left, [0]), lax.expandDims(removed, [1]));
  const skipped = lax.reduceSum(lax.convertElementType(passed, left.dtype), [0]);
  return getItem(x, along(axis, lax.add(left, skipped)));
}

// -- insert ---------------------------------------------------------------------------------------

/**
 * The array with values inserted before some positions along an axis.
 *
 * @throws {RangeError} unless the positions are integers, in at most one axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.insert(np.arange(3), 1, 7)) === "[0 7 1 2]");
 * assert(String(np.insert(np.arange(3), np.array([0, 3]), 7)) === "[7 0 1 2 7]");
 * ```
 */
export function insert(
  arr: ArrayLike,
  obj: Positions,
  values: ArrayLike,
  axis?: number | null | { axis?: number | null },
): NDArray {
  const { axis: given = null } = readOptions<{ axis?: number | null }>("insert", ["axis"], axis);
  const x = given === null ? ravel(arr) : toArray("insert", arr);
  const dim = given === null ? 0 : canonicalAxis(given, x.ndim);
  let indices = insertPositions(obj, x.shape[dim]);
  const flat = convertTo(toArray("insert", values, 2), x.dtype);
  let inserted = toRank(flat, x.ndim);
  if (indices.size === 1) {
    // Many values may go to one place; at a scalar position their first axis is the one of `arr`.
    if (indices.ndim === 0) inserted = moveaxis(inserted, 0, dim);
    indices = lax.broadcast(getItem(ravel(indices), [0]), [inserted.shape[dim]]);
  }
  const [count] = broadcastShapes(indices.shape, [inserted.shape[dim]]);
  return insertSorted(x, broadcastTo(indices, [count]), inserted, dim);
}
function insertPositions(obj: Positions, n: number): NDArray {
  const indices = obj instanceof Slice
    ? positionsInSlice(obj, n)
    : Array.isArray(obj)
    ? array(obj as readonly number[])
    : toArray("insert", obj as ArrayLike, 1);
  if (indices.ndim > 1) {
    throw new RangeError(
      "np.insert(): obj must be a slice, a one-dimensional array, or a scalar; got shape " +
        showShape(indices.shape),
    );
  }
  if (isInteger(indices.dtype)) return indices;
  if (indices.size === 0 && Array.isArray(obj)) return lax.full([0], 0, int32);
  throw new RangeError(
    `np.insert(): index array must be integer typed; got dtype ${indices.dtype.name}`,
  );
}
function insertSorted(x: NDArray, given: NDArray, values: NDArray, axis: number): NDArray {
  const n = x.shape[axis];
  const [count] = given.shape;
  const shape = x.shape.map((m, i) => i === axis ? n + count : m);
  const out = lax.fullLike(x, 0, { shape });
  const wrapped = whereElse(lax.lt(given, 0), add(given, n), given);
  const indices = clip(wrapped, 0, n);
  // In the result, each value comes after those inserted before it.
  const valuesAt = at(indices, argsort(indices)).add(lax.iota(indices.dtype, count));
  const mask = at(lax.full([n + count], true, bool), valuesAt).set(false);
  const [restAt] = nonzero(mask, { size: n });
  const target = x.shape.map((m, i) => i === axis ? count : m);
  const withValues = at(out, ...along(axis, valuesAt) as [Slice]).set(broadcastTo(values, target));
  return at(withValues, ...along(axis, restAt) as [Slice]).set(x);
}

// -- trimZeros ------------------------------------------------------------------------------------

/** Options of {@linkcode trimZeros}. */
export interface TrimZerosOptions {
  /** Where to trim: `"f"`ront, `"b"`ack, or both (the default). */
  trim?: string;
  /** The axes along which to trim; all by default. */
  axis?: AxisLike;
}

/**
 * The array without the zeros at its beginning and its end.
 *
 * @throws {ConcretizationTypeError} if it is traced: the length depends on the values.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.trimZeros(np.array([0, 0, 1, 0, 2, 0]))) === "[1 0 2]");
 * ```
 */
export function trimZeros(
  filt: ArrayLike,
  trim?: string | TrimZerosOptions,
  axis?: AxisLike | TrimZerosOptions,
): NDArray {
  const given = readOptions<TrimZerosOptions>("trim_zeros", ["trim", "axis"], trim, axis);
  const x = toConcrete(
    toArray("trim_zeros", filt),
    "Error arose in the `filt` argument of trimZeros()",
  );
  const { trim: ends = "fb" } = given;
  if (typeof ends !== "string") {
    throw new TypeError(`trimZeros takes a text for 'trim', such as "fb", got ${describe(ends)}`);
  }
  const where = ends.toLowerCase();
  const axes = canonicalAxes(given.axis, x.ndim);
  if (axes.length === 0 || !/[fb]/.test(where)) return x;
  const positions = positionsOf(x, defaultDType("i"));
  const index = range(x.ndim).map((i) => {
    if (!axes.includes(i)) return ALL;
    const found = Array.from(positions[i].toTypedArray(), Number);
    if (found.length === 0) return new Slice(0, 0, null);
    const [first, last] = extremes(found);
    return new Slice(
      where.includes("f") ? first : null,
      where.includes("b") ? last + 1 : null,
      null,
    );
  });
  return getItem(x, index);
}
function extremes(list: readonly number[]): [number, number] {
  let [least, most] = [list[0], list[0]];
  for (const n of list) {
    least = Math.min(least, n);
    most = Math.max(most, n);
  }
  return [least, most];
}
