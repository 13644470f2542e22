/** Arrays taken apart along an axis. */
import { range } from "../core/aval.ts";
import { readOptions } from "../core/options.ts";
import { toStaticInteger } from "../core/stage.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray } from "./asarray.ts";
import { toConcrete } from "./concrete.ts";
import { canonicalAxis } from "./shapes.ts";

/** Into how many equal parts to split, or before which positions. */
export type Sections = number | readonly number[] | NDArray;
/** The axis to split along, by position or by name; 0 by default. */
export type SplitAxis = number | { axis?: number };

function splitAlong(
  name: string,
  ary: ArrayLike,
  sections: Sections,
  axis: number,
  uneven = false,
): NDArray[] {
  const x = toArray(name, ary);
  const along = canonicalAxis(axis, x.ndim);
  return [...lax.split(x, sizesOf(name, x.shape[along], sections, uneven), along)];
}

/** The lengths of the parts of an axis of length `n`. */
function sizesOf(name: string, n: number, sections: Sections, uneven: boolean): number[] {
  const what = `argument 1 of np.${name}`;
  if (sections instanceof NDArray) toConcrete(sections, `in np.${name} argument 1`);
  if (Array.isArray(sections) || (sections instanceof NDArray && sections.ndim > 0)) {
    const bounds = [0, ...[...sections].map((i) => toStaticInteger(i, what)), n];
    return range(bounds.length - 1).map((i) => bounds[i + 1] - bounds[i]);
  }
  const count = toStaticInteger(sections, what);
  if (count <= 0) throw new RangeError(`number sections must be larger than 0, got ${count}`);
  const [size, rest] = [Math.floor(n / count), n % count];
  if (rest > 0 && !uneven) {
    throw new RangeError(
      `array split does not result in an equal division: rest is ${rest}; np.arraySplit allows ` +
        "parts of different lengths",
    );
  }
  return range(count).map((i) => i < rest ? size + 1 : size);
}
function readAxis(name: string, axis: SplitAxis | undefined): number {
  return readOptions<{ axis?: number }>(name, ["axis"], axis).axis ?? 0;
}

/**
 * An array in parts along an axis: a number of equal ones, or cut before given positions.
 *
 * @throws {RangeError} if the axis is not divisible so.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.split(np.arange(6), 3).join(" ") === "[0 1] [2 3] [4 5]");
 * assert(np.split(np.arange(6), [1, 4]).join(" ") === "[0] [1 2 3] [4 5]");
 * ```
 */
export function split(ary: ArrayLike, indicesOrSections: Sections, axis?: SplitAxis): NDArray[] {
  return splitAlong("split", ary, indicesOrSections, readAxis("split", axis));
}

/**
 * {@linkcode split}, but the first parts may be longer by one than the last.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.arraySplit(np.arange(5), 3).join(" ") === "[0 1] [2 3] [4]");
 * ```
 */
export function arraySplit(
  ary: ArrayLike,
  indicesOrSections: Sections,
  axis?: SplitAxis,
): NDArray[] {
  return splitAlong("arraySplit", ary, indicesOrSections, readAxis("arraySplit", axis), true);
}

/**
 * {@linkcode split} along axis 1, or the only one of a vector.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.hsplit(np.ones([2, 4]), 2)[0].shape.join() === "2,2");
 * ```
 */
export function hsplit(ary: ArrayLike, indicesOrSections: Sections): NDArray[] {
  const x = toArray("hsplit", ary);
  return splitAlong("hsplit", x, indicesOrSections, x.ndim === 1 ? 0 : 1);
}

/**
 * {@linkcode split} along axis 0.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.vsplit(np.ones([4, 2]), 2)[0].shape.join() === "2,2");
 * ```
 */
export function vsplit(ary: ArrayLike, indicesOrSections: Sections): NDArray[] {
  return splitAlong("vsplit", ary, indicesOrSections, 0);
}

/**
 * {@linkcode split} along axis 2.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.dsplit(np.ones([2, 2, 4]), 2)[0].shape.join() === "2,2,2");
 * ```
 */
export function dsplit(ary: ArrayLike, indicesOrSections: Sections): NDArray[] {
  return splitAlong("dsplit", ary, indicesOrSections, 2);
}

/**
 * The parts of an array along an axis, which they don't have any more.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(np.unstack(np.array([[1, 2], [3, 4]]), 1).join(" ") === "[1 3] [2 4]");
 * ```
 */
export function unstack(x: ArrayLike, axis?: SplitAxis): NDArray[] {
  const array = toArray("unstack", x);
  const along = canonicalAxis(readAxis("unstack", axis), array.ndim);
  return range(array.shape[along]).map((i) => lax.indexInDim(array, i, along, false));
}
