/**
 * The methods of arrays, as types. `numpy/methods.ts` implements them all; they are declared here,
 * generic in the array type `A` and in what converts to an array `X`, so that `core` can say what
 * an array offers without knowing how it is done.
 */
import type { DTypeLike } from "./dtype.ts";

/** One axis, several, or all of them (`null`). Negative axes count from the end. */
export type AxisLike = number | readonly number[] | null;

/** A range of positions, as Python's `a:b:step`. See {@linkcode slice}. */
export class Slice {
  /** A range; {@linkcode slice} is how one writes it. */
  constructor(
    /** First position; `null` is the beginning, or the end if `step` is negative. */
    readonly start: number | null,
    /** The position before which to stop; `null` is the end, or the beginning. */
    readonly stop: number | null,
    /** Distance of positions; not 0. */
    readonly step: number | null,
  ) {}
  /** Python's form. */
  toString(): string {
    return `slice(${this.start ?? "None"}, ${this.stop ?? "None"}, ${this.step ?? "None"})`;
  }
}

/**
 * Python's `start:stop:step` for `x.at(...)`. With one argument, `:stop` as Python's `slice(stop)`;
 * negative positions count from the end.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np, slice } from "../mod.ts";
 * const x = np.arange(10);
 * assert(String(x.at(slice(2, 5)).get()) === "[2 3 4]");
 * assert(String(x.at(slice(null, null, -3)).get()) === "[9 6 3 0]");
 * ```
 */
export function slice(
  start: number | null = null,
  stop?: number | null,
  step: number | null = null,
): Slice {
  return stop === undefined && step === null
    ? new Slice(null, start, null)
    : new Slice(start, stop ?? null, step);
}

/** One entry of an index: position, range, new axis (`null`), the rest (`"..."`), array or mask. */
export type IndexEntry<A> =
  | number
  | boolean
  | null
  | "..."
  | Slice
  | A
  | readonly number[]
  | readonly boolean[]
  | readonly (readonly number[])[]
  | readonly (readonly boolean[])[];

/** What to do with indices that are out of bounds, as JAX names it. */
export type IndexMode = "promise_in_bounds" | "fill" | "drop" | "clip" | "wrap";

/** Options of reading and updating by {@linkcode ArrayMethods.at}. */
export interface AtOptions {
  /** Promise that the indices ascend. */
  indicesAreSorted?: boolean;
  /** Promise that no index comes twice. */
  uniqueIndices?: boolean;
  /** Out-of-bounds indices: reading clamps, updating drops, unless said otherwise. */
  mode?: IndexMode | null;
  /** Whether negative indices count from the end, as they do by default. */
  wrapNegativeIndices?: boolean;
  /** With mode `"fill"`, what reads as the missing element: by default NaN or the extreme value. */
  fillValue?: number | bigint | boolean | null;
}

/** A value, or lists of such. */
export type Nested<X> = X | readonly Nested<X>[];

/** The part of an array that `x.at(...)` names: read it, or get an updated copy of the array. */
export interface IndexUpdate<A, X> {
  /** The part itself. */
  get(options?: AtOptions): A;
  /** A copy of the array with the part replaced. */
  set(values: Nested<X>, options?: AtOptions): A;
  /** A copy with `values` added; repeated indices add up. */
  add(values: Nested<X>, options?: AtOptions): A;
  /** A copy with `values` subtracted. */
  subtract(values: Nested<X>, options?: AtOptions): A;
  /** A copy with the part multiplied by `values`. */
  multiply(values: Nested<X>, options?: AtOptions): A;
  /** Alias of `multiply`. */
  mul(values: Nested<X>, options?: AtOptions): A;
  /** A copy with the part divided by `values`. */
  divide(values: Nested<X>, options?: AtOptions): A;
  /** A copy with the part raised to `values`. */
  power(values: Nested<X>, options?: AtOptions): A;
  /** A copy with the smaller of the part and `values`. */
  min(values: Nested<X>, options?: AtOptions): A;
  /** A copy with the larger of the part and `values`. */
  max(values: Nested<X>, options?: AtOptions): A;
  /** A copy with `f` applied to the part. */
  apply(f: (part: A) => A, options?: AtOptions): A;
}

/** Options of reductions. */
export interface ReduceOptions<A> {
  /** The axes to reduce; all of them by default. */
  axis?: AxisLike;
  /** Keep reduced axes with length 1. */
  keepdims?: boolean;
  /** The type of the result, and of the sum on the way there. */
  dtype?: DTypeLike;
  /** Starting value. */
  initial?: number | bigint | boolean | A;
  /** Elements to take into account: a mask that broadcasts to the array. */
  where?: A | readonly boolean[];
  /** For `std` and `var`: divide by the number of elements less this. */
  ddof?: number;
}

/** Options of sorting. */
export interface SortOptions {
  /** The axis to sort along; `null` sorts the flattened array. */
  axis?: number | null;
  /** Keep equal elements in order; true by default, as in JAX. */
  stable?: boolean;
  /** From large to small. */
  descending?: boolean;
}

/** A reduction as a method. */
export type Reduce<A> = (axis?: AxisLike | ReduceOptions<A>, options?: ReduceOptions<A>) => A;
/** A search along an axis as a method. */
export type ArgReduce<A> = (
  axis?: number | null | { axis?: number | null; keepdims?: boolean },
  options?: { keepdims?: boolean },
) => A;
/** An operation on two arrays as a method. */
export type Binary<A, X> = (y: X) => A;
/** A cumulative operation as a method. */
export type Cumulative<A> = (
  axis?: number | null | { axis?: number | null; dtype?: DTypeLike },
  options?: { dtype?: DTypeLike },
) => A;

