/** Gathering: slices of one array at places that another array lists. */
import { scalarArray } from "../core/array.ts";
import { range, sameShape, type ShapedArray } from "../core/aval.ts";
import { checkObject, listOf } from "../core/checks.ts";
import type { HostScalar } from "../core/convert.ts";
import {
  type DType,
  integerRange,
  isBigInt,
  isComplex,
  isInteger,
  realPart,
} from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { addIndex, apply, both, constant, type Expr, select } from "../core/expr.ts";
import type { ScatterMode } from "../core/routines.ts";
import { definePrimitive, type Delayed, type NDArray } from "../core/trace.ts";
import {
  canonicalMode,
  checkDisjoint,
  checkDistinct,
  checkInRange,
  checkSorted,
  type GatherScatterMode,
  showMode,
} from "./dimension_numbers.ts";
import { type Operand, operand } from "./operands.ts";
import { asIndex, clampedPosition, isPositionWithin } from "./positions.ts";

/** Which axes of operand, indices and result belong together. See XLA's `Gather`. */
export interface GatherDimensionNumbers {
  /** Axes of the result that run through a slice. */
  readonly offsetDims: readonly number[];
  /** Axes of the operand that a slice does not have: it is one element wide there. */
  readonly collapsedSliceDims: readonly number[];
  /** The axis of the operand for each component of an index vector. */
  readonly startIndexMap: readonly number[];
  /** Axes of the operand that are batched with axes of the indices. */
  readonly operandBatchingDims?: readonly number[];
  /** Those axes of the indices. */
  readonly startIndicesBatchingDims?: readonly number[];
}

interface GatherParams {
  readonly dimensionNumbers: Required<GatherDimensionNumbers>;
  readonly sliceSizes: readonly number[];
  readonly indicesAreSorted: boolean;
  readonly uniqueIndices: boolean;
  readonly mode: ScatterMode;
  readonly fillValue: HostScalar | null;
}

// -- types ----------------------------------------------------------------------------------------

function checkOffsets(indices: ShapedArray, { offsetDims }: GatherDimensionNumbers): void {
  if (indices.ndim === 0) {
    throw new TypeError(
      "Gather index leaf dimension must be within [0, rank(indices) + 1). rank(indices) is 0 and " +
        "gather index leaf dimension is -1.",
    );
  }
  checkSorted("gather", "offsetDims", offsetDims);
  checkDistinct("gather", "offsetDims", offsetDims);
  const ndim = offsetDims.length + indices.ndim - 1;
  offsetDims.forEach((d, i) => {
    if (Number.isInteger(d) && d >= 0 && d < ndim) return;
    throw new TypeError(
      `Offset dimension ${i} in gather op is out of bounds; got ${d}, but should have been in ` +
        `[0, ${ndim})`,
    );
  });
}

function checkStartIndexMap(
  x: ShapedArray,
  indices: ShapedArray,
  startIndexMap: readonly number[],
): void {
  const vectorAxis = indices.ndim - 1;
  if (startIndexMap.length !== indices.shape[vectorAxis]) {
    throw new TypeError(
      `Gather op has ${startIndexMap.length} elements in startIndexMap and the bound of dimension ` +
        `index_vector_dim=${vectorAxis} of indices is ${indices.shape[vectorAxis]}. These two ` +
        "numbers must be equal.",
    );
  }
  startIndexMap.forEach((d, i) => {
    if (Number.isInteger(d) && d >= 0 && d < x.ndim) return;
    throw new TypeError(`Invalid startIndexMap; domain is [0, ${x.ndim}), got: ${i}->${d}.`);
  });
  checkDistinct("gather", "startIndexMap", startIndexMap);
}

function checkBatching(
  x: ShapedArray,
  indices: ShapedArray,
  numbers: Required<GatherDimensionNumbers>,
): void {
  const { operandBatchingDims: batching, startIndicesBatchingDims: indexed } = numbers;
  checkDistinct("gather", "operandBatchingDims", batching);
  checkSorted("gather", "operandBatchingDims", batching);
  checkInRange("gather", "operandBatchingDims", batching, x.ndim);
  const collapsed = numbers.collapsedSliceDims;
  checkDisjoint("gather", "collapsedSliceDims", collapsed, "operandBatchingDims", batching);
  checkDisjoint("gather", "startIndexMap", numbers.startIndexMap, "operandBatchingDims", batching);
  checkDistinct("gather", "startIndicesBatchingDims", indexed);
  checkInRange("gather", "startIndicesBatchingDims", indexed, indices.ndim);
  if (indexed.includes(indices.ndim - 1)) {
    throw new TypeError(
      `Gather op cannot have the index vector dimension as a batching dimension; got ` +
        `${showShape(indexed)}.`,
    );
  }
  if (batching.length !== indexed.length) {
    throw new TypeError(
      `Gather op requires equal numbers of operandBatchingDims and startIndicesBatchingDims, got ` +
        `${showShape(batching)} and ${showShape(indexed)}.`,
    );
  }
  const lengths = batching.map((d) => x.shape[d]);
  const indexedLengths = indexed.map((d) => indices.shape[d]);
  if (!sameShape(lengths, indexedLengths)) {
    throw new TypeError(
      `Gather op requires operand batching dimensions and indices batching dimensions to have ` +
        `the same shape, got ${showShape(lengths)} and ${showShape(indexedLengths)}.`,
    );
  }
}

