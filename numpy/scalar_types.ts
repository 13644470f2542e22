/**
 * The dtypes under NumPy's names, as functions that make arrays: `np.float32(1)`; and questions
 * about dtypes.
 */
import * as dtypes from "../core/dtype.ts";
import {
  canonicalize,
  type DType,
  type DTypeKind,
  type DTypeLike,
  type Promotable,
  promote,
  setScalarConstructor,
  toDType,
} from "../core/dtype.ts";
import { type ArrayLike, NDArray, type NestedArrayLike } from "../core/trace.ts";
import { isHostScalar, isTypedArray } from "../core/convert.ts";
import { asarray } from "./array.ts";
import { userDType } from "./asarray.ts";
import { resultTypeOf } from "./promotion.ts";

// -- scalar types -------------------------------------------------------------------------------

/** A dtype that makes arrays of its type when called. */
export interface ScalarType extends DType {
  /** The value as an array of this dtype; lists work too, as in JAX. */
  (value: NestedArrayLike): NDArray;
}
setScalarConstructor((value, dtype) => asarray(value as NestedArrayLike, dtype));

/** True and false. */
export const bool_: ScalarType = dtypes.bool as ScalarType;
/** Alias of {@linkcode bool_}. */
export const bool: ScalarType = bool_;
/** 8-bit signed integers. */
export const int8: ScalarType = dtypes.int8 as ScalarType;
/** 16-bit signed integers. */
export const int16: ScalarType = dtypes.int16 as ScalarType;
/** 32-bit signed integers. */
export const int32: ScalarType = dtypes.int32 as ScalarType;
/** 64-bit signed integers; int32 unless `config.enableX64`. */
export const int64: ScalarType = dtypes.int64 as ScalarType;
/** Alias of {@linkcode int64}. */
export const int_: ScalarType = int64;
/** 8-bit unsigned integers. */
export const uint8: ScalarType = dtypes.uint8 as ScalarType;
/** 16-bit unsigned integers. */
export const uint16: ScalarType = dtypes.uint16 as ScalarType;
/** 32-bit unsigned integers. */
export const uint32: ScalarType = dtypes.uint32 as ScalarType;
/** 64-bit unsigned integers; uint32 unless `config.enableX64`. */
export const uint64: ScalarType = dtypes.uint64 as ScalarType;
/** Alias of {@linkcode uint64}. */
export const uint: ScalarType = uint64;
/** IEEE 754 half precision. */
export const float16: ScalarType = dtypes.float16 as ScalarType;
/** Brain float: float32 with 8 bits of precision. */
export const bfloat16: ScalarType = dtypes.bfloat16 as ScalarType;
/** IEEE 754 single precision. */
export const float32: ScalarType = dtypes.float32 as ScalarType;
/** Alias of {@linkcode float32}. */
export const single: ScalarType = float32;
/** IEEE 754 double precision; float32 unless `config.enableX64`. */
export const float64: ScalarType = dtypes.float64 as ScalarType;
/** Alias of {@linkcode float64}. */
export const double: ScalarType = float64;
/** Alias of {@linkcode float64}. */
export const float_: ScalarType = float64;
/** A pair of float32. */
export const complex64: ScalarType = dtypes.complex64 as ScalarType;
/** Alias of {@linkcode complex64}. */
export const csingle: ScalarType = complex64;
/** A pair of float64; complex64 unless `config.enableX64`. */
export const complex128: ScalarType = dtypes.complex128 as ScalarType;
/** Alias of {@linkcode complex128}. */
export const cdouble: ScalarType = complex128;
/** Alias of {@linkcode complex128}. */
export const complex_: ScalarType = complex128;

/**
 * The dtype of a name, of a dtype, or of an array's elements.
 *
 * @throws {TypeError} if there is none.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.dtype("float32") === np.float32);
 * ```
 */
export function dtype(like: DTypeLike | NDArray): DType {
  return like instanceof NDArray ? like.dtype : toDType(like);
}

// -- kinds --------------------------------------------------------------------------------------

/** A family of dtypes, for {@linkcode issubdtype}. */
export class AbstractDType {
  /** The family of the dtypes of some kinds. */
  constructor(
    /** NumPy's name. */
    readonly name: string,
    /** The kinds of the family's dtypes. */
    readonly kinds: readonly DTypeKind[],
  ) {}
  /** The name. */
  toString(): string {
    return this.name;
  }
}
/** All dtypes. */
export const generic: AbstractDType = new AbstractDType("generic", ["b", "i", "u", "f", "c"]);
/** All dtypes but bool. */
export const number: AbstractDType = new AbstractDType("number", ["i", "u", "f", "c"]);
/** Signed and unsigned integers. */
export const integer: AbstractDType = new AbstractDType("integer", ["i", "u"]);
/** Signed integers. */
export const signedinteger: AbstractDType = new AbstractDType("signedinteger", ["i"]);
/** Unsigned integers. */
export const unsignedinteger: AbstractDType = new AbstractDType("unsignedinteger", ["u"]);
/** Floats and complex numbers. */
export const inexact: AbstractDType = new AbstractDType("inexact", ["f", "c"]);
/** Floats. */
export const floating: AbstractDType = new AbstractDType("floating", ["f"]);
/** Complex numbers. */
export const complexfloating: AbstractDType = new AbstractDType("complexfloating", ["c"]);

