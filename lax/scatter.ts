/** Scatter: updates written or folded into an array at computed indices. */
import { ConcreteArray } from "../core/array.ts";
import { product, ShapedArray } from "../core/aval.ts";
import { checkFunction, checkObject, listOf } from "../core/checks.ts";
import { type DType, int32 } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { evalTrace } from "../core/eval.ts";
import type { Jaxpr } from "../core/jaxpr.ts";
import type { ScatterOp, ScatterParams } from "../core/routines.ts";
import { checkDTypes, NUMBERS } from "../core/rules.ts";
import { stage } from "../core/stage.ts";
import {
  currentTrace,
  definePrimitive,
  type NDArray,
  type Primitive,
  withTrace,
} from "../core/trace.ts";
import { add, max, min, mul, sub } from "./arithmetic.ts";
import { canonicalMode, type GatherScatterMode, showMode } from "./dimension_numbers.ts";
import { full, fullLike } from "./filling.ts";
import { gt, select } from "./logic.ts";
import { nameAfter, type Operand, operand, operands } from "./operands.ts";
import { checkScatter } from "./scatter_type.ts";

// -- the primitives -----------------------------------------------------------------------------

/** The operations as functions of two scalars; `null` for plain writing. */
const combine: Record<ScatterOp, ((x: NDArray, y: NDArray) => NDArray) | null> = {
  set: null,
  add,
  sub,
  mul,
  min,
  max,
};
/** The operation as a program of two scalars, as JAX prints it. */
function updateJaxpr(op: ScatterOp, dtype: DType): Jaxpr | null {
  const f = combine[op];
  if (f === null) return null;
  const scalar = new ShapedArray([], dtype);
  return stage((x, y) => [f(x, y)], [scalar, scalar], currentTrace()).jaxpr;
}

function defineScatter(op: ScatterOp): Primitive<ScatterParams> {
  return definePrimitive<ScatterParams>(op === "set" ? "scatter" : `scatter-${op}`, {
    type(avals, { dimensionNumbers }) {
      checkScatter(avals, dimensionNumbers);
      const [x, , updates] = avals;
      if (op === "add" || op === "sub" || op === "mul") checkDTypes(op, [x, updates], NUMBERS);
      return [x];
    },
    print: ({ dimensionNumbers, indicesAreSorted, uniqueIndices, mode }, [{ dtype }]) => ({
      dimensionNumbers: showDimensionNumbers(dimensionNumbers),
      indicesAreSorted,
      mode: showMode(mode),
      uniqueIndices,
      updateConsts: [],
      updateJaxpr: updateJaxpr(op, dtype),
    }),
    routine: "scatter",
  });
}
function showDimensionNumbers(numbers: Required<ScatterDimensionNumbers>): string {
  return `ScatterDimensionNumbers(update_window_dims=${showShape(numbers.updateWindowDims)}, ` +
    `inserted_window_dims=${showShape(numbers.insertedWindowDims)}, ` +
    `scatter_dims_to_operand_dims=${showShape(numbers.scatterDimsToOperandDims)}, ` +
    `operand_batching_dims=${showShape(numbers.operandBatchingDims)}, ` +
    `scatter_indices_batching_dims=${showShape(numbers.scatterIndicesBatchingDims)})`;
}

// -- the functions ------------------------------------------------------------------------------

/**
 * Which axes of operand, indices and updates belong together, as in XLA's
 * [Scatter](https://openxla.org/xla/operation_semantics#scatter). The last axis of the indices
 * runs through an index vector.
 */
export interface ScatterDimensionNumbers {
  /** Axes of the updates that run through a window. */
  readonly updateWindowDims: readonly number[];
  /** Axes of the operand in which a window is one element wide, and which it does not have. */
  readonly insertedWindowDims: readonly number[];
  /** The axis of the operand for each component of an index vector. */
  readonly scatterDimsToOperandDims: readonly number[];
  /** Axes of the operand that are batched with axes of the indices. */
  readonly operandBatchingDims?: readonly number[];
  /** Those axes of the indices. */
  readonly scatterIndicesBatchingDims?: readonly number[];
}

/** Options of {@linkcode scatter} and its kin. */
export interface ScatterOptions {
  /** A promise that the indices ascend. */
  indicesAreSorted?: boolean;
  /** A promise that no two updates meet one element. */
  uniqueIndices?: boolean;
  /** What becomes of windows that do not fit in the operand; they are left out by default. */
  mode?: GatherScatterMode | null;
}

/** The form of {@linkcode scatter} and its kin. */
export type ScatterFunction = (
  x: Operand,
  indices: Operand,
  updates: Operand,
  dimensionNumbers: ScatterDimensionNumbers,
  options?: ScatterOptions,
) => NDArray;

function scatterBy(op: ScatterOp): ScatterFunction {
  const primitive = defineScatter(op);
  const { name } = primitive;
  return nameAfter(name, (x, indices, updates, dimensionNumbers, options = {}) => {
    checkObject(name, "the options", options);
    checkObject(name, "dimensionNumbers", dimensionNumbers);
    const { indicesAreSorted = false, uniqueIndices = false, mode } = options;
    const axes = (part: "updateWindowDims" | "insertedWindowDims" | "scatterDimsToOperandDims") => [
      ...listOf(name, `dimensionNumbers.${part}`, dimensionNumbers[part]),
    ];
    const [target, source] = operands(name, [x, updates]);
    return primitive.bind([target, operand(name, indices), source], {
      dimensionNumbers: {
        updateWindowDims: axes("updateWindowDims"),
        insertedWindowDims: axes("insertedWindowDims"),
        scatterDimsToOperandDims: axes("scatterDimsToOperandDims"),
        operandBatchingDims: [...dimensionNumbers.operandBatchingDims ?? []],
        scatterIndicesBatchingDims: [...dimensionNumbers.scatterIndicesBatchingDims ?? []],
      },
      indicesAreSorted,
      uniqueIndices,
      mode: canonicalMode(mode ?? "drop"),
      op,
    });
  });
}

