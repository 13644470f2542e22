/** A naive interpreter of the kernel language: what simplifying, merging and printing must keep. */
import { product, stridesOf } from "../../../core/aval.ts";
import { type Axis, type Expr, type Fold, type FoldOp, ravel } from "../../../core/expr.ts";
import type { Kernel, Plan } from "../../../backends/kernel/ir.ts";

/** The elements of each buffer, by name. */
export type Memory = Map<string, number[]>;
type Point = ReadonlyMap<Expr, number>;

/** The value of an expression at one point. Booleans are 0 and 1; int32 wraps, floats are doubles. */
export function evaluate(e: Expr, point: Point, memory: Memory = new Map()): number {
  const known = new Map<Expr, number>(point);
  return visit(e, known, memory);
}

function visit(e: Expr, known: Map<Expr, number>, memory: Memory): number {
  const before = known.get(e);
  if (before !== undefined) return before;
  const value = compute(e, known, memory);
  known.set(e, value);
  return value;
}

function compute(e: Expr, known: Map<Expr, number>, memory: Memory): number {
  const at = (x: Expr) => visit(x, known, memory);
  switch (e.kind) {
    case "axis":
      throw new RangeError(`axis ${e.id} of size ${e.size} is not bound here`);
    case "const":
      return Number(e.value);
    case "load": {
      const strides = stridesOf(e.buffer.shape);
      let position = 0;
      e.index.map(at).forEach((i, k) => {
        if (!(i >= 0 && i < e.buffer.shape[k])) {
          throw new RangeError(`load of ${e.buffer.name} at ${i} of axis ${k}`);
        }
        position += i * strides[k];
      });
      return memory.get(e.buffer.name)![position];
    }
    case "fold":
      return foldOver(e, known, memory);
    case "apply": {
      const [x, y, z] = e.args;
      if (e.op === "select") return at(x) ? at(y) : at(z);
      return operate(e.op, e.dtype.name === "int32", at(x), y === undefined ? 0 : at(y));
    }
  }
}

function operate(op: string, isInteger: boolean, x: number, y: number): number {
  switch (op) {
    case "add":
      return isInteger ? (x + y) | 0 : x + y;
    case "sub":
      return isInteger ? (x - y) | 0 : x - y;
    case "mul":
      return isInteger ? Math.imul(x, y) : x * y;
    case "div":
      return !isInteger ? x / y : y === 0 ? -1 : (x / y) | 0;
    case "rem":
      return !isInteger ? x % y : y === 0 ? x : (x % y) | 0;
    case "max":
      return Math.max(x, y);
    case "min":
      return Math.min(x, y);
    case "eq":
      return Number(x === y);
    case "ne":
      return Number(x !== y);
    case "lt":
      return Number(x < y);
    case "le":
      return Number(x <= y);
    case "gt":
      return Number(x > y);
    case "ge":
      return Number(x >= y);
    case "and":
      return x & y;
    case "or":
      return x | y;
    case "not":
      return x ? 0 : 1;
    case "convert":
      return isInteger ? Math.trunc(x) | 0 : x;
    case "sqrt":
      return Math.sqrt(x);
    case "exp":
      return Math.exp(x);
    case "neg":
      return isInteger ? -x | 0 : -x;
    default:
      throw new TypeError(`the naive interpreter knows no ${op}`);
  }
}

const folds: Record<FoldOp, [start: number, step: (x: number, y: number) => number]> = {
  add: [0, (x, y) => x + y],
  mul: [1, (x, y) => x * y],
  max: [-Infinity, Math.max],
  min: [Infinity, Math.min],
  and: [-1, (x, y) => x & y],
  or: [0, (x, y) => x | y],
  xor: [0, (x, y) => x ^ y],
};

function foldOver(e: Fold, known: Map<Expr, number>, memory: Memory): number {
  let [total, step] = folds[e.fold];
  const outer = new Map([...known].filter(([x]) => x.kind === "axis"));
  forEachPoint(e.axes, outer, (point) => {
    total = step(total, evaluate(e.value, point, memory));
  });
  return total;
}

/** Calls `body` with every value of the axes, the last one fastest. */
export function forEachPoint(
  axes: readonly Axis[],
  outer: Point,
  body: (point: Point) => void,
): void {
  const total = product(axes.map((a) => a.size));
  for (let flat = 0; flat < total; flat++) {
    const point = new Map(outer);
    let rest = flat;
    for (const a of axes.toReversed()) {
      point.set(a, rest % a.size);
      rest = Math.floor(rest / a.size);
    }
    body(point);
  }
}

/** Runs a kernel on memory. */
export function runKernel({ axes, stores }: Kernel, memory: Memory): void {
  forEachPoint(axes, new Map(), (point) => {
    for (const { buffer, index, value } of stores) {
      const data = memory.get(buffer.name) ?? new Array(product(buffer.shape)).fill(NaN);
      memory.set(buffer.name, data);
      data[evaluate(ravel(index, buffer.shape), point)] = evaluate(value, point, memory);
    }
  });
}

/** Runs a plan of kernels; gives the elements of its results. */
export function runPlan(plan: Plan, inputs: readonly (readonly number[])[]): number[][] {
  const memory: Memory = new Map(plan.inputs.map((b, i) => [b.name, [...inputs[i]]]));
  for (const step of plan.steps) {
    if (step.kind === "routine") throw new TypeError("the naive interpreter knows no routines");
    runKernel(step.kernel, memory);
  }
  return plan.outputs.map((b) => memory.get(b.name) ?? []);
}
