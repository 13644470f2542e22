/** Arrays from what JavaScript has: scalars, nested lists, typed arrays, buffers, other arrays. */
import { fromData, scalarArray, writer } from "../core/array.ts";
import { product, range, ShapedArray } from "../core/aval.ts";
import {
  dtypeOfScalar,
  fromScalar,
  fromTypedArray,
  type HostScalar,
  isArrayLeaf,
  isComplexScalar,
  isHostScalar,
  isTypedArray,
} from "../core/convert.ts";
import {
  allocate,
  bfloat16,
  bool,
  canonicalize,
  defaultDType,
  type DType,
  float64,
  integerRange,
  isBigInt,
  isComplex,
  isInteger,
  type Promotable,
  promote,
  storedPerElement,
  toDType,
  type TypedArray,
} from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { evalTrace } from "../core/eval.ts";
import { readOptions } from "../core/options.ts";
import {
  type ArrayLike,
  type MaybeDType,
  NDArray,
  type NestedArrayLike,
  withTrace,
} from "../core/trace.ts";
import { copy as copyArray } from "../lax/copy.ts";
import * as lax from "../lax/mod.ts";
import { toArray, userDType } from "./asarray.ts";
import { convertTo } from "./promotion.ts";
import { toRank } from "./shapes.ts";

/** Options of {@linkcode array}. */
export interface ArrayOptions {
  /** The type of the elements; by default, that of the values. */
  dtype?: MaybeDType;
  /** Least number of axes: axes of length 1 are added in front. */
  ndmin?: number;
  /** Whether to copy what is an array already; arrays are immutable, so that only shows in jaxprs. */
  copy?: boolean;
}

/**
 * An array of a scalar, a nested list, a typed array or another array. Scalars alone are weakly
 * typed, lists are not: integers make int32, other numbers float32, booleans bool. Typed arrays
 * keep their dtype, but 64-bit ones narrow to 32 bits unless `config.enableX64`.
 *
 * @throws {RangeError} for ragged lists, and for integers that the dtype does not hold.
 * @throws {TypeError} for what holds no numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.array([[1, 2.5], [3, 4]]).dtype === np.float32);
 * assert(np.array(new Uint8Array([1, 2]), { ndmin: 2 }).shape.join() === "1,2");
 * ```
 */
export function array(
  object: NestedArrayLike,
  dtype?: MaybeDType | ArrayOptions,
  options?: ArrayOptions,
): NDArray {
  const given = readOptions<ArrayOptions>("array", ["dtype", "ndmin", "copy"], dtype, options);
  const source = object instanceof NDArray && given.copy !== false ? copyArray(object) : object;
  const x = fromValue(source, given.dtype == null ? undefined : userDType("array", given.dtype));
  return toRank(x, given.ndmin ?? 0);
}

/** Options of {@linkcode asarray}. */
export type AsArrayOptions = Pick<ArrayOptions, "dtype" | "copy">;

/**
 * {@linkcode array}, but an array stays the same array.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const x = np.ones(3);
 * assert(np.asarray(x) === x);
 * ```
 */
export function asarray(
  object: NestedArrayLike,
  dtype?: MaybeDType | AsArrayOptions,
  options?: AsArrayOptions,
): NDArray {
  const given = readOptions<AsArrayOptions>("asarray", ["dtype", "copy"], dtype, options);
  const target = given.dtype == null ? undefined : userDType("asarray", given.dtype);
  const source = object instanceof NDArray && given.copy === true ? copyArray(object) : object;
  return fromValue(source, target);
}

/**
 * A copy of an array.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.copy(np.arange(3))) === "[0 1 2]");
 * ```
 */
export function copy(x: ArrayLike): NDArray {
  return copyArray(toArray("copy", x));
}

/**
 * The elements converted to another dtype: floats are rounded towards zero to integers and moved
 * into their range, complex numbers lose their imaginary part.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.astype(np.array([1.7, -1.7]), "int32")) === "[ 1 -1]");
 * ```
 */
export function astype(x: ArrayLike, dtype: MaybeDType): NDArray {
  const array = toArray("astype", x);
  const target = userDType("astype", dtype ?? defaultDType("f"));
  if (isComplex(array.dtype) && target === bool) return lax.ne(array, 0);
  return convertTo(array, target);
}

// -- values -------------------------------------------------------------------------------------

function fromValue(value: NestedArrayLike, dtype: DType | undefined): NDArray {
  if (value instanceof NDArray) {
    return dtype === undefined ? value : convertTo(value, dtype);
  }
  if (isHostScalar(value)) {
    return dtype === undefined ? fromScalar(value) : checkedScalar(value, dtype);
  }
  if (Array.isArray(value)) return fromList(value, dtype);
  if (!isTypedArray(value)) throw notAnArray(value);
  const x = fromTypedArray(value);
  return dtype === undefined ? x : withTrace(evalTrace, () => convertTo(x, dtype));
}

