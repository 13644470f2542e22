/** Differences of neighbours, gradients, integrals by the trapezoid rule, phases unwrapped. */
import { scalarArray } from "../core/array.ts";
import { range } from "../core/aval.ts";
import { bool, defaultDType, isComplex, isInteger } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { namedAll } from "../core/call.ts";
import { type AxisLike, Slice } from "../core/methods.ts";
import { isOptions, readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray, toArrays, toOptionalArray } from "./asarray.ts";
import { equal, greater, less, logicalAnd } from "./comparison.ts";
import { cumsum } from "./cumulative.ts";
import { getItem } from "./gathering.ts";
import { concatenate } from "./joining.ts";
import { moveaxis } from "./manipulation.ts";
import { namedPart } from "./parts.ts";
import {
  convertTo,
  promoteDTypes,
  promoteDTypesInexact,
  toInexact,
  whereElse,
} from "./promotion.ts";
import { sum } from "./reductions.ts";
import { broadcastTo, canonicalAxes, canonicalAxis } from "./shapes.ts";
import { abs, add, divide, floorDivide, mod, multiply, negative, subtract } from "./ufuncs.ts";

const FROM_SECOND = new Slice(1, null, null);
const TO_LAST = new Slice(null, -1, null);
const ALL = new Slice(null, null, null);

// -- differences ----------------------------------------------------------------------------------

/** Options of {@linkcode diff}. */
export interface DiffOptions {
  /** How many times to take differences. */
  n?: number;
  /** The axis to go along; the last one by default. */
  axis?: number;
  /** What to put before the elements. */
  prepend?: ArrayLike;
  /** What to put after the elements. */
  append?: ArrayLike;
}
/**
 * Each element less the one before along `axis`, `n` times; of booleans, whether they differ.
 * Follows `jax.numpy.diff`.
 *
 * @throws {RangeError} for a scalar, or if `n` is negative.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 4, 7]);
 * assertEquals(np.diff(x).tolist(), [1, 2, 3]);
 * assertEquals(np.diff(x, 2).tolist(), [1, 1]);
 * assertEquals(np.diff(x, { prepend: 0 }).tolist(), [1, 1, 2, 3]);
 * ```
 */
export function diff(
  a: ArrayLike,
  n?: number | DiffOptions,
  axis?: number | DiffOptions,
  options?: DiffOptions,
): NDArray {
  const names = ["n", "axis", "prepend", "append"] as const;
  const read = readOptions<DiffOptions>("diff", names, n, axis, options);
  const { n: times = 1, axis: along = -1, prepend, append } = read;
  if (!Number.isInteger(times)) {
    throw new TypeError(`'n' argument of np.diff must be an integer, got ${describe(times)}`);
  }
  const arrays = {
    x: toArray("diff", a),
    append: toOptionalArray("diff", append),
    prepend: toOptionalArray("diff", prepend),
  };
  return namedPart("diff", arrays, ({ x, append, prepend }) => {
    if (times === 0) return x;
    if (times < 0) throw new RangeError(`order must be non-negative but got ${times}`);
    if (x.ndim === 0) {
      throw new RangeError(`diff requires input that is at least one dimensional; got ${x}`);
    }
    const dim = canonicalAxis(along, x.ndim);
    const edge = x.shape.map((n, i) => i === dim ? 1 : n);
    const parts = [prepend, x, append].filter((part) => part !== undefined)
      .map((part) => part.ndim === 0 ? broadcastTo(part, edge) : part);
    let result = parts.length > 1 ? concatenate(parts, dim) : x;
    const cut = (part: Slice) => range(x.ndim).map((i) => i === dim ? part : ALL);
    for (let i = 0; i < times && result.shape[dim] > 0; i++) {
      const [later, earlier] = [getItem(result, cut(FROM_SECOND)), getItem(result, cut(TO_LAST))];
      result = x.dtype === bool ? lax.ne(later, earlier) : subtract(later, earlier);
    }
    return result;
  }, [times, along]);
}

/** Options of {@linkcode ediff1d}. */
export interface Ediff1dOptions {
  /** What to put after the differences. */
  toEnd?: ArrayLike;
  /** What to put before the differences. */
  toBegin?: ArrayLike;
}
/**
 * Each element less the one before, in row-major order, with given ends. Follows
 * `jax.numpy.ediff1d`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 4]);
 * assertEquals(np.ediff1d(x, { toBegin: -9, toEnd: 9 }).tolist(), [-9, 1, 2, 9]);
 * ```
 */
export function ediff1d(
  ary: ArrayLike,
  toEnd?: ArrayLike | Ediff1dOptions,
  toBegin?: ArrayLike | Ediff1dOptions,
): NDArray {
  const read = readOptions<Ediff1dOptions>("ediff1d", ["toEnd", "toBegin"], toEnd, toBegin);
  const arrays = {
    x: toArray("ediff1d", ary),
    begin: toOptionalArray("ediff1d", read.toBegin),
    end: toOptionalArray("ediff1d", read.toEnd),
  };
  return namedPart("ediff1d", arrays, ({ x, begin, end }) => {
    const flat = lax.reshape(x, [x.size]);
    const differences = lax.sub(getItem(flat, [FROM_SECOND]), getItem(flat, [TO_LAST]));
    const fitting = (part: NDArray) => lax.reshape(convertTo(part, flat.dtype), [part.size]);
    const begun = begin === undefined
      ? differences
      : lax.concatenate([fitting(begin), differences], 0);
    return end === undefined ? begun : lax.concatenate([begun, fitting(end)], 0);
  });
}

