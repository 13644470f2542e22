/** Host data as routines see it. */
import { product, type ShapedArray } from "../../core/aval.ts";
import type { TypedArray } from "../../core/dtype.ts";

/** The data of one array, in the storage conventions of `core/dtype.ts`. */
export interface HostArray {
  /** Shape and dtype. */
  readonly aval: ShapedArray;
  /** The elements, row-major. */
  readonly data: TypedArray;
}

/** The lines of an array along one axis: where each starts, how far apart its elements are. */
export interface Lines {
  /** Elements in a line. */
  readonly length: number;
  /** Distance of neighbours in a line, in elements. */
  readonly stride: number;
  /** First element of each line. */
  readonly starts: Iterable<number>;
}

/** The lines of an array of `shape` along `axis`. */
export function linesOf(shape: readonly number[], axis: number): Lines {
  const length = shape[axis];
  const stride = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  const starts = function* (): Iterable<number> {
    for (let i = 0; i < outer; i++) {
      for (let j = 0; j < stride; j++) yield i * length * stride + j;
    }
  };
  return { length, stride, starts: starts() };
}

/** Storage as unsigned integers, for moving elements of any dtype without changing a bit. */
export interface Bits {
  /** The storage, seen as unsigned integers of at most 32 bits. */
  readonly words: Uint8Array | Uint16Array | Uint32Array;
  /** How many of them make an element. */
  readonly perElement: number;
}

/** Storage of elements of `itemsize` bytes as unsigned integers. */
export function bitsOf({ buffer, byteOffset, byteLength }: TypedArray, itemsize: number): Bits {
  if (itemsize === 1) {
    return { words: new Uint8Array(buffer, byteOffset, byteLength), perElement: 1 };
  }
  if (itemsize === 2) {
    return { words: new Uint16Array(buffer, byteOffset, byteLength / 2), perElement: 1 };
  }
  return { words: new Uint32Array(buffer, byteOffset, byteLength / 4), perElement: itemsize / 4 };
}
