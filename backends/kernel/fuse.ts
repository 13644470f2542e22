/**
 * From a program to kernels. Fusion is function composition: a lowering rule composes delayed
 * arrays, so all that is decided here is which values to store. See Note [What is stored].
 */
import { product, type ShapedArray } from "../../core/aval.ts";
import { realView, splitComplex } from "../../core/complex.ts";
import { realPart } from "../../core/dtype.ts";
import {
  apply,
  type Axis,
  axis,
  type Buffer,
  constant,
  type Expr,
  load,
  postorder,
  type ScalarOp,
} from "../../core/expr.ts";
import { type Atom, type Equation, type Jaxpr, Literal, Var } from "../../core/jaxpr.ts";
import { elementIndex } from "../../core/rules.ts";
import type { Delayed } from "../../core/trace.ts";
import type { Plan, Step, Store } from "./ir.ts";
import type { Simplifier } from "./simplify.ts";

/** Divides a program without calls and composites into kernels and routines. */
export function fuse(jaxpr: Jaxpr, simplifier: Simplifier): Plan {
  return new Fuser(jaxpr, simplifier).run();
}

// Note [What is stored]
//
// A value is computed anew wherever it is read, unless it is stored. It is stored if it is a result,
// if a routine reads it, if its expression has grown past a limit, or if it is costly and read more
// often than it has elements. That is `mustStore`, and nothing else decides.

/** An expression of more nodes than this is stored before anything more is built on it. */
const MAX_NODES = 256;

/** Operations about as fast as a load. */
const cheapOps = new Set<ScalarOp>([
  ...["neg", "sign", "abs", "floor", "ceil", "roundAway", "roundEven", "isFinite", "not"] as const,
  ...["populationCount", "clz", "real", "imag", "add", "sub", "mul", "max", "min", "eq"] as const,
  ...["ne", "lt", "le", "gt", "ge", "and", "or", "xor", "shiftLeft", "shiftRightLogical"] as const,
  ...["shiftRightArithmetic", "complex", "select", "convert", "bitcast"] as const,
]);

class Fuser {
  readonly #steps: Step[] = [];
  readonly #arrays = new Map<Var, Delayed>();
  readonly #stored = new Map<Var, Buffer>();
  /** What a value is a reshape of: storing one stores the other. */
  readonly #reshaped = new Map<Var, Var>();
  readonly #costs = new Map<Var, Cost>();
  readonly #uses = new Map<Atom, number>();
  readonly #loops = new Map<string, readonly Axis[]>();
  #buffers = 0;

  constructor(readonly jaxpr: Jaxpr, readonly simplifier: Simplifier) {
    for (const a of [...jaxpr.eqns.flatMap((e) => e.invars), ...jaxpr.outvars]) {
      this.#uses.set(a, (this.#uses.get(a) ?? 0) + 1);
    }
  }

  run(): Plan {
    const { constvars, invars, eqns, outvars } = this.jaxpr;
    const inputs = [...constvars, ...invars].map((v) => this.#setStored(v, this.#buffer(v.aval)));
    for (const e of eqns) this.#equation(e);
    const outputs = outvars.map((a) => a instanceof Literal ? this.#literal(a) : this.#store(a));
    return { inputs, steps: this.#steps, outputs };
  }

  #buffer({ shape, dtype }: ShapedArray): Buffer {
    return { name: `b${this.#buffers++}`, shape, dtype };
  }
  #setStored(v: Var, buffer: Buffer): Buffer {
    this.#stored.set(v, buffer);
    this.#arrays.set(v, { aval: v.aval, at: (index) => load(buffer, index) });
    return buffer;
  }

  /** The loop variables over a shape: the same ones each time, so that expressions are shared. */
  #axes(shape: readonly number[]): readonly Axis[] {
    const key = shape.join();
    let axes = this.#loops.get(key);
    if (axes === undefined) this.#loops.set(key, axes = shape.map((n) => axis(n)));
    return axes;
  }

