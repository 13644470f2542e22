/** Shapes and axes, as users may give them, and arrays broadcast to a common shape. */
import { ConcreteArray } from "../core/array.ts";
import { product, range, sameShape } from "../core/aval.ts";
import { isInteger } from "../core/dtype.ts";
import { describe, show, showShape } from "../core/errors.ts";
import type { AxisLike } from "../core/methods.ts";
import { canonicalAxis as fromFront } from "../core/rules.ts";
import { Tracer } from "../core/stage.ts";
import { broadcastInDim } from "../core/structural.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import { toArray, toArrays } from "./asarray.ts";

// -- broadcasting -------------------------------------------------------------------------------

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
/** An array with axes of length 1 in front, so that it has `rank` axes at least. */
export function toRank(x: NDArray, rank: number): NDArray {
  const more = rank - x.ndim;
  if (more <= 0) return x;
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
    if (!Array.isArray(s)) {
      throw new TypeError(`broadcastShapes takes lists of lengths, got ${describe(s)}`);
    }
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

// -- shapes -------------------------------------------------------------------------------------

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
  const word = (x: unknown) =>
    x instanceof NDArray
      ? x.repr()
      : x === null
      ? "None"
      : typeof x === "string"
      ? `'${x}'`
      : show(x);
  const shown = list === undefined
    ? word(shape)
    : list.length === 1
    ? `(${word(list[0])},)`
    : `(${list.map(word).join(", ")})`;
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
  return fromFront(n, ndim);
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

/** Where the new axes go that make three of so many axes: a vector is a row of a layer. */
export function axesForThree(ndim: number): readonly number[] {
  return [[0, 1, 2], [0, 2], [2]][ndim] ?? [];
}
