/** Products of vectors, matrices and tensors, as contractions by `dot_general`. */
import { range } from "../core/aval.ts";
import type { DTypeLike } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { named } from "../core/call.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import type { DotDimensionNumbers, PrecisionLike } from "../lax/dot.ts";
import { optionalDType } from "../lax/operands.ts";
import { toArrays } from "./asarray.ts";
import { moveaxis, ravel } from "./manipulation.ts";
import { convertTo, resultTypeOf } from "./promotion.ts";
import { conj } from "./rounding.ts";
import { canonicalAxis } from "./shapes.ts";
import { multiply } from "./ufuncs.ts";

/** Options of products. */
export interface ProductOptions {
  /** Accepted for JAX's sake: products are exact to their dtype everywhere. */
  precision?: PrecisionLike;
  /** The dtype of the result, and of the sums on the way there. */
  preferredElementType?: DTypeLike;
}
const NAMES = ["precision", "preferredElementType"] as const;

/** `dot_general` of operands that may differ in dtype, to their common one or the preferred one. */
function contract(
  a: NDArray,
  b: NDArray,
  dimensions: DotDimensionNumbers,
  { precision = null, preferredElementType }: ProductOptions,
  arrange: (result: NDArray) => NDArray = (result) => result,
): NDArray {
  const preferred = optionalDType(preferredElementType);
  const { dtype, weakType } = preferred === undefined
    ? resultTypeOf("dot", [a, b])
    : { dtype: preferred, weakType: false };
  const result = lax.dotGeneral(a, b, dimensions, { precision, preferredElementType: dtype });
  return convertTo(arrange(result), dtype, weakType);
}

/**
 * The dot product: of vectors their inner product; else the sum over the last axis of `x` and the
 * last but one of `y` (its only one, if it is a vector); of scalars their product. Follows
 * `jax.numpy.dot`.
 *
 * @throws {TypeError} if those axes differ in length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [x, y] = [np.array([[1, 2], [3, 4]]), np.array([5, 6])];
 * assertEquals(np.dot(x, y).tolist(), [17, 39]);
 * assertEquals(np.dot(y, y).item(), 61);
 * ```
 */
export function dot(x: ArrayLike, y: ArrayLike, options?: ProductOptions): NDArray {
  const [a, b] = toArrays("dot", x, y);
  const scalar = a.ndim === 0 || b.ndim === 0;
  const pair: DotDimensionNumbers[0] = scalar
    ? [[], []]
    : [[a.ndim - 1], [Math.max(0, b.ndim - 2)]];
  return contract(a, b, [pair, [[], []]], readOptions<ProductOptions>("dot", NAMES, options));
}

/**
 * The matrix product over the last two axes, along leading axes that broadcast; a vector counts as
 * a row on the left and as a column on the right. Follows `jax.numpy.matmul`.
 *
 * @throws {RangeError} for a scalar, or leading axes that don't broadcast.
 * @throws {TypeError} if the axes that are summed over differ in length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.arange(12).reshape(2, 2, 3);
 * assertEquals(np.matmul(x, np.ones([3, 4])).shape, [2, 2, 4]);
 * assertEquals(np.matmul(x, np.arange(3)).tolist(), [[5, 14], [23, 32]]);
 * ```
 */
export function matmul(x: ArrayLike, y: ArrayLike, options?: ProductOptions): NDArray {
  const [a, b] = toArrays("matmul", x, y);
  [a, b].forEach((operand, i) => {
    if (operand.ndim > 0) return;
    throw new RangeError(
      `matmul input operand ${i} must have ndim at least 1, but it has ndim 0`,
    );
  });
  const read = readOptions<ProductOptions>("matmul", NAMES, options);
  return batched("matmul", a, b, a.ndim > 1, b.ndim > 1, read);
}

/** How the leading axes of two operands go together. */
interface BatchPlan {
  /** Axes of length 1 that vanish, since the other operand has the axis longer. */
  readonly squeeze: readonly [a: number[], b: number[]];
  /** Axes of the result that vanish from both operands. */
  readonly both: number[];
  /** Axes that both run along, once squeezed. */
  readonly batch: readonly [a: number[], b: number[]];
  /** The axes of the result, in the order in which the product has them. */
  readonly order: number[];
}

