/** Plans of kernels: loop nests that store scalar expressions. */
import type { Axis, Buffer, Expr } from "../../core/expr.ts";
import type { Equation } from "../../core/jaxpr.ts";

/** Writes `value` to the element of `buffer` at `index`. */
export interface Store {
  readonly buffer: Buffer;
  readonly index: readonly Expr[];
  readonly value: Expr;
}

/** A loop nest: `axes` from the outside in, and what happens at each point. */
export interface Kernel {
  readonly axes: readonly Axis[];
  readonly stores: readonly Store[];
}

/** A part of a plan: a kernel, or an algorithm that the backend brings. */
export type Step =
  | { readonly kind: "kernel"; readonly kernel: Kernel; readonly outputs: readonly Buffer[] }
  | {
    readonly kind: "routine";
    readonly equation: Equation;
    readonly inputs: readonly Buffer[];
    readonly outputs: readonly Buffer[];
  };

/**
 * A program as steps over buffers. Buffers of one name share memory: a reshape of a buffer is
 * another shape under the same name.
 */
export interface Plan {
  readonly inputs: readonly Buffer[];
  readonly steps: readonly Step[];
  readonly outputs: readonly Buffer[];
}
