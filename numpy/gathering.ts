/**
 * Reading by an index. Of the ways there are it takes the cheapest, as JAX does: a static slice, a
 * dynamic slice, a gather. The plan of a gather serves updates too, which are scatters.
 */
import { fromData, scalarArray } from "../core/array.ts";
import { range, ShapedArray } from "../core/aval.ts";
import { fromScalar } from "../core/convert.ts";
import { defaultDType, int32, integerRange } from "../core/dtype.ts";
import { describe } from "../core/errors.ts";
import { evalTrace } from "../core/eval.ts";
import type { AtOptions, IndexMode } from "../core/methods.ts";
import { currentTrace, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike } from "./asarray.ts";
import { type Entry, type Indexer, parseIndex, sliceIndices, sliceLength } from "./indexing.ts";
import { convertTo } from "./promotion.ts";
import { broadcastArrays } from "./shapes.ts";

/**
 * The part of `x` that an index names: `x[index]` in Python.
 *
 * @throws {TypeError} for what is no index; `RangeError` for too many entries.
 */
export function getItem(
  x: NDArray,
  index: readonly unknown[],
  options: AtOptions = {},
): NDArray {
  const mode = checkMode(options.mode);
  const wrap = options.wrapNegativeIndices ?? true;
  let indexer = parseIndex(index, x.shape);
  if (mode === "wrap") indexer = wrapAround(indexer);
  if (mode !== "fill") {
    const slices = toStaticSlices(indexer, mode, wrap);
    if (slices !== undefined) return staticSlice(x, slices);
    const starts = toDynamicSlices(indexer);
    if (starts !== undefined) return dynamicSlice(x, starts, wrap);
  }
  return gather(x, toGather(indexer, wrap), mode, options);
}

/** The ways to treat indices out of bounds that are left once aliases are resolved. */
export type Mode = "promise_in_bounds" | "fill" | "clip" | "wrap" | undefined;

/**
 * A mode by its canonical name.
 *
 * @throws {RangeError} if there is no such mode.
 */
export function checkMode(mode: IndexMode | null | undefined): Mode {
  switch (mode) {
    case null:
    case undefined:
      return undefined;
    case "drop":
      return "fill";
    case "fill":
    case "clip":
    case "wrap":
    case "promise_in_bounds":
      return mode;
    default:
      throw new RangeError(
        `Unknown gather mode "${mode}"; the modes are promise_in_bounds, fill, drop, clip, wrap`,
      );
  }
}

/** The lengths of the axes that the entries consume, and 0 where an entry consumes none. */
function lengthsOf({ shape, entries }: Indexer): number[] {
  let axis = 0;
  return entries.map((e) => e.kind === "newaxis" || e.kind === "flag" ? 0 : shape[axis++]);
}

/** An index with all positions brought into bounds, as often around as it takes. */
export function wrapAround(indexer: Indexer): Indexer {
  const lengths = lengthsOf(indexer);
  const entries = indexer.entries.map((e, i): Entry => {
    const n = lengths[i];
    if (n === 0) return e;
    if (e.kind === "integer") return { kind: "integer", index: ((e.index % n) + n) % n };
    if (e.kind !== "array") return e;
    const index = roomFor(e.index, n);
    return { kind: "array", index: fromEnd(lax.rem(index, constantLike(index, n)), n) };
  });
  return { ...indexer, entries };
}

/** An index in a dtype that has room for the length of an axis. */
export function roomFor(index: NDArray, n: number): NDArray {
  const { dtype } = index;
  return dtype.itemsize < 4 && integerRange(dtype)[1] < n
    ? lax.convertElementType(index, int32)
    : index;
}
/** Indices with negative ones counted from the end of an axis. */
export function fromEnd(given: NDArray, n: number): NDArray {
  if (given.dtype.kind === "u") return given;
  const index = roomFor(given, n);
  const negative = lax.lt(index, constantLike(index, 0));
  return lax.select(negative, lax.add(index, constantLike(index, n)), index);
}

// -- slices ---------------------------------------------------------------------------------------

/** Axes that change once a slice is cut. */
interface AxisChanges {
  readonly reversed: number[];
  readonly squeezed: number[];
  readonly fresh: number[];
}
interface StaticSlices extends AxisChanges {
  readonly starts: number[];
  readonly limits: number[];
  readonly strides: number[];
}
interface DynamicSlices extends AxisChanges {
  readonly starts: (number | NDArray)[];
  readonly sizes: number[];
}

