/** Running sums, products, extremes. */
import { decodeBfloat16, encodeBfloat16 } from "../../core/array.ts";
import type { ShapedArray } from "../../core/aval.ts";
import { allocate, bfloat16, isBigInt, isComplex, type TypedArray } from "../../core/dtype.ts";
import type { Complex } from "../../core/trace.ts";
import type { CumulativeOp, CumulativeParams } from "../../core/routines.ts";
import { type HostArray, linesOf } from "./host.ts";

type Combine<T> = (before: T, x: T) => T;

const ofNumbers: Record<CumulativeOp, Combine<number>> = {
  add: (a, x) => a + x,
  mul: (a, x) => a * x,
  max: Math.max,
  min: Math.min,
  logaddexp(a, x) {
    const top = Math.max(a, x);
    if (!Number.isFinite(top)) return top;
    return top + Math.log1p(Math.exp(Math.min(a, x) - top));
  },
};

const ofIntegers: Record<Exclude<CumulativeOp, "logaddexp">, Combine<number>> = {
  ...ofNumbers,
  // Exact modulo 2^32; storing wraps to the width and sign of the dtype.
  mul: Math.imul,
};

const ofBigInts: Record<Exclude<CumulativeOp, "logaddexp">, Combine<bigint>> = {
  add: (a, x) => a + x,
  mul: (a, x) => a * x,
  max: (a, x) => a > x ? a : x,
  min: (a, x) => a < x ? a : x,
};

const isNaNComplex = ({ re, im }: Complex) => re !== re || im !== im;
const precedes = (a: Complex, b: Complex) => a.re < b.re || (a.re === b.re && a.im < b.im);
const ofComplex: Record<CumulativeOp, Combine<Complex>> = {
  add: (a, x) => ({ re: a.re + x.re, im: a.im + x.im }),
  mul: (a, x) => ({ re: a.re * x.re - a.im * x.im, im: a.re * x.im + a.im * x.re }),
  max: (a, x) => isNaNComplex(a) || (!isNaNComplex(x) && precedes(x, a)) ? a : x,
  min: (a, x) => isNaNComplex(a) || (!isNaNComplex(x) && precedes(a, x)) ? a : x,
  logaddexp(a, x) {
    const [top, low] = precedes(a, x) ? [x, a] : [a, x];
    if (low.re === -Infinity) return top;
    // top + log(1 + e^(low - top)), the logarithm taken in polar form.
    const size = Math.exp(low.re - top.re);
    const re = 1 + size * Math.cos(low.im - top.im);
    const im = size * Math.sin(low.im - top.im);
    return { re: top.re + Math.log(Math.hypot(re, im)), im: top.im + Math.atan2(im, re) };
  },
};

/** The running combination of elements along an axis. */
export function cumulative(
  [x]: readonly HostArray[],
  { axis, reverse, op }: CumulativeParams,
  [{ dtype, size }]: readonly ShapedArray[],
): TypedArray[] {
  const result = allocate(dtype, size);
  const { length, stride, starts } = linesOf(x.aval.shape, axis);
  const step = reverse ? -stride : stride;
  const run = runner(x, result, op);
  if (length === 0) return [result];
  for (const start of starts) run(reverse ? start + (length - 1) * stride : start, step, length);
  return [result];
}

/** How one line of elements is combined: from its first element, so many at such a distance. */
function runner(
  { aval: { dtype }, data }: HostArray,
  result: TypedArray,
  op: CumulativeOp,
): (first: number, step: number, length: number) => void {
  if (isComplex(dtype)) return complexRunner(data, result, ofComplex[op]);
  if (dtype === bfloat16) return bfloat16Runner(data, result, ofNumbers[op]);
  if (dtype.kind === "f") return floatRunner(data, result, ofNumbers[op]);
  if (op === "logaddexp") throw new TypeError(`logaddexp of ${dtype.name} has no meaning`);
  return isBigInt(dtype)
    ? wrappingRunner(data as BigInt64Array, result as BigInt64Array, ofBigInts[op])
    : wrappingRunner(data as Int32Array, result as Int32Array, ofIntegers[op]);
}

/** Accumulates in double precision, so that a result is at most one rounding off. */
function floatRunner(data: TypedArray, result: TypedArray, combine: Combine<number>) {
  return (first: number, step: number, length: number): void => {
    let acc = result[first] = data[first] as number;
    for (let i = 1, at = first + step; i < length; i++, at += step) {
      result[at] = acc = combine(acc, data[at] as number);
    }
  };
}

function bfloat16Runner(data: TypedArray, result: TypedArray, combine: Combine<number>) {
  return (first: number, step: number, length: number): void => {
    let acc = decodeBfloat16(data[first] as number);
    result[first] = data[first];
    for (let i = 1, at = first + step; i < length; i++, at += step) {
      acc = combine(acc, decodeBfloat16(data[at] as number));
      result[at] = encodeBfloat16(acc);
    }
  };
}

/** Reads back what was stored, which is how integers wrap. */
function wrappingRunner<T>(data: { [i: number]: T }, result: { [i: number]: T }, f: Combine<T>) {
  return (first: number, step: number, length: number): void => {
    result[first] = data[first];
    for (let i = 1, at = first + step; i < length; i++, at += step) {
      result[at] = f(result[at - step], data[at]);
    }
  };
}

function complexRunner(data: TypedArray, result: TypedArray, combine: Combine<Complex>) {
  const read = (at: number): Complex => ({
    re: data[2 * at] as number,
    im: data[2 * at + 1] as number,
  });
  return (first: number, step: number, length: number): void => {
    let acc = read(first);
    for (let i = 0, at = first; i < length; i++, at += step) {
      if (i > 0) acc = combine(acc, read(at));
      result[2 * at] = acc.re;
      result[2 * at + 1] = acc.im;
    }
  };
}
