/** Arrays out of nothing: of equal elements, and of positions. */
import { scalarArray } from "../core/array.ts";
import { ShapedArray } from "../core/aval.ts";
import { checkObject } from "../core/checks.ts";
import { dtypeOfScalar, isComplexScalar, isHostScalar } from "../core/convert.ts";
import {
  bool,
  canonicalize,
  type DType,
  type DTypeLike,
  isComplex,
  realPart,
  toDType,
} from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { apply, constant } from "../core/expr.ts";
import { readOptions } from "../core/options.ts";
import { checkDTypes, checkShapelike, NUMBERS } from "../core/rules.ts";
import { definePrimitive, type MaybeDType, NDArray } from "../core/trace.ts";
import { convertElementType } from "./convert.ts";
import { type Operand, operand, optionalDType } from "./operands.ts";
import { broadcast } from "./shape.ts";

// -- full -----------------------------------------------------------------------------------------

/** A value of rank 0 in a dtype. */
function fill(value: Operand, dtype: DType, weakType: boolean): NDArray {
  if (value instanceof NDArray) {
    if (value.ndim > 0) {
      throw new TypeError(
        `full must be called with scalar fillValue, got fillValue.shape ` +
          `${showShape(value.shape)}.`,
      );
    }
    return convertElementType(value, dtype, weakType);
  }
  if (!isHostScalar(value)) return operand("full", value); // says what is wrong
  if (isComplexScalar(value) && !isComplex(dtype)) {
    throw new TypeError(`full cannot convert the complex ${describe(value)} to ${dtype.name}`);
  }
  return scalarArray(value, dtype, weakType && dtype !== bool);
}

/**
 * An array of equal elements: of the value's own type unless `dtype` says which. Follows
 * `jax.lax.full`.
 *
 * @throws {TypeError} if `fillValue` isn't a scalar or `shape` no shape.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(String(lax.full([2], 7, "float32")) === "[7. 7.]");
 * ```
 */
export function full(
  shape: readonly number[],
  fillValue: Operand,
  dtype?: MaybeDType | { dtype?: MaybeDType },
): NDArray {
  const own = isHostScalar(fillValue)
    ? { dtype: dtypeOfScalar(fillValue), weakType: true }
    : operand("full", fillValue);
  const given = optionalDType(readOptions<{ dtype?: MaybeDType }>("full", ["dtype"], dtype).dtype);
  const value = fill(fillValue, given ?? own.dtype, given === undefined && own.weakType);
  return broadcast(value, shape);
}

/** Options of {@linkcode fullLike}. */
export interface FullLikeOptions {
  /** The dtype, if not that of the example. */
  dtype?: MaybeDType;
  /** The shape, if not that of the example. */
  shape?: readonly number[];
}
/**
 * An array of equal elements with the shape and dtype of `x`, unless the options differ. Follows
 * `jax.lax.full_like`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.fullLike(np.zeros(2), 7)) === "[7. 7.]");
 * ```
 */
export function fullLike(x: NDArray, fillValue: Operand, options: FullLikeOptions = {}): NDArray {
  checkObject("lax.fullLike", "the options", options);
  const like = operand("full_like", x);
  const { dtype, shape = like.shape } = options;
  const given = optionalDType(dtype);
  return broadcast(
    fill(fillValue, given ?? like.dtype, given === undefined && like.weakType),
    shape,
  );
}

// -- iota -----------------------------------------------------------------------------------------

interface IotaParams {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly dimension: number;
}
const iotaP = definePrimitive<IotaParams>("iota", {
  type(_avals, { dtype, shape, dimension }) {
    checkShapelike("iota", "shape", shape);
    const aval = new ShapedArray(shape, dtype);
    checkDTypes("iota", [aval], NUMBERS);
    if (!Number.isInteger(dimension) || dimension < 0 || dimension >= shape.length) {
      throw new RangeError(
        `iota dimension must be between 0 and len(shape), got dimension=${dimension} for ` +
          `shape=${showShape(shape)}`,
      );
    }
    return [aval];
  },
  print: ({ dtype, shape, dimension }) => ({ dimension, dtype, shape, sharding: null }),
  lower: (_args, { dtype, dimension }) => (index) => {
    const position = index[dimension];
    if (position.dtype === dtype) return position;
    const part = realPart(dtype);
    const real = apply("convert", [position], part);
    return isComplex(dtype) ? apply("complex", [real, constant(0, part)], dtype) : real;
  },
});
/**
 * `0, 1, …, size - 1`. Follows `jax.lax.iota`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(String(lax.iota("int32", 3)) === "[0 1 2]");
 * ```
 */
export function iota(dtype: DTypeLike, size: number): NDArray {
  return broadcastedIota(dtype, [size], 0);
}
/**
 * The array in which each element is its position along `dimension`. Follows
 * `jax.lax.broadcasted_iota`.
 *
 * @throws {RangeError} if there is no such axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(String(lax.broadcastedIota("int32", [2, 2], 0).tolist()) === "0,0,1,1");
 * ```
 */
export function broadcastedIota(
  dtype: DTypeLike,
  shape: readonly number[],
  dimension: number,
): NDArray {
  return iotaP.bind([], { dtype: canonicalize(toDType(dtype)), shape: [...shape], dimension });
}