/** New axes count among those that are left after slicing and squeezing. */
function addNewAxis(changes: AxisChanges, sliced: number): void {
  changes.fresh.push(sliced - changes.squeezed.length + changes.fresh.length);
}

/** An index of integers in bounds, slices and new axes as one static slice, if it is one. */
function toStaticSlices(
  { shape, entries }: Indexer,
  mode: Mode,
  wrap: boolean,
): StaticSlices | undefined {
  const plan: StaticSlices = {
    starts: [],
    limits: [],
    strides: [],
    reversed: [],
    squeezed: [],
    fresh: [],
  };
  const { starts, limits, strides } = plan;
  for (const [position, e] of entries.entries()) {
    const axis = starts.length;
    const n = shape[axis];
    if (e.kind === "newaxis") {
      addNewAxis(plan, axis);
    } else if (e.kind === "integer") {
      let start = wrap && e.index < 0 ? e.index + n : e.index;
      if (mode === "clip") start = Math.min(Math.max(start, 0), n - 1);
      if (start < 0 || start >= n) return undefined;
      starts.push(start);
      limits.push(start + 1);
      strides.push(1);
      plan.squeezed.push(axis);
    } else if (e.kind === "slice") {
      const [start, stop, step] = sliceIndices(e.slice, n, position);
      const first = step > 0 ? start : Math.min(n, stop + 1 + Math.abs(start - stop - 1) % -step);
      starts.push(first);
      limits.push(Math.max(first, step > 0 ? stop : start + 1));
      strides.push(Math.abs(step));
      if (step < 0) plan.reversed.push(axis);
    } else {
      return undefined;
    }
  }
  return plan;
}

// Note [Eager slices]
//
// An eager operation is compiled once for each value of its params. Reading row after row would
// compile a slice for each, so eagerly a slice is a dynamic one: its starts are operands.

function staticSlice(x: NDArray, plan: StaticSlices): NDArray {
  const { starts, limits, strides } = plan;
  const unit = strides.every((s) => s === 1);
  const whole = unit && x.shape.every((n, i) => starts[i] === 0 && limits[i] === n);
  if (whole) return changeAxes(x, plan);
  if (unit && currentTrace() === evalTrace) {
    const sizes = limits.map((limit, i) => limit - starts[i]);
    return changeAxes(lax.dynamicSlice(x, starts, sizes), plan);
  }
  return changeAxes(lax.slice(x, starts, limits, unit ? null : strides), plan);
}
function changeAxes(x: NDArray, { reversed, squeezed, fresh }: AxisChanges): NDArray {
  let y = x;
  if (reversed.length > 0) y = lax.rev(y, reversed);
  if (squeezed.length > 0) y = lax.squeeze(y, squeezed);
  return fresh.length > 0 ? lax.expandDims(y, fresh) : y;
}

/** An index of scalars, slices of step ±1 and new axes as one dynamic slice, if it is one. */
function toDynamicSlices({ shape, entries }: Indexer): DynamicSlices | undefined {
  const plan: DynamicSlices = {
    starts: [],
    sizes: [],
    reversed: [],
    squeezed: [],
    fresh: [],
  };
  const { starts, sizes } = plan;
  for (const [position, e] of entries.entries()) {
    const axis = starts.length;
    const n = shape[axis];
    if (e.kind === "newaxis") {
      addNewAxis(plan, axis);
    } else if (e.kind === "slice") {
      const [start, stop, step] = sliceIndices(e.slice, n, position);
      if (step !== 1 && step !== -1) return undefined;
      starts.push(step > 0 ? start : stop + 1);
      sizes.push(sliceLength([start, stop, step]));
      if (step < 0) plan.reversed.push(axis);
    } else if (e.kind === "flag" || (e.kind === "array" && e.index.ndim > 0)) {
      return undefined;
    } else {
      if (n === 0) return undefined;
      starts.push(e.index);
      sizes.push(1);
      plan.squeezed.push(axis);
    }
  }
  return plan;
}

function dynamicSlice(x: NDArray, plan: DynamicSlices, wrap: boolean): NDArray {
  const starts = plan.starts.map((i) =>
    i instanceof NDArray ? i : scalarArray(i, defaultDType("i"))
  );
  const indices = starts.length > 1 ? starts.map(toIndexType) : starts;
  const y = lax.dynamicSlice(x, indices, plan.sizes, { allowNegativeIndices: wrap });
  return changeAxes(y, plan);
}
/** An index as a strong int32, which all indices of one gather have to be. */
function toIndexType(index: NDArray): NDArray {
  return convertTo(index, int32);
}

