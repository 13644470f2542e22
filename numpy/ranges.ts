/** Numbers at equal distances, or at equal ratios. */
import { ConcreteArray, scalarArray } from "../core/array.ts";
import { range } from "../core/aval.ts";
import {
  defaultDType,
  type DType,
  isComplex,
  isFloat,
  isInteger,
  realPart,
} from "../core/dtype.ts";
import { ConcretizationTypeError, describe } from "../core/errors.ts";
import { named, namedAll } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import { Tracer } from "../core/stage.ts";
import type { ArrayLike, MaybeDType, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArray, toArrays, userDType } from "./asarray.ts";
import { log10 } from "./exponential.ts";
import { power } from "./powers.ts";
import { convertTo, resultTypeOf, toInexactDType } from "./promotion.ts";
import { broadcastShapes, broadcastTo, canonicalAxis } from "./shapes.ts";
import { divide, multiply, sign, subtract } from "./ufuncs.ts";

// -- by distance --------------------------------------------------------------------------------

/** Options of {@linkcode arange}. */
export interface ArangeOptions {
  /** The end, which is left out. */
  stop?: ArrayLike | null;
  /** The distance of elements; 1 by default. */
  step?: ArrayLike | null;
  /** The type of the elements; by default, the common type of the numbers. */
  dtype?: MaybeDType;
}

/**
 * The numbers from `start` on up to `stop`, which is left out, at distances of `step`;
 * `arange(stop)` begins at 0. Integers make int32, other numbers float32.
 *
 * @throws {RangeError} if `step` is 0.
 * @throws {ConcretizationTypeError} if an argument is traced.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.arange(4)) === "[0 1 2 3]");
 * assert(String(np.arange(2, 0, -0.5)) === "[2.  1.5 1.  0.5]");
 * ```
 */
export function arange(
  start: ArrayLike,
  stop?: ArrayLike | null | ArangeOptions,
  step?: ArrayLike | null | ArangeOptions,
  dtype?: MaybeDType | ArangeOptions,
  options?: ArangeOptions,
): NDArray {
  const names = ["stop", "step", "dtype"] as const;
  const given = readOptions<ArangeOptions>("arange", names, stop, step, dtype, options);
  if (start === null || start === undefined) {
    throw new TypeError(`arange takes a number for 'start', got ${start}`);
  }
  const numbers = [start, given.stop ?? null, given.step ?? null];
  const operands = numbers.filter((x) => x !== null);
  const only = operands.length === 1 ? "stop" : "start";
  const [a, b, c] = numbers.map((x, i) =>
    x === null ? null : knownNumber(x, ["start", "stop", "step"][i].replace(/^start$/, only))
  );
  const type = given.dtype == null
    ? resultTypeOf("arange", operands).dtype
    : userDType("arange", given.dtype);
  const [low, high] = b === null ? [0, a!] : [a!, b];
  if (c !== null) return steps(low, high, c, type);
  const length = lengthOf(high - low);
  if (low === 0) return lax.iota(type, length);
  return lax.add(lax.convertElementType(low, type), lax.iota(type, length));
}

/** The value of a number that must be known. */
function knownNumber(x: ArrayLike, name: string): number {
  if (x instanceof Tracer) {
    const context = `It arose in the np.arange argument '${name}'`;
    throw new ConcretizationTypeError(x.description, context, x.origin);
  }
  const array = toArray("arange", x);
  if (array.ndim > 0) {
    throw new RangeError(`np.arange: arguments must be scalars; got ${name}=${array}`);
  }
  if (isComplex(array.dtype)) {
    throw new RangeError(
      "Passing complex start/stop/step to np.arange is no longer supported starting in JAX v0.10.0.",
    );
  }
  return typeof x === "number" ? x : Number(array.item());
}
function lengthOf(distance: number): number {
  if (Number.isFinite(distance)) return Math.max(0, Math.ceil(distance));
  throw new RangeError(
    `cannot convert float ${Number.isNaN(distance) ? "NaN" : "infinity"} to integer`,
  );
}
function steps(start: number, stop: number, step: number, dtype: DType): NDArray {
  if (step === 0) throw new RangeError("division by zero: np.arange needs a step that is not 0");
  // Half precision is too coarse to count in.
  const counting = isFloat(dtype) && dtype.itemsize < 4 ? defaultDType("f") : dtype;
  const length = lengthOf((stop - start) / step);
  const positions = lax.mul(lax.convertElementType(step, counting), lax.iota(counting, length));
  return convertTo(lax.add(lax.convertElementType(start, counting), positions), dtype);
}