function planBatch(name: string, a: NDArray, b: NDArray, coreA: number, coreB: number): BatchPlan {
  const leadA = a.shape.slice(0, a.ndim - coreA);
  const leadB = b.shape.slice(0, b.ndim - coreB);
  const rank = Math.max(leadA.length, leadB.length);
  const squeeze: [number[], number[]] = [[], []];
  const batch: [number[], number[]] = [[], []];
  const both: number[] = [];
  const [shared, ownA, ownB]: number[][] = [[], [], []];
  for (const i of range(rank)) {
    const atA = i - rank + leadA.length;
    const atB = i - rank + leadB.length;
    const [n, m] = [leadA[atA], leadB[atB]];
    if (n === undefined) ownB.push(i);
    else if (m === undefined) ownA.push(i);
    else if (n === 1 || m === 1) {
      if (n === 1) squeeze[0].push(atA);
      if (m === 1) squeeze[1].push(atB);
      if (n === m) both.push(i);
      else (n === 1 ? ownB : ownA).push(i);
    } else if (n === m) {
      batch[0].push(atA - squeeze[0].length);
      batch[1].push(atB - squeeze[1].length);
      shared.push(i);
    } else {
      throw new RangeError(
        `Incompatible types for ${name} arguments: ${a.aval} and ${b.aval}`,
      );
    }
  }
  if (coreA === 2) ownA.push(rank);
  if (coreB === 2) ownB.push(rank + 1);
  return { squeeze, both, batch, order: [...shared, ...ownA, ...ownB] };
}

/** Products of matrices or vectors along leading axes that broadcast. */
function batched(
  name: string,
  a: NDArray,
  b: NDArray,
  aIsMatrix: boolean,
  bIsMatrix: boolean,
  options: ProductOptions,
): NDArray {
  const plan = planBatch(name, a, b, aIsMatrix ? 2 : 1, bIsMatrix ? 2 : 1);
  const { squeeze, both, batch, order } = plan;
  const [x, y] = [lax.squeeze(a, squeeze[0]), lax.squeeze(b, squeeze[1])];
  const contracting = [[x.ndim - 1], [y.ndim - 1 - Number(bIsMatrix)]] as const;
  const sorted = [...order].sort((p, q) => p - q);
  const permutation = sorted.map((axis) => order.indexOf(axis));
  return contract(x, y, [contracting, batch], options, (result) => {
    return lax.expandDims(lax.transpose(result, permutation), both);
  });
}

/** Throws unless the operands have the axes that a product works on, of equal lengths. */
function checkCore(
  name: string,
  [a, b]: readonly NDArray[],
  coreA: number,
  coreB: number,
): void {
  if (a.ndim < coreA || b.ndim < coreB) {
    throw new RangeError(
      `${name} requires operands of at least ${coreA} and ${coreB} dimensions, got shapes ` +
        `${showShape(a.shape)} and ${showShape(b.shape)}`,
    );
  }
  const [n, m] = [a.shape[a.ndim - 1], b.shape[b.ndim - coreB]];
  if (n !== m) {
    throw new RangeError(
      `inconsistent size for core dimension of ${name}: ${n} vs ${m}, got shapes ` +
        `${showShape(a.shape)} and ${showShape(b.shape)}`,
    );
  }
}

/**
 * The product of matrices and vectors, along leading axes that broadcast. Follows
 * `jax.numpy.matvec`.
 *
 * @throws {RangeError} if the last axes differ in length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [x, y] = [np.array([[1, 2], [3, 4]]), np.array([[1, 0], [0, 1], [1, 1]])];
 * assertEquals(np.matvec(x, y).tolist(), [[1, 3], [2, 4], [3, 7]]);
 * ```
 */
export function matvec(x: ArrayLike, y: ArrayLike): NDArray {
  const operands = toArrays("matvec", x, y);
  checkCore("matvec", operands, 2, 1);
  return named("matvec", operands, (a, b) => batched("matvec", a, b, true, false, {}));
}
/**
 * The product of vectors, conjugated if complex, and matrices, along leading axes that broadcast.
 * Follows `jax.numpy.vecmat`.
 *
 * @throws {RangeError} if the last axis of `x` differs in length from the last but one of `y`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.vecmat(np.array([1, 2]), np.array([[1, 2], [3, 4]])).tolist(), [7, 10]);
 * ```
 */
export function vecmat(x: ArrayLike, y: ArrayLike): NDArray {
  const operands = toArrays("vecmat", x, y);
  checkCore("vecmat", operands, 1, 2);
  return named("vecmat", operands, (a, b) => batched("vecmat", conj(a), b, false, true, {}));
}

/**
 * The inner product of all elements, those of `x` conjugated if complex. Follows `jax.numpy.vdot`.
 *
 * @throws {TypeError} if the sizes differ.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.vdot(np.arange(4).reshape(2, 2), np.ones([2, 2])).item(), 6);
 * ```
 */
export function vdot(x: ArrayLike, y: ArrayLike, options?: ProductOptions): NDArray {
  const [a, b] = toArrays("vdot", x, y);
  const read = readOptions<ProductOptions>("vdot", NAMES, options);
  return dot(ravel(conj(a)), ravel(b), read);
}

