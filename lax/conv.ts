/** Convolution: contractions of kernels with the windows of a padded array. */
import { range } from "../core/aval.ts";
import { checkObject, listOf } from "../core/checks.ts";
import { showShape } from "../core/errors.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";
import {
  convDimensionNumbers,
  type ConvDimensionNumbersLike,
  type ConvParams,
  convType,
} from "./conv_type.ts";
import { dotGeneral, type DotOptions, showPrecision } from "./dot.ts";
import { full } from "./filling.ts";
import { type Operand, operands, optionalDType } from "./operands.ts";
import { dilated, type Padding, type Pads, padtypeToPads } from "./padding.ts";
import { reshape, rev, transpose } from "./shape.ts";
import { pad } from "./slicing.ts";
import { windows } from "./windows.ts";

// -- conv_general_dilated -------------------------------------------------------------------------

const convGeneralDilatedP = definePrimitive<ConvParams>("conv_general_dilated", {
  type: ([x, w], params) => [convType(x, w, params)],
  print({ dimensionNumbers: { lhsSpec, rhsSpec, outSpec }, ...params }) {
    const specs = `lhs_spec=${showShape(lhsSpec)}, rhs_spec=${showShape(rhsSpec)}, ` +
      `out_spec=${showShape(outSpec)}`;
    return {
      ...params,
      dimensionNumbers: `ConvDimensionNumbers(${specs})`,
      outSharding: null,
    };
  },
  expand: ([x, w], params) => [contractWindows(x, w, params)],
});

/** Splits an axis into `groups` and the rest of it, and counts the later axes one on. */
function splitAxis(x: NDArray, axis: number, groups: number): NDArray {
  const n = x.shape[axis] / groups;
  return reshape(x, [...x.shape.slice(0, axis), groups, n, ...x.shape.slice(axis + 1)]);
}

// Note [Groups]
//
// With feature groups, each part of the input features meets its own part of the output features;
// with batch groups, each part of the batch does. Both are one more batch axis of the contraction:
// the axis of the left operand that has groups is split, and so are the output features.

/** The contraction of a kernel with the windows of the padded operand. */
function contractWindows(x: NDArray, w: NDArray, params: ConvParams): NDArray {
  const { dimensionNumbers: { lhsSpec, rhsSpec, outSpec }, precision: _, ...rest } = params;
  const { featureGroupCount, batchGroupCount, preferredElementType } = rest;
  const groups = featureGroupCount * batchGroupCount;
  const windowed = windowsOf(x, w, params);
  const k = lhsSpec.length - 2;
  if (groups === 1) {
    const inner = [lhsSpec[1], ...range(k).map((i) => x.ndim + i)];
    const out = dotGeneral(windowed, w, [[inner, [rhsSpec[1], ...rhsSpec.slice(2)]], [[], []]], {
      preferredElementType,
    });
    return arrange(out, lhsSpec, outSpec, 0);
  }
  const split = batchGroupCount > 1 ? lhsSpec[0] : lhsSpec[1];
  // The groups come just before what is left of the axis, so that all axes from there on move up.
  const left = (d: number) => d >= split ? d + 1 : d;
  const right = (d: number) => d >= rhsSpec[0] ? d + 1 : d;
  const inner = [left(lhsSpec[1]), ...range(k).map((i) => x.ndim + 1 + i)];
  const out = dotGeneral(
    splitAxis(windowed, split, groups),
    splitAxis(w, rhsSpec[0], groups),
    [[inner, [rhsSpec[1], ...rhsSpec.slice(2)].map(right)], [[split], [rhsSpec[0]]]],
    { preferredElementType },
  );
  const arranged = arrange(out, lhsSpec, outSpec, 1);
  const features = outSpec[1];
  const { shape } = arranged;
  const merged = shape[features] * shape[features + 1];
  return reshape(arranged, [...shape.slice(0, features), merged, ...shape.slice(features + 2)]);
}

function windowsOf(x: NDArray, w: NDArray, params: ConvParams): NDArray {
  const { dimensionNumbers: { lhsSpec, rhsSpec }, padding, lhsDilation } = params;
  const config = x.shape.map((): [number, number, number] => [0, 0, 0]);
  padding.forEach(([lo, hi], i) => config[lhsSpec[i + 2]] = [lo, hi, lhsDilation[i] - 1]);
  const untouched = config.every((c) => c.every((n) => n === 0));
  const padded = untouched ? x : pad(x, full([], 0, x.dtype), config);
  return windows(padded, {
    dimensions: lhsSpec.slice(2),
    window: rhsSpec.slice(2).map((d) => w.shape[d]),
    strides: params.windowStrides,
    dilation: params.rhsDilation,
  });
}

/**
 * A contraction's axes in the order of the result. They come as: the groups, if any, then batch and
 * space in the order of the left operand, then output features. The groups go before the features.
 */
