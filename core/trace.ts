/**
 * The interpreter stack: arrays, traces, primitives, and `bind` between them.
 *
 * One trace is current at a time. A transformation makes its trace current; each trace holds the
 * one below it, so the stack is the chain of parents. `bind` asks only the current trace.
 */
import { product, type ShapedArray } from "./aval.ts";
import type { DType, DTypeLike, TypedArray } from "./dtype.ts";
import type { Expr } from "./expr.ts";
import type { ArrayMethods } from "./methods.ts";

/** What functions of `numpy` take for an array: arrays, scalars, typed arrays. */
export type ArrayLike = NDArray | number | bigint | boolean | Complex | TypedArray;
/** What `np.array` makes an array of: nested lists as well. */
export type NestedArrayLike = ArrayLike | readonly NestedArrayLike[];

/** Elements as plain JavaScript values, nested as the axes are. */
export type NestedList = number | bigint | boolean | Complex | NestedList[];

/** A complex number on the host. */
export interface Complex {
  /** Real part. */
  readonly re: number;
  /** Imaginary part. */
  readonly im: number;
}

/** Installs the methods of arrays. Called once, by `numpy/methods.ts`. */
export function installMethods(
  methods: ThisType<NDArray> & ArrayMethods<NDArray, ArrayLike>,
): void {
  Object.defineProperties(NDArray.prototype, Object.getOwnPropertyDescriptors(methods));
}

// Note [Indexing by a proxy prototype]
//
// `x[0]` and `x[-1]` are property lookups that no class can catch, except a Proxy. A Proxy around
// each array would slow all methods; one that stands behind the class's own prototype is asked only
// for what the class does not have, so it costs nothing else.

const integer = /^(?:0|-?[1-9]\d*)$/;
const indexable = new Proxy(Object.prototype, {
  get(target, key, receiver) {
    if (typeof key === "string" && integer.test(key)) {
      return elementAt(receiver as NDArray, Number(key));
    }
    return Reflect.get(target, key, receiver);
  },
  // Which array it is about is not said here; but only the generic methods of JavaScript's lists
  // ask, such as `Array.prototype.map.call(x, f)`, and they keep to positions below the length.
  has(target, key) {
    return typeof key === "string" && integer.test(key) || Reflect.has(target, key);
  },
  set(target, key, value, receiver) {
    if (typeof key === "string" && integer.test(key)) {
      throw new TypeError(
        "JAX arrays are immutable and do not support in-place item assignment. Instead of " +
          "x[idx] = y, use x = x.at(idx).set(y) or another .at() method: " +
          "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html",
      );
    }
    return Reflect.set(target, key, value, receiver);
  },
});

/** JavaScript asks an array past its end to know that it ends, so out of range is `undefined`. */
function elementAt(x: NDArray, index: number): NDArray | undefined {
  if (x.ndim === 0) {
    throw new RangeError("Too many indices: array is 0-dimensional, but 1 were indexed");
  }
  const n = x.shape[0];
  return index < -n || index >= n ? undefined : x.at(index).get();
}

/**
 * An n-dimensional array: concrete data, or a tracer that stands for data to come. Immutable.
 *
 * `x[0]` reads along the first axis, `x.at(…)` anything else; iteration goes over the first axis.
 */
// Declared once more below, as an interface: its methods are installed by numpy/methods.ts.
export abstract class NDArray {
  /** An element, or a part with the first axis removed; negative positions count from the end. */
  readonly [index: number]: NDArray;

  /** Shape, dtype and weakness as one object. */
  abstract readonly aval: ShapedArray;
  /** The elements in row-major order. Not a copy: treat it as read-only. */
  abstract toTypedArray(): TypedArray;
  /** The elements, once they are computed. */
  abstract data(): Promise<TypedArray>;
  /** The elements as nested lists; a scalar as itself. */
  abstract tolist(): NestedList;
  /** The element of an array that has only one (or the one at a flat position). */
  abstract item(flat?: number): number | bigint | boolean | Complex;
  /** Waits until the array is computed, and gives the array. */
  abstract blockUntilReady(): this;
  /** Where the array is. */
  abstract readonly device: Device;
  /** The length of the first axis under JavaScript's name: makes the array array-like. */
  get length(): number {
    if (this.ndim === 0) throw new TypeError("len() of unsized object");
    return this.shape[0];
  }