/** Options of {@linkcode linspace}. */
export interface LinspaceOptions {
  /** How many numbers; 50 by default. */
  num?: number;
  /** Whether `stop` is the last number; true by default. */
  endpoint?: boolean;
  /** Give the distance of the numbers too: `[numbers, step]`. */
  retstep?: boolean;
  /** The type of the elements; by default, a float that holds both ends. */
  dtype?: MaybeDType;
  /** The axis along which the numbers run, if the ends are arrays. */
  axis?: number;
}
/** So many numbers at equal distances, and their distance. */
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  options: LinspaceOptions & { retstep: true },
): [NDArray, NDArray];
/** So many numbers at equal distances, and their distance. */
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num: number | undefined,
  options: LinspaceOptions & { retstep: true },
): [NDArray, NDArray];
/**
 * So many numbers at equal distances from `start` to `stop`, both included.
 *
 * @throws {RangeError} if `num` is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.linspace(0, 1, 5)) === "[0.   0.25 0.5  0.75 1.  ]");
 * assert(String(np.linspace(0, 1, 4, { endpoint: false })) === "[0.   0.25 0.5  0.75]");
 * ```
 */
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number | LinspaceOptions,
  endpoint?: boolean | LinspaceOptions,
  options?: LinspaceOptions,
): NDArray;
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  ...args: readonly (number | boolean | LinspaceOptions | undefined)[]
): NDArray | [NDArray, NDArray] {
  const names = ["num", "endpoint", "retstep", "dtype", "axis"] as const;
  const given = readOptions<LinspaceOptions>("linspace", names, ...args);
  const { num = 50, endpoint = true, retstep = false, axis = 0 } = given;
  const count = checkCount("linspace", num);
  const dtype = dtypeOfEnds("linspace", start, stop, given.dtype);
  const settings: Spacing = { count, endpoint, dtype, axis };
  const results = namedAll(
    "_linspace",
    toArrays("linspace", start, stop),
    (start, stop) => spaced(start, stop, settings).slice(0, retstep ? 2 : 1),
    [count, endpoint, retstep, dtype.name, axis],
  );
  return retstep ? [results[0], results[1]] : results[0];
}

function checkCount(name: string, num: number): number {
  if (num as unknown instanceof Tracer) {
    const tracer = num as unknown as Tracer;
    const context = `'num' argument of np.${name}`;
    throw new ConcretizationTypeError(tracer.description, context, tracer.origin);
  }
  const count = num as unknown instanceof ConcreteArray ? Number(num) : num;
  if (!Number.isInteger(count)) {
    throw new TypeError(
      `'float' object cannot be interpreted as an integer: 'num' argument of np.${name} is ` +
        describe(num),
    );
  }
  if (count < 0) throw new RangeError(`Number of samples, ${count}, must be non-negative.`);
  return count;
}

/** What {@linkcode spaced} is told. */
interface Spacing {
  readonly count: number;
  readonly endpoint: boolean;
  readonly dtype: DType;
  readonly axis: number;
}

/** The numbers, and their distance. Those between the ends are weighted means of both. */
function spaced(first: NDArray, last: NDArray, spacing: Spacing): NDArray[] {
  const { count, endpoint, dtype } = spacing;
  const working = toInexactDType(dtype);
  const [start, stop] = [convertTo(first, working), convertTo(last, working)];
  const shape = broadcastShapes(start.shape, stop.shape);
  const [from, to] = [broadcastTo(start, shape), broadcastTo(stop, shape)];
  const axis = canonicalAxis(spacing.axis, shape.length + 1);
  const column = shape.toSpliced(axis, 0, 1);
  const nan = constantLike(from, NaN);
  if (count === 0) return [lax.full(shape.toSpliced(axis, 0, 0), 0, dtype), nan];
  const finish = (numbers: NDArray) =>
    convertTo(isInteger(dtype) ? lax.floor(numbers) : numbers, dtype);
  if (count === 1) {
    return [finish(lax.reshape(from, column)), endpoint ? nan : subtract(stop, start)];
  }
  const gaps = endpoint ? count - 1 : count;
  const step = lax.div(subtract(stop, start), gaps);
  const positions = lax.reshape(
    lax.iota(realPart(working), gaps),
    column.map((_, i) => i === axis ? gaps : 1),
  );
  const weight = convertTo(lax.div(positions, gaps), working);
  const numbers = lax.add(
    lax.mul(lax.reshape(from, column), lax.sub(1, weight)),
    lax.mul(lax.reshape(to, column), weight),
  );
  if (!endpoint) return [finish(numbers), step];
  return [finish(lax.concatenate([numbers, lax.expandDims(to, [axis])], axis)), step];
}

