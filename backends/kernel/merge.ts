/**
 * Puts kernels over the same points into one loop nest, where the later one reads what the earlier
 * one stores only at the point itself: then the value is at hand, and a buffer that nobody else
 * reads is not stored at all.
 */
import { sameShape } from "../../core/aval.ts";
import { type Buffer, type Expr, type Load, postorder, rewrite } from "../../core/expr.ts";
import type { Kernel, Plan, Step, Store } from "./ir.ts";

/** Loop bodies larger than this are left alone. */
const MAX_NODES = 512;

type KernelStep = Extract<Step, { kind: "kernel" }>;

/** The plan with fewer kernels, none of whose stores is in vain. */
export function merge(plan: Plan): Plan {
  const steps: Step[] = [];
  for (const step of plan.steps) {
    const into = step.kind === "kernel" ? findPartner(steps, step) : -1;
    if (into < 0) steps.push(step);
    else steps[into] = join(steps[into] as KernelStep, step as KernelStep);
  }
  return dropUnread({ ...plan, steps });
}

/** The names of the buffers that a step reads. */
export function readBy(step: Step): Set<string> {
  if (step.kind === "routine") return new Set(step.inputs.map((b) => b.name));
  const names = new Set<string>();
  for (const e of postorder(step.kernel.stores.flatMap((s) => [s.value, ...s.index]))) {
    if (e.kind === "load") names.add(e.buffer.name);
  }
  return names;
}

/** The latest step that a kernel can join, or -1. */
function findPartner(steps: readonly Step[], step: KernelStep): number {
  const reads = readBy(step);
  for (let i = steps.length - 1; i >= 0; i--) {
    const earlier = steps[i];
    if (earlier.kind === "kernel" && canJoin(earlier.kernel, step.kernel)) return i;
    if (earlier.outputs.some((b) => reads.has(b.name))) return -1;
  }
  return -1;
}

function canJoin(a: Kernel, b: Kernel): boolean {
  if (!sameShape(sizes(a), sizes(b)) || foldsAwait(a, b)) return false;
  const order = postorder(b.stores.map((s) => s.value));
  if (order.length + postorder(a.stores.map((s) => s.value)).length > MAX_NODES) return false;
  const axes = new Map<Expr, Expr>(a.axes.map((x, i) => [x, b.axes[i]]));
  return order.every((e) =>
    e.kind !== "load" || !a.stores.some((s) => s.buffer.name === e.buffer.name) ||
    writerOf(e, a.stores, (x) => axes.get(x) ?? x) !== undefined
  );
}
/** Whether folds of `b` read what folds of `a` compute: they cannot share a loop, so apart is faster. */
function foldsAwait(a: Kernel, b: Kernel): boolean {
  const folds = (k: Kernel) =>
    postorder(k.stores.map((s) => s.value)).filter((e) => e.kind === "fold");
  if (folds(a).length === 0) return false;
  const written = new Set(a.stores.map((s) => s.buffer.name));
  return postorder(folds(b)).some((e) => e.kind === "load" && written.has(e.buffer.name));
}
function sizes(k: Kernel): number[] {
  return k.axes.map((a) => a.size);
}
/** The store that, at the same point of the loops, writes the very element that is loaded. */
function writerOf(
  { buffer, index }: Load,
  stores: readonly Store[],
  move: (e: Expr) => Expr,
): Store | undefined {
  const read = squeezed(buffer, index);
  return stores.find((s) => {
    const written = squeezed(s.buffer, s.index);
    return s.buffer.name === buffer.name && sameShape(written.shape, read.shape) &&
      written.index.every((e, i) => move(e) === read.index[i]);
  });
}
/** An index without the axes of length 1, where there is no choice. */
function squeezed({ shape }: Buffer, index: readonly Expr[]) {
  return {
    shape: shape.filter((n) => n !== 1),
    index: index.filter((_, i) => shape[i] !== 1),
  };
}

function join(a: KernelStep, b: KernelStep): KernelStep {
  const axes = new Map<Expr, Expr>(b.kernel.axes.map((x, i) => [x, a.kernel.axes[i]]));
  const valueOf = (x: Expr) =>
    x.kind === "load" ? writerOf(x, a.kernel.stores, (e) => e)?.value : undefined;
  const move = (e: Expr) => rewrite(e, (x) => axes.get(x) ?? valueOf(x) ?? x);
  const stores = b.kernel.stores.map((s): Store => ({
    buffer: s.buffer,
    index: s.index.map(move),
    value: move(s.value),
  }));
  return {
    kind: "kernel",
    kernel: { axes: a.kernel.axes, stores: [...a.kernel.stores, ...stores] },
    outputs: [...a.outputs, ...b.outputs],
  };
}

/** Leaves out what is stored and never read. */
function dropUnread(plan: Plan): Plan {
  const read = new Set(plan.outputs.map((b) => b.name));
  const steps: Step[] = [];
  for (const step of plan.steps.toReversed()) {
    const outputs = step.outputs.filter((b) => read.has(b.name));
    if (outputs.length === 0) continue;
    const kept: Step = step.kind === "routine" ? step : {
      ...step,
      outputs,
      kernel: {
        axes: step.kernel.axes,
        stores: step.kernel.stores.filter((s) => read.has(s.buffer.name)),
      },
    };
    for (const name of readBy(kept)) read.add(name);
    steps.push(kept);
  }
  return { ...plan, steps: steps.reverse() };
}
