/** Staging: the trace that records a function as a program, and the tracers it hands out. */
import { ConcreteArray, reader, scalarArray } from "./array.ts";
import type { ShapedArray } from "./aval.ts";
import type { TypedArray } from "./dtype.ts";
import {
  ConcretizationTypeError,
  describe,
  TracerArrayConversionError,
  TracerIntegerConversionError,
  UnexpectedTracerError,
} from "./errors.ts";
import {
  type Atom,
  checkJaxpr,
  type Equation,
  evalJaxpr,
  Jaxpr,
  Literal,
  liveEquations,
  Var,
} from "./jaxpr.ts";
import { printEquation } from "./print.ts";
import { type Device, isLive, NDArray, type Primitive, Trace, withTrace } from "./trace.ts";

/** What error texts say of a function being traced. */
export interface TraceInfo {
  /** The name of the function. */
  readonly name: string;
  /** What traces it, such as `jit`. */
  readonly transformation: string;
  /** The name of each flattened argument: `x`, `params['w']`. */
  readonly argumentNames: readonly string[];
}
const UNKNOWN: TraceInfo = { name: "<lambda>", transformation: "staging", argumentNames: [] };

/** The interpreter that records primitives instead of running them. */
export class JaxprTrace extends Trace {
  readonly invars: Var[] = [];
  readonly eqns: Equation[] = [];
  /** Values from outside, and the variables that stand for them. */
  readonly captured = new Map<NDArray, Var>();

  constructor(parent: Trace, readonly info: TraceInfo = UNKNOWN) {
    super(parent);
  }

  /** A tracer for the next argument. */
  input(aval: ShapedArray): Tracer {
    const v = new Var(aval);
    this.invars.push(v);
    return new Tracer(this, v);
  }

  /** What stands for `x` in the program. Scalars are written into it, other values captured. */
  atom(x: NDArray): Atom {
    if (x instanceof Tracer) {
      if (x.owner === this) return x.variable;
      x.assertLive();
    }
    if (x instanceof ConcreteArray && x.ndim === 0) return literalOf(x);
    let v = this.captured.get(x);
    if (v === undefined) this.captured.set(x, v = new Var(x.aval));
    return v;
  }

  override process<P>(
    primitive: Primitive<P>,
    args: readonly NDArray[],
    params: P,
  ): readonly NDArray[] {
    const invars = args.map((x) => this.atom(x));
    const types = primitive.rules.type(invars.map((a) => a.aval), params);
    const outvars = types.map((t) => new Var(t));
    const erased = primitive as unknown as Primitive<never>;
    this.eqns.push({ primitive: erased, invars, params, outvars });
    return outvars.map((v) => new Tracer(this, v));
  }

  /** Closes the program. As in JAX, it keeps what no result needs; compiling leaves that out. */
  finish(results: readonly NDArray[]): Staged {
    const outvars = results.map((x) => this.atom(x));
    const constvars = [...this.captured.values()];
    const jaxpr = new Jaxpr(constvars, this.invars, this.eqns, outvars);
    checkJaxpr(jaxpr);
    return { jaxpr, captured: [...this.captured.keys()] };
  }

