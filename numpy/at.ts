/** `x.at(index)`: reading a part of an array, and updated copies of the array. */
import { ConcreteArray, scalarArray } from "../core/array.ts";
import { product, range, sameShape } from "../core/aval.ts";
import { warn } from "../core/config.ts";
import { bool, int32, integerRange, isInteger } from "../core/dtype.ts";
import type { AtOptions, IndexEntry, IndexUpdate } from "../core/methods.ts";
import { type ArrayLike, NDArray, type NestedArrayLike } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { asarray } from "./array.ts";
import { toArray } from "./asarray.ts";
import { checkMode, type GatherPlan, getItem, toGather, wrapAround } from "./gathering.ts";
import { type Entry, parseIndex } from "./indexing.ts";
import { power } from "./powers.ts";
import { convertTo, promoteDTypes, whereElse } from "./promotion.ts";
import { broadcastShapes, broadcastTo } from "./shapes.ts";
import { divide } from "./ufuncs.ts";

/**
 * The part of `x` at an index, to be read or updated: what `x.at(...index)` gives.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.zeros([2, 3]);
 * assert(String(x.at(0, [0, 2]).set(1)) === "[[1. 0. 1.]\n [0. 0. 0.]]");
 * ```
 */
export function at(
  x: NDArray,
  ...index: readonly IndexEntry<NDArray>[]
): IndexUpdate<NDArray, ArrayLike> {
  return new IndexedPart(x, index);
}

/** How an update is done: by a scatter, or elementwise. See Note [Updates under a traced mask]. */
interface Update {
  readonly scatter: typeof lax.scatter;
  readonly elementwise: (x: NDArray, y: NDArray) => NDArray;
}
const updates = {
  set: { scatter: lax.scatter, elementwise: (_x, y) => y },
  add: { scatter: lax.scatterAdd, elementwise: lax.add },
  subtract: { scatter: lax.scatterSub, elementwise: lax.sub },
  multiply: { scatter: lax.scatterMul, elementwise: lax.mul },
  min: { scatter: lax.scatterMin, elementwise: lax.min },
  max: { scatter: lax.scatterMax, elementwise: lax.max },
} satisfies Record<string, Update>;

class IndexedPart implements IndexUpdate<NDArray, ArrayLike> {
  readonly #x: NDArray;
  readonly #index: readonly unknown[];
  constructor(x: NDArray, index: readonly unknown[]) {
    this.#x = x;
    this.#index = index;
  }

