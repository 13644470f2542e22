/** Schedules: rewrites of a kernel's loops that change how fast it computes, and nothing else. */
import {
  addIndex,
  type Axis,
  axis,
  constant,
  divIndex,
  type Expr,
  type Fold,
  mulIndex,
  postorder,
  ravel,
  remIndex,
  rewrite,
} from "../../core/expr.ts";
import type { Kernel, Store } from "./ir.ts";
import type { Simplifier } from "./simplify.ts";

/** The kernels that do the work of one, in order, each the better for its loops. */
export function schedule(kernel: Kernel, simplifier: Simplifier): Kernel[] {
  const flat = collapse(kernel, simplifier);
  return tile(flat, simplifier);
}

function substitute(kernel: Kernel, axes: readonly Axis[], map: Map<Expr, Expr>): Kernel {
  const move = (e: Expr) => rewrite(e, (x) => map.get(x) ?? x);
  return {
    axes,
    stores: kernel.stores.map((s): Store => ({
      buffer: s.buffer,
      index: s.index.map(move),
      value: move(s.value),
    })),
  };
}

/** The flat positions of all loads and stores of a kernel, simplified. */
function positions(kernel: Kernel, simplifier: Simplifier): Expr[] {
  const at = (index: readonly Expr[], shape: readonly number[]) =>
    simplifier.simplify(ravel(index, shape));
  const loads = postorder(kernel.stores.flatMap((s) => [s.value, ...s.index]))
    .flatMap((e) => e.kind === "load" ? [at(e.index, e.buffer.shape)] : []);
  return [...loads, ...kernel.stores.map((s) => at(s.index, s.buffer.shape))];
}

/**
 * Makes one loop of two neighbours wherever all loads and stores go through them as if they were
 * one: where, with a single loop variable in place of both, every division by its inner length
 * cancels.
 */
function collapse(kernel: Kernel, simplifier: Simplifier): Kernel {
  let best = kernel;
  for (let i = kernel.axes.length - 2; i >= 0; i--) {
    const [outer, inner] = [best.axes[i], best.axes[i + 1]];
    if (usesAxis(best, outer, inner)) continue;
    const both = axis(outer.size * inner.size);
    const axes = [...best.axes.slice(0, i), both, ...best.axes.slice(i + 2)];
    const map = new Map<Expr, Expr>([
      [outer, divIndex(both, inner.size)],
      [inner, remIndex(both, inner.size)],
    ]);
    const candidate = substitute(best, axes, map);
    const divided = postorder(positions(candidate, simplifier)).some((e) =>
      e.kind === "apply" && (e.op === "div" || e.op === "rem") && e.args[0] === both
    );
    if (!divided) best = candidate;
  }
  return best;
}
/** Whether a kernel computes with its loop variables other than to say where it loads and stores. */
function usesAxis(kernel: Kernel, ...axes: Axis[]): boolean {
  const values = kernel.stores.map((s) => s.value);
  const order = postorder(values, (e) => e.kind === "load" ? [] : operandsOf(e));
  return order.some((e) => axes.includes(e as Axis));
}
function operandsOf(e: Expr): readonly Expr[] {
  return e.kind === "fold" ? [e.value] : e.kind === "apply" ? e.args : [];
}

// Note [Tiles]
//
// A fold that strides through memory, or reads what its neighbours read too, goes faster if several
// results are computed in one pass: sums of columns then read whole cache lines, and a matrix
// product uses each element that it loads for a tile of results held in registers. The tile is a
// block of copies of the stores, whose folds share their loop; see `emit.ts`. A short innermost
// loop is unrolled the same way: what it reads in every row is then loaded once, before the rows.

const TILE = 4;
const COLUMNS = 8;
/** Innermost loops up to this long are done in one block. */
const SHORT = 12;
/** Folds with fewer nodes than this go faster with half as many accumulators at a time. */
const LIGHT = 7;
/** No block gets more nodes than this. */
const MAX_NODES = 1024;

