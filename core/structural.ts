/**
 * The primitives that the interpreters themselves speak: the vector space of tangents (`add`,
 * constants), mapped axes (`broadcastInDim`, `transpose`), and what undoing those needs
 * (`reduceSum`, `reshape`).
 */
import { scalarArray } from "./array.ts";
import { product, range, sameShape, type ShapedArray } from "./aval.ts";
import type { HostScalar } from "./convert.ts";
import type { DType } from "./dtype.ts";
import { showShape } from "./errors.ts";
import { axis, constant, type Expr, fold, type FoldOp, ravel, unravel } from "./expr.ts";
import {
  checkDTypes,
  checkShapelike,
  elementwise,
  type Family,
  NUMBERS,
  remainingAxes,
} from "./rules.ts";
import { type CommonRules, definePrimitive, type Meanings, type NDArray } from "./trace.ts";

// -- add --------------------------------------------------------------------------------------

const addP = definePrimitive("add", elementwise("add", "add", { accepts: NUMBERS, numpy: "add" }));
/** `x + y` of equal dtypes. */
export function add(x: NDArray, y: NDArray): NDArray {
  return addP.bind([x, y], {});
}

// -- broadcast_in_dim -------------------------------------------------------------------------

interface BroadcastParams {
  readonly shape: readonly number[];
  /** The result's axis for each axis of the operand. */
  readonly broadcastDimensions: readonly number[];
}
const broadcastInDimP = definePrimitive<BroadcastParams>("broadcast_in_dim", {
  type([x], { shape, broadcastDimensions: dims }) {
    checkBroadcast(x, shape, dims);
    return [x.with({ shape })];
  },
  keepsOrder: true,
  print: ({ broadcastDimensions }) => broadcastDimensions.length > 0 ? { broadcastDimensions } : {},
  lower: ([x], { broadcastDimensions: dims }) => (index) =>
    x.at(dims.map((d, i) => x.aval.shape[i] === 1 ? constant(0) : index[d])),
});
function checkBroadcast(x: ShapedArray, shape: readonly number[], dims: readonly number[]): void {
  checkShapelike("broadcast_in_dim", "shape", shape);
  checkShapelike("broadcast_in_dim", "broadcastDimensions", dims);
  if (dims.length !== x.ndim) {
    throw new TypeError(
      `broadcast_in_dim broadcastDimensions must have length equal to operand ndim; got ` +
        `broadcastDimensions ${showShape(dims)} for operand ndim ${x.ndim}.`,
    );
  }
  if (shape.length < x.ndim) {
    throw new TypeError(
      `broadcast_in_dim target broadcast shape must have equal or higher rank to the operand ` +
        `shape; got operand ndim ${x.ndim} and target broadcast ndim ${shape.length}.`,
    );
  }
  if (!dims.every((d) => d < shape.length)) {
    throw new TypeError(
      `broadcast_in_dim broadcastDimensions must be a subset of output dimensions, got ` +
        `${showShape(dims)} for operand ndim ${x.ndim} and shape ${showShape(shape)}.`,
    );
  }
  if (!dims.every((d, i) => x.shape[i] === 1 || x.shape[i] === shape[d])) {
    throw new TypeError(
      "broadcast_in_dim operand dimension sizes must either be 1, or be equal to their " +
        `corresponding dimensions in the target broadcast shape; got operand of shape ` +
        `${showShape(x.shape)}, target broadcast shape ${showShape(shape)}, ` +
        `broadcastDimensions ${showShape(dims)}`,
    );
  }
  if (new Set(dims).size !== dims.length) {
    throw new TypeError(
      `broadcast_in_dim broadcastDimensions must not contain duplicates, got ` +
        `broadcastDimensions ${showShape(dims)}`,
    );
  }
  // JAX takes them in any order; here a broadcast keeps the order of elements.
  if (!dims.every((d, i) => i === 0 || dims[i - 1] < d)) {
    throw new TypeError(
      `broadcast_in_dim broadcastDimensions must be increasing; transpose the operand first; got ` +
        `broadcastDimensions ${showShape(dims)}`,
    );
  }
}
/** `x` with new axes: its axis `i` becomes axis `broadcastDimensions[i]` of `shape`. */
export function broadcastInDim(
  x: NDArray,
  shape: readonly number[],
  broadcastDimensions: readonly number[],
): NDArray {
  const unchanged = sameShape(x.shape, shape) && sameShape(broadcastDimensions, range(x.ndim));
  return unchanged ? x : broadcastInDimP.bind([x], { shape, broadcastDimensions });
}
/** An array of equal elements. */
export function full(shape: readonly number[], value: HostScalar, dtype: DType): NDArray {
  return broadcastInDim(scalarArray(value, dtype), shape, []);
}

