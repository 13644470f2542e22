/** Element types, JAX's promotion lattice, and the typed arrays that store them. */
import { config } from "./config.ts";
import { show } from "./errors.ts";

/** The names of the element types. */
export type DTypeName =
  | "bool"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128";

/** `b`ool, signed `i`nteger, `u`nsigned integer, `f`loat or `c`omplex. */
export type DTypeKind = "b" | "i" | "u" | "f" | "c";

/**
 * Host storage of an array's elements, row-major. Booleans are bytes, bfloat16 the upper half of a
 * float32 as a uint16, complex numbers interleaved real and imaginary parts.
 */
export type TypedArray =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float16Array
  | Float32Array
  | Float64Array;

/** A constructor of {@linkcode TypedArray}s. */
export interface TypedArrayConstructor {
  /** Zeros. */
  new (length: number): TypedArray;
  /** A view of memory. */
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TypedArray;
  /** Bytes of one stored value. */
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * An element type. There is one object for each, so types compare with `===`. As exported from
 * `numpy` it is callable: `np.float32(1)` makes an array of that type.
 */
export interface DType {
  /** NumPy's name, such as `float32`. */
  readonly name: DTypeName;
  /** The family of the type. */
  readonly kind: DTypeKind;
  /** Bytes of one element. */
  readonly itemsize: number;
  /** JAX's abbreviation in printed programs, such as `f32`. */
  readonly short: string;
  /** The typed array that stores elements on the host. */
  readonly storage: TypedArrayConstructor;
}

/** A dtype or its name. */
export type DTypeLike = DType | DTypeName;

/** What a callable dtype does; `numpy` supplies it, since it knows how to make arrays. */
let construct: (value: unknown, dtype: DType) => unknown = (_value, dtype) => {
  throw new TypeError(`${dtype.name}(...) makes arrays once denojax's mod.ts is imported`);
};

/** Sets what calling a dtype does. */
export function setScalarConstructor(f: (value: unknown, dtype: DType) => unknown): void {
  construct = f;
}

const byName = new Map<string, DType>();

function define(
  name: DTypeName,
  kind: DTypeKind,
  itemsize: number,
  short: string,
  storage: TypedArrayConstructor,
): DType {
  const call: (value: unknown) => unknown = (value) => construct(value, dtype);
  Object.defineProperty(call, "name", { value: name });
  const fields = { kind, itemsize, short, storage, toString: () => name };
  const dtype = Object.assign(call, fields) as unknown as DType;
  Object.defineProperty(dtype, Symbol.for("Deno.customInspect"), {
    value: () => `dtype('${name}')`,
  });
  byName.set(name, dtype);
  return dtype;
}

/** True and false. */
export const bool: DType = define("bool", "b", 1, "bool", Uint8Array);
/** 8-bit signed integers. */
export const int8: DType = define("int8", "i", 1, "i8", Int8Array);
/** 16-bit signed integers. */
export const int16: DType = define("int16", "i", 2, "i16", Int16Array);
/** 32-bit signed integers. */
export const int32: DType = define("int32", "i", 4, "i32", Int32Array);
/** 64-bit signed integers; only with `config.enableX64`. */
export const int64: DType = define("int64", "i", 8, "i64", BigInt64Array);
/** 8-bit unsigned integers. */
export const uint8: DType = define("uint8", "u", 1, "u8", Uint8Array);
/** 16-bit unsigned integers. */
export const uint16: DType = define("uint16", "u", 2, "u16", Uint16Array);
/** 32-bit unsigned integers. */
export const uint32: DType = define("uint32", "u", 4, "u32", Uint32Array);
/** 64-bit unsigned integers; only with `config.enableX64`. */
export const uint64: DType = define("uint64", "u", 8, "u64", BigUint64Array);
/** IEEE 754 half precision. */
export const float16: DType = define("float16", "f", 2, "f16", Float16Array);
/** Brain float: float32 with 8 bits of precision. */
export const bfloat16: DType = define("bfloat16", "f", 2, "bf16", Uint16Array);
/** IEEE 754 single precision. */
export const float32: DType = define("float32", "f", 4, "f32", Float32Array);
/** IEEE 754 double precision; only with `config.enableX64`. */
export const float64: DType = define("float64", "f", 8, "f64", Float64Array);
/** A pair of float32. */
export const complex64: DType = define("complex64", "c", 8, "c64", Float32Array);
/** A pair of float64; only with `config.enableX64`. */
export const complex128: DType = define("complex128", "c", 16, "c128", Float64Array);

/** All dtypes, in NumPy's order of kinds. */
export const allDTypes: readonly DType[] = [...byName.values()];

/**
 * The dtype that `like` names.
 *
 * @throws {TypeError} if there is no such dtype, in NumPy's words.
 */
export function toDType(like: DTypeLike): DType {
  const callable = typeof like === "function";
  const dtype = byName.get(callable ? (like as DType).name : like as string);
  // A function that is no dtype, such as Float32Array.
  if (dtype === undefined || (callable && like !== dtype)) {
    const shown = callable ? (like as DType).name : show(like);
    throw new TypeError(
      `data type '${shown}' not understood; the dtypes are ${[...byName.keys()].join(", ")}`,
    );
  }
  return dtype;
}

const narrow = new Map([
  [int64, int32],
  [uint64, uint32],
  [float64, float32],
  [complex128, complex64],
]);

/** The dtype in use for `dtype`: 64-bit types narrow to 32 unless `config.enableX64`. */
export function canonicalize(dtype: DType): DType {
  return config.enableX64 ? dtype : narrow.get(dtype) ?? dtype;
}

/** The dtype of a weakly typed scalar of each kind: JAX's Python bool, int, float, complex. */
export function defaultDType(kind: DTypeKind): DType {
  switch (kind) {
    case "b":
      return bool;
    case "i":
      return canonicalize(int64);
    case "u":
      return canonicalize(uint64);
    case "f":
      return canonicalize(float64);
    case "c":
      return canonicalize(complex128);
  }
}

/** Whether elements are floats. */
export function isFloat(dtype: DType): boolean {
  return dtype.kind === "f";
}
/** Whether elements are signed or unsigned integers. */
export function isInteger(dtype: DType): boolean {
  return dtype.kind === "i" || dtype.kind === "u";
}
/** Whether elements are complex. */
export function isComplex(dtype: DType): boolean {
  return dtype.kind === "c";
}
/** Whether elements are floats or complex. */
export function isInexact(dtype: DType): boolean {
  return dtype.kind === "f" || dtype.kind === "c";
}
/** Whether elements are 64-bit integers, which JavaScript holds as `bigint`. */
export function isBigInt(dtype: DType): boolean {
  return dtype === int64 || dtype === uint64;
}
/** The float type of a complex type's parts; any other type itself. */
export function realPart(dtype: DType): DType {
  return dtype === complex64 ? float32 : dtype === complex128 ? float64 : dtype;
}
/** The complex type whose parts are `dtype`, widening half precision to complex64. */
export function complexOf(dtype: DType): DType {
  return dtype === float64 || dtype === complex128 ? complex128 : complex64;
}
/** The number of stored values that one element takes: 2 if complex, else 1. */
export function storedPerElement(dtype: DType): 1 | 2 {
  return dtype.kind === "c" ? 2 : 1;
}
/**
 * Fresh zeroed host storage for `size` elements.
 *
 * @throws {RangeError} if there is no memory for them.
 */
export function allocate(dtype: DType, size: number): TypedArray {
  const exhausted = (cause?: unknown) =>
    new RangeError(
      `RESOURCE_EXHAUSTED: Out of memory allocating ${size * dtype.itemsize} bytes for ${size} ` +
        `elements of ${dtype.name}; use a smaller array or dtype`,
      { cause },
    );
  // Positions in memory are computed as int32.
  if (size * storedPerElement(dtype) >= 2 ** 31) throw exhausted();
  try {
    return new dtype.storage(size * storedPerElement(dtype));
  } catch (cause) {
    throw exhausted(cause);
  }
}

/** The inclusive range of an integer or bool dtype. */
export function integerRange(dtype: DType): [bigint, bigint] {
  if (dtype.kind === "b") return [0n, 1n];
  const bits = BigInt(dtype.itemsize * 8);
  return dtype.kind === "i"
    ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
    : [0n, (1n << bits) - 1n];
}

// Note [Promotion]
//
// JAX promotes along a lattice whose nodes are the dtypes and three weak scalar types (int `i*`,
// float `f*`, complex `c*`). The result of a promotion is the least upper bound.
// https://docs.jax.dev/en/latest/type_promotion.html

type Node = DTypeName | "i*" | "f*" | "c*";
const above: Record<Node, readonly Node[]> = {
  bool: ["i*"],
  "i*": ["uint8", "int8"],
  uint8: ["int16", "uint16"],
  uint16: ["int32", "uint32"],
  uint32: ["int64", "uint64"],
  uint64: ["f*"],
  int8: ["int16"],
  int16: ["int32"],
  int32: ["int64"],
  int64: ["f*"],
  "f*": ["bfloat16", "float16", "c*"],
  bfloat16: ["float32"],
  float16: ["float32"],
  float32: ["float64", "complex64"],
  float64: ["complex128"],
  "c*": ["complex64"],
  complex64: ["complex128"],
  complex128: [],
};
const upper = new Map<Node, Set<Node>>();
function upperBounds(node: Node): Set<Node> {
  let set = upper.get(node);
  if (set === undefined) {
    set = new Set<Node>([node, ...above[node].flatMap((n) => [...upperBounds(n)])]);
    upper.set(node, set);
  }
  return set;
}
function join(x: Node, y: Node): Node {
  const common = [...upperBounds(x)].filter((n) => upperBounds(y).has(n));
  return common.find((n) => common.every((m) => upperBounds(n).has(m)))!;
}
const joins = new Map<string, Node>();
function cachedJoin(x: Node, y: Node): Node {
  const key = x + y;
  let node = joins.get(key);
  if (node === undefined) joins.set(key, node = join(x, y));
  return node;
}

/** A dtype that may be weak, as that of a JavaScript number is. */
export interface Promotable {
  /** Element type. */
  readonly dtype: DType;
  /** Whether it gives way. */
  readonly weakType: boolean;
}

function nodeOf({ dtype, weakType }: Promotable): Node {
  if (!weakType || dtype.kind === "b") return dtype.name;
  return dtype.kind === "f" ? "f*" : dtype.kind === "c" ? "c*" : "i*";
}
function ofNode(node: Node): Promotable {
  if (node === "i*") return { dtype: defaultDType("i"), weakType: true };
  if (node === "f*") return { dtype: defaultDType("f"), weakType: true };
  if (node === "c*") return { dtype: defaultDType("c"), weakType: true };
  return { dtype: canonicalize(byName.get(node)!), weakType: false };
}

/** The common type of operands by JAX's lattice. See Note [Promotion]. */
export function promote(operands: readonly Promotable[]): Promotable {
  const [first] = operands;
  let same = true;
  for (const o of operands) {
    same &&= o.dtype === first.dtype && o.weakType === first.weakType;
  }
  if (same) return first;
  return ofNode(operands.map(nodeOf).reduce(cachedJoin));
}

/** The common dtype of two dtypes: `np.promote_types`. */
export function promoteTypes(x: DType, y: DType): DType {
  return ofNode(cachedJoin(x.name, y.name)).dtype;
}
