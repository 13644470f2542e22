/** The axes of arrays: made, merged, permuted, dropped, reversed, repeated. */
import { product, range, sameShape } from "../core/aval.ts";
import { listOf } from "../core/checks.ts";
import { show, showShape } from "../core/errors.ts";
import { constant, remIndex, subIndex } from "../core/expr.ts";
import { readOptions } from "../core/options.ts";
import { canonicalAxis, checkShapelike } from "../core/rules.ts";
import * as structural from "../core/structural.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";
import { type Operand, operand } from "./operands.ts";

// -- broadcasting, reshaping, permuting -----------------------------------------------------------

/**
 * `array` with new axes: its axis `i` becomes axis `broadcastDimensions[i]` of `shape`, and axes
 * of length 1 repeat. Follows `jax.lax.broadcast_in_dim`.
 *
 * @throws {TypeError} if the lengths don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.array([1, 2]);
 * assert(String(lax.broadcastInDim(x, [2, 3], [0]).tolist()) === "1,1,1,2,2,2");
 * ```
 */
export function broadcastInDim(
  array: Operand,
  shape: readonly number[],
  broadcastDimensions: readonly number[],
): NDArray {
  const x = operand("broadcast_in_dim", array);
  checkSizes(shape);
  const dims = listOf("lax.broadcastInDim", "broadcastDimensions", broadcastDimensions);
  const order = range(dims.length).sort((a, b) => dims[a] - dims[b]);
  const permuted = dims.length === x.ndim && !sameShape(order, range(x.ndim));
  return permuted
    ? structural.broadcastInDim(transpose(x, order), shape, order.map((i) => dims[i]))
    : structural.broadcastInDim(x, shape, dims);
}

/** JAX's complaint about what is no shape at all. */
function checkSizes(shape: readonly number[]): void {
  if (Array.isArray(shape) && shape.every((n) => Number.isInteger(n))) return;
  throw new TypeError(
    `Shapes must be 1D sequences of concrete values of integer type, got ` +
      `${Array.isArray(shape) ? showShape(shape) : show(shape)}.`,
  );
}

/**
 * `array` with new leading axes of lengths `sizes`. Follows `jax.lax.broadcast`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.broadcast(np.zeros(3), [2, 4]).shape.join() === "2,4,3");
 * ```
 */
export function broadcast(array: Operand, sizes: readonly number[]): NDArray {
  const x = operand("broadcast", array);
  checkSizes(sizes);
  if (sizes.length === 0) return x;
  return broadcastInDim(x, [...sizes, ...x.shape], range(x.ndim).map((i) => i + sizes.length));
}

/**
 * The same elements in row-major order in another shape; with `dimensions`, after permuting the
 * axes so. Follows `jax.lax.reshape`.
 *
 * @throws {TypeError} if the number of elements changes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.arange(6).reshape(2, 3);
 * assert(String(lax.reshape(x, [6]).tolist()) === "0,1,2,3,4,5");
 * assert(String(lax.reshape(x, [6], [1, 0]).tolist()) === "0,3,1,4,2,5");
 * ```
 */
export function reshape(
  array: Operand,
  newSizes: readonly number[],
  dimensions?: readonly number[] | { dimensions?: readonly number[] },
): NDArray {
  const x = operand("reshape", array);
  const given =
    readOptions<{ dimensions?: readonly number[] }>("reshape", ["dimensions"], dimensions)
      .dimensions;
  checkSizes(newSizes);
  if (given === undefined || given === null) return structural.reshape(x, newSizes);
  const order = listOf("lax.reshape", "dimensions", given);
  if (!sameShape([...order].sort((a, b) => a - b), range(x.ndim))) {
    throw new TypeError(
      `reshape dimensions must be a permutation of operand dimensions, got dimensions ` +
        `${showShape(order)} for shape ${showShape(x.shape)}.`,
    );
  }
  return structural.reshape(structural.transpose(x, order), newSizes);
}

/**
 * `array` with its axes permuted: axis `i` of the result is axis `permutation[i]`. Follows
 * `jax.lax.transpose`.
 *
 * @throws {TypeError} if `permutation` isn't one.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.transpose(np.zeros([2, 3, 4]), [2, 0, 1]).shape.join() === "4,2,3");
 * ```
 */
export function transpose(array: Operand, permutation: readonly number[]): NDArray {
  return structural.transpose(operand("transpose", array), [
    ...listOf("lax.transpose", "permutation", permutation),
  ]);
}

const squeezeP = definePrimitive<{ readonly dimensions: readonly number[] }>("squeeze", {
  type([x], { dimensions }) {
    if (new Set(dimensions).size !== dimensions.length) {
      throw new RangeError(`dimensions are not unique: ${showShape(dimensions)}`);
    }
    if (!dimensions.every((d) => x.shape[d] === 1)) {
      throw new RangeError(
        `cannot select an axis to squeeze out which has size not equal to one, got ` +
          `shape=${showShape(x.shape)} and dimensions=${showShape(dimensions)}`,
      );
    }
    return [x.with({ shape: x.shape.filter((_, i) => !dimensions.includes(i)) })];
  },
  keepsOrder: true,
  lower: ([x], { dimensions }) => (index) => {
    let kept = 0;
    return x.at(x.aval.shape.map((_, i) => dimensions.includes(i) ? constant(0) : index[kept++]));
  },
});
/**
 * `array` without some axes of length 1. Follows `jax.lax.squeeze`.
 *
 * @throws {RangeError} if an axis is longer, doesn't exist or comes twice.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.squeeze(np.zeros([1, 2, 1]), [0]).shape.join() === "2,1");
 * ```
 */
