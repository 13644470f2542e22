/**
 * NumPy's indexing: what an index means for an array of a shape. Reading and updating by it are in
 * `gathering.ts` and `at.ts`.
 */
import { ConcreteArray, fromData } from "../core/array.ts";
import { ShapedArray, stridesOf } from "../core/aval.ts";
import { fromTypedArray, isComplexScalar, isTypedArray } from "../core/convert.ts";
import { allocate, bool, defaultDType, type DType, int32, isInteger } from "../core/dtype.ts";
import { describe, NonConcreteBooleanIndexError, showShape } from "../core/errors.ts";
import { Slice } from "../core/methods.ts";
import { NDArray } from "../core/trace.ts";

// -- entries --------------------------------------------------------------------------------------

/** What one entry of an index means. */
export type Entry =
  /** A new axis. */
  | { readonly kind: "newaxis" }
  /** A range of positions. */
  | { readonly kind: "slice"; readonly slice: Slice }
  /** A position that is known. */
  | { readonly kind: "integer"; readonly index: number }
  /** Positions, of any shape. */
  | { readonly kind: "array"; readonly index: NDArray }
  /** True or false: a new axis of length 1 or 0. */
  | { readonly kind: "flag"; readonly value: boolean };
type RawEntry =
  | Entry
  | { readonly kind: "ellipsis" }
  | { readonly kind: "mask"; readonly mask: NDArray };

const NEWAXIS: Entry = { kind: "newaxis" };
const ALL: Entry = { kind: "slice", slice: new Slice(null, null, null) };
const ELLIPSIS: RawEntry = { kind: "ellipsis" };

/** An index in the context of a shape. */
export interface Indexer {
  /** The shape of the array that is indexed. */
  readonly shape: readonly number[];
  /** What to do along each axis, in order; nothing is left out. */
  readonly entries: readonly Entry[];
  /** Whether integers, arrays and flags stand side by side: then their axes stay in place. */
  readonly contiguous: boolean;
}

/** What kind of entry a part of an index is. */
function classify(entry: unknown): RawEntry {
  if (typeof entry === "number") {
    if (!Number.isInteger(entry)) throw notAnIndex("float64");
    checkIndexRange(entry);
    return { kind: "integer", index: entry };
  }
  if (entry instanceof Slice) return { kind: "slice", slice: entry };
  if (entry === null) return NEWAXIS;
  if (entry === "...") return ELLIPSIS;
  if (typeof entry === "boolean") return { kind: "flag", value: entry };
  if (entry instanceof NDArray) return classifyArray(entry);
  if (Array.isArray(entry)) return classifyArray(fromIndexList(entry));
  if (isTypedArray(entry)) return classifyArray(fromTypedArray(entry));
  if (typeof entry === "bigint") {
    checkIndexRange(entry);
    return { kind: "integer", index: Number(entry) };
  }
  if (typeof entry === "string") {
    throw new TypeError(`JAX does not support string indexing; got idx='${entry}'`);
  }
  if (isComplexScalar(entry)) throw notAnIndex("complex128");
  throw new RangeError(
    "only integers, slices (slice(start, stop, step)), ellipsis ('...'), newaxis (null) and " +
      `integer or boolean arrays are valid indices. Got ${describe(entry)}`,
  );
}
/** Throws unless int32, the type of positions, holds an index: it would wrap around. */
function checkIndexRange(index: number | bigint): void {
  if (index > 0x7fffffff || index < -0x80000000) {
    throw new RangeError(
      `JavaScript ${typeof index} ${index} too large to convert to int32, the type of indices`,
    );
  }
}
function notAnIndex(type: string): TypeError {
  return new TypeError(
    `Indexer must have integer or boolean type, got indexer with type ${type}`,
  );
}
function classifyArray(x: NDArray): RawEntry {
  if (isInteger(x.dtype)) return { kind: "array", index: x };
  if (x.dtype !== bool) throw notAnIndex(x.dtype.name);
  if (x.ndim > 0) return { kind: "mask", mask: x };
  if (!(x instanceof ConcreteArray)) throw new NonConcreteBooleanIndexError(String(x.aval));
  return { kind: "flag", value: Boolean(x.item()) };
}

/** The array of a nested list of integers or of booleans. */
function fromIndexList(list: readonly unknown[]): NDArray {
  const shape: number[] = [];
  for (let l: unknown = list; Array.isArray(l); l = l[0]) shape.push(l.length);
  const flat: unknown[] = [];
  const collect = (part: unknown, axis: number): void => {
    if (axis === shape.length) return void flat.push(part);
    if (!Array.isArray(part) || part.length !== shape[axis]) {
      throw new RangeError(
        "setting an array element with a sequence. The requested array has an inhomogeneous " +
          `shape after ${axis} dimensions. The detected shape was ` +
          `${showShape(shape.slice(0, axis))} + inhomogeneous part.`,
      );
    }
    for (const p of part) collect(p, axis + 1);
  };
  collect(list, 0);
  if (flat.length > 0 && flat.every((v) => typeof v === "boolean")) {
    return fromData(new ShapedArray(shape, bool), Uint8Array.from(flat, Number));
  }
  for (const v of flat) {
    if (typeof v === "number" && !Number.isInteger(v)) throw notAnIndex("float32");
    if (typeof v === "number") checkIndexRange(v);
    if (typeof v !== "number" && typeof v !== "boolean" && !(v instanceof ConcreteArray)) {
      throw new TypeError(
        `A list as an index must hold integers or booleans, got ${describe(v)}; np.stack makes ` +
          "an array of arrays",
      );
    }
  }
  return fromData(new ShapedArray(shape, int32), Int32Array.from(flat, Number));
}

