/**
 * Sets: unions, intersections and differences of arrays' elements. The size of a result depends on
 * values; a static `size` makes the functions fit for `jit`.
 */
import { bool, defaultDType, int32 } from "../core/dtype.ts";
import { named } from "../core/call.ts";
import { checkObject } from "../core/checks.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArray } from "./asarray.ts";
import { toConcrete } from "./concrete.ts";
import { getItem } from "./gathering.ts";
import {
  differsFromPrevious,
  groupRows,
  rows,
  rowsOr,
  toFill,
  toSize,
  truePositions,
  UNIQUE_CONTEXT,
} from "./masks.ts";
import { promoteDTypes } from "./promotion.ts";
import { type SizeOptions, unique } from "./unique.ts";

/** Options of functions of two sets. */
export interface SetOptions extends SizeOptions {
  /** A promise that the arrays have distinct elements. */
  assumeUnique?: boolean;
}
const SET_NAMES = ["assumeUnique", "size", "fillValue"] as const;

/** Two arguments, each in one row. */
function toRows(
  name: string,
  x: ArrayLike,
  y: ArrayLike,
  size: number | undefined,
  context: string,
): [NDArray, NDArray] {
  const arrays = [toArray(name, x), toArray(name, y, 1)];
  if (size === undefined) arrays.forEach((a) => toConcrete(a, context));
  return arrays.map((a) => lax.reshape(a, [a.size])) as [NDArray, NDArray];
}

/** The smallest of the first `count` elements, or 0 if there are none. */
function smallest(x: NDArray, exist: NDArray): NDArray {
  if (x.size === 0) return constantLike(x, 0);
  const first = getItem(x, [0]);
  const any = lax.reduceOr(exist, [0]);
  const start = lax.select(any, first, constantLike(first, 0));
  const known = lax.select(exist, x, lax.broadcastInDim(start, x.shape, []));
  return lax.reduceMin(known, [0]);
}

/** The elements under a mask; where there are not enough, the smallest of them, or `fill`. */
function choose(
  x: NDArray,
  positions: NDArray,
  size: number | undefined,
  fill: NDArray | undefined,
): NDArray {
  if (size === undefined) return rows(x, positions);
  if (fill !== undefined || x.size === 0) return rowsOr(x, positions, fill);
  const found = rowsOr(x, positions, constantLike(x, 0));
  const exist = lax.lt(positions, constantLike(positions, x.size));
  return lax.select(exist, found, lax.broadcastInDim(smallest(found, exist), found.shape, []));
}

// -- one set and another ------------------------------------------------------------------------

/**
 * The elements of either array, sorted, each once. Follows `jax.numpy.union1d`.
 *
 * @throws {ConcretizationTypeError} if an array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.union1d(np.array([1, 3]), np.array([3, 2]))) === "[1 2 3]");
 * ```
 */
export function union1d(x: ArrayLike, y: ArrayLike, options: SizeOptions = {}): NDArray {
  checkObject("np.union1d", "the options", options);
  const context = "The error arose in union1d()";
  const size = toSize(options.size, context);
  const [a, b] = toRows("union1d", x, y, size, context);
  return unique(lax.concatenate(promoteDTypes("union1d", a, b), 0), {
    size: size ?? null,
    fillValue: options.fillValue ?? null,
  });
}

/**
 * The elements of the first array that the second does not have, sorted, each once; in their own
 * order if `assumeUnique`. With `size`, filled up with 0 if not said otherwise. Follows
 * `jax.numpy.setdiff1d`.
 *
 * @throws {ConcretizationTypeError} if an array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([4, 1, 2, 3]);
 * assert(String(np.setdiff1d(x, np.array([3, 5]))) === "[1 2 4]");
 * assert(String(np.setdiff1d(x, np.array([3, 5]), { size: 4 })) === "[1 2 4 0]");
 * ```
 */
export function setdiff1d(
  x: ArrayLike,
  y: ArrayLike,
  assumeUnique?: boolean | SetOptions,
  options?: SetOptions,
): NDArray {
  const read = readOptions<SetOptions>("setdiff1d", SET_NAMES, assumeUnique, options);
  const context = "The error arose in setdiff1d()";
  const size = toSize(read.size, context);
  const [a, b] = toRows("setdiff1d", x, y, size, context);
  const fill = toFill("setdiff1d", a, read.fillValue) ?? constantLike(a, 0);
  if (a.size === 0) return lax.broadcastInDim(fill, [size ?? 0], []);
  if (read.assumeUnique) {
    return choose(a, truePositions(isin(a, b, { invert: true }), size, context), size, fill);
  }
  const { sorted, isFirst } = groupRows(a, true);
  const mask = lax.bitwiseAnd(isFirst, isin(sorted, b, { invert: true }));
  return choose(sorted, truePositions(mask, size, context), size, fill);
}

