/** Arrays as plain lists, for implementations that are too simple to be wrong. */
import { assertEquals } from "@std/assert";
import { jit } from "../../mod.ts";
import { fromData, writer } from "../../core/array.ts";
import { product, range, ShapedArray, stridesOf } from "../../core/aval.ts";
import { allocate, type DTypeName, toDType } from "../../core/dtype.ts";
import type { NDArray } from "../../core/trace.ts";

/** An array as a list of its elements, row by row. */
export interface Naive {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Every index of an array of `shape`, in row-major order. */
export function indices(shape: readonly number[]): number[][] {
  return range(product(shape)).map((flat) => {
    let rest = flat;
    return stridesOf(shape).map((stride) => {
      const i = Math.floor(rest / stride);
      rest -= i * stride;
      return i;
    });
  });
}
/** The array whose element at each index is `f` of the index. */
export function build(shape: readonly number[], f: (index: number[]) => number): Naive {
  return { shape, data: indices(shape).map(f) };
}
/** The element at an index. */
export function at({ shape, data }: Naive, index: readonly number[]): number {
  const strides = stridesOf(shape);
  if (!index.every((n, i) => n >= 0 && n < shape[i])) throw new RangeError(`no ${index}`);
  return data[index.reduce((flat, n, i) => flat + n * strides[i], 0)];
}
/** The array on the backend. */
export function toArray({ shape, data }: Naive, dtype: DTypeName = "int32"): NDArray {
  const type = toDType(dtype);
  const storage = allocate(type, data.length);
  const write = writer(type, storage);
  data.forEach((value, i) => write(i, value));
  return fromData(new ShapedArray(shape, type), storage);
}
/** The elements of an array as a list. */
export function fromArray(x: NDArray): Naive {
  const list: readonly unknown[] = [x.tolist()];
  return { shape: x.shape, data: list.flat(Infinity).map(Number) };
}

/** Checks that `f` of arrays gives the expected array, eagerly and under `jit`. */
export function assertGives(
  f: (...arrays: NDArray[]) => NDArray,
  arrays: readonly NDArray[],
  expected: Naive,
  what: string,
): void {
  // The sign of a zero is not what these tests are about.
  const plain = ({ shape, data }: Naive) => ({ shape: [...shape], data: data.map((n) => n + 0) });
  const wanted = plain(expected);
  const flat = (x: NDArray) => plain(fromArray(x));
  assertEquals(flat(f(...arrays)), wanted, what);
  assertEquals(flat(jit(f)(...arrays) as NDArray), wanted, `under jit, ${what}`);
}

/** Random numbers that are the same in every run: mulberry32. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** A number in [0, 1). */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  /** An integer from `lo` to `hi`, both possible. */
  int(lo: number, hi: number): number {
    return lo + Math.floor(this.unit() * (hi - lo + 1));
  }
  /** True once in a while. */
  chance(p = 0.5): boolean {
    return this.unit() < p;
  }
  /** Some lengths. */
  shape(minRank: number, maxRank: number, min = 1, max = 4): number[] {
    return range(this.int(minRank, maxRank)).map(() => this.int(min, max));
  }
  /** The elements in another order. */
  shuffle<T>(list: readonly T[]): T[] {
    const rest = [...list];
    return list.map(() => rest.splice(this.int(0, rest.length - 1), 1)[0]);
  }
  /** Some of the elements, in order. */
  some<T>(list: readonly T[], p = 0.5): T[] {
    return list.filter(() => this.chance(p));
  }
  /** An array of small integers. */
  array(shape: readonly number[], lo = -9, hi = 9): Naive {
    return build(shape, () => this.int(lo, hi));
  }
}

/** Runs a check a number of times, each with its own random numbers. */
export function repeat(times: number, check: (random: Random, seed: number) => void): void {
  for (let seed = 0; seed < times; seed++) check(new Random(seed), seed);
}
