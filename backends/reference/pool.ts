/** Memory of intermediate results, kept between calls: the first touch of fresh memory is slow. */
import { allocate, type DType, type TypedArray } from "../../core/dtype.ts";

/** What the pool keeps at most, in bytes. */
const LIMIT = 64 * 2 ** 20;

/** Arrays that are free to be written over, by dtype and size. */
export class Pool {
  readonly #free = new Map<string, TypedArray[]>();
  #bytes = 0;

  /** An array with any contents. */
  take(dtype: DType, size: number): TypedArray {
    const array = this.#free.get(`${dtype.name}:${size}`)?.pop();
    if (array === undefined) return allocate(dtype, size);
    this.#bytes -= array.byteLength;
    return array;
  }

  /** Takes an array back that nobody reads any more. */
  give(dtype: DType, size: number, array: TypedArray): void {
    if (array.byteLength > LIMIT) return;
    if (this.#bytes + array.byteLength > LIMIT) this.#clear();
    const key = `${dtype.name}:${size}`;
    const list = this.#free.get(key);
    if (list === undefined) this.#free.set(key, [array]);
    else list.push(array);
    this.#bytes += array.byteLength;
  }
  #clear(): void {
    this.#free.clear();
    this.#bytes = 0;
  }
}
