/** Sums of products by subscripts: `einsum`, as reductions and `dot_general` two at a time. */
import { range } from "../core/aval.ts";
import { bool, type DType, type DTypeLike, promoteTypes, uint32 } from "../core/dtype.ts";
import { isOptions, readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import type { PrecisionLike } from "../lax/dot.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { toArray } from "./asarray.ts";
import {
  axisLengths,
  axisName,
  type Contraction,
  contractionPath,
  contractions,
  type OptimizeLike,
  parseSubscripts,
  pathReport,
  type Subscripts,
} from "./contraction_path.ts";
import { convertTo, resultTypeOf } from "./promotion.ts";

/** Options of {@linkcode einsum}. */
export interface EinsumOptions {
  /**
   * The order of contraction: `"auto"` (by default), `"optimal"` or `true`, `"greedy"`,
   * `"branch-all"`, `"branch-2"`, `"branch-1"`, left to right (`false`), or a path as
   * {@linkcode einsumPath} gives it.
   */
  optimize?: OptimizeLike;
  /** Accepted for JAX's sake; sums are accumulated in the dtype of the result. */
  precision?: PrecisionLike;
  /** The dtype of the result, and of the sums on the way there. */
  preferredElementType?: DTypeLike;
}

/** The names of one operand's axes in the form with lists: any numbers or strings, or `"..."`. */
export type AxisNames = readonly (number | string)[];

/**
 * Sums of products by Einstein's convention: names that the result lacks are summed over. Follows
 * `jax.numpy.einsum`.
 *
 * Subscripts come as a text, `"ij,jk->ik"`, with `...` for axes that are not named; or as a list of
 * names after each operand, and maybe one for the result: `einsum(x, [0, 1], y, [1, 2], [0, 2])`.
 *
 * @throws {RangeError} for subscripts that are malformed or don't fit the operands.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [x, y] = [np.arange(6).reshape(2, 3), np.arange(3)];
 * assertEquals(np.einsum("ij,j->i", x, y).tolist(), [5, 14]);
 * assertEquals(np.einsum("ij->j", x).tolist(), [3, 5, 7]);
 * assertEquals(np.einsum("i,j", y, y).shape, [3, 3]);
 * assertEquals(np.einsum(x, [0, 1], y, [1], [0]).tolist(), [5, 14]);
 * ```
 */
export function einsum(
  subscripts: string,
  ...operands: readonly (ArrayLike | EinsumOptions)[]
): NDArray;
/** {@linkcode einsum} with a list of names after each operand. */
export function einsum(
  operand: ArrayLike,
  axes: AxisNames,
  ...rest: readonly (ArrayLike | AxisNames | EinsumOptions)[]
): NDArray;
export function einsum(...args: readonly unknown[]): NDArray {
  const { operands, options, steps } = plan("einsum", args);
  const preferred = optionalDType(options.preferredElementType);
  const { dtype, weakType } = preferred === undefined
    ? resultTypeOf("einsum", operands)
    : { dtype: preferred, weakType: false };
  const how = { precision: options.precision ?? null, preferredElementType: dtype };
  const list = [...operands];
  for (const step of steps) {
    const own = step.positions.map((p) => list.splice(p, 1)[0]);
    list.push(own.length === 1 ? reduceOne(own[0], step, how) : contractTwo(own, step, how));
  }
  return convertTo(list[0], dtype, weakType);
}

/**
 * The order in which {@linkcode einsum} contracts its operands, and a table of what that costs.
 * Follows `jax.numpy.einsum_path`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert, assertEquals } from "@std/assert";
 * const [x, y, z] = [np.ones([2, 30]), np.ones([30, 40]), np.ones([40, 5])];
 * const [path, report] = np.einsumPath("ij,jk,kl", x, y, z);
 * assertEquals(path, [[0,1],[0,1]]);
 * assert(report.includes("Optimized FLOP count:  5.600e+03"));
 * ```
 */
export function einsumPath(
  subscripts: string,
  ...operands: readonly (ArrayLike | EinsumOptions)[]
): [path: number[][], report: string];
/** {@linkcode einsumPath} with a list of names after each operand. */
export function einsumPath(
  operand: ArrayLike,
  axes: AxisNames,
  ...rest: readonly (ArrayLike | AxisNames | EinsumOptions)[]
): [path: number[][], report: string];
export function einsumPath(...args: readonly unknown[]): [path: number[][], report: string] {
  const { path, subscripts, lengths, steps } = plan("einsumPath", args);
  return [path, pathReport(subscripts, lengths, steps)];
}

// -- arguments --------------------------------------------------------------------------------

interface Plan {
  readonly operands: readonly NDArray[];
  readonly options: EinsumOptions;
  readonly subscripts: Subscripts;
  readonly lengths: ReadonlyMap<string, number>;
  readonly path: number[][];
  readonly steps: readonly Contraction[];
}

function plan(name: string, args: readonly unknown[]): Plan {
  const last = args.at(-1);
  const named = isOptions(last);
  const options = readOptions<EinsumOptions>(
    name,
    ["optimize", "precision", "preferredElementType"],
    named ? last : undefined,
  );
  const given = named ? args.slice(0, -1) : args;
  const [text, values] = typeof given[0] === "string"
    ? [given[0], given.slice(1)]
    : fromLists(given);
  const operands = values.map((x, i) => toArray(name, x as ArrayLike, i));
  if (operands.length === 0) throw new RangeError(`${name} got no operands`);
  const subscripts = parseSubscripts(text, operands.map((x) => x.ndim));
  const lengths = axisLengths(subscripts, operands.map((x) => x.shape));
  const path = contractionPath(subscripts, lengths, options.optimize ?? "auto");
  return { operands, options, subscripts, lengths, path, steps: contractions(subscripts, path) };
}

/** The subscripts that `operand, names, operand, names, …, names of the result` stands for. */
function fromLists(args: readonly unknown[]): [string, unknown[]] {
  const count = Math.floor(args.length / 2);
  const lists = args.filter((_, i) => i === 2 * count || i % 2 === 1);
  if (!lists.every((list): list is AxisNames => Array.isArray(list))) {
    throw new TypeError(
      "einsum takes subscripts as a text before the operands, or a list of names after each of them",
    );
  }
  const all = new Set(lists.flat());
  all.delete("...");
  const kinds = new Set(Array.from(all, (name) => typeof name));
  if (kinds.size > 1 || !(kinds.values().every((k) => k === "number" || k === "string"))) {
    throw new TypeError(
      "For this input type lists must contain either '...' or comparable names: all numbers, or " +
        "all strings",
    );
  }
  const sorted = [...all].sort((a, b) => a < b ? -1 : Number(a > b));
  const spell = (list: AxisNames) =>
    list.map((name) => name === "..." ? name : axisName(sorted.indexOf(name))).join("");
  const terms = lists.slice(0, count).map(spell).join();
  const text = lists.length > count ? `${terms}->${spell(lists[count])}` : terms;
  return [text, args.filter((_, i) => i < 2 * count && i % 2 === 0)];
}

// -- steps ------------------------------------------------------------------------------------

interface How {
  readonly precision: PrecisionLike;
  readonly preferredElementType: DType;
}
/** An array and the names of its axes. */
interface Named {
  readonly x: NDArray;
  readonly names: string;
}

function without(names: string, removed: Iterable<string>): string {
  const gone = new Set(removed);
  return [...names].filter((c) => !gone.has(c)).join("");
}
function count(names: string, name: string): number {
  return names.split(name).length - 1;
}

/** Sums over axes, in a dtype that has room for the result. */
function sumOver(
  x: NDArray,
  axes: readonly number[],
  { preferredElementType: dtype }: How,
): NDArray {
  const wide = promoteTypes(x.dtype, dtype) === x.dtype ? x : convertTo(x, dtype);
  return wide.dtype === bool ? lax.reduceOr(wide, axes) : lax.reduceSum(wide, axes);
}

/** Sums over names that only this operand has. */
function sumUniques({ x, names }: Named, uniques: readonly string[], how: How): Named {
  if (uniques.length === 0) return { x, names };
  const axes = uniques.map((c) => names.indexOf(c));
  return { x: sumOver(x, axes, how), names: without(names, uniques) };
}

/** Takes the diagonal of names that come several times, and its sum if it isn't in `keep`. */
function sumRepeats(operand: Named, keep: string, how: How): Named {
  let { x, names } = operand;
  for (const name of new Set(operand.names)) {
    const axes = [...names].flatMap((c, i) => c === name ? [i] : []);
    if (axes.length < 2) continue;
    const diagonal = lax.select(delta(x.shape, axes), x, lax.fullLike(x, 0));
    const kept = keep.includes(name);
    x = sumOver(diagonal, kept ? axes.slice(0, -1) : axes, how);
    const last = axes[axes.length - 1];
    names = [...names].filter((c, i) => c !== name || (kept && i === last)).join("");
  }
  return { x, names };
}

/** Whether the positions along `axes` are equal. */
function delta(shape: readonly number[], axes: readonly number[]): NDArray {
  const lengths = axes.map((a) => shape[a]);
  const positions = axes.map((_, i) => lax.broadcastedIota(uint32, lengths, i));
  const equal = positions.slice(1).map((p, i) => lax.eq(positions[i], p));
  return lax.broadcastInDim(equal.reduce((a, b) => lax.bitwiseAnd(a, b)), shape, axes);
}

/** Removes axes of length 1 that the other operand has longer: they broadcast. */
function dropSingletons({ x, names }: Named, other: Named): Named {
  const dropped = range(x.ndim).filter((i) => {
    const j = other.names.indexOf(names[i]);
    return x.shape[i] === 1 && j >= 0 && other.x.shape[j] !== 1;
  });
  const rest = [...names].filter((_, i) => !dropped.includes(i)).join("");
  return { x: lax.squeeze(x, dropped), names: rest };
}

function reduceOne(x: NDArray, step: Contraction, how: How): NDArray {
  const [names] = step.inputs;
  const uniques = [...step.contracted].sort().filter((c) => count(names, c) === 1);
  const summed = sumUniques({ x, names }, uniques, how);
  return arrange(sumRepeats(summed, step.result, how), step.result);
}

function contractTwo(own: readonly NDArray[], step: Contraction, how: How): NDArray {
  const [lhsNames, rhsNames] = step.inputs;
  let lhs: Named = { x: own[0], names: lhsNames };
  let rhs: Named = { x: own[1], names: rhsNames };
  lhs = dropSingletons(lhs, rhs);
  rhs = dropSingletons(rhs, lhs);
  const contracted = [...step.contracted].sort();
  const lone = (a: Named, b: Named) =>
    contracted.filter((c) => count(a.names, c) === 1 && count(b.names, c) === 0);
  const [inLhs, inRhs] = [lone(lhs, rhs), lone(rhs, lhs)];
  lhs = sumUniques(lhs, inLhs, how);
  rhs = sumUniques(rhs, inRhs, how);
  lhs = sumRepeats(lhs, step.result + rhs.names, how);
  rhs = sumRepeats(rhs, step.result + lhs.names, how);

  const shared = (c: string) => lhs.names.includes(c) && rhs.names.includes(c);
  const batch = [...step.result].filter(shared);
  const inner = contracted.filter(shared);
  const free = ({ names }: Named) => without(names, [...batch, ...inner]);
  const multiply = (a: Named, b: Named): Named => {
    const at = ({ names }: Named, list: readonly string[]) => list.map((c) => names.indexOf(c));
    const x = lax.dotGeneral(
      a.x,
      b.x,
      [[at(a, inner), at(b, inner)], [at(a, batch), at(b, batch)]],
      how,
    );
    return { x, names: batch.join("") + free(a) + free(b) };
  };
  const swapped = batch.join("") + free(rhs) + free(lhs) === step.result;
  return arrange(swapped ? multiply(rhs, lhs) : multiply(lhs, rhs), step.result);
}

function arrange({ x, names }: Named, result: string): NDArray {
  return lax.transpose(x, [...result].map((c) => names.indexOf(c)));
}
