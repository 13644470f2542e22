/** Scalar functions that JavaScript lacks, for generated code to call. */
import { decodeBfloat16, encodeBfloat16 } from "../../core/array.ts";

// -- rounding ---------------------------------------------------------------------------------

/** The bfloat16 nearest to `x`, ties to even. */
export function bf16round(x: number): number {
  return decodeBfloat16(encodeBfloat16(x));
}

/** The nearest integer; halves go away from zero. Keeps -0. */
export function roundAway(x: number): number {
  const t = Math.trunc(x);
  return Math.abs(x - t) >= 0.5 ? t + Math.sign(x) : t;
}

/** The nearest integer; halves go to the even one. Keeps -0. */
export function roundEven(x: number): number {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

// -- powers -----------------------------------------------------------------------------------

/** C's `pow`: as JavaScript's, but 1 to any power is 1, and so is -1 to an infinite one. */
export function pow(x: number, y: number): number {
  return x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : Math.pow(x, y);
}

// -- bits -------------------------------------------------------------------------------------

const bytes = new ArrayBuffer(8);
const f16 = new Float16Array(bytes);
const f32 = new Float32Array(bytes);
const f64 = new Float64Array(bytes);
const u16 = new Uint16Array(bytes);
const u32 = new Uint32Array(bytes);
const u64 = new BigUint64Array(bytes);

/** The bits of a float16, as a uint16. */
export function bitsOfFloat16(x: number): number {
  f16[0] = x;
  return u16[0];
}
/** The float16 that 16 bits stand for. */
export function float16OfBits(b: number): number {
  u16[0] = b;
  return f16[0];
}
/** The bits of a float32, as a uint32. */
export function bitsOfFloat32(x: number): number {
  f32[0] = x;
  return u32[0];
}
/** The float32 that 32 bits stand for. */
export function float32OfBits(b: number): number {
  u32[0] = b;
  return f32[0];
}
/** The bits of a float64, as a uint64. */
export function bitsOfFloat64(x: number): bigint {
  f64[0] = x;
  return u64[0];
}
/** The float64 that 64 bits stand for. */
export function float64OfBits(b: bigint): number {
  u64[0] = b;
  return f64[0];
}

/** The number of ones among the low 32 bits. */
export function ones(x: number): number {
  let n = x - ((x >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
function high(x: bigint): number {
  return Number(BigInt.asUintN(32, x >> 32n));
}
function low(x: bigint): number {
  return Number(BigInt.asUintN(32, x));
}
/** The number of ones among the low 64 bits. */
export function ones64(x: bigint): bigint {
  return BigInt(ones(high(x)) + ones(low(x)));
}
/** The number of zeros before the first one of 64 bits. */
export function clz64(x: bigint): bigint {
  const h = high(x);
  return BigInt(h === 0 ? 32 + Math.clz32(low(x)) : Math.clz32(h));
}

// -- conversion -------------------------------------------------------------------------------

/** A float as an int64 or uint64: rounded towards zero and moved into range; NaN is 0. */
export function bigOfFloat(x: number, least: bigint, greatest: bigint): bigint {
  if (x !== x) return 0n;
  if (x >= Number(greatest)) return greatest;
  return x <= Number(least) ? least : BigInt(Math.trunc(x));
}

// -- neighbours -------------------------------------------------------------------------------

// The finite floats of one sign are in the order of their bits read as integers, so the neighbour
// of a float is that of its bits. From zero the way leads to the least float of the other's sign.

function neighbour(
  x: number,
  y: number,
  bitsOf: (x: number) => number,
  ofBits: (b: number) => number,
  sign: number,
): number {
  if (x !== x || y !== y) return NaN;
  if (x === y) return y;
  if (x === 0) return ofBits(y > 0 ? 1 : sign + 1);
  return ofBits(bitsOf(x) + (y > x === x > 0 ? 1 : -1));
}
/** The float16 after `x` in the direction of `y`. */
export function nextAfter16(x: number, y: number): number {
  return neighbour(x, y, bitsOfFloat16, float16OfBits, 0x8000);
}
/** The bfloat16 after `x` in the direction of `y`. */
export function nextAfterBf16(x: number, y: number): number {
  return neighbour(x, y, encodeBfloat16, decodeBfloat16, 0x8000);
}
/** The float32 after `x` in the direction of `y`. */
export function nextAfter32(x: number, y: number): number {
  return neighbour(x, y, bitsOfFloat32, float32OfBits, 0x80000000);
}
/** The float64 after `x` in the direction of `y`. */
export function nextAfter64(x: number, y: number): number {
  if (x !== x || y !== y) return NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  return float64OfBits(bitsOfFloat64(x) + (y > x === x > 0 ? 1n : -1n));
}