// -- gathers --------------------------------------------------------------------------------------

/** How an index is a gather from an array, or a scatter into it. */
export interface GatherPlan {
  /** The shape that the index gives. */
  readonly shape: readonly number[];
  /** The axes of that shape which are new: a gather has to insert them, a scatter to remove. */
  readonly newAxes: readonly number[];
  /** Of the axes that are left, those which slices of negative step reverse. */
  readonly reversedAxes: readonly number[];
  /** Axes to insert into the array first, for `true` and `false` in the index. */
  readonly flagAxes: readonly number[];
  /** Positions, one vector of coordinates for each window. */
  readonly indices: NDArray;
  /** The axes of the result that windows extend over. */
  readonly offsetDims: readonly number[];
  /** The axes of the array along which windows have length 1, which vanish. */
  readonly collapsedDims: readonly number[];
  /** The axes of the array that coordinates are for. */
  readonly startIndexMap: readonly number[];
  /** The shape of a window. */
  readonly windowShape: readonly number[];
  /** Whether positions ascend and don't repeat for certain. */
  readonly regular: boolean;
}

/** Coordinates along one axis: where their axes are among those of all coordinates. */
type Coordinate = readonly [index: NDArray, firstAxis: number];

/** The plan being made, and how far it is. */
class Gathering {
  readonly shape: number[] = [];
  readonly newAxes: number[] = [];
  readonly reversedAxes: number[] = [];
  readonly offsetDims: number[] = [];
  readonly collapsedDims: number[] = [];
  readonly startIndexMap: number[] = [];
  readonly windowShape: number[] = [];
  readonly coordinates: Coordinate[] = [];
  readonly coordinatesShape: number[] = [];

  /** An axis along which each window is one position of `index`. */
  pick(axis: number, index: NDArray, firstAxis: number): void {
    this.coordinates.push([index, firstAxis]);
    this.collapsedDims.push(axis);
    this.startIndexMap.push(axis);
  }
  /** The next axis of the result before new axes come in. */
  get nextAxis(): number {
    return this.shape.length - this.newAxes.length;
  }

  /** Index arrays, broadcast together; their axes come here. */
  addArrays(axes: readonly number[], indices: readonly NDArray[]): void {
    const arrays = broadcastArrays(...indices);
    const firstAxis = this.coordinatesShape.length;
    arrays.map(toIndexType).forEach((index, i) => this.pick(axes[i], index, firstAxis));
    this.coordinatesShape.push(...arrays[0].shape);
    this.shape.push(...arrays[0].shape);
  }
  /** A slice of an axis of length `n`. */
  addSlice(axis: number, n: number, [start, stop, step]: [number, number, number]): void {
    const length = sliceLength([start, stop, step]);
    const firstAxis = this.coordinatesShape.length;
    if (step === 1) {
      if (length !== n) {
        this.coordinates.push([scalarArray(start, int32), firstAxis]);
        this.startIndexMap.push(axis);
      }
      this.windowShape.push(length);
      this.offsetDims.push(this.nextAxis);
    } else {
      const steps = lax.mul(scalarArray(step, int32), lax.iota(int32, length));
      const positions = lax.add(scalarArray(start, int32), steps);
      if (step < 0) this.reversedAxes.push(this.nextAxis);
      this.pick(axis, step < 0 ? lax.rev(positions, [0]) : positions, firstAxis);
      this.coordinatesShape.push(length);
      this.windowShape.push(1);
    }
    this.shape.push(length);
  }
  /** A new axis. */
  addNewAxis(): void {
    this.newAxes.push(this.shape.length);
    this.shape.push(1);
  }

  /** All coordinates as one array, whose last axis is theirs. */
  indices(): NDArray {
    const { coordinates, coordinatesShape } = this;
    if (coordinates.length === 0) return fromData(new ShapedArray([0], int32), new Int32Array(0));
    if (coordinates.length === 1) return lax.expandDims(coordinates[0][0], [-1]);
    const shape = [...coordinatesShape, 1];
    const parts = coordinates.map(([index, firstAxis]) =>
      lax.broadcastInDim(index, shape, range(index.ndim).map((i) => i + firstAxis))
    );
    return lax.concatenate(parts, coordinatesShape.length);
  }
}

