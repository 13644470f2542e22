/** Helpers that write the rules a whole family of primitives shares. */
import { range, ShapedArray } from "./aval.ts";
import { joined, type Parts, partsOf } from "./complex.ts";
import { type DType, isComplex } from "./dtype.ts";
import { describe, showShape } from "./errors.ts";
import { apply, constant, type Expr, type ScalarOp } from "./expr.ts";
import type { CommonRules, Meanings, NoParams } from "./trace.ts";

/** NumPy's names for families of dtypes, as JAX's error texts list them. */
export type Family =
  | "bool"
  | "integer"
  | "signedinteger"
  | "unsignedinteger"
  | "floating"
  | "complexfloating"
  | "number"
  | "float32"
  | "float64";

const kinds: Record<Family, string> = {
  bool: "b",
  integer: "iu",
  signedinteger: "i",
  unsignedinteger: "u",
  floating: "f",
  complexfloating: "c",
  number: "iufc",
  float32: "",
  float64: "",
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
  return families.some((f) => f === dtype.name || kinds[f].includes(dtype.kind));
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

/** Throws unless all operands have one dtype. `similar` is what promotes, in `numpy`. */
export function checkSameDTypes(
  name: string,
  avals: readonly ShapedArray[],
  similar?: string,
): void {
  if (avals.every((a) => a.dtype === avals[0].dtype)) return;
  const tip = similar === undefined ? "" : ` (Tip: np.${similar} is a similar function that does ` +
    "automatic type promotion on inputs).";
  throw new TypeError(
    `lax.${name} requires arguments to have the same dtypes, got ` +
      `${avals.map((a) => a.dtype.name).join(", ")}.${tip}`,
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
  } else {
    const ranks = [...new Set(ranked.map((a) => a.ndim))].sort((a, b) => a - b);
    throw new TypeError(
      `${name}: arrays must have the same number of dimensions, got {${
        ranks.join(", ")
      }}; reshape ` +
        "or broadcast them, or use numpy's functions, which broadcast",
    );
  }
  throw new TypeError(
    `${name} got incompatible shapes for broadcasting: ` +
      `${avals.map((a) => showShape(a.shape)).join(", ")}.`,
  );
}

/** Where an elementwise operation reads an operand: rank 0 and axes of length 1 stay put. */
export function elementIndex(
  operand: readonly number[],
  out: readonly number[],
  index: readonly Expr[],
): readonly Expr[] {
  return operand.map((n, i) => n === out[i] ? index[i] : constant(0));
}

/** What {@linkcode elementwise} may be told. */
export interface ElementwiseOptions {
  /** Dtypes accepted: one list for all operands, or one for each. */
  readonly accepts: readonly Family[] | readonly (readonly Family[])[];
  /** The result's dtype, where it is not the operands'. */
  readonly result?: (dtype: DType) => DType;
  /** The meaning on complex operands in real terms, unless `core/complex.ts` knows it. */
  readonly complex?: (...args: readonly Parts[]) => Parts | Expr;
  /** The function of `numpy` that promotes dtypes where this one throws. */
  readonly numpy?: string;
}

/** `type` and meaning of an elementwise primitive without params, on operands of one dtype. */
export function elementwise(
  name: string,
  op: ScalarOp | ((args: readonly Expr[]) => Expr),
  { accepts, result, complex, numpy }: ElementwiseOptions,
): Pick<CommonRules<NoParams>, "type"> & Pick<Meanings<NoParams>, "scalar"> {
  return {
    type(avals) {
      checkDTypes(name, avals, accepts);
      checkSameDTypes(name, avals, numpy);
      const shape = elementwiseShape(name, avals);
      const [{ dtype }] = avals;
      const weak = avals.every((a) => a.weakType);
      return [new ShapedArray(shape, result?.(dtype) ?? dtype, weak)];
    },
    scalar(args, _params, dtype) {
      if (complex !== undefined && isComplex(args[0].dtype)) {
        const value = complex(...args.map(partsOf));
        return "kind" in value ? value : joined(value, dtype);
      }
      return typeof op === "string" ? apply(op, args, dtype) : op(args);
    },
  };
}

/** The axes of an operand that a primitive which removes `axes` leaves. */
export function remainingAxes(ndim: number, axes: readonly number[]): number[] {
  return range(ndim).filter((i) => !axes.includes(i));
}

/**
 * The axis that `axis` names, counted from the beginning.
 *
 * @throws {RangeError} if there is no such axis, in NumPy's words.
 */
export function canonicalAxis(axis: number, ndim: number): number {
  if (!Number.isInteger(axis)) {
    throw new TypeError(`${describe(axis)} cannot be interpreted as an integer, so is no axis`);
  }
  if (axis < -ndim || axis >= ndim) {
    throw new RangeError(`axis ${axis} is out of bounds for array of dimension ${ndim}`);
  }
  return axis < 0 ? axis + ndim : axis;
}

/** Throws unless all numbers are integers and none is negative: lengths, positions, axes. */
export function checkShapelike(name: string, argument: string, numbers: readonly number[]): void {
  if (!numbers.every((n) => Number.isInteger(n))) {
    throw new TypeError(
      `${name} ${argument} must have every element be an integer type, got ` +
        `${showShape(numbers)}.`,
    );
  }
  if (!numbers.every((n) => n >= 0)) {
    throw new TypeError(
      `${name} ${argument} must have every element be nonnegative, got ${showShape(numbers)}.`,
    );
  }
}
