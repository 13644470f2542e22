import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { Simplifier } from "../../../backends/kernel/simplify.ts";
import { bool, float32, int32 } from "../../../core/dtype.ts";
import {
  addIndex,
  apply,
  type Axis,
  axis,
  constant,
  divIndex,
  type Expr,
  load,
  mulIndex,
  ravel,
  remIndex,
  type ScalarOp,
  scoped,
  select,
  subIndex,
  unravel,
} from "../../../core/expr.ts";
import { evaluate, forEachPoint } from "./interpret.ts";

// -- random index expressions -----------------------------------------------------------------

/** An index expression as data, for fast-check to draw and shrink. */
type Tree =
  | { readonly kind: "axis"; readonly which: number }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "op"; readonly op: ScalarOp; readonly x: Tree; readonly y: Tree }
  | { readonly kind: "rejoin"; readonly x: Tree; readonly by: number; readonly times: number }
  | { readonly kind: "select"; readonly which: Test; readonly x: Tree; readonly y: Tree };
type Test =
  | { readonly kind: "compare"; readonly op: ScalarOp; readonly x: Tree; readonly y: Tree }
  | { readonly kind: "logic"; readonly op: ScalarOp; readonly x: Test; readonly y: Test };

const smallNumber = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -12, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 31 - 1, -(2 ** 31), 2 ** 30, -(2 ** 30), 65536) },
);
const divisor = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom(-3, -1, 0, 2 ** 30, 2 ** 31 - 1) },
);
const number = (arbitrary: fc.Arbitrary<number>) =>
  fc.record({ kind: fc.constant("constant" as const), value: arbitrary });
const { tree } = fc.letrec<{ tree: Tree; test: Test }>((tie) => {
  const op = (ops: ScalarOp[], y: fc.Arbitrary<Tree> = tie("tree")) =>
    fc.record({
      kind: fc.constant("op" as const),
      op: fc.constantFrom(...ops),
      x: tie("tree"),
      y,
    });
  return {
    tree: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.record({ kind: fc.constant("axis" as const), which: fc.nat({ max: 3 }) }),
      number(smallNumber),
      op(["add", "sub", "add", "max", "min"]),
      op(["mul"], number(smallNumber)),
      op(["div", "rem", "div", "rem"], number(divisor)),
      op(["add", "mul", "div", "rem"]),
      fc.record({
        kind: fc.constant("rejoin" as const),
        x: tie("tree"),
        by: fc.integer({ min: 1, max: 6 }),
        times: fc.integer({ min: -2, max: 4 }),
      }),
      fc.record({
        kind: fc.constant("select" as const),
        which: tie("test"),
        x: tie("tree"),
        y: tie("tree"),
      }),
    ),
    test: fc.oneof(
      { depthSize: "small" },
      fc.record({
        kind: fc.constant("compare" as const),
        op: fc.constantFrom<ScalarOp>("eq", "ne", "lt", "le", "gt", "ge"),
        x: tie("tree"),
        y: tie("tree"),
      }),
      fc.record({
        kind: fc.constant("logic" as const),
        op: fc.constantFrom<ScalarOp>("and", "or"),
        x: tie("test"),
        y: tie("test"),
      }),
    ),
  };
});

function build(t: Tree | Test, axes: readonly Axis[]): Expr {
  switch (t.kind) {
    case "axis":
      return axes[t.which % axes.length];
    case "constant":
      return constant(t.value);
    case "rejoin": {
      const x = build(t.x, axes);
      const quotient = mulIndex(divIndex(x, t.by), t.by * t.times);
      return addIndex(quotient, mulIndex(remIndex(x, t.by), t.times));
    }
    case "select":
      return select(build(t.which, axes), build(t.x, axes), build(t.y, axes));
    default:
      return apply(t.op, [build(t.x, axes), build(t.y, axes)]);
  }
}

/** Asserts that simplifying changes the value at no point, and gives the simplified expression. */
function assertSame(e: Expr, axes: readonly Axis[]): Expr {
  const simple = new Simplifier().simplify(e);
  forEachPoint(axes, new Map(), (point) => {
    assertStrictEquals(evaluate(simple, point), evaluate(e, point));
  });
  return simple;
}

const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 });
const runs = Number(Deno.env.get("DENOJAX_FUZZ_RUNS") ?? 3000);

Deno.test("`Simplifier` keeps the value of random index expressions at all points", () => {
  fc.assert(
    fc.property(tree, sizes, (t, sizes) =>
      scoped(() => {
        const axes = sizes.map((n) => axis(n));
        assertSame(build(t, axes), axes);
      })),
    { numRuns: runs, ...(runs === 3000 ? { seed: 2 } : {}) },
  );
});

// -- reshapes ---------------------------------------------------------------------------------

