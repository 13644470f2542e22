/** `jit` and its kin: functions staged to programs. */
import {
  type AnyFunction,
  avalOf,
  type Call,
  checkCompiledFor,
  checkOptions,
  JIT_OPTIONS,
  type JitOptions,
  operandsOf,
  prepare,
  ShapeDtypeStruct,
  Statics,
} from "./arguments.ts";
import type { ShapedArray } from "./aval.ts";
import { compiledFor, hoist, jitP, type JitParams } from "./call.ts";
import { config } from "./config.ts";
import { leafToArray } from "./convert.ts";
import { describe } from "./errors.ts";
import type { Jaxpr } from "./jaxpr.ts";
import { printJaxpr } from "./print.ts";
import { parameterNames } from "./signature.ts";
import { stage, type Staged, type TraceInfo, Tracer } from "./stage.ts";
import { type ArrayLike, bind, currentTrace, isLive, type NDArray } from "./trace.ts";
import { flatten, LEAF, leafPaths, type PyTreeDef, showPath, unflatten } from "./tree.ts";

// -- tracing ----------------------------------------------------------------------------------

/** A function recorded for one signature. */
interface Traced extends Staged {
  readonly outDef: PyTreeDef;
  readonly outTypes: readonly ShapedArray[];
}

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

/** Signatures kept for each function; one that meets ever new shapes must not fill the memory. */
const MAX_SIGNATURES = 4096;

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
/** A tree of arrays, each described by its shape and dtype. */
export type Shapes<T> = T extends NDArray | number | bigint | boolean ? ShapeDtypeStruct
  : T extends object ? { [K in keyof T]: Shapes<T[K]> }
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
  evalShape(...args: unknown[]): Shapes<ReturnType<F>>;
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
      if (cache.size > MAX_SIGNATURES) cache.delete(cache.keys().next().value!);
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
    const call = prepare(statics, args);
    if (config.disableJit) return f(...call.rebuild(operandsOf(call)));
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
  return !(x instanceof Tracer) || isLive(x.owner);
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
 * const y = evalShape((x: np.NDArray) => np.dot(x, x.T), x);
 * assert(y.shape.join() === "1000,1000");
 * ```
 */
export function evalShape<F extends AnyFunction>(f: F, ...args: unknown[]): Shapes<ReturnType<F>> {
  const call = prepare(new Statics(f, parameterNames(f), {}), args);
  return shapesOf(traceCall(f, call, "evalShape")) as Shapes<ReturnType<F>>;
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
