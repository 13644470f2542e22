/**
 * NumPy's functions by NumPy's names, in camelCase, on immutable arrays: `np.sum(x, { axis: 0 })`.
 * Operands broadcast, and promote to a common dtype. Follows `jax.numpy`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const x = np.linspace(0, 10, 1000);
 * const y = np.multiply(2, np.multiply(np.sin(x), np.cos(x)));
 * assert(y.shape.join() === "1000");
 * ```
 *
 * @module
 */
import "./methods.ts";

export * from "./array.ts";
export { broadcastArrays, broadcastShapes, broadcastTo, type ShapeLike } from "./shapes.ts";
export * from "./bits.ts";
export * from "./comparison.ts";
export * from "./constants.ts";
export type { Contraction, ContractionPath, OptimizeLike } from "./contraction_path.ts";
export * from "./contractions.ts";
export * from "./convolve.ts";
export * from "./covariance.ts";
export * from "./creation.ts";
export * from "./cumulative.ts";
export * from "./diagonal.ts";
export * from "./differences.ts";
export * from "./editing.ts";
export * from "./einsum.ts";
export * from "./exponential.ts";
export * from "./grids.ts";
export * from "./histograms.ts";
export * from "./index_tricks.ts";
export * from "./inspection.ts";
export * from "./interpolation.ts";
export * from "./joining.ts";
export * from "./limits.ts";
export * from "./logic.ts";
export * from "./manipulation.ts";
export * from "./nan_reductions.ts";
export * from "./pad.ts";
export * from "./polynomial.ts";
export * from "./powers.ts";
export * from "./printing.ts";
export * from "./products.ts";
export * from "./putting.ts";
export * from "./quantiles.ts";
export * from "./ranges.ts";
export * from "./rearranging.ts";
export * from "./reductions.ts";
export * from "./rounding.ts";
export * from "./scalar_types.ts";
export * from "./selection.ts";
export * from "./sets.ts";
export * from "./sorting.ts";
export * from "./splitting.ts";
export * from "./statistics.ts";
export * from "./take.ts";
export { repeat, type RepeatOptions, resize, tile } from "./tiling.ts";
export * from "./trigonometry.ts";
export * from "./ufuncs.ts";
export * from "./unique.ts";
export * from "./where.ts";
export * from "./windows.ts";

/** Linear algebra. */
export * as linalg from "./linalg.ts";
export type { DType, DTypeLike, DTypeName } from "../core/dtype.ts";
export type { PrintOptions } from "../core/format.ts";
export { slice } from "../core/methods.ts";
export {
  type ArrayLike,
  type Complex,
  type NDArray,
  type NDArray as ndarray,
  type NestedArrayLike,
  type NestedList,
} from "../core/trace.ts";
