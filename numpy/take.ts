/** Elements taken by their positions along an axis. */
import { range } from "../core/aval.ts";
import { int32, isInteger } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import type { IndexMode } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, scalarLike, toArrays } from "./asarray.ts";
import { checkMode, fromEnd, roomFor } from "./gathering.ts";
import { whereElse } from "./promotion.ts";
import { broadcastShapes, canonicalAxis } from "./shapes.ts";
import { remainder } from "./ufuncs.ts";

/** Options of {@linkcode take}. */
export interface TakeOptions {
  /** The axis along which to take; the array is flattened without one. */
  axis?: number | null;
  /**
   * What to do with positions out of bounds: `"fill"` (the default) takes `fillValue` there,
   * `"clip"` the nearest element, `"wrap"` goes around.
   */
  mode?: "fill" | "clip" | "wrap" | null;
  /** Promise that no position comes twice. */
  uniqueIndices?: boolean;
  /** Promise that positions ascend. */
  indicesAreSorted?: boolean;
  /** What is taken out of bounds: by default NaN or the extreme value of the dtype. */
  fillValue?: number | bigint | boolean | null;
}

/**
 * Elements by their positions along an axis; the axes of `indices` replace that axis.
 *
 * @throws {RangeError} if there is no such axis or mode, or the indices are no integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([[1, 2, 3], [4, 5, 6]]);
 * assert(String(np.take(x, np.array([2, 0]), 1)) === "[[3 1]\n [6 4]]");
 * assert(String(np.take(x, np.array([4, 9]), { fillValue: 0 })) === "[5 0]");
 * ```
 */
export function take(
  a: ArrayLike,
  indices: ArrayLike,
  axis?: number | null | TakeOptions,
  options?: TakeOptions,
): NDArray {
  const given = readOptions<TakeOptions>(
    "take",
    ["axis", "mode", "uniqueIndices", "indicesAreSorted", "fillValue"],
    axis,
    options,
  );
  const [x, positions] = toArrays("take", a, indices);
  const along = given.axis ?? null;
  const dim = along === null ? null : canonicalAxis(along, x.ndim);
  return named(
    "_take",
    [x, positions],
    (x, positions) =>
      dim === null
        ? takeAlong(lax.reshape(x, [x.size]), positions, 0, given)
        : takeAlong(x, positions, dim, given),
    [dim, given],
  );
}

function takeAlong(x: NDArray, given: NDArray, axis: number, options: TakeOptions): NDArray {
  const n = x.shape[axis];
  const [indices, mode] = intoBounds(given, n, options.mode);
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  if (n === 0) {
    if (indices.size > 0) {
      throw new RangeError("Cannot do a non-empty np.take() from an empty axis.");
    }
    return lax.fullLike(x, 0, { shape });
  }
  if (indices.size === 0) return lax.fullLike(x, 0, { shape });
  const { fillValue, uniqueIndices = false, indicesAreSorted = false } = options;
  return lax.gather(
    x,
    lax.expandDims(indices, [indices.ndim]),
    {
      offsetDims: range(shape.length).filter((i) => i < axis || i >= axis + indices.ndim),
      collapsedSliceDims: [axis],
      startIndexMap: [axis],
    },
    x.shape.map((m, i) => i === axis ? 1 : m),
    {
      uniqueIndices,
      indicesAreSorted,
      mode,
      ...(fillValue === null || fillValue === undefined ? {} : { fillValue }),
    },
  );
}
/** Positions on an axis of length `n` as a mode wants them, and the mode of the gather. */
function intoBounds(
  given: NDArray,
  n: number,
  mode: TakeOptions["mode"],
): [NDArray, "fill" | "clip" | "promise_in_bounds"] {
  switch (mode ?? "fill") {
    case "fill": {
      const indices = roomFor(given, n);
      const negative = lax.lt(indices, constantLike(indices, 0));
      const counted = lax.add(indices, scalarLike(indices, n));
      return [whereElse(negative, counted, indices), "fill"];
    }
    case "wrap": {
      const indices = roomFor(given, n);
      return [remainder(indices, constantLike(indices, n)), "promise_in_bounds"];
    }
    case "clip":
      return [given, "clip"];
    default:
      throw new RangeError(
        `Invalid mode '${mode}' for np.take; the modes are "fill", "clip" and "wrap"`,
      );
  }
}

/** Options of {@linkcode takeAlongAxis}. */
export interface TakeAlongAxisOptions {
  /** The axis; the last one by default. `null` flattens the array, and wants a vector. */
  axis?: number | null;
  /** What to do with indices out of bounds; `"fill"` by default. */
  mode?: IndexMode | null;
  /** What is taken out of bounds in mode `"fill"`. */
  fillValue?: number | bigint | boolean | null;
}

