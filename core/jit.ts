/** `jit` and its kin: functions staged to programs, a primitive whose parameter is a program. */
import { type ArrayLike, bind, currentTrace, NDArray } from "./trace.ts";
import { ShapedArray } from "./aval.ts";
import { type Backend, getBackend } from "./backend.ts";
import { config } from "./config.ts";
import { leafToArray } from "./convert.ts";
import { describe } from "./errors.ts";
import { compile, type Compiled, evalTrace, execute } from "./eval.ts";
import { Jaxpr } from "./jaxpr.ts";
import { printJaxpr } from "./print.ts";
import { parameterNames } from "./signature.ts";
import { evaluate, stage, type Staged, type TraceInfo } from "./stage.ts";
import { definePrimitive } from "./trace.ts";
import type { DType, DTypeLike } from "./dtype.ts";
import { toDType } from "./dtype.ts";
import {
  flatten,
  isPlainObject,
  keyOf,
  leafPaths,
  type PyTreeDef,
  showPath,
  unflatten,
} from "./tree.ts";

// -- the primitive ----------------------------------------------------------------------------

interface JitParams {
  readonly name: string;
  readonly jaxpr: Jaxpr;
  /** Where to run it; by default where its operands are, or on the preferred backend. */
  readonly backend?: string;
}

const compiled = new WeakMap<Jaxpr, Map<Backend, Compiled>>();

function compiledFor(jaxpr: Jaxpr, name: string | undefined): Compiled {
  const backend = getBackend(name);
  let byBackend = compiled.get(jaxpr);
  if (byBackend === undefined) compiled.set(jaxpr, byBackend = new Map());
  let program = byBackend.get(backend);
  if (program === undefined) byBackend.set(backend, program = compile(jaxpr, backend, false));
  return program;
}

/** A call of a program. Its operands are the program's constants, then its inputs. */
export const jitP = definePrimitive<JitParams>("jit", {
  type(avals, { jaxpr: { invars, outvars } }) {
    const fits = avals.length === invars.length &&
      avals.every((a, i) => a.equals(invars[i].aval.with({ weakType: a.weakType })));
    if (!fits) {
      throw new TypeError(
        `jit got operands (${avals.join(", ")}) for a program that takes ` +
          `(${invars.map((v) => v.aval).join(", ")})`,
      );
    }
    return outvars.map((a) => a.aval);
  },
  print: ({ name, jaxpr }) => ({ name, jaxpr }),
  eval: (args, { jaxpr, backend }) =>
    config.disableJit ? evaluate(jaxpr, args) : execute(compiledFor(jaxpr, backend), args),
});

/** A program with its captured arrays moved to the front of its inputs. */
function hoist({ jaxpr }: Staged): Jaxpr {
  return jaxpr.constvars.length === 0
    ? jaxpr
    : new Jaxpr([], [...jaxpr.constvars, ...jaxpr.invars], jaxpr.eqns, jaxpr.outvars);
}

// Note [Named parts]
//
// A few of NumPy's functions show up as one named call in a program, as they do in JAX:
// `jit[name=_where jaxpr={…}]`. Eagerly the call is not there at all: `body` runs op by op.

const parts = new Map<string, Jaxpr>();

/**
 * Runs `body` on arrays as a named part of the program being traced. See Note [Named parts].
 * `body` must be determined by `name` and `statics`, and capture no arrays.
 */
export function named(
  name: string,
  args: readonly NDArray[],
  body: (...args: NDArray[]) => NDArray,
  statics: unknown = null,
): NDArray {
  return namedAll(name, args, (...xs) => [body(...xs)], statics)[0];
}
/** {@linkcode named} for several results. */
export function namedAll(
  name: string,
  args: readonly NDArray[],
  body: (...args: NDArray[]) => readonly NDArray[],
  statics: unknown = null,
): readonly NDArray[] {
  const trace = currentTrace();
  if (trace === evalTrace) return body(...args);
  const avals = args.map((x) => x.aval);
  const key = `${name}|${config.enableX64}|${avals.map((a) => a.key).join()}|${keyOf(statics)}`;
  let jaxpr = parts.get(key);
  if (jaxpr === undefined) {
    const staged = stage(body, avals, trace);
    if (staged.captured.length > 0) return body(...args);
    parts.set(key, jaxpr = staged.jaxpr);
  }
  return bind(jitP, args, { name, jaxpr });
}

