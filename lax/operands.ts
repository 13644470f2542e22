/** Operands of `lax` functions: arrays, and JavaScript numbers that fit in with them. */
import { scalarArray } from "../core/array.ts";
import { fromScalar, type HostScalar, isHostScalar } from "../core/convert.ts";
import { defaultDType, type DType, isBigInt, isComplex, isInexact } from "../core/dtype.ts";
import { describe } from "../core/errors.ts";
import { NDArray } from "../core/trace.ts";

/** What `lax` takes for an array: an array or a scalar; nothing else converts. */
export type Operand = NDArray | HostScalar;

/**
 * The arrays of some operands. A bare JavaScript number takes the dtype of the arrays beside it if
 * it can be one of that type: `lax.add(np.float32(1), 1)` is as `lax.add(np.float32(1), 1.0)` in
 * Python, since JavaScript's `1` is `1.0`.
 *
 * @throws {TypeError} for what is neither an array nor a scalar.
 */
export function operands(name: string, args: readonly Operand[]): NDArray[] {
  const beside = args.find((x): x is NDArray => x instanceof NDArray)?.dtype;
  const dtype = beside ?? (args.some(isFraction) ? defaultDType("f") : undefined);
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
export function operand(name: string, x: Operand): NDArray {
  return operands(name, [x])[0];
}
