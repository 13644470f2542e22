/** What all reductions have in common: axes, dtypes, masks and initial values. */
import { fromData, scalarArray } from "../core/array.ts";
import { ShapedArray } from "../core/aval.ts";
import {
  bfloat16,
  bool,
  defaultDType,
  type DType,
  float16,
  float32,
  integerRange,
  isInexact,
  isInteger,
} from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import type { ReduceOptions } from "../core/methods.ts";
import { NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { toArray } from "./asarray.ts";
import { convertTo, whereElse } from "./promotion.ts";
import { canonicalAxes } from "./shapes.ts";

/** Options of a reduction, some of which may be missing. */
export type ReduceArguments = {
  readonly [K in keyof ReduceOptions<NDArray>]?: ReduceOptions<NDArray>[K] | undefined;
};

/** What sets one reduction apart. */
export interface Reduction {
  readonly name: string;
  /** Folds the elements along axes. */
  fold(x: NDArray, axes: readonly number[]): NDArray;
  /** Takes the initial value in. */
  combine(x: NDArray, y: NDArray): NDArray;
  /** What elements that are left out count as. */
  readonly identity: number;
  /** Whether that is the result for no elements at all. */
  readonly hasIdentity: boolean;
  /** Whether narrow integers and booleans become integers of the default width. */
  readonly promotes?: boolean;
  /** Whether half precision is folded in single precision, if no dtype is asked for. */
  readonly upcasts?: boolean;
}

/**
 * The one way to reduce.
 *
 * @throws {RangeError} for no elements or a mask, where there is neither identity nor initial value.
 */
export function reduce(x: NDArray, reduction: Reduction, options: ReduceArguments): NDArray {
  const { name, hasIdentity } = reduction;
  const { axis, dtype, keepdims, initial } = options;
  const mask = toMask(name, options.where);
  if (initial === undefined && !hasIdentity && mask !== undefined) {
    throw new RangeError(
      `reduction operation ${name} does not have an identity, so to use a where mask one has to ` +
        "specify 'initial'",
    );
  }
  const axes = canonicalAxes(axis, x.ndim);
  if (initial === undefined && !hasIdentity && axes.some((a) => x.shape[a] === 0)) {
    throw new RangeError(`zero-size array to reduction operation ${name} which has no identity`);
  }
  const resultDType = optionalDType(dtype) ??
    (reduction.promotes ? promoteInteger(x.dtype) : x.dtype);
  const upcast = reduction.upcasts && dtype === undefined;
  let operand = convertTo(x, upcast ? upcastHalf(resultDType) : resultDType);
  if (mask !== undefined) {
    operand = whereElse(mask, operand, identityOf(operand.dtype, reduction.identity));
  }
  let result = reduction.fold(operand, axes);
  if (initial !== undefined) {
    const start = convertTo(toArray(name, initial), operand.dtype);
    if (start.ndim > 0) {
      throw new RangeError(
        `initial value must be a scalar. Got array of shape ${showShape(start.shape)}`,
      );
    }
    result = reduction.combine(start, result);
  }
  if (keepdims) result = lax.expandDims(result, axes);
  return convertTo(result, resultDType);
}

/** The sum's dtype for a dtype: integers of the default width for booleans and narrow integers. */
export function promoteInteger(dtype: DType): DType {
  if (dtype === bool) return defaultDType("i");
  if (!isInteger(dtype)) return dtype;
  const wide = defaultDType(dtype.kind);
  return dtype.itemsize < wide.itemsize ? wide : dtype;
}
/** The dtype to compute in: float32 for half precision. */
export function upcastHalf(dtype: DType): DType {
  return dtype === float16 || dtype === bfloat16 ? float32 : dtype;
}

/** The scalar of a dtype nearest to a value that may be infinite. */
export function identityOf(dtype: DType, value: number): NDArray {
  if (dtype === bool) return scalarArray(value > 0, dtype);
  if (isInexact(dtype) || Number.isFinite(value)) return scalarArray(value, dtype);
  return scalarArray(integerRange(dtype)[Number(value > 0)], dtype);
}

/**
 * The mask of the option `where`.
 *
 * @throws {RangeError} if it isn't boolean.
 */
export function toMask(name: string, where: ReduceArguments["where"]): NDArray | undefined {
  if (where === undefined || where === null) return undefined;
  const mask = where instanceof NDArray || !Array.isArray(where)
    ? toArray(name, where as NDArray)
    : fromData(new ShapedArray([where.length], bool), Uint8Array.from(where, Number));
  if (mask.dtype !== bool) {
    throw new RangeError(
      `np.${name}: where must be None or a boolean array; got ` +
        `where.dtype=dtype('${mask.dtype.name}').`,
    );
  }
  return mask;
}

/** The options that there are. */
export function defined<T extends object>(
  options: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
