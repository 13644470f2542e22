/** Shapes changed: axes merged, split, permuted, added and removed. */
import { ConcreteArray } from "../core/array.ts";
import { product, range } from "../core/aval.ts";
import { showShape } from "../core/errors.ts";
import { named, namedAll } from "../core/call.ts";
import { listOf } from "../core/checks.ts";
import type { AxisLike } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray, toArrays } from "./asarray.ts";
import {
  axesForThree,
  canonicalAxes,
  canonicalAxis,
  canonicalShape,
  type ShapeLike,
  toRank,
} from "./shapes.ts";

// -- reshaping ------------------------------------------------------------------------------------

/** Options of {@linkcode reshape} and {@linkcode ravel}. */
export interface ReshapeOptions {
  /** The order in which elements are read and written: C's (by rows, the default) or Fortran's. */
  order?: "C" | "F";
}

/**
 * The same elements in another shape; one length may be `-1`, to be inferred.
 *
 * @throws {TypeError} if the shape does not have as many elements, or is not static.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.reshape(np.arange(6), [2, -1]).shape.join() === "2,3");
 * ```
 */
export function reshape(
  a: ArrayLike,
  shape: ShapeLike,
  order?: "C" | "F" | ReshapeOptions,
): NDArray {
  const x = toArray("reshape", a);
  const { order: given = "C" } = readOptions<ReshapeOptions>("reshape", ["order"], order);
  const newShape = inferShape(x, shape);
  switch (given) {
    case "C":
      return lax.reshape(x, newShape);
    case "F": {
      const reversed = lax.reshape(x, [...newShape].reverse(), range(x.ndim).reverse());
      return lax.transpose(reversed, range(newShape.length).reverse());
    }
    default:
      throw new RangeError(
        `Unexpected value for 'order' argument: ${given}. It is "C" or "F".`,
      );
  }
}

/** A shape for the elements of `x`, with `-1` replaced by the length that is left. */
function inferShape(x: NDArray, shape: ShapeLike): number[] {
  const entries: readonly unknown[] = Array.isArray(shape)
    ? shape
    : shape instanceof ConcreteArray && shape.ndim === 1
    ? [...shape]
    : [shape];
  const head = `cannot reshape array of shape ${showShape(x.shape)} (size ${x.size}) into shape`;
  if (entries.some((n) => Number.isInteger(n) && n as number < -1)) {
    const lengths = entries as number[];
    throw new TypeError(`${head} ${showShape(lengths)} (size ${product(lengths)})`);
  }
  const unknown = entries.flatMap((n, i) => isUnknown(n) ? [i] : []);
  const given = canonicalShape(
    unknown.length === 0 ? shape : entries.filter((n) => !isUnknown(n)) as number[],
  );
  const rest = product(given);
  const show = () => showShape(insert(given, unknown, -1));
  if (unknown.length > 1) {
    throw new TypeError(
      `can only specify one unknown axis size with a \`-1\` value, got ${show()}`,
    );
  }
  if (unknown.length === 0) {
    if (rest === x.size) return given;
    throw new TypeError(`${head} ${show()} (size ${rest})`);
  }
  if (rest === 0 || x.size % rest !== 0) {
    throw new TypeError(
      `${head} ${show()} because the product of specified axis sizes (${rest}) does not evenly ` +
        `divide ${x.size}`,
    );
  }
  return insert(given, unknown, x.size / rest);
}
function isUnknown(n: unknown): boolean {
  return n === -1 || (n instanceof ConcreteArray && n.ndim === 0 && Number(n.item()) === -1);
}
function insert(list: readonly number[], at: readonly number[], value: number): number[] {
  const result = [...list];
  for (const i of at) result.splice(i, 0, value);
  return result;
}

/**
 * The elements in one axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.ravel(np.ones([2, 3])).shape.join() === "6");
 * ```
 */
export function ravel(a: ArrayLike, order?: "C" | "F" | ReshapeOptions): NDArray {
  const x = toArray("ravel", a);
  return reshape(x, x.size, order);
}

