/** From JavaScript's values to arrays. */
import { fromData, scalarArray } from "./array.ts";
import { product, ShapedArray } from "./aval.ts";
import { config } from "./config.ts";
import {
  allDTypes,
  bfloat16,
  bool,
  canonicalize,
  defaultDType,
  type DType,
  int64,
  type TypedArray,
  uint64,
} from "./dtype.ts";
import { type ArrayLike, type Complex, NDArray } from "./trace.ts";

/** A JavaScript scalar. */
export type HostScalar = number | bigint | boolean | Complex;

/** Whether a value is a JavaScript scalar that an array can be made of. */
export function isHostScalar(value: unknown): value is HostScalar {
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" ||
    isComplexScalar(value);
}
/** Whether a value is `{ re, im }`. */
export function isComplexScalar(value: unknown): value is Complex {
  return typeof value === "object" && value !== null &&
    typeof (value as Complex).re === "number" && typeof (value as Complex).im === "number" &&
    !(value instanceof NDArray);
}
/** Whether a value is a typed array that can hold elements. */
export function isTypedArray(value: unknown): value is TypedArray | Uint8ClampedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/**
 * The dtype that a JavaScript scalar has where nothing else decides: numbers that are integers of
 * the default width act as Python ints, all others (−0, NaN and infinities too) as Python floats.
 */
export function dtypeOfScalar(value: HostScalar): DType {
  switch (typeof value) {
    case "boolean":
      return bool;
    case "bigint":
      return defaultDType("i");
    case "number":
      return defaultDType(isIntegerLike(value) ? "i" : "f");
    default:
      return defaultDType("c");
  }
}
function isIntegerLike(value: number): boolean {
  if (!Number.isInteger(value) || Object.is(value, -0)) return false;
  return config.enableX64 ? Number.isSafeInteger(value) : value === (value | 0);
}

/** A weakly typed array of rank 0. */
export function fromScalar(value: HostScalar): NDArray {
  const dtype = dtypeOfScalar(value);
  if (typeof value === "bigint" && BigInt.asIntN(dtype.itemsize * 8, value) !== value) {
    throw new RangeError(
      `JavaScript bigint ${value} too large to convert to ${dtype.name}` +
        (config.enableX64 ? "" : "; set config.enableX64 = true for 64-bit integers"),
    );
  }
  return scalarArray(value, dtype, dtype !== bool);
}

const dtypeOfStorage = new Map<unknown, DType>(
  allDTypes.filter((d) => d.kind !== "c" && d !== bool && d !== bfloat16)
    .map((d) => [d.storage, d]),
);

/** The dtype of a typed array's elements, before 64-bit types narrow. */
function dtypeOfTypedArray(data: TypedArray | Uint8ClampedArray): DType {
  const name = data instanceof Uint8ClampedArray ? Uint8Array : data.constructor;
  const dtype = dtypeOfStorage.get(name);
  if (dtype === undefined) throw new TypeError(`${name.name} is not a typed array of numbers`);
  return dtype;
}

/** An array of a typed array's elements, copied; 64-bit types narrow unless x64 is enabled. */
export function fromTypedArray(
  data: TypedArray | Uint8ClampedArray,
  shape: readonly number[] = [data.length],
): NDArray {
  const given = dtypeOfTypedArray(data);
  const dtype = canonicalize(given);
  if (product(shape) !== data.length) {
    throw new TypeError(`cannot shape ${data.length} elements as (${shape.join(", ")})`);
  }
  const aval = new ShapedArray(shape, dtype);
  if (dtype === given && !(data instanceof Uint8ClampedArray)) return fromData(aval, data.slice());
  const copy = new dtype.storage(data.length) as Float64Array;
  if (given === int64 || given === uint64) {
    const narrow = dtype === defaultDType("i") ? BigInt.asIntN : BigInt.asUintN;
    for (let i = 0; i < copy.length; i++) copy[i] = Number(narrow(32, data[i] as bigint));
  } else {
    copy.set(data as Float64Array);
  }
  return fromData(aval, copy);
}

/**
 * The array of a leaf: an array itself, a scalar, or a typed array.
 *
 * @throws {TypeError} for anything else, naming `where` it came.
 */
export function leafToArray(value: unknown, where: () => string): NDArray {
  if (value instanceof NDArray) return value;
  if (isHostScalar(value)) return fromScalar(value);
  if (isTypedArray(value)) return fromTypedArray(value);
  throw new TypeError(where());
}

/** Whether a value is an array, a scalar or a typed array: a leaf that holds numbers. */
export function isArrayLeaf(value: unknown): value is ArrayLike {
  return value instanceof NDArray || isHostScalar(value) || isTypedArray(value);
}