/** Shapes of one size, from the factors of the size. */
const shapesOfOneSize = fc.array(fc.constantFrom(1, 2, 2, 3, 4, 5), { minLength: 1, maxLength: 4 })
  .chain((factors) =>
    fc.array(
      fc.tuple(fc.shuffledSubarray(factors, { minLength: factors.length }), fc.nat({ max: 7 }))
        .map(([factors, cuts]) => merged(factors, cuts)),
      { minLength: 2, maxLength: 4 },
    )
  );
/** Multiplies neighbours where a bit is set. */
function merged(factors: readonly number[], cuts: number): number[] {
  const shape: number[] = [];
  factors.forEach((n, i) => {
    if (i > 0 && (cuts >> (i - 1)) & 1) shape.push(shape.pop()! * n);
    else shape.push(n);
  });
  return shape;
}

Deno.test("`Simplifier` keeps where chains of reshapes and transposes read", () => {
  fc.assert(
    fc.property(shapesOfOneSize, fc.boolean(), (shapes, reverse) =>
      scoped(() => {
        const axes = shapes[0].map((n) => axis(n));
        let index: Expr[] = axes;
        for (let i = 1; i < shapes.length; i++) {
          index = unravel(ravel(index, shapes[i - 1]), shapes[i]);
          if (reverse) index = index.map((e, k) => subIndex(constant(shapes[i][k] - 1), e));
        }
        const last = shapes[shapes.length - 1];
        const simple = assertSame(ravel(index, last), axes);
        if (!reverse) assertStrictEquals(simple, new Simplifier().simplify(ravel(axes, shapes[0])));
      })),
    { numRuns: 500, seed: 3 },
  );
});

// -- what becomes of expressions --------------------------------------------------------------

/** Asserts that what `write` gives is simplified to what `expect` gives, the same node. */
function assertBecomes(
  write: (...axes: Axis[]) => Expr,
  expect: (...axes: Axis[]) => Expr,
  sizes: readonly number[] = [12, 5],
): void {
  scoped(() => {
    const axes = sizes.map((n) => axis(n));
    assertStrictEquals(assertSame(write(...axes), axes), expect(...axes));
  });
}

Deno.test("`(x / k) * k + x % k` is `x`", () => {
  assertBecomes((x) => addIndex(mulIndex(divIndex(x, 4), 4), remIndex(x, 4)), (x) => x);
  assertBecomes(
    (x) => addIndex(mulIndex(divIndex(x, 4), -8), mulIndex(remIndex(x, 4), -2)),
    (x) => mulIndex(x, -2),
  );
  assertBecomes((x) => {
    const next = addIndex(x, 1);
    return addIndex(mulIndex(divIndex(next, 4), 4), remIndex(next, 4));
  }, (x) => addIndex(x, 1));
});

Deno.test("multiples come out of quotients and remainders", () => {
  assertBecomes((x, y) => divIndex(addIndex(mulIndex(x, 5), y), 5), (x) => x);
  assertBecomes((x, y) => remIndex(addIndex(mulIndex(x, 5), y), 5), (_x, y) => y);
  assertBecomes((x) => divIndex(divIndex(x, 2), 3), (x) => divIndex(x, 6));
  assertBecomes((x) => divIndex(x, 12), () => constant(0));
  assertBecomes((x) => remIndex(x, 12), (x) => x);
  assertBecomes((x) => divIndex(subIndex(x, 1), 2), (x) => divIndex(addIndex(x, -1), 2));
});

Deno.test("conditions that always or never hold vanish", () => {
  assertBecomes((x) => select(apply("lt", [x, constant(12)]), x, constant(-1)), (x) => x);
  assertBecomes((x) => select(apply("ge", [x, constant(12)]), x, constant(-1)), () => constant(-1));
  assertBecomes((x) => apply("lt", [x, constant(11)]), (x) => apply("lt", [x, constant(11)]));
  assertBecomes(
    (x, y) => apply("and", [apply("ge", [x, constant(0)]), apply("lt", [y, x])]),
    (x, y) => apply("lt", [y, x]),
  );
  assertBecomes(
    (x) => apply("or", [apply("eq", [x, x]), apply("ge", [x, constant(0)])]),
    () => constant(true, bool),
  );
  assertBecomes((x) => apply("max", [apply("min", [x, constant(11)]), constant(0)]), (x) => x);
  assertBecomes((x) => apply("min", [x, constant(11)]), (x) => x);
  assertBecomes((x) => apply("min", [x, constant(-1)]), () => constant(-1));
});