function notAnArray(value: unknown): Error {
  if (value === null || value === undefined) {
    return new RangeError(`None is not a valid value for np.array, got ${value}`);
  }
  const [shown, dtype] = typeof value === "string"
    ? [value, `<U${value.length}`]
    : [describe(value), "object"];
  return new TypeError(
    `Value '${shown}' with dtype ${dtype} is not a valid JAX array type. Only arrays of ` +
      "numeric types are supported by JAX." + (value instanceof Promise ? " Await it first." : ""),
  );
}

function checkedScalar(value: HostScalar, dtype: DType): NDArray {
  checkFits(value, dtype);
  return scalarArray(value, dtype);
}

/** Throws unless a value can be of the dtype; fractions are rounded towards zero. */
function checkFits(value: HostScalar, dtype: DType): void {
  if (typeof value === "object") {
    if (isComplex(dtype) || dtype === bool) return;
    throw new TypeError(
      `an element of ${dtype.name} must be a real number, not a complex one; use np.real(...)`,
    );
  }
  if (!isInteger(dtype)) return;
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(
      `cannot convert float ${Number.isNaN(value) ? "NaN" : "infinity"} to integer`,
    );
  }
  const [low, high] = integerRange(dtype);
  const whole = typeof value === "number" ? Math.trunc(value) : BigInt(value);
  if (whole < low || whole > high) {
    throw new RangeError(
      `JavaScript ${typeof value} ${value} out of bounds for ${dtype.name}`,
    );
  }
}

// -- lists --------------------------------------------------------------------------------------

type List = readonly NestedArrayLike[];

function fromList(list: List, dtype: DType | undefined): NDArray {
  const shape = leadingShape(list);
  const leaves = leavesOf(list, shape);
  const survey = leaves === undefined ? undefined : surveyScalars(leaves);
  if (leaves === undefined || survey === undefined) return fromParts(list, dtype);
  const target = dtype ?? commonDType(survey.types);
  const data = allocate(target, leaves.length);
  // What is inferred holds all values, and a float any real number: nothing to check there.
  const plain = survey.plain && (dtype === undefined || target.kind === "f") &&
    target !== bfloat16 && !isBigInt(target);
  if (plain) {
    (data as Float32Array).set(leaves as readonly number[]);
  } else {
    const write = writer(target, data);
    leaves.forEach((leaf, i) => {
      checkFits(leaf as HostScalar, target);
      write(i, leaf as HostScalar);
    });
  }
  return fromData(new ShapedArray(shape, target), data);
}

/** The dtype that values of the types have together; that of nothing is the default float. */
function commonDType(types: readonly Promotable[]): DType {
  return types.length === 0 ? defaultDType("f") : promote(types).dtype;
}

/** The lengths of a list, its first element, the first element of that, and so on. */
function leadingShape(list: List): number[] {
  const shape: number[] = [];
  for (let x: unknown = list; Array.isArray(x); x = x[0]) {
    shape.push(x.length);
    if (shape.length > DEEPEST) throw tooDeep();
  }
  return shape;
}
/** How deep lists may nest. Deeper ones most likely contain themselves. */
const DEEPEST = 500;
function tooDeep(): RangeError {
  return new RangeError(
    `np.array got lists nested more than ${DEEPEST} deep, or a list that contains itself`,
  );
}
/** The elements at the bottom of nested lists of that shape; `undefined` if they have another. */
function leavesOf(list: List, shape: readonly number[]): List | undefined {
  if (shape.length === 1) return list;
  const leaves: NestedArrayLike[] = new Array(product(shape));
  let next = 0;
  const visit = (part: List, axis: number): boolean => {
    if (!Array.isArray(part) || part.length !== shape[axis]) return false;
    if (axis < shape.length - 1) return part.every((inner) => visit(inner as List, axis + 1));
    for (const leaf of part) leaves[next++] = leaf;
    return true;
  };
  return visit(list, 0) ? leaves : undefined;
}

/** The types that occur among scalars, and whether all are real and none a `bigint`. */
interface Survey {
  readonly types: readonly Promotable[];
  readonly plain: boolean;
}
/** Looks at all scalars once; `undefined` if there are other things. */
function surveyScalars(leaves: List): Survey | undefined {
  const seen = { b: false, i: false, f: false, c: false };
  let big = false;
  for (let i = 0; i < leaves.length; i++) {
    const leaf = leaves[i];
    if (typeof leaf === "number") {
      if (leaf === (leaf | 0) && (leaf !== 0 || 1 / leaf > 0)) seen.i = true;
      else if (!seen.f) seen[dtypeOfScalar(leaf).kind as "i" | "f"] = true;
    } else if (typeof leaf === "boolean") {
      seen.b = true;
    } else if (typeof leaf === "bigint") {
      seen.i = big = true;
    } else if (isComplexScalar(leaf)) {
      seen.c = true;
    } else {
      return undefined;
    }
  }
  const types = (["b", "i", "f", "c"] as const).filter((kind) => seen[kind])
    .map((kind) => ({ dtype: defaultDType(kind), weakType: kind !== "b" }));
  return { types, plain: !big && !seen.c };
}

