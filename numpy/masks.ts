/** Masks of one axis, and what they select: of a size that depends on values, or of a static one. */
import { product, range } from "../core/aval.ts";
import { bool, defaultDType, int32, isComplex, isInexact } from "../core/dtype.ts";
import { toStaticInteger, Tracer } from "../core/stage.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArray } from "./asarray.ts";
import { toConcrete } from "./concrete.ts";
import { getItem } from "./gathering.ts";
import { positionsOf } from "./indexing.ts";
import { convertTo } from "./promotion.ts";

/** What to do where a size is not known. */
export const SIZE_HINT =
  "To make np.unique() compatible with JIT and other transforms, you can specify " +
  "a concrete value for the size argument, which will determine the output size.";
/** Where the size of a set is not known. */
export const UNIQUE_CONTEXT = `The error arose for the first argument of np.unique(). ${SIZE_HINT}`;

/** A size whose value is known. */
export function toSize(size: number | null | undefined, context: string): number | undefined {
  if (size === null || size === undefined) return undefined;
  if (size as unknown instanceof Tracer) toConcrete(size as unknown as NDArray, context);
  const n = toStaticInteger(size, "size");
  if (n < 0) {
    throw new TypeError(
      `broadcast_in_dim shape must have every element be nonnegative, got (${n},).`,
    );
  }
  return n;
}

/** The number of true elements up to each. */
export function countUpTo(mask: NDArray): NDArray {
  return lax.cumsum(lax.convertElementType(mask, int32));
}

/**
 * Where a mask of one axis is true, in order. With `size`, so many positions; where there are not
 * so many, the length of the mask stands for a position.
 */
export function truePositions(mask: NDArray, size: number | undefined, context: string): NDArray {
  if (size === undefined) return positionsOf(toConcrete(mask, context), int32)[0];
  // The i-th true element is the first with i true ones up to it.
  const nth = lax.add(lax.iota(int32, size), lax.full([size], 1, int32));
  return lax.searchsorted(countUpTo(mask), nth);
}

/** Rows of `x`, all of which exist. */
export function rows(x: NDArray, positions: NDArray): NDArray {
  return getItem(x, [positions], { wrapNegativeIndices: false });
}

/** Elements of `x` at positions that need not exist; elsewhere of `fill`, or the first element. */
export function rowsOr(x: NDArray, positions: NDArray, fill: NDArray | undefined): NDArray {
  const [n, ...rest] = x.shape;
  const shape = [positions.shape[0], ...rest];
  if (n === 0) return lax.broadcastInDim(fill ?? constantLike(x, 0), shape, []);
  const valid = lax.lt(positions, constantLike(positions, n));
  const found = rows(x, lax.select(valid, positions, lax.fullLike(positions, 0)));
  if (fill === undefined) return found;
  const which = lax.broadcastInDim(valid, shape, [0]);
  return lax.select(which, found, lax.broadcastInDim(fill, shape, []));
}

/** A scalar for filling up an array of the type of `x`. */
export function toFill(
  name: string,
  x: NDArray,
  value: ArrayLike | null | undefined,
): NDArray | undefined {
  if (value === null || value === undefined) return undefined;
  const fill = convertTo(toArray(name, value), x.dtype, x.weakType);
  if (fill.ndim > 0) throw new TypeError(`${name}: fillValue must be a scalar`);
  return fill;
}

/** Whether each row differs from the one before it; the first one does. */
export function differsFromPrevious(x: NDArray, equalNaN: boolean): NDArray {
  const n = x.shape[0];
  if (n === 0) return lax.full([0], true, bool);
  const next = lax.sliceInDim(x, 1, n);
  const previous = lax.sliceInDim(x, 0, n - 1);
  let differs = lax.ne(next, previous);
  if (equalNaN && isInexact(x.dtype)) {
    const bothNaN = lax.bitwiseAnd(lax.ne(next, next), lax.ne(previous, previous));
    differs = lax.bitwiseAnd(differs, lax.bitwiseNot(bothNaN));
  }
  const any = lax.reduceOr(differs, range(x.ndim).slice(1));
  return lax.concatenate([lax.full([1], true, bool), any], 0);
}

/** Sorted rows, which of them differ from the one before, and where they come from. */
export interface Groups {
  readonly sorted: NDArray;
  readonly isFirst: NDArray;
  readonly order: NDArray;
}

/** Rows of `x` in lexicographic order; NaNs are one value if `equalNaN`. */
export function groupRows(x: NDArray, equalNaN: boolean): Groups {
  const [n, ...rest] = x.shape;
  const width = product(rest);
  let keys = x;
  if (isComplex(x.dtype)) {
    const nan = lax.fullLike(x, { re: NaN, im: 0 });
    keys = lax.select(lax.ne(x, x), nan, x);
  }
  const table = lax.reshape(keys, [n, width]);
  const columns = range(width).map((j) => lax.squeeze(lax.sliceInDim(table, j, j + 1, 1, 1), [1]));
  const positions = lax.iota(defaultDType("i"), n);
  const order = lax.sort([...columns, positions], { numKeys: width })[width];
  const sorted = rows(keys, order);
  return { sorted, isFirst: differsFromPrevious(sorted, equalNaN), order };
}
