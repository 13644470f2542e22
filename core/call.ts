/** A call of a program: the primitive `jit`, and the named parts that `numpy` makes of it. */
import { type Backend, getBackend } from "./backend.ts";
import { config } from "./config.ts";
import { compile, type Compiled, evalTrace, execute } from "./eval.ts";
import { Jaxpr } from "./jaxpr.ts";
import { evaluate, stage, type Staged } from "./stage.ts";
import { bind, currentTrace, definePrimitive, type NDArray } from "./trace.ts";
import { keyOf } from "./tree.ts";

/** Params of the primitive `jit`. */
export interface JitParams {
  readonly name: string;
  readonly jaxpr: Jaxpr;
  /** The name of the backend to run it on; by default the preferred one. */
  readonly backend?: string;
}

const compiled = new WeakMap<Jaxpr, Map<Backend, Compiled>>();

/** The compiled program, from the cache or anew. */
export function compiledFor(jaxpr: Jaxpr, name: string | undefined): Compiled {
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
export function hoist({ jaxpr }: Staged): Jaxpr {
  return jaxpr.constvars.length === 0
    ? jaxpr
    : new Jaxpr([], [...jaxpr.constvars, ...jaxpr.invars], jaxpr.eqns, jaxpr.outvars);
}

// Note [Named parts]
//
// A few of NumPy's functions show up as one named call in a program, as they do in JAX:
// `jit[name=_where jaxpr={…}]`. Eagerly the call is not there at all: `body` runs op by op.

/** Parts kept; code that meets ever new shapes must not fill the memory. */
const MAX_PARTS = 4096;
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
    if (parts.size > MAX_PARTS) parts.delete(parts.keys().next().value!);
  }
  return bind(jitP, args, { name, jaxpr });
}
