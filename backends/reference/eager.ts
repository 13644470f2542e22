/**
 * Eager evaluation: one operation as plain JavaScript loops, straight from the primitive's meaning.
 * It shares the primitives' declarations and the printing of expressions with the kernel compiler,
 * but neither its simplifier nor its fusion nor its schedules, so that the two check each other.
 */
import { ShapedArray, stridesOf } from "../../core/aval.ts";
import { splitComplex } from "../../core/complex.ts";
import { allocate, isBigInt, type TypedArray } from "../../core/dtype.ts";
import {
  type Axis,
  axis,
  type Buffer,
  constant,
  type Expr,
  type Fold,
  load,
  postorder,
  scoped,
} from "../../core/expr.ts";
import type { Equation } from "../../core/jaxpr.ts";
import { elementIndex } from "../../core/rules.ts";
import type { Delayed } from "../../core/trace.ts";
import { emit, type Language } from "../kernel/emit.ts";
import type { Store } from "../kernel/ir.ts";
import { type Body, indented, javascript, makeFunction } from "./javascript.ts";
import { routines } from "./routines.ts";
import { foldText, identityText, storeText } from "./spelling.ts";

/** One equation, ready to run on host data. */
export interface Step {
  /** Computes the results. */
  run(inputs: readonly TypedArray[]): TypedArray[];
  /** The code, for people. */
  readonly text: string;
}

/** How to run one equation. */
export function eagerStep({ primitive, invars, params, outvars }: Equation): Step {
  const { rules } = primitive;
  const inputs = invars.map((a) => a.aval);
  const outputs = outvars.map((v) => v.aval);
  if (rules.routine !== undefined) {
    const routine = routines[rules.routine];
    return {
      run: (data) =>
        routine(data.map((d, i) => ({ aval: inputs[i], data: d })), params as never, outputs),
      text: `// ${primitive.name} is the routine "${rules.routine}"`,
    };
  }
  if (rules.keepsOrder && inputs[0].size === outputs[0].size) {
    return { run: ([data]) => [data], text: `// ${primitive.name} is its operand, as it stands` };
  }
  return scoped(() => loops(rules, inputs, params, outputs[0]));
}

function loops(
  rules: Equation["primitive"]["rules"],
  inputs: readonly ShapedArray[],
  params: unknown,
  out: ShapedArray,
): Step {
  // An elementwise operation on whole arrays and scalars needs no more than one loop.
  const flat = rules.scalar !== undefined && out.ndim > 1 &&
    inputs.every((a) => a.ndim === 0 || a.size === out.size);
  const flatten = (a: ShapedArray) => flat && a.ndim > 0 ? [a.size] : a.shape;
  const buffers = inputs.map((a, i): Buffer => ({
    name: `b${i}`,
    shape: flatten(a),
    dtype: a.dtype,
  }));
  const target: Buffer = { name: "out", shape: flatten(out), dtype: out.dtype };
  const axes = target.shape.map((n) => axis(n));
  const value = rules.scalar !== undefined
    ? rules.scalar(
      buffers.map((b) => load(b, elementIndex(b.shape, target.shape, axes))),
      params as never,
      out.dtype,
    )
    : rules.lower!(buffers.map(delayed), params as never, out)(axes);
  const lines = nest(target, axes, splitComplex(value));
  const body = makeFunction(["out", ...buffers.map((b) => b.name)], lines.join("\n"));
  return { run: runner(body, out), text: indented(lines) };
}

function runner(body: Body, out: ShapedArray): Step["run"] {
  return (data) => {
    const result = allocate(out.dtype, out.size);
    if (out.size > 0) body(result, ...data);
    return [result];
  };
}

function delayed(buffer: Buffer): Delayed {
  const aval = new ShapedArray(buffer.shape, buffer.dtype);
  return { aval, at: (index) => load(buffer, index) };
}
/** The statements that store a value at every point of the result. */
function nest(out: Buffer, axes: readonly Axis[], value: Expr | [Expr, Expr]): string[] {
  if (Array.isArray(value)) {
    const parts: Buffer = { ...out, shape: [...out.shape, 2], dtype: value[0].dtype };
    const stores = value.map((part, i): Store => ({
      buffer: parts,
      index: [...axes, constant(i)],
      value: part,
    }));
    return emit({ axes, stores }, javascript);
  }
  return value.kind === "fold" && prefersMemory(value, axes)
    ? accumulateInMemory(out, axes, value)
    : emit({ axes, stores: [{ buffer: out, index: axes, value }] }, javascript);
}

// Note [Accumulating in memory]
//
// Summing the rows of a matrix column by column strides through memory. Where the loads are
// contiguous along the result's last axis instead of the fold's, the loops change places: each
// element of the result has its accumulator in a row of memory, and the last axis runs innermost.

function prefersMemory(value: Fold, axes: readonly Axis[]): boolean {
  if (axes.length === 0 || isBigInt(value.dtype) || value.dtype.kind === "b") return false;
  const inner = axes[axes.length - 1];
  const folded = value.axes[value.axes.length - 1];
  const order = postorder([value.value]);
  if (order.some((e) => e.kind === "fold")) return false;
  let strided = false;
  for (const e of order) {
    if (e.kind !== "load") continue;
    const along = (a: Axis) => Math.abs(step(e.index, e.buffer.shape, a));
    if (!(along(inner) <= 1)) return false;
    strided ||= along(folded) > 1;
  }
  return strided;
}

/** How far the flat position of an index moves with the first step along an axis; NaN if unknown. */
function step(index: readonly Expr[], shape: readonly number[], along: Axis): number {
  const strides = stridesOf(shape);
  const at = (position: number) =>
    index.reduce((sum, e, i) => sum + strides[i] * evaluate(e, along, position), 0);
  return at(1) - at(0);
}
function evaluate(e: Expr, along: Axis, position: number): number {
  if (e.kind === "axis") return e === along ? position : 0;
  if (e.kind === "const") return Number(e.value);
  if (e.kind !== "apply") return NaN;
  const [x, y] = e.args.map((a) => evaluate(a, along, position));
  switch (e.op) {
    case "add":
      return x + y;
    case "sub":
      return x - y;
    case "mul":
      return x * y;
    case "div":
      return Math.trunc(x / y);
    case "rem":
      return x % y;
    default:
      return NaN;
  }
}

function accumulateInMemory(out: Buffer, axes: readonly Axis[], value: Fold): string[] {
  const { fold: op, dtype } = value;
  const sums: Language = {
    ...javascript,
    store: (_buffer, position, text) => foldText(op, `sums[${position}]`, text, dtype),
  };
  const inner = axes[axes.length - 1];
  const loopAxes = [...axes.slice(0, -1), ...value.axes, inner];
  return [
    `const sums = new Float64Array(out.length).fill(${identityText(op, dtype)});`,
    ...emit({ axes: loopAxes, stores: [{ buffer: out, index: axes, value: value.value }] }, sums),
    "for (let i = 0; i < out.length; i++) {",
    storeText("out", "i", "sums[i]", dtype),
    "}",
  ];
}
