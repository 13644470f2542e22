/** Promotion: operands of different dtypes and ranks brought to common ones, by JAX's lattice. */
import { ConcreteArray, scalarArray } from "../core/array.ts";
import { dtypeOfScalar, fromScalar, type HostScalar, isHostScalar } from "../core/convert.ts";
import {
  bool,
  defaultDType,
  type DType,
  float32,
  float64,
  int32,
  int64,
  isInexact,
  type Promotable,
  promote,
  uint64,
} from "../core/dtype.ts";
import { evalTrace } from "../core/eval.ts";
import { named } from "../core/call.ts";
import { type ArrayLike, currentTrace, NDArray, withTrace } from "../core/trace.ts";
import { convertElementType } from "../lax/convert.ts";
import { ne, select } from "../lax/logic.ts";
import { constantLike, isLargeIntegerBeside, toArray, toArrays } from "./asarray.ts";
import { broadcastArrays, promoteShapes } from "./shapes.ts";

/** `x` as another type; `x` itself if it has that type. */
export function convertTo(x: NDArray, dtype: DType, weakType = false): NDArray {
  const { aval } = x;
  if (aval.dtype === dtype && aval.weakType === weakType) return x;
  // A scalar that is known is converted now, so that a program reads `1.0:f32[]`.
  if (aval.shape.length === 0 && x instanceof ConcreteArray && currentTrace() !== evalTrace) {
    return withTrace(evalTrace, () => convertElementType(x, dtype, weakType));
  }
  return convertElementType(x, dtype, weakType);
}

/** The float or complex dtype for results of a dtype's values, as those of `np.exp`. */
export function toInexactDType(dtype: DType): DType {
  if (isInexact(dtype)) return dtype;
  return dtype === int64 || dtype === uint64 ? float64 : float32;
}
/** The dtype to compute with: int32 for booleans, else `dtype` itself. */
function toNumericDType(dtype: DType): DType {
  return dtype === bool ? int32 : dtype;
}

/** The common type of arrays and scalars, by JAX's lattice. Booleans are never weak. */
export function resultTypeOf(name: string, xs: readonly ArrayLike[]): Promotable {
  const type = promote(xs.map((x, i): Promotable => {
    if (x instanceof NDArray) return x.aval;
    if (!isHostScalar(x)) return toArray(name, x, i).aval;
    if (typeof x === "bigint") return fromScalar(x);
    if (isLargeIntegerBeside(x, xs)) {
      return { dtype: defaultDType("i"), weakType: true };
    }
    return { dtype: dtypeOfScalar(x), weakType: typeof x !== "boolean" };
  }));
  return type.dtype === bool ? STRONG_BOOL : type;
}
const STRONG_BOOL: Promotable = { dtype: bool, weakType: false };

/** An argument as an array of a type. */
function convertArgument(name: string, x: ArrayLike, position: number, type: Promotable): NDArray {
  if (x instanceof NDArray) return convertTo(x, type.dtype, type.weakType);
  if (isHostScalar(x)) return scalarArray(x, type.dtype, type.weakType);
  return convertTo(toArray(name, x, position), type.dtype, type.weakType);
}

/** Whether all are arrays already, of one type and rank: then there is nothing to promote. */
function isUniform(xs: readonly ArrayLike[]): xs is readonly NDArray[] {
  const [first] = xs;
  if (!(first instanceof NDArray)) return false;
  const { dtype, weakType, shape } = first.aval;
  if (weakType && dtype === bool && xs.length > 1) return false;
  for (let i = 1; i < xs.length; i++) {
    const x = xs[i];
    if (!(x instanceof NDArray)) return false;
    const { aval } = x;
    if (
      aval.dtype !== dtype || aval.weakType !== weakType || aval.shape.length !== shape.length
    ) return false;
  }
  return true;
}

/** The arguments as arrays of one dtype; ranks are left alone. */
export function promoteDTypes(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  return convertAll(name, xs);
}
/** {@linkcode promoteDTypes}, to floats or complex numbers. */
export function promoteDTypesInexact(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  return convertAll(name, xs, toInexactDType);
}
function convertAll(
  name: string,
  xs: readonly ArrayLike[],
  dtypeFor: (dtype: DType) => DType = (dtype) => dtype,
): NDArray[] {
  const { dtype, weakType } = resultTypeOf(name, xs);
  const type = { dtype: dtypeFor(dtype), weakType };
  return xs.map((x, i) => convertArgument(name, x, i, type));
}

/** Whether a scalar beside an array leaves the array's type as it is, by JAX's lattice. */
function yields(x: ArrayLike, { dtype, weakType }: Promotable): x is HostScalar {
  if (typeof x === "boolean") return true;
  if (typeof x !== "number" || weakType || dtype === bool) return false;
  return isInexact(dtype) || (x === (x | 0) && !Object.is(x, -0));
}
/** {@linkcode promoteArgs} of an array and a scalar that yields, the most common case of all. */
function besideScalar(xs: readonly ArrayLike[]): NDArray[] | undefined {
  if (xs.length !== 2) return undefined;
  const [x, y] = xs;
  if (x instanceof NDArray) {
    const { aval } = x;
    return yields(y, aval) ? [x, scalarArray(y, aval.dtype, aval.weakType)] : undefined;
  }
  if (!(y instanceof NDArray)) return undefined;
  const { aval } = y;
  return yields(x, aval) ? [scalarArray(x, aval.dtype, aval.weakType), y] : undefined;
}

/** The arguments as arrays of one dtype, and of ranks that `lax` takes together. */
export function promoteArgs(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  if (isUniform(xs)) return xs as NDArray[];
  return besideScalar(xs) ?? promoteShapes(convertAll(name, xs));
}
/** {@linkcode promoteArgs}, to floats or complex numbers. */
export function promoteInexact(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  const found = isUniform(xs) ? xs as NDArray[] : besideScalar(xs);
  if (found !== undefined && isInexact(found[0].aval.dtype)) return found;
  return promoteShapes(convertAll(name, xs, toInexactDType));
}
/** {@linkcode promoteArgs}, with booleans as integers. */
export function promoteNumeric(name: string, ...xs: readonly ArrayLike[]): NDArray[] {
  const found = isUniform(xs) ? xs as NDArray[] : besideScalar(xs);
  if (found !== undefined && found[0].aval.dtype !== bool) return found;
  return promoteShapes(convertAll(name, xs, toNumericDType));
}

/** {@linkcode promoteInexact} of one argument. */
export function toInexact(name: string, x: ArrayLike): NDArray {
  if (isHostScalar(x)) return promoteInexact(name, x)[0];
  const array = toArray(name, x);
  return convertTo(array, toInexactDType(array.dtype), array.weakType);
}
/** {@linkcode promoteNumeric} of one argument. */
export function toNumeric(name: string, x: ArrayLike): NDArray {
  const array = toArray(name, x);
  return convertTo(array, toNumericDType(array.dtype), array.weakType);
}

/** Elements of `x` where the condition holds, else of `y`: the three-argument `np.where`. */
export function whereElse(condition: ArrayLike, x: ArrayLike, y: ArrayLike): NDArray {
  return named("_where", toArrays("where", condition, x, y), (condition, x, y) => {
    const mask = condition.dtype === bool ? condition : ne(condition, constantLike(condition, 0));
    const values = promoteDTypes("where", x, y);
    const [which, onTrue, onFalse] = mask.ndim === 0
      ? [mask, ...broadcastArrays(...values)]
      : broadcastArrays(mask, ...values);
    return onTrue.size === 0 ? onTrue : select(which, onTrue, onFalse);
  });
}