// -- flattening arguments ---------------------------------------------------------------------

/** The shape and dtype of an array that need not exist; stands for one in `lower` and the like. */
export class ShapeDtypeStruct {
  /** Element type. */
  readonly dtype: DType;
  /** A description of arrays of a shape and dtype. */
  constructor(
    /** Length of each axis. */
    readonly shape: readonly number[],
    dtype: DTypeLike,
    /** Whether the dtype is weak. */
    readonly weakType: boolean = false,
  ) {
    this.dtype = toDType(dtype);
  }
  /** JAX's form. */
  toString(): string {
    const weak = this.weakType ? ", weak_type=True" : "";
    const shape = this.shape.length === 1 ? `${this.shape[0]},` : this.shape.join(", ");
    return `ShapeDtypeStruct(shape=(${shape}), dtype=${this.dtype.name}${weak})`;
  }
  /** What `console.log` shows. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

/** Options of {@linkcode jit}. */
export interface JitOptions {
  /** Positions of arguments that are not traced: the function is compiled for each value. */
  staticArgnums?: number | readonly number[];
  /** Names of parameters, or of keys of a trailing options object, that are not traced. */
  staticArgnames?: string | readonly string[];
  /** Accepted for JAX's sake. Buffers are reused by plan, and arrays stay valid. */
  donateArgnums?: number | readonly number[];
  /** Accepted for JAX's sake, as `donateArgnums` is. */
  donateArgnames?: string | readonly string[];
  /** Accepted for JAX's sake: arguments that no result needs cost nothing. */
  keepUnused?: boolean;
  /** The name of the backend to run on; by default the preferred one. */
  backend?: string;
}

const JIT_OPTIONS: readonly (keyof JitOptions)[] = [
  "staticArgnums",
  "staticArgnames",
  "donateArgnums",
  "donateArgnames",
  "keepUnused",
  "backend",
];
/** Throws unless `options` is an object of options that the function has. */
function checkOptions(name: string, known: readonly string[], options: unknown): void {
  if (!isPlainObject(options)) {
    throw new TypeError(
      `${name}() takes an options object after the function, such as { ${known[0]}: 1 }; got ` +
        describe(options),
    );
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
    }
  }
}

function list<T>(x: T | readonly T[] | undefined): T[] {
  return x === undefined ? [] : Array.isArray(x) ? [...x] : [x as T];
}

/** Which arguments of a function are static. */
class Statics {
  readonly positions: ReadonlySet<number>;
  readonly keys: readonly string[];
  constructor(
    readonly f: (...args: never[]) => unknown,
    readonly parameters: readonly string[] | undefined,
    options: JitOptions,
  ) {
    const arity = parameters?.some((p) => p.startsWith("...")) ? Infinity : parameters?.length;
    const positions = list(options.staticArgnums).map((n) => {
      if (!Number.isInteger(n)) throw new TypeError(`staticArgnums must be integers, got ${n}`);
      if (arity !== undefined && (n >= arity || n < -arity)) {
        throw new RangeError(
          `Jitted function has staticArgnums=(${list(options.staticArgnums).join(", ")},), but ` +
            `only accepts ${arity} positional arguments.`,
        );
      }
      return n < 0 ? n + (arity ?? 0) : n;
    });
    const keys: string[] = [];
    for (const name of list(options.staticArgnames)) {
      const position = parameters?.indexOf(name) ?? -1;
      if (position >= 0) positions.push(position);
      else keys.push(name);
    }
    this.positions = new Set(positions);
    this.keys = keys;
  }
  /** The name of an argument in error texts: that of its parameter, if it has one. */
  nameOf(position: number): string {
    const { parameters = [] } = this;
    const last = parameters.length - 1;
    if (position >= last && parameters[last]?.startsWith("...")) {
      return `${parameters[last].slice(3)}[${position - last}]`;
    }
    return parameters[position] || `args[${position}]`;
  }
}

/** Arguments of one call: arrays, and what else the program depends on. */
interface Call {
  /** The traced leaves: arrays, or descriptions of arrays. */
  readonly leaves: unknown[];
  /** Puts leaves back between the static arguments. */
  readonly rebuild: (leaves: readonly unknown[]) => unknown[];
  /** The name of each leaf. */
  readonly names: () => string[];
  /** Equal for calls whose static arguments are equal. */
  readonly staticKey: () => string;
  /** Equal for calls that the same program serves. */
  readonly key: string;
}

