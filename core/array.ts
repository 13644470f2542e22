/** Arrays with data. */
import { ShapedArray, stridesOf } from "./aval.ts";
import { type Backend, type DeviceBuffer, eagerBackend } from "./backend.ts";
import { allocate, bfloat16, type DType, isBigInt, isComplex, type TypedArray } from "./dtype.ts";
import { showShape } from "./errors.ts";
import type { ScalarValue } from "./expr.ts";
import { formatArray, reprArray } from "./format.ts";
import { type Complex, type Device, NDArray, type NestedList } from "./trace.ts";

/** An array whose elements are known, resident on one backend. */
export class ConcreteArray extends NDArray {
  /** The elements on the host, once somebody has waited for them. */
  #downloaded: TypedArray | undefined;

  constructor(
    override readonly aval: ShapedArray,
    /** The backend that holds it. */
    readonly backend: Backend,
    /** Its elements there. */
    readonly buffer: DeviceBuffer,
  ) {
    super();
  }

  override get device(): Device {
    return this.backend.device;
  }

  /** This array on another backend. */
  on(backend: Backend): ConcreteArray {
    if (backend === this.backend) return this;
    const data = this.toTypedArray();
    return new ConcreteArray(this.aval, backend, backend.upload(data, this.dtype));
  }

  override toTypedArray(): TypedArray {
    const data = this.#downloaded ?? this.backend.peek(this.buffer, this.aval);
    if (data === undefined) {
      throw new TypeError(
        `The ${this.backend.name} backend can't be read synchronously on this runtime: use ` +
          "`await x.data()` instead",
      );
    }
    return data;
  }

  override async data(): Promise<TypedArray> {
    return this.#downloaded ??= await this.backend.download(this.buffer, this.aval);
  }

  override tolist(): NestedList {
    const at = reader(this.dtype, this.toTypedArray());
    const strides = stridesOf(this.shape);
    const build = (axis: number, offset: number): NestedList =>
      axis === this.ndim
        ? at(offset)
        : Array.from({ length: this.shape[axis] }, (_, i) =>
          build(axis + 1, offset + i * strides[axis]));
    return build(0, 0);
  }

  override item(flat?: number): ScalarValue | Complex {
    if (flat === undefined && this.size !== 1) {
      throw new RangeError(
        `can only convert an array of size 1 to a JavaScript scalar; got shape ` +
          `${showShape(this.shape)}; name an element, as in x.item(0)`,
      );
    }
    const position = flat ?? 0;
    if (!Number.isInteger(position) || position < -this.size || position >= this.size) {
      throw new RangeError(`index ${position} is out of bounds for size ${this.size}`);
    }
    return reader(this.dtype, this.toTypedArray())((position + this.size) % this.size);
  }

  override blockUntilReady(): this {
    this.backend.sync();
    return this;
  }

  override toString(): string {
    return formatArray(this.shape, this.dtype.name, this.#scalars());
  }
  override repr(): string {
    return reprArray(this.shape, this.dtype.name, this.#scalars(), { weakType: this.weakType });
  }
  #scalars(): (flat: number) => ScalarValue | readonly [number, number] {
    const at = reader(this.dtype, this.toTypedArray());
    return (i) => {
      const value = at(i);
      return typeof value === "object" ? [value.re, value.im] : value;
    };
  }

  /** A scalar as a JavaScript value, an array in a text; anything else is a mistake. */
  [Symbol.toPrimitive](hint: string): ScalarValue | string {
    if (hint === "string") return this.toString();
    if (this.ndim > 0) {
      throw new TypeError(
        `Only scalar arrays can be converted to JavaScript scalars; got arr.ndim=${this.ndim}. ` +
          "JavaScript's operators don't work on arrays: use methods such as x.add(y), x.lt(y), " +
          "or String(x) for a text",
      );
    }
    const value = this.item();
    if (typeof value === "object") {
      throw new TypeError(
        "A complex scalar can't be converted to a JavaScript number: use x.item()",
      );
    }
    return value;
  }
}

const bits = new Float32Array(1);
const bitsAsInt = new Uint32Array(bits.buffer);
/** The float that a bfloat16's 16 bits stand for. */
export function decodeBfloat16(pattern: number): number {
  bitsAsInt[0] = pattern << 16;
  return bits[0];
}
/** The 16 bits of the bfloat16 nearest to `x`, ties to even. */
export function encodeBfloat16(x: number): number {
  bits[0] = x;
  const b = bitsAsInt[0];
  if (x !== x) return (b >>> 16) | 0x40;
  return (b + 0x7fff + ((b >>> 16) & 1)) >>> 16;
}

/** How elements of a dtype are read out of their storage. */
export function reader(dtype: DType, data: TypedArray): (flat: number) => ScalarValue | Complex {
  if (isComplex(dtype)) {
    const parts = data as Float32Array;
    return (i) => ({ re: parts[2 * i], im: parts[2 * i + 1] });
  }
  if (dtype.kind === "b") return (i) => data[i] !== 0;
  if (dtype === bfloat16) return (i) => decodeBfloat16(Number(data[i]));
  return (i) => data[i];
}

/** How elements of a dtype are written into their storage, converting as a cast does. */
export function writer(
  dtype: DType,
  data: TypedArray,
): (flat: number, value: ScalarValue | Complex) => void {
  const real = (v: ScalarValue | Complex) => Number(typeof v === "object" ? v.re : v);
  if (isComplex(dtype)) {
    const parts = data as Float32Array;
    return (i, v) => {
      parts[2 * i] = real(v);
      parts[2 * i + 1] = typeof v === "object" ? v.im : 0;
    };
  }
  if (isBigInt(dtype)) {
    const big = data as BigInt64Array;
    return (i, v) => {
      big[i] = typeof v === "bigint" ? v : BigInt(Math.trunc(real(v)));
    };
  }
  const plain = data as Float64Array;
  if (dtype.kind === "b") return (i, v) => void (plain[i] = real(v) !== 0 ? 1 : 0);
  if (dtype === bfloat16) return (i, v) => void (plain[i] = encodeBfloat16(real(v)));
  return (i, v) => void (plain[i] = real(v));
}

/** An array of host data, which is given away: the caller will not change it any more. */
export function fromData(
  aval: ShapedArray,
  data: TypedArray,
  backend: Backend = eagerBackend(),
): ConcreteArray {
  return new ConcreteArray(aval, backend, backend.upload(data, aval.dtype));
}

/** An array of rank 0. */
export function scalarArray(
  value: ScalarValue | Complex,
  dtype: DType,
  weakType = false,
): ConcreteArray {
  const data = allocate(dtype, 1);
  writer(dtype, data)(0, value);
  return fromData(scalarAval(dtype, weakType), data);
}
const scalarAvals = new Map<DType, [ShapedArray, ShapedArray]>();
function scalarAval(dtype: DType, weakType: boolean): ShapedArray {
  let pair = scalarAvals.get(dtype);
  if (pair === undefined) {
    pair = [new ShapedArray([], dtype), new ShapedArray([], dtype, true)];
    scalarAvals.set(dtype, pair);
  }
  return pair[Number(weakType)];
}