/**
 * Inner products of the vectors along `axis`, those of `x` conjugated if complex; other axes
 * broadcast. Follows `jax.numpy.vecdot`.
 *
 * @throws {RangeError} if the vectors differ in length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([[1, 2], [3, 4]]);
 * assertEquals(np.vecdot(x, x).tolist(), [5, 25]);
 * assertEquals(np.vecdot(x, x, { axis: 0 }).tolist(), [10, 20]);
 * ```
 */
export function vecdot(
  x: ArrayLike,
  y: ArrayLike,
  options?: ProductOptions & { axis?: number },
): NDArray {
  const { axis = -1, ...rest } = readOptions<ProductOptions & { axis?: number }>(
    "vecdot",
    ["axis", ...NAMES],
    options,
  );
  const [a, b] = toArrays("vecdot", x, y);
  const [i, j] = [canonicalAxis(axis, a.ndim), canonicalAxis(axis, b.ndim)];
  if (a.shape[i] !== b.shape[j]) {
    throw new RangeError(
      `axes must match; got shapes ${showShape(a.shape)} and ${showShape(b.shape)} with ` +
        `axis=${axis}`,
    );
  }
  const [u, v] = [moveaxis(a, i, -1), moveaxis(b, j, -1)];
  return batched("vecdot", conj(u), v, false, false, rest);
}

/** Axes of `tensordot`: how many, or which ones of each operand. */
export type TensordotAxes =
  | number
  | readonly [x: number, y: number]
  | readonly [x: readonly number[], y: readonly number[]];

/**
 * The sum of products over several axes: the last `axes` ones of `x` with the first ones of `y`,
 * or those that are named. Follows `jax.numpy.tensordot`.
 *
 * @throws {TypeError} for axes that don't pair up.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [x, y] = [np.ones([2, 3, 4]), np.ones([3, 4, 5])];
 * assertEquals(np.tensordot(x, y).shape, [2, 5]);
 * assertEquals(np.tensordot(x, x, [[0, 2], [0, 2]]).shape, [3, 3]);
 * ```
 */
export function tensordot(
  x: ArrayLike,
  y: ArrayLike,
  axes?: TensordotAxes | (ProductOptions & { axes?: TensordotAxes }),
  options?: ProductOptions,
): NDArray {
  const { axes: which = 2, ...rest } = readOptions<ProductOptions & { axes?: TensordotAxes }>(
    "tensordot",
    ["axes", ...NAMES],
    axes,
    options,
  );
  const [a, b] = toArrays("tensordot", x, y);
  return contract(a, b, [pairedAxes(a, b, which), [[], []]], rest);
}
function pairedAxes(a: NDArray, b: NDArray, axes: TensordotAxes): DotDimensionNumbers[0] {
  if (typeof axes === "number") {
    if (axes > Math.min(a.ndim, b.ndim)) {
      throw new TypeError(
        `Number of tensordot axes (axes ${axes}) exceeds input ranks ` +
          `(${showShape(a.shape)} and ${showShape(b.shape)})`,
      );
    }
    return [range(axes).map((i) => i + a.ndim - axes), range(axes)];
  }
  if (!Array.isArray(axes) || axes.length !== 2) {
    throw new TypeError(
      "tensordot axes argument must be an int, a pair of ints, or a pair of lists/tuples of ints.",
    );
  }
  const [i, j] = axes;
  if (typeof i === "number" && typeof j === "number") {
    return [[canonicalAxis(i, a.ndim)], [canonicalAxis(j, b.ndim)]];
  }
  if (!Array.isArray(i) || !Array.isArray(j)) {
    throw new TypeError(
      "tensordot requires both axes lists to be either ints, tuples or lists, got " +
        `${describe(i)} and ${describe(j)}`,
    );
  }
  if (i.length !== j.length) {
    throw new TypeError(
      `tensordot requires axes lists to have equal length, got ${showShape(i)} and ` +
        `${showShape(j)}.`,
    );
  }
  return [i.map((k) => canonicalAxis(k, a.ndim)), j.map((k) => canonicalAxis(k, b.ndim))];
}

/**
 * Inner products over the last axes; of a scalar and an array their product. Follows
 * `jax.numpy.inner`.
 *
 * @throws {TypeError} if the last axes differ in length.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.inner(np.ones([2, 3]), np.ones([4, 3])).shape, [2, 4]);
 * ```
 */
export function inner(x: ArrayLike, y: ArrayLike, options?: ProductOptions): NDArray {
  const [a, b] = toArrays("inner", x, y);
  const read = readOptions<ProductOptions>("inner", NAMES, options);
  if (a.ndim > 0 && b.ndim > 0) return tensordot(a, b, [-1, -1], read);
  const dtype = optionalDType(read.preferredElementType);
  if (dtype === undefined) return multiply(a, b);
  return multiply(convertTo(a, dtype), convertTo(b, dtype));
}
