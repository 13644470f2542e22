/** Parts of arrays at fixed places, and arrays as parts of larger ones: slices and padding. */
import type { ShapedArray } from "../core/aval.ts";
import { listOf } from "../core/checks.ts";
import { describe, showShape } from "../core/errors.ts";
import { addIndex, type Expr, mulIndex, select } from "../core/expr.ts";
import { readOptions } from "../core/options.ts";
import { canonicalAxis, checkShapelike } from "../core/rules.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";
import { type Operand, operand, operands } from "./operands.ts";
import { dilated, type PaddingConfig, unpadded } from "./padding.ts";
import { squeeze } from "./shape.ts";

// -- slicing --------------------------------------------------------------------------------------

interface SliceParams {
  readonly startIndices: readonly number[];
  readonly limitIndices: readonly number[];
  readonly strides: readonly number[] | null;
}
function checkSlice(x: ShapedArray, { startIndices, limitIndices, strides }: SliceParams): void {
  checkShapelike("slice", "startIndices", startIndices);
  checkShapelike("slice", "limitIndices", limitIndices);
  const [start, limit, shape] = [startIndices, limitIndices, x.shape].map(showShape);
  if (startIndices.length !== x.ndim) {
    throw new TypeError(
      `slice startIndices must have length equal to the number of dimensions of the operand, ` +
        `got indices ${start} for operand shape ${shape}.`,
    );
  }
  if (limitIndices.length !== startIndices.length) {
    throw new TypeError(
      `slice limitIndices must have the same length as startIndices, got startIndices ${start} ` +
        `and limitIndices ${limit}.`,
    );
  }
  if (!limitIndices.every((n, i) => n <= x.shape[i])) {
    throw new TypeError(
      `slice limitIndices must be less than or equal to operand shape, got limitIndices ` +
        `${limit} for operand shape ${shape}.`,
    );
  }
  if (!limitIndices.every((n, i) => n >= startIndices[i])) {
    throw new TypeError(
      `slice limitIndices must be greater than or equal to startIndices, got startIndices ` +
        `${start} and limitIndices ${limit}.`,
    );
  }
  if (strides === null) return;
  checkShapelike("slice", "strides", strides);
  if (strides.length !== x.ndim) {
    throw new TypeError(
      `slice strides must have length equal to the number of dimensions of the operand, got ` +
        `strides ${showShape(strides)} for operand shape ${shape}.`,
    );
  }
  if (strides.includes(0)) {
    throw new RangeError(`slice strides must be positive, got ${showShape(strides)}`);
  }
}

const sliceP = definePrimitive<SliceParams>("slice", {
  type([x], params) {
    checkSlice(x, params);
    const { startIndices, limitIndices, strides } = params;
    const shape = limitIndices.map((n, i) =>
      Math.ceil((n - startIndices[i]) / (strides?.[i] ?? 1))
    );
    return [x.with({ shape })];
  },
  keepsOrder: true,
  lower: ([x], { startIndices, strides }) => (index) =>
    x.at(index.map((e, i) => affine(e, strides?.[i] ?? 1, startIndices[i]))),
});
/** `index * stride + start`, without what has no effect. */
function affine(index: Expr, stride: number, start: number): Expr {
  const scaled = stride === 1 ? index : mulIndex(index, stride);
  return start === 0 ? scaled : addIndex(scaled, start);
}
/**
 * The elements from `startIndices` to before `limitIndices`, `strides` apart. Nothing clamps and
 * nothing counts from the end. Follows `jax.lax.slice`.
 *
 * @throws {TypeError} if the range doesn't lie in the operand.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.arange(6).reshape(2, 3);
 * assert(String(lax.slice(x, [0, 1], [2, 3]).tolist()) === "1,2,4,5");
 * assert(String(lax.slice(x, [0, 0], [2, 3], [1, 2]).tolist()) === "0,2,3,5");
 * ```
 */
export function slice(
  array: Operand,
  startIndices: readonly number[],
  limitIndices: readonly number[],
  strides?: readonly number[] | null | { strides?: readonly number[] | null },
): NDArray {
  const x = operand("slice", array);
  const { strides: steps = null } = readOptions<{ strides?: readonly number[] | null }>(
    "slice",
    ["strides"],
    strides,
  );
  return sliceP.bind([x], {
    startIndices: [...listOf("lax.slice", "startIndices", startIndices)],
    limitIndices: [...listOf("lax.slice", "limitIndices", limitIndices)],
    strides: steps === null ? null : [...listOf("lax.slice", "strides", steps)],
  });
}

/** Options of {@linkcode sliceInDim}. */
export interface SliceInDimOptions {
  /** The distance between elements; 1 by default. */
  stride?: number;
  /** The axis to slice; the first by default. */
  axis?: number;
}
/**
 * {@linkcode slice} along one axis; `null` is the beginning or the end, and negative positions
 * count from the end. Follows `jax.lax.slice_in_dim`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.sliceInDim(np.arange(5), 1, -1).tolist()) === "1,2,3");
 * ```
 */
