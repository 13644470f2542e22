/** What the operands of a convolution must be, and what its axes mean. */
import { range, type ShapedArray } from "../core/aval.ts";
import { listOf } from "../core/checks.ts";
import { type DType, isFloat, isInteger } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { checkSameDTypes } from "../core/rules.ts";
import { dilated, type Pads } from "./padding.ts";
import { windowCount } from "./windows.ts";

// -- dimension numbers ----------------------------------------------------------------------------

/**
 * What the axes are: those of the batch (kernel: of output features), of features (kernel: of input
 * features), then those of space, in one order for all three.
 */
export interface ConvDimensionNumbers {
  /** Axes of the left operand. */
  readonly lhsSpec: readonly number[];
  /** Axes of the kernel. */
  readonly rhsSpec: readonly number[];
  /** Axes of the result. */
  readonly outSpec: readonly number[];
}
/** Dimension numbers, or three strings such as `["NHWC", "HWIO", "NHWC"]`; `null` is `NCHW`, `OIHW`. */
export type ConvDimensionNumbersLike =
  | ConvDimensionNumbers
  | readonly [lhs: string, rhs: string, out: string]
  | null
  | undefined;

/**
 * The dimension numbers that three strings describe. Follows `jax.lax.conv_dimension_numbers`.
 *
 * @throws {TypeError} if the strings don't fit the shapes or each other.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * const d = lax.convDimensionNumbers([1, 5, 5, 3], [3, 3, 3, 8], ["NHWC", "HWIO", "NHWC"]);
 * assert(d.lhsSpec.join() === "0,3,1,2" && d.rhsSpec.join() === "3,2,0,1");
 * ```
 */
export function convDimensionNumbers(
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  dimensionNumbers: ConvDimensionNumbersLike,
): ConvDimensionNumbers {
  const given = dimensionNumbers ?? null;
  if (given !== null && "lhsSpec" in Object(given)) return given as ConvDimensionNumbers;
  listOf("lax.convDimensionNumbers", "lhsShape", lhsShape);
  listOf("lax.convDimensionNumbers", "rhsShape", rhsShape);
  if (lhsShape.length !== rhsShape.length) {
    throw new TypeError(
      `convolution requires lhs and rhs ndim to be equal, got ${lhsShape.length} and ` +
        `${rhsShape.length}.`,
    );
  }
  if (given === null) {
    const spec = range(lhsShape.length);
    return { lhsSpec: spec, rhsSpec: spec, outSpec: spec };
  }
  if (!Array.isArray(given)) {
    throw new TypeError(
      `convolution dimensionNumbers must be a list or null, got ${describe(given)}.`,
    );
  }
  checkSpecs(given, lhsShape, rhsShape);
  const [lhs, rhs, out] = given as string[];
  const spatial = [...rhs].filter((c) => c !== "O" && c !== "I");
  const axes = (spec: string, first: string) => [...first, ...spatial].map((c) => spec.indexOf(c));
  return { lhsSpec: axes(lhs, "NC"), rhsSpec: axes(rhs, "OI"), outSpec: axes(out, "NC") };
}

function checkSpecs(
  specs: readonly unknown[],
  lhsShape: readonly number[],
  rhsShape: readonly number[],
): void {
  const at = (i: number) => `convolution dimensionNumbers[${i}]`;
  if (specs.length !== 3) {
    throw new TypeError(
      `convolution dimensionNumbers list must be length 3, got ${specs.length}.`,
    );
  }
  if (!specs.every((s) => typeof s === "string")) {
    throw new TypeError(
      `convolution dimensionNumbers elements must be strings, got ` +
        `(${specs.map((s) => typeof s).join(", ")}).`,
    );
  }
  specs.forEach((spec, i) => {
    if (spec.length === lhsShape.length) return;
    throw new TypeError(
      `${at(i)} must have len equal to the ndim of lhs and rhs, got ${spec.length} for lhs and ` +
        `rhs shapes ${showShape(lhsShape)} and ${showShape(rhsShape)}.`,
    );
  });
  const spatial = specs.map((spec, i) => {
    const [a, b] = i === 1 ? "OI" : "NC";
    const count = (c: string) => [...spec].filter((d) => d === c).length;
    if (count(a) !== 1 || count(b) !== 1) {
      throw new TypeError(
        `${at(i)} must contain the characters '${a}' and '${b}' exactly once, got ${spec}.`,
      );
    }
    if (new Set(spec).size !== spec.length) {
      throw new TypeError(`${at(i)} cannot have duplicate characters, got ${spec}.`);
    }
    return [...spec].filter((c) => c !== a && c !== b).sort().join("");
  });
  if (!spatial.every((s) => s === spatial[0])) {
    throw new TypeError(
      `convolution dimensionNumbers elements must each have the same set of spatial characters, ` +
        `got (${specs.map((s) => `'${s}'`).join(", ")}).`,
    );
  }
}

// -- types ----------------------------------------------------------------------------------------

/** Params of the primitive. */
export interface ConvParams {
  readonly windowStrides: readonly number[];
  readonly padding: Pads;
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  readonly dimensionNumbers: ConvDimensionNumbers;
  readonly featureGroupCount: number;
  readonly batchGroupCount: number;
  readonly precision: string | null;
  readonly preferredElementType: DType | null;
}

