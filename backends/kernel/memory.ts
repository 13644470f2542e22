/** Which buffers of a plan share memory. */
import { product } from "../../core/aval.ts";
import type { DType } from "../../core/dtype.ts";
import type { Buffer } from "../../core/expr.ts";
import type { Plan } from "./ir.ts";
import { readBy } from "./merge.ts";

/** A piece of memory that one buffer after another lives in. */
export interface Slot {
  readonly dtype: DType;
  /** Number of elements. */
  readonly size: number;
}

/** A plan's memory. */
export interface MemoryPlan {
  readonly slots: readonly Slot[];
  /** The slots that hold inputs. */
  readonly inputs: ReadonlySet<number>;
  /** The slot of a buffer. */
  slotOf(buffer: Pick<Buffer, "name">): number;
}

/**
 * Gives every buffer a slot. A buffer that is neither input nor result gives its slot back after
 * the last step that reads it, to the next of its dtype and size.
 */
export function planMemory(plan: Plan): MemoryPlan {
  const slots: Slot[] = [];
  const byName = new Map<string, number>();
  const free = new Map<string, number[]>();
  const keyOf = ({ dtype, size }: Slot) => `${dtype.name}:${size}`;
  const assign = ({ name, dtype, shape }: Buffer, reuse: boolean) => {
    if (byName.has(name)) return;
    const slot = { dtype, size: product(shape) };
    const known = reuse ? free.get(keyOf(slot))?.pop() : undefined;
    byName.set(name, known ?? slots.push(slot) - 1);
  };
  for (const b of plan.inputs) assign(b, false);
  const inputs = new Set(byName.values());
  const results = new Set(plan.outputs.map((b) => b.name));

  const lastRead = new Map<string, number>();
  plan.steps.forEach((step, i) => {
    for (const name of [...readBy(step), ...step.outputs.map((b) => b.name)]) lastRead.set(name, i);
  });
  plan.steps.forEach((step, i) => {
    for (const b of step.outputs) assign(b, !results.has(b.name));
    for (const [name, last] of lastRead) {
      const slot = byName.get(name);
      if (last !== i || slot === undefined || inputs.has(slot) || results.has(name)) continue;
      const key = keyOf(slots[slot]);
      free.set(key, [...free.get(key) ?? [], slot]);
    }
  });
  return { slots, inputs, slotOf: (buffer) => byName.get(buffer.name)! };
}
