/** Sorting by order-preserving integer keys. See Note [Sort keys]. */
import type { ShapedArray } from "../../core/aval.ts";
import { allocate, realPart, type TypedArray } from "../../core/dtype.ts";
import type { SortParams, TopKParams } from "../../core/routines.ts";
import { bitsOf, type HostArray, linesOf } from "./host.ts";

// Note [Sort keys]
//
// Every dtype maps to one or more unsigned 32-bit words that order as its elements do: signed
// integers flip the sign bit; floats do too, and negative ones flip all bits. Words then sort by
// radix, the least significant digit first, which is stable and needs no comparison. All NaNs have
// one key, above infinity; -0 and 0 have one key where they are to count as equal.

const SIGN = 0x80000000;

/** The words that order elements, the most significant first, each for all elements. */
function keysOf({ aval: { dtype }, data }: HostArray, zerosAreEqual: boolean): Uint32Array[] {
  const { words, perElement } = bitsOf(data, dtype.itemsize);
  const column = (offset: number): Uint32Array => {
    const keys = new Uint32Array(words.length / perElement);
    for (let i = 0, at = offset; i < keys.length; i++, at += perElement) keys[i] = words[at];
    return keys;
  };
  switch (dtype.kind) {
    case "b":
    case "u":
      return perElement === 2 ? [column(1), column(0)] : [column(0)];
    case "i": {
      const columns = perElement === 2 ? [column(1), column(0)] : [column(0)];
      const sign = perElement === 2 ? SIGN : SIGN >>> (32 - 8 * dtype.itemsize);
      for (let i = 0; i < columns[0].length; i++) columns[0][i] ^= sign;
      return columns;
    }
    case "f":
    case "c": {
      const parts = dtype.kind === "c" ? 2 : 1;
      const layout = floatLayouts[realPart(dtype).name]!;
      return Array.from({ length: parts }, (_, part) => {
        if (layout.bits < 64) return [floatKeys(column(part), layout, zerosAreEqual)];
        return doubleKeys(column(2 * part + 1), column(2 * part), zerosAreEqual);
      }).flat();
    }
  }
}

/** Where a float has its sign bit, and which magnitude is infinity. */
interface FloatLayout {
  readonly bits: number;
  readonly infinity: number;
}
const floatLayouts: Record<string, FloatLayout> = {
  float16: { bits: 16, infinity: 0x7c00 },
  bfloat16: { bits: 16, infinity: 0x7f80 },
  float32: { bits: 32, infinity: 0x7f800000 },
  float64: { bits: 64, infinity: 0x7ff00000 },
};

function floatKeys(
  words: Uint32Array,
  { bits, infinity }: FloatLayout,
  zerosAreEqual: boolean,
): Uint32Array {
  const sign = SIGN >>> (32 - bits);
  for (let i = 0; i < words.length; i++) {
    const w = words[i];
    const magnitude = (w & ~sign) >>> 0;
    if (magnitude > infinity) words[i] = 0xffffffff;
    else if (w < sign || (zerosAreEqual && magnitude === 0)) words[i] = magnitude + sign;
    else words[i] = sign - 1 - magnitude;
  }
  return words;
}

function doubleKeys(hi: Uint32Array, lo: Uint32Array, zerosAreEqual: boolean): Uint32Array[] {
  const { infinity } = floatLayouts.float64;
  for (let i = 0; i < hi.length; i++) {
    const magnitude = hi[i] & 0x7fffffff;
    if (magnitude > infinity || (magnitude === infinity && lo[i] !== 0)) {
      hi[i] = lo[i] = 0xffffffff;
    } else if (hi[i] < SIGN || (zerosAreEqual && magnitude === 0 && lo[i] === 0)) {
      hi[i] = magnitude + SIGN;
    } else {
      hi[i] = ~hi[i];
      lo[i] = ~lo[i];
    }
  }
  return [hi, lo];
}

/** Where radix sort's fixed costs pay off, and how much of a word it takes at a time. */
const SHORT = 48;
const DIGIT = 11;
const BUCKETS = 1 << DIGIT;

/** Sorts lines of one length; keeps its working memory from line to line. */
class LineSorter {
  readonly #counts = new Int32Array(BUCKETS);
  readonly #line: Uint32Array;
  #order: Uint32Array;
  #spare: Uint32Array;

  constructor(readonly keys: readonly Uint32Array[], length: number, readonly stride: number) {
    this.#line = new Uint32Array(length);
    this.#order = new Uint32Array(length);
    this.#spare = new Uint32Array(length);
  }

