/** Sorting, and searching in what is sorted. */
import { complexOf, defaultDType, type DTypeLike, int32, isComplex } from "../core/dtype.ts";
import { range, sameShape } from "../core/aval.ts";
import { showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { listOf } from "../core/checks.ts";
import type { SortOptions } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { toArray } from "./asarray.ts";
import { getItem } from "./gathering.ts";
import { promoteDTypes, whereElse } from "./promotion.ts";
import { canonicalAxis } from "./shapes.ts";

// -- sort -------------------------------------------------------------------------------------

/** Options of {@linkcode argsort}. */
export interface ArgsortOptions extends SortOptions {
  /** The dtype of the indices; the default integer if not said otherwise. */
  dtype?: DTypeLike;
}

const SORT_NAMES = ["axis", "kind", "order", "stable", "descending"] as const;
const ARGSORT_NAMES = [...SORT_NAMES, "dtype"] as const;

/** Sorting that can be asked for in NumPy's way, if only to be told off. */
interface NumPySortOptions extends ArgsortOptions {
  kind?: unknown;
  order?: unknown;
}

function checkNoKind(name: string, { kind = null, order = null }: NumPySortOptions): void {
  if (kind !== null) {
    throw new TypeError(
      `'kind' argument to ${name} is not supported. Use stable=true or stable=false to specify ` +
        "sort stability.",
    );
  }
  if (order !== null) throw new TypeError(`'order' argument to ${name} is not supported.`);
}

/** The array to sort and the axis to sort it along: one axis of all elements for `null`. */
function along(x: NDArray, axis: number | null): [NDArray, number] {
  return axis === null ? [lax.reshape(x, [x.size]), 0] : [x, canonicalAxis(axis, x.ndim)];
}

/**
 * The elements along an axis in ascending order, the last axis by default; `null` sorts all of them
 * in one row. NaNs come last, complex numbers go by real part and then imaginary part. Follows
 * `jax.numpy.sort`.
 *
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([[2, 1, 3], [4, 3, 6]]);
 * assert(String(np.sort(x)) === "[[1 2 3]\n [3 4 6]]");
 * assert(String(np.sort(x, null, { descending: true })) === "[6 4 3 3 2 1]");
 * ```
 */
export function sort(
  x: ArrayLike,
  axis?: number | null | SortOptions,
  options?: SortOptions,
): NDArray {
  const read = readOptions<NumPySortOptions>("sort", SORT_NAMES, axis, options);
  checkNoKind("sort", read);
  const { axis: given = -1, stable = true, descending = false } = read;
  return named("sort", [toArray("sort", x)], (x) => {
    const [y, dimension] = along(x, given);
    const sorted = lax.sort(y, { dimension, isStable: stable });
    return descending ? lax.rev(sorted, [dimension]) : sorted;
  }, [given, stable, descending]);
}

/**
 * The indices that would sort the array along an axis, the last one by default. Follows
 * `jax.numpy.argsort`.
 *
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([1, 3, 5, 4, 2, 1]);
 * assert(String(np.argsort(x)) === "[0 5 4 1 3 2]");
 * assert(String(np.argsort(x, { descending: true })) === "[2 3 1 4 0 5]");
 * ```
 */
export function argsort(
  x: ArrayLike,
  axis?: number | null | ArgsortOptions,
  options?: ArgsortOptions,
): NDArray {
  const read = readOptions<NumPySortOptions>("argsort", ARGSORT_NAMES, axis, options);
  checkNoKind("argsort", read);
  const { axis: given = -1, stable = true, descending = false } = read;
  const dtype = optionalDType(read.dtype) ?? defaultDType("i");
  return named("argsort", [toArray("argsort", x)], (x) => {
    const [y, dimension] = along(x, given);
    return order(y, dimension, { stable, descending, dtype });
  }, [given, stable, descending, dtype.name]);
}
function order(
  x: NDArray,
  dimension: number,
  { stable, descending, dtype }: Required<Omit<ArgsortOptions, "axis">>,
): NDArray {
  const positions = lax.broadcastedIota(dtype, x.shape, dimension);
  // Reversed before and after, equal elements keep their order in a descending sort too.
  const reversed = descending && stable;
  const [keys, values] = reversed
    ? [lax.rev(x, [dimension]), lax.rev(positions, [dimension])]
    : [x, positions];
  const [, indices] = lax.sortKeyVal(keys, values, dimension, stable);
  return descending ? lax.rev(indices, [dimension]) : indices;
}

/**
 * The indices that sort by several keys of one shape, the last key first: `keys` is a list, or an
 * array of keys along its first axis. Follows `jax.numpy.lexsort`.
 *
 * @throws {TypeError} if there are no keys.
 * @throws {RangeError} if their shapes differ.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const first = np.array([2, 1, 1, 2, 2]);
 * const second = np.array([4, 2, 3, 2, 5]);
 * assert(String(np.lexsort([second, first])) === "[1 2 3 0 4]");
 * ```
 */
export function lexsort(
  keys: readonly ArrayLike[] | NDArray,
  axis?: number | { axis?: number },
): NDArray {
  const { axis: given = -1 } = readOptions<{ axis?: number }>("lexsort", ["axis"], axis);
  if (keys instanceof NDArray) {
    const parts = (x: NDArray) => range(x.shape[0] ?? 0).map((i) => getItem(x, [i]));
    return named("lexsort", [keys], (x) => lexicographicOrder(parts(x), given), given);
  }
  const arrays = listOf("np.lexsort", "keys", keys).map((key, i) => toArray("lexsort", key, i));
  return named("lexsort", arrays, (...arrays) => lexicographicOrder(arrays, given), given);
}
function lexicographicOrder(keys: readonly NDArray[], axis: number): NDArray {
  if (keys.length === 0) throw new TypeError("need sequence of keys with len > 0 in lexsort");
  const [{ shape, ndim }] = keys;
  if (!keys.every((key) => sameShape(key.shape, shape))) {
    throw new RangeError(
      `all keys need to be the same shape; got ${
        listOf("np.lexsort", "keys", keys).map((k) => showShape(k.shape)).join(", ")
      }`,
    );
  }
  const dtype = defaultDType("i");
  if (ndim === 0) return lax.full([], 0, dtype);
  const dimension = canonicalAxis(axis, ndim);
  const positions = lax.broadcastedIota(dtype, shape, dimension);
  const operands = [...keys].reverse();
  return lax.sort([...operands, positions], { dimension, numKeys: keys.length })[keys.length];
}

/**
 * The elements along the last axis, sorted and complex. Follows `jax.numpy.sort_complex`.
 *
 * @throws {RangeError} for an array without axes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.sortComplex(np.array([3, 1, 2]))) === "[1.+0.j 2.+0.j 3.+0.j]");
 * ```
 */
export function sortComplex(x: ArrayLike): NDArray {
  return named("sort_complex", [toArray("sort_complex", x)], (x) => {
    const sorted = lax.sort(x);
    return isComplex(x.dtype) ? sorted : lax.convertElementType(sorted, complexOf(x.dtype));
  });
}

// -- partition --------------------------------------------------------------------------------

// Note [Partition]
//
// JAX takes the smallest elements as the largest of `-x`, and the others as the largest of `x`,
// which goes wrong where the sign of a NaN is arbitrary. A sort gives the same elements in the same
// places: the smaller ones ascending, the larger ones descending, NaNs among the larger ones.

function partitionAxes(
  name: string,
  x: NDArray,
  kth: number,
  axis: number,
): { dimension: number; split: number } {
  if (isComplex(x.dtype)) throw new TypeError(`np.${name} for complex dtype is not implemented.`);
  const dimension = canonicalAxis(axis, x.ndim);
  return { dimension, split: canonicalAxis(kth, x.shape[dimension]) + 1 };
}

/**
 * The elements along an axis such that the one at position `kth` is where it would be if they were
 * sorted, with no larger ones before and no smaller ones after it. Follows `jax.numpy.partition`.
 *
 * @throws {RangeError} for a position or an axis that the array doesn't have.
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([6, 8, 4, 3, 1, 9, 7, 5, 2, 3]);
 * assert(String(np.partition(x, 4)) === "[1 2 3 3 4 9 8 7 6 5]");
 * ```
 */
export function partition(
  x: ArrayLike,
  kth: number,
  axis?: number | { axis?: number },
): NDArray {
  const { axis: given = -1 } = readOptions<{ axis?: number }>("partition", ["axis"], axis);
  return named("partition", [toArray("partition", x)], (x) => {
    const { dimension, split } = partitionAxes("partition", x, kth, given);
    const sorted = lax.sort(x, { dimension });
    const smaller = lax.sliceInDim(sorted, 0, split, 1, dimension);
    const larger = lax.sliceInDim(sorted, split, x.shape[dimension], 1, dimension);
    return lax.concatenate([smaller, lax.rev(larger, [dimension])], dimension);
  }, [kth, given]);
}

/**
 * The indices that partition the array along an axis, as {@linkcode partition} does. Follows
 * `jax.numpy.argpartition`.
 *
 * @throws {RangeError} for a position or an axis that the array doesn't have.
 * @throws {TypeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([6, 8, 4, 3, 1, 9, 7, 5, 2, 3]);
 * assert(String(np.argpartition(x, 4)) === "[4 8 3 9 2 0 1 5 6 7]");
 * ```
 */
export function argpartition(
  x: ArrayLike,
  kth: number,
  axis?: number | { axis?: number },
): NDArray {
  const { axis: given = -1 } = readOptions<{ axis?: number }>("argpartition", ["axis"], axis);
  return named("argpartition", [toArray("argpartition", x)], (x) => {
    const { dimension, split } = partitionAxes("argpartition", x, kth, given);
    const sorted = order(x, dimension, { stable: true, descending: false, dtype: int32 });
    const smaller = lax.sliceInDim(sorted, 0, split, 1, dimension);
    const larger = lax.sliceInDim(sorted, split, x.shape[dimension], 1, dimension);
    return lax.concatenate([smaller, lax.sort(larger, { dimension })], dimension);
  }, [kth, given]);
}

// -- searching --------------------------------------------------------------------------------

const METHODS: readonly string[] = ["compare_all", "scan", "scan_unrolled", "sort"];

/** Options of {@linkcode searchsorted}. */
export interface SearchsortedOptions {
  /** Whether a value goes before elements equal to it (the default) or after them. */
  side?: "left" | "right";
  /** The indices that sort the array, if it is not sorted. */
  sorter?: ArrayLike | null;
  /** Accepted for JAX's sake: there is one method here, a binary search. */
  method?: "compare_all" | "scan" | "scan_unrolled" | "sort";
}

/**
 * Where each of `values` would go in a sorted array so that it stays sorted. NaNs count as larger
 * than any number. Follows `jax.numpy.searchsorted`.
 *
 * @throws {RangeError} unless the array has one axis, or for an unknown side or method.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([1, 2, 2, 3, 4, 5, 5]);
 * assert(np.searchsorted(x, 2).item() === 1);
 * assert(np.searchsorted(x, 2, { side: "right" }).item() === 3);
 * ```
 */
export function searchsorted(
  x: ArrayLike,
  values: ArrayLike,
  side?: "left" | "right" | SearchsortedOptions,
  sorter?: ArrayLike | null | SearchsortedOptions,
  options?: SearchsortedOptions,
): NDArray {
  const names = ["side", "sorter", "method"] as const;
  const read = readOptions<SearchsortedOptions>("searchsorted", names, side, sorter, options);
  const { side: given = "left", method = "scan" } = read;
  if (!METHODS.includes(method)) {
    throw new RangeError(
      `invalid argument method='${method}', expected one of [${
        METHODS.map((m) => `'${m}'`).join(", ")
      }]`,
    );
  }
  const arrays = [toArray("searchsorted", x), toArray("searchsorted", values, 1)];
  const { sorter: indices = null } = read;
  if (indices !== null) arrays.push(toArray("searchsorted", indices, 2));
  return named("searchsorted", arrays, (x, values, sorter?: NDArray) => {
    if (x.ndim !== 1) throw new RangeError("a should be 1-dimensional");
    const [sorted, query] = promoteDTypes("searchsorted", x, values);
    const inOrder = sorter === undefined ? sorted : getItem(sorted, [sorter]);
    return lax.searchsorted(inOrder, query, { side: given });
  }, given);
}

/** Options of {@linkcode digitize}. */
export interface DigitizeOptions {
  /** Whether bins include their right edge, rather than their left one. */
  right?: boolean;
  /** Accepted for JAX's sake, as that of {@linkcode searchsorted}. */
  method?: SearchsortedOptions["method"];
}

/**
 * The number of the bin that each element falls in. `bins` are the edges, ascending or descending.
 * Follows `jax.numpy.digitize`.
 *
 * @throws {RangeError} unless `bins` has one axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([1, 2, 2.5, 1.5, 3, 3.5]);
 * assert(String(np.digitize(x, np.array([1, 2, 3]))) === "[1 2 2 1 3 3]");
 * assert(String(np.digitize(x, np.array([1, 2, 3]), true)) === "[0 1 2 1 2 3]");
 * ```
 */
export function digitize(
  x: ArrayLike,
  bins: ArrayLike,
  right?: boolean | DigitizeOptions,
  options?: DigitizeOptions,
): NDArray {
  const names = ["right", "method"] as const;
  const read = readOptions<DigitizeOptions>("digitize", names, right, options);
  const { right: toTheRight = false, method = "scan" } = read;
  const search = { side: toTheRight ? "left" : "right", method } as const;
  const arrays = [toArray("digitize", x), toArray("digitize", bins, 1)];
  return named("digitize", arrays, (x, bins) => {
    if (bins.ndim !== 1) {
      throw new RangeError(
        `digitize: bins must be a 1-dimensional array; got shape ${showShape(bins.shape)}`,
      );
    }
    const [n] = bins.shape;
    if (n === 0) return lax.full(x.shape, 0, int32);
    const ascending = lax.ge(getItem(bins, [-1]), getItem(bins, [0]));
    const found = searchsorted(bins, x, search);
    const fromEnd = searchsorted(lax.rev(bins, [0]), x, search);
    return whereElse(ascending, found, lax.sub(lax.fullLike(fromEnd, n), fromEnd));
  }, [toTheRight, method]);
}