/**
 * Understands an index for an array of a shape: masks become the positions of their true elements,
 * the ellipsis and axes left out become full slices.
 *
 * @throws {TypeError} for what is no index; `RangeError` for too many entries or wrong masks;
 * `NonConcreteBooleanIndexError` for masks that are traced.
 */
export function parseIndex(index: readonly unknown[], shape: readonly number[]): Indexer {
  const raw = index.map(classify);
  const consumed = raw.map((e) =>
    e.kind === "mask" ? e.mask.ndim : Number(e.kind !== "newaxis" && consumesAxis(e))
  );
  if (raw.filter((e) => e === ELLIPSIS).length > 1) {
    throw new RangeError("an index can only have a single ellipsis ('...')");
  }
  const total = consumed.reduce((a, b) => a + b, 0);
  if (total > shape.length) {
    throw new RangeError(
      `Too many indices: array is ${shape.length}-dimensional, but ${total} were indexed`,
    );
  }
  const entries: Entry[] = [];
  const rest = () => Array<Entry>(shape.length - total).fill(ALL);
  let axis = 0;
  let first = -1;
  let last = -1;
  let advanced = 0;
  raw.forEach((e, i) => {
    let more: readonly Entry[];
    if (e.kind === "ellipsis") {
      more = rest();
      axis += more.length;
    } else {
      more = e.kind === "mask" ? expandMask(e.mask, i, shape, axis) : [e];
      if (e.kind !== "slice" && e.kind !== "newaxis") {
        if (first < 0) first = i;
        last = i;
        advanced++;
      }
      axis += consumed[i];
    }
    entries.push(...more);
  });
  if (!raw.includes(ELLIPSIS)) entries.push(...rest());
  return { shape, entries, contiguous: last - first + 1 === advanced };
}
function consumesAxis(e: RawEntry): boolean {
  return e.kind === "slice" || e.kind === "integer" || e.kind === "array";
}

/** The entries that a mask stands for: the positions of its true elements. */
function expandMask(
  mask: NDArray,
  position: number,
  shape: readonly number[],
  axis: number,
): Entry[] {
  if (!(mask instanceof ConcreteArray)) throw new NonConcreteBooleanIndexError(String(mask.aval));
  const expected = shape.slice(axis, axis + mask.ndim);
  if (!mask.shape.every((n, i) => n === 0 || n === expected[i])) {
    throw new RangeError(
      `boolean index did not match shape of indexed array in index ${position}: got ` +
        `${showShape(mask.shape)}, expected [${expected.join(", ")}]`,
    );
  }
  return positionsOf(mask, int32).map((index) => ({ kind: "array", index }));
}

/** The positions of the elements that are not zero, an array for each axis. */
export function positionsOf(x: ConcreteArray, dtype: DType = defaultDType("i")): ConcreteArray[] {
  const flat = flatPositions(x);
  const strides = stridesOf(x.shape);
  return x.shape.map((n, axis) => {
    const data = allocate(dtype, flat.length);
    const stride = strides[axis];
    const at = (p: number) => Math.floor(p / stride) % n;
    if (data instanceof BigInt64Array) {
      for (let i = 0; i < flat.length; i++) data[i] = BigInt(at(flat[i]));
    } else {
      for (let i = 0; i < flat.length; i++) data[i] = at(flat[i]);
    }
    return fromData(new ShapedArray([flat.length], dtype), data);
  });
}
function flatPositions(x: ConcreteArray): number[] {
  const data = x.toTypedArray();
  const flat: number[] = [];
  const { kind, name } = x.dtype;
  if (kind === "c") {
    for (let i = 0; 2 * i < data.length; i++) {
      if (data[2 * i] !== 0 || data[2 * i + 1] !== 0) flat.push(i);
    }
  } else if (name === "bfloat16") {
    for (let i = 0; i < data.length; i++) if ((Number(data[i]) & 0x7fff) !== 0) flat.push(i);
  } else {
    // `!=` so that one loop does for numbers and bigints.
    // deno-lint-ignore eqeqeq
    for (let i = 0; i < data.length; i++) if (data[i] != 0) flat.push(i);
  }
  return flat;
}

// -- slices ---------------------------------------------------------------------------------------

/**
 * The first position of a slice of an axis, where it stops, and its step, none of them `null`; as
 * Python's `slice.indices`.
 */
export function sliceIndices(slice: Slice, n: number, position = 0): [number, number, number] {
  const step = toBound(slice.step, slice, position) ?? 1;
  if (step === 0) throw new RangeError("slice step cannot be zero");
  const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
  const bound = (value: number | null, missing: number) => {
    const b = toBound(value, slice, position);
    return b === null ? missing : Math.min(Math.max(b < 0 ? b + n : b, low), high);
  };
  return step > 0
    ? [bound(slice.start, 0), bound(slice.stop, n), step]
    : [bound(slice.start, n - 1), bound(slice.stop, -1), step];
}
function toBound(value: unknown, slice: Slice, position: number): number | null {
  if (value === null || value === undefined) return null;
  if (value instanceof NDArray && !(value instanceof ConcreteArray)) {
    const show = (v: unknown) => v instanceof NDArray ? v.toString() : v ?? "None";
    throw new RangeError(
      "Slice entries must be static integers. Got " +
        `slice(${[slice.start, slice.stop, slice.step].map(show).join(", ")}) ` +
        `at position ${position}`,
    );
  }
  const n = value instanceof ConcreteArray ? Number(value.item()) : value;
  if (!Number.isInteger(n)) {
    throw new TypeError(`slice indices must be integers or null, got ${describe(value)}`);
  }
  return n as number;
}
/** The number of positions that a slice has. */
export function sliceLength([start, stop, step]: readonly [number, number, number]): number {
  return Math.max(0, Math.ceil((stop - start) / step));
}
