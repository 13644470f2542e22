/**
 * JAX for Deno: NumPy's functions on immutable arrays, and transformations of functions of them.
 *
 * @example
 * ```ts
 * import { jit, numpy as np } from "./mod.ts";
 * import { assert } from "@std/assert";
 * const norm = jit((x: np.NDArray) => x.sub(x.mean(0)).div(x.std(0)));
 * assert(norm(np.arange(12).reshape(4, 3)).shape.join() === "4,3");
 * ```
 *
 * @module
 */
import { reference } from "./backends/reference/mod.ts";
import { registerBackend } from "./core/backend.ts";

registerBackend(reference);

/** The dtypes, and questions about them. */
export * as dtypes from "./numpy/scalar_types.ts";
/** The primitives, as strict functions. */
export * as lax from "./lax/mod.ts";
/** NumPy's functions. */
export * as numpy from "./numpy/mod.ts";
/** Pytrees. */
export * as tree from "./tree.ts";

export type { Dims, ShapedArray } from "./core/aval.ts";
export {
  type Backend,
  backends,
  type CompileOptions,
  type DeviceBuffer,
  type Executable,
  getBackend,
  registerBackend,
  setDefaultBackend,
  unregisterBackend,
} from "./core/backend.ts";
export { type Config, config } from "./core/config.ts";
export type { HostScalar } from "./core/convert.ts";
export type {
  DType,
  DTypeKind,
  DTypeLike,
  DTypeName,
  Promotable,
  TypedArray,
  TypedArrayConstructor,
} from "./core/dtype.ts";
export {
  ConcretizationTypeError,
  NonConcreteBooleanIndexError,
  TracerArrayConversionError,
  TracerBoolConversionError,
  TracerIntegerConversionError,
  UnexpectedTracerError,
} from "./core/errors.ts";
export { type AnyFunction, type JitOptions, ShapeDtypeStruct } from "./core/arguments.ts";
export {
  type Argument,
  type Arguments,
  ClosedJaxpr,
  type CompiledFunction,
  evalShape,
  jit,
  type Jitted,
  type Loosened,
  type Lowered,
  makeJaxpr,
  type MakeJaxprOptions,
  type Result,
  type Shapes,
} from "./core/jit.ts";
export { type Atom, type Equation, Jaxpr, Literal, Var } from "./core/jaxpr.ts";
export type {
  Apply,
  Axis,
  BinaryOp,
  Buffer,
  Const,
  Expr,
  Fold,
  FoldOp,
  Load,
  Node,
  ScalarOp,
  ScalarValue,
  UnaryOp,
} from "./core/expr.ts";
export {
  type ArgReduce,
  type ArrayMethods,
  type AtOptions,
  type AxisLike,
  type Binary,
  type Cumulative,
  type IndexEntry,
  type IndexMode,
  type IndexUpdate,
  type Nested,
  type Reduce,
  type ReduceOptions,
  Slice,
  slice,
  type SortOptions,
} from "./core/methods.ts";
export { blockUntilReady, clearCaches, defaultBackend, devices } from "./core/runtime.ts";
export {
  type ArrayLike,
  type CommonRules,
  type Complex,
  type Delayed,
  type Device,
  type Linear,
  type MaybeDType,
  type Meaning,
  type Meanings,
  NDArray,
  type NestedArrayLike,
  type NestedList,
  type Only,
  type Primitive,
  type RoutineName,
  type Rules,
  type Tangent,
  ZERO,
} from "./core/trace.ts";
export { type Class, type PytreeNode, registerPytreeNode } from "./core/tree.ts";
