/**
 * Cases: calls and programs as data that JAX too can run, and the data they run on.
 *
 * `tests/golden/dump_cases.ts` hands the tables to JAX, `tests/harness.ts` runs them here.
 */
import { fromData, writer } from "../../core/array.ts";
import { product, ShapedArray } from "../../core/aval.ts";
import { isComplexScalar } from "../../core/convert.ts";
import { allocate, type DTypeName, toDType, type TypedArray } from "../../core/dtype.ts";
import { Slice } from "../../core/methods.ts";
import type { Complex, NDArray } from "../../core/trace.ts";
import { isPlainObject } from "../../core/tree.ts";

/** An array that both sides build from the same bits. */
export class Data {
  constructor(
    readonly dtype: DTypeName,
    readonly shape: readonly number[],
    readonly storage: TypedArray,
    readonly weak: boolean = false,
  ) {}
  /** The bytes of the elements, little-endian. */
  get bytes(): Uint8Array {
    const { buffer, byteOffset, byteLength } = this.storage;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  toArray(): NDArray {
    const aval = new ShapedArray(this.shape, toDType(this.dtype), this.weak);
    return fromData(aval, this.storage.slice());
  }
}

/** A JavaScript number that JAX is to get as a Python float even if it is an integer. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** What a case may pass. Lists are tuples to JAX, options are keyword arguments. */
export type Arg =
  | Data
  | PythonFloat
  | Slice
  | Complex
  | number
  | bigint
  | boolean
  | string
  | null
  | readonly Arg[]
  | { readonly [option: string]: Arg };

/** How a case is run and judged. */
export interface How {
  /** Run with 64-bit types. */
  readonly x64?: boolean;
  /** Units in the last place by which a float may differ; 0: to the bit, NaNs apart. Default 4. */
  readonly ulp?: number;
  /** Ulps count from the largest finite element rather than each: for sums that cancel. */
  readonly normwise?: boolean;
  /** Ulps count from this size, for smaller results too: where sizes like it cancel on the way. */
  readonly scale?: number;
  /** The golden values are NumPy's (or SciPy's) in float64, rounded; JAX gives the type only. */
  readonly precise?: boolean;
  /** The program prints as JAX's. */
  readonly jaxpr?: boolean;
  /** It throws, in JAX's words, or in these where ours differ on purpose. */
  readonly throws?: true | string;
  /** Python that says the same, where that is not the same call in snake_case. */
  readonly python?: string;
}

/** One row of a table. */
export interface Case extends How {
  /** `np.…`, `lax.…`, `array.…` (a method of the first argument), `at.…`, or a program's name. */
  readonly call: string;
  readonly args: readonly Arg[];
  /** The program, if `call` is not a function's name. Gets arrays for data. */
  // deno-lint-ignore no-explicit-any -- a program takes what its row passes
  readonly run?: (...args: any[]) => unknown;
}

/** Calls of one function, a list of arguments each. */
export function calls(
  call: string,
  rows: readonly (readonly Arg[])[],
  how: How = {},
): Case[] {
  return rows.map((args) => ({ call, args, ...how }));
}

/** A program in both languages: `python` is a lambda, or definitions of which the last is `f`. */
export function program(
  call: string,
  args: readonly Arg[],
  // deno-lint-ignore no-explicit-any -- a program takes what its row passes
  run: (...args: any[]) => unknown,
  python: string,
  how: How = {},
): Case {
  return { call, args, run, python, ...how };
}

/** Whether a last argument is the options object. Dimension numbers are an argument. */
export function isOptions(arg: Arg | undefined): arg is { readonly [option: string]: Arg } {
  return isPlainObject(arg) && !isComplexScalar(arg) && !("offsetDims" in arg) &&
    !("updateWindowDims" in arg);
}

// -- data -------------------------------------------------------------------------------------

type Element = number | bigint | boolean | Complex;
type Nested = Element | readonly Nested[];

/** The array of nested lists; with `shape`, of a flat list. */
export function array(dtype: DTypeName, values: Nested, shape?: readonly number[]): Data {
  const lengths: number[] = [];
  for (let v = values; Array.isArray(v); v = v[0]) lengths.push(v.length);
  const flat = (Array.isArray(values) ? values.flat(Infinity) : [values]) as Element[];
  const given = shape ?? lengths;
  if (flat.length !== product(given)) throw new RangeError(`${flat.length} elements for ${given}`);
  const storage = allocate(toDType(dtype), flat.length);
  const write = writer(toDType(dtype), storage);
  flat.forEach((v, i) => write(i, v));
  return new Data(dtype, given, storage);
}
export const f32 = (values: Nested, shape?: readonly number[]): Data =>
  array("float32", values, shape);
export const i32 = (values: Nested, shape?: readonly number[]): Data =>
  array("int32", values, shape);
export const u32 = (values: Nested, shape?: readonly number[]): Data =>
  array("uint32", values, shape);
export const mask = (values: Nested, shape?: readonly number[]): Data =>
  array("bool", values, shape);

/** The same with a weak dtype. */
export function weak(x: Data): Data {
  return new Data(x.dtype, x.shape, x.storage, true);
}

/** Uniform numbers in [0, 1): Mulberry32, which a few lines hold. */
function generator(seed: number): () => number {
  let state = (seed * 0x9e3779b9 + 0x6d2b79f5) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Elements drawn one by one; complex ones are pairs of draws. */
function drawn(
  shape: readonly number[],
  dtype: DTypeName,
  seed: number,
  draw: (uniform: () => number) => number,
): Data {
  const uniform = generator(seed);
  const complex = toDType(dtype).kind === "c";
  const values = Array.from({ length: product(shape) }, (): Element => {
    const re = draw(uniform);
    return complex ? { re, im: draw(uniform) } : re;
  });
  const big = dtype === "int64" || dtype === "uint64";
  return array(dtype, big ? values.map((v) => BigInt(v as number)) : values, shape);
}

/** Random elements: floats in [-2, 2) of all digits, integers in [-9, 9] or [0, 9], booleans. */
export function rand(
  shape: readonly number[],
  dtype: DTypeName = "float32",
  seed = 0,
): Data {
  return drawn(shape, dtype, seed, (uniform) => {
    switch (toDType(dtype).kind) {
      case "b":
        return uniform() < 0.5 ? 0 : 1;
      case "i":
        return Math.floor(uniform() * 19) - 9;
      case "u":
        return Math.floor(uniform() * 10);
      default:
        return uniform() * 4 - 2;
    }
  });
}
/** Multiples of 1/4 in [-3, 3]: sums and products of them are exact, in whatever order. */
export function quarters(
  shape: readonly number[],
  dtype: DTypeName = "float32",
  seed = 0,
): Data {
  const isFraction = ["f", "c"].includes(toDType(dtype).kind);
  if (!isFraction) return rand(shape, dtype, seed);
  return drawn(shape, dtype, seed, (uniform) => Math.floor(uniform() * 25) / 4 - 3);
}
/** Floats in [low, high). */
export function between(
  low: number,
  high: number,
  shape: readonly number[],
  dtype: DTypeName = "float32",
  seed = 0,
): Data {
  return drawn(shape, dtype, seed, (uniform) => low + uniform() * (high - low));
}
/** The numbers `0 … n - 1` in a shape. */
export function iota(shape: readonly number[], dtype: DTypeName = "float32"): Data {
  return array(dtype, Array.from({ length: product(shape) }, (_, i) => i), shape);
}
/** Equal elements. */
export function filled(shape: readonly number[], value: Element, dtype: DTypeName): Data {
  return array(dtype, Array.from({ length: product(shape) }, () => value), shape);
}

export const SIGNED = ["int8", "int16", "int32"] as const;
export const UNSIGNED = ["uint8", "uint16", "uint32"] as const;
export const INTS = [...SIGNED, ...UNSIGNED] as const;
export const FLOATS = ["float16", "bfloat16", "float32"] as const;
export const REALS = [...INTS, ...FLOATS] as const;
export const NUMBERS = [...REALS, "complex64"] as const;
export const ALL = ["bool", ...NUMBERS] as const;
/** The 64-bit dtypes. */
export const WIDE = ["int64", "uint64", "float64", "complex128"] as const;

const LARGEST: Partial<Record<DTypeName, number>> = {
  float16: 65504,
  bfloat16: 2 ** 127 * (2 - 2 ** -7),
  float32: 2 ** 127 * (2 - 2 ** -23),
  float64: Number.MAX_VALUE,
};

/** Values at which operations go wrong, if they do. No subnormal floats: XLA flushes those. */
export function special(dtype: DTypeName): Element[] {
  const { kind, itemsize } = toDType(dtype);
  const bits = itemsize * 8;
  switch (kind) {
    case "b":
      return [false, true];
    case "i": {
      const max = (1n << BigInt(bits - 1)) - 1n;
      return ints([0n, 1n, -1n, 2n, 3n, -7n, 100n, max, -max, -max - 1n], bits);
    }
    case "u": {
      const max = (1n << BigInt(bits)) - 1n;
      return ints([0n, 1n, 2n, 3n, 7n, 100n, max >> 1n, (max >> 1n) + 1n, max - 1n, max], bits);
    }
    case "f": {
      const max = LARGEST[dtype]!;
      const tiny = dtype === "float16" ? 2 ** -14 : dtype === "float64" ? 2 ** -1022 : 2 ** -126;
      const signless = [0, 0.5, 1, 1.5, 2.5, 3, Infinity, max, tiny, 0.1];
      return [NaN, ...signless, ...signless.map((x) => -x)];
    }
    case "c": {
      const parts = [0, -0, 1, -2.5, Infinity, -Infinity, NaN];
      return parts.flatMap((re) => parts.map((im) => ({ re, im })));
    }
  }
}
function ints(values: bigint[], bits: number): Element[] {
  return bits === 64 ? values : values.map(Number);
}
/** Every pair of special values, as two columns. */
export function specialPairs(dtype: DTypeName): [Data, Data] {
  const values = special(dtype);
  return [
    array(dtype, values.flatMap((x) => values.map(() => x))),
    array(dtype, values.flatMap(() => values)),
  ];
}

// -- keys -------------------------------------------------------------------------------------

/** What names a case: the call, readably. Longer data count by a hash. */
export function keyOfCase({ call, args, x64 }: Case): string {
  return `${call}(${args.map(keyOfArg).join(", ")})${x64 ? " x64" : ""}`;
}
function keyOfArg(arg: Arg): string {
  if (arg instanceof Data) return keyOfData(arg);
  if (arg instanceof PythonFloat) return `float ${keyOfArg(arg.value)}`;
  if (arg instanceof Slice) return `${arg.start ?? ""}:${arg.stop ?? ""}:${arg.step ?? ""}`;
  if (Array.isArray(arg)) return `[${arg.map(keyOfArg).join(",")}]`;
  if (Object.is(arg, -0)) return "-0";
  if (typeof arg === "object" && arg !== null) {
    return `{${Object.entries(arg).map(([k, v]) => `${k}: ${keyOfArg(v)}`).join(", ")}}`;
  }
  return String(arg);
}
function keyOfData(x: Data): string {
  const type = `${x.weak ? "~" : ""}${toDType(x.dtype).short}[${x.shape}]`;
  const plain = x.dtype !== "bfloat16" && toDType(x.dtype).kind !== "c";
  if (plain && x.storage.length <= 6) {
    const text = [...x.storage].map((v) => Object.is(v, -0) ? "-0" : String(v)).join();
    if (text.length <= 24) return `${type}{${text}}`;
  }
  let hash = 0x811c9dc5;
  for (const byte of x.bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${type}#${(hash >>> 0).toString(36)}`;
}
