/** Values that have to be known: where `numpy` asks a tracer for what it does not have. */
import { ConcreteArray } from "../core/array.ts";
import { ConcretizationTypeError } from "../core/errors.ts";
import { Tracer } from "../core/stage.ts";
import type { NDArray } from "../core/trace.ts";

/**
 * The array itself, if its elements are known.
 *
 * @throws {ConcretizationTypeError} if it is traced; `context` says what needs the value.
 */
export function toConcrete(x: NDArray, context: string): ConcreteArray {
  if (x instanceof ConcreteArray) return x;
  const [description, origin] = x instanceof Tracer
    ? [x.description, x.origin]
    : [`array of type ${x.aval}`, ""];
  throw new ConcretizationTypeError(description, context, origin);
}
