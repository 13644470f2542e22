/** The routines of the reference backend: algorithms on host data that are no loop nests. */
import type { ShapedArray } from "../../core/aval.ts";
import type { TypedArray } from "../../core/dtype.ts";
import type { RoutineName } from "../../core/trace.ts";
import { cumulative } from "./cumulative.ts";
import type { HostArray } from "./host.ts";
import { scatter } from "./scatter.ts";
import { sort, topK } from "./sort.ts";

/** An algorithm: the data of the results, from operands and the types of the results. */
export type Routine = (
  inputs: readonly HostArray[],
  params: never,
  outputs: readonly ShapedArray[],
) => TypedArray[];

/** Every routine by its name. */
export const routines: Readonly<Record<RoutineName, Routine>> = {
  sort,
  "top_k": topK,
  cumulative,
  scatter,
};
