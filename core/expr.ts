/**
 * The kernel expression language: the scalar computed at one point of a loop nest.
 *
 * Lowering rules build these (see Note [Delayed arrays] in `core/trace.ts`), backends print them.
 * Nodes are hash-consed: within one {@linkcode scoped} run, equal expressions are one object.
 * The constructors here never simplify. An eager evaluator prints what a rule wrote; simplifying
 * is the business of the kernel compiler.
 */
import { bool, type DType, int32 } from "./dtype.ts";

/** Scalar operations of one operand. */
export type UnaryOp =
  | "neg"
  | "sign"
  | "abs"
  | "floor"
  | "ceil"
  | "roundAway"
  | "roundEven"
  | "exp"
  | "exp2"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "rsqrt"
  | "cbrt"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "erf"
  | "erfc"
  | "erfInv"
  | "lgamma"
  | "digamma"
  | "isFinite"
  | "not"
  | "populationCount"
  | "clz"
  | "real"
  | "imag";
/** Scalar operations of two operands. */
export type BinaryOp =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "rem"
  | "pow"
  | "max"
  | "min"
  | "atan2"
  | "nextAfter"
  | "eq"
  | "ne"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "and"
  | "or"
  | "xor"
  | "shiftLeft"
  | "shiftRightLogical"
  | "shiftRightArithmetic"
  | "complex";
/** Every scalar operation. Each printer is a total record over this union. */
export type ScalarOp = UnaryOp | BinaryOp | "select" | "convert" | "bitcast";
/** How a fold combines elements. `and`, `or` and `xor` are bitwise, logical on booleans. */
export type FoldOp = "add" | "mul" | "max" | "min" | "and" | "or" | "xor";

/** A constant's value. */
export type ScalarValue = number | bigint | boolean;

/** What all nodes have. */
export interface Node {
  /** Different for different nodes. */
  readonly id: number;
  /** The type of the value. */
  readonly dtype: DType;
}

/** A loop variable, ranging over `0 … size - 1`. */
export interface Axis extends Node {
  /** Tells nodes apart. */
  readonly kind: "axis";
  /** The number of its values. */
  readonly size: number;
}
/** A literal. */
export interface Const extends Node {
  /** Tells nodes apart. */
  readonly kind: "const";
  /** Its value. */
  readonly value: ScalarValue;
}
/** Memory that kernels read and write. Buffers of one name are the same memory. */
export interface Buffer {
  /** What generated code calls it. */
  readonly name: string;
  /** Length of each axis. */
  readonly shape: readonly number[];
  /** Element type. */
  readonly dtype: DType;
}
/** An element of a buffer, at one index expression per axis. */
export interface Load extends Node {
  /** Tells nodes apart. */
  readonly kind: "load";
  /** Where it reads. */
  readonly buffer: Buffer;
  /** Which element. */
  readonly index: readonly Expr[];
}
/** A scalar operation. */
export interface Apply extends Node {
  /** Tells nodes apart. */
  readonly kind: "apply";
  /** What is computed. */
  readonly op: ScalarOp;
  /** The operands. */
  readonly args: readonly Expr[];
}
/**
 * Reduces `value` over `axes`, which it closes: they are free only inside. No fold within another
 * one has the same axes.
 */
export interface Fold extends Node {
  /** Tells nodes apart. */
  readonly kind: "fold";
  /** How values are combined. */
  readonly fold: FoldOp;
  /** The loop variables, from the outside in. */
  readonly axes: readonly Axis[];
  /** What is combined. */
  readonly value: Expr;
}
/** A scalar expression. */
export type Expr = Axis | Const | Load | Apply | Fold;

let nodes = new Map<string, Expr>();
let nextId = 0;
let bufferIds = new Map<Buffer, number>();

/** Runs `body` with an empty table of nodes, and drops the table afterwards. */
export function scoped<T>(body: () => T): T {
  const outer = [nodes, bufferIds] as const;
  nodes = new Map();
  bufferIds = new Map();
  try {
    return body();
  } finally {
    [nodes, bufferIds] = outer;
  }
}

function intern<E extends Expr>(key: string, make: (id: number) => E): E {
  let node = nodes.get(key);
  if (node === undefined) nodes.set(key, node = make(nextId++));
  return node as E;
}
function idOf(buffer: Buffer): number {
  let id = bufferIds.get(buffer);
  if (id === undefined) bufferIds.set(buffer, id = bufferIds.size);
  return id;
}
function ids(args: readonly Expr[]): string {
  let s = "";
  for (const a of args) s += a.id + ",";
  return s;
}

/** A new loop variable. */
export function axis(size: number): Axis {
  return { kind: "axis", id: nextId++, dtype: int32, size };
}
/** A literal; complex ones are written `apply("complex", …)`. */
export function constant(value: ScalarValue, dtype: DType = int32): Const {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return intern(`c${dtype.short}${text}`, (id) => ({ kind: "const", id, dtype, value }));
}
/** An element of a buffer. */
export function load(buffer: Buffer, index: readonly Expr[]): Load {
  return intern(
    `l${idOf(buffer)}:${ids(index)}`,
    (id) => ({ kind: "load", id, dtype: buffer.dtype, buffer, index }),
  );
}
/** A reduction of `value`; over no axes, `value` itself. */
export function fold(op: FoldOp, axes: readonly Axis[], value: Expr): Expr {
  if (axes.length === 0) return value;
  return intern(
    `f${op}:${ids(axes)}${value.id}`,
    (id) => ({ kind: "fold", id, dtype: value.dtype, fold: op, axes, value }),
  );
}

