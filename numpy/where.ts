/** Choice by a condition, and where arrays are not zero. */
import { ConcreteArray } from "../core/array.ts";
import { stridesOf } from "../core/aval.ts";
import { checkObject } from "../core/checks.ts";
import { bool, defaultDType } from "../core/dtype.ts";
import { ConcretizationTypeError } from "../core/errors.ts";
import { isOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArray } from "./asarray.ts";
import { at } from "./at.ts";
import { toConcrete } from "./concrete.ts";
import { cumsum } from "./cumulative.ts";
import { positionsOf } from "./indexing.ts";
import { vstack } from "./joining.ts";
import { atleast1d, ravel, transpose } from "./manipulation.ts";
import { whereElse } from "./promotion.ts";
import { sum } from "./reductions.ts";
import { clip } from "./rounding.ts";
import { floorDivide, remainder } from "./ufuncs.ts";

/** Options of {@linkcode nonzero} and its kin. */
export interface NonzeroOptions {
  /** The length of the results, which `jit` needs: they are cut there, or filled up. */
  size?: number | null;
  /** What to fill up with: 0 by default. A list has one for each axis. */
  fillValue?: ArrayLike | readonly ArrayLike[] | null;
}

/**
 * Elements of `x` where the condition holds, else of `y`, all broadcast together.
 *
 * @throws {TypeError} for what is no array.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const x = np.arange(4);
 * assert(String(np.where(x.gt(1), x, -1)) === "[-1 -1  2  3]");
 * ```
 */
export function where(condition: ArrayLike, x: ArrayLike, y: ArrayLike): NDArray;
/** Where the condition holds: {@linkcode nonzero}. */
export function where(condition: ArrayLike, options?: NonzeroOptions): NDArray[];
export function where(
  condition: ArrayLike,
  x?: ArrayLike | NonzeroOptions,
  y?: ArrayLike,
  options?: NonzeroOptions,
): NDArray | NDArray[] {
  if (y === undefined && (x === undefined || isOptions(x))) {
    return nonzero(toArray("where", condition), x as NonzeroOptions);
  }
  if (options !== undefined) {
    throw new RangeError(
      "size and fillValue arguments cannot be used in three-term where function.",
    );
  }
  return whereElse(condition, toArray("where", x as ArrayLike, 1), toArray("where", y!, 2));
}

/**
 * The indices of elements that are not zero, an array for each axis. How many there are depends on
 * the values, so `jit` needs a `size`.
 *
 * @throws {ConcretizationTypeError} if the array is traced and no size is given.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * const [i, j] = np.nonzero(np.array([[0, 7], [5, 0]]));
 * assert(String(i) === "[0 1]" && String(j) === "[1 0]");
 * assert(String(np.nonzero(np.array([0, 7]), { size: 2, fillValue: -1 })) === "[ 1 -1]");
 * ```
 */
export function nonzero(a: ArrayLike, options: NonzeroOptions = {}): NDArray[] {
  checkObject("np.nonzero", "the options", options);
  const x = toArray("nonzero", a);
  if (x.ndim === 0) {
    throw new RangeError(
      "Calling nonzero on 0d arrays is not allowed. Use nonzero(np.atleast1d(scalar)) instead.",
    );
  }
  const size = options.size ?? null;
  if (size === null && x instanceof ConcreteArray) return positionsOf(x);
  const mask = x.dtype === bool ? x : lax.ne(x, constantLike(x, 0));
  if (size === null) {
    toConcrete(
      sum(mask),
      "The size argument of np.nonzero must be statically specified to use np.nonzero within " +
        "JAX transformations.",
    );
    throw new ConcretizationTypeError(String(x.aval));
  }
  return fillUp(positionsIn(mask, size), mask, size, options.fillValue);
}

/**
 * The first `size` positions of true elements. Counting the elements up to each and then how often
 * each count comes gives how far to go from one to the next.
 */
function positionsIn(mask: NDArray, size: number): NDArray[] {
  const dtype = defaultDType("i");
  if (mask.size === 0 || size === 0) return mask.shape.map(() => lax.full([size], 0, dtype));
  const counts = cumsum(mask);
  const none = lax.full([size], 0, dtype);
  const steps = at(none, clip(counts, { min: 0 })).add(1, { mode: "drop" });
  const flat = cumsum(steps);
  const strides = stridesOf(mask.shape);
  return mask.shape.map((n, axis) =>
    remainder(floorDivide(flat, constantLike(flat, strides[axis])), n)
  );
}
function fillUp(
  positions: NDArray[],
  mask: NDArray,
  size: number,
  fillValue: NonzeroOptions["fillValue"],
): NDArray[] {
  if (fillValue === null || fillValue === undefined || mask.size === 0 || size === 0) {
    return positions;
  }
  const values = Array.isArray(fillValue)
    ? fillValue as readonly ArrayLike[]
    : positions.map(() => fillValue as ArrayLike);
  const scalars = values.map((v) => toArray("nonzero", v));
  if (scalars.length !== mask.ndim || scalars.some((v) => v.ndim > 0)) {
    throw new RangeError(
      `fillValue must be a scalar or a list of length ${mask.ndim}; got ${String(fillValue)}`,
    );
  }
  const missing = lax.ge(lax.iota(defaultDType("i"), size), sum(mask));
  return positions.map((p, axis) => whereElse(missing, values[axis], p));
}

/**
 * The indices of elements that are not zero, in the flattened array.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.flatnonzero(np.array([[0, 7], [5, 0]]))) === "[1 2]");
 * ```
 */
export function flatnonzero(a: ArrayLike, options?: NonzeroOptions): NDArray {
  return nonzero(ravel(a), options)[0];
}

/**
 * The indices of elements that are not zero, a row for each.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { numpy as np } from "../mod.ts";
 * assert(String(np.argwhere(np.array([[0, 7], [5, 0]]))) === "[[0 1]\n [1 0]]");
 * ```
 */
export function argwhere(a: ArrayLike, options?: NonzeroOptions): NDArray {
  const x = toArray("argwhere", a);
  const rows = transpose(vstack(nonzero(atleast1d(x), options)));
  // The only index of a scalar is the empty one, there if it is not zero.
  if (x.ndim === 0) return lax.full([rows.shape[0], 0], 0, rows.dtype);
  return lax.reshape(rows, [rows.shape[0], x.ndim]);
}
