/** Linear interpolation between samples. */
import { scalarArray } from "../core/array.ts";
import { isComplex, realPart } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { Slice } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray, toOptionalArray } from "./asarray.ts";
import { greater, less } from "./comparison.ts";
import { getItem } from "./gathering.ts";
import { concatenate } from "./joining.ts";
import { finfo } from "./limits.ts";
import { namedPart } from "./parts.ts";
import { promoteDTypesInexact, toInexact, whereElse } from "./promotion.ts";
import { clip } from "./rounding.ts";
import { searchsorted } from "./sorting.ts";
import { abs, add, divide, mod, multiply, subtract } from "./ufuncs.ts";

/** Options of {@linkcode interp}. */
export interface InterpOptions {
  /** The value left of the samples: the first one by default; `"extrapolate"` goes on straight. */
  left?: ArrayLike | "extrapolate" | null;
  /** The value right of the samples: the last one by default; `"extrapolate"` goes on straight. */
  right?: ArrayLike | "extrapolate" | null;
  /** The period of the positions, if they repeat; `left` and `right` don't matter then. */
  period?: ArrayLike | null;
}
/** One end of the samples. */
type End = ArrayLike | "extrapolate" | null | undefined;

/**
 * The values at `x` of the broken line through the points `(xp, fp)`, the positions `xp`
 * ascending. Follows `jax.numpy.interp`.
 *
 * @throws {RangeError} unless `xp` and `fp` have one axis of one length, or for complex positions.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [xp, fp] = [np.array([1, 2, 3]), np.array([3, 2, 0])];
 * const x = np.array([0, 1, 1.5, 2.5, 4]);
 * assertEquals(np.interp(x, xp, fp).tolist(), [3, 3, 2.5, 1, 0]);
 * assertEquals(np.interp(4, xp, fp, { right: "extrapolate" }).item(), -2);
 * ```
 */
export function interp(
  x: ArrayLike,
  xp: ArrayLike,
  fp: ArrayLike,
  left?: ArrayLike | "extrapolate" | null | InterpOptions,
  right?: ArrayLike | "extrapolate" | null | InterpOptions,
  period?: ArrayLike | null | InterpOptions,
): NDArray {
  const names = ["left", "right", "period"] as const;
  const read = readOptions<InterpOptions>("interp", names, left, right, period);
  const straight = [extrapolates("left", read.left), extrapolates("right", read.right)] as const;
  const optional = (end: End) =>
    typeof end === "string" ? undefined : toOptionalArray("interp", end);
  const arrays = {
    x: toArray("interp", x),
    xp: toArray("interp", xp, 1),
    fp: toArray("interp", fp, 2),
    left: optional(read.left),
    right: optional(read.right),
    period: optional(read.period),
  };
  return namedPart("_interp", arrays, (arrays) => interpolated(arrays, straight), straight);
}
function extrapolates(side: "left" | "right", end: End): boolean {
  if (typeof end !== "string") return false;
  if (end === "extrapolate") return true;
  throw new RangeError(
    `the only valid string value of \`${side}\` is 'extrapolate', but got: '${String(end)}'`,
  );
}

type Samples = {
  readonly x: NDArray;
  readonly xp: NDArray;
  readonly fp: NDArray;
  readonly left: NDArray | undefined;
  readonly right: NDArray | undefined;
  readonly period: NDArray | undefined;
};

function interpolated(
  { left, right, ...samples }: Samples,
  [straightLeft, straightRight]: readonly [boolean, boolean],
): NDArray {
  const { x, xp, fp } = prepared(samples);
  const i = clip(searchsorted(xp, x, "right"), 1, xp.size - 1);
  const before = () => subtract(i, 1);
  const df = subtract(getItem(fp, [i]), getItem(fp, [before()]));
  const dx = subtract(getItem(xp, [i]), getItem(xp, [before()]));
  const delta = subtract(x, getItem(xp, [before()]));
  // Positions as close as this are one: there the line is a step.
  const epsilon = finfo(realPart(xp.dtype)).eps ** 2;
  const isStep = lax.le(lax.abs(dx), scalarArray(epsilon, xp.dtype));
  const base = getItem(fp, [before()]);
  const start = getItem(fp, [before()]);
  const slope = multiply(divide(delta, whereElse(isStep, 1, dx)), df);
  let result = whereElse(isStep, base, add(start, slope));
  if (samples.period !== undefined) return result;
  if (!straightLeft) {
    const end = left ?? getItem(fp, [0]);
    result = whereElse(less(x, getItem(xp, [0])), end, result);
  }
  if (!straightRight) {
    const end = right ?? getItem(fp, [-1]);
    result = whereElse(greater(x, getItem(xp, [-1])), end, result);
  }
  return result;
}

/** Positions and samples as floats, with a period those around its ends as well. */
function prepared(
  { x, xp, fp, period }: Pick<Samples, "x" | "xp" | "fp" | "period">,
): { x: NDArray; xp: NDArray; fp: NDArray } {
  if (xp.ndim !== 1 || fp.ndim !== 1 || xp.size !== fp.size) {
    throw new RangeError(
      "xp and fp must be one-dimensional arrays of equal size, got shapes " +
        `${showShape(xp.shape)} and ${showShape(fp.shape)}`,
    );
  }
  const [at, positions] = promoteDTypesInexact("interp", x, xp);
  const values = toInexact("interp", fp);
  if (isComplex(at.dtype)) throw new RangeError("np.interp: complex x values not supported.");
  if (period === undefined) return { x: at, xp: positions, fp: values };
  if (period.ndim !== 0) {
    throw new RangeError(
      `period must be a scalar; got an array of shape ${showShape(period.shape)}`,
    );
  }
  const length = abs(period);
  const [sorted, sortedValues] = lax.sortKeyVal(mod(positions, length), values);
  const last = new Slice(-1, null, null);
  const first = new Slice(null, 1, null);
  return {
    x: mod(at, length),
    xp: concatenate([
      subtract(getItem(sorted, [last]), length),
      sorted,
      add(getItem(sorted, [first]), length),
    ]),
    fp: concatenate([
      getItem(sortedValues, [last]),
      sortedValues,
      getItem(sortedValues, [first]),
    ]),
  };
}
