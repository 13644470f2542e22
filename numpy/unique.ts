/** The distinct elements of an array. */
import { range } from "../core/aval.ts";
import { defaultDType, int32 } from "../core/dtype.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArray } from "./asarray.ts";
import { toConcrete } from "./concrete.ts";
import {
  countUpTo,
  groupRows,
  rows,
  rowsOr,
  SIZE_HINT,
  toFill,
  toSize,
  truePositions,
  UNIQUE_CONTEXT,
} from "./masks.ts";
import { convertTo } from "./promotion.ts";
import { canonicalAxis } from "./shapes.ts";

/** How many elements a result has: `size` if it is static, else as many as there turn out to be. */
export interface SizeOptions {
  /** The length of the result: longer ones are cut, shorter ones filled up. */
  size?: number | null;
  /** What fills up the result: the smallest element, or as the function says. */
  fillValue?: ArrayLike | null;
}
/** Options of {@linkcode unique}. */
export interface UniqueOptions extends SizeOptions {
  /** Give the position at which each element comes first. */
  returnIndex?: boolean;
  /** Give the position among the distinct elements of each element. */
  returnInverse?: boolean;
  /** Give how often each element comes. */
  returnCounts?: boolean;
  /** Compare whole parts of the array along this axis; by default, single elements. */
  axis?: number | null;
  /** Whether NaNs count as one value; true by default. */
  equalNan?: boolean;
  /** Accepted for NumPy's sake: results are always sorted. */
  sorted?: boolean;
}

/** Everything that {@linkcode unique} can give, of an array whose first axis counts. */
interface Distinct {
  readonly values: NDArray;
  readonly index: NDArray;
  readonly inverse: () => NDArray;
  readonly counts: () => NDArray;
}

function distinct(
  x: NDArray,
  size: number | undefined,
  fillValue: ArrayLike | null | undefined,
  equalNaN: boolean,
): Distinct {
  const fill = toFill("unique", x, fillValue);
  const n = x.shape[0];
  if (n === 0 && size !== undefined && size > 0 && fill === undefined) {
    throw new RangeError(
      "np.unique: for zero-sized input with nonzero size argument, fillValue must be specified",
    );
  }
  if (x.size === 0) return distinctOfNothing(x, size, fill);
  const { sorted, isFirst, order } = groupRows(x, equalNaN);
  const positions = truePositions(isFirst, size, UNIQUE_CONTEXT);
  const dtype = defaultDType("i");
  return {
    values: size === undefined ? rows(sorted, positions) : rowsOr(sorted, positions, fill),
    index: rowsOr(order, positions, undefined),
    inverse() {
      const group = lax.sub(countUpTo(isFirst), lax.full([n], 1, int32));
      const indices = lax.expandDims(order, [1]);
      const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
      const zeros = lax.full([n], 0, dtype);
      return lax.scatter(zeros, indices, convertTo(group, dtype), dims, { uniqueIndices: true });
    },
    counts() {
      const end = lax.full([1], n, int32);
      const more = size === undefined
        ? lax.concatenate([positions, end], 0)
        : truePositions(isFirst, size + 1, UNIQUE_CONTEXT);
      const [k] = positions.shape;
      const count = lax.sub(lax.sliceInDim(more, 1, k + 1), lax.sliceInDim(more, 0, k));
      return convertTo(count, dtype);
    },
  };
}

/** Rows without elements are all equal. */
function distinctOfNothing(
  x: NDArray,
  size: number | undefined,
  fill: NDArray | undefined,
): Distinct {
  const [n, ...rest] = x.shape;
  const k = Math.min(n, 1);
  const dtype = defaultDType("i");
  return {
    values: lax.broadcastInDim(fill ?? constantLike(x, 0), [size ?? k, ...rest], []),
    index: lax.full([k], 0, dtype),
    inverse: () => lax.full([n], 0, dtype),
    counts: () => lax.full([k], n, dtype),
  };
}

/**
 * The distinct elements of an array, sorted; with `axis`, the distinct parts along it. Asked for
 * more, it gives a list: values, then index, inverse and counts as far as they are wanted. Follows
 * `jax.numpy.unique`.
 *
 * @throws {ConcretizationTypeError} if the array is traced and there is no static `size`.
 * @throws {RangeError} for an axis that the array doesn't have.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([3, 4, 1, 3, 1]);
 * assert(String(np.unique(x)) === "[1 3 4]");
 * const [values, counts] = np.unique(x, { returnCounts: true });
 * assert(String(values) === "[1 3 4]" && String(counts) === "[2 2 1]");
 * assert(String(np.unique(x, { size: 5, fillValue: 0 })) === "[1 3 4 0 0]");
 * ```
 */
