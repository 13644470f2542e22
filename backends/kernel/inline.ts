/** Replaces calls and composites in a program by what they stand for. */
import { evalTrace } from "../../core/eval.ts";
import type { Jaxpr } from "../../core/jaxpr.ts";
import { evaluate, JaxprTrace, type Staged } from "../../core/stage.ts";
import { type NDArray, type Primitive, withTrace } from "../../core/trace.ts";

/** Stages a program again, looking into what holds a program or expands to other primitives. */
class InlineTrace extends JaxprTrace {
  override process<P>(
    primitive: Primitive<P>,
    args: readonly NDArray[],
    params: P,
  ): readonly NDArray[] {
    const { expand } = primitive.rules;
    if (expand !== undefined) return expand(args, params);
    const { jaxpr } = params as { jaxpr?: Jaxpr };
    return jaxpr === undefined ? super.process(primitive, args, params) : evaluate(jaxpr, args);
  }
}

/** An equal program without calls and composites. Arrays made on the way are its constants. */
export function inline(jaxpr: Jaxpr): Staged {
  const trace = new InlineTrace(evalTrace);
  const inputs = [...jaxpr.constvars, ...jaxpr.invars].map((v) => trace.input(v.aval));
  return withTrace(trace, () => trace.finish(evaluate(jaxpr, inputs)));
}