function fail(message: string): never {
  throw new RangeError(`conv_general_dilated ${message}`);
}
function checkGroups(x: ShapedArray, w: ShapedArray, params: ConvParams): void {
  const { dimensionNumbers: { lhsSpec, rhsSpec } } = params;
  const { featureGroupCount: groups, batchGroupCount: batches } = params;
  const [batch, features] = lhsSpec.map((d) => x.shape[d]);
  const [outputs, inputs] = rhsSpec.map((d) => w.shape[d]);
  const positive = (n: number) => Number.isInteger(n) && n > 0;
  if (!positive(groups)) fail(`featureGroupCount must be a positive integer, got ${groups}.`);
  if (features % groups !== 0) {
    fail(
      `featureGroupCount must divide lhs feature dimension size, but ${groups} does not divide ` +
        `${features}.`,
    );
  }
  if (features / groups !== inputs) {
    fail(
      `lhs feature dimension size divided by featureGroupCount must equal the rhs input feature ` +
        `dimension size, but ${features} // ${groups} != ${inputs}.`,
    );
  }
  if (outputs % groups !== 0) {
    fail(
      `rhs output feature dimension size must be a multiple of featureGroupCount, but ${outputs} ` +
        `is not a multiple of ${groups}.`,
    );
  }
  if (!positive(batches)) fail(`batchGroupCount must be a positive integer, got ${batches}.`);
  if (batch % batches !== 0) {
    fail(
      `batchGroupCount must divide lhs batch dimension size, but ${batches} does not divide ` +
        `${batch}.`,
    );
  }
  if (outputs % batches !== 0) {
    fail(
      `rhs output feature dimension size must be a multiple of batchGroupCount, but ${outputs} ` +
        `is not a multiple of ${batches}.`,
    );
  }
  if (groups > 1 && batches > 1) {
    throw new RangeError(
      `At most one of batchGroupCount and featureGroupCount may be > 1, got ` +
        `batchGroupCount=${batches} and featureGroupCount=${groups}`,
    );
  }
}

function checkWindow(w: ShapedArray, params: ConvParams): void {
  const { windowStrides, padding, lhsDilation, rhsDilation, dimensionNumbers } = params;
  const kernel = dimensionNumbers.rhsSpec.slice(2).map((d) => w.shape[d]);
  const n = kernel.length;
  if (windowStrides.length !== n) {
    fail(
      `window and windowStrides must have the same number of dimensions, but got ${n} and ` +
        `${windowStrides.length}`,
    );
  }
  if (padding.length !== n) {
    throw new TypeError(
      `Wrong number of explicit pads for convolution: expected ${n}, got ${padding.length}.`,
    );
  }
  for (const [name, dilation] of Object.entries({ lhsDilation, rhsDilation })) {
    if (!dilation.every((k) => Number.isInteger(k) && k > 0)) {
      throw new TypeError(`All dilations must be positive, got ${showShape(dilation)}.`);
    }
    if (dilation.length !== n) {
      fail(
        `expects ${name} to have as many factors as the window has dimensions (${n}), but ` +
          `got: ${dilation.length}.`,
      );
    }
  }
  const expectPositive = (what: string, numbers: readonly number[]) => {
    const i = numbers.findIndex((k) => !Number.isInteger(k) || k < 1);
    if (i < 0) return;
    fail(
      `expects window to have positive ${what} for ${i}-th window dimension, but got ` +
        `${numbers[i]}.`,
    );
  };
  expectPositive("stride", windowStrides);
  expectPositive("value", kernel);
}

function resultDType(dtype: DType, preferred: DType | null): DType {
  if (preferred === null) return dtype;
  const allowed = isInteger(dtype)
    ? isInteger(preferred) || isFloat(preferred)
    : dtype.kind === "b" || preferred.kind === dtype.kind;
  if (!allowed) {
    throw new TypeError(
      "Input type is incompatible with `preferredElementType`. The compatible combinations of " +
        "(input_type, preferredElementType) are (integral, integral), (integral, floating), " +
        "(floating, floating), (complex, complex).",
    );
  }
  if (dtype.kind === "i" && preferred.kind === "u") {
    throw new TypeError(
      "`preferredElementType` must have the same signedness as the original type.",
    );
  }
  if (preferred.itemsize < dtype.itemsize) {
    throw new TypeError("`preferredElementType` must not be narrower than the original type.");
  }
  return preferred;
}

/** The type of the result; throws unless all lengths, dtypes and groups fit. */
export function convType(x: ShapedArray, w: ShapedArray, params: ConvParams): ShapedArray {
  const { dimensionNumbers: { lhsSpec, rhsSpec, outSpec }, padding } = params;
  if (x.ndim !== w.ndim) {
    fail(
      `lhs and rhs must have the same number of dimensions, but got ${showShape(x.shape)} and ` +
        `${showShape(w.shape)}.`,
    );
  }
  checkGroups(x, w, params);
  checkWindow(w, params);
  checkSameDTypes("conv_general_dilated", [x, w]);
  const space = lhsSpec.slice(2).map((d) => x.shape[d]);
  const padded = space.map((n, i) =>
    dilated(n, params.lhsDilation[i] - 1) + padding[i][0] + padding[i][1]
  );
  if (padded.some((n) => n < 0)) {
    throw new RangeError(
      `Negative padding is larger than the size of the corresponding dimension: got ` +
        `padding=(${padding.map(showShape).join(", ")}) for lhs_shape[2:]=${showShape(space)}`,
    );
  }
  const kernel = rhsSpec.slice(2).map((d) => w.shape[d]);
  const shape: number[] = [];
  shape[outSpec[0]] = x.shape[lhsSpec[0]] / params.batchGroupCount;
  shape[outSpec[1]] = w.shape[rhsSpec[0]];
  padded.forEach((n, i) => {
    const { windowStrides, rhsDilation } = params;
    shape[outSpec[i + 2]] = windowCount(n, kernel[i], windowStrides[i], rhsDilation[i]);
  });
  const dtype = resultDType(x.dtype, params.preferredElementType);
  return x.with({ shape, dtype, weakType: x.weakType && w.weakType });
}
