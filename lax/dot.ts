/** Contractions: sums of products over paired axes. */
import { range, type ShapedArray } from "../core/aval.ts";
import { checkObject } from "../core/checks.ts";
import {
  complexOf,
  type DType,
  float32,
  float64,
  int32,
  isComplex,
  isFloat,
  isInexact,
  realPart,
} from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { apply, axis, type Expr, fold } from "../core/expr.ts";
import { readOptions } from "../core/options.ts";
import { definePrimitive, type MaybeDType, type NDArray } from "../core/trace.ts";
import { type Operand, operands, optionalDType } from "./operands.ts";

/** The axes to sum over, paired, then the axes to run along together, paired. */
export type DotDimensionNumbers = readonly [
  contracting: readonly [lhs: readonly number[], rhs: readonly number[]],
  batch: readonly [lhs: readonly number[], rhs: readonly number[]],
];

interface DotParams {
  readonly dimensionNumbers: DotDimensionNumbers;
  readonly precision: string | null;
  readonly preferredElementType: DType | null;
}

// -- precision ------------------------------------------------------------------------------------

/** One precision: `"default"`, `"high"`, `"highest"`, or a name that means one of them. */
export type PrecisionName =
  | "default"
  | "fastest"
  | "bfloat16"
  | "high"
  | "bfloat16_3x"
  | "tensorfloat32"
  | "highest"
  | "float32";
/** A precision for both operands, or one for each. */
export type PrecisionLike = PrecisionName | readonly [PrecisionName, PrecisionName] | null;

const levels: Record<PrecisionName, string> = {
  highest: "HIGHEST",
  float32: "HIGHEST",
  high: "HIGH",
  bfloat16_3x: "HIGH",
  tensorfloat32: "HIGH",
  default: "DEFAULT",
  bfloat16: "DEFAULT",
  fastest: "DEFAULT",
};

/**
 * JAX's notation of a precision; `null` for none.
 *
 * @throws {RangeError} if there is no such precision.
 */
export function showPrecision(precision: PrecisionLike | undefined): string | null {
  if (precision === null || precision === undefined) return null;
  const pair = (Array.isArray(precision) ? precision : [precision, precision]) as PrecisionName[];
  if (pair.length !== 2 || !pair.every((p) => Object.hasOwn(levels, p))) {
    throw new RangeError(
      `Precision argument must be one of:\n- null,\n- a string in ` +
        `[${Object.keys(levels).map((p) => `'${p}'`).join(", ")}],\n` +
        `- a list of two such strings;\nbut got ${String(precision)}.`,
    );
  }
  return `(${pair.map((p) => `Precision.${levels[p]}`).join(", ")})`;
}

// -- types ----------------------------------------------------------------------------------------

/** Axes that are neither contracted nor batched: they appear in the result. */
function freeAxes(
  ndim: number,
  contracting: readonly number[],
  batch: readonly number[],
): number[] {
  return range(ndim).filter((i) => !contracting.includes(i) && !batch.includes(i));
}
const lengths = (x: ShapedArray, dims: readonly number[]) => dims.map((d) => x.shape[d]);

function checkSide(
  side: "lhs" | "rhs",
  x: ShapedArray,
  contracting: readonly number[],
  batch: readonly number[],
): void {
  const exists = (d: number) => Number.isInteger(d) && d >= 0 && d < x.ndim;
  if (![...contracting, ...batch].every(exists)) {
    throw new TypeError(
      `dot_general requires ${side} dimension numbers to be nonnegative and less than the number ` +
        `of axes of the ${side} value, got ${side}_batch of ${showShape(batch)} and ` +
        `${side}_contracting of ${showShape(contracting)} for ${side} of rank ${x.ndim}`,
    );
  }
}
function checkDistinct(
  side: "lhs" | "rhs",
  kind: "batch" | "contracting",
  dims: readonly number[],
): void {
  if (new Set(dims).size === dims.length) return;
  throw new TypeError(
    `dot_general requires ${side} ${kind} dimensions to be distinct, got ${side}_${kind} ` +
      `${showShape(dims)}.`,
  );
}
function checkDisjoint(
  side: "lhs" | "rhs",
  contracting: readonly number[],
  batch: readonly number[],
): void {
  if (!contracting.some((d) => batch.includes(d))) return;
  throw new TypeError(
    `dot_general requires ${side} batch dimensions to be disjoint from contracting dimensions, ` +
      `got ${side}_batch ${showShape(batch)} and ${side}_contracting ${showShape(contracting)}.`,
  );
}
function checkDimensions(x: ShapedArray, y: ShapedArray, dims: DotDimensionNumbers): void {
  const [[cx, cy], [bx, by]] = dims;
  checkSide("lhs", x, cx, bx);
  checkSide("rhs", y, cy, by);
  if (bx.length !== by.length) {
    throw new TypeError(
      `dot_general requires equal numbers of lhs_batch and rhs_batch dimensions, got lhs_batch ` +
        `${showShape(bx)} and rhs_batch ${showShape(by)}.`,
    );
  }
  checkDistinct("lhs", "batch", bx);
  checkDistinct("rhs", "batch", by);
  checkDistinct("lhs", "contracting", cx);
  checkDistinct("rhs", "contracting", cy);
  checkDisjoint("lhs", cx, bx);
  checkDisjoint("rhs", cy, by);
  const pairs = [["lhs batch dimensions and rhs batch", bx, by], ["contracting", cx, cy]] as const;
  for (const [kind, dx, dy] of pairs) {
    const [sx, sy] = [showShape(lengths(x, dx)), showShape(lengths(y, dy))];
    if (sx === sy) continue;
    throw new TypeError(
      `dot_general requires ${kind} dimensions to have the same shape, got ${sx} and ${sy}.`,
    );
  }
}

