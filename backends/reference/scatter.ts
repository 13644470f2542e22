/** Scatter: updates written or folded into a copy of an array, at indices known only at run time. */
import { decodeBfloat16, encodeBfloat16 } from "../../core/array.ts";
import { product, type ShapedArray, stridesOf } from "../../core/aval.ts";
import { bfloat16, type DType, isBigInt, isComplex, type TypedArray } from "../../core/dtype.ts";
import type { ScatterOp, ScatterParams } from "../../core/routines.ts";
import { bitsOf, type HostArray } from "./host.ts";

// Note [Scatter]
//
// Follows https://openxla.org/stablehlo/spec#scatter. The axes of the updates are of two kinds. A
// point of the *scatter* axes picks one index vector, which says where in the operand a window
// goes; the *window* axes run through it. Both give offsets that simply add up, in the operand and
// in the updates, so each kind becomes one flat list. A window that does not fit is dropped.

/** Scatters updates into a copy of the operand. See Note [Scatter]. */
export function scatter(
  [operand, indices, updates]: readonly HostArray[],
  params: ScatterParams,
): TypedArray[] {
  const result = operand.data.slice();
  const { dtype } = operand.aval;
  const [targets, sources] = windowPositions(operand, indices, updates, params);
  const window = windowOffsets(operand.aval, updates.aval, params);
  const update = updater(dtype, params.op, result, updates.data);
  for (let i = 0; i < targets.length; i++) {
    if (targets[i] < 0) continue;
    for (let w = 0; w < window.targets.length; w++) {
      update(targets[i] + window.targets[w], sources[i] + window.sources[w]);
    }
  }
  return [result];
}

/** The flat positions that a point running through `shape` has, given the step of each axis. */
function offsets(shape: readonly number[], steps: readonly number[]): Float64Array {
  let flat = new Float64Array(1);
  shape.forEach((n, axis) => {
    const finer = new Float64Array(flat.length * n);
    for (let i = 0, at = 0; i < flat.length; i++) {
      for (let j = 0; j < n; j++) finer[at++] = flat[i] + j * steps[axis];
    }
    flat = finer;
  });
  return flat;
}

/** The axes of the operand that a window runs through, in order. */
function windowAxes(ndim: number, { dimensionNumbers: numbers }: ScatterParams): number[] {
  return Array.from({ length: ndim }, (_, d) => d).filter((d) =>
    !numbers.insertedWindowDims.includes(d) && !numbers.operandBatchingDims.includes(d)
  );
}

/** Where the elements of a window are, relative to its first, in operand and updates. */
function windowOffsets(
  operand: ShapedArray,
  updates: ShapedArray,
  params: ScatterParams,
): { targets: Float64Array; sources: Float64Array } {
  const { updateWindowDims } = params.dimensionNumbers;
  const shape = updateWindowDims.map((d) => updates.shape[d]);
  const operandSteps = stridesOf(operand.shape);
  const updateSteps = stridesOf(updates.shape);
  return {
    targets: offsets(shape, windowAxes(operand.ndim, params).map((d) => operandSteps[d])),
    sources: offsets(shape, updateWindowDims.map((d) => updateSteps[d])),
  };
}