  #equation(e: Equation): void {
    const { rules } = e.primitive;
    const [out] = e.outvars;
    if (rules.routine !== undefined) {
      const inputs = e.invars.map((a) => a instanceof Literal ? this.#literal(a) : this.#store(a));
      const outputs = e.outvars.map((v) => this.#setStored(v, this.#buffer(v.aval)));
      this.#steps.push({ kind: "routine", equation: e, inputs, outputs });
      return;
    }
    for (const a of e.invars) {
      if (a instanceof Var && !this.#stored.has(a) && this.#mustStore(a, e)) this.#store(a);
    }
    const [first] = e.invars;
    if (rules.keepsOrder && first instanceof Var && first.aval.size === out.aval.size) {
      this.#reshaped.set(out, first);
      if (this.#stored.has(first)) {
        this.#store(out);
        return;
      }
    }
    this.#arrays.set(out, {
      aval: out.aval,
      at: memoized(this.#lower(e, e.invars.map((a) => this.#read(a)))),
    });
  }

  #lower(e: Equation, args: readonly Delayed[]): Delayed["at"] {
    const { rules } = e.primitive;
    const out = e.outvars[0].aval;
    if (rules.scalar === undefined) return rules.lower!(args, e.params as never, out);
    return (index) =>
      rules.scalar!(
        args.map((a) => a.at(elementIndex(a.aval.shape, out.shape, index))),
        e.params as never,
        out.dtype,
      );
  }
  #read(a: Atom): Delayed {
    if (a instanceof Var) return this.#arrays.get(a)!;
    const value = constantOf(a);
    return { aval: a.aval, at: () => value };
  }

  /** See Note [What is stored]. */
  #mustStore(v: Var, reader: Equation): boolean {
    const { nodes, costly } = this.#cost(v);
    if (nodes > MAX_NODES) return true;
    return costly && (this.#uses.get(v)! > 1 || readsOf(reader, v) > v.aval.size);
  }
  #cost(v: Var): Cost {
    let cost = this.#costs.get(v);
    if (cost === undefined) {
      this.#costs.set(v, cost = costOf(this.#arrays.get(v)!.at(this.#axes(v.aval.shape))));
    }
    return cost;
  }

  /** Ends fusion at `v`: computes it into a buffer of its own. */
  #store(v: Var): Buffer {
    const known = this.#stored.get(v);
    if (known !== undefined) return known;
    const source = this.#reshaped.get(v);
    if (source !== undefined) {
      return this.#setStored(v, { ...this.#store(source), shape: v.aval.shape });
    }
    const axes = this.#axes(v.aval.shape);
    const value = this.#arrays.get(v)!.at(axes);
    const buffer = this.#buffer(v.aval);
    this.#emit(buffer, axes, value);
    return this.#setStored(v, buffer);
  }
  #literal(a: Literal): Buffer {
    const buffer = this.#buffer(a.aval);
    this.#emit(buffer, [], constantOf(a));
    return buffer;
  }
  #emit(buffer: Buffer, axes: readonly Axis[], value: Expr): void {
    if (product(buffer.shape) === 0) {
      this.#steps.push({ kind: "kernel", kernel: { axes: [], stores: [] }, outputs: [buffer] });
      return;
    }
    const stores = storesOf(buffer, axes, splitComplex(value)).map((s): Store => ({
      buffer: s.buffer,
      index: s.index.map((e) => this.simplifier.simplify(e)),
      value: this.simplifier.simplify(s.value),
    }));
    const loops = axes.filter((a) => a.size > 1);
    this.#steps.push({ kind: "kernel", kernel: { axes: loops, stores }, outputs: [buffer] });
  }
}

/** Remembers the element at each index, so that what is read twice is one expression. */
function memoized(at: Delayed["at"]): Delayed["at"] {
  const known = new Map<string, Expr>();
  return (index) => {
    const key = index.map((e) => e.id).join();
    let value = known.get(key);
    if (value === undefined) known.set(key, value = at(index));
    return value;
  };
}

function storesOf(buffer: Buffer, axes: readonly Axis[], value: Expr | [Expr, Expr]): Store[] {
  if (!Array.isArray(value)) return [{ buffer, index: axes, value }];
  const pairs = realView(buffer);
  return value.map((part, i) => ({ buffer: pairs, index: [...axes, constant(i)], value: part }));
}

function constantOf({ value, aval: { dtype } }: Literal): Expr {
  if (typeof value !== "object") return constant(value, dtype);
  const part = realPart(dtype);
  return apply("complex", [constant(value.re, part), constant(value.im, part)], dtype);
}

interface Cost {
  readonly nodes: number;
  readonly costly: boolean;
}
function costOf(value: Expr): Cost {
  const order = postorder([value]);
  const costly = order.some((e) =>
    e.kind === "fold" ||
    (e.kind === "apply" && !cheapOps.has(e.op) && e.args[0].dtype.kind !== "i")
  );
  return { nodes: order.length, costly };
}

/** How many elements of its operand `v` an equation reads, counting each time. */
function readsOf(e: Equation, v: Var): number {
  const { rules } = e.primitive;
  const [out] = e.outvars;
  if (rules.scalar !== undefined) return v.aval.ndim === 0 ? 1 : out.aval.size;
  const operands = e.invars.map((a): Delayed => ({
    aval: a.aval,
    at: () => constant(0, a.aval.dtype),
  }));
  const value = rules.lower!(operands, e.params as never, out.aval)(
    out.aval.shape.map((n) => axis(n)),
  );
  let points = out.aval.size;
  for (const x of postorder([value])) {
    if (x.kind === "fold") points *= product(x.axes.map((a) => a.size));
  }
  return points;
}