  get(options?: AtOptions): NDArray {
    return getItem(this.#x, this.#index, options);
  }
  set(values: NestedArrayLike, options?: AtOptions): NDArray {
    return update(updates.set, this.#x, this.#index, values, options);
  }
  add(values: NestedArrayLike, options?: AtOptions): NDArray {
    return update(updates.add, this.#x, this.#index, values, options);
  }
  subtract(values: NestedArrayLike, options?: AtOptions): NDArray {
    return update(updates.subtract, this.#x, this.#index, values, options);
  }
  multiply(values: NestedArrayLike, options?: AtOptions): NDArray {
    return update(updates.multiply, this.#x, this.#index, values, options);
  }
  mul(values: NestedArrayLike, options?: AtOptions): NDArray {
    return this.multiply(values, options);
  }
  divide(values: NestedArrayLike, options?: AtOptions): NDArray {
    return divide(this.#x, this.#onOnes(values, options));
  }
  power(values: NestedArrayLike, options?: AtOptions): NDArray {
    return power(this.#x, this.#onOnes(values, options));
  }
  min(values: NestedArrayLike, options?: AtOptions): NDArray {
    return update(updates.min, this.#x, this.#index, values, options);
  }
  max(values: NestedArrayLike, options?: AtOptions): NDArray {
    return update(updates.max, this.#x, this.#index, values, options);
  }
  apply(f: (part: NDArray) => NDArray, options?: AtOptions): NDArray {
    return applyAt(this.#x, this.#index, f, options);
  }

  /** The product of `values` for each position, 1 where there are none. */
  #onOnes(values: NestedArrayLike, options?: AtOptions): NDArray {
    return update(updates.multiply, lax.fullLike(this.#x, 1), this.#index, values, options);
  }
}

// -- updates --------------------------------------------------------------------------------------

/** Updates as an array: an integer beside integers takes their dtype, if it can be of it. */
function toUpdates(values: NestedArrayLike, x: NDArray): NDArray {
  if (isInteger(x.dtype) && isIntegral(values)) {
    const [low, high] = integerRange(x.dtype);
    const y = BigInt(values);
    if (y >= low && y <= high) return scalarArray(values, x.dtype);
  }
  // Lists too, as in JAX: `x.at(0).set([1, 2, 3])`.
  return Array.isArray(values) ? asarray(values) : toArray("at", values as ArrayLike);
}
function isIntegral(y: unknown): y is number | bigint | boolean {
  return typeof y === "boolean" || typeof y === "bigint" || Number.isInteger(y);
}

/** The array and its updates in one dtype. Updates that this changes for the worse get a warning. */
function promoteBoth(x: NDArray, y: NDArray): NDArray[] {
  const both = promoteDTypes("at", x, y);
  if (both[0].dtype !== x.dtype) {
    warn(
      "scatter-dtype",
      "scatter inputs have incompatible types: cannot safely cast value from " +
        `dtype=${y.dtype.name} to dtype=${x.dtype.name}; convert it, or the array, by ` +
        "x.astype(...)",
    );
  }
  return both;
}

/** A copy of `x` with an update done at an index. */
function update(
  by: Update,
  x: NDArray,
  index: readonly unknown[],
  values: NestedArrayLike,
  options: AtOptions = {},
): NDArray {
  const mode = checkMode(options.mode);
  const y = toUpdates(values, x);
  const mask = tracedMask(x, index);
  if (mask !== undefined && y.ndim === 0) {
    const [target, source] = promoteBoth(x, y);
    const updated = by.elementwise(target, source);
    return convertTo(whereElse(mask, updated, target), x.dtype, x.weakType);
  }
  const indexer = parseIndex(index, x.shape);
  const plan = toGather(
    mode === "wrap" ? wrapAround(indexer) : indexer,
    options.wrapNegativeIndices ?? true,
  );
  // Nothing to update, such as at `x.at([]).set(…)` of an empty array.
  if (plan.shape.includes(0)) return x;
  const [target, source] = promoteBoth(x, y);
  const result = by.scatter(
    lax.expandDims(target, plan.flagAxes),
    plan.indices,
    toWindows(source, plan),
    {
      updateWindowDims: plan.offsetDims,
      insertedWindowDims: plan.collapsedDims,
      scatterDimsToOperandDims: plan.startIndexMap,
    },
    {
      indicesAreSorted: (options.indicesAreSorted ?? false) || plan.regular,
      uniqueIndices: (options.uniqueIndices ?? false) || plan.regular,
      mode: mode === "wrap" ? "promise_in_bounds" : mode ?? "fill",
    },
  );
  return convertTo(lax.squeeze(result, plan.flagAxes), x.dtype, x.weakType);
}
/** Updates in the shape and order of the windows that they go to. */
function toWindows(y: NDArray, plan: GatherPlan): NDArray {
  const windows = lax.squeeze(broadcastTo(y, plan.shape), plan.newAxes);
  return plan.reversedAxes.length > 0 ? lax.rev(windows, plan.reversedAxes) : windows;
}

// Note [Updates under a traced mask]
//
// How many elements a mask selects is not known while it is traced, so nothing can be gathered or
// scattered by it. But an update by a scalar needs no positions: it is elementwise, then a choice.

/** The mask that is all of an index, in the shape of `x`, if its values are not known. */
function tracedMask(x: NDArray, index: readonly unknown[]): NDArray | undefined {
  const [mask] = index;
  const traced = index.length === 1 && mask instanceof NDArray && mask.dtype === bool &&
    mask.ndim > 0 && !(mask instanceof ConcreteArray);
  return traced && sameShape(mask.shape, x.shape.slice(0, mask.ndim))
    ? lax.broadcastInDim(mask, x.shape, range(mask.ndim))
    : undefined;
}

// Note [Applying at repeated positions]
//
// Where a position comes several times, `f` is to be applied that often, as by NumPy's `f.at(x, i)`.
// So each round applies `f` to the positions that have a turn left. How often the most frequent one
// comes is known when the indices are; traced indices may all be the same.

const MOST_ROUNDS = 256;

/** A copy of `x` with `f` applied at an index. */
function applyAt(
  x: NDArray,
  index: readonly unknown[],
  f: (part: NDArray) => NDArray,
  options: AtOptions = {},
): NDArray {
  const mask = tracedMask(x, index);
  if (mask !== undefined) return convertTo(whereElse(mask, f(x), x), x.dtype, x.weakType);
  const { entries } = parseIndex(index, x.shape);
  let part = f(getItem(x, index, options));
  const mayRepeat = entries.some((e) => e.kind === "array" && e.index.ndim > 0);
  if (mayRepeat && !options.uniqueIndices) {
    const zeros = lax.full(x.shape, 0, int32);
    const counts = getItem(update(updates.add, zeros, index, 1, options), index, options);
    const rounds = countRounds(counts, entries);
    for (let n = 2; n <= rounds; n++) part = whereElse(lax.ge(counts, n), f(part), part);
  }
  return update(updates.set, x, index, part, options);
}
/** How often a position may come. See Note [Applying at repeated positions]. */
function countRounds(counts: NDArray, entries: readonly Entry[]): number {
  if (counts.size === 0) return 0;
  if (counts instanceof ConcreteArray) {
    return Number(lax.reduceMax(counts, range(counts.ndim)).item());
  }
  const arrays = entries.flatMap((e) => e.kind === "array" ? [e.index.shape] : []);
  const positions = product(broadcastShapes(...arrays));
  if (positions > MOST_ROUNDS) {
    throw new RangeError(
      `x.at(...).apply() under jit takes at most ${MOST_ROUNDS} positions that may repeat, got ` +
        `${positions}; promise { uniqueIndices: true } if none of them does`,
    );
  }
  return positions;
}