const predicates = new Set<ScalarOp>(["eq", "ne", "lt", "le", "gt", "ge", "isFinite"]);

/** A scalar operation. `dtype` is needed only where the operands don't tell: conversions, parts. */
export function apply(op: ScalarOp, args: readonly Expr[], dtype?: DType): Apply {
  const type = dtype ?? (predicates.has(op) ? bool : args[args.length - 1].dtype);
  return intern(
    `${op}${type.short}:${ids(args)}`,
    (id) => ({ kind: "apply", id, dtype: type, op, args }),
  );
}
/** `onTrue` where `which` holds, else `onFalse`. */
export function select(which: Expr, onTrue: Expr, onFalse: Expr): Expr {
  return apply("select", [which, onTrue, onFalse]);
}

/** The operands of a node: what it computes from. */
export function children(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case "axis":
    case "const":
      return [];
    case "load":
      return e.index;
    case "apply":
      return e.args;
    case "fold":
      return [e.value];
  }
}

/** The node with other operands. */
export function withChildren(e: Expr, args: readonly Expr[]): Expr {
  switch (e.kind) {
    case "axis":
    case "const":
      return e;
    case "load":
      return load(e.buffer, args);
    case "apply":
      return apply(e.op, args, e.dtype);
    case "fold":
      return fold(e.fold, e.axes, args[0]);
  }
}

/** All nodes under the roots, operands before what uses them, each once. Iterative: depth is free. */
export function postorder(
  roots: readonly Expr[],
  operands: (e: Expr) => readonly Expr[] = children,
): Expr[] {
  const order: Expr[] = [];
  const done = new Set<Expr>();
  const stack: Expr[] = [...roots].reverse();
  while (stack.length > 0) {
    const e = stack[stack.length - 1];
    const pending = done.has(e) ? [] : operands(e).filter((c) => !done.has(c));
    if (pending.length > 0) {
      for (let i = pending.length - 1; i >= 0; i--) stack.push(pending[i]);
      continue;
    }
    stack.pop();
    if (!done.has(e)) order.push(e);
    done.add(e);
  }
  return order;
}

/** Rebuilds the graph under `root` bottom-up: `f` sees each node with its operands rebuilt. */
export function rewrite(root: Expr, f: (e: Expr, original: Expr) => Expr): Expr {
  const out = new Map<Expr, Expr>();
  for (const e of postorder([root])) {
    const args = children(e);
    const next = args.map((a) => out.get(a)!);
    const same = next.every((a, i) => a === args[i]);
    out.set(e, f(same ? e : withChildren(e, next), e));
  }
  return out.get(root)!;
}

// Index arithmetic, on int32 expressions. None of it simplifies.

/** `a + b`. */
export function addIndex(a: Expr, b: Expr | number): Expr {
  return apply("add", [a, typeof b === "number" ? constant(b) : b]);
}
/** `a - b`. */
export function subIndex(a: Expr, b: Expr | number): Expr {
  return apply("sub", [a, typeof b === "number" ? constant(b) : b]);
}
/** `a * k`. */
export function mulIndex(a: Expr, k: number): Expr {
  return apply("mul", [a, constant(k)]);
}
/** `a / k`, rounded towards zero. */
export function divIndex(a: Expr, k: number): Expr {
  return apply("div", [a, constant(k)]);
}
/** The remainder of `a / k`, with the sign of `a`. */
export function remIndex(a: Expr, k: number): Expr {
  return apply("rem", [a, constant(k)]);
}
/** `a` moved into `lo … hi`. */
export function clampIndex(a: Expr, lo: number, hi: number): Expr {
  return apply("max", [apply("min", [a, constant(hi)]), constant(lo)]);
}
/** Both conditions; `undefined` is no condition. */
export function both(a: Expr | undefined, b: Expr): Expr {
  return a === undefined ? b : apply("and", [a, b]);
}

/** Row-major flat position of `index` in an array of `shape`. */
export function ravel(index: readonly Expr[], shape: readonly number[]): Expr {
  let flat: Expr | undefined;
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const term = stride === 1 ? index[i] : mulIndex(index[i], stride);
    flat = flat === undefined ? term : addIndex(term, flat);
    stride *= shape[i];
  }
  return flat ?? constant(0);
}
/** The index at a flat position: inverse of {@linkcode ravel}. */
export function unravel(flat: Expr, shape: readonly number[]): Expr[] {
  const index: Expr[] = new Array(shape.length);
  let rest = flat;
  for (let i = shape.length - 1; i >= 0; i--) {
    index[i] = i === 0 ? rest : remIndex(rest, shape[i]);
    if (i > 0) rest = divIndex(rest, shape[i]);
  }
  return index;
}