function arrange(
  out: NDArray,
  lhsSpec: readonly number[],
  outSpec: readonly number[],
  groupAxes: 0 | 1,
): NDArray {
  const kept = [lhsSpec[0], ...lhsSpec.slice(2)].sort((a, b) => a - b);
  const source = (d: number) => groupAxes + kept.indexOf(d);
  const permutation: number[][] = [];
  permutation[outSpec[0]] = [source(lhsSpec[0])];
  permutation[outSpec[1]] = groupAxes === 1 ? [0, out.ndim - 1] : [out.ndim - 1];
  lhsSpec.slice(2).forEach((d, i) => permutation[outSpec[i + 2]] = [source(d)]);
  return transpose(out, permutation.flat());
}

/** Options of {@linkcode convGeneralDilated}. */
export interface ConvOptions extends DotOptions {
  /** Distance between elements of the left operand, as if zeros lay between; 1 by default. */
  lhsDilation?: readonly number[] | null;
  /** Distance between elements of the kernel; 1 by default. */
  rhsDilation?: readonly number[] | null;
  /** What the axes are; by default `NCHW` for operand and result, `OIHW` for the kernel. */
  dimensionNumbers?: ConvDimensionNumbersLike;
  /** The number of parts of the features that are convolved apart from each other. */
  featureGroupCount?: number;
  /** The number of parts of the batch that are convolved apart, each with its output features. */
  batchGroupCount?: number;
}

/**
 * Convolution in any number of dimensions (in truth correlation, as everywhere in this field: the
 * kernel isn't reversed), with strides, padding, both dilations and groups. Follows
 * `jax.lax.conv_general_dilated`.
 *
 * @throws {TypeError} if dtypes or dimension numbers don't fit.
 * @throws {RangeError} if lengths don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.array([1, 2, 3, 4]).reshape(1, 1, 4), w = np.array([1, 1]).reshape(1, 1, 2);
 * assert(String(lax.convGeneralDilated(x, w, [1], "VALID").tolist()) === "3,5,7");
 * assert(String(lax.convGeneralDilated(x, w, [2], [[1, 1]]).tolist()) === "1,5,4");
 * ```
 */
export function convGeneralDilated(
  lhs: Operand,
  rhs: Operand,
  windowStrides: readonly number[],
  padding: Padding,
  options: ConvOptions = {},
): NDArray {
  const [x, w] = operands("conv_general_dilated", [lhs, rhs]);
  checkObject("lax.convGeneralDilated", "the options", options);
  const strides = listOf("lax.convGeneralDilated", "windowStrides", windowStrides);
  const dimensionNumbers = convDimensionNumbers(x.shape, w.shape, options.dimensionNumbers);
  const ones = range(Math.max(x.ndim - 2, 0)).map(() => 1);
  const lhsDilation = options.lhsDilation ?? ones, rhsDilation = options.rhsDilation ?? ones;
  if (typeof padding === "string" && !lhsDilation.every((n) => n === 1)) {
    throw new RangeError(
      "String padding is not implemented for transposed convolution using this op. Please either " +
        "exactly specify the required padding or use convTranspose.",
    );
  }
  const { lhsSpec, rhsSpec } = dimensionNumbers;
  return convGeneralDilatedP.bind([x, w], {
    windowStrides: [...strides],
    padding: typeof padding === "string"
      ? padtypeToPads(
        lhsSpec.slice(2).map((d) => x.shape[d]),
        rhsSpec.slice(2).map((d, i) => dilated(w.shape[d], rhsDilation[i] - 1)),
        strides,
        padding,
      )
      : explicitPads(padding),
    lhsDilation: [...lhsDilation],
    rhsDilation: [...rhsDilation],
    dimensionNumbers,
    featureGroupCount: options.featureGroupCount ?? 1,
    batchGroupCount: options.batchGroupCount ?? 1,
    precision: showPrecision(options.precision),
    preferredElementType: optionalDType(options.preferredElementType) ?? null,
  });
}
function explicitPads(padding: Pads): Pads {
  const isPair = (p: unknown) =>
    Array.isArray(p) && p.length === 2 && p.every((n) => Number.isInteger(n));
  if (!Array.isArray(padding) || !padding.every(isPair)) {
    throw new RangeError(
      "padding argument to convGeneralDilated should be a string or a sequence of (low, high) " +
        `pairs, got ${JSON.stringify(padding)}`,
    );
  }
  return padding.map(([lo, hi]) => [lo, hi]);
}

// -- conveniences ---------------------------------------------------------------------------------

/**
 * {@linkcode convGeneralDilated} without dilation or groups, on `NCHW` and `OIHW`. Follows
 * `jax.lax.conv`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.ones([1, 2, 5, 5]), w = np.ones([3, 2, 3, 3]);
 * assert(lax.conv(x, w, [1, 1], "SAME").shape.join() === "1,3,5,5");
 * ```
 */
