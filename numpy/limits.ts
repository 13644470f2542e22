/** What numbers a dtype can hold. */
import {
  bfloat16,
  bool,
  type DType,
  type DTypeLike,
  float16,
  float32,
  float64,
  integerRange,
  isInexact,
  isInteger,
  realPart,
  toDType,
} from "../core/dtype.ts";
import { NDArray } from "../core/trace.ts";

/** Machine limits of a float dtype, under NumPy's names. See {@linkcode finfo}. */
export class FloatInfo {
  /** Bits of one number. */
  readonly bits: number;
  /** Bits of the exponent. */
  readonly nexp: number;
  /** Bits of the mantissa that are stored. */
  readonly nmant: number;
  /** The exponent of the smallest normal number. */
  readonly minexp: number;
  /** The smallest exponent that overflows. */
  readonly maxexp: number;
  /** The distance from 1 to the next larger number. */
  readonly eps: number;
  /** The distance from 1 to the next smaller number. */
  readonly epsneg: number;
  /** The largest number. */
  readonly max: number;
  /** The most negative number. */
  readonly min: number;
  /** The smallest positive number of full precision. */
  readonly tiny: number;
  /** Alias of `tiny`. */
  readonly smallestNormal: number;
  /** The smallest positive number. */
  readonly smallestSubnormal: number;
  /** How many decimal digits are sure. */
  readonly precision: number;
  /** `10 ** -precision`. */
  readonly resolution: number;

  /** The limits of a dtype whose exponent has so many bits. */
  constructor(
    /** The dtype; of a complex one, that of its parts. */
    readonly dtype: DType,
    exponentBits: number,
  ) {
    this.bits = dtype.itemsize * 8;
    this.nexp = exponentBits;
    this.nmant = this.bits - exponentBits - 1;
    this.maxexp = 2 ** (exponentBits - 1);
    this.minexp = 2 - this.maxexp;
    this.eps = 2 ** -this.nmant;
    this.epsneg = this.eps / 2;
    this.max = (2 - this.eps) * 2 ** (this.maxexp - 1);
    this.min = -this.max;
    this.tiny = this.smallestNormal = 2 ** this.minexp;
    this.smallestSubnormal = this.tiny * this.eps;
    this.precision = Math.floor(this.nmant * Math.log10(2));
    this.resolution = Number(`1e-${this.precision}`);
  }
  /** NumPy's form. */
  toString(): string {
    const { resolution, min, max, dtype } = this;
    return `finfo(resolution=${resolution}, min=${min}, max=${max}, dtype=${dtype})`;
  }
}

/** The range of an integer dtype. See {@linkcode iinfo}. */
export class IntegerInfo {
  /** Bits of one number. */
  readonly bits: number;
  /** The smallest number; of 64-bit types, a `bigint`. */
  readonly min: number | bigint;
  /** The largest number; of 64-bit types, a `bigint`. */
  readonly max: number | bigint;

  /** The range of a dtype. */
  constructor(
    /** The dtype. */
    readonly dtype: DType,
  ) {
    this.bits = dtype.itemsize * 8;
    const [min, max] = integerRange(dtype);
    this.min = this.bits === 64 ? min : Number(min);
    this.max = this.bits === 64 ? max : Number(max);
  }
  /** NumPy's form. */
  toString(): string {
    return `iinfo(min=${this.min}, max=${this.max}, dtype=${this.dtype})`;
  }
}

const floats = new Map<DType, FloatInfo>(
  ([[float16, 5], [bfloat16, 8], [float32, 8], [float64, 11]] as const)
    .map(([dtype, exponentBits]) => [dtype, new FloatInfo(dtype, exponentBits)]),
);

function dtypeOf(x: DTypeLike | NDArray): DType {
  return x instanceof NDArray ? x.dtype : toDType(x);
}

/**
 * Machine limits of a float or complex dtype.
 *
 * @throws {RangeError} for other dtypes.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.finfo(np.float32).eps === 2 ** -23);
 * ```
 */
export function finfo(dtype: DTypeLike | NDArray): FloatInfo {
  const given = dtypeOf(dtype);
  const info = isInexact(given) ? floats.get(realPart(given)) : undefined;
  if (info === undefined) {
    throw new RangeError(`data type ${given.name} not inexact; np.iinfo is for integers`);
  }
  return info;
}

/**
 * The range of an integer dtype.
 *
 * @throws {RangeError} for other dtypes.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.iinfo("int8").max === 127);
 * ```
 */
export function iinfo(dtype: DTypeLike | NDArray): IntegerInfo {
  const given = dtypeOf(dtype);
  if (isInteger(given)) return new IntegerInfo(given);
  throw new RangeError(
    `Invalid integer data type '${given === bool ? "b" : given.kind}'; np.finfo is for floats`,
  );
}