function checkHashable(value: unknown, name: string, within: readonly unknown[] = []): void {
  const bad = value instanceof NDArray || ArrayBuffer.isView(value) || value instanceof Map ||
    value instanceof Set;
  if (bad) {
    throw new TypeError(
      `Non-hashable static arguments are not supported. An error occurred while trying to hash ` +
        `${describe(value)}, the static argument ${name}. Static arguments are compared by ` +
        "value: use numbers, strings, plain lists and objects of those, or functions",
    );
  }
  if (Array.isArray(value) || isPlainObject(value)) {
    if (within.includes(value)) {
      throw new TypeError(
        `Non-hashable static arguments are not supported: the static argument ${name} contains ` +
          "itself",
      );
    }
    for (const v of Object.values(value)) checkHashable(v, name, [...within, value]);
  }
}

function prepare(statics: Statics, args: readonly unknown[]): Call {
  const leaves: unknown[] = [];
  const defs: (PyTreeDef | undefined)[] = [];
  const fixed: unknown[] = [];
  let key = "";
  const parameter = (i: number) => statics.nameOf(i);
  for (let i = 0; i < args.length; i++) {
    let arg = args[i];
    if (statics.positions.has(i)) {
      checkHashable(arg, parameter(i));
      fixed[i] = arg;
      defs.push(undefined);
      key += `=${keyOf(arg)};`;
      continue;
    }
    if (arg instanceof NDArray) {
      leaves.push(arg);
      defs.push(LEAF);
      key += arg.aval.key;
      continue;
    }
    const last = i === args.length - 1;
    if (last && statics.keys.length > 0 && isPlainObject(arg)) {
      const chosen = Object.entries(arg).filter(([k]) => statics.keys.includes(k));
      for (const [k, v] of chosen) checkHashable(v, k);
      fixed[i] = Object.fromEntries(chosen);
      key += `=${keyOf(fixed[i])};`;
      arg = Object.fromEntries(Object.entries(arg).filter(([k]) => !statics.keys.includes(k)));
    }
    const [found, def] = flatten(arg);
    defs.push(def);
    if (def !== LEAF) key += `${def.key}(`;
    found.forEach((leaf, j) => {
      const x = leaf instanceof ShapeDtypeStruct ? leaf : leafToArray(leaf, () => {
        const path = showPath(parameter(i), leafPaths(def)[j]);
        return `Error interpreting argument to ${describe(statics.f)} as an abstract array. The ` +
          `problematic value is of type ${typeof leaf} (${describe(leaf)}) and was passed to the ` +
          `function at path ${path}.\nThis typically means that a jit-wrapped function was ` +
          "called with a non-array argument, and this argument was not marked as static using " +
          "the staticArgnums or staticArgnames parameters of jit.";
      });
      leaves.push(x);
      key += avalOf(x).key;
    });
    if (def !== LEAF) key += ")";
  }
  return {
    leaves,
    key,
    names: () =>
      defs.flatMap((def, i) =>
        def === undefined ? [] : leafPaths(def).map((path) => showPath(parameter(i), path))
      ),
    staticKey: () => keyOf(fixed),
    rebuild: (values) => {
      let next = 0;
      return defs.map((def, i) => {
        if (def === undefined) return fixed[i];
        const tree = unflatten(def, values.slice(next, next += def.numLeaves));
        return fixed[i] === undefined ? tree : { ...tree as object, ...fixed[i] as object };
      });
    },
  };
}
const [, LEAF] = flatten(0);

/** The arrays of a call that is to be run. */
function operandsOf({ leaves, names }: Call): readonly NDArray[] {
  leaves.forEach((x, i) => {
    if (x instanceof ShapeDtypeStruct) {
      throw new TypeError(
        `Argument '${names()[i]}' is ${x}, which describes an array: give an array to run the ` +
          "function, or use evalShape or .lower(...) to learn about it without running it",
      );
    }
  });
  return leaves as NDArray[];
}

