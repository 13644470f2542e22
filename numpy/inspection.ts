/** What arrays are like, as plain numbers. */
import { product } from "../core/aval.ts";
import type { AxisLike } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike } from "../core/trace.ts";
import { toArray } from "./asarray.ts";
import { canonicalAxes } from "./shapes.ts";

/**
 * The length of each axis.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.shape(np.ones([2, 3])).join() === "2,3");
 * ```
 */
export function shape(x: ArrayLike): readonly number[] {
  return toArray("shape", x).shape;
}

/**
 * The number of axes.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.ndim(np.ones([2, 3])) === 2);
 * ```
 */
export function ndim(x: ArrayLike): number {
  return toArray("ndim", x).ndim;
}

/**
 * The number of elements, or of places along some axes.
 *
 * @throws {RangeError} if there is no such axis.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.size(np.ones([2, 3])) === 6 && np.size(np.ones([2, 3]), 1) === 3);
 * ```
 */
export function size(x: ArrayLike, axis?: AxisLike | { axis?: AxisLike }): number {
  const array = toArray("size", x);
  const { axis: axes } = readOptions<{ axis?: AxisLike }>("size", ["axis"], axis);
  return product(canonicalAxes(axes, array.ndim).map((i) => array.shape[i]));
}

/**
 * Whether there is an axis to iterate over.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.iterable(np.ones(3)) && !np.iterable(np.float32(1)) && !np.iterable(1));
 * ```
 */
export function iterable(x: unknown): boolean {
  if (typeof x !== "object" || x === null || !(Symbol.iterator in x)) return typeof x === "string";
  return (x as { ndim?: number }).ndim !== 0;
}