export function sliceInDim(
  array: Operand,
  startIndex: number | null,
  limitIndex: number | null,
  stride?: number | SliceInDimOptions,
  axis?: number | SliceInDimOptions,
): NDArray {
  const x = operand("slice_in_dim", array);
  const options = readOptions<SliceInDimOptions>("sliceInDim", ["stride", "axis"], stride, axis);
  const dim = canonicalAxis(options.axis ?? 0, x.ndim);
  const n = x.shape[dim];
  const fromEnd = (i: number) => i < 0 ? i + n : i;
  const at = <T>(list: readonly T[], value: T) => list.map((old, i) => i === dim ? value : old);
  return slice(
    x,
    at(x.shape.map(() => 0), fromEnd(startIndex ?? 0)),
    at(x.shape, fromEnd(limitIndex ?? n)),
    at(x.shape.map(() => 1), options.stride ?? 1),
  );
}

/** Options of {@linkcode indexInDim}. */
export interface IndexInDimOptions {
  /** The axis to index; the first by default. */
  axis?: number;
  /** Whether the axis stays, with length 1; true by default. */
  keepdims?: boolean;
}
/**
 * The elements at one position of an axis, which stays with length 1 unless `keepdims` is false.
 * Follows `jax.lax.index_in_dim`.
 *
 * @throws {RangeError} if there is no such position.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.indexInDim(np.arange(5), -1, 0, false).item() === 4);
 * ```
 */
export function indexInDim(
  array: Operand,
  index: number,
  axis?: number | IndexInDimOptions,
  keepdims?: boolean | IndexInDimOptions,
): NDArray {
  const x = operand("index_in_dim", array);
  const options = readOptions<IndexInDimOptions>(
    "indexInDim",
    ["axis", "keepdims"],
    axis,
    keepdims,
  );
  const dim = canonicalAxis(options.axis ?? 0, x.ndim);
  const n = x.shape[dim];
  if (!Number.isInteger(index)) {
    throw new TypeError(`lax.indexInDim takes an integer for index, got ${describe(index)}`);
  }
  if (index < -n || index >= n) {
    throw new RangeError(`index ${index} is out of bounds for axis ${dim} with size ${n}`);
  }
  const start = index < 0 ? index + n : index;
  const part = sliceInDim(x, start, start + 1, 1, dim);
  return options.keepdims ?? true ? part : squeeze(part, [dim]);
}

// -- padding --------------------------------------------------------------------------------------

const showConfig = (config: PaddingConfig) =>
  `(${config.map(showShape).join(", ")}${config.length === 1 ? "," : ""})`;

function paddedShape(x: ShapedArray, config: PaddingConfig): number[] {
  if (config.length !== x.ndim) {
    throw new RangeError(
      `length of paddingConfig must equal the number of axes of operand, got paddingConfig ` +
        `${showConfig(config)} for operand shape ${showShape(x.shape)}`,
    );
  }
  if (!config.every((c) => c.length === 3 && c.every((n) => Number.isInteger(n)))) {
    throw new RangeError(
      `paddingConfig must have three integers (low, high, interior) for each axis, got ` +
        showConfig(config),
    );
  }
  if (!config.every(([, , interior]) => interior >= 0)) {
    throw new RangeError(
      `interior padding in paddingConfig must be nonnegative, got paddingConfig ` +
        showConfig(config),
    );
  }
  const shape = config.map(([lo, hi, interior], i) => lo + hi + dilated(x.shape[i], interior));
  if (!shape.every((n) => n >= 0)) {
    throw new RangeError(
      `Dimension size after padding is not at least 0, got result shape ${showShape(shape)}, ` +
        `for paddingConfig ${showConfig(config)} and operand shape ${showShape(x.shape)}`,
    );
  }
  return shape;
}

const padP = definePrimitive<{ readonly paddingConfig: PaddingConfig }>("pad", {
  type([x, value], { paddingConfig }) {
    if (x.dtype !== value.dtype) {
      throw new TypeError(
        `pad operand and paddingValue must be same dtype: got ${x.dtype.name} and ` +
          `${value.dtype.name}.`,
      );
    }
    if (value.ndim !== 0) {
      throw new RangeError(
        `paddingValue must be a scalar; got an array of shape ${showShape(value.shape)}`,
      );
    }
    const shape = paddedShape(x, paddingConfig);
    return [x.with({ shape, weakType: x.weakType && value.weakType })];
  },
  lower: ([x, value], { paddingConfig }) => (index) => {
    const { inner, valid } = unpadded(index, x.aval.shape, paddingConfig);
    return valid === undefined ? x.at(inner) : select(valid, x.at(inner), value.at([]));
  },
});
/**
 * `array` with `paddingValue` before, after and between the elements of each axis; negative low
 * and high padding crops. Follows `jax.lax.pad`.
 *
 * @throws {TypeError} if the dtypes differ.
 * @throws {RangeError} if a length gets negative, or the padding doesn't fit the operand's rank.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.array([1, 2, 3]);
 * assert(String(lax.pad(x, 0, [[1, -1, 1]]).tolist()) === "0,1,0,2,0");
 * ```
 */
export function pad(
  array: Operand,
  paddingValue: Operand,
  paddingConfig: PaddingConfig,
): NDArray {
  const args = operands("pad", [array, paddingValue]);
  return padP.bind(args, {
    paddingConfig: listOf("lax.pad", "paddingConfig", paddingConfig).map((entry, axis) => {
      const [l, h, i] = listOf("lax.pad", `paddingConfig[${axis}]`, entry);
      return [l, h, i];
    }),
  });
}
