import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Plan, Step } from "../../../backends/kernel/ir.ts";
import { planMemory } from "../../../backends/kernel/memory.ts";
import { Pool } from "../../../backends/reference/pool.ts";
import { float32, int32 } from "../../../core/dtype.ts";
import { axis, type Buffer, load, scoped } from "../../../core/expr.ts";
import { jit, numpy as np } from "../../../mod.ts";

/** A step as data: what it reads, and the kinds of the buffers that it writes. */
interface Draft {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

const kinds = [
  { dtype: float32, shape: [4] },
  { dtype: float32, shape: [2, 2] },
  { dtype: float32, shape: [5] },
  { dtype: int32, shape: [4] },
] as const;

/** A plan of kernels that load and store what the drafts say. */
function planOf(drafts: readonly Draft[], results: readonly number[]): Plan {
  const buffers: Buffer[] = [];
  const buffer = (kind: number): Buffer => {
    const { dtype, shape } = kinds[kind];
    buffers.push({ name: `b${buffers.length}`, dtype, shape });
    return buffers[buffers.length - 1];
  };
  const inputs = [buffer(0), buffer(1)];
  const steps = drafts.map(({ reads, writes }): Step => {
    const from = reads.map((n) => {
      const known = buffers[n % buffers.length];
      // Every other read sees the buffer in another shape, as after a reshape.
      return n % 2 === 0 ? known : { ...known, shape: [known.shape.reduce((x, y) => x * y)] };
    });
    const to = writes.map(buffer);
    const axes = [axis(1)];
    const at = (b: Buffer) => b.shape.map(() => axes[0]);
    const stores = to.map((b, i) => ({
      buffer: b,
      index: at(b),
      value: load(from[i % from.length], at(from[i % from.length])),
    }));
    const extra = from.map((b) => ({ buffer: to[0], index: at(to[0]), value: load(b, at(b)) }));
    return { kind: "kernel", kernel: { axes, stores: [...extra, ...stores] }, outputs: to };
  });
  return { inputs, steps, outputs: results.map((n) => buffers[n % buffers.length]) };
}

/** Runs a plan with names for contents: every step must find what it reads in its place. */
function assertKept(plan: Plan): void {
  const memory = planMemory(plan);
  const contents = new Map<number, string>();
  const expect = (b: Buffer) => assertEquals(contents.get(memory.slotOf(b)), b.name);
  for (const b of plan.inputs) contents.set(memory.slotOf(b), b.name);
  for (const step of plan.steps) {
    assert(step.kind === "kernel");
    const outputs = step.outputs.map((b) => memory.slotOf(b));
    assertEquals(new Set(outputs).size, outputs.length, "outputs of one step are apart");
    for (const { value } of step.kernel.stores) {
      if (value.kind === "load") {
        expect(value.buffer);
        assert(!outputs.includes(memory.slotOf(value.buffer)), "no step writes over what it reads");
      }
    }
    for (const b of step.outputs) {
      const slot = memory.slots[memory.slotOf(b)];
      assertEquals(slot.dtype, b.dtype);
      assertEquals(slot.size, b.shape.reduce((x, y) => x * y));
      assert(!memory.inputs.has(memory.slotOf(b)), "inputs are not written over");
      contents.set(memory.slotOf(b), b.name);
    }
  }
  for (const b of [...plan.inputs, ...plan.outputs]) expect(b);
  // Results get memory of their own at every call, so nothing else may be in it before.
  const results = new Set(plan.outputs.map((b) => memory.slotOf(b)));
  for (const b of plan.steps.flatMap((s) => s.outputs)) {
    const shared = results.has(memory.slotOf(b)) && !plan.outputs.some((o) => o.name === b.name);
    assert(!shared, `${b.name} is in a result's memory`);
  }
}

Deno.test("`planMemory()` never puts a buffer where another one is still read", () => {
  const draft = fc.record({
    reads: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 3 }),
    writes: fc.array(fc.nat({ max: kinds.length - 1 }), { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(draft, { minLength: 1, maxLength: 20, size: "max" }),
      fc.array(fc.nat({ max: 60 }), { maxLength: 4 }),
      (drafts, results) => scoped(() => assertKept(planOf(drafts, results))),
    ),
    { numRuns: 500, seed: 5 },
  );
});

Deno.test("`planMemory()` reuses memory along a chain", () => {
  scoped(() => {
    const chain = Array.from({ length: 20 }, (_, i) => ({ reads: [i + 1], writes: [0] }));
    const plan = planOf(chain, [21]);
    assertKept(plan);
    // Two inputs, two that take turns, and the result.
    assertEquals(planMemory(plan).slots.length, 5);
  });
});

Deno.test("`Pool` hands out what was given back, by dtype and size", () => {
  const pool = new Pool();
  const a = pool.take(float32, 8);
  const b = pool.take(float32, 8);
  assert(a !== b);
  pool.give(float32, 8, a);
  assert(pool.take(int32, 8) !== a);
  assert(pool.take(float32, 9) !== a);
  assert(pool.take(float32, 8) === a);
  assert(pool.take(float32, 8) !== a, "only once");
});

Deno.test("`Pool` forgets what it has when that gets too much", () => {
  const pool = new Pool();
  const some = Array.from({ length: 5 }, () => pool.take(float32, 4 * 2 ** 20));
  for (const array of some) pool.give(float32, 4 * 2 ** 20, array);
  const again = pool.take(float32, 4 * 2 ** 20);
  assert(again === some[4]);
  assert(!some.includes(pool.take(float32, 4 * 2 ** 20) as Float32Array));
  const huge = pool.take(float32, 17 * 2 ** 20);
  pool.give(float32, 17 * 2 ** 20, huge);
  assert(pool.take(float32, 17 * 2 ** 20) !== huge);
});

Deno.test("results and inputs of a program are never written over by later calls", () => {
  const f = jit((x: np.NDArray) => {
    const a = np.sort(x).add(1);
    const b = np.cumsum(a).mul(2);
    return [x, np.sort(b), a, np.sort(x.reshape(1, -1), 0)];
  });
  const inputs = Array.from({ length: 4 }, (_, i) => np.arange(6).mul(i + 1).sub(5));
  const before = inputs.map((x) => x.tolist());
  const results = inputs.map((x) => f(x));
  const first = results.map((r) => r.map((y) => y.tolist()));
  for (const x of inputs) f(x);
  assertEquals(inputs.map((x) => x.tolist()), before);
  assertEquals(results.map((r) => r.map((y) => y.tolist())), first);
});

Deno.test("routines on arrays of one element or none keep their operands", () => {
  for (const shape of [[1], [0], [1, 1], [3, 1], [0, 2]]) {
    const x = np.ones(shape).mul(3);
    const f = jit((x: np.NDArray) => {
      const y = np.sort(x, 0);
      return np.sort(y.add(1), 0).add(np.cumsum(x, 0)).add(np.sort(np.sort(x, -1), -1));
    });
    const first = f(x).tolist();
    for (let i = 0; i < 3; i++) assertEquals(f(x).tolist(), first);
    assertEquals(x.tolist(), np.full(shape, 3.0).astype("float32").tolist());
  }
});