/** An array of a list that has arrays in it: its parts, stacked. */
function fromParts(list: List, dtype: DType | undefined): NDArray {
  const leaves = flattened(list);
  const [scalars, parts] = [leaves.filter(isHostScalar), leaves.filter((x) => !isHostScalar(x))];
  if (parts.length === 0) throw raggedList(list);
  const arrayTypes = parts.map((x) => toArray("array", x).aval);
  const target = dtype ?? promote([...surveyScalars(scalars)!.types, ...arrayTypes]).dtype;
  let rows = list.map((x) => {
    const row = fromValue(x, target);
    return toRank(row, row.ndim + 1);
  });
  // Many at once are slow to compile: a tree of few.
  while (rows.length > WIDTH) {
    rows = range(Math.ceil(rows.length / WIDTH))
      .map((i) => lax.concatenate(rows.slice(i * WIDTH, (i + 1) * WIDTH), 0));
  }
  return lax.concatenate(rows, 0);
}
const WIDTH = 16;

/** What is at the bottom of nested lists; throws at the first thing that is no array-like. */
function flattened(list: List, leaves: ArrayLike[] = [], depth = 1): ArrayLike[] {
  if (depth > DEEPEST) throw tooDeep();
  for (const x of list) {
    if (Array.isArray(x)) flattened(x, leaves, depth + 1);
    else if (isArrayLeaf(x)) leaves.push(x);
    else throw notAnArray(x);
  }
  return leaves;
}

function raggedList(list: List): RangeError {
  const common = (x: NestedArrayLike): number[] => {
    if (!Array.isArray(x)) return [];
    const [first, ...rest] = x.map(common);
    let depth = (first ?? []).length;
    for (const shape of rest) {
      let same = 0;
      while (same < depth && shape[same] === first[same]) same++;
      depth = same;
    }
    return [x.length, ...(first ?? []).slice(0, depth)];
  };
  const shape = common(list);
  return new RangeError(
    "setting an array element with a sequence. The requested array has an inhomogeneous shape " +
      `after ${shape.length} dimensions. The detected shape was ${showShape(shape)} + ` +
      "inhomogeneous part.",
  );
}

// -- buffers ------------------------------------------------------------------------------------

/** Options of {@linkcode frombuffer}. */
export interface FromBufferOptions {
  /** How to read the bytes; float64 by default. */
  dtype?: MaybeDType;
  /** How many elements to read; -1 is all. */
  count?: number;
  /** The byte to begin at. */
  offset?: number;
}

/**
 * An array of the elements whose bytes, in the order of this machine, a buffer holds.
 *
 * @throws {RangeError} if the bytes are too few, or do not make up whole elements.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const bytes = new Uint8Array([1, 0, 2, 0]);
 * assert(String(np.frombuffer(bytes.buffer, "int16")) === "[1 2]");
 * ```
 */
export function frombuffer(
  buffer: ArrayBufferLike | ArrayBufferView,
  dtype?: MaybeDType | FromBufferOptions,
  options?: FromBufferOptions,
): NDArray {
  const names = ["dtype", "count", "offset"] as const;
  const given = readOptions<FromBufferOptions>("frombuffer", names, dtype, options);
  const { count = -1, offset = 0 } = given;
  const type = toDType(given.dtype ?? float64);
  const bytes = bytesOf(buffer);
  if (!(offset >= 0 && offset <= bytes.length)) {
    throw new RangeError(
      "offset must be non-negative and no greater than buffer length " + `(${bytes.length})`,
    );
  }
  const end = count < 0 ? bytes.length : offset + count * type.itemsize;
  if (end > bytes.length) throw new RangeError("buffer is smaller than requested size");
  if ((end - offset) % type.itemsize !== 0) {
    throw new RangeError("buffer size must be a multiple of element size");
  }
  return fromStorage(new type.storage(bytes.slice(offset, end).buffer), type);
}
function bytesOf(x: ArrayBufferLike | ArrayBufferView): Uint8Array {
  if (ArrayBuffer.isView(x)) return new Uint8Array(x.buffer, x.byteOffset, x.byteLength);
  if (x instanceof ArrayBuffer || x instanceof SharedArrayBuffer) return new Uint8Array(x);
  throw new TypeError(`frombuffer takes an ArrayBuffer or a view of one, got ${describe(x)}`);
}
function fromStorage(data: TypedArray, dtype: DType): NDArray {
  const aval = new ShapedArray([data.length / storedPerElement(dtype)], canonicalize(dtype));
  if (aval.dtype === dtype) return fromData(aval, data);
  return isComplex(dtype)
    ? fromData(aval, Float32Array.from(data as Float64Array))
    : fromTypedArray(data);
}
