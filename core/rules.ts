/** Helpers that write the rules a whole family of primitives shares. */
import { range, ShapedArray } from "./aval.ts";
import type { DType } from "./dtype.ts";
import { showShape } from "./errors.ts";
import { apply, type Expr, type ScalarOp } from "./expr.ts";
import type { CommonRules, Meanings, NoParams } from "./trace.ts";

/** NumPy's names for families of dtypes, as JAX's error texts list them. */
export type Family =
  | "bool"
  | "integer"
  | "signedinteger"
  | "unsignedinteger"
  | "floating"
  | "complexfloating";

const kinds: Record<Family, string> = {
  bool: "b",
  integer: "iu",
  signedinteger: "i",
  unsignedinteger: "u",
  floating: "f",
  complexfloating: "c",
};
/** Real and complex floats. */
export const INEXACT: readonly Family[] = ["floating", "complexfloating"];
/** All but booleans. */
export const NUMBERS: readonly Family[] = ["integer", "floating", "complexfloating"];
/** All but complex numbers. */
export const REALS: readonly Family[] = ["integer", "floating"];
/** Types with bits to operate on. */
export const BITS: readonly Family[] = ["integer", "bool"];
/** Everything. */
export const ANY: readonly Family[] = ["bool", "integer", "floating", "complexfloating"];

/** Whether a dtype belongs to one of the families. */
export function isOneOf(dtype: DType, families: readonly Family[]): boolean {
  return families.some((f) => kinds[f].includes(dtype.kind));
}

/** Throws unless each operand's dtype is accepted. `families` is for all, or one list each. */
export function checkDTypes(
  name: string,
  avals: readonly ShapedArray[],
  families: readonly Family[] | readonly (readonly Family[])[],
): void {
  avals.forEach(({ dtype }, i) => {
    const accepted = (Array.isArray(families[0]) ? families[i] : families) as readonly Family[];
    if (isOneOf(dtype, accepted)) return;
    const at = avals.length === 1 ? "" : ` at position ${i}`;
    throw new TypeError(
      `${name} does not accept dtype ${dtype.name}${at}. Accepted dtypes${at} are subtypes of ` +
        `${accepted.join(", ")}.`,
    );
  });
}

/** Throws unless all operands have one dtype. */
export function checkSameDTypes(name: string, avals: readonly ShapedArray[]): void {
  if (avals.every((a) => a.dtype === avals[0].dtype)) return;
  throw new TypeError(
    `lax.${name} requires arguments to have the same dtypes, got ` +
      `${avals.map((a) => a.dtype.name).join(", ")}. (Tip: np.${name} is a similar function that ` +
      "does automatic type promotion on inputs).",
  );
}

/**
 * The shape of an elementwise result. As in JAX, operands of rank 0 go with any shape, and so do
 * axes of length 1 among operands of equal rank; nothing else broadcasts.
 */
export function elementwiseShape(name: string, avals: readonly ShapedArray[]): readonly number[] {
  const ranked = avals.filter((a) => a.ndim > 0);
  if (ranked.length === 0) return [];
  const [first] = ranked;
  if (ranked.every((a) => a.ndim === first.ndim)) {
    const shape = first.shape.map((_, i) => {
      const lengths = ranked.map((a) => a.shape[i]).filter((n) => n !== 1);
      return lengths.every((n) => n === lengths[0]) ? lengths[0] ?? 1 : -1;
    });
    if (!shape.includes(-1)) return shape;
  }
  throw new TypeError(
    `${name} got incompatible shapes for broadcasting: ` +
      `${avals.map((a) => showShape(a.shape)).join(", ")}.`,
  );
}

/** What {@linkcode elementwise} may be told. */
export interface ElementwiseOptions {
  /** Dtypes accepted: one list for all operands, or one for each. */
  readonly accepts: readonly Family[] | readonly (readonly Family[])[];
  /** The result's dtype, where it is not the operands'. */
  readonly result?: (dtype: DType) => DType;
}

/** `type` and meaning of an elementwise primitive without params, on operands of one dtype. */
export function elementwise(
  name: string,
  op: ScalarOp | ((args: readonly Expr[]) => Expr),
  { accepts, result }: ElementwiseOptions,
): Pick<CommonRules<NoParams>, "type"> & Pick<Meanings<NoParams>, "scalar"> {
  return {
    type(avals) {
      checkDTypes(name, avals, accepts);
      checkSameDTypes(name, avals);
      const shape = elementwiseShape(name, avals);
      const [{ dtype }] = avals;
      const weak = avals.every((a) => a.weakType);
      return [new ShapedArray(shape, result?.(dtype) ?? dtype, weak && result === undefined)];
    },
    scalar: (args, _params, dtype) => typeof op === "string" ? apply(op, args, dtype) : op(args),
  };
}

/** The axes of an operand that a primitive which removes `axes` leaves. */
export function remainingAxes(ndim: number, axes: readonly number[]): number[] {
  return range(ndim).filter((i) => !axes.includes(i));
}
