/** Slices that begin where the data says: their places are operands, not params. */
import { scalarArray } from "../core/array.ts";
import type { ShapedArray } from "../core/aval.ts";
import { fromScalar, isHostScalar } from "../core/convert.ts";
import { bool, defaultDType, integerRange, isInteger } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import {
  addIndex,
  apply,
  both,
  constant,
  type Expr,
  select as selectExpr,
  subIndex,
} from "../core/expr.ts";
import { named } from "../core/call.ts";
import { checkObject, listOf } from "../core/checks.ts";
import { readOptions } from "../core/options.ts";
import { canonicalAxis, checkSameDTypes } from "../core/rules.ts";
import { definePrimitive, type Delayed, NDArray, type NoParams } from "../core/trace.ts";
import { add } from "./arithmetic.ts";
import { convertElementType } from "./convert.ts";
import { lt, select } from "./logic.ts";
import { type Operand, operand, operands } from "./operands.ts";
import { clampedPosition } from "./positions.ts";
import { expandDims, squeeze } from "./shape.ts";
import { indexInDim } from "./slicing.ts";

// -- dynamic_slice --------------------------------------------------------------------------------

/** Where a slice begins along each axis; `undefined` where it has but one place to be. */
function begins(
  starts: readonly Delayed[],
  shape: readonly number[],
  sizes: readonly number[],
): (Expr | undefined)[] {
  return starts.map((s, i) =>
    shape[i] === sizes[i] ? undefined : clampedPosition(s.at([]), shape[i] - sizes[i])
  );
}

function checkStarts(name: string, starts: readonly ShapedArray[]): void {
  if (!starts.every((s) => s.ndim === 0)) {
    throw new TypeError(
      `startIndices arguments to ${name} must be scalars, got indices ` +
        `(${starts.map((s) => `ShapedArray(${s})`).join(", ")})`,
    );
  }
  if (!starts.every((s) => s.dtype === starts[0].dtype && isInteger(s.dtype))) {
    throw new TypeError(
      `index arguments to ${name} must be integers of the same type, got ` +
        starts.map((s) => s.dtype.name).join(", "),
    );
  }
}

const dynamicSliceP = definePrimitive<{ readonly sliceSizes: readonly number[] }>("dynamic_slice", {
  type([x, ...starts], { sliceSizes }) {
    const sizes = showShape(sliceSizes);
    if (sliceSizes.length !== x.ndim) {
      throw new RangeError(
        `dynamic_slice slice sizes must have the same length as start indices, got sliceSizes ` +
          `${sizes} for operand shape ${showShape(x.shape)}.`,
      );
    }
    if (!sliceSizes.every((n, i) => n <= x.shape[i])) {
      throw new TypeError(
        `slice sliceSizes must be less than or equal to operand shape, got sliceSizes ${sizes} ` +
          `for operand shape ${showShape(x.shape)}.`,
      );
    }
    if (!sliceSizes.every((n) => Number.isInteger(n) && n >= 0)) {
      throw new TypeError(
        `slice sliceSizes must be greater than or equal to zero, got sliceSizes of ${sizes}.`,
      );
    }
    checkStarts("dynamic_slice", starts);
    return [x.with({ shape: sliceSizes })];
  },
  lower: ([x, ...starts], { sliceSizes }) => (index) =>
    x.at(
      begins(starts, x.aval.shape, sliceSizes).map((begin, i) =>
        begin === undefined ? index[i] : addIndex(begin, index[i])
      ),
    ),
});

/** Whether indices may be negative and then count from the end, for all axes or for each. */
export interface DynamicSliceOptions {
  /** Without it no adjustment is made for negative indices, and they clamp to 0. */
  allowNegativeIndices?: boolean | readonly boolean[];
}

/** The scalar arrays of start indices, negative ones counted from the end. */
function startArrays(
  x: NDArray,
  startIndices: NDArray | readonly Operand[],
  options: DynamicSliceOptions,
): NDArray[] {
  checkObject("a dynamic slice", "the options", options);
  const { allowNegativeIndices = true } = options;
  if (!(startIndices instanceof NDArray)) {
    listOf("a dynamic slice", "startIndices", startIndices);
  }
  if (startIndices.length !== x.ndim) {
    throw new RangeError(
      `Length of slice indices must match number of operand dimensions ` +
        `(${startIndices.length} vs ${showShape(x.shape)})`,
    );
  }
  if (startIndices instanceof NDArray && startIndices.ndim !== 1) {
    throw new RangeError(
      `Slice indices must be a 1D sequence, got ${showShape(startIndices.shape)}`,
    );
  }
  const list = startIndices instanceof NDArray
    ? x.shape.map((_, i) => indexInDim(startIndices, i, 0, false))
    : startIndices;
  return list.map((start, i) => {
    const negative = typeof allowNegativeIndices === "boolean"
      ? allowNegativeIndices
      : allowNegativeIndices[i];
    return startArray(start, x.shape[i], negative);
  });
}
/** An index as an array: integers keep their own type, whatever they index. */
function toIndex(name: string, index: Operand): NDArray {
  return isHostScalar(index) ? fromScalar(index) : operand(name, index);
}
function startArray(start: Operand, size: number, mayBeNegative: boolean): NDArray {
  if (typeof start === "bigint" || (typeof start === "number" && Number.isInteger(start))) {
    return staticStart(Number(start), size, mayBeNegative);
  }
  const i = toIndex("dynamic_slice", start);
  if (!mayBeNegative || i.dtype.kind === "u" || i.dtype === bool || i.ndim > 0) return i;
  const isNegative = lt(i, 0);
  const strong = i.weakType ? convertElementType(i, i.dtype) : i;
  return select(isNegative, add(strong, scalarArray(size, i.dtype)), i);
}
function staticStart(start: number, size: number, mayBeNegative: boolean): NDArray {
  if (start < 0 && !mayBeNegative) {
    throw new RangeError(
      `Index ${start} is out of bounds for dimension ${size} if allowNegativeIndices=false`,
    );
  }
  const dtype = defaultDType("i");
  const [least, greatest] = integerRange(dtype).map(Number);
  const position = start < 0 ? start + size : start;
  return scalarArray(Math.min(Math.max(position, least), greatest), dtype);
}

