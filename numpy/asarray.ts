/**
 * The bottom of `numpy`: arrays and dtypes from what users pass. This is where NumPy's leniency
 * begins; below it, `lax` is strict.
 */
import { scalarArray } from "../core/array.ts";
import { warn } from "../core/config.ts";
import {
  fromScalar,
  fromTypedArray,
  type HostScalar,
  isHostScalar,
  isTypedArray,
} from "../core/convert.ts";
import {
  canonicalize,
  type DType,
  type DTypeLike,
  integerRange,
  isInteger,
  toDType,
} from "../core/dtype.ts";
import { describe, show } from "../core/errors.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";

/**
 * The array of an argument of the function `name`: arrays, JavaScript scalars (weakly typed) and
 * typed arrays; lists only where a function says so, by `np.array`.
 *
 * @throws {TypeError} for anything else.
 */
export function toArray(name: string, x: ArrayLike, position = 0): NDArray {
  if (x instanceof NDArray) return x;
  if (isHostScalar(x)) return fromScalar(x);
  if (isTypedArray(x)) return fromTypedArray(x);
  throw notArrayLike(name, x, position);
}
/** {@linkcode toArray} of an argument that may be missing. */
export function toOptionalArray(
  name: string,
  x: ArrayLike | null | undefined,
  position = 0,
): NDArray | undefined {
  return x === undefined || x === null ? undefined : toArray(name, x, position);
}
/**
 * {@linkcode toArray} of several arguments. Beside integers of a type that holds it, a number too
 * large for the default integers is one too: `0xffffffff` next to uint32.
 */
export function toArrays(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  return xs.map((x, i) =>
    isLargeIntegerBeside(x, xs) ? scalarArray(x, widestInteger(xs), true) : toArray(name, x, i)
  );
}

/**
 * Whether a number is too large for an int32, but there are arrays beside it, all of them of
 * integers of types that hold it.
 */
export function isLargeIntegerBeside(x: unknown, xs: readonly ArrayLike[]): x is number {
  const isLarge = typeof x === "number" && x !== (x | 0) && Number.isSafeInteger(x);
  if (!isLarge || Object.is(x, -0)) return false;
  const dtypes = arrayDTypes(xs);
  return dtypes.length > 0 && dtypes.every((dtype) => {
    const [low, high] = integerRange(dtype);
    return isInteger(dtype) && x >= low && x <= high;
  });
}
function arrayDTypes(xs: readonly ArrayLike[]): DType[] {
  return xs.filter((x) => x instanceof NDArray).map((x) => x.dtype);
}
function widestInteger(xs: readonly ArrayLike[]): DType {
  return arrayDTypes(xs).reduce((x, y) => x.itemsize >= y.itemsize ? x : y);
}

function notArrayLike(name: string, x: unknown, position: number): TypeError {
  const [what, remedy] = Array.isArray(x)
    ? ["list", "Use np.array(...) to make an array of it."]
    : x instanceof Promise
    ? ["a Promise", "Await it first."]
    : [describe(x), "Arrays, numbers, booleans, bigints, {re, im} and typed arrays will do."];
  return new TypeError(
    `${name} requires ndarray or scalar arguments, got ${what} at position ${position}. ${remedy}`,
  );
}

/**
 * The dtype that the user of the function `name` asks for, as it is in use.
 *
 * @throws {TypeError} if it is none.
 */
export function userDType(name: string, like: DTypeLike): DType {
  if (like as unknown instanceof NDArray) {
    throw new RangeError(
      "Passing an array as a dtype argument is no longer supported; instead of dtype=arr use " +
        "dtype=arr.dtype.",
    );
  }
  if (typeof like !== "string" && typeof like !== "function") {
    throw new TypeError(`Cannot interpret '${show(like)}' as a data type`);
  }
  const given = toDType(like);
  const dtype = canonicalize(given);
  if (dtype !== given) {
    warn(
      "dtype-truncation",
      `Explicitly requested dtype ${given.name} requested in ${name} is not available, and will ` +
        `be truncated to dtype ${dtype.name}. To enable more dtypes, set config.enableX64 = true.`,
    );
  }
  return dtype;
}

/** A scalar of the dtype of `x`, never weak. */
export function constantLike(x: NDArray, value: HostScalar): NDArray {
  return scalarArray(value, x.dtype);
}
/** A scalar that leaves the type of `x` as it is: weak beside a weak scalar. */
export function scalarLike(x: NDArray, value: HostScalar): NDArray {
  return scalarArray(value, x.dtype, x.weakType && x.ndim === 0);
}
