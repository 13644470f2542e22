/** Elements repeated: whole arrays side by side, or each element by itself. */
import { type ConcreteArray, fromData } from "../core/array.ts";
import { product, range, ShapedArray } from "../core/aval.ts";
import { int32 } from "../core/dtype.ts";
import { named } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray } from "./asarray.ts";
import { at } from "./at.ts";
import { toConcrete } from "./concrete.ts";
import { cumsum } from "./cumulative.ts";
import { roll } from "./rearranging.ts";
import {
  broadcastShapes,
  broadcastTo,
  canonicalAxis,
  canonicalShape,
  type ShapeLike,
} from "./shapes.ts";
import { take } from "./take.ts";

/**
 * The array repeated along each axis, as often as `reps` says; missing entries are 1, additional
 * ones make new axes in front.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.tile(np.array([1, 2]), [2, 2])) === "[[1 2 1 2]\n [1 2 1 2]]");
 * ```
 */
export function tile(A: ArrayLike, reps: ShapeLike): NDArray {
  const x = toArray("tile", A);
  const given = canonicalShape(reps);
  const rank = Math.max(x.ndim, given.length);
  const times = [...Array<number>(rank - given.length).fill(1), ...given];
  return lax.tile(lax.expandDims(x, range(rank - x.ndim)), times);
}

/** A vector of a given length: cut, or its beginning repeated after its end. */
export function tileToSize(x: NDArray, size: number): NDArray {
  const tiled = x.size < size ? tile(x, Math.ceil(size / x.size)) : x;
  return tiled.size > size ? lax.slice(tiled, [0], [size]) : tiled;
}

/**
 * The elements, in order and repeated as often as it takes, in a new shape.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.resize(np.array([1, 2, 3]), [2, 2])) === "[[1 2]\n [3 1]]");
 * ```
 */
export function resize(a: ArrayLike, newShape: ShapeLike): NDArray {
  const x = toArray("resize", a);
  const list = typeof newShape === "number" ? [newShape] : newShape;
  if (Array.isArray(list) && list.some((n) => n < 0)) {
    throw new RangeError("all elements of `newShape` must be non-negative");
  }
  const shape = canonicalShape(newShape);
  const size = product(shape);
  return named("resize", [x], (x) => {
    if (x.size === 0 || size === 0) return lax.fullLike(x, 0, { shape });
    const flat = lax.reshape(x, [x.size]);
    const times = tile(flat, Math.ceil(size / x.size));
    return lax.reshape(times.size > size ? lax.slice(times, [0], [size]) : times, shape);
  }, shape);
}

/** Options of {@linkcode repeat}. */
export interface RepeatOptions {
  /** The axis along which to repeat; the array is flattened without one. */
  axis?: number | null;
  /** The length of the result along the axis: then `repeats` may be traced. */
  totalRepeatLength?: number;
}

/**
 * Each element repeated, all equally often or each by its own number.
 *
 * @throws {RangeError} if there is not a number for each element.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.repeat(np.array([3, 5]), 2)) === "[3 3 5 5]");
 * assert(String(np.repeat(np.array([3, 5]), [1, 2])) === "[3 5 5]");
 * ```
 */
export function repeat(
  a: ArrayLike,
  repeats: ArrayLike | readonly number[],
  axis?: number | null | RepeatOptions,
  options?: RepeatOptions,
): NDArray {
  const given = readOptions<RepeatOptions>(
    "repeat",
    ["axis", "totalRepeatLength"],
    axis,
    options,
  );
  const array = toArray("repeat", a);
  const flat = given.axis === null || given.axis === undefined;
  const x = flat ? lax.reshape(array, [array.size]) : array;
  const along = flat ? 0 : canonicalAxis(given.axis!, x.ndim);
  if (given.totalRepeatLength !== undefined) {
    const counts = Array.isArray(repeats)
      ? countsArray(repeats)
      : toArray("repeat", repeats as ArrayLike, 1);
    return repeatTo(x, counts, along, given.totalRepeatLength);
  }
  const counts = Array.isArray(repeats) ? countsArray(repeats) : toConcrete(
    toArray("repeat", repeats as ArrayLike, 1),
    "When jit-compiling np.repeat, the total number of repeats must be static. To fix this, " +
      "either specify a static value for `repeats`, or pass a static value to " +
      "`totalRepeatLength`.",
  );
  return counts.ndim === 0
    ? repeatEqually(x, Number(counts.item()), along)
    : take(x, positions(counts, x.shape[along]), along);
}
function countsArray(list: readonly number[]): ConcreteArray {
  list.forEach(checkCount);
  return fromData(new ShapedArray([list.length], int32), Int32Array.from(list));
}

function checkCount(n: number): void {
  if (Number.isInteger(n) && n >= 0) return;
  throw new RangeError(`repeats must be integers and not negative, got ${n}`);
}
function repeatEqually(x: NDArray, times: number, axis: number): NDArray {
  checkCount(times);
  const shape = [...x.shape.slice(0, axis + 1), times, ...x.shape.slice(axis + 1)];
  const copies = lax.broadcastInDim(x, shape, range(shape.length).filter((i) => i !== axis + 1));
  return lax.reshape(copies, x.shape.map((n, i) => i === axis ? n * times : n));
}

/** The position of each element of the result along an axis of length `n`. */
function positions(counts: ConcreteArray, n: number): NDArray {
  const given = Array.from(counts.toTypedArray(), Number);
  given.forEach(checkCount);
  if (given.length !== 1 && given.length !== n) {
    throw new RangeError(
      `operands could not be broadcast together with remapped shapes [original->remapped]: ` +
        `(${given.length},) and requested shape (${n},): repeats must have a number for each element`,
    );
  }
  const each = range(n).map((i) => given.length === 1 ? given[0] : given[i]);
  const data = Int32Array.from(each.flatMap((times, i) => Array<number>(times).fill(i)));
  return fromData(new ShapedArray([data.length], int32), data);
}

/**
 * Repeats to a length that is known, by numbers that may be traced: each element marks where its
 * copies begin, and the marks up to a place count the element that is there.
 */
function repeatTo(x: NDArray, repeats: NDArray, axis: number, length: number): NDArray {
  const n = x.shape[axis];
  const shape = x.shape.map((m, i) => i === axis ? length : m);
  const counts = broadcastTo(lax.reshape(repeats, [repeats.size]), broadcastShapes([n]));
  if (length === 0) return lax.fullLike(x, 0, { shape });
  if (n === 0) return x;
  const starts = cumsum(at(roll(counts, 1), 0).set(0));
  const marks = at(lax.full([length], 0, int32), starts).add(1);
  return take(x, lax.sub(cumsum(marks), 1), axis);
}