function checkSliceSizes(
  x: ShapedArray,
  indices: ShapedArray,
  numbers: Required<GatherDimensionNumbers>,
  sizes: readonly number[],
): void {
  const { offsetDims, collapsedSliceDims: collapsed, operandBatchingDims: batching } = numbers;
  if (sizes.length !== x.ndim) {
    throw new TypeError(
      `Gather op must have one slice size for every input dimension; got: ` +
        `len(sliceSizes)=${sizes.length}, input_shape.rank=${x.ndim}`,
    );
  }
  if (sizes.length !== offsetDims.length + collapsed.length + batching.length) {
    throw new TypeError(
      `All components of the offset index in a gather op must either be a offset dimension or ` +
        `explicitly collapsed/batching; got len(sliceSizes)=${sizes.length}, ` +
        `output_slice_sizes=${showShape(offsetDims)}, collapsedSliceDims=` +
        `${showShape(collapsed)}, operandBatchingDims=${showShape(batching)}.`,
    );
  }
  sizes.forEach((n, i) => {
    const fits = Number.isInteger(n) && n >= 0 && n <= x.shape[i];
    if (fits || indices.size === 0) return;
    throw new TypeError(
      `Slice size at index ${i} in gather op is out of range, must be within ` +
        `[0, ${x.shape[i]} + 1), got ${n}.`,
    );
  });
  collapsed.forEach((d, i) => {
    if (sizes[d] === 1) return;
    throw new TypeError(
      `Gather op can only collapse slice dims with bound 1, but bound is ${sizes[d]} for index ` +
        `${d} at position ${i}.`,
    );
  });
  batching.forEach((d, i) => {
    if (sizes[d] <= 1) return;
    throw new TypeError(
      `Gather op can only have operand batching dims with bound 0/1, but bound is ${sizes[d]} ` +
        `for index ${d} at position ${i}.`,
    );
  });
}

// -- gather ---------------------------------------------------------------------------------------

const gatherP = definePrimitive<GatherParams>("gather", {
  type([x, indices], { dimensionNumbers: numbers, sliceSizes }) {
    if (!isInteger(indices.dtype)) throw new RangeError("indices must have an integer type");
    checkOffsets(indices, numbers);
    checkStartIndexMap(x, indices, numbers.startIndexMap);
    checkSorted("gather", "collapsedSliceDims", numbers.collapsedSliceDims);
    checkInRange("gather", "collapsedSliceDims", numbers.collapsedSliceDims, x.ndim);
    checkDistinct("gather", "collapsedSliceDims", numbers.collapsedSliceDims);
    checkBatching(x, indices, numbers);
    checkSliceSizes(x, indices, numbers, sliceSizes);
    const { collapsedSliceDims, operandBatchingDims, offsetDims } = numbers;
    const dropped = [...collapsedSliceDims, ...operandBatchingDims];
    const offsets = sliceSizes.filter((_, d) => !dropped.includes(d));
    const batch = indices.shape.slice(0, -1);
    const shape = range(offsets.length + batch.length).map((i) =>
      (offsetDims.includes(i) ? offsets.shift() : batch.shift())!
    );
    return [x.with({ shape })];
  },
  print: (
    { dimensionNumbers: d, sliceSizes, indicesAreSorted, uniqueIndices, mode, fillValue },
  ) => ({
    dimensionNumbers: `GatherDimensionNumbers(offset_dims=${showShape(d.offsetDims)}, ` +
      `collapsed_slice_dims=${showShape(d.collapsedSliceDims)}, ` +
      `start_index_map=${showShape(d.startIndexMap)}, ` +
      `operand_batching_dims=${showShape(d.operandBatchingDims)}, ` +
      `start_indices_batching_dims=${showShape(d.startIndicesBatchingDims)})`,
    fillValue: Number.isNaN(fillValue) ? "nan" : fillValue,
    indicesAreSorted,
    mode: showMode(mode),
    sliceSizes,
    uniqueIndices,
  }),
  lower: ([x, indices], params) => (index) => gatherAt(x, indices, params, index),
});

