/** Convolution and correlation of sequences, on `lax.convGeneralDilated`. */
import type { DTypeLike } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { Slice } from "../core/methods.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import type { PrecisionLike } from "../lax/dot.ts";
import * as lax from "../lax/mod.ts";
import { toArrays } from "./asarray.ts";
import { getItem } from "./gathering.ts";
import { promoteDTypes, promoteDTypesInexact } from "./promotion.ts";
import { flip } from "./rearranging.ts";
import { conj } from "./rounding.ts";

/**
 * Which part to give: `"full"`, wherever the sequences overlap; `"same"`, the middle of that, as
 * long as the longer one; `"valid"`, where they overlap wholly.
 */
export type ConvolveMode = "full" | "same" | "valid";

/** Options of {@linkcode convolve} and {@linkcode correlate}. */
export interface ConvolveOptions {
  /** Which part to give: all of it by default, of a correlation the valid part. */
  mode?: ConvolveMode;
  /** Accepted for JAX's sake: products are exact to their dtype everywhere. */
  precision?: PrecisionLike;
  /** The dtype of the result, and of the sums on the way there. */
  preferredElementType?: DTypeLike;
}
const NAMES = ["mode", "precision", "preferredElementType"] as const;

/**
 * The discrete convolution of two sequences, as floats: element `n` is the sum of `a[m] v[n - m]`.
 * Follows `jax.numpy.convolve`.
 *
 * @throws {RangeError} unless both have one axis and an element at least, or for an unknown mode.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [x, y] = [np.array([1, 2, 1]), np.ones(4)];
 * assertEquals(np.convolve(x, y).tolist(), [1, 3, 4, 4, 3, 1]);
 * assertEquals(np.convolve(x, y, "valid").tolist(), [4, 4]);
 * ```
 */
export function convolve(
  a: ArrayLike,
  v: ArrayLike,
  mode?: ConvolveMode | ConvolveOptions,
  options?: ConvolveOptions,
): NDArray {
  const read = readOptions<ConvolveOptions>("convolve", NAMES, mode, options);
  return run("convolve", a, v, { mode: "full", ...read });
}

/**
 * The cross-correlation of two sequences, as floats: element `k` is the sum of
 * `a[m + k] conj(v[m])`. Follows `jax.numpy.correlate`.
 *
 * @throws {RangeError} unless both have one axis and an element at least, or for an unknown mode.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [x, y] = [np.array([1, 2, 3]), np.array([0, 1, 0.5])];
 * assertEquals(np.correlate(x, y).item(), 3.5);
 * assertEquals(np.correlate(x, y, "full").tolist(), [0.5, 2, 3.5, 3, 0]);
 * ```
 */
export function correlate(
  a: ArrayLike,
  v: ArrayLike,
  mode?: ConvolveMode | ConvolveOptions,
  options?: ConvolveOptions,
): NDArray {
  const read = readOptions<ConvolveOptions>("correlate", NAMES, mode, options);
  return run("correlate", a, v, { mode: "valid", ...read });
}

type Name = "convolve" | "correlate";

function run(name: Name, a: ArrayLike, v: ArrayLike, options: ConvolveOptions): NDArray {
  return named(name, toArrays(name, a, v), (a, v) => {
    return named("_conv", [a, v], (a, v) => computed(name, a, v, options), [name, options]);
  }, options);
}
function computed(name: Name, a: NDArray, v: NDArray, options: ConvolveOptions): NDArray {
  const { mode = "full", precision = null, preferredElementType = null } = options;
  if (a.ndim !== 1 || v.ndim !== 1) {
    throw new RangeError(`${name}() only support 1-dimensional inputs.`);
  }
  let [x, y] = preferredElementType === null
    ? promoteDTypesInexact(name, a, v)
    : promoteDTypes(name, a, v);
  if (x.size === 0 || y.size === 0) {
    throw new RangeError(
      `${name}: inputs cannot be empty, got shapes ${showShape(x.shape)} and ` +
        `${showShape(y.shape)}.`,
    );
  }
  // The longer one is the signal. A convolution doesn't mind; a correlation comes out reversed.
  const swapped = x.size < y.size;
  if (name === "correlate") y = conj(y);
  if (swapped) [x, y] = [y, x];
  if (name === "convolve") y = flip(y);
  const result = lax.convGeneralDilated(
    lax.expandDims(x, [0, 1]),
    lax.expandDims(y, [0, 1]),
    [1],
    [padding(mode, y.size)],
    { precision, preferredElementType },
  );
  const reversed = swapped && name === "correlate";
  return getItem(result, [0, 0, new Slice(null, null, reversed ? -1 : null)]);
}
function padding(mode: ConvolveMode, n: number): [low: number, high: number] {
  const half = Math.floor(n / 2);
  switch (mode) {
    case "valid":
      return [0, 0];
    case "same":
      return [half, n - half - 1];
    case "full":
      return [n - 1, n - 1];
    default:
      throw new RangeError(`mode must be one of ['full', 'same', 'valid'], got ${String(mode)}`);
  }
}
