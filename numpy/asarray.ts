/**
 * The bottom of `numpy`: arrays from what users pass, promotion of dtypes and ranks, axes, shapes
 * and options. This is where NumPy's leniency ends; below it, `lax` is strict.
 */
import { ConcreteArray, scalarArray } from "../core/array.ts";
import { product, range, sameShape } from "../core/aval.ts";
import { warn } from "../core/config.ts";
import {
  dtypeOfScalar,
  fromScalar,
  fromTypedArray,
  type HostScalar,
  isHostScalar,
  isTypedArray,
} from "../core/convert.ts";
import {
  bool,
  canonicalize,
  defaultDType,
  type DType,
  type DTypeLike,
  float32,
  float64,
  int32,
  int64,
  integerRange,
  isInexact,
  isInteger,
  type Promotable,
  promote,
  toDType,
  uint64,
} from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { evalTrace } from "../core/eval.ts";
import { named } from "../core/jit.ts";
import type { AxisLike } from "../core/methods.ts";
import { Tracer } from "../core/stage.ts";
import { broadcastInDim } from "../core/structural.ts";
import { type ArrayLike, currentTrace, NDArray, withTrace } from "../core/trace.ts";
import { isOptions, readOptions } from "../core/options.ts";
import { convertElementType } from "../lax/convert.ts";
import { ne, select } from "../lax/logic.ts";

export { isOptions, readOptions };

// -- arrays from arguments ----------------------------------------------------------------------

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
/**
 * {@linkcode toArray} of several arguments. Beside integers of a type that holds it, a number too
 * large for the default integers is one too: `0xffffffff` next to uint32.
 */