// Note [Merged sets]
//
// Both arrays are sorted as one, stably, so that among equal elements those of the first array come
// first. An element that both have is where, within a run of equal ones, the second array begins.

interface Merged {
  readonly sorted: NDArray;
  /** Where each element comes from, in the first array followed by the second. */
  readonly order: NDArray;
  readonly fromSecond: NDArray;
  /** Whether the element begins a run of equal ones. NaNs are equal only within an array. */
  readonly isFirst: NDArray;
}

function merge(a: NDArray, b: NDArray): Merged {
  const all = lax.concatenate([a, b], 0);
  const [sorted, order] = lax.sortKeyVal(all, lax.iota(defaultDType("i"), all.size));
  const fromSecond = lax.ge(order, lax.fullLike(order, a.size));
  const withinArray = lax.bitwiseNot(differsFromPrevious(fromSecond, false));
  const differs = lax.select(
    withinArray,
    differsFromPrevious(sorted, true),
    differsFromPrevious(sorted, false),
  );
  return { sorted, order, fromSecond, isFirst: differs };
}

/** For each element, the position at which its run begins. */
function runStarts(isFirst: NDArray): NDArray {
  const positions = lax.iota(int32, isFirst.size);
  return lax.cummax(lax.select(isFirst, positions, lax.fullLike(positions, 0)));
}

/** Options of {@linkcode intersect1d}. */
export interface IntersectOptions extends SetOptions {
  /** Give the position of each element in either array as well. */
  returnIndices?: boolean;
}

/**
 * The elements that both arrays have, sorted, each once; with `returnIndices`, a list of them and
 * of their first positions in either array (with `size`, its length where there are no more).
 * Follows `jax.numpy.intersect1d`.
 *
 * @throws {ConcretizationTypeError} if an array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([4, 1, 3]);
 * const y = np.array([3, 4, 7]);
 * assert(String(np.intersect1d(x, y)) === "[3 4]");
 * const [, i, j] = np.intersect1d(x, y, { returnIndices: true });
 * assert(String(i) === "[2 0]" && String(j) === "[0 1]");
 * ```
 */
export function intersect1d(
  x: ArrayLike,
  y: ArrayLike,
  options?: SetOptions & { returnIndices?: false },
): NDArray;
/** With positions: a list. */
export function intersect1d(x: ArrayLike, y: ArrayLike, options: IntersectOptions): NDArray[];
/** Options by position. */
export function intersect1d(
  x: ArrayLike,
  y: ArrayLike,
  assumeUnique?: boolean,
  returnIndices?: boolean | IntersectOptions,
  options?: IntersectOptions,
): NDArray | NDArray[];
export function intersect1d(
  x: ArrayLike,
  y: ArrayLike,
  ...args: readonly unknown[]
): NDArray | NDArray[] {
  const names = ["assumeUnique", "returnIndices", "size", "fillValue"] as const;
  const read = readOptions<IntersectOptions>("intersect1d", names, ...args);
  const size = toSize(read.size, UNIQUE_CONTEXT);
  const [a, b] = promoteDTypes("intersect1d", ...toRows("intersect1d", x, y, size, UNIQUE_CONTEXT));
  const fill = toFill("intersect1d", a, read.fillValue);
  // See Note [Merged sets].
  const { sorted, order, fromSecond, isFirst } = merge(a, b);
  const secondBegins = lax.bitwiseAnd(fromSecond, differsFromPrevious(fromSecond, false));
  const mask = lax.bitwiseAnd(secondBegins, lax.bitwiseNot(isFirst));
  const positions = truePositions(mask, size, UNIQUE_CONTEXT);
  const starts = runStarts(isFirst);
  const values = choose(rows(sorted, starts), positions, size, fill);
  if (!read.returnIndices) return values;
  const length = (z: NDArray) => constantLike(order, z.size);
  const first = rowsOr(rows(order, starts), positions, length(a));
  const second = rowsOr(lax.sub(order, lax.fullLike(order, a.size)), positions, length(b));
  return [values, first, second];
}

