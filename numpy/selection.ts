/** Elements selected by conditions and by choices among arrays. */
import { ConcreteArray } from "../core/array.ts";
import { range } from "../core/aval.ts";
import { listOf } from "../core/checks.ts";
import { bool, isInteger } from "../core/dtype.ts";
import { NonConcreteBooleanIndexError } from "../core/errors.ts";
import { Slice } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray, toArrays } from "./asarray.ts";
import { toConcrete } from "./concrete.ts";
import { cumsum } from "./cumulative.ts";
import { getItem } from "./gathering.ts";
import { indices } from "./grids.ts";
import { positionsOf } from "./indexing.ts";
import { concatenate, stack } from "./joining.ts";
import { moveaxis, ravel } from "./manipulation.ts";
import { convertTo, promoteDTypes, whereElse } from "./promotion.ts";
import { argmax } from "./reductions.ts";
import { clip } from "./rounding.ts";
import { broadcastArrays, broadcastTo } from "./shapes.ts";
import { argsort } from "./sorting.ts";
import { remainder } from "./ufuncs.ts";

// -- by conditions --------------------------------------------------------------------------------

/**
 * For each element, the first of the choices whose condition holds; else the default.
 *
 * @throws {RangeError} unless there is a choice for each condition, and one at least.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.arange(6);
 * const y = np.select([x.lt(2), x.gt(3)], [x, x.mul(10)], -1);
 * assert(String(y) === "[ 0  1 -1 -1 40 50]");
 * ```
 */
export function select(
  condlist: readonly ArrayLike[],
  choicelist: readonly ArrayLike[],
  defaultValue: ArrayLike | { default?: ArrayLike } = 0,
): NDArray {
  listOf("np.select", "condlist", condlist);
  listOf("np.select", "choicelist", choicelist);
  if (condlist.length !== choicelist.length) {
    throw new RangeError(
      "condlist must have length equal to choicelist " +
        `(${condlist.length} vs ${choicelist.length})`,
    );
  }
  if (condlist.length === 0) throw new RangeError("condlist must be non-empty");
  const { default: fallback = 0 } = readOptions<{ default?: ArrayLike }>(
    "select",
    ["default"],
    defaultValue,
  );
  const arrays = toArrays("select", ...condlist, ...choicelist, fallback);
  const conditions = arrays.slice(0, condlist.length);
  const cases = promoteDTypes("select", fallback, ...choicelist);
  const all = stack(broadcastArrays(false, ...conditions));
  const first = argmax(convertTo(all, bool), 0);
  const [which, ...values] = broadcastArrays(first, ...cases);
  return lax.selectN(which, ...values);
}

/** A case of {@linkcode piecewise}: a function of the elements, or a value. */
// deno-lint-ignore no-explicit-any -- more arguments are the caller's
export type Piece = ArrayLike | ((x: NDArray, ...args: any[]) => ArrayLike);

/**
 * A function given piece by piece: each element goes to the function (or gets the value) of the last
 * condition that holds for it; an additional piece is for the rest, which is 0 without it. All
 * functions are applied to all elements. The result has the dtype of `x`.
 *
 * @throws {RangeError} for a wrong number of pieces.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([-2, 0, 3]);
 * const y = np.piecewise(x, [x.lt(0), x.gt(0)], [(x) => x.neg(), 10, -1]);
 * assert(String(y) === "[ 2 -1 10]");
 * ```
 */
export function piecewise(
  x: ArrayLike,
  condlist: NDArray | readonly ArrayLike[],
  funclist: readonly Piece[],
  ...args: unknown[]
): NDArray {
  const array = toArray("piecewise", x);
  if (!(condlist instanceof NDArray)) listOf("np.piecewise", "condlist", condlist);
  listOf("np.piecewise", "funclist", funclist);
  const [nc, nf] = [condlist.length, funclist.length];
  if (nf !== nc && nf !== nc + 1) {
    throw new RangeError(
      `with ${nc} condition(s), either ${nc} or ${nc + 1} functions are expected; got ${nf}`,
    );
  }
  const pieces = nf === nc ? [0, ...funclist] : [funclist[nc], ...funclist.slice(0, nc)];
  const values = pieces.map((piece) => {
    const value = typeof piece === "function" ? piece(array, ...args) : piece;
    return broadcastTo(convertTo(toArray("piecewise", value), array.dtype), array.shape);
  });
  if (nc === 0) return values[0];
  const conditions = (condlist instanceof NDArray ? [...condlist] : condlist)
    .map((c) => broadcastTo(convertTo(toArray("piecewise", c), bool), array.shape));
  const holds = stack(conditions);
  const none = lax.full([1, ...array.shape], false, bool);
  // Counting the conditions that hold so far, the count is first largest at the last of them.
  const last = argmax(cumsum(concatenate([none, holds], 0), 0), 0);
  return lax.selectN(last, ...values);
}

/** Options of {@linkcode compress} and {@linkcode extract}. */
export interface CompressOptions {
  /** The axis; the array is flattened without one. */
  axis?: number | null;
  /** The length of the result along the axis, which `jit` needs. */
  size?: number | null;
  /** What fills the result up to that length; 0 by default. */
  fillValue?: ArrayLike;
}

