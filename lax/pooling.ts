/** Folds over windows. */
import { ConcreteArray } from "../core/array.ts";
import { ShapedArray } from "../core/aval.ts";
import { listOf } from "../core/checks.ts";
import { type DType, integerRange, isBigInt, isComplex, isFloat, realPart } from "../core/dtype.ts";
import { show, showShape } from "../core/errors.ts";
import { apply, axis, constant, type Expr, fold, type FoldOp, select } from "../core/expr.ts";
import { readOptions } from "../core/options.ts";
import { BITS, checkDTypes, checkShapelike, REALS } from "../core/rules.ts";
import { stage } from "../core/stage.ts";
import {
  currentTrace,
  definePrimitive,
  type Delayed,
  type NDArray,
  type Rules,
} from "../core/trace.ts";
import { add, max, min, mul } from "./arithmetic.ts";
import { bitwiseAnd, bitwiseOr, bitwiseXor } from "./logic.ts";
import { type Operand, operands } from "./operands.ts";
import { dilated, type Padding, type Pads, padtypeToPads, unpadded } from "./padding.ts";
import { windowCount, windowIndex } from "./windows.ts";

// -- reduce_window --------------------------------------------------------------------------------

interface ReduceWindowParams {
  readonly windowDimensions: readonly number[];
  readonly windowStrides: readonly number[];
  readonly padding: Pads;
  readonly baseDilation: readonly number[];
  readonly windowDilation: readonly number[];
}

function checkLengths(x: ShapedArray, params: ReduceWindowParams): void {
  const { windowDimensions: window, windowStrides, baseDilation, windowDilation } = params;
  for (const [argument, numbers] of Object.entries({ windowDimensions: window, windowStrides })) {
    checkShapelike("reduce_window", argument, numbers);
    if (!numbers.includes(0)) continue;
    throw new TypeError(
      `reduce_window ${argument} must have every element be strictly positive, got ` +
        `${showShape(numbers)}.`,
    );
  }
  checkShapelike("reduce_window", "baseDilation", baseDilation);
  checkShapelike("reduce_window", "windowDilation", windowDilation);
  if (x.ndim !== window.length) {
    throw new TypeError(
      `reduce_window got the wrong number of windowDimensions for operand: got operand shape ` +
        `${showShape(x.shape)} with windowDimensions ${showShape(window)}.`,
    );
  }
  const others = { windowStrides, baseDilation, windowDilation };
  for (const [argument, numbers] of Object.entries(others)) {
    if (numbers.length === window.length) continue;
    throw new TypeError(
      `reduce_window got inconsistent ${argument} and windowDimensions: got ${argument} ` +
        `${showShape(numbers)} and windowDimensions ${showShape(window)}.`,
    );
  }
  for (const dilation of [baseDilation, windowDilation]) {
    if (!dilation.includes(0)) continue;
    throw new TypeError(`All dilations must be positive, got ${showShape(dilation)}.`);
  }
  if (params.padding.length !== x.ndim) {
    throw new RangeError(
      `reduce_window padding must have a pair (low, high) for each axis of the operand, got ` +
        `${params.padding.length} pairs for operand shape ${showShape(x.shape)}.`,
    );
  }
}
function windowedType(x: ShapedArray, params: ReduceWindowParams): ShapedArray {
  checkLengths(x, params);
  const { windowDimensions, windowStrides, padding, baseDilation, windowDilation } = params;
  const shape = x.shape.map((n, i) =>
    windowCount(
      dilated(n, baseDilation[i] - 1) + padding[i][0] + padding[i][1],
      windowDimensions[i],
      windowStrides[i],
      windowDilation[i],
    )
  );
  return new ShapedArray(shape, x.dtype);
}

/** The fold over the window at an index; padding counts as the identity of the fold. */
function foldWindow(
  op: FoldOp,
  x: Delayed,
  { windowDimensions, windowStrides, padding, baseDilation, windowDilation }: ReduceWindowParams,
  index: readonly Expr[],
): Expr {
  const inner = windowDimensions.map((n) => axis(n));
  const at = index.map((e, i) => windowIndex(e, inner[i], windowStrides[i], windowDilation[i]));
  const config = padding.map(([lo, hi], i) => [lo, hi, baseDilation[i] - 1] as const);
  const { inner: inside, valid } = unpadded(at, x.aval.shape, config);
  const value = x.at(inside);
  const all = valid === undefined ? value : select(valid, value, identity(op, x.aval.dtype));
  return fold(op, inner, all);
}
/** What a fold takes no notice of. */
function identity(op: FoldOp, dtype: DType): Expr {
  if (isComplex(dtype)) {
    const zero = constant(0, realPart(dtype));
    return apply("complex", [zero, zero], dtype);
  }
  const [least, greatest] = isFloat(dtype) ? [-Infinity, Infinity] : integerRange(dtype);
  const all = dtype.kind === "i" ? -1 : greatest;
  const value = { add: 0, or: 0, xor: 0, mul: 1, and: all, max: least, min: greatest }[op];
  if (dtype.kind === "b") return constant(Number(value) !== 0, dtype);
  return constant(isBigInt(dtype) ? BigInt(value) : Number(value), dtype);
}
/** Booleans have no order but that of logic. */
function foldOf(op: WindowOp, dtype: DType): FoldOp {
  if (dtype.kind !== "b") return op;
  return op === "max" ? "or" : op === "min" ? "and" : op;
}

