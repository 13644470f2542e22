/** Elements moved along their axes: reversed, turned, rolled around. */
import { ConcreteArray, scalarArray } from "../core/array.ts";
import { range } from "../core/aval.ts";
import { bool, int32, isInteger } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { listOf } from "../core/checks.ts";
import type { AxisLike } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray } from "./asarray.ts";
import { broadcastShapes, broadcastTo, canonicalAxes, canonicalAxis } from "./shapes.ts";
import { remainder } from "./ufuncs.ts";

// -- reversing ------------------------------------------------------------------------------------

/**
 * The elements in reverse order along some axes, or along all of them.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.flip(np.array([[1, 2], [3, 4]]))) === "[[4 3]\n [2 1]]");
 * assert(String(np.flip(np.array([[1, 2], [3, 4]]), 1)) === "[[2 1]\n [4 3]]");
 * ```
 */
export function flip(m: ArrayLike, axis?: AxisLike | { axis?: AxisLike }): NDArray {
  const x = toArray("flip", m);
  const { axis: axes } = readOptions<{ axis?: AxisLike }>("flip", ["axis"], axis);
  return flipAxes(x, canonicalAxes(axes, x.ndim));
}
function flipAxes(x: NDArray, axes: readonly number[]): NDArray {
  return named("_flip", [x], (x) => lax.rev(x, axes), axes);
}

/**
 * The columns in reverse order: {@linkcode flip} along axis 1.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.fliplr(np.array([[1, 2], [3, 4]]))) === "[[2 1]\n [4 3]]");
 * ```
 */
export function fliplr(m: ArrayLike): NDArray {
  const x = toArray("fliplr", m);
  return flipAxes(x, canonicalAxes(1, x.ndim));
}

/**
 * The rows in reverse order: {@linkcode flip} along axis 0.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.flipud(np.array([[1, 2], [3, 4]]))) === "[[3 4]\n [1 2]]");
 * ```
 */
export function flipud(m: ArrayLike): NDArray {
  const x = toArray("flipud", m);
  return flipAxes(x, canonicalAxes(0, x.ndim));
}

/** Options of {@linkcode rot90}. */
export interface Rot90Options {
  /** The number of quarter turns; 1 by default. */
  k?: number;
  /** The plane: turns go from the first axis towards the second; `[0, 1]` by default. */
  axes?: readonly [number, number];
}

/**
 * The array turned by quarter turns in the plane of two axes.
 *
 * @throws {RangeError} if the array has fewer than two axes, or the axes are the same.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.rot90(np.array([[1, 2], [3, 4]]))) === "[[2 4]\n [1 3]]");
 * ```
 */
export function rot90(
  m: ArrayLike,
  k?: number | Rot90Options,
  axes?: readonly [number, number] | Rot90Options,
): NDArray {
  const x = toArray("rot90", m);
  const options = readOptions<Rot90Options>("rot90", ["k", "axes"], k, axes);
  if (x.ndim < 2) {
    throw new RangeError(
      "rot90 requires its first argument to have ndim at least two, but got first argument of " +
        `shape ${showShape(x.shape)}, which has ndim ${x.ndim}`,
    );
  }
  const [i, j] = listOf<number>("np.rot90", "axes", options.axes ?? [0, 1]).map((axis) =>
    canonicalAxis(axis, x.ndim)
  );
  if (i === j) throw new RangeError("Axes must be different");
  const turns = (((options.k ?? 1) % 4) + 4) % 4;
  const exchanged = range(x.ndim).map((n) => n === i ? j : n === j ? i : n);
  return named("rot90", [x], (x) => {
    switch (turns) {
      case 0:
        return x;
      case 1:
        return lax.transpose(flipAxes(x, [j]), exchanged);
      case 2:
        return flipAxes(flipAxes(x, [i]), [j]);
      default:
        return flipAxes(lax.transpose(x, exchanged), [j]);
    }
  }, [turns, i, j]);
}

// -- rolling --------------------------------------------------------------------------------------

/**
 * The elements moved by `shift` positions along some axes, around the end. Without an axis, they
 * move through the flattened array. The shift may be traced.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.roll(np.arange(5), 2)) === "[3 4 0 1 2]");
 * assert(String(np.roll(np.array([[1, 2], [3, 4]]), 1, 0)) === "[[3 4]\n [1 2]]");
 * ```
 */
export function roll(
  a: ArrayLike,
  shift: ArrayLike | readonly number[],
  axis?: AxisLike | { axis?: AxisLike },
): NDArray {
  const x = toArray("roll", a);
  if (shift instanceof NDArray && !isInteger(shift.dtype) && shift.dtype !== bool) {
    throw new TypeError(`roll shifts must be integers, got an array of ${shift.dtype.name}`);
  }
  const { axis: given } = readOptions<{ axis?: AxisLike }>("roll", ["axis"], axis);
  if (given === null || given === undefined) {
    return lax.reshape(roll(lax.reshape(x, [x.size]), shift, 0), x.shape);
  }
  // An axis may come several times.
  const axes = (Array.isArray(given) ? given as number[] : [given as number])
    .map((i) => canonicalAxis(i, x.ndim));
  if (shift instanceof NDArray && !(shift instanceof ConcreteArray)) {
    return rollDynamic(x, shift, axes);
  }
  return rollStatic(x, toShifts(shift as Exclude<typeof shift, NDArray>), axes);
}
function toShifts(shift: ArrayLike | readonly number[]): number[] {
  const list = Array.isArray(shift)
    ? shift as number[]
    : [...toArray("roll", shift as ArrayLike).toTypedArray()].map(Number);
  const bad = list.find((n) => !Number.isInteger(n));
  if (bad !== undefined) throw new TypeError(`roll shifts must be integers, got ${bad}`);
  return list;
}

function rollStatic(x: NDArray, shifts: readonly number[], axes: readonly number[]): NDArray {
  const [count] = broadcastShapes([shifts.length], [axes.length]);
  const pick = (list: readonly number[], i: number) => list.length === 1 ? list[0] : list[i];
  return named("_roll_static", [x], (x) => {
    let y = x;
    for (let i = 0; i < count; i++) {
      const axis = pick(axes, i);
      const n = x.shape[axis];
      if (n === 0) continue;
      const start = (((-pick(shifts, i)) % n) + n) % n;
      const parts = [[start, n], [0, start]].map(([from, to]) =>
        lax.sliceInDim(y, from, to, 1, axis)
      );
      y = lax.concatenate(parts, axis);
    }
    return y;
  }, [shifts, axes]);
}

function rollDynamic(x: NDArray, shift: NDArray, axes: readonly number[]): NDArray {
  const shape = broadcastShapes(shift.shape, [axes.length]);
  if (shape.length !== 1) {
    throw new RangeError("'shift' and 'axis' arguments to roll must be scalars or 1D arrays");
  }
  return named("_roll_dynamic", [x, shift], (x, shift) => {
    const shifts = broadcastTo(shift, shape);
    let y = x;
    for (let i = 0; i < shape[0]; i++) {
      const axis = axes.length === 1 ? axes[0] : axes[i];
      const n = scalarArray(x.shape[axis], int32);
      const by = remainder(
        lax.convertElementType(lax.indexInDim(shifts, i, 0, false), int32),
        lax.max(n, scalarArray(1, int32)),
      );
      const twice = lax.concatenate([y, y], axis);
      y = lax.dynamicSliceInDim(twice, lax.sub(n, by), x.shape[axis], axis);
    }
    return y;
  }, axes);
}