/** The first element of each window, in the operand (-1 where dropped) and in the updates. */
function windowPositions(
  { aval: operand }: HostArray,
  { aval: indices, data }: HostArray,
  { aval: updates }: HostArray,
  params: ScatterParams,
): [targets: Float64Array, sources: Float64Array] {
  const { dimensionNumbers: numbers, mode } = params;
  const steps = stridesOf(operand.shape);
  const batchShape = indices.shape.slice(0, -1);
  const scatterAxes = stridesOf(updates.shape).filter((_, d) =>
    !numbers.updateWindowDims.includes(d)
  );
  const targets = new Float64Array(product(batchShape));

  // Batched axes: the position in the indices is the position in the operand.
  const batchSteps = batchShape.map((_, axis) => {
    const b = numbers.scatterIndicesBatchingDims.indexOf(axis);
    return b < 0 ? 0 : steps[numbers.operandBatchingDims[b]];
  });
  targets.set(offsets(batchShape, batchSteps));

  const axes = windowAxes(operand.ndim, params);
  const vector = numbers.scatterDimsToOperandDims;
  vector.forEach((axis, component) => {
    const w = axes.indexOf(axis);
    const extent = w < 0 ? 1 : updates.shape[numbers.updateWindowDims[w]];
    const last = operand.shape[axis] - extent;
    for (let i = 0; i < targets.length; i++) {
      let index = Number(data[i * vector.length + component]);
      if (mode === "clip") index = Math.max(0, Math.min(index, last));
      // A window dropped once stays dropped.
      targets[i] = index < 0 || index > last || targets[i] < 0
        ? -1
        : targets[i] + index * steps[axis];
    }
  });
  return [targets, offsets(batchShape, scatterAxes)];
}

/** Updates the element of the result at one position with the update at another. */
type Update = (target: number, source: number) => void;

function updater(dtype: DType, op: ScatterOp, result: TypedArray, updates: TypedArray): Update {
  if (op === "set") return setter(dtype, result, updates);
  if (isComplex(dtype)) return complexUpdater(op, result, updates);
  if (isBigInt(dtype)) {
    const combine = ofBigInts[op];
    const [to, from] = [result as BigInt64Array, updates as BigInt64Array];
    return (t, s) => void (to[t] = combine(to[t], from[s]));
  }
  const [to, from] = [result as Float64Array, updates as Float64Array];
  const combine = dtype.kind === "f" || op !== "mul" ? ofNumbers[op] : Math.imul;
  if (dtype !== bfloat16) return (t, s) => void (to[t] = combine(to[t], from[s]));
  return (t, s) =>
    void (to[t] = encodeBfloat16(combine(decodeBfloat16(to[t]), decodeBfloat16(from[s]))));
}

function setter(dtype: DType, result: TypedArray, updates: TypedArray): Update {
  const { words: to, perElement } = bitsOf(result, dtype.itemsize);
  const { words: from } = bitsOf(updates, dtype.itemsize);
  if (perElement === 1) return (t, s) => void (to[t] = from[s]);
  return (t, s) => {
    for (let w = 0; w < perElement; w++) to[t * perElement + w] = from[s * perElement + w];
  };
}

type Combining = Exclude<ScatterOp, "set">;

const ofNumbers: Record<Combining, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  min: Math.min,
  max: Math.max,
};

const ofBigInts: Record<Combining, (x: bigint, y: bigint) => bigint> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  min: (x, y) => x < y ? x : y,
  max: (x, y) => x > y ? x : y,
};

function complexUpdater(op: Combining, result: TypedArray, updates: TypedArray): Update {
  const to = result as Float64Array;
  const from = updates as Float64Array;
  return (t, s) => {
    const [a, b, c, d] = [to[2 * t], to[2 * t + 1], from[2 * s], from[2 * s + 1]];
    const [re, im] = ofComplex[op](a, b, c, d);
    to[2 * t] = re;
    to[2 * t + 1] = im;
  };
}

/** On `a + bi` and `c + di`. Complex numbers order by real part, then by imaginary part. */
type CombineComplex = (a: number, b: number, c: number, d: number) => [number, number];
const ofComplex: Record<Combining, CombineComplex> = {
  add: (a, b, c, d) => [a + c, b + d],
  sub: (a, b, c, d) => [a - c, b - d],
  mul: (a, b, c, d) => [a * c - b * d, a * d + b * c],
  min: (a, b, c, d) => a !== a || b !== b || a < c || (a === c && b < d) ? [a, b] : [c, d],
  max: (a, b, c, d) => a !== a || b !== b || a > c || (a === c && b > d) ? [a, b] : [c, d],
};