export function toArrays(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  return xs.map((x, i) =>
    isLargeInteger(x) && fitsIntegers(x, xs)
      ? scalarArray(x, widestInteger(xs), true)
      : toArray(name, x, i)
  );
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
    throw new TypeError(`Cannot interpret '${String(like)}' as a data type`);
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

// -- promotion of dtypes ------------------------------------------------------------------------

/** `x` as another type; `x` itself if it has that type. */
export function convertTo(x: NDArray, dtype: DType, weakType = false): NDArray {
  const { aval } = x;
  if (aval.dtype === dtype && aval.weakType === weakType) return x;
  // A scalar that is known is converted now, so that a program reads `1.0:f32[]`.
  if (aval.shape.length === 0 && x instanceof ConcreteArray && currentTrace() !== evalTrace) {
    return withTrace(evalTrace, () => convertElementType(x, dtype, weakType));
  }
  return convertElementType(x, dtype, weakType);
}

/** The float or complex dtype for results of a dtype's values, as those of `np.exp`. */
export function toInexactDType(dtype: DType): DType {
  if (isInexact(dtype)) return dtype;
  return dtype === int64 || dtype === uint64 ? float64 : float32;
}
/** The dtype to compute with: int32 for booleans, else `dtype` itself. */
export function toNumericDType(dtype: DType): DType {
  return dtype === bool ? int32 : dtype;
}

/** The common type of arrays and scalars, by JAX's lattice. Booleans are never weak. */
export function resultTypeOf(name: string, xs: readonly ArrayLike[]): Promotable {
  const type = promote(xs.map((x, i): Promotable => {
    if (x instanceof NDArray) return x.aval;
    if (!isHostScalar(x)) return toArray(name, x, i).aval;
    if (typeof x === "bigint") return fromScalar(x);
    if (isLargeInteger(x) && fitsIntegers(x, xs)) {
      return { dtype: defaultDType("i"), weakType: true };
    }
    return { dtype: dtypeOfScalar(x), weakType: typeof x !== "boolean" };
  }));
  return type.dtype === bool ? STRONG_BOOL : type;
}
const STRONG_BOOL: Promotable = { dtype: bool, weakType: false };

function isLargeInteger(x: unknown): x is number {
  return typeof x === "number" && x !== (x | 0) && Number.isSafeInteger(x) && !Object.is(x, -0);
}
/** Whether there are arrays beside a number, and all are integers of types that hold it. */
function fitsIntegers(x: number, xs: readonly ArrayLike[]): boolean {
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

/** An argument as an array of a type. */
function convertArgument(name: string, x: ArrayLike, position: number, type: Promotable): NDArray {
  if (x instanceof NDArray) return convertTo(x, type.dtype, type.weakType);
  if (isHostScalar(x)) return scalarArray(x, type.dtype, type.weakType);
  return convertTo(toArray(name, x, position), type.dtype, type.weakType);
}

/** Whether all are arrays already, of one type and rank: then there is nothing to promote. */
function isUniform(xs: readonly ArrayLike[]): xs is readonly NDArray[] {
  const [first] = xs;
  if (!(first instanceof NDArray)) return false;
  const { dtype, weakType, shape } = first.aval;
  if (weakType && dtype === bool && xs.length > 1) return false;
  for (let i = 1; i < xs.length; i++) {
    const x = xs[i];
    if (!(x instanceof NDArray)) return false;
    const { aval } = x;
    if (
      aval.dtype !== dtype || aval.weakType !== weakType || aval.shape.length !== shape.length
    ) return false;
  }
  return true;
}

/** The arguments as arrays of one dtype; ranks are left alone. */
export function promoteDTypes(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  return convertAll(name, xs);
}
/** {@linkcode promoteDTypes}, to floats or complex numbers. */
export function promoteDTypesInexact(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  return convertAll(name, xs, toInexactDType);
}
function convertAll(
  name: string,
  xs: readonly ArrayLike[],
  dtypeFor: (dtype: DType) => DType = (dtype) => dtype,
): NDArray[] {
  const { dtype, weakType } = resultTypeOf(name, xs);
  const type = { dtype: dtypeFor(dtype), weakType };
  return xs.map((x, i) => convertArgument(name, x, i, type));
}

/** Whether a scalar beside an array leaves the array's type as it is, by JAX's lattice. */
function yields(x: ArrayLike, { dtype, weakType }: Promotable): x is HostScalar {
  if (typeof x === "boolean") return true;
  if (typeof x !== "number" || weakType || dtype === bool) return false;
  return isInexact(dtype) || (x === (x | 0) && !Object.is(x, -0));
}
/** {@linkcode promoteArgs} of an array and a scalar that yields, the most common case of all. */
function besideScalar(xs: readonly ArrayLike[]): NDArray[] | undefined {
  if (xs.length !== 2) return undefined;
  const [x, y] = xs;
  if (x instanceof NDArray) {
    const { aval } = x;
    return yields(y, aval) ? [x, scalarArray(y, aval.dtype, aval.weakType)] : undefined;
  }
  if (!(y instanceof NDArray)) return undefined;
  const { aval } = y;
  return yields(x, aval) ? [scalarArray(x, aval.dtype, aval.weakType), y] : undefined;
}

/** The arguments as arrays of one dtype, and of ranks that `lax` takes together. */
export function promoteArgs(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  if (isUniform(xs)) return xs as NDArray[];
  return besideScalar(xs) ?? promoteShapes(convertAll(name, xs));
}
/** {@linkcode promoteArgs}, to floats or complex numbers. */
export function promoteInexact(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  const found = isUniform(xs) ? xs as NDArray[] : besideScalar(xs);
  if (found !== undefined && isInexact(found[0].aval.dtype)) return found;
  return promoteShapes(convertAll(name, xs, toInexactDType));
}
/** {@linkcode promoteArgs}, with booleans as integers. */
export function promoteNumeric(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  const found = isUniform(xs) ? xs as NDArray[] : besideScalar(xs);
  if (found !== undefined && found[0].aval.dtype !== bool) return found;
  return promoteShapes(convertAll(name, xs, toNumericDType));
}

/** {@linkcode promoteInexact} of one argument. */
export function toInexact(name: string, x: ArrayLike): NDArray {
  if (isHostScalar(x)) return promoteInexact(name, x)[0];
  const array = toArray(name, x);
  return convertTo(array, toInexactDType(array.dtype), array.weakType);
}
/** {@linkcode promoteNumeric} of one argument. */
export function toNumeric(name: string, x: ArrayLike): NDArray {
  const array = toArray(name, x);
  return convertTo(array, toNumericDType(array.dtype), array.weakType);
}

// -- shapes -------------------------------------------------------------------------------------

/**
 * Arrays of ranks that elementwise primitives take together. Scalars go with anything, so only
 * other ranks that differ are brought to one, by axes of length 1 in front.
 */
export function promoteShapes(xs: readonly NDArray[]): NDArray[] {
  let rank = 0;
  let uniform = true;
  for (const { ndim } of xs) {
    if (ndim === 0) continue;
    uniform &&= rank === 0 || rank === ndim;
    rank = Math.max(rank, ndim);
  }
  if (uniform) return xs as NDArray[];
  const { length } = broadcastShapes(...xs.map((x) => x.shape));
  return xs.map((x) => toRank(x, length));
}
function toRank(x: NDArray, rank: number): NDArray {
  const more = rank - x.ndim;
  const shape = [...Array<number>(more).fill(1), ...x.shape];
  return broadcastInDim(x, shape, range(x.ndim).map((i) => i + more));
}

/**
 * The shape that arrays of these shapes broadcast to.
 *
 * @throws {RangeError} if they don't.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.broadcastShapes([3, 1], [4]).join() === "3,4");
 * ```
 */
export function broadcastShapes(...shapes: readonly (number | readonly number[])[]): number[] {
  const lists = shapes.map((s) => typeof s === "number" ? [s] : s);
  for (const s of lists) {
    if (!s.every((n) => Number.isInteger(n) && n >= 0)) {
      throw new TypeError(
        "Only non-negative indices are allowed when broadcasting static shapes, but got shape " +
          `${showShape(s)}.`,
      );
    }
  }
  const rank = Math.max(0, ...lists.map((s) => s.length));
  return range(rank).map((axis) => {
    let length = 1;
    for (const s of lists) {
      const n = s[axis - rank + s.length] ?? 1;
      if (n === 1 || n === length) continue;
      if (length !== 1) {
        throw new RangeError(
          `Incompatible shapes for broadcasting: shapes=[${lists.map(showShape).join(", ")}]`,
        );
      }
      length = n;
    }
    return length;
  });
}

/**
 * An array of a larger shape by repetition, following NumPy's rules of broadcasting.
 *
 * @throws {RangeError} if the array does not broadcast to the shape.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.broadcastTo(np.arange(3), [2, 3]).shape.join() === "2,3");
 * ```
 */
export function broadcastTo(x: ArrayLike, shape: ShapeLike): NDArray {
  const array = toArray("broadcast_to", x);
  const target = canonicalShape(shape);
  if (sameShape(array.shape, target)) return array;
  const more = target.length - array.ndim;
  if (more < 0) {
    throw new RangeError(
      "Cannot broadcast to shape with fewer dimensions: " +
        `arr_shape=${showShape(array.shape)} shape=${showShape(target)}`,
    );
  }
  if (!array.shape.every((n, i) => n === 1 || n === target[i + more])) {
    throw new RangeError(
      `Incompatible types for broadcasting: input type=${array.aval} and requested ` +
        `type=${array.dtype.name}[${target.join(",")}]`,
    );
  }
  return broadcastInDim(array, target, range(array.ndim).map((i) => i + more));
}

/**
 * The arrays, all of their common shape.
 *
 * @throws {RangeError} if the shapes don't broadcast.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const [x, y] = np.broadcastArrays(np.ones([2, 1]), np.arange(3));
 * assert(x.shape.join() === "2,3" && y.shape.join() === "2,3");
 * ```
 */
export function broadcastArrays(...xs: readonly ArrayLike[]): NDArray[] {
  const arrays = toArrays("broadcast_arrays", ...xs);
  const shape = broadcastShapes(...arrays.map((x) => x.shape));
  return arrays.map((x) => broadcastTo(x, shape));
}

/** A shape, or the length of its only axis. */
export type ShapeLike = number | readonly (number | NDArray)[] | NDArray;

/**
 * A shape as a list of lengths. Scalar arrays count as integers, traced ones do not.
 *
 * @throws {TypeError} unless all lengths are integers whose values are known, and not negative.
 */
export function canonicalShape(shape: ShapeLike, context = ""): number[] {
  const list = shapeEntries(shape);
  const lengths = list?.map(toLength);
  if (lengths === undefined || lengths.includes(undefined)) throw badShape(shape, list, context);
  if (lengths.some((n) => n! < 0)) {
    throw new TypeError(
      "broadcast_in_dim shape must have every element be nonnegative, got " +
        `${showShape(lengths as number[])}.`,
    );
  }
  const size = product(lengths as number[]);
  if (!Number.isSafeInteger(size)) {
    throw new RangeError(
      `RESOURCE_EXHAUSTED: Out of memory allocating ${size} elements for shape ` +
        `${showShape(lengths as number[])}; use a smaller array`,
    );
  }
  return lengths as number[];
}
function shapeEntries(shape: ShapeLike): readonly unknown[] | undefined {
  if (Array.isArray(shape)) return shape;
  if (!(shape instanceof NDArray) || shape.ndim === 0) return [shape];
  return shape instanceof ConcreteArray && shape.ndim === 1 ? [...shape] : undefined;
}
function toLength(n: unknown): number | undefined {
  if (n instanceof ConcreteArray && n.ndim === 0 && isInteger(n.dtype)) return Number(n.item());
  return Number.isInteger(n) ? n as number : undefined;
}
function badShape(
  shape: ShapeLike,
  list: readonly unknown[] | undefined,
  context: string,
): TypeError {
  const show = (x: unknown) =>
    x instanceof NDArray ? x.repr() : x === null ? "None" : typeof x === "string" ? `'${x}'` : x;
  const shown = list === undefined
    ? show(shape)
    : list.length === 1
    ? `(${show(list[0])},)`
    : `(${list.map(show).join(", ")})`;
  const traced = (list ?? [shape]).filter((x) => x instanceof Tracer);
  return new TypeError(
    `Shapes must be 1D sequences of concrete values of integer type, got ${shown}.` +
      (context === "" ? "" : ` ${context}.`) +
      (traced.length === 0
        ? ""
        : "\nIf using `jit`, try using `staticArgnums` or applying `jit` to smaller " +
          "subfunctions." + traced.map((t) => t.origin).join("")),
  );
}

// -- axes ---------------------------------------------------------------------------------------

/**
 * An axis counted from the front.
 *
 * @throws {RangeError} if the array has no such axis.
 * @throws {TypeError} if it is no integer.
 */
export function canonicalAxis(axis: number, ndim: number): number {
  const n = axis as unknown instanceof ConcreteArray ? Number(axis) : axis;
  if (!Number.isInteger(n)) {
    if (axis as unknown instanceof Tracer) Number(axis); // says what is wrong
    throw new TypeError(`axis must be an integer, got ${describe(axis)}`);
  }
  if (n < -ndim || n >= ndim) {
    throw new RangeError(`axis ${n} is out of bounds for array of dimension ${ndim}`);
  }
  return n < 0 ? n + ndim : n;
}
/**
 * Axes counted from the front; all of them for `null` or `undefined`.
 *
 * @throws {RangeError} if the array has no such axis, or one comes twice.
 */
export function canonicalAxes(axis: AxisLike | undefined, ndim: number): number[] {
  if (axis === null || axis === undefined) return range(ndim);
  const axes = (Array.isArray(axis) ? axis as readonly number[] : [axis as number])
    .map((a) => canonicalAxis(a, ndim));
  if (new Set(axes).size !== axes.length) {
    throw new RangeError(`duplicate value in 'axis': ${showShape(axes)}`);
  }
  return axes;
}

// -- what many functions are made of -----------------------------------------------------------

/** A scalar of the dtype of `x`, never weak. */
export function constantLike(x: NDArray, value: HostScalar): NDArray {
  return scalarArray(value, x.dtype);
}
/** A scalar that leaves the type of `x` as it is: weak beside a weak scalar. */
export function scalarLike(x: NDArray, value: HostScalar): NDArray {
  return scalarArray(value, x.dtype, x.weakType && x.ndim === 0);
}

/** Elements of `x` where the condition holds, else of `y`: the three-argument `np.where`. */
export function whereElse(condition: ArrayLike, x: ArrayLike, y: ArrayLike): NDArray {
  return named("_where", toArrays("where", condition, x, y), (condition, x, y) => {
    const mask = condition.dtype === bool ? condition : ne(condition, constantLike(condition, 0));
    const values = promoteDTypes("where", x, y);
    const [which, onTrue, onFalse] = mask.ndim === 0
      ? [mask, ...broadcastArrays(...values)]
      : broadcastArrays(mask, ...values);
    return onTrue.size === 0 ? onTrue : select(which, onTrue, onFalse);
  });
}