export function conv(
  lhs: Operand,
  rhs: Operand,
  windowStrides: readonly number[],
  padding: Padding,
  options: DotOptions = {},
): NDArray {
  return convGeneralDilated(lhs, rhs, windowStrides, padding, options);
}

/**
 * {@linkcode convGeneralDilated} with dilations and without groups, on `NCHW` and `OIHW`. Follows
 * `jax.lax.conv_with_general_padding`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.ones([1, 1, 5]), w = np.ones([1, 1, 2]);
 * const y = lax.convWithGeneralPadding(x, w, [1], [[0, 0]], null, [3]);
 * assert(y.shape.join() === "1,1,2");
 * ```
 */
export function convWithGeneralPadding(
  lhs: Operand,
  rhs: Operand,
  windowStrides: readonly number[],
  padding: Padding,
  lhsDilation: readonly number[] | null,
  rhsDilation: readonly number[] | null,
  options: DotOptions = {},
): NDArray {
  const dilations = { lhsDilation, rhsDilation };
  return convGeneralDilated(lhs, rhs, windowStrides, padding, { ...options, ...dilations });
}

/** Options of {@linkcode convTranspose}. */
export interface ConvTransposeOptions extends DotOptions {
  /** Distance between elements of the kernel; 1 by default. */
  rhsDilation?: readonly number[] | null;
  /** What the axes are; by default `NHWC`, `HWIO`, `NHWC`. */
  dimensionNumbers?: ConvDimensionNumbersLike;
  /** Reverse the kernel in space and swap its features: the gradient of the forward convolution. */
  transposeKernel?: boolean;
  /** Take explicit padding too for that of the forward convolution, as names of paddings are. */
  useConsistentPadding?: boolean;
}

const channelsLast: Record<number, readonly [string, string, string]> = {
  2: ["NC", "IO", "NC"],
  3: ["NHC", "HIO", "NHC"],
  4: ["NHWC", "HWIO", "NHWC"],
  5: ["NHWDC", "HWDIO", "NHWDC"],
};

/** The padding of a transposed convolution from that of the forward one, along one axis. */
function transposedPads(
  kernel: number,
  stride: number,
  padding: string | readonly [number, number],
): [number, number] {
  if (typeof padding !== "string") return [kernel - padding[0] - 1, kernel - padding[1] - 1];
  if (padding === "SAME") {
    const total = kernel + stride - 2;
    const before = stride > kernel - 1 ? kernel - 1 : Math.ceil(total / 2);
    return [before, total - before];
  }
  if (padding === "VALID") {
    const total = kernel + stride - 2 + Math.max(kernel - stride, 0);
    return [kernel - 1, total - kernel + 1];
  }
  throw new RangeError(`Invalid padding mode: ${padding}`);
}

/**
 * The transpose of a convolution, which enlarges its operand by `strides`. Follows
 * `jax.lax.conv_transpose`.
 *
 * @throws {RangeError} if lengths or ranks don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.ones([1, 4, 4, 2]), w = np.ones([3, 3, 2, 5]);
 * assert(lax.convTranspose(x, w, [2, 2], "SAME").shape.join() === "1,8,8,5");
 * ```
 */
export function convTranspose(
  lhs: Operand,
  rhs: Operand,
  strides: readonly number[],
  padding: Padding,
  options: ConvTransposeOptions = {},
): NDArray {
  const [x, kernel] = operands("conv_transpose", [lhs, rhs]);
  const { transposeKernel, useConsistentPadding, ...rest } = options;
  if (x.ndim !== kernel.ndim || x.ndim < 2) {
    throw new RangeError(
      `convTranspose requires lhs and rhs of equal rank, 2 at least, got shapes ` +
        `${showShape(x.shape)} and ${showShape(kernel.shape)}.`,
    );
  }
  const given = options.dimensionNumbers ?? channelsLast[x.ndim];
  if (given === undefined) throw new RangeError("No 4+ dimensional dimensionNumbers defaults.");
  const dimensionNumbers = convDimensionNumbers(x.shape, kernel.shape, given);
  const { rhsSpec } = dimensionNumbers;
  const space = rhsSpec.slice(2);
  const dilation = options.rhsDilation ?? space.map(() => 1);
  const forward = useConsistentPadding || padding === "SAME" || padding === "VALID";
  const pads = forward
    ? space.map((d, i) => {
      const extent = dilated(kernel.shape[d], dilation[i] - 1);
      return transposedPads(extent, strides[i], typeof padding === "string" ? padding : padding[i]);
    })
    : padding;
  let w = kernel;
  if (transposeKernel) {
    for (const d of space) w = rev(w, [d]);
    const [o, i] = rhsSpec;
    w = transpose(w, range(w.ndim).map((d) => d === o ? i : d === i ? o : d));
  }
  return convGeneralDilated(x, w, space.map(() => 1), pads, {
    ...rest,
    lhsDilation: strides,
    rhsDilation: dilation,
    dimensionNumbers,
  });
}
