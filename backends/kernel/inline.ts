/** Replaces calls and composites in a program by what they stand for, and equal steps by one. */
import { evalTrace } from "../../core/eval.ts";
import { Jaxpr, liveEquations, Var } from "../../core/jaxpr.ts";
import { evaluate, JaxprTrace, type Staged } from "../../core/stage.ts";
import { type NDArray, type Primitive, withTrace } from "../../core/trace.ts";
import { keyOf } from "../../core/tree.ts";

/** Stages a program again, looking into what holds a program or expands to other primitives. */
class InlineTrace extends JaxprTrace {
  readonly #results = new Map<string, readonly NDArray[]>();

  override process<P>(
    primitive: Primitive<P>,
    args: readonly NDArray[],
    params: P,
  ): readonly NDArray[] {
    const { expand } = primitive.rules;
    if (expand !== undefined) return expand(args, params);
    const { jaxpr } = params as { jaxpr?: Jaxpr };
    if (jaxpr !== undefined) return evaluate(jaxpr, args);
    const key = `${primitive.name}${keyOf(params)}${args.map((x) => this.#keyOf(x)).join()}`;
    let results = this.#results.get(key);
    if (results === undefined) {
      this.#results.set(key, results = super.process(primitive, args, params));
    }
    return results;
  }
  /** Equal for operands that are known to be equal. */
  #keyOf(x: NDArray): string {
    const atom = this.atom(x);
    return atom instanceof Var ? keyOf(atom) : `${keyOf(atom.value)}:${atom.aval.key}`;
  }
}

/**
 * An equal program without calls and composites, in which nothing is computed twice or in vain.
 * Arrays made on the way are its constants.
 */
export function inline(jaxpr: Jaxpr): Staged {
  const trace = new InlineTrace(evalTrace);
  const inputs = [...jaxpr.constvars, ...jaxpr.invars].map((v) => trace.input(v.aval));
  const { jaxpr: all, captured } = withTrace(trace, () => trace.finish(evaluate(jaxpr, inputs)));
  const { constvars, invars, eqns, outvars } = all;
  return { jaxpr: new Jaxpr(constvars, invars, liveEquations(eqns, outvars), outvars), captured };
}
