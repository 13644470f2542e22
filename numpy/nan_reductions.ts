/** Reductions that leave NaN out: sums, products, extremes, positions of extremes. */
import { isInexact } from "../core/dtype.ts";
import type { AxisLike } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import { constantLike, toArray, toOptionalArray } from "./asarray.ts";
import { isnan } from "./comparison.ts";
import { namedPart } from "./parts.ts";
import { whereElse } from "./promotion.ts";
import { defined, identityOf, type ReduceArguments, toMask } from "./reducing.ts";
import {
  all,
  argmax,
  argmin,
  type ArgOptions,
  type ExtremeOptions,
  max,
  min,
  prod,
  sum,
  type SumOptions,
} from "./reductions.ts";

/** Options of {@linkcode nansum} and {@linkcode nanprod}. */
export type NanSumOptions = Omit<SumOptions, "promoteIntegers">;

const SUM_NAMES = ["axis", "dtype", "keepdims", "initial", "where"] as const;
const EXTREME_NAMES = ["axis", "keepdims", "initial", "where"] as const;
const ARG_NAMES = ["axis", "keepdims"] as const;

/** A reduction in which NaN counts as `identity`. */
function nanReduction(
  name: string,
  given: ArrayLike,
  reduction: (x: NDArray, options: NanSumOptions) => NDArray,
  identity: number,
  { initial, where, ...statics }: ReduceArguments,
  nanIfAllNaN: boolean,
): NDArray {
  const arrays = {
    x: toArray(name, given),
    initial: toOptionalArray(name, initial),
    where: toMask(name, where),
  };
  const { axis, keepdims } = statics;
  const body = ({ x, initial, where }: typeof arrays): NDArray => {
    const options = defined({ ...statics, initial, where });
    if (!isInexact(x.dtype)) return reduction(x, options);
    const others = whereElse(isnan(x), identityOf(x.dtype, identity), x);
    const result = reduction(others, options);
    if (!nanIfAllNaN || initial !== undefined) return result;
    const none = all(isnan(x), defined({ axis, keepdims }));
    return whereElse(none, constantLike(x, NaN), result);
  };
  return namedPart(name, arrays, body, statics);
}

/**
 * The sum over `axis`, NaN counting as 0. Follows `jax.numpy.nansum`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nansum(np.array([1, NaN, 2])).item(), 3);
 * ```
 */
export function nansum(
  x: ArrayLike,
  axis?: AxisLike | NanSumOptions,
  options?: NanSumOptions,
): NDArray {
  const read = readOptions<NanSumOptions>("nansum", SUM_NAMES, axis, options);
  return nanReduction("nansum", x, sum, 0, read, false);
}
/**
 * The product over `axis`, NaN counting as 1. Follows `jax.numpy.nanprod`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanprod(np.array([3, NaN, 2])).item(), 6);
 * ```
 */
export function nanprod(
  x: ArrayLike,
  axis?: AxisLike | NanSumOptions,
  options?: NanSumOptions,
): NDArray {
  const read = readOptions<NanSumOptions>("nanprod", SUM_NAMES, axis, options);
  return nanReduction("nanprod", x, prod, 1, read, false);
}
/**
 * The largest element over `axis` that is not NaN; NaN if there is none. Follows
 * `jax.numpy.nanmax`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanmax(np.array([1, NaN, 2])).item(), 2);
 * ```
 */
export function nanmax(
  x: ArrayLike,
  axis?: AxisLike | ExtremeOptions,
  options?: ExtremeOptions,
): NDArray {
  const read = readOptions<ExtremeOptions>("nanmax", EXTREME_NAMES, axis, options);
  return nanReduction("nanmax", x, max, -Infinity, read, true);
}
/**
 * The smallest element over `axis` that is not NaN; NaN if there is none. Follows
 * `jax.numpy.nanmin`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanmin(np.array([NaN, 1, 2])).item(), 1);
 * ```
 */
export function nanmin(
  x: ArrayLike,
  axis?: AxisLike | ExtremeOptions,
  options?: ExtremeOptions,
): NDArray {
  const read = readOptions<ExtremeOptions>("nanmin", EXTREME_NAMES, axis, options);
  return nanReduction("nanmin", x, min, Infinity, read, true);
}

/**
 * The position of the first largest element along `axis` that is not NaN; −1 if there is none.
 * Follows `jax.numpy.nanargmax`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanargmax(np.array([1, NaN, 2])).item(), 2);
 * ```
 */
export function nanargmax(
  x: ArrayLike,
  axis?: number | null | ArgOptions,
  options?: ArgOptions,
): NDArray {
  const read = readOptions<ArgOptions>("nanargmax", ARG_NAMES, axis, options);
  return nanArgExtreme("nanargmax", toArray("nanargmax", x), argmax, -Infinity, read);
}
/**
 * The position of the first smallest element along `axis` that is not NaN; −1 if there is none.
 * Follows `jax.numpy.nanargmin`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.nanargmin(np.array([NaN, 3, 2])).item(), 2);
 * ```
 */
export function nanargmin(
  x: ArrayLike,
  axis?: number | null | ArgOptions,
  options?: ArgOptions,
): NDArray {
  const read = readOptions<ArgOptions>("nanargmin", ARG_NAMES, axis, options);
  return nanArgExtreme("nanargmin", toArray("nanargmin", x), argmin, Infinity, read);
}
function nanArgExtreme(
  name: string,
  x: NDArray,
  find: typeof argmax,
  last: number,
  options: ArgOptions,
): NDArray {
  const body = ({ x }: { x: NDArray }) => {
    if (!isInexact(x.dtype)) return find(x, options);
    const mask = isnan(x);
    const position = find(whereElse(mask, last, x), options);
    return whereElse(all(mask, options), -1, position);
  };
  return namedPart(`_${name}`, { x }, body, options);
}