/** Any index as a gather. With `wrap`, negative positions count from the end. */
export function toGather(given: Indexer, wrap: boolean): GatherPlan {
  const { entries, shape, flagAxes } = expandFlags(given);
  const axes = axisNumbers(entries);
  const positions = entries.map((e, i) => toPositions(e, shape[axes[i]], wrap));
  const isAdvanced = positions.some((p) => p !== undefined && p.ndim > 0);
  const chosen = range(entries.length).filter((i) => isAdvanced && positions[i] !== undefined);
  const blockAt = given.contiguous ? chosen[0] : 0;
  const plan = new Gathering();
  entries.forEach((e, i) => {
    if (isAdvanced && i === blockAt) {
      plan.addArrays(chosen.map((c) => axes[c]), chosen.map((c) => positions[c]!));
    }
    const axis = axes[i];
    if (e.kind === "newaxis") {
      plan.addNewAxis();
    } else if (e.kind === "slice") {
      plan.addSlice(axis, shape[axis], sliceIndices(e.slice, shape[axis], i));
    } else {
      plan.windowShape.push(1);
      if (isAdvanced) return;
      if (shape[axis] === 0) {
        throw new RangeError(`index is out of bounds for axis ${axis} with size 0`);
      }
      plan.pick(axis, toIndexType(positions[i]!), plan.coordinatesShape.length);
    }
  });
  return {
    shape: plan.shape,
    newAxes: plan.newAxes,
    reversedAxes: plan.reversedAxes,
    flagAxes,
    indices: plan.indices(),
    offsetDims: plan.offsetDims,
    collapsedDims: plan.collapsedDims.sort((a, b) => a - b),
    startIndexMap: plan.startIndexMap,
    windowShape: plan.windowShape,
    regular: !isAdvanced,
  };
}

/** The axis that each entry consumes; that of the next one where it consumes none. */
function axisNumbers(entries: readonly Entry[]): number[] {
  let axis = 0;
  return entries.map((e) => e.kind === "newaxis" ? axis : axis++);
}

/** Flags as positions on axes of length 1, which the array is to get first. */
function expandFlags({ shape, entries }: Indexer): {
  entries: Entry[];
  shape: number[];
  flagAxes: number[];
} {
  const lengths = [...shape];
  const flagAxes: number[] = [];
  let axis = 0;
  const expanded = entries.map((e): Entry => {
    if (e.kind !== "flag") {
      if (e.kind !== "newaxis") axis++;
      return e;
    }
    lengths.splice(axis, 0, 1);
    flagAxes.push(axis++);
    const data = new Int32Array(e.value ? 1 : 0);
    return { kind: "array", index: fromData(new ShapedArray([data.length], int32), data) };
  });
  return { entries: expanded, shape: lengths, flagAxes };
}

/** The positions on an axis of length `n` that an integer or array entry names. */
function toPositions(e: Entry, n: number, wrap: boolean): NDArray | undefined {
  if (e.kind === "integer") return fromScalar(wrap && e.index < 0 ? e.index + n : e.index);
  if (e.kind !== "array") return undefined;
  return wrap ? fromEnd(e.index, n) : e.index;
}

function gather(x: NDArray, plan: GatherPlan, mode: Mode, options: AtOptions): NDArray {
  const { fillValue } = options;
  checkFillValue(fillValue);
  let y = lax.expandDims(x, plan.flagAxes);
  if (plan.shape.includes(0)) return lax.fullLike(y, 0, { shape: plan.shape });
  if (plan.indices.size > 0) {
    const dimensionNumbers = {
      offsetDims: plan.offsetDims,
      collapsedSliceDims: plan.collapsedDims,
      startIndexMap: plan.startIndexMap,
    };
    y = lax.gather(y, plan.indices, dimensionNumbers, plan.windowShape, {
      uniqueIndices: (options.uniqueIndices ?? false) || plan.regular,
      indicesAreSorted: (options.indicesAreSorted ?? false) || plan.regular,
      mode: mode === undefined || mode === "wrap" ? "promise_in_bounds" : mode,
      ...(fillValue === null || fillValue === undefined ? {} : { fillValue }),
    });
  }
  if (plan.reversedAxes.length > 0) y = lax.rev(y, plan.reversedAxes);
  return lax.expandDims(y, plan.newAxes);
}
function checkFillValue(fillValue: unknown): void {
  const good = fillValue === null || fillValue === undefined ||
    ["number", "bigint", "boolean"].includes(typeof fillValue);
  if (!good) {
    throw new RangeError(
      `fillValue argument to indexed get() must be a scalar, got ${describe(fillValue)}`,
    );
  }
}