Deno.test("sums that may wrap around are left alone", () => {
  const most = 2 ** 31 - 1;
  assertBecomes(
    (x) => subIndex(addIndex(x, most), most),
    (x) => subIndex(addIndex(x, most), most),
  );
  scoped(() => {
    const buffer = { name: "b", shape: [9], dtype: int32 };
    const x = axis(9);
    const e = divIndex(mulIndex(load(buffer, [x]), 4), 4);
    const simple = new Simplifier().simplify(e);
    for (const value of [5, 2 ** 30, -(2 ** 30), 2 ** 29, most]) {
      const memory = new Map([["b", new Array<number>(9).fill(value)]]);
      const point = new Map([[x, 3]]);
      assertEquals(evaluate(simple, point, memory), evaluate(e, point, memory));
    }
  });
});

Deno.test("no integer becomes -0", () => {
  scoped(() => {
    const simplifier = new Simplifier();
    const zeros = [
      divIndex(constant(-1), 2),
      remIndex(constant(-4), 2),
      mulIndex(constant(-4), 0),
      apply("convert", [constant(-0, float32)], int32),
    ];
    for (const e of zeros) assertStrictEquals(simplifier.simplify(e), constant(0));
  });
});

Deno.test("float identities keep NaN, infinities and -0", () => {
  scoped(() => {
    const simplifier = new Simplifier();
    const x = load({ name: "x", shape: [], dtype: float32 }, []);
    const number = (value: number) => constant(value, float32);
    const same: [ScalarOp, Expr, Expr][] = [
      ["mul", x, number(1)],
      ["mul", number(1), x],
      ["div", x, number(1)],
      ["sub", x, number(0)],
    ];
    for (const [op, a, b] of same) assertStrictEquals(simplifier.simplify(apply(op, [a, b])), x);
    const different: [ScalarOp, Expr, Expr][] = [
      ["mul", x, number(0)], // NaN, -0
      ["add", x, number(0)], // -0 + 0 is 0
      ["sub", x, number(-0)],
      ["sub", x, x],
      ["div", x, x],
      ["eq", x, x],
      ["ge", x, x],
      ["max", x, x],
      ["rem", x, number(1)],
      ["pow", x, number(1)],
    ];
    for (const [op, a, b] of different) {
      const e = apply(op, [a, b]);
      const values = [NaN, -0, 0, 1.5, -2.5, Infinity, -Infinity];
      for (const value of op === "pow" ? [] : values) {
        const point = new Map([[x as Expr, value]]);
        assertEquals(evaluate(simplifier.simplify(e), point), evaluate(e, point));
      }
    }
    assertStrictEquals(
      simplifier.simplify(apply("add", [x, number(0)])),
      apply("add", [x, number(0)]),
    );
  });
});

Deno.test("comparisons of float literals are decided, others are not", () => {
  scoped(() => {
    const simplifier = new Simplifier();
    const number = (value: number) => constant(value, float32);
    const x = load({ name: "x", shape: [], dtype: float32 }, []);
    const ops = ["eq", "ne", "lt", "le", "gt", "ge"] as const;
    const values = [0, -0, 6, -6, Infinity, -Infinity];
    for (const op of ops) {
      for (const a of values) {
        for (const b of values) {
          const e = apply(op, [number(a), number(b)]);
          assertStrictEquals(simplifier.simplify(e), constant(evaluate(e, new Map()) === 1, bool));
        }
        for (const e of [apply(op, [x, number(a)]), apply(op, [number(a), x])]) {
          assertStrictEquals(simplifier.simplify(e), e);
        }
      }
      const inexact = apply(op, [number(NaN), number(1)]);
      assertStrictEquals(simplifier.simplify(inexact), inexact);
    }
  });
});

Deno.test("literals convert as at run time, or stay conversions", () => {
  scoped(() => {
    const simplifier = new Simplifier();
    const become = (value: number, from: typeof int32, to: typeof int32) =>
      simplifier.simplify(apply("convert", [constant(value, from)], to));
    assertStrictEquals(become(3, int32, float32), constant(3, float32));
    assertStrictEquals(become(16777217, int32, float32), constant(16777216, float32));
    assertStrictEquals(become(-3, float32, int32), constant(-3));
    assertStrictEquals(become(2.5, float32, int32).kind, "apply");
    assertStrictEquals(become(NaN, float32, int32).kind, "apply");
    assertStrictEquals(become(3e9, float32, int32).kind, "apply");
    assertStrictEquals(
      simplifier.simplify(apply("convert", [constant(true, bool)], float32)),
      constant(1, float32),
    );
  });
});

Deno.test("a long sum is simplified in its own time", () => {
  scoped(() => {
    const [x, y] = [axis(7), axis(5)];
    let e: Expr = x;
    for (let i = 0; i < 3000; i++) e = i % 2 === 0 ? addIndex(e, y) : subIndex(e, y);
    assertStrictEquals(new Simplifier().simplify(e), x);
  });
});