/** Throws unless a program compiled for one call serves another. */
function checkCompiledFor(expected: Call, call: Call): void {
  if (call.key === expected.key) return;
  const names = call.names();
  if (names.join() !== expected.names().join()) {
    throw new TypeError(
      "Function compiled with input pytree does not match the input pytree it was called with: " +
        `compiled for (${expected.names().join(", ")}), called with (${names.join(", ")})`,
    );
  }
  if (call.staticKey() !== expected.staticKey()) {
    throw new TypeError("Static arguments differ from those for which this function was compiled");
  }
  const mismatches = call.leaves.map(avalOf).flatMap((aval, i) => {
    const before = avalOf(expected.leaves[i]);
    return aval.equals(before.with({ weakType: aval.weakType }))
      ? []
      : [`\nArgument '${names[i]}' compiled with ${before} and called with ${aval}`];
  });
  if (mismatches.length > 0) {
    throw new TypeError(
      "Argument types differ from the types for which this computation was compiled. Perhaps you " +
        "are calling the compiled executable with a different enableX64 mode than when it was " +
        `AOT compiled? The mismatches are:${mismatches.join("")}`,
    );
  }
}

function avalOf(x: unknown): ShapedArray {
  return x instanceof NDArray ? x.aval : new ShapedArray(
    (x as ShapeDtypeStruct).shape,
    (x as ShapeDtypeStruct).dtype,
    (x as ShapeDtypeStruct).weakType,
  );
}

// -- tracing ----------------------------------------------------------------------------------

/** A function recorded for one signature. */
interface Traced extends Staged {
  readonly outDef: PyTreeDef;
  readonly outTypes: readonly ShapedArray[];
}

/** Any function. */
// deno-lint-ignore no-explicit-any -- the constraint of a function type
export type AnyFunction = (...args: any[]) => unknown;

function nameOf(f: AnyFunction): string {
  return f.name === "" ? "<lambda>" : f.name;
}

function traceCall(f: AnyFunction, call: Call, transformation: string): Traced {
  const name = nameOf(f);
  const info: TraceInfo = {
    name,
    transformation,
    get argumentNames() {
      return call.names();
    },
  };
  let outDef: PyTreeDef | undefined;
  const staged = stage(
    (...tracers) => {
      const result = f(...call.rebuild(tracers));
      if (result instanceof Promise) {
        result.catch(() => {});
        throw new TypeError(
          `function ${name} traced for ${transformation} returned a Promise: traced functions ` +
            "must be synchronous; await outside of them",
        );
      }
      const [leaves, def] = flatten(result);
      outDef = def;
      return leaves.map((leaf, i) =>
        leafToArray(leaf, () => {
          const path = showPath("", leafPaths(def)[i]);
          return `function ${name} traced for ${transformation} returned a value of type ` +
            `${typeof leaf} (${describe(leaf)})${path && ` at output component ${path}`}, which ` +
            "is not a valid JAX type";
        })
      );
    },
    call.leaves.map(avalOf),
    currentTrace(),
    info,
  );
  return { ...staged, outDef: outDef!, outTypes: staged.jaxpr.outvars.map((a) => a.aval) };
}

// -- jit --------------------------------------------------------------------------------------

/** What a traced function's parameter takes: arrays as anything that converts to one. */
export type Argument<T> = T extends NDArray ? ArrayLike
  : T extends AnyFunction ? T
  : T extends object ? T | { [K in keyof T]: Argument<T[K]> }
  : T;
/** What a traced function gives: scalars become arrays. */
export type Result<T> = T extends NDArray ? T
  : T extends number | bigint | boolean ? NDArray
  : T extends object ? { [K in keyof T]: Result<T[K]> }
  : T;
/** The parameters of a traced function. */
export type Arguments<F extends AnyFunction> = Loosened<Parameters<F>>;
/** Parameters that take anything that converts. */
export type Loosened<P extends unknown[]> = { [K in keyof P]: Argument<P[K]> };

/** A function compiled by {@linkcode jit}. */
export interface Jitted<F extends AnyFunction> {
  /** Runs the compiled function, compiling it first where the signature is new. */
  (...args: Arguments<F>): Result<ReturnType<F>>;
  /** The program for arguments like these, to be looked at or compiled ahead of time. */
  lower(...args: unknown[]): Lowered<F>;
  /** Shapes and dtypes of the results for arguments like these, without running anything. */
  evalShape(...args: unknown[]): unknown;
  /** Number of signatures compiled so far. */
  cacheSize(): number;
  /** Forgets them. */
  clearCache(): void;
}