/**
 * Elements by their positions along an axis, where `indices` has its own positions for each of the
 * other axes: what undoes `np.argsort`.
 *
 * @throws {TypeError} if the indices are no integers.
 * @throws {RangeError} if the numbers of axes differ.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([[3, 1, 2], [6, 5, 4]]);
 * const sorted = np.takeAlongAxis(x, np.argsort(x, 1), 1);
 * assert(String(sorted) === "[[1 2 3]\n [4 5 6]]");
 * ```
 */
export function takeAlongAxis(
  arr: ArrayLike,
  indices: ArrayLike,
  axis?: number | null | TakeAlongAxisOptions,
  options?: TakeAlongAxisOptions,
): NDArray {
  const given = readOptions<TakeAlongAxisOptions>(
    "take_along_axis",
    ["axis", "mode", "fillValue"],
    axis,
    options,
  );
  const arrays = toArrays("take_along_axis", arr, indices);
  const { axis: along = -1 } = given;
  return named(
    "take_along_axis",
    arrays,
    (x, index) => {
      checkAlong(x, index, along);
      return along === null
        ? gatherAlong(lax.reshape(x, [x.size]), index, 0, given)
        : gatherAlong(x, index, canonicalAxis(along, x.ndim), given);
    },
    given,
  );
}
function checkAlong(x: NDArray, index: NDArray, axis: number | null): void {
  if (!isInteger(index.dtype)) {
    throw new TypeError(
      `takeAlongAxis indices must be of integer type, got ${index.dtype.name}`,
    );
  }
  if (axis === null && index.ndim !== 1) {
    throw new RangeError(
      `takeAlongAxis indices must be 1D if axis=null, got shape ${showShape(index.shape)}`,
    );
  }
  if (axis !== null && x.ndim !== index.ndim) {
    throw new RangeError(
      "indices and arr must have the same number of dimensions; " +
        `${index.ndim} vs. ${x.ndim}`,
    );
  }
}

/**
 * The gather whose windows are one element long, but along the axes where `indices` has length 1:
 * there they are whole. Axes that both have are batched.
 */
function gatherAlong(
  x: NDArray,
  given: NDArray,
  axis: number,
  { mode, fillValue }: TakeAlongAxisOptions,
): NDArray {
  const n = x.shape[axis];
  const lengths = x.shape.map((m, i) => i === axis ? 1 : m);
  const shape = broadcastShapes(given.shape, lengths);
  if (n === 0) return lax.full(shape, 0, x.dtype);
  const chosen = checkMode(mode) ?? "fill";
  let indices = lax.convertElementType(given, int32);
  if (chosen === "wrap") indices = remainder(indices, constantLike(indices, n));
  else if (chosen !== "promise_in_bounds") indices = fromEnd(indices, n);
  // Axes of the indices that stay: that of the positions, and those that are not of length 1.
  const kept = range(x.ndim).filter((i) => i === axis || given.shape[i] !== 1);
  const plan = alongPlan(given.shape, lengths, axis);
  const vectors = lax.reshape(indices, [...kept.map((i) => shape[i]), 1]);
  return lax.gather(
    lax.squeeze(x, plan.squeezed),
    vectors,
    plan.dimensionNumbers,
    plan.sliceSizes,
    {
      mode: chosen === "wrap" ? "promise_in_bounds" : chosen,
      ...(fillValue === null || fillValue === undefined ? {} : { fillValue }),
    },
  );
}
function alongPlan(indexShape: readonly number[], lengths: readonly number[], axis: number) {
  const dimensionNumbers = {
    offsetDims: [] as number[],
    collapsedSliceDims: [] as number[],
    startIndexMap: [] as number[],
    operandBatchingDims: [] as number[],
    startIndicesBatchingDims: [] as number[],
  };
  const sliceSizes: number[] = [];
  const squeezed: number[] = [];
  let kept = 0;
  lengths.forEach((n, i) => {
    const position = sliceSizes.length;
    if (i === axis) {
      dimensionNumbers.startIndexMap.push(position);
      dimensionNumbers.collapsedSliceDims.push(position);
      sliceSizes.push(1);
      kept++;
    } else if (indexShape[i] === 1) {
      dimensionNumbers.offsetDims.push(i);
      sliceSizes.push(n);
    } else if (n === 1) {
      squeezed.push(i);
      kept++;
    } else {
      dimensionNumbers.operandBatchingDims.push(position);
      dimensionNumbers.startIndicesBatchingDims.push(kept++);
      sliceSizes.push(Math.min(n, 1));
    }
  });
  return { dimensionNumbers, sliceSizes, squeezed };
}
