/** Operands of `lax` functions: arrays, and JavaScript numbers that fit in with them. */
import { scalarArray } from "../core/array.ts";
import { fromScalar, type HostScalar, isHostScalar } from "../core/convert.ts";
import {
  canonicalize,
  defaultDType,
  type DType,
  isBigInt,
  isComplex,
  isInexact,
  toDType,
} from "../core/dtype.ts";
import { describe } from "../core/errors.ts";
import { type MaybeDType, NDArray, type NoParams, type Primitive } from "../core/trace.ts";

/** What `lax` takes for an array: an array or a scalar; nothing else converts. */
export type Operand = NDArray | HostScalar;

/**
 * The arrays of some operands. A bare JavaScript number takes the dtype of the arrays beside it if
 * it can be one of that type: `lax.add(np.float32(1), 1)` is as `lax.add(np.float32(1), 1.0)` in
 * Python, since JavaScript's `1` is `1.0`. Numbers by themselves count as floats if one of them is
 * no integer, or if `floats` says that the function refuses integers.
 *
 * @throws {TypeError} for what is neither an array nor a scalar.
 */
export function operands(name: string, args: readonly Operand[], floats = false): NDArray[] {
  const beside = args.find((x): x is NDArray => x instanceof NDArray)?.dtype;
  const dtype = beside ?? (floats || args.some(isFraction) ? defaultDType("f") : undefined);
  return args.map((x, i) => {
    if (x instanceof NDArray) return x;
    if (!isHostScalar(x)) {
      throw new TypeError(
        `${name} requires ndarray or scalar arguments, got ${describe(x)} at position ${i}.`,
      );
    }
    return dtype !== undefined && holds(dtype, x) ? scalarArray(x, dtype, true) : fromScalar(x);
  });
}
function isFraction(x: unknown): boolean {
  return typeof x === "number" && fromScalar(x).dtype.kind === "f";
}
/** Whether a number, without loss of its kind, can be of a dtype. */
function holds(dtype: DType, x: HostScalar): boolean {
  if (typeof x === "boolean") return dtype.kind === "b";
  if (typeof x === "object") return isComplex(dtype);
  if (dtype.kind === "b") return false;
  if (isInexact(dtype)) return true;
  if (isBigInt(dtype) || typeof x === "bigint") return typeof x === "bigint" || Number.isInteger(x);
  const fits = scalarArray(x, dtype).item();
  return fits === x;
}
/** The array of one operand. */
export function operand(name: string, x: Operand, floats = false): NDArray {
  return x instanceof NDArray ? x : operands(name, [x], floats)[0];
}

/** The dtype that an option names, as it is in use; `undefined` for none. */
export function optionalDType(dtype: MaybeDType): DType | undefined {
  return dtype === null || dtype === undefined ? undefined : canonicalize(toDType(dtype));
}

/** A function of one operand. */
export type Unary = (x: Operand) => NDArray;
/** A function of two operands. */
export type Binary = (x: Operand, y: Operand) => NDArray;

/** The function that applies a primitive to one operand. */
export function unary(p: Primitive<NoParams>, floats = false): Unary {
  return nameAfter(
    p.name,
    (x) => p.bind([operand(p.name, x, floats)], {}),
  );
}
/** The function that applies a primitive to two operands. */
export function binary(p: Primitive<NoParams>, floats = false): Binary {
  return nameAfter(p.name, (x, y) => {
    const known = x instanceof NDArray && y instanceof NDArray;
    return p.bind(known ? [x, y] : operands(p.name, [x, y], floats), {});
  });
}
/** A function under a name for `jit` to show. */
export function nameAfter<F extends (...args: never[]) => NDArray>(name: string, f: F): F {
  return Object.defineProperty(f, "name", { value: name });
}
