/** Arrays made longer at their ends. */
import { range } from "../core/aval.ts";
import { isInteger } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import { toStaticInteger } from "../core/stage.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { array as asArray } from "./array.ts";
import { toArray } from "./asarray.ts";
import { getItem } from "./gathering.ts";
import { convertTo } from "./promotion.ts";
import { median } from "./quantiles.ts";
import { linspace } from "./ranges.ts";
import { flip } from "./rearranging.ts";
import { max, min } from "./reductions.ts";
import { round } from "./rounding.ts";
import { broadcastTo } from "./shapes.ts";
import { mean } from "./statistics.ts";
import { repeat } from "./tiling.ts";

/** What to fill the new elements with. */
export type PadMode =
  /** `constantValues`. */
  | "constant"
  /** The nearest element. */
  | "edge"
  /** A ramp from the nearest element to `endValues` at the end. */
  | "linear_ramp"
  /** The largest of the nearest `statLength` elements. */
  | "maximum"
  /** The mean of the nearest `statLength` elements. */
  | "mean"
  /** The median of the nearest `statLength` elements. */
  | "median"
  /** The smallest of the nearest `statLength` elements. */
  | "minimum"
  /** The elements mirrored at the last one, which is not repeated. */
  | "reflect"
  /** The elements mirrored behind the last one. */
  | "symmetric"
  /** The elements from the other end. */
  | "wrap"
  /** Anything: zeros. */
  | "empty";

/** A value for all ends; for beginnings and ends; or such a pair for each axis. */
export type PadValues = number | readonly number[] | readonly (readonly number[])[];
/** A value for the beginning of an axis and one for its end. */
type Pair = readonly [before: number, after: number];

/** Options of {@linkcode pad}. */
export interface PadOptions {
  /** What to fill with; constants by default. */
  mode?: PadMode;
  /** Constants for mode `"constant"`; 0 by default. */
  constantValues?: ArrayLike | PadValues;
  /** Values at the very ends for mode `"linear_ramp"`; 0 by default. */
  endValues?: PadValues;
  /** How many elements to take into account for statistics; all by default. */
  statLength?: PadValues;
  /** Whether a reflection continues the slope (`"odd"`): twice the last element less the mirrored. */
  reflectType?: "even" | "odd";
}

const optionsOf: Record<PadMode, readonly (keyof PadOptions)[]> = {
  constant: ["constantValues"],
  edge: [],
  linear_ramp: ["endValues"],
  maximum: ["statLength"],
  mean: ["statLength"],
  median: ["statLength"],
  minimum: ["statLength"],
  reflect: ["reflectType"],
  symmetric: ["reflectType"],
  wrap: [],
  empty: [],
};

/**
 * An array with `padWidth` elements more before and after each axis, filled as `mode` says.
 *
 * @throws {RangeError} for widths that are negative or of a wrong shape, and unknown modes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.array([1, 2, 3]);
 * assert(String(np.pad(x, [1, 2])) === "[0 1 2 3 0 0]");
 * assert(String(np.pad(x, 2, "reflect")) === "[3 2 1 2 3 2 1]");
 * assert(String(np.pad(x, 1, { constantValues: 9 })) === "[9 1 2 3 9]");
 * ```
 */
export function pad(
  array: ArrayLike,
  padWidth: PadValues,
  mode?: PadMode | PadOptions,
  options?: PadOptions,
): NDArray {
  const x = toArray("pad", array);
  const given = readOptions<PadOptions>(
    "pad",
    ["mode", "constantValues", "endValues", "statLength", "reflectType"],
    mode,
    options,
  );
  const how = given.mode ?? "constant";
  if (!Object.hasOwn(optionsOf, how)) {
    throw new RangeError(`Unimplemented padding mode '${how}' for np.pad.`);
  }
  const unsupported = Object.keys(given)
    .filter((key) => key !== "mode" && !optionsOf[how].includes(key as keyof PadOptions));
  if (unsupported.length > 0) {
    throw new RangeError(
      `unsupported keyword arguments for mode '${how}': ${unsupported.join(", ")}`,
    );
  }
  const widths = toPairs(padWidth, x.ndim, "padWidth");
  for (const n of widths.flat()) {
    if (!Number.isInteger(n)) throw new TypeError("`padWidth` must be of integral type.");
    if (n < 0) throw new RangeError("index can't contain negative values");
  }
  if (x.ndim === 0) return x;
  const constants = toConstants(given.constantValues ?? 0);
  return named(
    "_pad",
    [x, constants],
    (x, constants) =>
      how === "constant" ? padConstant(x, widths, constants) : padAll(x, widths, how, given),
    [widths, how, given.endValues, given.statLength, given.reflectType],
  );
}
function toConstants(values: ArrayLike | PadValues): NDArray {
  return Array.isArray(values) ? asArray(values as number[]) : toArray("pad", values as ArrayLike);
}