  /** Where a variable comes from, in JAX's words. */
  origin(v: Var): string {
    const { name, transformation, argumentNames } = this.info;
    const head = `\nThe error occurred while tracing the function ${name} for ${transformation}. `;
    const { inputs, equations } = this.#progenitors(v);
    if (inputs.length > 0) {
      const names = inputs.map((i) => argumentNames[i] ?? `args[${i}]`);
      const list = names.length === 1
        ? `argument ${names[0]}`
        : `arguments ${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
      return `${head}This concrete value was not available in JavaScript because it depends on ` +
        `the value${names.length === 1 ? "" : "s"} of the ${list}.`;
    }
    const lines = equations.slice(-5).map((e) => `  operation ${printEquation(e)}\n`);
    return `${head}This value became a tracer due to JAX operations on these lines:\n\n` +
      lines.join("\n");
  }

  /** The inputs and equations that a variable depends on. */
  #progenitors(v: Var): { inputs: number[]; equations: Equation[] } {
    const equations = liveEquations(this.eqns, [v]);
    const used = new Set<Atom>([v, ...equations.flatMap((e) => e.invars)]);
    const inputs = this.invars.flatMap((input, i) => used.has(input) ? [i] : []);
    return { inputs, equations };
  }
}

/** A recorded program, and the arrays it captured, in the order of its constants. */
export interface Staged {
  /** The program. */
  readonly jaxpr: Jaxpr;
  /** Arrays from outside the function. */
  readonly captured: readonly NDArray[];
}

/** An array that stands for a variable of a program being recorded. */
export class Tracer extends NDArray {
  constructor(
    /** The trace it belongs to. */
    readonly owner: JaxprTrace,
    /** The variable it stands for. */
    readonly variable: Var,
  ) {
    super();
  }
  override get aval(): ShapedArray {
    return this.variable.aval;
  }

  /** Throws if the transformation that made this tracer is over. */
  assertLive(): void {
    if (isLive(this.owner)) return;
    const { name, transformation } = this.owner.info;
    throw new UnexpectedTracerError(
      this.aval.with({ weakType: false }).toString(),
      `The function being traced when the value leaked was ${name} traced for ${transformation}.`,
    );
  }
  /** How error texts name the value. */
  get description(): string {
    return `traced array with shape ${this.aval.with({ weakType: false })}`;
  }
  /** Where the value comes from, in JAX's words. */
  get origin(): string {
    this.assertLive();
    return this.owner.origin(this.variable);
  }
  #needed(what: string, remedy: string): never {
    throw new ConcretizationTypeError(
      this.description,
      `The problem arose with ${what}. ${remedy}`,
      this.origin,
    );
  }

  override toTypedArray(): TypedArray {
    throw new TracerArrayConversionError(this.description, this.origin);
  }
  override data(): Promise<TypedArray> {
    return this.#needed("`x.data()`", "Return the array from the function, and read it there.");
  }
  override tolist(): never {
    return this.#needed("`x.tolist()`", "Return the array from the function, and read it there.");
  }
  override item(): never {
    return this.#needed("`x.item()`", "Return the value from the function, and read it there.");
  }
  override blockUntilReady(): this {
    this.assertLive();
    return this;
  }
  override get device(): Device {
    return this.#needed("`x.device`", "A traced value is on no device yet.");
  }
  /** Comparison, arithmetic, `Number(x)`, template strings: all of them need the value. */
  [Symbol.toPrimitive](hint: string): never {
    const what = hint === "string"
      ? "a template string or `String(x)`"
      : hint === "number"
      ? "a JavaScript number, as in `x > 0` or `Number(x)`"
      : "a JavaScript operator such as `+` or `==`";
    const remedy = hint === "string"
      ? 'Use `console.log("x =", x)` or `x.toString()` to see the tracer.'
      : "Use methods such as `x.add(y)`, `x.gt(0)` and `np.where(...)`, or make the argument " +
        "static with `staticArgnums`.";
    return this.#needed(what, remedy);
  }
  override toString(): string {
    const n = this.owner.level + 1;
    const weak = this.weakType ? ", weak_type=True" : "";
    const type = `${this.dtype.name}[${this.shape.join(",")}]${weak}`;
    return `Traced<ShapedArray(${type})>with<DynamicJaxprTrace(level=${n - 1}/${n})>`;
  }
  override repr(): string {
    return this.toString();
  }
}

/** The literal of a concrete scalar. */
function literalOf(x: ConcreteArray): Literal {
  return new Literal(reader(x.dtype, x.toTypedArray())(0), x.aval);
}
/** The concrete scalar of a literal. */
export function arrayOfLiteral({ value, aval }: Literal): ConcreteArray {
  return scalarArray(value, aval.dtype, aval.weakType);
}

/** Runs a program under the current trace. */
export function evaluate(jaxpr: Jaxpr, args: readonly NDArray[]): NDArray[] {
  const n = jaxpr.constvars.length;
  return evalJaxpr(jaxpr, args.slice(0, n), args.slice(n), arrayOfLiteral);
}

/** Records `f` at the given types as a program, above the trace `parent`. */
export function stage(
  f: (...args: NDArray[]) => readonly NDArray[],
  avals: readonly ShapedArray[],
  parent: Trace,
  info?: TraceInfo,
): Staged {
  const trace = new JaxprTrace(parent, info);
  const inputs = avals.map((a) => trace.input(a));
  return withTrace(trace, () => trace.finish(f(...inputs)));
}

/**
 * The integer that a value means where a static one is needed: an axis, a length, an index.
 *
 * @throws {TracerIntegerConversionError} if it is traced.
 * @throws {TypeError} if it is not an integer.
 */
export function toStaticInteger(value: unknown, what: string): number {
  if (value instanceof Tracer) {
    throw new TracerIntegerConversionError(value.description, value.origin);
  }
  const x = value instanceof NDArray ? value.item() : value;
  // Number() makes numbers of `null`, texts and lists, too.
  const n = /^(?:number|bigint|boolean)$/.test(typeof x) ? Number(x) : NaN;
  if (!Number.isInteger(n)) {
    throw new TypeError(`${what} must be an integer, got ${describe(x)}`);
  }
  return n;
}