// -- by ratio -----------------------------------------------------------------------------------

/** Options of {@linkcode logspace}. */
export interface LogspaceOptions extends Omit<LinspaceOptions, "retstep"> {
  /** What is raised to the powers; 10 by default. */
  base?: ArrayLike;
}

/**
 * So many powers of `base`, with exponents at equal distances from `start` to `stop`.
 *
 * @throws {RangeError} if `num` is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.logspace(0, 3, 4, { base: 2 })) === "[1. 2. 4. 8.]");
 * ```
 */
export function logspace(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number | LogspaceOptions,
  endpoint?: boolean | LogspaceOptions,
  options?: LogspaceOptions,
): NDArray {
  const names = ["num", "endpoint", "base", "dtype", "axis"] as const;
  const given = readOptions<LogspaceOptions>("logspace", names, num, endpoint, options);
  const { base = 10, endpoint: closed = true, axis = 0 } = given;
  const count = checkCount("logspace", given.num ?? 50);
  const dtype = dtypeOfEnds("logspace", start, stop, given.dtype);
  return named("_logspace", logspaceOperands(start, stop, base), (start, stop, base) => {
    const working = toInexactDType(dtype);
    const ends = [convertTo(start, working), convertTo(stop, working)];
    const exponents = linspace(ends[0], ends[1], { num: count, endpoint: closed, axis });
    return convertTo(power(base, exponents), dtype);
  }, [count, closed, dtype.name, axis]);
}
/** The base as a float, so that no integer is raised to a power as one. */
function logspaceOperands(start: ArrayLike, stop: ArrayLike, base: ArrayLike): NDArray[] {
  const float = typeof base === "number" ? scalarArray(base, defaultDType("f"), true) : base;
  return toArrays("logspace", start, stop, float);
}

function dtypeOfEnds(name: string, start: ArrayLike, stop: ArrayLike, dtype: MaybeDType): DType {
  return dtype == null
    ? toInexactDType(resultTypeOf(name, [start, stop]).dtype)
    : userDType(name, dtype);
}

/** Options of {@linkcode geomspace}. */
export type GeomspaceOptions = Omit<LinspaceOptions, "retstep">;

/**
 * So many numbers at equal ratios from `start` to `stop`, both included.
 *
 * @throws {RangeError} if `num` is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.allclose(np.geomspace(1, 8, 4), np.array([1, 2, 4, 8])).item() === true);
 * ```
 */
export function geomspace(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number | GeomspaceOptions,
  endpoint?: boolean | GeomspaceOptions,
  options?: GeomspaceOptions,
): NDArray {
  const names = ["num", "endpoint", "dtype", "axis"] as const;
  const given = readOptions<GeomspaceOptions>("geomspace", names, num, endpoint, options);
  const { endpoint: closed = true, axis = 0 } = given;
  const count = checkCount("geomspace", given.num ?? 50);
  const dtype = dtypeOfEnds("geomspace", start, stop, given.dtype);
  return named("_geomspace", toArrays("geomspace", start, stop), (start, stop) => {
    const working = toInexactDType(dtype);
    const [from, to] = [convertTo(start, working), convertTo(stop, working)];
    const signs = sign(from);
    const powers = logspace(log10(divide(from, signs)), log10(divide(to, signs)), {
      num: count,
      endpoint: closed,
      dtype: working,
    });
    const numbers = multiply(signs, powers);
    const last = canonicalAxis(axis, numbers.ndim);
    const order = range(numbers.ndim).slice(1).toSpliced(last, 0, 0);
    return convertTo(lax.transpose(numbers, order), dtype);
  }, [count, closed, dtype.name, axis]);
}