function tile(kernel: Kernel, simplifier: Simplifier): Kernel[] {
  const { axes, stores } = kernel;
  const inner = axes[axes.length - 1];
  if (inner === undefined) return [kernel];
  const order = postorder(stores.map((s) => s.value));
  const most = Math.floor(MAX_NODES / order.length);
  const folds = order.filter((e) => e.kind === "fold" && dependsOn(e, inner)) as Fold[];
  const short = inner.size <= Math.min(SHORT, most);
  if (folds.length === 0) {
    return short && axes.length > 1 ? split(kernel, inner, inner.size) : [kernel];
  }
  const outer = axes[axes.length - 2];
  if (folds.length === 1 && outer !== undefined && sharesLoads(folds[0], outer, inner)) {
    return split(kernel, inner, TILE).flatMap((k) => split(k, outer, TILE));
  }
  if (!folds.some((f) => strides(f, inner, simplifier))) return [kernel];
  const columns = order.length < LIGHT && inner.size > COLUMNS ? inner.size / 2 : inner.size;
  const by = short ? Math.ceil(columns) : Math.min(COLUMNS, most);
  return by > 1 ? split(kernel, inner, by) : [kernel];
}

function dependsOn(e: Expr, a: Axis): boolean {
  return postorder([e]).includes(a);
}
/** Whether a fold reads something that one axis moves and the other does not, both ways round. */
function sharesLoads(f: Fold, outer: Axis, inner: Axis): boolean {
  const loads = postorder([f.value]).filter((e) => e.kind === "load" && e.index.length > 0);
  return loads.length > 1 &&
    loads.some((e) => dependsOn(e, outer) && !dependsOn(e, inner)) &&
    loads.some((e) => dependsOn(e, inner) && !dependsOn(e, outer));
}
/** Whether a fold's loads lie next to each other along `inner`, but not along the fold's own axis. */
function strides(f: Fold, inner: Axis, simplifier: Simplifier): boolean {
  const folded = f.axes[f.axes.length - 1];
  const step = (position: Expr, a: Axis) => {
    const at = (n: number) =>
      simplifier.simplify(rewrite(position, (e) => e === a ? constant(n) : e));
    const difference = simplifier.simplify(addIndex(at(1), mulIndex(at(0), -1)));
    return difference.kind === "const" ? Number(difference.value) : NaN;
  };
  const loads = postorder([f.value]).flatMap((e) =>
    e.kind === "load" && e.index.length > 0
      ? [simplifier.simplify(ravel(e.index, e.buffer.shape))]
      : []
  );
  return loads.length > 0 && loads.every((p) => step(p, inner) === 1 || step(p, inner) === 0) &&
    loads.some((p) => step(p, inner) === 1 && step(p, folded) > 1);
}

/** A kernel in blocks of `by` points of an axis, and a kernel for the rest. */
function split(kernel: Kernel, along: Axis, by: number): Kernel[] {
  const blocks = Math.floor(along.size / by);
  const rest = along.size - blocks * by;
  const parts: Kernel[] = [];
  if (blocks === 1) parts.push(block(kernel, along, [], by, 0));
  if (blocks > 1) parts.push(block(kernel, along, [axis(blocks)], by, 0));
  if (rest > 0) parts.push(block(kernel, along, [], rest, blocks * by));
  return parts;
}
/** Copies of the stores for `by` points of an axis, for each block that `over` counts, if any. */
function block(
  kernel: Kernel,
  along: Axis,
  over: readonly Axis[],
  by: number,
  from: number,
): Kernel {
  const axes = kernel.axes.flatMap((a) => a === along ? over : [a]);
  const copies = Array.from({ length: by }, (_, i) => {
    const [first] = over;
    const at = first === undefined ? constant(from + i) : addIndex(mulIndex(first, by), from + i);
    return substitute(kernel, axes, new Map<Expr, Expr>([[along, at]])).stores;
  });
  return { axes, stores: copies.flat() };
}
