/** Running sums, products and extremes along an axis. */
import { showShape } from "../core/errors.ts";
import { readOptions } from "../core/options.ts";
import type { CumulativeOp, CumulativeParams } from "../core/routines.ts";
import { checkDTypes, type Family, INEXACT } from "../core/rules.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";
import { nameAfter, type Operand, operand } from "./operands.ts";

/** Options of the cumulative functions. */
export interface CumulativeOptions {
  /** The axis to run along; the first by default. */
  axis?: number;
  /** Run from the end. */
  reverse?: boolean;
}

/** The form of {@linkcode cumsum} and its kin. */
export type CumulativeFunction = (
  x: Operand,
  axis?: number | CumulativeOptions,
  reverse?: boolean | CumulativeOptions,
) => NDArray;

function cumulative(
  name: string,
  op: CumulativeOp,
  accepts: readonly Family[] = ["number"],
): CumulativeFunction {
  const primitive = definePrimitive<CumulativeParams>(name, {
    type([x], { axis }) {
      if (axis < 0) throw new RangeError("XLA operations do not allow negative axes");
      if (!Number.isInteger(axis) || axis >= x.ndim) {
        throw new RangeError(
          `axis ${axis} is out of bounds for array of shape ${showShape(x.shape)}`,
        );
      }
      checkDTypes(name, [x], accepts);
      return [x];
    },
    print: ({ axis, reverse }) => ({ axis, reverse }),
    routine: "cumulative",
  });
  return nameAfter(name, (x, axis, reverse) => {
    const options = readOptions<CumulativeOptions>(name, ["axis", "reverse"], axis, reverse);
    const params = { axis: options.axis ?? 0, reverse: options.reverse ?? false, op };
    return primitive.bind([operand(name, x)], params);
  });
}

/**
 * The sum of the elements up to each along an axis, or from each on if `reverse`. Floats add up in
 * double precision, integers wrap around. Follows `jax.lax.cumsum`.
 *
 * @throws {RangeError} if there is no such axis; negative ones do not count from the end.
 * @throws {TypeError} if the elements are booleans.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.cumsum(np.array([1, 2, 3]))) === "[1 3 6]");
 * assert(String(lax.cumsum(np.array([1, 2, 3]), 0, true)) === "[6 5 3]");
 * ```
 */
export const cumsum: CumulativeFunction = cumulative("cumsum", "add");

/**
 * The product of the elements up to each along an axis, or from each on if `reverse`. Follows
 * `jax.lax.cumprod`.
 *
 * @throws {RangeError} if there is no such axis; negative ones do not count from the end.
 * @throws {TypeError} if the elements are booleans.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.cumprod(np.array([1, 2, 3, 4]))) === "[ 1  2  6 24]");
 * ```
 */
export const cumprod: CumulativeFunction = cumulative("cumprod", "mul");

/**
 * The largest of the elements up to each along an axis, or from each on if `reverse`; NaN from the
 * first NaN on. Follows `jax.lax.cummax`.
 *
 * @throws {RangeError} if there is no such axis; negative ones do not count from the end.
 * @throws {TypeError} if the elements are booleans.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.cummax(np.array([1, 3, 2]))) === "[1 3 3]");
 * ```
 */
export const cummax: CumulativeFunction = cumulative("cummax", "max");

/**
 * The smallest of the elements up to each along an axis, or from each on if `reverse`; NaN from the
 * first NaN on. Follows `jax.lax.cummin`.
 *
 * @throws {RangeError} if there is no such axis; negative ones do not count from the end.
 * @throws {TypeError} if the elements are booleans.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.cummin(np.array([2, 3, 1]))) === "[2 2 1]");
 * ```
 */
export const cummin: CumulativeFunction = cumulative("cummin", "min");

/**
 * `log(sum(exp(x)))` of the elements up to each along an axis, or from each on if `reverse`, without
 * overflow: the running maximum is taken out. Follows `jax.lax.cumlogsumexp`.
 *
 * @throws {RangeError} if there is no such axis; negative ones do not count from the end.
 * @throws {TypeError} unless the elements are floats or complex numbers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const y = lax.cumlogsumexp(np.array([1000, 1000, -Infinity]));
 * assert(Math.abs(Number(y[2]) - 1000 - Math.log(2)) < 1e-3);
 * ```
 */
export const cumlogsumexp: CumulativeFunction = cumulative("cumlogsumexp", "logaddexp", INEXACT);