/** A pair of values for each of `ndim` axes. */
function toPairs(values: unknown, ndim: number, name: string): Pair[] {
  const list: unknown = values instanceof NDArray ? values.tolist() : values;
  const rows = Array.isArray(list) ? list.map((v) => Array.isArray(v) ? v : [v]) : undefined;
  if (rows === undefined) return Array<Pair>(ndim).fill(pairOf([values], name));
  const nested = (list as unknown[]).some(Array.isArray);
  if (rows.some((row) => row.length !== rows[0].length)) {
    throw new TypeError(`\`${name}\` entries must be the same shape: ${JSON.stringify(list)}`);
  }
  if (!nested && rows.length <= 2 && rows.length > 0) {
    return Array<Pair>(ndim).fill(pairOf(rows.flat(), name));
  }
  if (nested && rows[0].length === 2 && (rows.length === 1 || rows.length === ndim)) {
    return range(ndim).map((i) => pairOf(rows.length === 1 ? rows[0] : rows[i], name));
  }
  const shape = nested ? [rows.length, rows[0].length] : [rows.length];
  throw new RangeError(
    `np.pad: ${name} with nd=${ndim} has unsupported shape ${showShape(shape)}. Valid shapes are ` +
      `(${ndim}, 2), (1, 2), (2,), (1,), or ().`,
  );
}
function pairOf(row: readonly unknown[], name: string): Pair {
  const [before, after = before] = row.map((v) => {
    if (v instanceof NDArray) return toStaticInteger(v, name);
    if (typeof v !== "number") throw new TypeError(`${name} must be numbers, got ${describe(v)}`);
    return v;
  });
  return [before, after];
}

// -- the modes ------------------------------------------------------------------------------------

function padConstant(x: NDArray, widths: readonly Pair[], constants: NDArray): NDArray {
  const given = convertTo(constants, x.dtype, x.weakType);
  const all = widths.map(([lo, hi]) => [lo, hi, 0] as const);
  if (given.ndim === 0) return lax.pad(x, given, all);
  const last = given.shape[given.ndim - 1];
  if (given.ndim === 1 && last === 1) return lax.pad(x, lax.reshape(given, []), all);
  if (given.ndim === 1 && last !== 2) {
    throw new RangeError(
      `np.pad: constantValues has unsupported shape ${showShape(given.shape)}. If the shape is ` +
        "1D or 2D, the last dimension must be of size 1 or 2.",
    );
  }
  const values = broadcastTo(given, [x.ndim, 2]);
  const one = (axis: number, width: readonly [number, number, number]) =>
    widths.map((_, i) => i === axis ? width : [0, 0, 0] as const);
  let y = x;
  widths.forEach(([lo, hi], axis) => {
    if (lo > 0) y = lax.pad(y, getItem(values, [axis, 0]), one(axis, [lo, 0, 0]));
    if (hi > 0) y = lax.pad(y, getItem(values, [axis, 1]), one(axis, [0, hi, 0]));
  });
  return y;
}