/**
 * The elements that one array has and the other does not, sorted, each once. Follows
 * `jax.numpy.setxor1d`.
 *
 * @throws {ConcretizationTypeError} if an array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.setxor1d(np.array([4, 1, 3]), np.array([3, 7]))) === "[1 4 7]");
 * ```
 */
export function setxor1d(
  x: ArrayLike,
  y: ArrayLike,
  assumeUnique?: boolean | SetOptions,
  options?: SetOptions,
): NDArray {
  const read = readOptions<SetOptions>("setxor1d", SET_NAMES, assumeUnique, options);
  const size = toSize(read.size, UNIQUE_CONTEXT);
  const [a, b] = promoteDTypes("setxor1d", ...toRows("setxor1d", x, y, size, UNIQUE_CONTEXT));
  const fill = toFill("setxor1d", a, read.fillValue);
  // See Note [Merged sets]. A run that begins and ends in one array is of that array only.
  const { sorted, fromSecond, isFirst } = merge(a, b);
  const n = sorted.size;
  if (n === 0) return choose(sorted, lax.full([size ?? 0], 0, int32), size, fill);
  const isLast = lax.concatenate([lax.sliceInDim(isFirst, 1, n), lax.full([1], true, bool)], 0);
  const sameArray = lax.eq(fromSecond, rows(fromSecond, runStarts(isFirst)));
  const mask = lax.bitwiseAnd(isLast, sameArray);
  return choose(sorted, truePositions(mask, size, UNIQUE_CONTEXT), size, fill);
}

// -- membership ---------------------------------------------------------------------------------

const METHODS: readonly unknown[] = ["compare_all", "binary_search", "sort", "auto"];
/** Comparisons of every pair, up to which they cost less than a sort. */
const FEW_PAIRS = 2 ** 16;

/** Options of {@linkcode isin}. */
export interface IsinOptions {
  /** A promise that the arrays have distinct elements. */
  assumeUnique?: boolean;
  /** Say of each element whether it is not among the others. */
  invert?: boolean;
  /** How to look: compare every pair, or sort and search; `"auto"` by the number of pairs. */
  method?: "compare_all" | "binary_search" | "sort" | "auto";
}

/**
 * Whether each element of the first array is among those of the second. NaN is not equal to itself.
 * Follows `jax.numpy.isin`.
 *
 * @throws {RangeError} for an unknown method.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([[1, 2], [3, 4]]);
 * assert(String(np.isin(x, np.array([4, 1])).tolist()) === "true,false,false,true");
 * ```
 */
export function isin(
  x: ArrayLike,
  elements: ArrayLike,
  assumeUnique?: boolean | IsinOptions,
  invert?: boolean | IsinOptions,
  options?: IsinOptions,
): NDArray {
  const names = ["assumeUnique", "invert", "method"] as const;
  const read = readOptions<IsinOptions>("isin", names, assumeUnique, invert, options);
  const { invert: absent = false, method = "auto" } = read;
  if (!METHODS.includes(method)) {
    throw new RangeError(
      `method='${method}' is not implemented; options are 'compare_all', 'binary_search', ` +
        "'sort', and 'auto'",
    );
  }
  const arrays = [toArray("isin", x), toArray("isin", elements, 1)];
  const found = named("_in1d", arrays, (...arrays) => {
    const [a, b] = promoteDTypes("isin", ...arrays).map((z) => lax.reshape(z, [z.size]));
    if (a.size === 0 || b.size === 0) return lax.full([a.size], absent, bool);
    const compareAll = method === "compare_all" ||
      (method === "auto" && a.size * b.size <= FEW_PAIRS);
    return compareAll ? comparePairs(a, b, absent) : lookUp(a, b, absent);
  }, [absent, method]);
  return lax.reshape(found, arrays[0].shape);
}

function comparePairs(a: NDArray, b: NDArray, absent: boolean): NDArray {
  const column = lax.expandDims(a, [1]);
  const row = lax.expandDims(b, [0]);
  return absent ? lax.reduceAnd(lax.ne(column, row), [1]) : lax.reduceOr(lax.eq(column, row), [1]);
}

function lookUp(a: NDArray, b: NDArray, absent: boolean): NDArray {
  const sorted = lax.sort(b);
  const candidates = lax.searchsorted(sorted, a);
  const last = constantLike(candidates, b.size - 1);
  const nearest = rows(sorted, lax.min(candidates, last));
  return absent ? lax.ne(a, nearest) : lax.eq(a, nearest);
}