// -- gradient -------------------------------------------------------------------------------------

/** Options of {@linkcode gradient}. */
export interface GradientOptions {
  /** The axes to differentiate along; all of them by default. */
  axis?: AxisLike;
}
/**
 * The derivative along an axis, or the list of those along several, by differences: central ones
 * inside, one-sided ones at the ends. The spacing is 1, or one number, or one for each axis, or the
 * positions along each axis. Follows `jax.numpy.gradient`.
 *
 * @throws {RangeError} for axes of fewer than 2 elements, or spacings of the wrong length.
 * @throws {TypeError} for the wrong number of spacings.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 4, 7]);
 * assertEquals(np.gradient(x, { axis: 0 }).tolist(), [1, 1.5, 2.5, 3]);
 * assertEquals(np.gradient(x, 2, { axis: 0 }).tolist(), [0.5, 0.75, 1.25, 1.5]);
 * ```
 */
export function gradient(
  f: ArrayLike,
  ...args: [...varargs: ArrayLike[], options: GradientOptions & { axis: number }]
): NDArray;
/** {@linkcode gradient} along all axes, or several. */
export function gradient(
  f: ArrayLike,
  ...args: (ArrayLike | GradientOptions)[]
): NDArray | NDArray[];
export function gradient(
  f: ArrayLike,
  ...args: (ArrayLike | GradientOptions)[]
): NDArray | NDArray[] {
  const last = args.at(-1);
  const named = isOptions(last);
  const { axis } = readOptions<GradientOptions>("gradient", ["axis"], named ? last : undefined);
  const spacings = (named ? args.slice(0, -1) : args) as ArrayLike[];
  const operands = toArrays("gradient", f, ...spacings);
  const axes = canonicalAxes(axis, operands[0].ndim);
  if (axes.length === 0) return [];
  const results = namedAll("gradient", operands, (...operands) => {
    const [a, ...given] = promoteDTypesInexact("gradient", ...operands);
    if (axes.some((i) => a.shape[i] < 2)) {
      throw new RangeError(
        "Shape of array too small to calculate a numerical gradient, at least 2 elements are " +
          "required.",
      );
    }
    const unit = () => scalarArray(1, defaultDType("f"), true);
    const spacing = given.length === 0
      ? axes.map(unit)
      : given.length === 1
      ? axes.map(() => given[0])
      : given;
    if (spacing.length !== axes.length) {
      throw new TypeError(
        `Invalid number of spacing arguments ${given.length} for axis=${showShape(axes)}`,
      );
    }
    return axes.map((axis, i) => gradientAlong(a, spacing[i], axis));
  }, axes);
  return axes.length === 1 ? results[0] : [...results];
}
function gradientAlong(a: NDArray, h: NDArray, axis: number): NDArray {
  if (h.ndim > 1) throw new RangeError("Spacing arrays must be 1D arrays or scalars.");
  const part = (x: NDArray) => (start: number | null, stop: number | null) =>
    lax.sliceInDim(x, start, stop, 1, axis);
  const y = part(a);
  const first = subtract(y(1, 2), y(0, 1));
  const last = subtract(y(-1, null), y(-2, -1));
  if (h.ndim === 0) {
    const inner = divide(multiply(subtract(y(2, null), y(null, -2)), 0.5), h);
    const end = divide(last, h);
    return concatenate([divide(first, h), inner, end], axis);
  }
  if (h.size !== a.shape[axis]) {
    throw new RangeError(
      "Spacing arrays must have the same length as the dimension along which the gradient is " +
        "calculated.",
    );
  }
  const x = part(lax.reshape(h, a.shape.map((_, i) => i === axis ? h.size : 1)));
  const start = divide(first, subtract(x(1, 2), x(0, 1)));
  const end = divide(last, subtract(x(-1, null), x(-2, -1)));
  // The parabola through three neighbours has this derivative at the middle one.
  const dx1 = subtract(x(1, -1), x(0, -2));
  const dx2 = subtract(x(2, null), x(1, -1));
  const both = () => add(dx1, dx2);
  const before = divide(negative(dx2), multiply(dx1, both()));
  const middle = divide(subtract(dx2, dx1), multiply(dx1, dx2));
  const after = divide(dx1, multiply(dx2, both()));
  const inner = add(
    add(multiply(before, y(0, -2)), multiply(middle, y(1, -1))),
    multiply(after, y(2, null)),
  );
  return concatenate([start, inner, end], axis);
}

// -- integrals and phases -------------------------------------------------------------------------