/**
 * The part of size `sliceSizes` that begins at `startIndices`, a list of scalars or an array of one
 * axis. Negative starts count from the end; then starts are clamped so that the part lies in the
 * operand. Follows `jax.lax.dynamic_slice`.
 *
 * @throws {TypeError} if starts aren't integers of one dtype, or the part is larger than the operand.
 * @throws {RangeError} unless there is one start for each axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.arange(5);
 * assert(String(lax.dynamicSlice(x, [np.array(3)], [3]).tolist()) === "2,3,4");
 * ```
 */
export function dynamicSlice(
  array: Operand,
  startIndices: NDArray | readonly Operand[],
  sliceSizes: readonly number[],
  options: DynamicSliceOptions = {},
): NDArray {
  const x = operand("dynamic_slice", array);
  const starts = startArrays(x, startIndices, options);
  return dynamicSliceP.bind([x, ...starts], {
    sliceSizes: [...listOf("lax.dynamicSlice", "sliceSizes", sliceSizes)],
  });
}

// -- dynamic_update_slice -------------------------------------------------------------------------

const dynamicUpdateSliceP = definePrimitive<NoParams>("dynamic_update_slice", {
  type([x, update, ...starts]) {
    const shapes = `got update shape ${showShape(update.shape)} for operand shape ` +
      `${showShape(x.shape)}.`;
    if (x.ndim !== update.ndim) {
      throw new TypeError(
        `dynamic_update_slice update must have the same rank as operand, ${shapes}`,
      );
    }
    if (!update.shape.every((n, i) => n <= x.shape[i])) {
      throw new TypeError(
        `dynamic_update_slice update shape must be smaller than operand shape, ${shapes}`,
      );
    }
    checkSameDTypes("dynamic_update_slice", [x, update]);
    checkStarts("dynamic_update_slice", starts);
    return [x.with({ weakType: x.weakType && update.weakType })];
  },
  lower: ([x, update, ...starts]) => (index) => {
    const { shape } = update.aval;
    let inside: Expr | undefined;
    const at = begins(starts, x.aval.shape, shape).map((begin, i) => {
      if (begin === undefined) return index[i];
      const p = subIndex(index[i], begin);
      const fits = both(apply("ge", [p, constant(0)]), apply("lt", [p, constant(shape[i])]));
      inside = both(inside, fits);
      return p;
    });
    return inside === undefined ? update.at(at) : selectExpr(inside, update.at(at), x.at(index));
  },
});
/**
 * A copy of the operand with the part that begins at `startIndices` replaced by `update`. Starts
 * count and clamp as in {@linkcode dynamicSlice}. Follows `jax.lax.dynamic_update_slice`.
 *
 * @throws {TypeError} if dtypes or ranks differ, or `update` is larger than the operand.
 * @throws {RangeError} unless there is one start for each axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = lax.dynamicUpdateSlice(np.zeros(4), np.ones(2), [1]);
 * assert(String(x.tolist()) === "0,1,1,0");
 * ```
 */
export function dynamicUpdateSlice(
  array: Operand,
  update: Operand,
  startIndices: NDArray | readonly Operand[],
  options: DynamicSliceOptions = {},
): NDArray {
  const [x, values] = operands("dynamic_update_slice", [array, update]);
  const starts = startArrays(x, startIndices, options);
  return dynamicUpdateSliceP.bind([x, values, ...starts], {});
}

// -- along one axis -------------------------------------------------------------------------------

/** Start indices that are 0 but for one axis, and for which axes they may be negative. */
function alongAxis(
  x: NDArray,
  start: Operand,
  dim: number,
  { allowNegativeIndices = true }: InDimOptions,
): [Operand[], DynamicSliceOptions] {
  const zero = start instanceof NDArray ? scalarArray(0, start.dtype) : 0;
  const starts: Operand[] = x.shape.map((_, i) => i === dim ? start : zero);
  return [starts, {
    allowNegativeIndices: x.shape.map((_, i) => i === dim && allowNegativeIndices),
  }];
}
/** Options of the functions along one axis. */
export interface InDimOptions {
  /** The axis; the first by default. */
  axis?: number;
  /** Without it no adjustment is made for a negative index, and it clamps to 0. */
  allowNegativeIndices?: boolean;
}