/** A staged program, before compilation. */
export interface Lowered<F extends AnyFunction> {
  /** The program. */
  readonly jaxpr: ClosedJaxpr;
  /** The program as text. */
  asText(): string;
  /** Compiles it. */
  compile(): CompiledFunction<F>;
}

/** A function compiled ahead of time, for one signature. */
export interface CompiledFunction<F extends AnyFunction> {
  /** Runs it on arguments of the types it was compiled for. */
  (...args: Arguments<F>): Result<ReturnType<F>>;
  /** The generated code. */
  asText(): string;
  /** Kernels, bytes and flops of a call, as far as the backend knows them. */
  costAnalysis(): Record<string, number>;
}

/**
 * Compiles a function: its operations are recorded once for each signature (shapes, dtypes, tree
 * structure, static values), fused, and run as one program from then on.
 *
 * The function must be synchronous and free of side effects; arguments and results are pytrees of
 * arrays. Follows `jax.jit`.
 *
 * @throws {TypeError} when called with arguments that are not arrays and not static.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { jit, numpy as np } from "../mod.ts";
 * const selu = jit((x: np.NDArray) => np.where(x.gt(0), x, np.exp(x).sub(1).mul(1.67)).mul(1.05));
 * assert(selu(np.arange(5)).shape[0] === 5);
 * ```
 *
 * @example A static argument
 * ```ts
 * import { assert } from "@std/assert";
 * import { jit, numpy as np } from "../mod.ts";
 * const f = jit((x: np.NDArray, neg: boolean) => neg ? x.neg() : x, { staticArgnums: 1 });
 * assert(f(1, true).item() === -1);
 * ```
 */
export function jit<F extends AnyFunction>(f: F, options: JitOptions = {}): Jitted<F> {
  if (typeof f !== "function") {
    throw new TypeError(`Expected a callable value, got ${describe(f)}`);
  }
  checkOptions("jit", JIT_OPTIONS, options);
  const statics = new Statics(f, parameterNames(f), options);
  const name = nameOf(f);
  const cache = new Map<string, Traced>();
  const { backend } = options;

  const lookup = (call: Call): Traced => {
    const key = config.enableX64 ? "x64" + call.key : call.key;
    let traced = cache.get(key);
    // A program that captured another trace's values is of no use once that trace is over.
    if (traced === undefined || !traced.captured.every(isReusable)) {
      traced = traceCall(f, call, "jit");
      cache.set(key, traced);
    }
    return traced;
  };
  const programs = new WeakMap<Traced, JitParams>();
  const paramsOf = (traced: Traced): JitParams => {
    let params = programs.get(traced);
    if (params === undefined) {
      params = { name, jaxpr: hoist(traced), ...(backend === undefined ? {} : { backend }) };
      programs.set(traced, params);
    }
    return params;
  };
  const runTraced = (traced: Traced, operands: readonly NDArray[]): unknown => {
    const all = traced.captured.length === 0 ? operands : [...traced.captured, ...operands];
    const results = bind(jitP, all, paramsOf(traced));
    return traced.outDef === LEAF ? results[0] : unflatten(traced.outDef, results);
  };
  const run = (...args: unknown[]): unknown => {
    if (config.disableJit) return f(...args);
    const call = prepare(statics, args);
    return runTraced(lookup(call), operandsOf(call));
  };
  const lower = (...args: unknown[]): Lowered<F> => {
    const expected = prepare(statics, args);
    const traced = lookup(expected);
    const closed = new ClosedJaxpr(traced.jaxpr, traced.captured);
    const compileIt = (): CompiledFunction<F> => {
      const { executable } = compiledFor(paramsOf(traced).jaxpr, backend);
      const runCompiled = (...xs: unknown[]) => {
        const call = prepare(statics, xs);
        checkCompiledFor(expected, call);
        return runTraced(traced, operandsOf(call));
      };
      return Object.assign(runCompiled, {
        asText: () => executable.asText(),
        costAnalysis: () => executable.costAnalysis(),
      }) as CompiledFunction<F>;
    };
    return { jaxpr: closed, asText: () => closed.toString(), compile: compileIt };
  };
  return Object.defineProperty(
    Object.assign(run, {
      lower,
      evalShape: (...args: unknown[]) => shapesOf(lookup(prepare(statics, args))),
      cacheSize: () => cache.size,
      clearCache: () => cache.clear(),
    }),
    "name",
    { value: f.name },
  ) as unknown as Jitted<F>;
}

