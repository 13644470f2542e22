/** Arrays filled with a value. */
import { isHostScalar } from "../core/convert.ts";
import { defaultDType, type DType } from "../core/dtype.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, MaybeDType, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { toArray, userDType } from "./asarray.ts";
import { convertTo } from "./promotion.ts";
import { broadcastTo, canonicalShape, type ShapeLike } from "./shapes.ts";

// -- by a shape ----------------------------------------------------------------------------------

/** Options of functions that make an array of a shape. */
export interface CreationOptions {
  /** The type of the elements; float32 by default. */
  dtype?: MaybeDType;
}

function filled(
  name: string,
  shape: ShapeLike,
  value: number,
  dtype: MaybeDType | CreationOptions,
  options: CreationOptions | undefined,
): NDArray {
  if (typeof dtype as unknown === "number" && typeof shape === "number") {
    throw new TypeError(
      `Cannot interpret '${dtype}' as a data type.\n\nDid you accidentally write ` +
        `np.${name}(${shape}, ${dtype}) when you meant np.${name}([${shape}, ${dtype}]), i.e. ` +
        "with a single list for the shape?",
    );
  }
  const given = readOptions<CreationOptions>(name, ["dtype"], dtype, options);
  return lax.full(canonicalShape(shape), value, userDType(name, given.dtype ?? defaultDType("f")));
}

/**
 * An array of zeros.
 *
 * @throws {TypeError} if the shape is none.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.zeros([2, 3]).shape.join() === "2,3");
 * assert(np.zeros(3, "int32").dtype === np.int32);
 * ```
 */
export function zeros(
  shape: ShapeLike,
  dtype?: MaybeDType | CreationOptions,
  options?: CreationOptions,
): NDArray {
  return filled("zeros", shape, 0, dtype, options);
}

/**
 * An array of ones.
 *
 * @throws {TypeError} if the shape is none.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.ones(2)) === "[1. 1.]");
 * ```
 */
export function ones(
  shape: ShapeLike,
  dtype?: MaybeDType | CreationOptions,
  options?: CreationOptions,
): NDArray {
  return filled("ones", shape, 1, dtype, options);
}

/**
 * An array whose elements don't matter: zeros, as in JAX.
 *
 * @throws {TypeError} if the shape is none.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.empty([2, 3]).size === 6);
 * ```
 */
export function empty(
  shape: ShapeLike,
  dtype?: MaybeDType | CreationOptions,
  options?: CreationOptions,
): NDArray {
  return filled("empty", shape, 0, dtype, options);
}

/**
 * An array of equal elements, or of the elements that `fillValue` broadcasts to.
 *
 * @throws {TypeError} if the shape is none.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.full(2, 7.5)) === "[7.5 7.5]");
 * ```
 */
export function full(
  shape: ShapeLike,
  fillValue: ArrayLike,
  dtype?: MaybeDType | CreationOptions,
  options?: CreationOptions,
): NDArray {
  const given = readOptions<CreationOptions>("full", ["dtype"], dtype, options);
  const target = given.dtype == null ? undefined : userDType("full", given.dtype);
  if (isHostScalar(fillValue)) return lax.full(canonicalShape(shape), fillValue, target);
  const value = toArray("full", fillValue);
  if (value.ndim === 0) return lax.full(canonicalShape(shape), value, target);
  return broadcastTo(target === undefined ? value : convertTo(value, target), shape);
}

// -- like an example -----------------------------------------------------------------------------

/** Options of functions that make an array like another one. */
export interface LikeOptions extends CreationOptions {
  /** The shape, if not that of the example. */
  shape?: ShapeLike | null;
}

/** The shape, and the dtype that is asked for. */
interface Like {
  readonly example: NDArray;
  readonly shape: readonly number[];
  readonly dtype: DType | null;
}
function readLike(
  name: string,
  x: ArrayLike,
  args: readonly (MaybeDType | ShapeLike | LikeOptions)[],
): Like {
  const { dtype, shape } = readOptions<LikeOptions>(name, ["dtype", "shape"], ...args);
  const example = toArray(name, x);
  return {
    example,
    shape: shape == null ? example.shape : canonicalShape(shape),
    dtype: dtype == null ? null : userDType(name, dtype),
  };
}

/**
 * Zeros with the shape and dtype of `x`, unless told otherwise.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.zerosLike(np.arange(3)).dtype === np.int32);
 * ```
 */
export function zerosLike(
  x: ArrayLike,
  dtype?: MaybeDType | LikeOptions,
  shape?: ShapeLike | null | LikeOptions,
  options?: LikeOptions,
): NDArray {
  const like = readLike("zeros_like", x, [dtype, shape, options]);
  return lax.fullLike(like.example, 0, like);
}

/**
 * Ones with the shape and dtype of `x`, unless told otherwise.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.onesLike(np.arange(3), { dtype: "float32" })) === "[1. 1. 1.]");
 * ```
 */
export function onesLike(
  x: ArrayLike,
  dtype?: MaybeDType | LikeOptions,
  shape?: ShapeLike | null | LikeOptions,
  options?: LikeOptions,
): NDArray {
  const like = readLike("ones_like", x, [dtype, shape, options]);
  return lax.fullLike(like.example, 1, like);
}

/**
 * An array whose elements don't matter, with the shape and dtype of `x`, unless told otherwise.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.emptyLike(np.arange(3), { shape: [2, 2] }).size === 4);
 * ```
 */
export function emptyLike(
  x: ArrayLike,
  dtype?: MaybeDType | LikeOptions,
  shape?: ShapeLike | null | LikeOptions,
  options?: LikeOptions,
): NDArray {
  const like = readLike("empty_like", x, [dtype, shape, options]);
  return lax.fullLike(like.example, 0, like);
}

/**
 * Elements of `fillValue`, with the shape and dtype of `x`, unless told otherwise.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.fullLike(np.arange(3), 7)) === "[7 7 7]");
 * ```
 */
export function fullLike(
  x: ArrayLike,
  fillValue: ArrayLike,
  dtype?: MaybeDType | LikeOptions,
  shape?: ShapeLike | null | LikeOptions,
  options?: LikeOptions,
): NDArray {
  const like = readLike("full_like", x, [dtype, shape, options]);
  if (isHostScalar(fillValue)) return lax.fullLike(like.example, fillValue, like);
  const value = toArray("full_like", fillValue, 1);
  if (value.ndim === 0) return lax.fullLike(like.example, value, like);
  return broadcastTo(convertTo(value, like.dtype ?? like.example.dtype), like.shape);
}
