/**
 * The primitives, as strict functions: nothing broadcasts and nothing promotes, but that a scalar
 * goes with any shape and a JavaScript number with any dtype that holds it. `numpy` is written on
 * these. Follows `jax.lax`.
 *
 * @module
 */
export * from "./arithmetic.ts";
export * from "./conv.ts";
export {
  type ConvDimensionNumbers,
  convDimensionNumbers,
  type ConvDimensionNumbersLike,
} from "./conv_type.ts";
export * from "./convert.ts";
export * from "./cumulative.ts";
export type { GatherScatterMode } from "./dimension_numbers.ts";
export {
  batchMatmul,
  dot,
  type DotDimensionNumbers,
  dotGeneral,
  type DotOptions,
  type PrecisionLike,
  type PrecisionName,
} from "./dot.ts";
export * from "./dynamic.ts";
export * from "./filling.ts";
export * from "./gather.ts";
export * from "./joining.ts";
export * from "./logic.ts";
export type { Operand } from "./operands.ts";
export { type Padding, type PaddingConfig, type Pads, padtypeToPads } from "./padding.ts";
export * from "./pooling.ts";
export * from "./reduce.ts";
export * from "./scatter.ts";
export * from "./search.ts";
export * from "./shape.ts";
export * from "./slicing.ts";
export * from "./sort.ts";
export * from "./special.ts";
export * from "./threefry.ts";
export * from "./transcendental.ts";
