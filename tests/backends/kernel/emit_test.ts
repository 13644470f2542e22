import { assert, assertAlmostEquals, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { emit } from "../../../backends/kernel/emit.ts";
import type { Kernel } from "../../../backends/kernel/ir.ts";
import { Simplifier } from "../../../backends/kernel/simplify.ts";
import { indented, javascript, makeFunction } from "../../../backends/reference/javascript.ts";
import { product } from "../../../core/aval.ts";
import { bool, type DType, float32, int32, type TypedArray } from "../../../core/dtype.ts";
import {
  addIndex,
  apply,
  type Axis,
  axis,
  type Buffer,
  constant,
  divIndex,
  type Expr,
  fold,
  load,
  mulIndex,
  ravel,
  remIndex,
  type ScalarOp,
  scoped,
  select,
  subIndex,
} from "../../../core/expr.ts";
import { evaluate, runKernel } from "./interpret.ts";

const OUT = "out";
function bufferOf(name: string, shape: readonly number[], dtype: DType = float32): Buffer {
  return { name, shape, dtype };
}
function kernelOf(axes: readonly Axis[], value: Expr): Kernel {
  const out = bufferOf(OUT, axes.map((a) => a.size), value.dtype);
  return { axes, stores: [{ buffer: out, index: axes, value }] };
}

/** A typed array that throws where it is read or written outside. */
function guarded(data: TypedArray): TypedArray {
  return new Proxy(data, {
    get(target, key) {
      if (typeof key === "string" && !(key in target)) throw new RangeError(`read at ${key}`);
      const value = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set(target, key, value) {
      if (!(key in target)) throw new RangeError(`write at ${String(key)}`);
      return Reflect.set(target, key, value, target);
    },
  });
}

/** Prints a kernel as JavaScript and runs it on arrays that are watched; gives the result. */
function run(kernel: Kernel, inputs: Record<string, number[]> = {}): number[] {
  const [{ buffer }] = kernel.stores;
  const names = [OUT, ...Object.keys(inputs)];
  const body = makeFunction(names, emit(kernel, javascript).join("\n"));
  const out = new Float64Array(product(buffer.shape)).fill(NaN);
  const data = Object.values(inputs).map((x) => new Float64Array(x));
  body(guarded(out), ...data.map(guarded));
  return [...out];
}
function textOf(kernel: Kernel): string {
  return indented(emit(kernel, javascript));
}
/** How often a text occurs in another. */
function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
const number = (value: number) => constant(value, float32);
const call = (op: ScalarOp, ...args: Expr[]) => apply(op, args);

// -- masked loads -----------------------------------------------------------------------------

Deno.test("`emit()` performs a masked load only where the mask is open", () => {
  scoped(() => {
    const i = axis(7);
    const at = subIndex(i, 2);
    const inside = apply("and", [
      apply("ge", [at, constant(0)]),
      apply("lt", [at, constant(3)]),
    ]);
    const x = load(bufferOf("x", [3]), [at]);
    const padded = kernelOf([i], select(inside, x, number(-1)));
    assertEquals(run(padded, { x: [5, 6, 7] }), [-1, -1, 5, 6, 7, -1, -1]);
    const other = kernelOf([i], select(apply("not", [inside]), number(-1), call("mul", x, x)));
    assertEquals(run(other, { x: [5, 6, 7] }), [-1, -1, 25, 36, 49, -1, -1]);
  });
});

Deno.test("`emit()` performs nested masked loads lazily", () => {
  scoped(() => {
    const i = axis(8);
    const x = load(bufferOf("x", [4]), [subIndex(i, 2)]);
    const y = load(bufferOf("y", [2]), [subIndex(i, 3)]);
    const outer = apply("and", [
      apply("ge", [i, constant(2)]),
      apply("lt", [i, constant(6)]),
    ]);
    const inner = apply("and", [
      apply("ge", [i, constant(3)]),
      apply("lt", [i, constant(5)]),
    ]);
    // The sum reads y inside both masks, and x inside the outer one, twice.
    const sum = call("add", select(inner, call("mul", y, x), number(0)), x);
    const kernel = kernelOf([i], select(outer, sum, number(-1)));
    assertEquals(run(kernel, { x: [1, 2, 3, 4], y: [10, 20] }), [-1, -1, 1, 22, 63, 4, -1, -1]);
  });
});

Deno.test("`emit()` performs a load at once if a use of it is not masked", () => {
  scoped(() => {
    const i = axis(3);
    const x = load(bufferOf("x", [3]), [i]);
    const kernel = kernelOf(
      [i],
      call("add", select(apply("lt", [i, constant(1)]), call("exp", x), number(0)), x),
    );
    assertEquals(run(kernel, { x: [0, 2, 3] }), [1, 2, 3]);
    assertEquals(count(textOf(kernel), "x["), 1);
  });
});

Deno.test("`emit()` keeps a mask that reads apart from what it masks", () => {
  scoped(() => {
    const i = axis(4);
    const index = load(bufferOf("index", [4], int32), [i]);
    const inside = apply("and", [
      apply("ge", [index, constant(0)]),
      apply("lt", [index, constant(2)]),
    ]);
    const kernel = kernelOf(
      [i],
      select(inside, load(bufferOf("x", [2]), [index]), number(-1)),
    );
    assertEquals(run(kernel, { index: [0, -5, 1, 9], x: [3, 4] }), [3, -1, 4, -1]);
  });
});

// -- loops ------------------------------------------------------------------------------------

Deno.test("`emit()` moves what a loop does not change out of it", () => {
  scoped(() => {
    const [i, j, k] = [axis(2), axis(3), axis(4)];
    const row = call("exp", load(bufferOf("x", [2]), [i]));
    const sum = fold("add", [k], call("mul", row, load(bufferOf("y", [3, 4]), [j, k])));
    const kernel = kernelOf([i, j], sum);
    const lines = textOf(kernel).split("\n");
    const line = lines.find((text) => text.includes("Math.exp"))!;
    assertEquals(line.search(/\S/), 2, "in the loop over i");
    const x = [0, 1];
    const y = Array.from({ length: 12 }, (_, n) => n);
    const expected = x.flatMap((e) =>
      [6, 22, 38].map((sum) => Math.fround(Math.fround(Math.exp(e)) * sum))
    );
    assertEquals(run(kernel, { x, y }), expected);
  });
});

Deno.test("`emit()` computes what is used twice once", () => {
  scoped(() => {
    const i = axis(3);
    const e = call("exp", load(bufferOf("x", [3]), [i]));
    const text = textOf(kernelOf([i], call("div", e, call("add", e, number(1)))));
    assertEquals(count(text, "Math.exp"), 1);
  });
});

Deno.test("`emit()` gives folds over the same axes one loop", () => {
  scoped(() => {
    const [i, k] = [axis(2), axis(3)];
    const axes = [k];
    const x = load(bufferOf("x", [2, 3]), [i, k]);
    const sum = fold("add", axes, x);
    const most = fold("max", axes, x);
    const kernel = kernelOf([i], call("sub", most, sum));
    assertEquals(count(textOf(kernel), "for ("), 2);
    assertEquals(run(kernel, { x: [1, 5, 2, -7, -1, -4] }), [-3, 11]);
  });
});

Deno.test("`emit()` runs a fold that another one needs before it", () => {
  scoped(() => {
    const [i, k, l] = [axis(2), axis(3), axis(3)];
    const x = (k: Axis) => load(bufferOf("x", [2, 3]), [i, k]);
    const most = fold("max", [k], x(k));
    const total = fold("add", [l], call("sub", x(l), most));
    const kernel = kernelOf([i], call("add", total, most));
    assertEquals(count(textOf(kernel), "for ("), 3);
    assertEquals(run(kernel, { x: [1, 5, 2, -7, -1, -4] }), [-2, -10]);
  });
});

Deno.test("`emit()` nests folds, and folds over several axes", () => {
  scoped(() => {
    const [i, j, k, l] = [axis(2), axis(2), axis(3), axis(2)];
    const inner = fold("max", [k], load(bufferOf("x", [2, 2, 3]), [i, j, k]));
    const kernel = kernelOf([i], fold("add", [j], call("mul", inner, inner)));
    const x = [1, 2, 3, 4, 5, 6, -1, -2, -3, 0, 9, 8];
    assertEquals(run(kernel, { x }), [9 + 36, 1 + 81]);
    const both = fold("add", [k, l], load(bufferOf("y", [3, 2]), [k, l]));
    assertEquals(run(kernelOf([i], both), { y: [1, 2, 3, 4, 5, 6] }), [21, 21]);
  });
});

Deno.test("`emit()` folds nothing to the fold's neutral element", () => {
  scoped(() => {
    const [i, k] = [axis(2), axis(0)];
    const x = load(bufferOf("x", [2, 0]), [i, k]);
    assertEquals(run(kernelOf([i], fold("add", [k], x)), { x: [] }), [0, 0]);
    assertEquals(run(kernelOf([i], fold("mul", [k], x)), { x: [] }), [1, 1]);
    assertEquals(run(kernelOf([i], fold("max", [k], x)), { x: [] }), [-Infinity, -Infinity]);
  });
});

Deno.test("`emit()` runs a fold inside the side of a select that needs it", () => {
  scoped(() => {
    const [i, k] = [axis(3), axis(2)];
    const axes = [k];
    // Row i - 1 of x does not exist where i is 0.
    const x = load(bufferOf("x", [2, 2]), [subIndex(i, 1), k]);
    const some = apply("gt", [i, constant(0)]);
    const kernel = kernelOf([i], select(some, fold("add", axes, x), number(-1)));
    assertEquals(run(kernel, { x: [1, 2, 3, 4] }), [-1, 3, 7]);
    const both = call(
      "add",
      select(some, fold("add", axes, x), number(-1)),
      select(some, fold("mul", axes, x), number(-2)),
    );
    assertEquals(run(kernelOf([i], both), { x: [1, 2, 3, 4] }), [-3, 5, 19]);
  });
});

Deno.test("`emit()` keeps a masked fold out of the loop of one that is not masked", () => {
  scoped(() => {
    const [i, k] = [axis(3), axis(2)];
    const axes = [k];
    const before = load(bufferOf("x", [3, 2]), [subIndex(i, 1), k]);
    const here = load(bufferOf("x", [3, 2]), [i, k]);
    const some = apply("gt", [i, constant(0)]);
    const masked = select(some, fold("add", axes, before), number(0));
    const x = [1, 2, 3, 4, 5, 6];
    const first = kernelOf([i], call("add", fold("add", axes, here), masked));
    assertEquals(run(first, { x }), [3, 10, 18]);
    const last = kernelOf([i], call("sub", masked, fold("add", axes, here)));
    assertEquals(run(last, { x }), [-3, -4, -4]);
  });
});

Deno.test("`emit()` masks inside a fold", () => {
  scoped(() => {
    const [i, k] = [axis(4), axis(3)];
    const at = subIndex(addIndex(i, k), 1);
    const inside = apply("and", [apply("ge", [at, constant(0)]), apply("lt", [at, constant(4)])]);
    const value = select(inside, load(bufferOf("x", [4]), [at]), number(0));
    const kernel = kernelOf([i], fold("add", [k], value));
    assertEquals(run(kernel, { x: [1, 10, 100, 1000] }), [11, 111, 1110, 1100]);
  });
});

// -- texts ------------------------------------------------------------------------------------

Deno.test("`emit()` writes no operand twice", () => {
  scoped(() => {
    const i = axis(4);
    const x = load(bufferOf("x", [4], int32), [i]);
    let e: Expr = x;
    for (let n = 0; n < 100; n++) e = apply("max", [subIndex(e, 1), addIndex(x, -n)]);
    const kernel = kernelOf([i], e);
    assert(textOf(kernel).length < 20_000);
    assertEquals(run(kernel, { x: [1, 2, 3, 4] }), [0, 1, 2, 3].map((n) => n - 98));
    const rounded = kernelOf([i], apply("convert", [call("exp", number(1))], int32));
    assertEquals(count(textOf(rounded), "Math.exp"), 1);
  });
});

Deno.test("`emit()` and the simplifier take graphs as deep as a kernel may be", () => {
  scoped(() => {
    const i = axis(4);
    const x = load(bufferOf("x", [4]), [i]);
    let e: Expr = x;
    for (let n = 0; n < 600; n++) e = call("add", call("mul", e, number(0.5)), x);
    const kernel = kernelOf([i], new Simplifier().simplify(e));
    run(kernel, { x: [1, 2, 3, 4] }).forEach((value, n) =>
      assertAlmostEquals(value, 2 * (n + 1), 1e-5)
    );
  });
});

// -- hash-consing -----------------------------------------------------------------------------

Deno.test("equal expressions are one object within a scope", () => {
  scoped(() => {
    const [i, j] = [axis(4), axis(4)];
    const x = bufferOf("x", [4]);
    assertStrictEquals(addIndex(i, 1), addIndex(i, 1));
    assertStrictEquals(load(x, [addIndex(i, 1)]), load(x, [addIndex(i, 1)]));
    assert(load(x, [i]) !== load(bufferOf("x", [4]), [i]), "buffers are told by identity");
    assert(i as Expr !== j, "axes are each their own");
    assert(constant(0, float32) !== constant(-0, float32));
    assert(constant(1, float32) as Expr !== constant(1, int32));
    assert(constant(1, int32) as Expr !== constant(true, bool));
    assertStrictEquals(constant(NaN, float32), constant(NaN, float32));
    assert(
      apply("convert", [i], float32) as Expr !== apply("convert", [i], bool),
      "the dtype belongs to a node",
    );
    const axes = [i];
    assertStrictEquals(fold("add", axes, load(x, [i])), fold("add", axes, load(x, [i])));
    assert(fold("add", [i], load(x, [i])) !== fold("max", [i], load(x, [i])));
  });
});

Deno.test("scopes nest, also around errors", () => {
  scoped(() => {
    const e = addIndex(constant(1), 2);
    scoped(() => assert(addIndex(constant(1), 2) !== e));
    try {
      scoped(() => {
        throw new Error("inside");
      });
    } catch {
      // Its table is dropped all the same.
    }
    assertStrictEquals(addIndex(constant(1), 2), e);
  });
});

// -- random kernels ---------------------------------------------------------------------------

/** Draws an expression over axes i, j and a fold's axis, with masked loads, selects and folds. */
type Draw = (n: number) => number;
function drawExpr(draw: Draw, axes: readonly Axis[], depth: number, pool: Expr[]): Expr {
  const leaf = () => {
    const a = axes[draw(axes.length)];
    const i = drawIndex(draw, axes, 2);
    const masked = apply("and", [
      apply("ge", [i, constant(0)]),
      apply("lt", [i, constant(6)]),
    ]);
    const x = load(bufferX, [draw(3) > 0 ? i : remIndex(a, 6)]);
    return x.index[0] === i ? select(masked, x, number(draw(5))) : x;
  };
  if (depth === 0) return draw(3) === 0 && pool.length > 0 ? pool[draw(pool.length)] : leaf();
  const sub = () => drawExpr(draw, axes, depth - 1, pool);
  let e: Expr;
  switch (draw(6)) {
    case 0:
      e = leaf();
      break;
    case 1: {
      const k = axis(draw(4));
      const op = (["add", "max", "min"] as const)[draw(3)];
      // What is drawn in there may use k, so it is not for others to use.
      return fold(op, [k], drawExpr(draw, [...axes, k], depth - 1, []));
    }
    case 2:
      e = select(
        apply((["lt", "eq", "ge"] as const)[draw(3)], [
          drawIndex(draw, axes, 1),
          constant(draw(4)),
        ]),
        sub(),
        sub(),
      );
      break;
    case 3:
      e = call("neg", sub());
      break;
    default:
      e = call((["add", "sub", "max", "mul"] as const)[draw(4)], sub(), sub());
  }
  pool.push(e);
  return e;
}
function drawIndex(draw: Draw, axes: readonly Axis[], depth: number): Expr {
  if (depth === 0) return axes[draw(axes.length)];
  const sub = () => drawIndex(draw, axes, depth - 1);
  switch (draw(5)) {
    case 0:
      return addIndex(sub(), sub());
    case 1:
      return subIndex(sub(), draw(4));
    case 2:
      return mulIndex(sub(), 1 + draw(3));
    case 3:
      return divIndex(sub(), 1 + draw(3));
    default:
      return remIndex(sub(), 1 + draw(5));
  }
}
let bufferX: Buffer;

Deno.test("`emit()` prints random kernels that compute what the kernels mean", () => {
  const x = [1, -2, 3, 0.5, -0.25, 8];
  const fewer = { numRuns: 400, seed: 4 };
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: 0, max: 4 }),
      (stream, depth) =>
        scoped(() => {
          bufferX = bufferOf("x", [6]);
          const draw: Draw = (n) => stream.next().value % n;
          const axes = [axis(1 + draw(3)), axis(1 + draw(4))];
          const pool: Expr[] = [];
          const values = [drawExpr(draw, axes, depth, pool), drawExpr(draw, axes, depth, pool)];
          const value = new Simplifier().simplify(call("add", values[0], values[1]));
          for (const e of [call("add", values[0], values[1]), value]) {
            const kernel = kernelOf(axes, e);
            const memory = new Map([["x", x]]);
            runKernel(kernel, memory);
            const expected = memory.get(OUT)!.map(Math.fround);
            run(kernel, { x }).forEach((actual, i) => {
              const scale = Math.max(1, Math.abs(expected[i]));
              if (Object.is(actual, expected[i])) return;
              assertAlmostEquals(actual / scale, expected[i] / scale, 1e-5);
            });
          }
        }),
    ),
    fewer,
  );
});

Deno.test("`emit()` puts positions through the given function", () => {
  scoped(() => {
    const i = axis(6);
    const index = [divIndex(i, 3), remIndex(i, 3)];
    const value = load(bufferOf("x", [2, 3]), index);
    const simplifier = new Simplifier();
    const lines = emit(
      kernelOf([i], value),
      javascript,
      (index, shape) => simplifier.simplify(ravel(index, shape)),
    );
    assertEquals(lines.join(" "), "for (let i0 = 0; i0 < 6; i0++) { out[i0] = x[i0]; }");
    assertEquals(
      evaluate(value, new Map([[i as Expr, 4]]), new Map([["x", [0, 1, 2, 3, 4, 5]]])),
      4,
    );
  });
});