// -- permuting ------------------------------------------------------------------------------------

/**
 * The array with its axes permuted: reversed, unless `axes` says otherwise.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.transpose(np.ones([2, 3, 4]), [1, 0, 2]).shape.join() === "3,2,4");
 * ```
 */
export function transpose(
  a: ArrayLike,
  axes?: readonly number[] | null | { axes?: readonly number[] | null },
): NDArray {
  const x = toArray("transpose", a);
  const { axes: order } = readOptions<{ axes?: readonly number[] | null }>(
    "transpose",
    ["axes"],
    axes,
  );
  return lax.transpose(
    x,
    order === null || order === undefined
      ? range(x.ndim).reverse()
      : listOf("np.transpose", "axes", order).map((i) => canonicalAxis(i, x.ndim)),
  );
}

/**
 * The array with its axes in the order `axes`: the array API's name for `transpose`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.permuteDims(np.ones([2, 3]), [1, 0]).shape.join() === "3,2");
 * ```
 */
export function permuteDims(a: ArrayLike, axes: readonly number[]): NDArray {
  const x = toArray("permute_dims", a);
  return lax.transpose(
    x,
    listOf("np.permuteDims", "axes", axes).map((i) => canonicalAxis(i, x.ndim)),
  );
}

/**
 * The array with its last two axes exchanged.
 *
 * @throws {RangeError} if it has fewer than two.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.matrixTranspose(np.ones([5, 2, 3])).shape.join() === "5,3,2");
 * ```
 */
export function matrixTranspose(x: ArrayLike): NDArray {
  const array = toArray("matrix_transpose", x);
  const { ndim } = array;
  if (ndim < 2) {
    throw new RangeError(
      `x must be at least two-dimensional for matrixTranspose; got ndim=${ndim}`,
    );
  }
  return swapaxes(array, ndim - 2, ndim - 1);
}

/**
 * The array with two axes exchanged.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.swapaxes(np.ones([2, 3, 4]), 0, -1).shape.join() === "4,3,2");
 * ```
 */
export function swapaxes(a: ArrayLike, axis1: number, axis2: number): NDArray {
  const x = toArray("swapaxes", a);
  const [i, j] = [canonicalAxis(axis1, x.ndim), canonicalAxis(axis2, x.ndim)];
  return lax.transpose(x, range(x.ndim).map((k) => k === i ? j : k === j ? i : k));
}

/**
 * The array with some axes moved to other places; the rest keep their order.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.moveaxis(np.ones([2, 3, 4]), 0, -1).shape.join() === "3,4,2");
 * ```
 */
export function moveaxis(
  a: ArrayLike,
  source: number | readonly number[],
  destination: number | readonly number[],
): NDArray {
  const x = toArray("moveaxis", a);
  const list = (argument: string, axes: number | readonly number[]) =>
    (typeof axes === "number" ? [axes] : listOf("np.moveaxis", argument, axes))
      .map((i) => canonicalAxis(i, x.ndim));
  const [from, to] = [list("source", source), list("destination", destination)];
  if (from.length !== to.length) {
    throw new RangeError(`Inconsistent number of elements: ${from.length} vs ${to.length}`);
  }
  const order = range(x.ndim).filter((i) => !from.includes(i));
  const moves = to.map((t, i) => [t, from[i]]).sort(([s, i], [t, j]) => s - t || i - j);
  for (const [t, f] of moves) order.splice(t, 0, f);
  return lax.transpose(x, order);
}

/**
 * The array with one axis moved back to lie before position `start`. Prefer {@linkcode moveaxis}.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.rollaxis(np.ones([2, 3, 4]), 2).shape.join() === "4,2,3");
 * ```
 */
