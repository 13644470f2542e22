/**
 * Puts kernels over the same points into one loop nest, where the later one reads what the earlier
 * one stores only at the point itself: then the value is at hand, and a buffer that nobody else
 * reads is not stored at all.
 */
import { sameShape } from "../../core/aval.ts";
import { type Axis, type Buffer, type Expr, postorder, rewrite } from "../../core/expr.ts";
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
  if (a.axes.length === 0 || !sameShape(sizes(a), sizes(b))) return false;
  const written = new Map(a.stores.map((s) => [s.buffer.name, s]));
  const order = postorder(b.stores.map((s) => s.value));
  if (order.length + postorder(a.stores.map((s) => s.value)).length > MAX_NODES) return false;
  return order.every((e) => {
    const store = e.kind === "load" ? written.get(e.buffer.name) : undefined;
    if (store === undefined || e.kind !== "load") return true;
    return e.buffer === store.buffer && isSamePoint(e.index, e.buffer, b.axes) &&
      isSamePoint(store.index, store.buffer, a.axes);
  });
}
function sizes(k: Kernel): number[] {
  return k.axes.map((a) => a.size);
}
/** Whether an index is that of the loop itself, or the loop's with more behind it. */
function isSamePoint(index: readonly Expr[], buffer: Buffer, axes: readonly Axis[]): boolean {
  return buffer.shape.length >= axes.length &&
    axes.every((a, i) => index[i] === a || (a.size === 1 && index[i].kind === "const")) &&
    index.slice(axes.length).every((e) => e.kind === "const");
}

function join(a: KernelStep, b: KernelStep): KernelStep {
  const axes = new Map<Expr, Expr>(b.kernel.axes.map((x, i) => [x, a.kernel.axes[i]]));
  const rank = a.kernel.axes.length;
  // Both are at one point, so what is left to tell elements apart is what follows the loop's index.
  const sameElement = (s: Store, index: readonly Expr[]) =>
    s.index.slice(rank).every((x, i) => x === index[rank + i]);
  const valueOf = (x: Expr) =>
    x.kind === "load"
      ? a.kernel.stores.find((s) => s.buffer === x.buffer && sameElement(s, x.index))?.value
      : undefined;
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
