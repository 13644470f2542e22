/** Copies of arrays with elements put in: at positions, under masks, along axes, on the diagonal. */
import { range } from "../core/aval.ts";
import { int32 } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { checkObject } from "../core/checks.ts";
import type { IndexMode } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArrays } from "./asarray.ts";
import { at } from "./at.ts";
import { diagIndices, unravelIndex } from "./index_tricks.ts";
import { ravel } from "./manipulation.ts";
import { clip } from "./rounding.ts";
import { broadcastTo, canonicalAxis } from "./shapes.ts";
import { tileToSize } from "./tiling.ts";
import { remainder } from "./ufuncs.ts";
import { nonzero } from "./where.ts";

/** Says that the caller knows that arrays don't change. */
export interface InplaceOptions {
  /** Has to be `false`: the result is a copy. */
  inplace?: boolean;
}
function checkInplace(name: string, options: InplaceOptions): void {
  checkObject(`np.${name}`, "the options", options);
  const { inplace = true } = options;
  if (!inplace) return;
  throw new RangeError(
    `np.${name} cannot modify arrays in-place, because JAX arrays are immutable. Pass ` +
      "{ inplace: false } to instead return an updated array.",
  );
}

/** Options of {@linkcode put}. */
export interface PutOptions extends InplaceOptions {
  /** What to do with positions out of bounds: `"clip"` (as by default) or `"wrap"`. */
  mode?: "clip" | "wrap" | null;
}

/**
 * A copy of `a` with values put at positions in the flattened array; values are repeated as needed.
 *
 * @throws {RangeError} unless `{ inplace: false }` says that a copy is wanted.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const y = np.put(np.zeros(4), np.array([0, 2]), 7, { inplace: false });
 * assert(String(y) === "[7. 0. 7. 0.]");
 * ```
 */
export function put(
  a: ArrayLike,
  ind: ArrayLike,
  v: ArrayLike,
  mode?: "clip" | "wrap" | null | PutOptions,
  options?: PutOptions,
): NDArray {
  const given = readOptions<PutOptions>("put", ["mode", "inplace"], mode, options);
  checkInplace("put", given);
  const [x, indices, values] = toArrays("put", a, ind, v).map((y, i) => i === 0 ? y : ravel(y));
  if (x.size === 0 || indices.size === 0 || values.size === 0) return x;
  const enough = tileToSize(values, indices.size);
  const [positions, scatterMode] = intoBounds(indices, x.size, given.mode ?? null);
  return at(x, ...unravelIndex(positions, x.shape)).set(enough, { mode: scatterMode });
}
function intoBounds(indices: NDArray, n: number, mode: string | null): [NDArray, IndexMode] {
  switch (mode) {
    case null:
      return [indices, "drop"];
    case "clip":
      return [clip(indices, 0, n - 1), "promise_in_bounds"];
    case "wrap":
      return [remainder(indices, n), "promise_in_bounds"];
    default:
      throw new RangeError(`mode should be one of 'wrap' or 'clip'; got mode='${mode}'`);
  }
}

/**
 * A copy of `arr` with values put, one after the other, where a mask is true; values are repeated
 * as needed.
 *
 * @throws {RangeError} unless `{ inplace: false }`; if sizes differ, or there are no values.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.arange(5);
 * const y = np.place(x, x.gt(1), np.array([70, 80]), { inplace: false });
 * assert(String(y) === "[ 0  1 70 80 70]");
 * ```
 */
export function place(
  arr: ArrayLike,
  mask: ArrayLike,
  vals: ArrayLike,
  options: InplaceOptions = {},
): NDArray {
  const [x, where, given] = toArrays("place", arr, mask, vals);
  checkInplace("place", options);
  if (x.size !== where.size) throw new RangeError("place: arr and mask must be the same size");
  const values = ravel(given);
  if (values.size === 0) throw new RangeError("Cannot place values from an empty array");
  if (x.size === 0) return x;
  const { size } = x;
  const [indices] = nonzero(ravel(where), { size, fillValue: size });
  const updated = at(ravel(x), indices).set(tileToSize(values, size), { mode: "drop" });
  return lax.reshape(updated, x.shape);
}

