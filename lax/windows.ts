/** Windows that slide over an array: what convolution and pooling fold over. */
import type { ShapedArray } from "../core/aval.ts";
import { addIndex, type Expr, mulIndex } from "../core/expr.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";

/** Windows along some axes of an array; one number for each of these axes. */
export interface WindowParams {
  /** The axes along which windows slide. */
  readonly dimensions: readonly number[];
  /** The number of elements of a window. */
  readonly window: readonly number[];
  /** The distance between windows. */
  readonly strides: readonly number[];
  /** The distance between elements of a window. */
  readonly dilation: readonly number[];
}

/** The number of windows along an axis of length `n`. */
export function windowCount(n: number, window: number, stride: number, dilation: number): number {
  const extent = window === 0 ? 0 : (window - 1) * dilation + 1;
  return Math.max(Math.floor((n - extent) / stride) + 1, 0);
}

/** The position of element `k` of window `i` along an axis. */
export function windowIndex(i: Expr, k: Expr, stride: number, dilation: number): Expr {
  const scaled = (e: Expr, by: number) => by === 1 ? e : mulIndex(e, by);
  return addIndex(scaled(i, stride), scaled(k, dilation));
}

/**
 * All windows of an array, one axis more for each axis that they slide along:
 * `out[… i …, k] = x[… i * stride + k * dilation …]`. An index map: what folds over the windows reads
 * the array itself, and no window is ever copied.
 */
const windowsP = definePrimitive<WindowParams>("windows", {
  type: ([x], params) => [x.with({ shape: windowsShape(x, params) })],
  lower: ([x], { dimensions, strides, dilation }) => (index) => {
    const n = x.aval.ndim;
    const at = index.slice(0, n);
    dimensions.forEach((d, i) => {
      at[d] = windowIndex(index[d], index[n + i], strides[i], dilation[i]);
    });
    return x.at(at);
  },
});
function windowsShape(x: ShapedArray, { dimensions, window, strides, dilation }: WindowParams) {
  const shape = [...x.shape];
  dimensions.forEach((d, i) => {
    shape[d] = windowCount(x.shape[d], window[i], strides[i], dilation[i]);
  });
  return [...shape, ...window];
}
/** The windows of `x`: its axes, now counting windows, then those of a window. */
export function windows(x: NDArray, params: WindowParams): NDArray {
  return windowsP.bind([x], params);
}
