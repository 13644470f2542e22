/** Arrays put together: along an axis they have, along a new one, as blocks. */
import { range } from "../core/aval.ts";
import { describe } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import { type ArrayLike, type MaybeDType, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { toArray, toArrays } from "./asarray.ts";
import { atleast1d, atleast2d, atleast3d, ravel, transpose } from "./manipulation.ts";
import { convertTo, promoteDTypes } from "./promotion.ts";
import { axesForThree, canonicalAxis, toRank } from "./shapes.ts";

/** Arrays to join: a list, or one array that stands for its parts along the first axis. */
export type Arrays = NDArray | readonly ArrayLike[];

/** Options of the functions that join arrays. */
export interface JoinOptions {
  /** The axis along which to join; `null` joins the flattened arrays. */
  axis?: number | null;
  /** The dtype of the result, if not the common one. */
  dtype?: MaybeDType;
}
const joinNames = ["axis", "dtype"] as const;

/** The arrays in the given dtype, or in their common one. */
function inOneDType(name: string, xs: readonly ArrayLike[], dtype: MaybeDType): NDArray[] {
  const given = optionalDType(dtype);
  return given === undefined
    ? promoteDTypes(name, ...xs)
    : toArrays(name, ...xs).map((x) => convertTo(x, given));
}

// -- along an axis --------------------------------------------------------------------------------

/** Throws unless there are arrays to join. Typed arrays hold numbers, not arrays. */
function checkArrays(name: string, arrays: unknown): void {
  if (Array.isArray(arrays) || arrays instanceof NDArray) return;
  throw new TypeError(
    `np.${name} takes a list of arrays, or one array for its parts; got ${describe(arrays)}`,
  );
}

/**
 * The arrays one after the other along an axis. They must agree along all others.
 *
 * @throws {RangeError} if there are no arrays, or they have no axes.
 * @throws {TypeError} if other axes differ.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.ones([2, 3]);
 * assert(np.concatenate([x, x]).shape.join() === "4,3");
 * assert(np.concatenate([x, x], 1).shape.join() === "2,6");
 * ```
 */
export function concatenate(
  arrays: Arrays,
  axis?: number | null | JoinOptions,
  options?: JoinOptions,
): NDArray {
  const { axis: along = 0, dtype } = readOptions<JoinOptions>(
    "concatenate",
    joinNames,
    axis,
    options,
  );
  checkArrays("concatenate", arrays);
  if (arrays instanceof NDArray) return joinParts(arrays, along, dtype);
  const xs = toArrays("concatenate", ...arrays);
  if (xs.length === 0) throw new RangeError("Need at least one array to concatenate.");
  if (along === null) return concatenate(xs.map((x) => ravel(x)), 0, { dtype });
  if (xs[0].ndim === 0) {
    throw new RangeError("Zero-dimensional arrays cannot be concatenated.");
  }
  return lax.concatenate(
    inOneDType("concatenate", xs, dtype),
    canonicalAxis(along, xs[0].ndim),
  );
}

/** The parts of an array along its first axis, joined: only a change of shape. */
function joinParts(x: NDArray, axis: number | null, dtype: MaybeDType): NDArray {
  const given = optionalDType(dtype);
  const y = given === undefined ? x : convertTo(x, given);
  if (y.ndim === 0 || y.shape[0] === 0) {
    throw new RangeError("Need at least one array to concatenate.");
  }
  if (axis === null) return lax.reshape(y, [y.size]);
  if (y.ndim === 1) throw new RangeError("Zero-dimensional arrays cannot be concatenated.");
  const [count, ...part] = y.shape;
  const along = canonicalAxis(axis, part.length);
  const order = [...range(along).map((i) => i + 1), 0];
  return lax.reshape(
    y,
    part.map((n, i) => i === along ? count * n : n),
    [...order, ...range(y.ndim).slice(along + 1)],
  );
}

/**
 * {@linkcode concatenate} by the array API's name.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.concat([np.ones(2), np.ones(3)]).shape.join() === "5");
 * ```
 */
export function concat(
  arrays: Arrays,
  axis?: number | null | JoinOptions,
  options?: JoinOptions,
): NDArray {
  return concatenate(arrays, axis, options);
}

/**
 * The arrays, all of one shape, along a new axis.
 *
 * @throws {RangeError} if there are none, or shapes differ.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.stack([np.arange(2), np.arange(2)], 1)) === "[[0 0]\n [1 1]]");
 * ```
 */
export function stack(
  arrays: Arrays,
  axis?: number | JoinOptions,
  options?: JoinOptions,
): NDArray {
  const { axis: along = 0, dtype } = readOptions<JoinOptions>("stack", joinNames, axis, options);
  checkArrays("stack", arrays);
  if (arrays.length === 0) throw new RangeError("Need at least one array to stack.");
  if (arrays instanceof NDArray) {
    const at = canonicalAxis(along ?? 0, arrays.ndim);
    return concatenate(lax.expandDims(arrays, [at + 1]), at, { dtype });
  }
  return lax.stack(inOneDType("stack", arrays, dtype), along ?? 0);
}

/**
 * `arr` with `values` at its end along an axis; without one, both are flattened.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.append(np.arange(3), 7)) === "[0 1 2 7]");
 * ```
 */
export function append(
  arr: ArrayLike,
  values: ArrayLike,
  axis?: number | null | { axis?: number | null },
): NDArray {
  const { axis: along = null } = readOptions<{ axis?: number | null }>("append", ["axis"], axis);
  return named(
    "append",
    toArrays("append", arr, values),
    (x, y) => along === null ? concatenate([ravel(x), ravel(y)], 0) : concatenate([x, y], along),
    along,
  );
}

// -- as rows, columns, layers ---------------------------------------------------------------------

/** Options of the functions that stack arrays along a fixed axis. */
export type StackOptions = Pick<JoinOptions, "dtype">;

/** The parts of an array along its first axis, each with new axes; `axes` counts in a part. */
function expandParts(x: NDArray, axes: readonly number[]): NDArray {
  return lax.expandDims(x, axes.map((i) => i + 1));
}

/**
 * The arrays below each other: vectors count as rows.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.vstack([np.arange(3), np.ones([2, 3])]).shape.join() === "3,3");
 * ```
 */
export function vstack(tup: Arrays, options: StackOptions = {}): NDArray {
  checkArrays("vstack", tup);
  const rows = tup instanceof NDArray
    ? expandParts(tup, range(Math.max(0, 3 - tup.ndim)))
    : tup.map((x) => atleast2d(x));
  return concatenate(rows, 0, options);
}

/**
 * The arrays beside each other: along axis 1, or the only one of vectors.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.hstack([np.ones([2, 3]), np.ones([2, 1])]).shape.join() === "2,4");
 * assert(np.hstack([np.ones(3), np.ones(1)]).shape.join() === "4");
 * ```
 */
export function hstack(tup: Arrays, options: StackOptions = {}): NDArray {
  checkArrays("hstack", tup);
  const parts = tup instanceof NDArray
    ? expandParts(tup, range(Math.max(0, 2 - tup.ndim)))
    : tup.map((x) => atleast1d(x));
  const rank = parts instanceof NDArray ? parts.ndim - 1 : parts[0]?.ndim;
  return concatenate(parts, rank === 1 ? 0 : 1, options);
}

/**
 * The arrays behind each other, along axis 2: matrices count as layers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.dstack([np.ones([2, 3]), np.ones([2, 3])]).shape.join() === "2,3,2");
 * ```
 */
export function dstack(tup: Arrays, options: StackOptions = {}): NDArray {
  checkArrays("dstack", tup);
  const layers = tup instanceof NDArray
    ? expandParts(tup, axesForThree(tup.ndim - 1))
    : tup.map((x) => atleast3d(x));
  return concatenate(layers, 2, options);
}

/**
 * The arrays beside each other: vectors count as columns.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.columnStack([np.arange(3), np.ones(3)]);
 * assert(x.shape.join() === "3,2");
 * ```
 */
export function columnStack(tup: Arrays): NDArray {
  checkArrays("columnStack", tup);
  if (tup instanceof NDArray) {
    const columns = tup.ndim < 3 ? expandParts(tup, tup.ndim === 1 ? [0, 1] : [1]) : tup;
    return concatenate(columns, 1);
  }
  const columns = toArrays("column_stack", ...tup)
    .map((x) => x.ndim < 2 ? transpose(atleast2d(x)) : x);
  return concatenate(columns, 1);
}

// -- blocks ---------------------------------------------------------------------------------------

/** Arrays in nested lists, as blocks of a larger array. */
export type Blocks = ArrayLike | readonly Blocks[];

/**
 * An array of blocks: the innermost lists are joined along the last axis, the lists around them
 * along the one before, and so on.
 *
 * @throws {RangeError} if a list is empty, or lists are nested unevenly.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const [a, b] = [np.ones([2, 2]), np.zeros([2, 1])];
 * assert(np.block([[a, b], [b, a]]).shape.join() === "4,3");
 * ```
 */
export function block(arrays: Blocks): NDArray {
  const leaves: ArrayLike[] = [];
  const collect = (part: Blocks): unknown =>
    Array.isArray(part) ? part.map(collect) : leaves.push(part as ArrayLike) - 1;
  const structure = collect(arrays);
  return named(
    "block",
    leaves.map((x) => toArray("block", x)),
    (...xs) => joinBlocks(structure, xs)[0],
    structure,
  );
}
/** The array of a structure of positions in `xs`, and the depth of its nesting plus one. */
function joinBlocks(structure: unknown, xs: readonly NDArray[]): [NDArray, number] {
  if (!Array.isArray(structure)) return [xs[structure as number], 1];
  if (structure.length === 0) {
    throw new RangeError("np.block does not allow empty list arguments");
  }
  const parts = structure.map((s) => joinBlocks(s, xs));
  const depth = parts[0][1];
  if (parts.some(([, d]) => d !== depth)) {
    throw new RangeError("Mismatched list depths in np.block");
  }
  const rank = Math.max(depth, ...parts.map(([x]) => x.ndim));
  const blocks = parts.map(([x]) => toRank(x, rank));
  return [concatenate(blocks, -depth), depth + 1];
}