/** XLA's order of element types, in which a product takes the higher one of its operands. */
function rank(dtype: DType): number[] {
  const part = realPart(dtype);
  const exponents: Partial<Record<string, number>> = { float16: 16, float64: 1024 };
  const digits: Partial<Record<string, number>> = { bfloat16: 7, float16: 10, float64: 52 };
  return [
    Number(isComplex(dtype)),
    isFloat(part) ? exponents[part.name] ?? 128 : -1,
    isFloat(part) ? digits[part.name] ?? 23 : -1,
    bitWidth(part),
    Number(part.kind !== "u"),
  ];
}
function higher(x: DType, y: DType): DType {
  const [p, q] = [rank(x), rank(y)];
  const differs = p.findIndex((n, i) => n !== q[i]);
  return differs < 0 || p[differs] > q[differs] ? x : y;
}
function bitWidth(dtype: DType): number {
  return dtype.kind === "b" ? 1 : dtype.itemsize * 8;
}

function resultDType(x: DType, y: DType, preferred: DType | null): DType {
  const natural = higher(x, y);
  if (preferred === null || preferred === natural) return natural;
  if (!isFloat(natural) && bitWidth(preferred) < bitWidth(natural)) {
    throw new TypeError(
      "`preferredElementType` must not be narrower than the original type, got " +
        `preferredElementType of ${preferred.name} for result type of ${natural.name}.`,
    );
  }
  return preferred;
}

/** The type to add products up in: 32 bits at least, and of a kind that holds operands and result. */
function accumulator(x: DType, y: DType, out: DType): DType {
  const all = [x, y, out];
  if (all.some(isInexact)) {
    const wide = all.find((d) => realPart(d) === float64) === undefined ? float32 : float64;
    return all.some(isComplex) ? complexOf(wide) : wide;
  }
  return out.kind === "b" || out.itemsize >= 4 ? out : int32;
}

// -- dot_general ----------------------------------------------------------------------------------

const dotGeneralP = definePrimitive<DotParams>("dot_general", {
  type([x, y], { dimensionNumbers, preferredElementType }) {
    checkDimensions(x, y, dimensionNumbers);
    const [[cx, cy], [bx, by]] = dimensionNumbers;
    return [x.with({
      shape: [
        ...lengths(x, bx),
        ...lengths(x, freeAxes(x.ndim, cx, bx)),
        ...lengths(y, freeAxes(y.ndim, cy, by)),
      ],
      dtype: resultDType(x.dtype, y.dtype, preferredElementType),
      weakType: x.weakType && y.weakType,
    })];
  },
  print: ({ dimensionNumbers, precision, preferredElementType }) => ({
    dimensionNumbers: showDimensions(dimensionNumbers),
    ...precision === null ? {} : { precision },
    ...preferredElementType === null ? {} : { preferredElementType },
  }),
  lower([x, y], { dimensionNumbers: [[cx, cy], [bx, by]] }, out) {
    const sum = accumulator(x.aval.dtype, y.aval.dtype, out.dtype);
    const logical = sum.kind === "b";
    const fx = freeAxes(x.aval.ndim, cx, bx), fy = freeAxes(y.aval.ndim, cy, by);
    return (index) => {
      const inner = cx.map((d) => axis(x.aval.shape[d]));
      const shared = index.slice(0, bx.length);
      const rows = index.slice(bx.length, bx.length + fx.length);
      const columns = index.slice(bx.length + fx.length);
      const product = apply(logical ? "and" : "mul", [
        convert(x.at(place([[bx, shared], [cx, inner], [fx, rows]])), sum),
        convert(y.at(place([[by, shared], [cy, inner], [fy, columns]])), sum),
      ]);
      return convert(fold(logical ? "or" : "add", inner, product), out.dtype);
    };
  },
});
function place(
  parts: readonly (readonly [dims: readonly number[], index: readonly Expr[]])[],
): Expr[] {
  const at: Expr[] = [];
  for (const [dims, index] of parts) dims.forEach((d, i) => at[d] = index[i]);
  return at;
}
function convert(e: Expr, dtype: DType): Expr {
  return e.dtype === dtype ? e : apply("convert", [e], dtype);
}
function showDimensions(dimensionNumbers: DotDimensionNumbers): string {
  const list = (dims: readonly number[]) => `[${dims.join(", ")}]`;
  return `(${dimensionNumbers.map((pair) => `(${pair.map(list).join(", ")})`).join(", ")})`;
}

