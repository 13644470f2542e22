/** Complex expressions taken apart into real ones. */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { partsOf, realView, type Split, splitComplex } from "../../core/complex.ts";
import { bool, complex128, complex64, float32, float64, int32 } from "../../core/dtype.ts";
import {
  apply,
  axis,
  type Buffer,
  constant,
  type Expr,
  fold,
  load,
  postorder,
  select,
} from "../../core/expr.ts";
import { runtime, spellings } from "../../backends/reference/spelling.ts";

type Pair = readonly [re: number, im: number];

function complexConstant([re, im]: Pair): Expr {
  return apply("complex", [constant(re, float64), constant(im, float64)], complex128);
}
/** The number of a real expression without loads. */
function evaluate(root: Expr): number | boolean {
  const values = new Map<Expr, unknown>();
  for (const e of postorder([root])) {
    if (e.kind === "const") values.set(e, e.value);
    if (e.kind !== "apply") continue;
    const names = e.args.map((_, i) => `x${i}`);
    const keys = Object.keys(runtime);
    const f = new Function(...keys, ...names, `return ${spellings[e.op](names, e)};`);
    values.set(e, f(...Object.values(runtime), ...e.args.map((a) => values.get(a))));
  }
  return values.get(root) as number | boolean;
}
function evaluateSplit(split: Split): unknown {
  return Array.isArray(split) ? split.map(evaluate) : evaluate(split);
}
/** What an operation gives for complex numbers. */
function compute(op: Parameters<typeof apply>[0], ...args: Pair[]): unknown {
  return evaluateSplit(splitComplex(apply(op, args.map(complexConstant))));
}

const z: Buffer = { name: "z", shape: [3], dtype: complex64 };

Deno.test("an element is loaded as two of a real view", () => {
  const i = axis(3);
  const split = splitComplex(load(z, [i])) as Expr[];
  const view = realView(z);
  assertEquals([view.name, view.shape, view.dtype], ["z", [3, 2], float32]);
  assertStrictEquals(realView(z), view);
  assertEquals(split, [load(view, [i, constant(0)]), load(view, [i, constant(1)])]);
});

Deno.test("a real expression is left as it is", () => {
  const x: Buffer = { name: "x", shape: [3], dtype: float32 };
  const i = axis(3);
  const sum = fold("add", [i], apply("mul", [load(x, [i]), constant(2, float32)]));
  assertStrictEquals(splitComplex(sum), sum);
});

Deno.test("parts of what was joined are the parts", () => {
  const [re, im] = [constant(1, float32), constant(2, float32)];
  const joined = apply("complex", [re, im], complex64);
  assertEquals(partsOf(joined), [re, im]);
  assertStrictEquals(splitComplex(apply("imag", [joined], float32)), im);
});

Deno.test("arithmetic", () => {
  assertEquals(compute("add", [1, 2], [3, -5]), [4, -3]);
  assertEquals(compute("sub", [1, 2], [3, -5]), [-2, 7]);
  assertEquals(compute("mul", [1, 2], [3, -5]), [13, 1]);
  assertEquals(compute("div", [5, 10], [1, 2]), [5, 0]);
  assertEquals(compute("div", [5, 10], [2, 1]), [4, 3]);
  assertEquals(compute("neg", [1, -0]), [-1, 0]);
  assertEquals(compute("abs", [-3, 4]), 5);
  assertEquals(compute("eq", [1, 2], [1, 2]), true);
  assertEquals(compute("eq", [1, 2], [1, 3]), false);
  assertEquals(compute("ne", [1, 2], [1, 3]), true);
  assertEquals(compute("ne", [NaN, 0], [NaN, 0]), true);
});

Deno.test("a quotient of large or small numbers does not overflow", () => {
  assertEquals(compute("div", [1e300, 1e300], [1e300, 1e300]), [1, 0]);
  assertEquals(compute("div", [1e-300, 0], [0, 1e-300]), [0, -1]);
  assertEquals(compute("div", [1, 1], [0, 0]), [Infinity, Infinity]);
  assertEquals(compute("div", [0, 0], [0, 0]), [NaN, NaN]);
  assertEquals(compute("div", [1, 1], [Infinity, Infinity]), [0, 0]);
  assertEquals(compute("div", [1, 1], [Infinity, 0]), [0, 0]);
});

Deno.test("an absolute value does not overflow", () => {
  assertEquals(compute("abs", [3e300, 4e300]), 5e300);
  assertEquals(compute("abs", [0, 0]), 0);
  assertEquals(compute("abs", [-Infinity, 1]), Infinity);
  assertEquals(compute("abs", [NaN, 1]), NaN);
});

Deno.test("a choice is made of both parts", () => {
  const which = constant(false, bool);
  const chosen = splitComplex(select(which, complexConstant([1, 2]), complexConstant([3, 4])));
  assertEquals(evaluateSplit(chosen), [3, 4]);
});

Deno.test("conversion drops the imaginary part or adds zero", () => {
  const from = complexConstant([1.5, 2.5]);
  const to = (e: Expr, dtype: typeof int32) =>
    evaluateSplit(splitComplex(apply("convert", [e], dtype)));
  assertEquals(to(from, int32), 1);
  assertEquals(to(from, complex64), [1.5, 2.5]);
  assertEquals(to(constant(3, int32), complex64), [3, 0]);
});

Deno.test("a sum is two sums, and a product is refused", () => {
  const i = axis(3);
  const [re, im] = splitComplex(fold("add", [i], load(z, [i]))) as Expr[];
  assertEquals([re.kind, im.kind], ["fold", "fold"]);
  assertThrows(() => splitComplex(fold("mul", [i], load(z, [i]))), TypeError, "fold by mul");
});

Deno.test("what has no complex meaning is refused", () => {
  assertThrows(() => compute("floor", [1, 2]), TypeError, "floor has no meaning for complex");
});

Deno.test("a deep expression does not overflow the stack", () => {
  let e = complexConstant([1, 1]);
  for (let i = 0; i < 20_000; i++) e = apply("add", [e, complexConstant([i, 1])]);
  const split = splitComplex(e);
  assert(Array.isArray(split));
});
