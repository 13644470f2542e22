/** The bottom of the stack: primitives on concrete arrays, each run by a backend. */
import { ConcreteArray } from "./array.ts";
import type { ShapedArray } from "./aval.ts";
import { type Backend, backends, eagerBackend, type Executable } from "./backend.ts";
import { warn } from "./config.ts";
import { allDTypes } from "./dtype.ts";
import { UnexpectedTracerError } from "./errors.ts";
import { type Atom, Jaxpr, Var } from "./jaxpr.ts";
import { jaxprsIn } from "./print.ts";
import { stage, Tracer } from "./stage.ts";
import { type NDArray, type Primitive, routineNames, setBaseTrace, Trace } from "./trace.ts";
import { keyOf } from "./tree.ts";

/** A program made executable on one backend. */
export interface Compiled {
  /** The program. */
  readonly jaxpr: Jaxpr;
  /** Where it runs. */
  readonly backend: Backend;
  /** What runs. */
  readonly executable: Executable;
  /** Types of the results. */
  readonly types: readonly ShapedArray[];
}

/** Compiles a program for a backend, or for the next one that supports all of it. */
export function compile(jaxpr: Jaxpr, preferred: Backend, eager: boolean): Compiled {
  const backend = supporting(jaxpr, preferred);
  const executable = backend.compile(jaxpr, { eager });
  return { jaxpr, backend, executable, types: jaxpr.outvars.map((a) => a.aval) };
}

/** Runs a compiled program. Its arguments are its constants, then its inputs. */
export function execute(compiled: Compiled, args: readonly NDArray[]): ConcreteArray[] {
  const { backend, executable, types } = compiled;
  const buffers = args.map((x) => concrete(x).on(backend).buffer);
  const results = executable.run(buffers);
  return results.map((buffer, i) => new ConcreteArray(types[i], backend, buffer));
}

function concrete(x: NDArray): ConcreteArray {
  if (x instanceof ConcreteArray) return x;
  // A tracer can get here only after its trace is over, which it knows how to say.
  if (x instanceof Tracer) x.assertLive();
  throw new UnexpectedTracerError(x.aval.toString(), "The function being traced is not known.");
}

/** The preferred backend if it supports a whole program, else the first one that does. */
function supporting(jaxpr: Jaxpr, preferred: Backend): Backend {
  const missing = unsupported(jaxpr, preferred);
  if (missing === undefined) return preferred;
  const next = backends().find((b) => b !== preferred && unsupported(jaxpr, b) === undefined);
  if (next === undefined) {
    throw new TypeError(
      `No registered backend supports ${missing}: tried ` +
        backends().map((b) => b.name).join(", "),
    );
  }
  warn(
    "backend-fallback",
    `the ${preferred.name} backend does not support ${missing}; the ${next.name} backend runs ` +
      `this instead, and data may move between them`,
  );
  return next;
}

/** What of a program a backend lacks, if anything. */
function unsupported(jaxpr: Jaxpr, backend: Backend): string | undefined {
  if (isComplete(backend)) return undefined;
  for (const v of [...jaxpr.constvars, ...jaxpr.invars, ...jaxpr.outvars]) {
    if (!backend.supports(v.aval.dtype)) return v.aval.dtype.name;
  }
  for (const { primitive, params, invars, outvars } of jaxpr.eqns) {
    for (const v of [...invars, ...outvars]) {
      if (!backend.supports(v.aval.dtype)) return v.aval.dtype.name;
    }
    const { routine } = primitive.rules;
    if (routine !== undefined && !backend.supportsRoutine(routine)) return `routine ${routine}`;
    for (const inner of [...jaxprsIn(params), ...expansion(primitive, invars, params)]) {
      const lack = unsupported(inner, backend);
      if (lack !== undefined) return lack;
    }
  }
  return undefined;
}

/** Whether a backend lacks nothing, so that no program need be searched for what it lacks. */
function isComplete(backend: Backend): boolean {
  return allDTypes.every((d) => backend.supports(d)) &&
    routineNames.every((r) => backend.supportsRoutine(r));
}
/** The program that a composite stands for, if it is one. */
function expansion(
  primitive: Primitive<never>,
  invars: readonly Atom[],
  params: unknown,
): readonly Jaxpr[] {
  const { expand } = primitive.rules;
  if (expand === undefined) return [];
  const body = (...args: NDArray[]) => expand(args, params as never);
  return [stage(body, invars.map((a) => a.aval), evalTrace).jaxpr];
}

/** The backend of eager code on these operands: where the data is, if that is an accelerator. */
function homeOf(args: readonly NDArray[]): Backend {
  const host = eagerBackend();
  for (const x of args) {
    if (x instanceof ConcreteArray && x.backend !== host && x.backend.device.platform !== "cpu") {
      return x.backend;
    }
  }
  return host;
}

// Note [Eager programs]
//
// An eager operation is a program of one equation, compiled once for each primitive, params and
// operand types, and found again by a key. Nested maps keep the key short: backend, then primitive.

/** Programs kept for each primitive; code that meets ever new shapes must not fill the memory. */
const MAX_PROGRAMS = 2048;
const programs = new Map<Backend, Map<Primitive<never>, Map<string, Compiled>>>();

function eagerProgram<P>(
  primitive: Primitive<P>,
  args: readonly NDArray[],
  params: P,
): Compiled {
  const erased = primitive as unknown as Primitive<never>;
  const home = homeOf(args);
  let byPrimitive = programs.get(home);
  if (byPrimitive === undefined) programs.set(home, byPrimitive = new Map());
  let byType = byPrimitive.get(erased);
  if (byType === undefined) byPrimitive.set(erased, byType = new Map());
  let key = "";
  for (const x of args) key += x.aval.key;
  for (const _ in params) {
    key += keyOf(params);
    break;
  }
  let compiled = byType.get(key);
  if (compiled === undefined) {
    const avals = args.map((x) => x.aval);
    const invars = avals.map((a) => new Var(a));
    const outvars = primitive.rules.type(avals, params).map((a) => new Var(a));
    const equation = { primitive: erased, invars, params, outvars };
    compiled = compile(new Jaxpr([], invars, [equation], outvars), home, true);
    byType.set(key, compiled);
    if (byType.size > MAX_PROGRAMS) byType.delete(byType.keys().next().value!);
  }
  return compiled;
}

/** Standard evaluation. */
class EvalTrace extends Trace {
  override process<P>(
    primitive: Primitive<P>,
    args: readonly NDArray[],
    params: P,
  ): readonly NDArray[] {
    const { rules } = primitive;
    if (rules.eval !== undefined) return rules.eval(args, params);
    if (rules.expand !== undefined) {
      rules.type(args.map((x) => x.aval), params);
      return rules.expand(args, params);
    }
    return execute(eagerProgram(primitive, args, params), args);
  }
}

/** The interpreter at the bottom of the stack. */
export const evalTrace: Trace = new EvalTrace(null);
setBaseTrace(evalTrace);

/** Forgets all compiled eager programs. */
export function clearEagerPrograms(): void {
  programs.clear();
}