/** A fold of windows that begins with the operation's own neutral element. */
function pooling(name: string, op: WindowOp): Rules<ReduceWindowParams> {
  return {
    type([x], params) {
      if (op === "add" && x.dtype.kind === "b") {
        throw new TypeError(`operand to ${name} must have a number dtype, got ${x.dtype.name}`);
      }
      if (op !== "add") checkDTypes(name, [x], ORDERED);
      return [windowedType(x, params)];
    },
    lower: ([x], params) => (index) => foldWindow(foldOf(op, x.aval.dtype), x, params, index),
  };
}
const ORDERED = ["bool", "integer", "floating"] as const;
const neutral = {
  add: definePrimitive("reduce_window_sum", pooling("reduce_window_sum", "add")),
  max: definePrimitive("reduce_window_max", pooling("reduce_window_max", "max")),
  min: definePrimitive("reduce_window_min", pooling("reduce_window_min", "min")),
};

/** The operations that windows fold by. */
export type WindowOp = "add" | "max" | "min" | "mul" | "and" | "or" | "xor";
const operations = { add, max, min, mul, and: bitwiseAnd, or: bitwiseOr, xor: bitwiseXor };

/** A fold of windows that begins with any value. */
const reduceWindowP = definePrimitive<ReduceWindowParams & { readonly op: WindowOp }>(
  "reduce_window",
  {
    type([x, initial], { op, ...params }) {
      if (x.dtype !== initial.dtype) {
        throw new TypeError(
          `reduce_window got inconsistent dtypes for operands and initValues: got operand dtypes ` +
            `[${x.dtype.name}] and initValue dtypes [${initial.dtype.name}].`,
        );
      }
      if (initial.ndim !== 0) {
        throw new TypeError(
          `reduce_window expected initValues to be scalars but initValues have shapes ` +
            `[${showShape(initial.shape)}].`,
        );
      }
      const bits = op === "and" || op === "or" || op === "xor";
      if (op !== "add" || x.dtype.kind === "b") {
        checkDTypes(
          "reduce_window",
          [x],
          bits ? BITS : op === "max" || op === "min" ? ORDERED : REALS,
        );
      }
      return [windowedType(x, params)];
    },
    print({ op, ...params }, [x]) {
      const scalar = new ShapedArray([], x.dtype);
      const step = (a: NDArray, b: NDArray) => [operations[op](a, b)];
      const { jaxpr } = stage(step, [scalar, scalar], currentTrace());
      return { ...params, jaxpr, consts: [] };
    },
    lower: ([x, initial], { op, ...params }) => (index) => {
      const by = foldOf(op, x.aval.dtype);
      return apply(by, [initial.at([]), foldWindow(by, x, params, index)]);
    },
  },
);

/** Whether a fold may as well begin with the operation's neutral element. */
function isNeutral(op: WindowOp, initial: NDArray): op is keyof typeof neutral {
  if (!(op in neutral) || !(initial instanceof ConcreteArray) || initial.ndim > 0) return false;
  const value = identity(foldOf(op, initial.dtype), initial.dtype);
  const element = initial.item();
  if (typeof element === "object") return element.re === 0 && element.im === 0;
  return value.kind === "const" && value.value === element;
}

/** Options of {@linkcode reduceWindow}. */
export interface ReduceWindowOptions {
  /** The distance between windows; 1 by default. */
  windowStrides?: readonly number[] | null;
  /** The padding of the operand; none by default. */
  padding?: Padding;
  /** The distance between elements of the operand, with padding between them; 1 by default. */
  baseDilation?: readonly number[] | null;
  /** The distance between elements of a window; 1 by default. */
  windowDilation?: readonly number[] | null;
}
/**
 * Each window of `x`, padded, folded by an operation into one number, beginning with `initValue`;
 * strides and dilations are 1 unless given. Follows `jax.lax.reduce_window`, with the operation by
 * name.
 *
 * @throws {TypeError} if the lists don't fit the operand's rank, or the dtypes differ.
 * @throws {RangeError} for an unknown padding or operation.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.array([1, 3, 2, 5]);
 * const y = lax.reduceWindow(x, 0, "add", [2], [2]);
 * assert(String(y.tolist()) === "4,7");
 * ```
 */
export function reduceWindow(
  x: Operand,
  initValue: Operand,
  op: WindowOp,
  windowDimensions: readonly number[],
  windowStrides?: readonly number[] | null | ReduceWindowOptions,
  padding?: Padding | ReduceWindowOptions,
  baseDilation?: readonly number[] | null | ReduceWindowOptions,
  windowDilation?: readonly number[] | null | ReduceWindowOptions,
): NDArray {
  const options = readOptions<ReduceWindowOptions>(
    "reduceWindow",
    ["windowStrides", "padding", "baseDilation", "windowDilation"],
    windowStrides,
    padding,
    baseDilation,
    windowDilation,
  );
  const [array, initial] = operands("reduce_window", [x, initValue]);
  if (!Object.hasOwn(operations, op)) {
    throw new RangeError(
      `reduceWindow folds by one of ${Object.keys(operations).join(", ")}, got ${show(op)}`,
    );
  }
  listOf("lax.reduceWindow", "windowDimensions", windowDimensions);
  const ones = windowDimensions.map(() => 1);
  const dilation = options.windowDilation ?? ones, strides = options.windowStrides ?? ones;
  const { padding: wanted = "VALID" } = options;
  const pads = typeof wanted === "string"
    ? padtypeToPads(
      array.shape,
      windowDimensions.map((n, i) => dilated(n, dilation[i] - 1)),
      strides,
      wanted,
    )
    : wanted.map(([lo, hi]) => [lo, hi] as const);
  const params = {
    windowDimensions: [...windowDimensions],
    windowStrides: [...strides],
    padding: pads,
    baseDilation: [...options.baseDilation ?? ones],
    windowDilation: [...dilation],
  };
  return isNeutral(op, initial)
    ? neutral[op].bind([array], params)
    : reduceWindowP.bind([array, initial], { ...params, op });
}