/**
 * The parts of an array along an axis for which a vector of conditions holds.
 *
 * @throws {NonConcreteBooleanIndexError} if the condition is traced and no size is given.
 * @throws {RangeError} if it holds past the end of the axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([[1, 2], [3, 4], [5, 6]]);
 * const y = np.compress(np.array([false, true, true]), x, 0);
 * assert(String(y) === "[[3 4]\n [5 6]]");
 * ```
 */
export function compress(
  condition: ArrayLike,
  a: ArrayLike,
  axis?: number | null | CompressOptions,
  options?: CompressOptions,
): NDArray {
  const given = readOptions<CompressOptions>(
    "compress",
    ["axis", "size", "fillValue"],
    axis,
    options,
  );
  const [mask, array] = toArrays("compress", condition, a);
  const conditions = convertTo(mask, bool);
  if (conditions.ndim !== 1) throw new RangeError("condition must be a 1D array");
  const along = given.axis ?? null;
  const x = along === null ? ravel(array) : moveaxis(array, along, 0);
  const result = given.size === null || given.size === undefined
    ? compressKnown(conditions, x)
    : compressTo(conditions, x, given.size, given.fillValue ?? 0);
  return along === null ? result : moveaxis(result, 0, along);
}
function compressKnown(conditions: NDArray, x: NDArray): NDArray {
  if (!(conditions instanceof ConcreteArray)) {
    throw new NonConcreteBooleanIndexError(String(conditions.aval));
  }
  const [positions] = positionsOf(conditions);
  const data = positions.toTypedArray();
  if (data.length > 0 && data[data.length - 1] >= x.shape[0]) {
    throw new RangeError("condition contains entries that are out of bounds");
  }
  return getItem(x, [positions]);
}
function compressTo(given: NDArray, whole: NDArray, size: number, fillValue: ArrayLike): NDArray {
  const n = Math.min(given.shape[0], whole.shape[0]);
  const [conditions, x] = [given, whole].map((y) => getItem(y, [new Slice(null, n, null)]));
  if (!(size >= 0 && size <= n)) {
    throw new RangeError(
      "size must be positive and not greater than the size of the array axis; got " +
        `size=${size} for a.shape[axis]=${n}`,
    );
  }
  const mask = lax.expandDims(conditions, range(x.ndim - 1).map((i) => i + 1));
  const fill = convertTo(toArray("compress", fillValue), x.dtype);
  const kept = whereElse(mask, x, fill);
  const order = argsort(conditions, { descending: true });
  return getItem(getItem(kept, [order]), [new Slice(null, size, null)]);
}

/**
 * The elements for which a condition holds, in a vector.
 *
 * @throws {NonConcreteBooleanIndexError} if the condition is traced and no size is given.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([[1, 2], [3, 4]]);
 * assert(String(np.extract(x.gt(1), x)) === "[2 3 4]");
 * ```
 */
export function extract(
  condition: ArrayLike,
  arr: ArrayLike,
  options?: Omit<CompressOptions, "axis">,
): NDArray {
  return compress(ravel(condition), ravel(arr), { ...options });
}

// -- by numbers -----------------------------------------------------------------------------------

/** Options of {@linkcode choose}. */
export interface ChooseOptions {
  /** What to do with numbers that name no array: an error (the default), or what the mode says. */
  mode?: "raise" | "wrap" | "clip";
}

/**
 * For each element of `a`, the element at its place in the array of `choices` that it names.
 * Numbers out of bounds are an error, unless mode `"wrap"` or `"clip"` says what they mean.
 *
 * @throws {RangeError} for numbers that name no array.
 * @throws {ConcretizationTypeError} if `a` is traced and the mode is `"raise"`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const y = np.choose(np.array([1, 0, 1]), [np.zeros(3), np.ones(3)]);
 * assert(String(y) === "[1. 0. 1.]");
 * ```
 */
export function choose(
  a: ArrayLike,
  choices: NDArray | readonly ArrayLike[],
  options?: ChooseOptions,
): NDArray {
  const list = choices instanceof NDArray ? choices : listOf("np.choose", "choices", choices);
  const [which, ...arrays] = toArrays("choose", a, ...list);
  if (!isInteger(which.dtype)) throw new RangeError("`a` array must be integer typed");
  const { mode = "raise" } = readOptions<ChooseOptions>("choose", ["mode"], options);
  const [positions, ...values] = broadcastArrays(choiceOf(which, arrays.length, mode), ...arrays);
  const { shape } = positions;
  const stacked = stack(values);
  return getItem(stacked, [positions, ...indices(shape, { sparse: true })]);
}
function choiceOf(which: NDArray, n: number, mode: string): NDArray {
  switch (mode) {
    case "raise": {
      const known = toConcrete(
        which,
        "The error occurred because np.choose was jit-compiled with mode='raise'. Use " +
          "mode='wrap' or mode='clip' instead.",
      );
      if (!known.toTypedArray().every((i: number | bigint) => i >= 0 && i < n)) {
        throw new RangeError("invalid entry in choice array");
      }
      return which;
    }
    case "wrap":
      return remainder(which, n);
    case "clip":
      return clip(which, 0, n - 1);
    default:
      throw new RangeError(
        `mode='${mode}' not understood. Must be 'raise', 'wrap', or 'clip'`,
      );
  }
}