export function unique(
  x: ArrayLike,
  options?: UniqueOptions & { returnIndex?: false; returnInverse?: false; returnCounts?: false },
): NDArray;
/** With more than the values: a list. */
export function unique(x: ArrayLike, options: UniqueOptions): NDArray[];
/** Options by position. */
export function unique(
  x: ArrayLike,
  returnIndex?: boolean,
  returnInverse?: boolean | UniqueOptions,
  returnCounts?: boolean | UniqueOptions,
  axis?: number | null | UniqueOptions,
  options?: UniqueOptions,
): NDArray | NDArray[];
export function unique(x: ArrayLike, ...args: readonly unknown[]): NDArray | NDArray[] {
  const names = [
    "returnIndex",
    "returnInverse",
    "returnCounts",
    "axis",
    "equalNan",
    "size",
    "fillValue",
    "sorted",
  ] as const;
  const read = readOptions<UniqueOptions>("unique", names, ...args);
  const { axis = null, equalNan = true, fillValue } = read;
  const array = toArray("unique", x);
  const size = toSize(
    read.size,
    `The error arose for the size argument of np.unique(). ${SIZE_HINT}`,
  );
  if (size === undefined) toConcrete(array, UNIQUE_CONTEXT);
  const flat = axis === null ? lax.reshape(array, [array.size]) : array;
  const along = axis === null ? 0 : canonicalAxis(axis, array.ndim);
  const others = range(flat.ndim).filter((i) => i !== along);
  const front = lax.transpose(flat, [along, ...others]);
  const found = distinct(front, size, fillValue, equalNan);
  const back = range(flat.ndim).map((i) => i === along ? 0 : i < along ? i + 1 : i);
  const results = [lax.transpose(found.values, back)];
  if (read.returnIndex) results.push(found.index);
  if (read.returnInverse) {
    const inverse = found.inverse();
    results.push(axis === null ? lax.reshape(inverse, array.shape) : inverse);
  }
  if (read.returnCounts) results.push(found.counts());
  return results.length === 1 ? results[0] : results;
}

/** What {@linkcode uniqueAll} gives. */
export interface UniqueAllResult extends UniqueCountsResult, UniqueInverseResult {
  /** The position at which each value comes first, in the flattened array. */
  indices: NDArray;
}
/** What {@linkcode uniqueCounts} gives. */
export interface UniqueCountsResult {
  /** The distinct elements, sorted. */
  values: NDArray;
  /** How often each comes. */
  counts: NDArray;
}
/** What {@linkcode uniqueInverse} gives. */
export interface UniqueInverseResult {
  /** The distinct elements, sorted. */
  values: NDArray;
  /** The position in `values` of each element of the array. */
  inverseIndices: NDArray;
}

/**
 * The distinct elements, where they come first, where each element is among them, and their
 * counts. NaNs are distinct. Follows `jax.numpy.unique_all`.
 *
 * @throws {ConcretizationTypeError} if the array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const { values, indices } = np.uniqueAll(np.array([3, 4, 1, 3, 1]));
 * assert(String(values) === "[1 3 4]" && String(indices) === "[2 0 1]");
 * ```
 */
export function uniqueAll(x: ArrayLike, options: SizeOptions = {}): UniqueAllResult {
  const all = { returnIndex: true, returnInverse: true, returnCounts: true, equalNan: false };
  const [values, indices, inverseIndices, counts] = unique(x, { ...options, ...all });
  return { values, indices, inverseIndices, counts };
}

/**
 * The distinct elements and their counts. NaNs are distinct. Follows `jax.numpy.unique_counts`.
 *
 * @throws {ConcretizationTypeError} if the array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const { values, counts } = np.uniqueCounts(np.array([3, 4, 1, 3, 1]));
 * assert(String(values) === "[1 3 4]" && String(counts) === "[2 2 1]");
 * ```
 */
export function uniqueCounts(x: ArrayLike, options: SizeOptions = {}): UniqueCountsResult {
  const [values, counts] = unique(x, { ...options, returnCounts: true, equalNan: false });
  return { values, counts };
}

/**
 * The distinct elements, and where each element of the array is among them. NaNs are distinct.
 * Follows `jax.numpy.unique_inverse`.
 *
 * @throws {ConcretizationTypeError} if the array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const { inverseIndices } = np.uniqueInverse(np.array([3, 4, 1, 3, 1]));
 * assert(String(inverseIndices) === "[1 2 0 1 0]");
 * ```
 */
export function uniqueInverse(x: ArrayLike, options: SizeOptions = {}): UniqueInverseResult {
  const wanted = { returnInverse: true, equalNan: false };
  const [values, inverseIndices] = unique(x, { ...options, ...wanted });
  return { values, inverseIndices };
}

/**
 * The distinct elements. NaNs are distinct. Follows `jax.numpy.unique_values`.
 *
 * @throws {ConcretizationTypeError} if the array is traced and there is no static `size`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.uniqueValues(np.array([3, 4, 1, 3, 1]))) === "[1 3 4]");
 * ```
 */
export function uniqueValues(x: ArrayLike, options: SizeOptions = {}): NDArray {
  return unique(x, { ...options, equalNan: false });
}