  /** Length of each axis. */
  get shape(): readonly number[] {
    return this.aval.shape;
  }
  /** Number of axes. */
  get ndim(): number {
    return this.aval.shape.length;
  }
  /** Number of elements. */
  get size(): number {
    return product(this.aval.shape);
  }
  /** Element type. */
  get dtype(): DType {
    return this.aval.dtype;
  }
  /** Whether the dtype gives way in promotion, as that of a JavaScript number does. */
  get weakType(): boolean {
    return this.aval.weakType;
  }
  /** Bytes of one element. */
  get itemsize(): number {
    return this.aval.dtype.itemsize;
  }
  /** Bytes of all elements. */
  get nbytes(): number {
    return this.size * this.itemsize;
  }

  /** The parts along the first axis. */
  *[Symbol.iterator](): Iterator<NDArray> {
    if (this.ndim === 0) throw new TypeError("iteration over a 0-d array");
    for (let i = 0; i < this.shape[0]; i++) yield this[i];
  }
  /** NumPy's `str`: `[1. 2. 3.]`; of a tracer, what it stands for. */
  abstract toString(): string;
  /** JAX's `repr`, which is what `console.log` shows: `Array([1., 2., 3.], dtype=float32)`. */
  abstract repr(): string;
  /** JSON writes an array as its nested list. */
  toJSON(): NestedList {
    return this.tolist();
  }
  /** JAX's `repr`, which is what `console.log` shows. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.repr();
  }
}
/** The methods of arrays; see `core/methods.ts`. */
export interface NDArray extends ArrayMethods<NDArray, ArrayLike> {}
Object.setPrototypeOf(NDArray.prototype, indexable);

/** Where arrays live. */
export interface Device {
  /** `"cpu"` or `"gpu"`. */
  readonly platform: string;
  /** Name of the registered backend. */
  readonly backend: string;
  /** Number among devices of the backend. */
  readonly id: number;
}

/** An interpreter of primitives. */
export abstract class Trace {
  constructor(
    /** The interpreter below; `null` at the bottom. */
    readonly parent: Trace | null,
  ) {}
  /** Applies a primitive to values; gives its results. */
  abstract process<P>(
    primitive: Primitive<P>,
    args: readonly NDArray[],
    params: P,
  ): readonly NDArray[];
  /** Number of interpreters below, the bottom one not counted. */
  get level(): number {
    let n = -1;
    for (let t = this.parent; t !== null; t = t.parent) n++;
    return n;
  }
}

let current: Trace;

/** Applies a primitive under the current interpreter. */
export function bind<P>(
  primitive: Primitive<P>,
  args: readonly NDArray[],
  params: P,
): readonly NDArray[] {
  return current.process(primitive, args, params);
}

/** Runs `body` with `trace` as the current interpreter. */
export function withTrace<T>(trace: Trace, body: () => T): T {
  const previous = current;
  current = trace;
  try {
    return body();
  } finally {
    current = previous;
  }
}

/** The interpreter that `bind` asks now. */
export function currentTrace(): Trace {
  return current;
}

/** Installs the interpreter at the bottom of the stack. */
export function setBaseTrace(trace: Trace): void {
  current = trace;
}

/** Whether a trace is in use: the current one, or below it. */
export function isLive(trace: Trace): boolean {
  for (let t: Trace | null = current; t !== null; t = t.parent) if (t === trace) return true;
  return false;
}

/** A tangent or cotangent that is known to be zero. */
export const ZERO: unique symbol = Symbol("zero");
/** A tangent or cotangent. */
export type Tangent = NDArray | typeof ZERO;

// Note [Delayed arrays]
//
// A lowering rule sees each operand as a delayed array: a function from an index to the scalar
// expression at that index. Composing functions is fusing loops, so elementwise, movement and
// reduction primitives all fuse without a fusion rule of their own.

/** An array as a function from index to element. See Note [Delayed arrays]. */
export interface Delayed {
  /** Shape and dtype. */
  readonly aval: ShapedArray;
  /** The element at an index, one int32 expression per axis. */
  at(index: readonly Expr[]): Expr;
}

/** An algorithm that each backend brings itself. */
export type RoutineName = "sort" | "cumulative" | "scatter" | "top_k";
const everyRoutine: Readonly<Record<RoutineName, true>> = {
  sort: true,
  cumulative: true,
  scatter: true,
  top_k: true,
};
/** The names of all of them. */
export const routineNames: readonly RoutineName[] = Object.keys(everyRoutine) as RoutineName[];

/** How a value that has no reverse rule of its own is pulled back; see `Rules.transpose`. */
export type Linear = NDArray | undefined;

/** What every primitive has, and what it may have. */
export interface CommonRules<P> {
  /** The types of the results; throws if the operands don't fit, in JAX's words. */
  type(avals: readonly ShapedArray[], params: P): readonly ShapedArray[];
  /** The params as JAX prints them, if not all of them by their own names. */
  print?(params: P, avals: readonly ShapedArray[]): Record<string, unknown>;
  /**
   * Set where a result of as many elements as the operand has them in the same row-major order, so
   * that a backend may let both share one buffer.
   */
  readonly keepsOrder?: true;
  /** Forward mode: results and their tangents. */
  jvp?(
    args: readonly NDArray[],
    tangents: readonly Tangent[],
    params: P,
    primitive: Primitive<P>,
  ): [readonly NDArray[], readonly Tangent[]];
  /** Reverse mode of a linear primitive: cotangents of the operands that are `undefined`. */
  transpose?(
    cotangents: readonly Tangent[],
    args: readonly Linear[],
    params: P,
    avals: readonly ShapedArray[],
  ): readonly (Tangent | undefined)[];
  /** Vectorisation: results and their mapped axes; an axis of `null` is not mapped. */
  batch?(
    args: readonly NDArray[],
    axes: readonly (number | null)[],
    params: P,
    size: number,
  ): [readonly NDArray[], readonly (number | null)[]];
}

/** The five ways to say what a primitive computes. A primitive has exactly one. */
export interface Meanings<P> {
  /** Elementwise: the scalar result from the operands' scalars. */
  scalar(args: readonly Expr[], params: P, dtype: DType): Expr;
  /** The result as a function of the index, from operands as functions of theirs. */
  lower(args: readonly Delayed[], params: P, out: ShapedArray): Delayed["at"];
  /** A composite, in terms of other primitives. */
  expand(args: readonly NDArray[], params: P): readonly NDArray[];
  /** An algorithm that each backend brings itself. */
  readonly routine: RoutineName;
  /** For primitives that hold programs: how they run at the bottom of the stack. */
  eval(args: readonly NDArray[], params: P): readonly NDArray[];
}
/** One member of `T`, and none of the others. */
export type Only<T, K extends keyof T> = Pick<T, K> & { [J in Exclude<keyof T, K>]?: never };
/** Exactly one meaning; a second or a missing one does not compile. */
export type Meaning<P> = { [K in keyof Meanings<P>]: Only<Meanings<P>, K> }[keyof Meanings<P>];

/** All that is known about a primitive, in one object. */
export type Rules<P> = CommonRules<P> & Meaning<P>;

/** The params of a primitive that has none. */
export type NoParams = Record<never, never>;

/** A primitive operation, declared in one place with all of its rules. */
export class Primitive<P = unknown> {
  /** {@linkcode definePrimitive} makes one. */
  constructor(
    /** JAX's name, in snake_case, as printed in programs. */
    readonly name: string,
    /** Its type, its meaning, its behaviour under transformations. */
    readonly rules: Rules<P>,
  ) {}
  /** Applies a primitive of one result. */
  bind(args: readonly NDArray[], params: P): NDArray {
    return bind(this, args, params)[0];
  }
  /** The name. */
  toString(): string {
    return this.name;
  }
}

const declared = new Map<string, Primitive<never>>();

/**
 * Declares a primitive.
 *
 * @throws {TypeError} if the name is taken.
 */
export function definePrimitive<P>(name: string, rules: Rules<P>): Primitive<P> {
  if (declared.has(name)) throw new TypeError(`the primitive ${name} is declared twice`);
  const primitive = new Primitive(name, rules);
  declared.set(name, primitive as unknown as Primitive<never>);
  return primitive;
}

/** All primitives declared so far, by name. */
export function declaredPrimitives(): ReadonlyMap<string, Primitive<never>> {
  return declared;
}

/** A dtype argument that may be left out. */
export type MaybeDType = DTypeLike | null | undefined;