/** Options of {@linkcode trapezoid}. */
export interface TrapezoidOptions {
  /** The positions of the samples. */
  x?: ArrayLike | null;
  /** The distance of samples, if their positions aren't given. */
  dx?: ArrayLike;
  /** The axis to integrate along; the last one by default. */
  axis?: number;
}
/**
 * The integral along an axis by the trapezoid rule. Follows `jax.numpy.trapezoid`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.trapezoid(np.array([1, 2, 3])).item(), 4);
 * assertEquals(np.trapezoid(np.array([1, 2, 3]), np.array([4, 6, 8])).item(), 8);
 * ```
 */
export function trapezoid(
  y: ArrayLike,
  x?: ArrayLike | null | TrapezoidOptions,
  dx?: ArrayLike | TrapezoidOptions,
  axis?: number | TrapezoidOptions,
): NDArray {
  const read = readOptions<TrapezoidOptions>("trapezoid", ["x", "dx", "axis"], x, dx, axis);
  const { x: positions, dx: distance, axis: along = -1 } = read;
  const arrays = {
    y: toArray("trapezoid", y),
    x: toOptionalArray("trapezoid", positions, 1),
    dx: toOptionalArray("trapezoid", distance),
  };
  return namedPart("trapezoid", arrays, (arrays) => trapezoids(arrays, along), along);
}
function trapezoids(
  { y, x, dx }: { y: NDArray; x: NDArray | undefined; dx: NDArray | undefined },
  axis: number,
): NDArray {
  const toEnd = (a: NDArray) => moveaxis(a, axis, -1);
  let values: NDArray, steps: NDArray;
  if (x === undefined) {
    values = toInexact("trapezoid", y);
    steps = dx ?? scalarArray(1, defaultDType("f"), true);
    if (steps.ndim > 0) steps = toEnd(lax.expandDims(steps, range(y.ndim - steps.ndim)));
  } else {
    const [a, b] = promoteDTypesInexact("trapezoid", y, x);
    values = a;
    steps = b.ndim === 1 ? diff(b) : toEnd(diff(b, { axis }));
  }
  const samples = toEnd(values);
  if (steps.ndim === 0 || steps.shape[steps.ndim - 1] === 1) {
    const step = steps.ndim === 0 ? steps : getItem(steps, ["...", 0]);
    const total = sum(samples, -1);
    const ends = add(getItem(samples, ["...", 0]), getItem(samples, ["...", -1]));
    return multiply(step, subtract(total, multiply(0.5, ends)));
  }
  const pairs = add(getItem(samples, ["...", FROM_SECOND]), getItem(samples, ["...", TO_LAST]));
  return multiply(0.5, sum(multiply(steps, pairs), -1));
}

/** Options of {@linkcode unwrap}. */
export interface UnwrapOptions {
  /** The smallest jump to correct: half a period if not said otherwise. */
  discont?: ArrayLike | null;
  /** The axis to go along; the last one by default. */
  axis?: number;
  /** The period: 2π if not said otherwise. */
  period?: ArrayLike;
}
/**
 * Phases with jumps of more than half a period replaced by their complements. Follows
 * `jax.numpy.unwrap`.
 *
 * @throws {RangeError} for complex numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const phases = np.array([0, 3, 1, 3, 2]);
 * assertEquals(np.unwrap(phases, { period: 3 }).tolist(), [0, 0, 1, 2, 1]);
 * ```
 */
export function unwrap(
  p: ArrayLike,
  discont?: ArrayLike | null | UnwrapOptions,
  axis?: number | UnwrapOptions,
  period?: ArrayLike | UnwrapOptions,
): NDArray {
  const names = ["discont", "axis", "period"] as const;
  const read = readOptions<UnwrapOptions>("unwrap", names, discont, axis, period);
  const { discont: jump, axis: along = -1, period: length } = read;
  const arrays = {
    p: toArray("unwrap", p),
    jump: toOptionalArray("unwrap", jump),
    period: toOptionalArray("unwrap", length),
  };
  return namedPart("unwrap", arrays, (arrays) => unwrapped(arrays, along), along);
}
function unwrapped(
  { p, jump, period: given }: {
    p: NDArray;
    jump: NDArray | undefined;
    period: NDArray | undefined;
  },
  axis: number,
): NDArray {
  const [phases, period] = promoteDTypes("unwrap", p, given ?? 2 * Math.PI);
  const { dtype } = phases;
  if (isComplex(dtype)) throw new RangeError("np.unwrap does not support complex inputs.");
  const along = canonicalAxis(axis, phases.ndim);
  if (phases.shape[along] === 0) return phases;
  const least = jump ?? divide(period, 2);
  const interval = isInteger(dtype) ? floorDivide(period, 2) : divide(period, 2);
  const step = diff(phases, { axis: along });
  let wrapped = subtract(mod(add(step, interval), period), interval);
  const atEdge = logicalAnd(equal(wrapped, negative(interval)), greater(step, 0));
  wrapped = whereElse(atEdge, interval, wrapped);
  const correction = whereElse(less(abs(step), least), 0, subtract(wrapped, step));
  const first = lax.sliceInDim(phases, 0, 1, 1, along);
  const rest = lax.sliceInDim(phases, 1, null, 1, along);
  return concatenate([first, add(rest, cumsum(correction, along))], along);
}