/** The element of the result at an index: the start of the slice, read from `indices`, and on. */
function gatherAt(
  x: Delayed,
  indices: Delayed,
  { dimensionNumbers: numbers, sliceSizes, mode, fillValue }: GatherParams,
  index: readonly Expr[],
): Expr {
  const { offsetDims, collapsedSliceDims, startIndexMap, operandBatchingDims } = numbers;
  const batch = index.filter((_, i) => !offsetDims.includes(i));
  const offsets = index.filter((_, i) => offsetDims.includes(i));
  let valid: Expr | undefined;
  let next = 0;
  const start = (d: number): Expr | undefined => {
    const component = startIndexMap.indexOf(d);
    if (component < 0) return undefined;
    const hi = x.aval.shape[d] - sliceSizes[d];
    const position = () => indices.at([...batch, constant(component)]);
    if (mode === "fill_or_drop") {
      valid = both(valid, isPositionWithin(position(), hi));
      return asIndex(position());
    }
    return hi === 0 ? undefined : clampedPosition(position(), hi);
  };
  const at = x.aval.shape.map((_, d) => {
    const batched = operandBatchingDims.indexOf(d);
    if (batched >= 0) return batch[numbers.startIndicesBatchingDims[batched]];
    const offset = collapsedSliceDims.includes(d) ? undefined : offsets[next++];
    const begin = start(d);
    return begin === undefined
      ? offset ?? constant(0)
      : offset === undefined
      ? begin
      : addIndex(begin, offset);
  });
  return valid === undefined ? x.at(at) : select(valid, x.at(at), fill(fillValue!, x.aval.dtype));
}

/** A fill value as a literal of a dtype, converted as a cast does. */
function fill(value: HostScalar, dtype: DType): Expr {
  const element = scalarArray(value, dtype).item();
  if (!isComplex(dtype)) return constant(element as number | bigint | boolean, dtype);
  const { re, im } = element as { re: number; im: number };
  const part = realPart(dtype);
  return apply("complex", [constant(re, part), constant(im, part)], dtype);
}
function defaultFill(dtype: DType): HostScalar {
  if (dtype.kind === "b") return true;
  if (!isInteger(dtype)) return NaN;
  const [least, greatest] = integerRange(dtype);
  const value = dtype.kind === "i" ? least : greatest;
  return isBigInt(dtype) ? value : Number(value);
}

/** Options of {@linkcode gather}. */
export interface GatherOptions {
  /** What to do with slices out of bounds; by default they are promised not to be. */
  mode?: GatherScatterMode | null;
  /** With mode `"fill"`, the missing element: by default NaN, true, or the dtype's extreme value. */
  fillValue?: HostScalar | null;
  /** Accepted for JAX's sake: a promise that the indices ascend. */
  indicesAreSorted?: boolean;
  /** Accepted for JAX's sake: a promise that slices don't overlap. */
  uniqueIndices?: boolean;
}

/**
 * Slices of `array` of size `sliceSizes` that begin at the index vectors along the last axis of
 * `startIndices`. Follows `jax.lax.gather`; the axes are those of XLA's `Gather`.
 *
 * @throws {TypeError} if the dimension numbers don't fit the operands.
 * @throws {RangeError} if the indices aren't integers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.array([10, 11, 12]);
 * const dimensionNumbers = { offsetDims: [], collapsedSliceDims: [0], startIndexMap: [0] };
 * const y = lax.gather(x, np.array([[2], [0], [2]]), dimensionNumbers, [1]);
 * assert(String(y.tolist()) === "12,10,12");
 * ```
 */
export function gather(
  array: Operand,
  startIndices: Operand,
  dimensionNumbers: GatherDimensionNumbers,
  sliceSizes: readonly number[],
  options: GatherOptions = {},
): NDArray {
  const x = operand("gather", array), indices = operand("gather", startIndices);
  checkObject("lax.gather", "the options", options);
  checkObject("lax.gather", "dimensionNumbers", dimensionNumbers);
  for (const part of ["offsetDims", "collapsedSliceDims", "startIndexMap"] as const) {
    listOf("lax.gather", `dimensionNumbers.${part}`, dimensionNumbers[part]);
  }
  const mode = canonicalMode(options.mode ?? "promise_in_bounds");
  const { operandBatchingDims = [], startIndicesBatchingDims = [] } = dimensionNumbers;
  return gatherP.bind([x, indices], {
    dimensionNumbers: { ...dimensionNumbers, operandBatchingDims, startIndicesBatchingDims },
    sliceSizes: [...listOf("lax.gather", "sliceSizes", sliceSizes)],
    indicesAreSorted: options.indicesAreSorted ?? false,
    uniqueIndices: options.uniqueIndices ?? false,
    mode,
    fillValue: mode === "fill_or_drop" ? options.fillValue ?? defaultFill(x.dtype) : null,
  });
}