/** Options of {@linkcode dotGeneral}. */
export interface DotOptions {
  /** Accepted for JAX's sake: float32 products are exact to float32 everywhere. */
  precision?: PrecisionLike;
  /** The dtype of the result, and of the sums on the way there. */
  preferredElementType?: MaybeDType;
}
/**
 * Products of elements, summed over paired contracting axes. The axes of the result are the batch
 * axes, then the other axes of `lhs`, then those of `rhs`. Follows `jax.lax.dot_general`.
 *
 * @throws {TypeError} if the axes don't pair up, or the preferred dtype is too narrow.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.ones([5, 2, 3]), y = np.ones([5, 3, 4]);
 * assert(lax.dotGeneral(x, y, [[[2], [1]], [[0], [0]]]).shape.join() === "5,2,4");
 * ```
 */
export function dotGeneral(
  lhs: Operand,
  rhs: Operand,
  dimensionNumbers: DotDimensionNumbers,
  options: DotOptions = {},
): NDArray {
  checkObject("lax.dotGeneral", "the options", options);
  const { precision, preferredElementType } = options;
  const [[cx, cy], [bx, by]] = checkDimensionNumbers(dimensionNumbers);
  return dotGeneralP.bind(operands("dot_general", [lhs, rhs]), {
    dimensionNumbers: [[[...cx], [...cy]], [[...bx], [...by]]],
    precision: showPrecision(precision),
    preferredElementType: optionalDType(preferredElementType) ?? null,
  });
}
/** Throws unless there are two pairs of lists of axes. */
function checkDimensionNumbers(dimensionNumbers: DotDimensionNumbers): DotDimensionNumbers {
  const isPair = (x: unknown): x is unknown[] => Array.isArray(x) && x.length === 2;
  const lists = isPair(dimensionNumbers) && dimensionNumbers.every(isPair);
  if (lists && dimensionNumbers.flat().every((axes) => Array.isArray(axes))) {
    return dimensionNumbers;
  }
  throw new TypeError(
    "dot_general dimensionNumbers must be [[lhsContract, rhsContract], [lhsBatch, rhsBatch]], " +
      `each a list of axes; got ${describe(dimensionNumbers)}`,
  );
}

/**
 * The product of two vectors, of two matrices, or of one with the other; any contraction with
 * `dimensionNumbers`. Follows `jax.lax.dot`.
 *
 * @throws {RangeError} if the last axis of `lhs` doesn't fit the first one of `rhs`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.dot(np.array([1, 2]), np.array([3, 4])).item() === 11);
 * ```
 */
export function dot(
  lhs: Operand,
  rhs: Operand,
  options: DotOptions & { dimensionNumbers?: DotDimensionNumbers } = {},
): NDArray {
  checkObject("lax.dot", "the options", options);
  const { dimensionNumbers, ...rest } = options;
  const [x, y] = operands("dot", [lhs, rhs]);
  if (dimensionNumbers !== undefined) return dotGeneral(x, y, dimensionNumbers, rest);
  const simple = (a: NDArray) => a.ndim === 1 || a.ndim === 2;
  if (!simple(x) || !simple(y) || x.shape[x.ndim - 1] !== y.shape[0]) {
    throw new RangeError(
      `lax.dot: dimensionNumbers must be specified when not performing simple un-batched ` +
        `matrix-matrix, matrix-vector, or vector-vector products; got ` +
        `lhs_shape=${showShape(x.shape)} rhs_shape=${showShape(y.shape)}`,
    );
  }
  return dotGeneral(x, y, [[[x.ndim - 1], [0]], [[], []]], rest);
}

/**
 * Matrix products along leading batch axes. Follows `jax.lax.batch_matmul`.
 *
 * @throws {RangeError} unless both have one number of axes, two at least.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.batchMatmul(np.ones([5, 2, 3]), np.ones([5, 3, 4])).shape.join() === "5,2,4");
 * ```
 */
export function batchMatmul(
  lhs: Operand,
  rhs: Operand,
  precision?: PrecisionLike | { precision?: PrecisionLike },
): NDArray {
  const options = readOptions<{ precision?: PrecisionLike }>(
    "batchMatmul",
    ["precision"],
    precision,
  );
  const [x, y] = operands("batch_matmul", [lhs, rhs]);
  if (Math.min(x.ndim, y.ndim) < 2) {
    throw new RangeError(
      `Arguments to batchMatmul must be at least 2D, got ${x.ndim}, ${y.ndim}`,
    );
  }
  if (x.ndim !== y.ndim) {
    throw new RangeError(`Arguments to batchMatmul must have same ndim, got ${x.ndim}, ${y.ndim}`);
  }
  const batch = range(x.ndim - 2);
  return dotGeneral(x, y, [[[x.ndim - 1], [x.ndim - 2]], [batch, batch]], options);
}