/** The methods of an array: NumPy's, and Python's operators by the names of module `operator`. */
export interface ArrayMethods<A, X> {
  /** The part at an index, to be read or updated: `x.at(0).set(10)` is a copy with `x[0] = 10`. */
  at(...index: IndexEntry<A>[]): IndexUpdate<A, X>;
  /** `x + y`. */
  add: Binary<A, X>;
  /** `x - y`. */
  sub: Binary<A, X>;
  /** `x * y`, elementwise. */
  mul: Binary<A, X>;
  /** `x / y`; integers divide to floats. */
  div: Binary<A, X>;
  /** `x // y`: the quotient rounded down. */
  floordiv: Binary<A, X>;
  /** `x % y`, with the sign of `y`. */
  mod: Binary<A, X>;
  /** `x ** y`. */
  pow: Binary<A, X>;
  /** `x @ y`: matrix product. */
  matmul: Binary<A, X>;
  /** `x == y`, elementwise. */
  eq: Binary<A, X>;
  /** `x != y`, elementwise. */
  ne: Binary<A, X>;
  /** `x < y`, elementwise. */
  lt: Binary<A, X>;
  /** `x <= y`, elementwise. */
  le: Binary<A, X>;
  /** `x > y`, elementwise. */
  gt: Binary<A, X>;
  /** `x >= y`, elementwise. */
  ge: Binary<A, X>;
  /** `x & y`: bitwise, logical on booleans. */
  and: Binary<A, X>;
  /** `x | y`: bitwise, logical on booleans. */
  or: Binary<A, X>;
  /** `x ^ y`: bitwise, logical on booleans. */
  xor: Binary<A, X>;
  /** `x << y`. */
  lshift: Binary<A, X>;
  /** `x >> y`. */
  rshift: Binary<A, X>;
  /** `-x`. */
  neg(): A;
  /** `|x|`. */
  abs(): A;
  /** `~x`: bitwise, logical on booleans. */
  invert(): A;

  /** The sum over `axis`. */
  sum: Reduce<A>;
  /** The product over `axis`. */
  prod: Reduce<A>;
  /** The mean over `axis`. */
  mean: Reduce<A>;
  /** The standard deviation over `axis`. */
  std: Reduce<A>;
  /** The variance over `axis`. */
  var: Reduce<A>;
  /** The largest element over `axis`. */
  max: Reduce<A>;
  /** The smallest element over `axis`. */
  min: Reduce<A>;
  /** The range (largest less smallest) over `axis`. */
  ptp: Reduce<A>;
  /** Whether all elements over `axis` are true. */
  all: Reduce<A>;
  /** Whether any element over `axis` is true. */
  any: Reduce<A>;
  /** The index of the first largest element. */
  argmax: ArgReduce<A>;
  /** The index of the first smallest element. */
  argmin: ArgReduce<A>;
  /** The sums of the elements up to each. */
  cumsum: Cumulative<A>;
  /** The products of the elements up to each. */
  cumprod: Cumulative<A>;

  /** The same elements in another shape: `x.reshape(2, 3)`, `x.reshape([2, -1])`. */
  reshape(...shape: (number | readonly number[] | A)[]): A;
  /** The elements in one axis. */
  ravel(): A;
  /** Alias of `ravel`: arrays are immutable, so no copy is owed. */
  flatten(): A;
  /** The axes permuted; reversed if none are given. */
  transpose(...axes: (number | readonly number[])[]): A;
  /** Two axes exchanged. */
  swapaxes(axis1: number, axis2: number): A;
  /** Axes of length 1 removed. */
  squeeze(axis?: AxisLike): A;
  /** Each element repeated. */
  repeat(repeats: number | readonly number[] | A, axis?: number | null): A;
  /** Elements by index along an axis. */
  take(indices: X, axis?: number | null): A;
  /** The diagonal of the last two axes, or of two others. */
  diagonal(offset?: number, axis1?: number, axis2?: number): A;
  /** The sum along the diagonal. */
  trace(offset?: number, axis1?: number, axis2?: number): A;
  /** The elements in ascending order. */
  sort(axis?: number | null | SortOptions, options?: SortOptions): A;
  /** The indices that would sort the array. */
  argsort(axis?: number | null | SortOptions, options?: SortOptions): A;
  /** Where each of `values` would go in this sorted array. */
  searchsorted(values: X, options?: { side?: "left" | "right" }): A;
  /** The indices of elements that are not zero, an array per axis. */
  nonzero(): A[];
  /** Matrix product, or inner product of vectors. */
  dot: Binary<A, X>;
  /** Elements moved into `min … max`. */
  clip(min?: X | null, max?: X | null): A;
  /** Elements rounded to a number of decimals, half to even. */
  round(decimals?: number): A;
  /** Complex conjugate. */
  conj(): A;
  /** The real part. */
  readonly real: A;
  /** The imaginary part. */
  readonly imag: A;
  /** The array with its axes reversed. */
  readonly T: A;
  /** The array with its last two axes exchanged. */
  readonly mT: A;
  /** The elements converted to another dtype. */
  astype(dtype: DTypeLike): A;
  /** A copy. */
  copy(): A;
}
