/** Params of the routines: what `lax` asks for and each backend brings itself. */

/** Params of the routine `sort`. */
export interface SortParams {
  /** The axis to sort along. */
  readonly dimension: number;
  /** Whether equal elements keep their order. */
  readonly isStable: boolean;
  /** The number of operands that decide the order, the first one most. */
  readonly numKeys: number;
}

/** Params of the routine `top_k`: the largest elements in descending order, and where they are. */
export interface TopKParams {
  /** How many. */
  readonly k: number;
  /** The axis along which. */
  readonly axis: number;
}

/** How a running result takes in the next element. */
export type CumulativeOp = "add" | "mul" | "max" | "min" | "logaddexp";

/** Params of the routine `cumulative`. */
export interface CumulativeParams {
  /** The axis to run along. */
  readonly axis: number;
  /** Whether to run from the end. */
  readonly reverse: boolean;
  /** The operation. */
  readonly op: CumulativeOp;
}

/** How an update goes into the element it meets. */
export type ScatterOp = "set" | "add" | "sub" | "mul" | "min" | "max";

/** What becomes of updates that are out of bounds. */
export type ScatterMode = "clip" | "fill_or_drop" | "promise_in_bounds";

/** Which axes of operand, indices and updates belong together. See XLA's `Scatter`. */
export interface ScatterDimensionNumbers {
  /** Axes of the updates that run through a window. */
  readonly updateWindowDims: readonly number[];
  /** Axes of the operand that a window does not have: it is one element wide there. */
  readonly insertedWindowDims: readonly number[];
  /** The axis of the operand for each component of an index vector. */
  readonly scatterDimsToOperandDims: readonly number[];
  /** Axes of the operand that are batched with axes of the indices. */
  readonly operandBatchingDims: readonly number[];
  /** Those axes of the indices. */
  readonly scatterIndicesBatchingDims: readonly number[];
}

/** Params of the routine `scatter`. */
export interface ScatterParams {
  /** Which axes belong together. */
  readonly dimensionNumbers: ScatterDimensionNumbers;
  /** A promise that the indices ascend. */
  readonly indicesAreSorted: boolean;
  /** A promise that no two updates meet one element. */
  readonly uniqueIndices: boolean;
  /** What to do out of bounds. */
  readonly mode: ScatterMode;
  /** How updates go in. */
  readonly op: ScatterOp;
}
