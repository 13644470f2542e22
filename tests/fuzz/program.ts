/** Random programs: drawn by fast-check, run eagerly and jitted, and compared. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { fromData, reader, writer } from "../../core/array.ts";
import { product, ShapedArray } from "../../core/aval.ts";
import {
  allocate,
  type DTypeName,
  integerRange,
  isBigInt,
  isInexact,
  isInteger,
  toDType,
} from "../../core/dtype.ts";
import { jit } from "../../core/jit.ts";
import type { NDArray } from "../../core/trace.ts";
import { Choices, operations, rounding, toleranceOf, type Value } from "./operations.ts";

/** An array to start with. */
export interface Input {
  readonly shape: readonly number[];
  readonly dtype: DTypeName;
  /** Decides the elements. */
  readonly seed: number;
  /** Whether NaN, infinities, -0 and the largest integers are among them. */
  readonly special: boolean;
}
/** One step: an operation, and what it chooses by. */
export interface Step {
  readonly op: number;
  readonly numbers: readonly number[];
}
/** A program as data. */
export interface Program {
  readonly inputs: readonly Input[];
  readonly steps: readonly Step[];
  /** Which values are returned, beside the last one. */
  readonly outputs: readonly number[];
}

const length = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 2, max: 5 }) },
  { weight: 2, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 8, max: 18 }) },
);
const dtype = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<DTypeName>("float32") },
  { weight: 3, arbitrary: fc.constantFrom<DTypeName>("int32") },
  { weight: 1, arbitrary: fc.constantFrom<DTypeName>("bool") },
  {
    weight: 1,
    arbitrary: fc.constantFrom<DTypeName>(
      ...["int8", "uint8", "int16", "uint32", "float16", "bfloat16", "complex64"] as const,
    ),
  },
);
const wideDType = fc.constantFrom<DTypeName>(
  ...["float64", "float64", "int64", "int64", "uint64", "complex128", "float32", "int32"] as const,
);
const inputOf = (dtype: fc.Arbitrary<DTypeName>): fc.Arbitrary<Input> =>
  fc.record({
    shape: fc.array(length, { maxLength: 3 }),
    dtype,
    seed: fc.nat({ max: 1000 }),
    special: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  });
const step: fc.Arbitrary<Step> = fc.record({
  op: fc.nat({ max: operations.length - 1 }),
  numbers: fc.array(fc.nat({ max: 1000 }), { minLength: 8, maxLength: 8 }),
});
/** Programs of up to `size` operations; `wide` ones have 64-bit types. */
export function programs(size: number, wide = false): fc.Arbitrary<Program> {
  return fc.record({
    inputs: fc.array(inputOf(wide ? wideDType : dtype), { minLength: 2, maxLength: 4 }),
    steps: fc.array(step, { minLength: 1, maxLength: size, size: "max" }),
    outputs: fc.array(fc.nat({ max: 20 }), { maxLength: 2 }),
  });
}

function elements({ shape, dtype, seed, special }: Input): NDArray {
  const type = toDType(dtype);
  const size = product(shape);
  const data = allocate(type, size);
  const write = writer(type, data);
  let state = seed + 1;
  const next = (n: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  const float = () => {
    // None so large that a product overflows float32 and, jitted, is not rounded to it.
    const odd = [NaN, Infinity, -Infinity, -0, 1e-30, type.kind === "c" ? 1e5 : 3e9];
    return special && next(4) === 0
      ? odd[next(odd.length)]
      : (next(33) - 16) / [1, 2, 4, 3][next(4)];
  };
  const [least, most] = isInteger(type) ? integerRange(type) : [0n, 0n];
  const whole = () => {
    if (special && next(4) === 0) return next(2) === 0 ? least : most;
    return BigInt(next(17)) - (least < 0n ? 8n : 0n);
  };
  for (let i = 0; i < size; i++) {
    if (type.kind === "c") write(i, { re: float(), im: float() });
    else if (type.kind === "f") write(i, float());
    else if (type.kind === "b") write(i, next(2) === 0);
    else write(i, isBigInt(type) ? whole() : Number(whole()));
  }
  return fromData(new ShapedArray(shape, type), data);
}

/**
 * Runs the steps on arrays, or on tracers: then `eager` are the values that they stand for, which
 * say which of them are rough.
 */
export function interpret(
  { steps }: Program,
  inputs: readonly NDArray[],
  eager?: readonly Value[],
): { values: Value[]; log: string[] } {
  const values: Value[] = inputs.map((x) => ({ x, rough: false }));
  const log = inputs.map((x) => String(x.aval));
  for (const { op, numbers } of steps) {
    const [name, operation] = operations[op];
    const choices = new Choices(values, numbers);
    const made = operation(choices);
    const results = made === undefined ? [] : Array.isArray(made) ? made : [made as NDArray];
    for (const x of results) {
      const rough = eager?.[values.length].rough ?? (choices.rough || isRounded(name, choices, x));
      values.push({ x, rough });
      log.push(`${name} -> ${x.aval}`);
    }
  }
  return { values, log };
}
/** Whether an operation may have rounded its result, given that its operands are exact. */
function isRounded(name: string, { chosen }: Choices, result: NDArray): boolean {
  if (!isInexact(result.dtype) || rounding.never.has(name)) return false;
  return !rounding.seldom.has(name) || ![...chosen, result].every(hasFewDigits);
}
function hasFewDigits(x: NDArray): boolean {
  if (!isInexact(x.dtype)) return true;
  const [least, most] = x.itemsize < 4 ? [1, 8] : [16, 256];
  return parts(x).every((v) => Number.isInteger(v * least) && Math.abs(v) < most);
}

/** Asserts that a program gives eagerly what it gives jitted. */
export function assertSameJitted(program: Program): void {
  const inputs = program.inputs.map(elements);
  const eager = interpret(program, inputs);
  const { values, log } = eager;
  const chosen = [values.length - 1, ...program.outputs.map((n) => n % values.length)];
  const jitted = jit((...xs: NDArray[]) => {
    const { values } = interpret(program, xs, eager.values);
    return chosen.map((i) => values[i].x);
  })(...inputs);
  const floats = values.filter(({ x }) => isInexact(x.dtype));
  const scale = Math.max(1, ...floats.map(({ x }) => largest(x)));
  chosen.forEach((i, k) => {
    const { x, rough } = values[i];
    assertEquals(String(jitted[k].aval), String(x.aval), `the type of value ${i}`);
    const tolerance = rough ? scale * toleranceOf(x.dtype) : 0;
    assertClose(jitted[k], x, tolerance, `value ${i} of ${log.join("; ")}`);
  });
}
function parts(x: NDArray): number[] {
  const read = reader(x.dtype, x.toTypedArray());
  return Array.from({ length: x.size }, (_, i) => read(i)).flatMap((v) =>
    typeof v === "object" ? [v.re, v.im] : [Number(v)]
  );
}
function largest(x: NDArray): number {
  return Math.max(0, ...parts(x).map(Math.abs).filter((n) => n < Infinity));
}
function assertClose(x: NDArray, y: NDArray, tolerance: number, where: string): void {
  const [a, b] = [parts(x), parts(y)];
  a.forEach((value, i) => {
    if (Object.is(value, b[i])) return;
    const near = Math.abs(value - b[i]) <= tolerance + Math.abs(b[i]) * tolerance;
    assert(tolerance > 0 && near, `jitted ${value}, eager ${b[i]} at ${i} of ${where}`);
  });
}