export function rollaxis(
  a: ArrayLike,
  axis: number,
  start?: number | { start?: number },
): NDArray {
  const x = toArray("rollaxis", a);
  const { start: before = 0 } = readOptions<{ start?: number }>("rollaxis", ["start"], start);
  const from = canonicalAxis(axis, x.ndim);
  if (!(before >= -x.ndim && before <= x.ndim)) {
    throw new RangeError(`start=${before} must satisfy ${-x.ndim}<=start<=${x.ndim}`);
  }
  const to = before < 0 ? before + x.ndim : before;
  return named(
    "rollaxis",
    [x],
    (x) => moveaxis(x, from, to > from ? to - 1 : to),
    [from, to],
  );
}

// -- axes of length 1 -----------------------------------------------------------------------------

/**
 * The array without axes of length 1: all of them, or those that `axis` names.
 *
 * @throws {RangeError} if a named axis has another length.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.squeeze(np.ones([1, 3, 1])).shape.join() === "3");
 * assert(np.squeeze(np.ones([1, 3, 1]), 0).shape.join() === "3,1");
 * ```
 */
export function squeeze(a: ArrayLike, axis?: AxisLike | { axis?: AxisLike }): NDArray {
  const x = toArray("squeeze", a);
  const { axis: axes } = readOptions<{ axis?: AxisLike }>("squeeze", ["axis"], axis);
  return lax.squeeze(
    x,
    axes === null || axes === undefined
      ? range(x.ndim).filter((i) => x.shape[i] === 1)
      : canonicalAxes(axes, x.ndim),
  );
}

/**
 * The array with new axes of length 1, at the places that `axis` names in the result.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.expandDims(np.ones(3), 0).shape.join() === "1,3");
 * assert(np.expandDims(np.ones(3), [0, -1]).shape.join() === "1,3,1");
 * ```
 */
export function expandDims(a: ArrayLike, axis: number | readonly number[]): NDArray {
  const x = toArray("expand_dims", a);
  return lax.expandDims(
    x,
    typeof axis === "number" ? [axis] : listOf("np.expandDims", "axis", axis),
  );
}

/** Arrays, or the only one, each changed by `f` as a named part. */
function eachNamed(
  name: string,
  arys: readonly ArrayLike[],
  f: (x: NDArray) => NDArray,
): NDArray | NDArray[] {
  const xs = toArrays(name, ...arys);
  return xs.length === 1
    ? named(name, xs, f)
    : [...namedAll(name, xs, (...ys) => ys.map(f), xs.length)];
}

/**
 * The array with at least one axis; of several arrays, the list.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.atleast1d(7).shape.join() === "1");
 * ```
 */
export function atleast1d(x: ArrayLike): NDArray;
/** The arrays, each with at least one axis. */
export function atleast1d(...arys: ArrayLike[]): NDArray[];
export function atleast1d(...arys: ArrayLike[]): NDArray | NDArray[] {
  return eachNamed("atleast_1d", arys, (x) => toRank(x, 1));
}

/**
 * The array with at least two axes, new ones in front; of several arrays, the list.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.atleast2d(np.ones(3)).shape.join() === "1,3");
 * ```
 */
export function atleast2d(x: ArrayLike): NDArray;
/** The arrays, each with at least two axes. */
export function atleast2d(...arys: ArrayLike[]): NDArray[];
export function atleast2d(...arys: ArrayLike[]): NDArray | NDArray[] {
  return eachNamed("atleast_2d", arys, (x) => toRank(x, 2));
}

/**
 * The array with at least three axes: a vector becomes `(1, n, 1)`, a matrix `(m, n, 1)`; of
 * several arrays, the list.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.atleast3d(np.ones(4)).shape.join() === "1,4,1");
 * ```
 */
export function atleast3d(x: ArrayLike): NDArray;
/** The arrays, each with at least three axes. */
export function atleast3d(...arys: ArrayLike[]): NDArray[];
export function atleast3d(...arys: ArrayLike[]): NDArray | NDArray[] {
  return eachNamed("atleast_3d", arys, (x) => lax.expandDims(x, axesForThree(x.ndim)));
}