/**
 * A copy of `x` with windows replaced by `updates`, at the positions that `indices` name. Where
 * windows overlap, one of them wins. Follows `jax.lax.scatter`; `x.at(…).set(…)` is more convenient.
 *
 * @throws {TypeError} if shapes, dtypes or dimension numbers don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
 * const y = lax.scatter(np.zeros(4), np.array([[3], [1]]), np.array([7, 8]).astype("float32"), dims);
 * assert(String(y) === "[0. 8. 0. 7.]");
 * ```
 */
export const scatter: ScatterFunction = scatterBy("set");

/**
 * A copy of `x` with `updates` added at the positions that `indices` name; where windows overlap,
 * updates add up. Follows `jax.lax.scatter_add`.
 *
 * @throws {TypeError} if shapes, dtypes or dimension numbers don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
 * const y = lax.scatterAdd(np.zeros(3), np.array([[1], [1]]), np.ones(2), dims);
 * assert(String(y) === "[0. 2. 0.]");
 * ```
 */
export const scatterAdd: ScatterFunction = scatterBy("add");

/**
 * A copy of `x` with `updates` subtracted at the positions that `indices` name. Follows
 * `jax.lax.scatter_sub`.
 *
 * @throws {TypeError} if shapes, dtypes or dimension numbers don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
 * const y = lax.scatterSub(np.zeros(3), np.array([[1], [1]]), np.ones(2), dims);
 * assert(String(y) === "[ 0. -2.  0.]");
 * ```
 */
export const scatterSub: ScatterFunction = scatterBy("sub");

/**
 * A copy of `x` multiplied by `updates` at the positions that `indices` name. Follows
 * `jax.lax.scatter_mul`.
 *
 * @throws {TypeError} if shapes, dtypes or dimension numbers don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
 * const y = lax.scatterMul(np.array([1, 2, 3]), np.array([[2], [2]]), np.array([5, 5]), dims);
 * assert(String(y) === "[ 1  2 75]");
 * ```
 */
export const scatterMul: ScatterFunction = scatterBy("mul");

/**
 * A copy of `x` with the smaller of element and update at the positions that `indices` name.
 * Follows `jax.lax.scatter_min`.
 *
 * @throws {TypeError} if shapes, dtypes or dimension numbers don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
 * const y = lax.scatterMin(np.array([1, 2, 3]), np.array([[2], [0]]), np.array([2, 2]), dims);
 * assert(String(y) === "[1 2 2]");
 * ```
 */
export const scatterMin: ScatterFunction = scatterBy("min");

/**
 * A copy of `x` with the larger of element and update at the positions that `indices` name.
 * Follows `jax.lax.scatter_max`.
 *
 * @throws {TypeError} if shapes, dtypes or dimension numbers don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
 * const y = lax.scatterMax(np.array([1, 2, 3]), np.array([[2], [0]]), np.array([2, 2]), dims);
 * assert(String(y) === "[2 2 3]");
 * ```
 */
export const scatterMax: ScatterFunction = scatterBy("max");

/** Options of {@linkcode scatterApply}. */
export interface ScatterApplyOptions extends ScatterOptions {
  /** The shape that updates would have; `[]` by default. */
  updateShape?: readonly number[];
}

/**
 * A copy of `x` with the elementwise function `f` applied at the positions that `indices` name, as
 * often as they name them. Follows `jax.lax.scatter_apply`. Where indices are traced and not
 * promised to be unique, the program grows with their number.
 *
 * @throws {TypeError} if shapes, dtypes or dimension numbers don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const dims = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
 * const twice = (x: np.NDArray) => x.mul(2);
 * const indices = np.array([[1], [2], [2]]);
 * const y = lax.scatterApply(np.array([1, 2, 3]), indices, twice, dims, { updateShape: [3] });
 * assert(String(y) === "[ 1  4 12]");
 * ```
 */
export function scatterApply(
  x: Operand,
  indices: Operand,
  f: (x: NDArray) => NDArray,
  dimensionNumbers: ScatterDimensionNumbers,
  given: ScatterApplyOptions = {},
): NDArray {
  checkObject("lax.scatterApply", "the options", given);
  checkFunction("lax.scatterApply", "f", f);
  const { updateShape = [], ...options } = given;
  const start = operand("scatter_apply", x);
  const positions = operand("scatter_apply", indices);
  const count = () =>
    scatterAdd(
      full(start.shape, 0, int32),
      positions,
      full(updateShape, 1, int32),
      dimensionNumbers,
      options,
    );
  const counts = positions instanceof ConcreteArray ? withTrace(evalTrace, count) : count();
  const most = options.uniqueIndices ? 1 : product(positions.shape.slice(0, -1));
  const rounds = counts instanceof ConcreteArray
    ? (counts.toTypedArray() as Int32Array).reduce((a, b) => Math.max(a, b), 0)
    : most;
  let result = start;
  for (let i = 0; i < rounds; i++) {
    result = select(gt(counts, fullLike(counts, i)), f(result), result);
  }
  return result;
}