function isReusable(x: NDArray): boolean {
  const tracer = x as NDArray & { assertLive?: () => void };
  try {
    tracer.assertLive?.();
    return true;
  } catch {
    return false;
  }
}

function shapesOf({ outDef, outTypes }: Traced): unknown {
  const leaves = outTypes.map((t) => new ShapeDtypeStruct(t.shape, t.dtype, t.weakType));
  return unflatten(outDef, leaves);
}

/**
 * The shapes and dtypes that a function would give, without computing anything: a tree of
 * {@linkcode ShapeDtypeStruct}s. Arguments may be arrays or such descriptions. Follows
 * `jax.eval_shape`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { evalShape, numpy as np, ShapeDtypeStruct } from "../mod.ts";
 * const x = new ShapeDtypeStruct([1000, 3], "float32");
 * const y = evalShape((x: np.NDArray) => np.dot(x, x.T), x) as ShapeDtypeStruct;
 * assert(y.shape.join() === "1000,1000");
 * ```
 */
export function evalShape(f: AnyFunction, ...args: unknown[]): unknown {
  const call = prepare(new Statics(f, parameterNames(f), {}), args);
  return shapesOf(traceCall(f, call, "evalShape"));
}

/** A program together with the arrays it captured. */
export class ClosedJaxpr {
  /** A program and the values of its captured arrays. */
  constructor(
    /** The program. */
    readonly jaxpr: Jaxpr,
    /** The values of its `constvars`. */
    readonly consts: readonly NDArray[],
  ) {}
  /** The steps of the program. */
  get eqns(): Jaxpr["eqns"] {
    return this.jaxpr.eqns;
  }
  /** Types of the arguments. */
  get inAvals(): readonly ShapedArray[] {
    return this.jaxpr.invars.map((v) => v.aval);
  }
  /** Types of the results. */
  get outAvals(): readonly ShapedArray[] {
    return this.jaxpr.outvars.map((a) => a.aval);
  }
  /** JAX's notation. */
  toString(): string {
    return printJaxpr(this.jaxpr);
  }
  /** What `console.log` shows. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

/** Options of {@linkcode makeJaxpr}. */
export interface MakeJaxprOptions extends Pick<JitOptions, "staticArgnums" | "staticArgnames"> {
  /** Give the shapes of the results as well: `[jaxpr, shapes]`. */
  returnShape?: boolean;
}

/**
 * A function that gives the program of `f` for its arguments, instead of its results. Follows
 * `jax.make_jaxpr`; printed, it is JAX's own notation.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { makeJaxpr, numpy as np } from "../mod.ts";
 * const jaxpr = makeJaxpr((x: np.NDArray) => x.add(1))(np.ones(3));
 * assert(String(jaxpr) === "{ lambda ; a:f32[3]. let b:f32[3] = add a 1.0:f32[] in (b,) }");
 * assert(jaxpr.eqns[0].primitive.name === "add");
 * ```
 */
export function makeJaxpr<F extends AnyFunction>(
  f: F,
  options: MakeJaxprOptions & { returnShape: true },
): (...args: unknown[]) => [ClosedJaxpr, unknown];
/** Without `returnShape`, the program alone. */
export function makeJaxpr<F extends AnyFunction>(
  f: F,
  options?: MakeJaxprOptions,
): (...args: unknown[]) => ClosedJaxpr;
export function makeJaxpr<F extends AnyFunction>(
  f: F,
  options: MakeJaxprOptions = {},
): (...args: unknown[]) => ClosedJaxpr | [ClosedJaxpr, unknown] {
  const statics = new Statics(f, parameterNames(f), options);
  return (...args) => {
    const traced = traceCall(f, prepare(statics, args), "make_jaxpr");
    const closed = new ClosedJaxpr(traced.jaxpr, traced.captured);
    return options.returnShape ? [closed, shapesOf(traced)] : closed;
  };
}