  /** The positions in the line that starts at `start`, in stably ascending order of keys. */
  order(start: number): Uint32Array {
    const order = this.#order;
    for (let i = 0; i < order.length; i++) order[i] = i;
    if (order.length <= SHORT) {
      this.#insertion(start);
      return order;
    }
    for (let k = this.keys.length - 1; k >= 0; k--) {
      const key = this.keys[k];
      const line = this.#line;
      for (let i = 0, at = start; i < line.length; i++, at += this.stride) line[i] = key[at];
      for (let shift = 0; shift < 32; shift += DIGIT) this.#pass(shift);
    }
    return this.#order;
  }

  /** Sorts stably by one digit. */
  #pass(shift: number): void {
    const counts = this.#counts.fill(0);
    const line = this.#line;
    const order = this.#order;
    const next = this.#spare;
    const n = line.length;
    const mask = BUCKETS - 1;
    for (let i = 0; i < n; i++) counts[(line[i] >>> shift) & mask]++;
    if (counts[(line[0] >>> shift) & mask] === n) return;
    for (let b = 0, before = 0; b < BUCKETS; b++) {
      const count = counts[b];
      counts[b] = before;
      before += count;
    }
    for (let i = 0; i < n; i++) {
      const at = order[i];
      next[counts[(line[at] >>> shift) & mask]++] = at;
    }
    this.#order = next;
    this.#spare = order;
  }

  #insertion(start: number): void {
    const order = this.#order;
    for (let i = 1; i < order.length; i++) {
      let j = i;
      for (; j > 0 && this.#less(start, i, order[j - 1]); j--) order[j] = order[j - 1];
      order[j] = i;
    }
  }
  #less(start: number, i: number, j: number): boolean {
    const a = start + i * this.stride;
    const b = start + j * this.stride;
    for (const key of this.keys) if (key[a] !== key[b]) return key[a] < key[b];
    return false;
  }
}

/** Sorts operands of one shape together; the first `numKeys` decide. */
export function sort(
  inputs: readonly HostArray[],
  { dimension, numKeys }: SortParams,
  outputs: readonly ShapedArray[],
): TypedArray[] {
  const { shape } = inputs[0].aval;
  const { length, stride, starts } = linesOf(shape, dimension);
  const keys = inputs.slice(0, numKeys).flatMap((x) => keysOf(x, true));
  const sorter = new LineSorter(keys, length, stride);
  const results = outputs.map((a) => allocate(a.dtype, a.size));
  const moves = inputs.map(({ data, aval: { dtype } }, i) =>
    [bitsOf(data, dtype.itemsize), bitsOf(results[i], dtype.itemsize)] as const
  );
  for (const start of starts) {
    const order = sorter.order(start);
    for (const [from, to] of moves) {
      move(from.words, to.words, from.perElement, order, start, stride);
    }
  }
  return results;
}

type Words = Uint8Array | Uint16Array | Uint32Array;

/** Writes a line of `from` into `to` in the given order. */
function move(
  from: Words,
  to: Words,
  perElement: number,
  order: Uint32Array,
  start: number,
  stride: number,
): void {
  if (perElement === 1) {
    for (let i = 0, at = start; i < order.length; i++, at += stride) {
      to[at] = from[start + order[i] * stride];
    }
    return;
  }
  for (let i = 0; i < order.length; i++) {
    const target = (start + i * stride) * perElement;
    const source = (start + order[i] * stride) * perElement;
    for (let w = 0; w < perElement; w++) to[target + w] = from[source + w];
  }
}

/** The `k` largest elements of each line in descending order, and their positions. */
export function topK(
  [x]: readonly HostArray[],
  { k, axis }: TopKParams,
  [values, indices]: readonly ShapedArray[],
): TypedArray[] {
  const { dtype, shape } = x.aval;
  const { length, stride, starts } = linesOf(shape, axis);
  // Reversed keys sort in descending order, and keep the order of equal elements.
  const keys = keysOf(x, false);
  for (const key of keys) for (let i = 0; i < key.length; i++) key[i] = ~key[i];
  const sorter = new LineSorter(keys, length, stride);
  const top = allocate(dtype, values.size);
  const where = allocate(indices.dtype, indices.size) as Int32Array;
  const from = bitsOf(x.data, dtype.itemsize);
  const to = bitsOf(top, dtype.itemsize);
  for (const start of starts) {
    const order = sorter.order(start);
    const line = Math.floor(start / (length * stride)) * k * stride + start % stride;
    for (let i = 0; i < k; i++) {
      const target = line + i * stride;
      const source = start + order[i] * stride;
      where[target] = order[i];
      for (let w = 0; w < from.perElement; w++) {
        to.words[target * to.perElement + w] = from.words[source * from.perElement + w];
      }
    }
  }
  return [top, where];
}