export function squeeze(array: Operand, dimensions: readonly number[]): NDArray {
  const x = operand("squeeze", array);
  const dims = listOf("lax.squeeze", "dimensions", dimensions)
    .map((d) => canonicalAxis(d, x.ndim)).sort((a, b) => a - b);
  return dims.length === 0 ? x : squeezeP.bind([x], { dimensions: dims });
}

/**
 * `array` with new axes of length 1, at these positions of the result. Follows
 * `jax.lax.expand_dims`.
 *
 * @throws {RangeError} if a position doesn't exist or comes twice.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.expandDims(np.zeros([2, 3]), [0, -1]).shape.join() === "1,2,3,1");
 * ```
 */
export function expandDims(array: Operand, dimensions: readonly number[]): NDArray {
  const x = operand("expand_dims", array);
  const added = listOf("lax.expandDims", "dimensions", dimensions);
  const ndim = x.ndim + added.length;
  const fresh = added.map((d) => canonicalAxis(d, ndim));
  if (new Set(fresh).size !== fresh.length) {
    throw new RangeError(`repeated axis in lax.expandDims: ${showShape(fresh)}`);
  }
  let old = 0;
  const shape = range(ndim).map((i) => fresh.includes(i) ? 1 : x.shape[old++]);
  return broadcastInDim(x, shape, range(ndim).filter((i) => !fresh.includes(i)));
}

/**
 * `array` with the axes from `startDimension` to before `stopDimension` merged into one. Negative
 * positions count from the end. Follows `jax.lax.collapse`.
 *
 * @throws {RangeError} if the range runs backwards.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.collapse(np.zeros([2, 3, 4]), 0, 2).shape.join() === "6,4");
 * ```
 */
export function collapse(
  array: Operand,
  startDimension: number,
  stopDimension?: number | { stopDimension?: number },
): NDArray {
  const x = operand("collapse", array);
  const { stopDimension: stop } = readOptions<{ stopDimension?: number }>(
    "collapse",
    ["stopDimension"],
    stopDimension,
  );
  const inside = (i: number) => Math.min(Math.max(i < 0 ? i + x.ndim : i, 0), x.ndim);
  const [lo, hi] = [inside(startDimension), inside(stop ?? x.ndim)];
  if (hi < lo) {
    throw new RangeError(
      `Invalid dimension range passed to collapse: ${showShape(x.shape)}` +
        `[${startDimension}:${stop ?? "None"}]`,
    );
  }
  const merged = product(x.shape.slice(lo, hi));
  return reshape(x, [...x.shape.slice(0, lo), merged, ...x.shape.slice(hi)]);
}

// -- reversing and tiling -------------------------------------------------------------------------

const revP = definePrimitive<{ readonly dimensions: readonly number[] }>("rev", {
  type([x], { dimensions }) {
    checkShapelike("rev", "dimensions", dimensions);
    if (new Set(dimensions).size !== dimensions.length) {
      throw new TypeError(`rev dimensions must be unique, got ${showShape(dimensions)}.`);
    }
    if (!dimensions.every((d) => d < x.ndim)) {
      throw new TypeError(
        `rev dimensions must all be less than operand ndim, got dimensions ` +
          `${showShape(dimensions)} for operand ndim ${x.ndim}.`,
      );
    }
    return [x];
  },
  lower: ([x], { dimensions }) => (index) =>
    x.at(
      index.map((e, i) => dimensions.includes(i) ? subIndex(constant(x.aval.shape[i] - 1), e) : e),
    ),
});
/**
 * `array` with the elements along some axes in reverse. Follows `jax.lax.rev`.
 *
 * @throws {TypeError} if an axis doesn't exist, is negative or comes twice.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.rev(np.array([1, 2, 3]), [0]).tolist()) === "3,2,1");
 * ```
 */
export function rev(array: Operand, dimensions: readonly number[]): NDArray {
  return revP.bind([operand("rev", array)], {
    dimensions: [...listOf("lax.rev", "dimensions", dimensions)],
  });
}

const tileP = definePrimitive<{ readonly reps: readonly number[] }>("tile", {
  type([x], { reps }) {
    if (reps.length !== x.ndim) {
      throw new TypeError(
        `reps length must be equal to the ndim of x, got len(reps)=${reps.length} and ` +
          `x.ndim=${x.ndim}.`,
      );
    }
    checkShapelike("tile", "reps", reps);
    return [x.with({ shape: x.shape.map((n, i) => n * reps[i]) })];
  },
  lower: ([x], { reps }) => (index) =>
    x.at(index.map((e, i) => {
      const n = x.aval.shape[i];
      return reps[i] <= 1 || n === 0 ? e : n === 1 ? constant(0) : remIndex(e, n);
    })),
});
/**
 * `array` repeated `reps[i]` times along each axis. Follows `jax.lax.tile`.
 *
 * @throws {TypeError} unless there is one number for each axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.tile(np.array([1, 2]), [3]).tolist()) === "1,2,1,2,1,2");
 * ```
 */
export function tile(array: Operand, reps: readonly number[]): NDArray {
  return tileP.bind([operand("tile", array)], { reps: [...listOf("lax.tile", "reps", reps)] });
}
