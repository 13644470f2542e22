/** What is known about an array before it has data. */
import type { DType, Promotable } from "./dtype.ts";

/** The type of an array: its shape, its dtype, and whether the dtype is weak. */
export class ShapedArray implements Promotable {
  /** Length of each axis. */
  readonly shape: readonly number[];
  /** Element type. */
  readonly dtype: DType;
  /** Whether the dtype gives way in promotion, as that of a JavaScript number does. */
  readonly weakType: boolean;
  /** Equal for equal types, different for different ones. */
  readonly key: string;

  /** The type of arrays of a shape and dtype. */
  constructor(shape: readonly number[], dtype: DType, weakType = false) {
    this.shape = shape;
    this.dtype = dtype;
    this.weakType = weakType;
    this.key = `${weakType ? "~" : ""}${dtype.short}[${shape.join()}]`;
  }

  /** Number of axes. */
  get ndim(): number {
    return this.shape.length;
  }
  /** Number of elements. */
  get size(): number {
    return product(this.shape);
  }
  /** This type with some of it replaced. */
  with(change: { shape?: readonly number[]; dtype?: DType; weakType?: boolean }): ShapedArray {
    return new ShapedArray(
      change.shape ?? this.shape,
      change.dtype ?? this.dtype,
      change.weakType ?? this.weakType,
    );
  }
  /** Whether the two are one type; weak types too must agree. */
  equals(that: ShapedArray): boolean {
    return this.key === that.key;
  }
  /** JAX's form, such as `float32[3,4]`, with a leading `~` for a weak type. */
  toString(): string {
    return `${this.weakType ? "~" : ""}${this.dtype.name}[${this.shape.join(",")}]`;
  }
  /** JAX's short form in programs, such as `f32[3,4]`. */
  toShortString(): string {
    return `${this.dtype.short}[${this.shape.join(",")}]`;
  }
}

/** A shape, or a list of axes: one number each. */
export type Dims = readonly number[];

/** The product of the numbers; 1 if there are none. */
export function product(xs: readonly number[]): number {
  let p = 1;
  for (const x of xs) p *= x;
  return p;
}

/** The integers `0 … n - 1`. */
export function range(n: number): number[] {
  if (n >= 2 ** 32) {
    throw new RangeError(`RESOURCE_EXHAUSTED: Out of memory for a list of ${n} numbers`);
  }
  return Array.from({ length: n }, (_, i) => i);
}

/** Row-major strides, in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let s = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = s;
    s *= shape[i];
  }
  return strides;
}

/** Whether two lists of numbers are equal. */
export function sameShape(x: readonly number[], y: readonly number[]): boolean {
  return x.length === y.length && x.every((n, i) => n === y[i]);
}