// -- transpose --------------------------------------------------------------------------------

const transposeP = definePrimitive<{ readonly permutation: readonly number[] }>("transpose", {
  type([x], { permutation }) {
    if (!sameShape([...permutation].sort((a, b) => a - b), range(x.ndim))) {
      throw new TypeError(
        `transpose permutation isn't a permutation of operand dimensions, got permutation ` +
          `${showShape(permutation)} for operand shape ${showShape(x.shape)}.`,
      );
    }
    return [x.with({ shape: permutation.map((p) => x.shape[p]) })];
  },
  lower: ([x], { permutation }) => (index) => {
    const inner: Expr[] = [];
    permutation.forEach((p, i) => inner[p] = index[i]);
    return x.at(inner);
  },
});
/** `x` with its axes in another order: axis `i` of the result is axis `permutation[i]`. */
export function transpose(x: NDArray, permutation: readonly number[]): NDArray {
  const unchanged = sameShape(permutation, range(x.ndim));
  return unchanged ? x : transposeP.bind([x], { permutation });
}

// -- reduce_sum -------------------------------------------------------------------------------

/** Params of the reductions. */
export interface ReduceParams {
  /** The axes that vanish. */
  readonly axes: readonly number[];
}
/**
 * `type` and meaning of a reduction that folds elements by one operation and keeps the dtype.
 * Booleans may fold by another one.
 */
export function reduction(
  name: string,
  op: FoldOp,
  accepts: readonly Family[],
  boolOp: FoldOp = op,
): Pick<CommonRules<ReduceParams>, "type"> & Pick<Meanings<ReduceParams>, "lower"> {
  return {
    type([x], { axes }) {
      checkDTypes(name, [x], accepts);
      if (!axes.every((a) => Number.isInteger(a) && a >= 0 && a < x.ndim)) {
        throw new RangeError(
          `reduction axes ${showShape(axes)} contains out-of-bounds indices for ${x}.`,
        );
      }
      if (new Set(axes).size !== axes.length) {
        throw new RangeError(`duplicate value in 'axes' of reduction: ${showShape(axes)}`);
      }
      return [x.with({ shape: remainingAxes(x.ndim, axes).map((i) => x.shape[i]) })];
    },
    lower: ([x], { axes }) => (index) => {
      const inner = axes.map((i) => axis(x.aval.shape[i]));
      let kept = 0;
      const at = x.aval.shape.map((_, i) =>
        axes.includes(i) ? inner[axes.indexOf(i)] : index[kept++]
      );
      return fold(x.aval.dtype.kind === "b" ? boolOp : op, inner, x.at(at));
    },
  };
}

const reduceSumP = definePrimitive<ReduceParams>("reduce_sum", {
  ...reduction("reduce_sum", "add", ["number"]),
  print: ({ axes }) => ({ axes, outSharding: null }),
});
/** The sum over `axes`, which vanish. */
export function reduceSum(x: NDArray, axes: readonly number[]): NDArray {
  return reduceSumP.bind([x], { axes });
}

// -- reshape ----------------------------------------------------------------------------------

const reshapeP = definePrimitive<{ readonly newSizes: readonly number[] }>("reshape", {
  type([x], { newSizes }) {
    if (!newSizes.every((n) => Number.isInteger(n) && n >= 0)) {
      throw new TypeError(`reshape newSizes must all be positive, got ${showShape(newSizes)}.`);
    }
    if (product(newSizes) !== x.size) {
      throw new TypeError(
        `reshape total size must be unchanged, got newSizes ${showShape(newSizes)} (total size ` +
          `${product(newSizes)}) for shape ${showShape(x.shape)} (total size ${x.size})`,
      );
    }
    return [x.with({ shape: newSizes })];
  },
  keepsOrder: true,
  print: ({ newSizes }) => ({ dimensions: null, newSizes, sharding: null }),
  lower: ([x], { newSizes }) => (index) => x.at(unravel(ravel(index, newSizes), x.aval.shape)),
});
/** The same elements, in the same row-major order, in another shape. */
export function reshape(x: NDArray, newSizes: readonly number[]): NDArray {
  return x.ndim > 0 && sameShape(x.shape, newSizes) ? x : reshapeP.bind([x], { newSizes });
}