const IN_DIM = ["axis", "allowNegativeIndices"] as const;

/**
 * {@linkcode dynamicSlice} along one axis. Follows `jax.lax.dynamic_slice_in_dim`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.dynamicSliceInDim(np.arange(5), 1, 2).tolist()) === "1,2");
 * ```
 */
export function dynamicSliceInDim(
  array: Operand,
  startIndex: Operand,
  sliceSize: number,
  axis?: number | InDimOptions,
  options?: InDimOptions,
): NDArray {
  const x = operand("dynamic_slice_in_dim", array);
  const read = readOptions<InDimOptions>("dynamicSliceInDim", IN_DIM, axis, options);
  const dim = canonicalAxis(read.axis ?? 0, x.ndim);
  const [starts, allow] = alongAxis(x, startIndex, dim, read);
  return dynamicSlice(x, starts, x.shape.map((n, i) => i === dim ? sliceSize : n), allow);
}

/** Options of {@linkcode dynamicIndexInDim}. */
export interface DynamicIndexOptions extends InDimOptions {
  /** Whether the axis stays, with length 1; true by default. */
  keepdims?: boolean;
}
/**
 * The elements at one position of an axis, which stays with length 1 unless `keepdims` is false.
 * Follows `jax.lax.dynamic_index_in_dim`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.dynamicIndexInDim(np.arange(5), np.array(-1), 0, false).item() === 4);
 * ```
 */
export function dynamicIndexInDim(
  array: Operand,
  index: Operand,
  axis?: number | DynamicIndexOptions,
  keepdims?: boolean | DynamicIndexOptions,
  options?: DynamicIndexOptions,
): NDArray {
  const x = operand("dynamic_index_in_dim", array);
  const names = ["axis", "keepdims", "allowNegativeIndices"] as const;
  const { axis: given = 0, keepdims: keep = true, ...rest } = readOptions<DynamicIndexOptions>(
    "dynamicIndexInDim",
    names,
    axis,
    keepdims,
    options,
  );
  const dim = canonicalAxis(given, x.ndim);
  const i = toIndex("dynamic_index_in_dim", index);
  return named("dynamic_index_in_dim", [x, i], (x, i) => {
    const part = dynamicSliceInDim(x, i, 1, dim, rest);
    return keep ? part : squeeze(part, [dim]);
  }, [dim, keep, rest]);
}

/**
 * {@linkcode dynamicUpdateSlice} along one axis. Follows `jax.lax.dynamic_update_slice_in_dim`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = lax.dynamicUpdateSliceInDim(np.zeros(4), np.ones(2), 2, 0);
 * assert(String(x.tolist()) === "0,0,1,1");
 * ```
 */
export function dynamicUpdateSliceInDim(
  array: Operand,
  update: Operand,
  startIndex: Operand,
  axis: number | InDimOptions,
  options?: InDimOptions,
): NDArray {
  const [x, values] = operands("dynamic_update_slice_in_dim", [array, update]);
  const read = readOptions<InDimOptions>("dynamicUpdateSliceInDim", IN_DIM, axis, options);
  const dim = canonicalAxis(read.axis ?? 0, x.ndim);
  const [starts, allow] = alongAxis(x, startIndex, dim, read);
  return dynamicUpdateSlice(x, values, starts, allow);
}

/**
 * A copy of the operand with the elements at one position of an axis replaced; `update` may lack
 * the axis. Follows `jax.lax.dynamic_update_index_in_dim`.
 *
 * @throws {TypeError} if `update` lacks more than that axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = lax.dynamicUpdateIndexInDim(np.zeros([2, 2]), np.ones(2), 1, 0);
 * assert(JSON.stringify(x) === "[[0,0],[1,1]]");
 * ```
 */
export function dynamicUpdateIndexInDim(
  array: Operand,
  update: Operand,
  index: Operand,
  axis: number | InDimOptions,
  options?: InDimOptions,
): NDArray {
  const [x, values] = operands("dynamic_update_index_in_dim", [array, update]);
  const { axis: given = 0, ...rest } = readOptions<InDimOptions>(
    "dynamicUpdateIndexInDim",
    IN_DIM,
    axis,
    options,
  );
  const dim = canonicalAxis(given, x.ndim);
  if (values.ndim !== x.ndim && values.ndim + 1 !== x.ndim) {
    throw new TypeError(
      `dynamicUpdateIndexInDim update must have the rank of the operand or one less, got update ` +
        `shape ${showShape(values.shape)} for operand shape ${showShape(x.shape)}.`,
    );
  }
  const i = toIndex("dynamic_update_index_in_dim", index);
  return named("dynamic_update_index_in_dim", [x, values, i], (x, values, i) => {
    const full = values.ndim === x.ndim ? values : expandDims(values, [dim]);
    return dynamicUpdateSliceInDim(x, full, i, dim, rest);
  }, [dim, rest]);
}
