/** Jitted programs: kernels printed as JavaScript, run in order on the host. */
import { product } from "../../core/aval.ts";
import { allocate, type TypedArray } from "../../core/dtype.ts";
import { type Buffer, type Expr, ravel, scoped } from "../../core/expr.ts";
import type { Jaxpr } from "../../core/jaxpr.ts";
import { emit } from "../kernel/emit.ts";
import { fuse } from "../kernel/fuse.ts";
import { inline } from "../kernel/inline.ts";
import type { Plan, Step } from "../kernel/ir.ts";
import { type MemoryPlan, planMemory } from "../kernel/memory.ts";
import { merge, readBy } from "../kernel/merge.ts";
import { schedule } from "../kernel/schedule.ts";
import { Simplifier } from "../kernel/simplify.ts";
import { indented, javascript, makeFunction } from "./javascript.ts";
import { Pool } from "./pool.ts";
import { routines } from "./routines.ts";

/** A compiled program. */
export interface Program {
  /** Computes the results from the program's constants and inputs. */
  run(inputs: readonly TypedArray[]): TypedArray[];
  /** The code, for people. */
  readonly text: string;
  /** What a call costs. */
  readonly cost: Record<string, number>;
}

/** Compiles a program. This function is the compiler, from top to bottom. */
export function compileProgram(jaxpr: Jaxpr): Program {
  return scoped(() => {
    const simplifier = new Simplifier();
    const flat = inline(jaxpr);
    const plan = merge(fuse(flat.jaxpr, simplifier));
    const memory = planMemory(plan);
    const printed = plan.steps.map((step) => print(step, simplifier));
    const actions = plan.steps.map((step, i) => action(step, printed[i], memory));
    const constants = flat.captured.map((x) => x.toTypedArray());
    return {
      run: runner(plan, memory, actions, constants),
      text: printed.map((lines) => indented(lines)).join("\n"),
      cost: costOf(plan),
    };
  });
}

/** Computes one step on memory found by slot. */
type Action = (arrays: TypedArray[]) => void;

/** The statements of a step. */
function print(step: Step, simplifier: Simplifier): string[] {
  if (step.kind === "routine") {
    const { primitive } = step.equation;
    return [`// ${primitive.name} is the routine "${primitive.rules.routine}"`];
  }
  const position = (index: readonly Expr[], shape: readonly number[]) =>
    simplifier.simplify(ravel(index, shape));
  return schedule(step.kernel, simplifier).flatMap((k) => [
    "{",
    ...emit(k, javascript, position),
    "}",
  ]);
}

function action(step: Step, lines: readonly string[], memory: MemoryPlan): Action {
  if (step.kind === "routine") return routineAction(step, memory);
  const names = [...new Set([...readBy(step), ...step.outputs.map((b) => b.name)])];
  const slots = names.map((name) => memory.slotOf({ name }));
  const body = makeFunction(names, lines.join("\n"));
  return (arrays) => body(...slots.map((s) => arrays[s]));
}

function routineAction(
  { equation, inputs, outputs }: Extract<Step, { kind: "routine" }>,
  memory: MemoryPlan,
): Action {
  const routine = routines[equation.primitive.rules.routine!];
  const from = inputs.map((b) => memory.slotOf(b));
  const to = outputs.map((b) => memory.slotOf(b));
  const avals = equation.invars.map((a) => a.aval);
  const types = equation.outvars.map((v) => v.aval);
  return (arrays) => {
    const data = from.map((s, i) => ({ aval: avals[i], data: arrays[s] }));
    routine(data, equation.params as never, types)
      .forEach((result, i) => arrays[to[i]] = result);
  };
}

const pool = new Pool();

/** Intermediate results live in pooled memory; results get memory of their own. */
function runner(
  plan: Plan,
  { slots, inputs, slotOf }: MemoryPlan,
  actions: readonly Action[],
  constants: readonly TypedArray[],
): Program["run"] {
  const given = plan.inputs.map(slotOf);
  const results = plan.outputs.map(slotOf);
  const isResult = new Set(results);
  // Routines bring the memory of their results.
  const written = new Set(
    plan.steps.flatMap((step) => step.kind === "kernel" ? step.outputs : []).map(slotOf),
  );
  const computed = slots.flatMap((_, s) => inputs.has(s) || !written.has(s) ? [] : [s]);
  const pooled = computed.filter((s) => !isResult.has(s));
  return (data) => {
    const memory: TypedArray[] = new Array(slots.length);
    given.forEach((s, i) => {
      memory[s] = i < constants.length ? constants[i] : data[i - constants.length];
    });
    for (const s of computed) {
      const { dtype, size } = slots[s];
      memory[s] = isResult.has(s) ? allocate(dtype, size) : pool.take(dtype, size);
    }
    for (const act of actions) act(memory);
    for (const s of pooled) pool.give(slots[s].dtype, slots[s].size, memory[s]);
    return results.map((s) => memory[s]);
  };
}

function costOf(plan: Plan): Record<string, number> {
  const bytes = (buffers: readonly Buffer[]) =>
    buffers.reduce((sum, b) => sum + product(b.shape) * b.dtype.itemsize, 0);
  return {
    kernels: plan.steps.length,
    "bytes accessed": bytes(plan.inputs) + bytes(plan.outputs),
  };
}