/** Options of {@linkcode putAlongAxis}. */
export interface PutAlongAxisOptions extends InplaceOptions {
  /** What to do with indices out of bounds; they are dropped by default. */
  mode?: IndexMode | null;
}

/**
 * A copy of `arr` with values put at positions along an axis, where `indices` has its own positions
 * for each of the other axes.
 *
 * @throws {RangeError} unless `{ inplace: false }`; if the numbers of axes differ.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.zeros([2, 3]);
 * const y = np.putAlongAxis(x, np.array([[1], [2]]), 9, 1, { inplace: false });
 * assert(String(y) === "[[0. 9. 0.]\n [0. 0. 9.]]");
 * ```
 */
export function putAlongAxis(
  arr: ArrayLike,
  indices: ArrayLike,
  values: ArrayLike,
  axis: number | null,
  options: PutAlongAxisOptions = {},
): NDArray {
  checkInplace("putAlongAxis", options);
  const arrays = toArrays("put_along_axis", arr, indices, values);
  const { mode = null } = options;
  return named("put_along_axis", arrays, (array, indices, given) => {
    const x = axis === null ? ravel(array) : array;
    if (x.ndim !== indices.ndim) {
      throw new RangeError(
        "putAlongAxis arguments 'arr' and 'indices' must have same ndim. Got " +
          `arr.ndim=${x.ndim} and indices.ndim=${indices.ndim}.`,
      );
    }
    const along = axis === null ? 0 : canonicalAxis(axis, x.ndim);
    const values = broadcastValues(given, indices);
    const index = sparseIndices(x.shape).map((other, i) => i === along ? indices : other);
    const updated = at(x, ...index).set(values, { mode });
    return axis === null ? lax.reshape(updated, array.shape) : updated;
  }, [axis, mode]);
}
function broadcastValues(values: NDArray, indices: NDArray): NDArray {
  try {
    return broadcastTo(values, indices.shape);
  } catch (cause) {
    throw new RangeError(
      "putAlongAxis argument 'values' must be broadcastable to 'indices'. Got " +
        `values.shape=${showShape(values.shape)} and indices.shape=${showShape(indices.shape)}.`,
      { cause },
    );
  }
}
/** The positions along each axis of a shape, to be broadcast together. */
function sparseIndices(shape: readonly number[]): NDArray[] {
  return shape.map((n, axis) =>
    lax.broadcastInDim(
      lax.iota(int32, n),
      range(shape.length).map((i) => i === axis ? n : 1),
      [axis],
    )
  );
}

/**
 * A copy of `a` with its main diagonal filled by a value, or by values that are repeated as needed.
 *
 * @throws {RangeError} unless `{ inplace: false }`; for fewer than two axes; for more than two of
 * different lengths.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const y = np.fillDiagonal(np.zeros([2, 3]), 5, { inplace: false });
 * assert(String(y) === "[[5. 0. 0.]\n [0. 5. 0.]]");
 * ```
 */
export function fillDiagonal(
  a: ArrayLike,
  val: ArrayLike,
  options: InplaceOptions = {},
): NDArray {
  checkInplace("fillDiagonal", options);
  const [x, value] = toArrays("fill_diagonal", a, val);
  if (x.ndim < 2) throw new RangeError("array must be at least 2-d");
  if (x.ndim > 2 && x.shape.some((n) => n !== x.shape[0])) {
    throw new RangeError("All dimensions of input must be of equal length");
  }
  const n = Math.min(...x.shape);
  const diagonal = at(x, ...diagIndices(n, x.ndim));
  return diagonal.set(value.ndim === 0 ? val : tileToSize(ravel(value), n));
}
