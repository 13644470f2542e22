/** Products without sums: outer, Kronecker and cross products. */
import { range } from "../core/aval.ts";
import { showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { array } from "./array.ts";
import { toArrays } from "./asarray.ts";
import { getItem } from "./gathering.ts";
import { moveaxis } from "./manipulation.ts";
import { promoteDTypes } from "./promotion.ts";
import { toRank } from "./shapes.ts";
import { multiply, subtract } from "./ufuncs.ts";

/**
 * Products of each element of `x` with each of `y`, both flattened. Follows `jax.numpy.outer`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.outer(np.array([1, 2]), np.array([3, 4])).tolist(), [[3, 4], [6, 8]]);
 * ```
 */
export function outer(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteDTypes("outer", x, y);
  return multiply(
    lax.expandDims(lax.reshape(a, [a.size]), [1]),
    lax.expandDims(lax.reshape(b, [b.size]), [0]),
  );
}

/**
 * The Kronecker product: a copy of `y` for each element of `x`, times that element. Follows
 * `jax.numpy.kron`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.kron(np.array([1, 10]), np.array([1, 2])).tolist(), [1, 2, 10, 20]);
 * ```
 */
export function kron(x: ArrayLike, y: ArrayLike): NDArray {
  return named("kron", toArrays("kron", x, y), (x, y) => {
    const [a, b] = promoteDTypes("kron", x, y);
    const rank = Math.max(a.ndim, b.ndim);
    const [u, v] = [toRank(a, rank), toRank(b, rank)];
    const products = multiply(
      lax.expandDims(u, range(rank).map((i) => 2 * i + 1)),
      lax.expandDims(v, range(rank).map((i) => 2 * i)),
    );
    return lax.reshape(products, u.shape.map((n, i) => n * v.shape[i]));
  });
}

/** Options of {@linkcode cross}. */
export interface CrossOptions {
  /** The axis of `x` that holds the vectors. */
  axisa?: number;
  /** The axis of `y` that holds the vectors. */
  axisb?: number;
  /** The axis of the result that is to hold the vectors. */
  axisc?: number;
  /** All three of them. */
  axis?: number | null;
}

/**
 * Cross products of vectors of 3 elements; of 2, with 0 for the third; of 2 with 2, the third
 * element alone. Follows `jax.numpy.cross`.
 *
 * @throws {RangeError} for vectors of another length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.cross(np.array([1, 0, 0]), np.array([0, 1, 0])).tolist(), [0, 0, 1]);
 * ```
 */
export function cross(
  x: ArrayLike,
  y: ArrayLike,
  axisa?: number | CrossOptions,
  axisb?: number | CrossOptions,
  axisc?: number | CrossOptions,
  axis?: number | null | CrossOptions,
): NDArray {
  const names = ["axisa", "axisb", "axisc", "axis"] as const;
  const read = readOptions<CrossOptions>("cross", names, axisa, axisb, axisc, axis);
  const [fromA, fromB, to] = read.axis === undefined || read.axis === null
    ? [read.axisa ?? -1, read.axisb ?? -1, read.axisc ?? -1]
    : [read.axis, read.axis, read.axis];
  const body = (x: NDArray, y: NDArray) => crossed(x, y, fromA, fromB, to);
  return named("cross", toArrays("cross", x, y), body, read);
}
function crossed(x: NDArray, y: NDArray, fromA: number, fromB: number, to: number): NDArray {
  const a = moveaxis(x, fromA, -1);
  const b = moveaxis(y, fromB, -1);
  const [n, m] = [a.shape[a.ndim - 1], b.shape[b.ndim - 1]];
  if (![2, 3].includes(n) || ![2, 3].includes(m)) {
    throw new RangeError(
      "Dimension must be either 2 or 3 for cross product, got shapes " +
        `${showShape(x.shape)} and ${showShape(y.shape)}`,
    );
  }
  const part = (z: NDArray, i: number) =>
    i < z.shape[z.ndim - 1] ? getItem(z, ["...", i]) : lax.full(z.shape.slice(0, -1), 0, z.dtype);
  if (n === 2 && m === 2) {
    const product = multiply(part(a, 0), part(b, 1));
    return subtract(product, multiply(part(a, 1), part(b, 0)));
  }
  const [a0, a1, a2] = range(3).map((i) => part(a, i));
  const [b0, b1, b2] = range(3).map((i) => part(b, i));
  const minor = (p: NDArray, q: NDArray, r: NDArray, s: NDArray) =>
    subtract(multiply(p, q), multiply(r, s));
  const c = array([minor(a1, b2, a2, b1), minor(a2, b0, a0, b2), minor(a0, b1, a1, b0)]);
  return moveaxis(c, 0, to);
}