/**
 * Whether a dtype, or a family of them, is of a family or equal to a dtype.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.issubdtype("int8", np.integer) && !np.issubdtype("int8", np.floating));
 * ```
 */
export function issubdtype(x: DTypeLike | AbstractDType, y: DTypeLike | AbstractDType): boolean {
  if (!(y instanceof AbstractDType)) {
    const dtype = toDType(y);
    return !(x instanceof AbstractDType) && toDType(x) === dtype;
  }
  const kinds = x instanceof AbstractDType ? x.kinds : [toDType(x).kind];
  return kinds.every((kind) => y.kinds.includes(kind));
}

/** The kinds of the array API. */
const kindNames: Readonly<Record<string, readonly DTypeKind[]>> = {
  "bool": ["b"],
  "signed integer": ["i"],
  "unsigned integer": ["u"],
  "integral": ["i", "u"],
  "real floating": ["f"],
  "complex floating": ["c"],
  "numeric": ["i", "u", "f", "c"],
};

/**
 * Whether a dtype is of a kind, by the array API's names (`"integral"`, `"real floating"`, …), is a
 * given dtype, or is any of several such.
 *
 * @throws {RangeError} for an unknown kind.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.isdtype("int8", "integral") && np.isdtype("bool", ["bool", "numeric"]));
 * ```
 */
export function isdtype(
  dtype: DTypeLike,
  kind: DTypeLike | string | readonly (DTypeLike | string)[],
): boolean {
  const given = toDType(dtype);
  const kinds = (Array.isArray(kind) ? kind : [kind]) as readonly (DType | string)[];
  return kinds.map((k) => isOfKind(given, k)).includes(true);
}
function isOfKind(dtype: DType, kind: DType | string): boolean {
  if (typeof kind !== "string") return dtype === kind;
  if (Object.hasOwn(kindNames, kind)) return kindNames[kind].includes(dtype.kind);
  const named = dtypes.allDTypes.find((d) => d.name === kind);
  if (named !== undefined) return dtype === named;
  throw new RangeError(
    `Unrecognized kind='${kind}' expected one of [${
      Object.keys(kindNames).map((k) => `'${k}'`).join(", ")
    }], or a dtype`,
  );
}

// -- promotion ----------------------------------------------------------------------------------

/**
 * The dtype that two dtypes promote to, by JAX's lattice.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.promoteTypes("int8", "uint8") === np.int16);
 * ```
 */
export function promoteTypes(x: DTypeLike, y: DTypeLike): DType {
  return dtypes.promoteTypes(toDType(x), toDType(y));
}

/**
 * The dtype of an operation on arrays, scalars and dtypes.
 *
 * @throws {RangeError} if there are none.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.resultType(np.arange(3), 1.5) === np.float32);
 * ```
 */
export function resultType(...xs: readonly (ArrayLike | DTypeLike)[]): DType {
  if (xs.length === 0) throw new RangeError("at least one array or dtype is required");
  return canonicalize(
    promote(
      xs.map((x): Promotable =>
        isArrayLike(x)
          ? resultTypeOf("resultType", [x])
          : { dtype: userDType("resultType", x), weakType: false }
      ),
    ).dtype,
  );
}
function isArrayLike(x: ArrayLike | DTypeLike): x is ArrayLike {
  return x instanceof NDArray || isHostScalar(x) || isTypedArray(x);
}

/** What {@linkcode canCast} may allow. */
export type Casting = "no" | "equiv" | "safe" | "same_kind" | "unsafe";

/**
 * Whether a conversion keeps every value (`"safe"`), keeps at least the kind of numbers
 * (`"same_kind"`), or keeps the dtype (`"no"`).
 *
 * @throws {RangeError} for an unknown way of casting.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.canCast("int16", "float32") && !np.canCast("int32", "float32"));
 * ```
 */
export function canCast(
  from: DTypeLike | NDArray,
  to: DTypeLike,
  casting: Casting = "safe",
): boolean {
  if (isHostScalar(from)) {
    throw new TypeError("canCast() does not support JavaScript numbers; name their dtype");
  }
  const [x, y] = [dtype(from), toDType(to)];
  switch (casting) {
    case "no":
    case "equiv":
      return x === y;
    case "safe":
      return isSafe(x, y);
    case "same_kind":
      return isSafe(x, y) || "buifc".indexOf(x.kind) <= "buifc".indexOf(y.kind);
    case "unsafe":
      return true;
    default:
      throw new RangeError(
        `casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${casting}')`,
      );
  }
}
function isSafe(x: DType, y: DType): boolean {
  if (x === y || x.kind === "b") return true;
  if (y.kind === "b" || (y.kind === "u" && x.kind !== "u")) return false;
  const [xSize, ySize] = [x, y].map((d) => dtypes.realPart(d).itemsize);
  if (dtypes.isInexact(x)) {
    if (!dtypes.isInexact(y) || (x.kind === "c" && y.kind === "f")) return false;
    return ySize > xSize || (ySize === xSize && y.kind === "c");
  }
  if (dtypes.isInexact(y)) return ySize >= Math.min(8, 2 * xSize);
  return x.kind === y.kind ? ySize >= xSize : ySize > xSize;
}
