/** From one dtype to another: by value, and by bits. */
import { scalarArray } from "../core/array.ts";
import type { ShapedArray } from "../core/aval.ts";
import { warn } from "../core/config.ts";
import { isHostScalar } from "../core/convert.ts";
import {
  canonicalize,
  type DType,
  type DTypeLike,
  isComplex,
  toDType,
  uint16,
  uint32,
  uint64,
  uint8,
} from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { apply, constant, type Expr, mulIndex } from "../core/expr.ts";
import { definePrimitive, type Delayed, type NDArray } from "../core/trace.ts";
import { type Operand, operand } from "./operands.ts";

// -- convert_element_type ---------------------------------------------------------------------

interface ConvertParams {
  readonly newDtype: DType;
  readonly weakType: boolean;
}
const convertElementTypeP = definePrimitive<ConvertParams>("convert_element_type", {
  type: ([x], { newDtype, weakType }) => [x.with({ dtype: newDtype, weakType })],
  scalar: ([x], _params, dtype) => apply("convert", [x], dtype),
});

/**
 * `x` converted to another dtype, by value: floats are rounded towards zero to integers and moved
 * into their range (NaN is 0), integers drop the bits that don't fit, complex numbers their
 * imaginary part, with a warning. 64-bit dtypes narrow unless `config.enableX64`. Follows
 * `jax.lax.convert_element_type`.
 *
 * @throws {TypeError} if there is no such dtype.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = lax.convertElementType(np.array([1.7, -1.7]), "int32");
 * assert(String(x) === "[ 1 -1]");
 * ```
 */
export function convertElementType(
  x: Operand,
  newDtype: DTypeLike,
  weakType = false,
): NDArray {
  const dtype = canonicalize(toDType(newDtype));
  if (isHostScalar(x)) return scalarArray(x, dtype, weakType);
  const array = operand("convert_element_type", x);
  if (array.dtype === dtype && array.weakType === weakType) return array;
  if (isComplex(array.dtype) && !isComplex(dtype)) {
    warn("complex", "Casting complex values to real discards the imaginary part; use np.real(x)");
  }
  return convertElementTypeP.bind([array], { newDtype: dtype, weakType });
}

// -- bitcast_convert_type ---------------------------------------------------------------------

/** The unsigned integers of as many bytes as a dtype's elements. */
const bitsOfSize: Readonly<Record<number, DType>> = { 1: uint8, 2: uint16, 4: uint32, 8: uint64 };
const bitsOf = ({ itemsize }: DType): DType => bitsOfSize[itemsize];

/** The element at a place, as the sum of the narrower ones along the operand's last axis. */
function widened(x: Delayed, dtype: DType, index: readonly Expr[]): Expr {
  const [word, part] = [bitsOf(dtype), bitsOf(x.aval.dtype)];
  let bits: Expr | undefined;
  for (let i = 0; i < dtype.itemsize / part.itemsize; i++) {
    const narrow = apply("bitcast", [x.at([...index, constant(i)])], part);
    const wide = apply("convert", [narrow], word);
    const shifted = apply("shiftLeft", [wide, constant(8 * part.itemsize * i, word)]);
    bits = bits === undefined ? shifted : apply("or", [bits, shifted]);
  }
  return apply("bitcast", [bits!], dtype);
}
/** One of the narrower elements that an element falls into, as the last index says. */
function narrowed(x: Delayed, dtype: DType, index: readonly Expr[]): Expr {
  const [word, part] = [bitsOf(x.aval.dtype), bitsOf(dtype)];
  const outer = index.slice(0, -1);
  const distance = apply("convert", [mulIndex(index[index.length - 1], 8 * part.itemsize)], word);
  const bits = apply("shiftRightLogical", [apply("bitcast", [x.at(outer)], word), distance]);
  return apply("bitcast", [apply("convert", [bits], part)], dtype);
}

const bitcastConvertTypeP = definePrimitive<{ readonly newDtype: DType }>("bitcast_convert_type", {
  type([x], { newDtype }) {
    const ratio = x.dtype.itemsize / newDtype.itemsize;
    if (ratio === 1) return [x.with({ dtype: newDtype, weakType: false })];
    checkBitcast(x, newDtype);
    const shape = ratio > 1 ? [...x.shape, ratio] : x.shape.slice(0, -1);
    return [x.with({ shape, dtype: newDtype, weakType: false })];
  },
  lower: ([x], { newDtype }) => (index) => {
    const { itemsize } = x.aval.dtype;
    if (itemsize === newDtype.itemsize) return apply("bitcast", [x.at(index)], newDtype);
    return itemsize < newDtype.itemsize
      ? widened(x, newDtype, index)
      : narrowed(x, newDtype, index);
  },
});
function checkBitcast(x: ShapedArray, newDtype: DType): void {
  const [from, to] = [8 * x.dtype.itemsize, 8 * newDtype.itemsize];
  if (from >= to || x.shape[x.ndim - 1] * from === to) return;
  throw new RangeError(
    `Attempting to convert array of shape ${showShape(x.shape)} from ${x.dtype.name} of size ` +
      `${from} bits to ${newDtype.name} of size ${to}, bits but ` +
      (x.ndim === 0 ? "it has no last axis to merge" : `${x.shape[x.ndim - 1]} * ${from} != ${to}`),
  );
}

/**
 * The bits of `x` read as another dtype. Elements fall into narrower ones along a new last axis, or
 * merge into wider ones along the last axis, the low bits first. Follows
 * `jax.lax.bitcast_convert_type`.
 *
 * @throws {TypeError} for booleans and complex numbers.
 * @throws {RangeError} if the last axis does not hold the bits of one wider element.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(lax.bitcastConvertType(np.float32(1), "uint32").item() === 0x3f800000);
 * ```
 */
export function bitcastConvertType(x: Operand, newDtype: DTypeLike): NDArray {
  const array = operand("bitcast_convert_type", x);
  const dtype = canonicalize(toDType(newDtype));
  const opaque = [array.dtype, dtype].some((d) => d.kind === "b" || isComplex(d));
  if (opaque && array.dtype !== dtype) {
    throw new TypeError(
      "lax.bitcastConvertType does not support bool or complex values unless the operand and " +
        `destination types match. Got operand dtype=${array.dtype.name}, new_dtype=${dtype.name}. ` +
        "Convert them with lax.convertElementType instead",
    );
  }
  return opaque ? array : bitcastConvertTypeP.bind([array], { newDtype: dtype });
}
