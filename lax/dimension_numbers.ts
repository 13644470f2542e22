/** What gathers and scatters have in common: modes, and conditions on axes, in JAX's words. */
import type { Dims } from "../core/aval.ts";
import { showShape } from "../core/errors.ts";
import type { ScatterMode } from "../core/routines.ts";

/**
 * What happens to slices that don't lie in the operand: they are moved into it (`"clip"`), or are
 * missing (`"fill"`, `"drop"`, `"fill_or_drop"`): a gather gives its fill value there, a scatter
 * leaves them out. With `"promise_in_bounds"` the caller promises that there are none.
 */
export type GatherScatterMode = "clip" | "fill" | "drop" | "fill_or_drop" | "promise_in_bounds";

const modes: Record<GatherScatterMode, ScatterMode> = {
  clip: "clip",
  fill: "fill_or_drop",
  drop: "fill_or_drop",
  fill_or_drop: "fill_or_drop",
  promise_in_bounds: "promise_in_bounds",
};

/**
 * A mode by its canonical name.
 *
 * @throws {RangeError} if there is no such mode.
 */
export function canonicalMode(mode: GatherScatterMode): ScatterMode {
  if (Object.hasOwn(modes, mode)) return modes[mode];
  throw new RangeError(`Unknown gather mode "${mode}"`);
}
/** JAX's notation of a mode. */
export function showMode(mode: ScatterMode): string {
  return `GatherScatterMode.${mode.toUpperCase()}`;
}

/** The operation whose axes are checked. */
type Operation = "gather" | "scatter";

/** Throws unless axes ascend. */
export function checkSorted(op: Operation, argument: string, dims: Dims): void {
  if (dims.every((d, i) => i === 0 || dims[i - 1] <= d)) return;
  throw new TypeError(`${argument} in ${op} op must be sorted; got ${showShape(dims)}`);
}
/** Throws if an axis comes twice. */
export function checkDistinct(op: Operation, argument: string, dims: Dims): void {
  if (new Set(dims).size === dims.length) return;
  throw new TypeError(`${argument} in ${op} op must not repeat; got: ${showShape(dims)}.`);
}
/** Throws unless an array of so many axes has these. */
export function checkInRange(op: Operation, argument: string, dims: Dims, ndim: number): void {
  const outside = dims.find((d) => !Number.isInteger(d) || d < 0 || d >= ndim);
  if (outside === undefined) return;
  throw new TypeError(
    `Invalid ${argument} set in ${op} op; valid range is [0, ${ndim}); got: ${outside}.`,
  );
}
/** Throws if two lists of axes have one in common. */
export function checkDisjoint(
  op: Operation,
  xName: string,
  x: Dims,
  yName: string,
  y: Dims,
): void {
  if (!x.some((d) => y.includes(d))) return;
  throw new TypeError(
    `${xName} and ${yName} in ${op} op must be disjoint; got: ${showShape(x)} and ` +
      `${showShape(y)}.`,
  );
}
