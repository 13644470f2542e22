/** What the operands of a scatter must be; the conditions of XLA's `Scatter`, in JAX's words. */
import { type Dims, range, sameShape, type ShapedArray } from "../core/aval.ts";
import { isInteger } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import type { ScatterDimensionNumbers } from "../core/routines.ts";
import { checkDisjoint, checkDistinct, checkInRange, checkSorted } from "./dimension_numbers.ts";

/**
 * Throws unless operand, indices and updates fit the dimension numbers and each other.
 *
 * @throws {TypeError} if shapes or dtypes don't fit.
 * @throws {RangeError} if the indices are no integers.
 */
export function checkScatter(
  [x, indices, updates]: readonly ShapedArray[],
  numbers: ScatterDimensionNumbers,
): void {
  checkDimensionNumbers(x, indices, updates, numbers);
  checkUpdates(x, indices, updates, numbers);
  if (!isInteger(indices.dtype)) throw new RangeError("indices must have an integer type");
  if (x.dtype !== updates.dtype) {
    throw new TypeError(
      `lax.scatter requires arguments to have the same dtypes, got ${x.dtype.name}, ` +
        `${updates.dtype.name}.`,
    );
  }
}

function checkAxes(
  argument: string,
  axes: Dims,
  rank: number,
  { sorted = true }: { sorted?: boolean } = {},
): void {
  if (sorted) checkSorted("scatter", argument, axes);
  checkDistinct("scatter", argument, axes);
  checkInRange("scatter", argument, axes, rank);
}

/** Throws unless the dimension numbers fit the operands. */
function checkDimensionNumbers(
  x: ShapedArray,
  indices: ShapedArray,
  updates: ShapedArray,
  numbers: ScatterDimensionNumbers,
): void {
  const vectorAxis = indices.ndim - 1;
  if (vectorAxis < 0) {
    throw new TypeError(
      "Scatter index leaf dimension must be within [0, rank(indices) + 1). rank(indices) is 0 " +
        "and scatter index leaf dimension is -1.",
    );
  }
  const expected = vectorAxis + numbers.updateWindowDims.length;
  if (updates.ndim !== expected) {
    throw new TypeError(`Updates tensor must be of rank ${expected}; got ${updates.ndim}.`);
  }
  const { insertedWindowDims: inserted, operandBatchingDims: batching } = numbers;
  checkAxes("updateWindowDims", numbers.updateWindowDims, updates.ndim);
  checkAxes("insertedWindowDims", inserted, x.ndim);
  checkAxes("operandBatchingDims", batching, x.ndim);
  checkDisjoint("scatter", "insertedWindowDims", inserted, "operandBatchingDims", batching);
  const vector = numbers.scatterDimsToOperandDims;
  checkDisjoint("scatter", "scatterDimsToOperandDims", vector, "operandBatchingDims", batching);
  checkBatching(x, indices, updates, numbers);
  const window = numbers.updateWindowDims.length + inserted.length + batching.length;
  if (x.ndim !== window) {
    throw new TypeError(
      `Scatter op has window of size ${window}; doesn't match operand of rank ${x.ndim}.`,
    );
  }
  if (vector.length !== indices.shape[vectorAxis]) {
    throw new TypeError(
      `Scatter op has ${vector.length} elements in scatterDimsToOperandDims and the bound of ` +
        `dimension index_vector_dim=${vectorAxis} of indices is ${indices.shape[vectorAxis]}. ` +
        "These two numbers must be equal",
    );
  }
  vector.forEach((d, i) => {
    if (Number.isInteger(d) && d >= 0 && d < x.ndim) return;
    throw new TypeError(
      `Invalid scatterDimsToOperandDims mapping; domain is [0, ${x.ndim}), got: ${i}->${d}.`,
    );
  });
  checkAxes("scatterDimsToOperandDims", vector, x.ndim, { sorted: false });
}

function checkBatching(
  x: ShapedArray,
  indices: ShapedArray,
  updates: ShapedArray,
  numbers: ScatterDimensionNumbers,
): void {
  const { operandBatchingDims: batching, scatterIndicesBatchingDims: indexed } = numbers;
  checkAxes("scatterIndicesBatchingDims", indexed, indices.ndim, { sorted: false });
  if (indexed.includes(indices.ndim - 1)) {
    throw new TypeError(
      "Scatter op cannot have the index vector dimension as a batching dimension; got " +
        `${showShape(indexed)}.`,
    );
  }
  if (batching.length !== indexed.length) {
    throw new TypeError(
      "Scatter op requires equal numbers of operandBatchingDims and scatterIndicesBatchingDims, " +
        `got ${showShape(batching)} and ${showShape(indexed)}.`,
    );
  }
  const ofOperand = batching.map((d) => x.shape[d]);
  const scatterDims = range(updates.ndim).filter((d) => !numbers.updateWindowDims.includes(d));
  const others = {
    indices: indexed.map((d) => indices.shape[d]),
    updates: indexed.map((d) => updates.shape[scatterDims[d]]),
  };
  for (const [name, shape] of Object.entries(others)) {
    if (sameShape(ofOperand, shape)) continue;
    throw new TypeError(
      `Scatter op requires operand batching dimensions and ${name} batching dimensions to have ` +
        `the same shape, got ${showShape(ofOperand)} and ${showShape(shape)}.`,
    );
  }
}

/** Throws unless the updates have the shape that indices and windows give. */
function checkUpdates(
  x: ShapedArray,
  indices: ShapedArray,
  updates: ShapedArray,
  numbers: ScatterDimensionNumbers,
): void {
  const { updateWindowDims, insertedWindowDims, operandBatchingDims } = numbers;
  const bounds = x.shape.filter((_, d) =>
    !insertedWindowDims.includes(d) && !operandBatchingDims.includes(d)
  );
  updateWindowDims.forEach((d, i) => {
    if (updates.shape[d] <= bounds[i]) return;
    throw new TypeError(
      "Bounds of the window dimensions of updates must not exceed the bounds of the " +
        `corresponding dimensions of operand. For dimension ${d}, updates bound is ` +
        `${updates.shape[d]}, operand bound is ${bounds[i]}.`,
    );
  });
  const scatterDims = range(updates.ndim).filter((d) => !updateWindowDims.includes(d));
  scatterDims.forEach((d, i) => {
    if (updates.shape[d] === indices.shape[i]) return;
    throw new TypeError(
      "Bounds of the scatter dimensions of updates must be the same as the bounds of the " +
        `corresponding dimensions of scatter indices. For scatter dimension ${d}, updates bound ` +
        `is ${updates.shape[d]}, indices bound is ${indices.shape[i]}.`,
    );
  });
}