/** Pads one axis after the other; later ones see what earlier ones made. */
function padAll(
  x: NDArray,
  widths: readonly Pair[],
  mode: Exclude<PadMode, "constant">,
  options: PadOptions,
): NDArray {
  const lengths = options.statLength === undefined
    ? undefined
    : toPairs(options.statLength, x.ndim, "statLength");
  const ends = toPairs(options.endValues ?? 0, x.ndim, "endValues");
  let y = x;
  widths.forEach((width, axis) => {
    if (y.shape[axis] === 0 && mode !== "empty" && (width[0] > 0 || width[1] > 0)) {
      throw new RangeError(
        `Cannot apply '${mode}' padding to empty axis ${axis}: there is nothing to take`,
      );
    }
    if (y.shape[axis] > 0 || mode === "empty") {
      y = padAxis(y, axis, width, mode, options, lengths?.[axis], ends[axis]);
    }
  });
  return y;
}
function padAxis(
  x: NDArray,
  axis: number,
  width: Pair,
  mode: Exclude<PadMode, "constant">,
  options: PadOptions,
  lengths: Pair | undefined,
  ends: Pair,
): NDArray {
  const around = (before: NDArray, after: NDArray) => lax.concatenate([before, x, after], axis);
  switch (mode) {
    case "wrap":
      return wrapAxis(x, axis, width);
    case "reflect":
    case "symmetric": {
      const how = { mode, type: options.reflectType ?? "even", length: x.shape[axis] };
      return mirror(mirror(x, axis, width[0], true, how), axis, width[1], false, how);
    }
    case "edge":
      return around(
        repeat(lax.sliceInDim(x, 0, 1, 1, axis), width[0], axis),
        repeat(lax.sliceInDim(x, -1, null, 1, axis), width[1], axis),
      );
    case "linear_ramp": {
      const first = lax.sliceInDim(x, 0, 1, 1, axis);
      const last = lax.sliceInDim(x, -1, null, 1, axis);
      const begin = ramp(first, axis, width[0], ends[0]);
      return around(begin, flip(ramp(last, axis, width[1], ends[1]), axis));
    }
    case "empty": {
      const zeros = (n: number) =>
        lax.fullLike(x, 0, { shape: x.shape.map((m, i) => i === axis ? n : m) });
      return around(zeros(width[0]), zeros(width[1]));
    }
    default: {
      const [before, after] = statistics(x, axis, mode, lengths);
      return around(repeat(before, width[0], axis), repeat(after, width[1], axis));
    }
  }
}

function wrapAxis(x: NDArray, axis: number, [before, after]: Pair): NDArray {
  const n = x.shape[axis];
  const whole = Math.floor(before / n) + Math.floor(after / n) + 1;
  const parts = Array<NDArray>(whole).fill(x);
  if (before % n > 0) parts.unshift(lax.sliceInDim(x, n - before % n, n, 1, axis));
  if (after % n > 0) parts.push(lax.sliceInDim(x, 0, after % n, 1, axis));
  return lax.concatenate(parts, axis);
}

/** How to mirror: in what way, and how many elements there are. */
interface Mirroring {
  readonly mode: "reflect" | "symmetric";
  readonly type: "even" | "odd";
  readonly length: number;
}
/** Mirrors elements to one side, as often as it takes. */
function mirror(
  x: NDArray,
  axis: number,
  width: number,
  before: boolean,
  { mode, type, length: n }: Mirroring,
): NDArray {
  const skipped = mode === "reflect" && n > 1 ? 1 : 0;
  const edgeOf = (y: NDArray) =>
    before ? lax.sliceInDim(y, 0, 1, 1, axis) : lax.sliceInDim(y, -1, null, 1, axis);
  let edge = edgeOf(x);
  let y = x;
  let left = width;
  while (left > 0) {
    const count = Math.min(left, n - skipped);
    left -= count;
    const length = y.shape[axis];
    const start = before ? skipped : length - count - skipped;
    let part = flip(lax.sliceInDim(y, start, start + count, 1, axis), axis);
    if (type === "odd") {
      part = lax.sub(lax.mul(edge, 2), part);
      if (n > 1) edge = edgeOf(part);
    }
    y = lax.concatenate(before ? [part, y] : [y, part], axis);
  }
  return y;
}

/** From `end` to an edge, which is not part of it. */
function ramp(edge: NDArray, axis: number, width: number, end: number): NDArray {
  const { dtype, weakType } = edge;
  const stop = lax.squeeze(edge, [axis]);
  const numbers = linspace(end, stop, { num: width, endpoint: false, dtype, axis });
  return convertTo(numbers, dtype, weakType);
}

const statisticOf = { maximum: max, minimum: min, mean, median };

/** A statistic of the elements next to the beginning of an axis, and of those next to its end. */
function statistics(
  x: NDArray,
  axis: number,
  mode: keyof typeof statisticOf,
  lengths: Pair | undefined,
): [NDArray, NDArray] {
  const statistic = (part: NDArray) => statisticOf[mode](part, axis, { keepdims: true });
  const convert = (values: NDArray[]) =>
    (isInteger(x.dtype) ? values.map((value) => round(value)) : values)
      .map((value) => convertTo(value, x.dtype, x.weakType)) as [NDArray, NDArray];
  if (lengths === undefined) {
    const value = statistic(x);
    return convert([value, value]);
  }
  const [first, last] = lengths.map((n) => Math.min(n, x.shape[axis]));
  if (first === 0 || last === 0) {
    throw new RangeError("statLength of 0 yields no value for padding");
  }
  const parts = [
    lax.sliceInDim(x, 0, first, 1, axis),
    lax.sliceInDim(x, -last, null, 1, axis),
  ];
  return convert(parts.map(statistic));
}
