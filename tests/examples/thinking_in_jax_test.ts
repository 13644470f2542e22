/** Every snippet of How to think in JAX: its result, or its error's class and text. */
import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import * as Plot from "@observablehq/plot";
import { drawFigure } from "../../examples/figure.ts";
import {
  ConcretizationTypeError,
  jit,
  lax,
  makeJaxpr,
  NonConcreteBooleanIndexError,
  numpy as np,
  slice,
  TracerBoolConversionError,
} from "../../mod.ts";

type NDArray = np.NDArray;
const list = (x: NDArray) => x.tolist();

/** What `console.log` is given while `f` runs, as it would print it. */
function printed(f: () => unknown): string[] {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...args: unknown[]) => {
    lines.push(args.map((a) => typeof a === "string" ? a : Deno.inspect(a)).join(" "));
  };
  try {
    f();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("JAX vs. NumPy: linspace, sin and cos", () => {
  const x = np.linspace(0, 10, 1000);
  const y = np.multiply(2, np.sin(x)).mul(np.cos(x));
  assertEquals(y.shape, [1000]);
  assertEquals(y.dtype, np.float32);
  const worst = Array.from(y, Number).reduce((worst, value, i) => {
    const t = 10 * i / 999;
    return Math.max(worst, Math.abs(value - 2 * Math.sin(t) * Math.cos(t)));
  }, 0);
  assert(worst < 2e-6, `worst error ${worst}`);
});

Deno.test("JAX vs. NumPy: arrays go straight into a plotting library", () => {
  const x = np.linspace(0, 10, 1000);
  const y = np.sin(x);
  const svg = drawFigure({ marks: [Plot.line(x, { x, y })] });
  const path = /aria-label="line"[^>]*><path d="([^"]*)"/.exec(svg)?.[1] ?? "";
  const points = path.slice(1).split("L").map((point) => point.split(",").map(Number));
  assertEquals(points.length, 1000);
  // The sine is at its top at pi / 2, and again a wave later.
  const top = points.reduce((best, point, i) => point[1] < points[best][1] ? i : best, 0);
  assert([157, 785].includes(top), `the top is at point ${top}`);
});

Deno.test("JAX vs. NumPy: arrays are immutable", () => {
  const x = np.arange(10);
  assertThrows(
    () => {
      // @ts-expect-error: assignment is a compile error, too
      x[0] = 10;
    },
    TypeError,
    "JAX arrays are immutable and do not support in-place item assignment. Instead of x[idx] = y, " +
      "use x = x.at(idx).set(y) or another .at() method",
  );
  assertThrows(() => Reflect.set(x, "-1", 10), TypeError, "JAX arrays are immutable");
  const y = x.at(0).set(10);
  assertEquals(String(x), "[0 1 2 3 4 5 6 7 8 9]");
  assertEquals(String(y), "[10  1  2  3  4  5  6  7  8  9]");
});

Deno.test("JAX vs. NumPy: updates at all kinds of indices leave the array alone", () => {
  const x = np.arange(6);
  assertEquals(list(x.at(-1).add(10)), [0, 1, 2, 3, 4, 15]);
  assertEquals(list(x.at(slice(1, 4)).multiply(2)), [0, 2, 4, 6, 4, 5]);
  assertEquals(list(x.at(slice(null, null, -2)).min(2)), [0, 1, 2, 2, 4, 2]);
  assertEquals(list(x.at([0, 2]).max(1)), [1, 1, 2, 3, 4, 5]);
  assertEquals(list(x.at(x.gt(3)).set(0)), [0, 1, 2, 3, 0, 0]);
  assertEquals(list(x.at(1).apply((v) => v.mul(100))), [0, 100, 2, 3, 4, 5]);
  assertEquals(list(x.at([1, 1, 1]).add(1)), [0, 4, 2, 3, 4, 5]);
  assertEquals(x.at(null, "...").get().shape, [1, 6]);
  assertEquals(list(x.at(slice(null, null, -3)).get()), [5, 2]);
  const matrix = x.reshape(2, 3);
  assertEquals(list(matrix.at("...", 0).set(9)), [[9, 1, 2], [9, 4, 5]]);
  assertEquals(list(matrix.at(0, [0, 2]).get()), [0, 2]);
  assertEquals(list(x), [0, 1, 2, 3, 4, 5]);
});

Deno.test("JAX vs. NumPy: reading, iterating, spreading", () => {
  const x = np.arange(6).reshape(3, 2);
  assertEquals(list(x[0]), [0, 1]);
  assertEquals(list(x[-1]), [4, 5]);
  assertEquals(x[-1][0].item(), 4);
  assertEquals(x[3], undefined);
  const rows = [];
  for (const row of x) rows.push(list(row));
  assertEquals(rows, [[0, 1], [2, 3], [4, 5]]);
  assertEquals(Array.from(np.arange(3), Number), [0, 1, 2]);
  assertEquals([...np.arange(3)].map((v) => v.item()), [0, 1, 2]);
  assertEquals(
    new Float32Array(np.arange(3) as unknown as Iterable<number>),
    new Float32Array([0, 1, 2]),
  );
  assertEquals(JSON.stringify({ x }), '{"x":[[0,1],[2,3],[4,5]]}');
});

Deno.test("NumPy & lax: numpy promotes, lax does not", () => {
  assertEquals(Deno.inspect(np.add(1, 1.5)), "Array(2.5, dtype=float32, weak_type=True)");
  assertThrows(
    () => lax.add(np.int32(1), np.float32(1)),
    TypeError,
    "add requires arguments to have the same dtypes, got int32, float32.",
  );
  assertEquals(Deno.inspect(lax.add(np.float32(1), 1)), "Array(2., dtype=float32)");
});

Deno.test("NumPy & lax: convolve and convGeneralDilated", () => {
  const x = np.array([1, 2, 1]);
  const y = np.ones(10);
  const expected = "Array([1., 3., 4., 4., 4., 4., 4., 4., 4., 4., 3., 1.], dtype=float32)";
  assertEquals(Deno.inspect(np.convolve(x, y)), expected);
  const result = lax.convGeneralDilated(
    x.reshape(1, 1, 3).astype("float32"),
    y.reshape(1, 1, 10),
    [1],
    [[y.length - 1, y.length - 1]],
  );
  assertEquals(Deno.inspect(result[0][0]), expected);
  assertStringIncludes(String(makeJaxpr(np.convolve)(x, y)), "conv_general_dilated[");
});

Deno.test("To JIT or not: norm, eager and jitted", () => {
  const norm = (X: NDArray) => {
    X = X.sub(X.mean(0));
    return X.div(X.std(0));
  };
  const data = Float32Array.from(
    { length: 100_000 },
    (_, i) => Math.sin(i * 12.9898) * 43758.5453 % 1,
  );
  const X = np.array(data).reshape(10000, 10);
  const [eager, jitted] = [norm(X), jit(norm)(X).blockUntilReady()];
  assertEquals(np.allclose(eager, jitted, { atol: 1e-6 }).item(), true);
  assert(Math.abs(Number(jitted.mean())) < 1e-5);
  assert(Math.abs(Number(jitted.std()) - 1) < 1e-5);
});

Deno.test("To JIT or not: boolean masks", () => {
  const getNegatives = (x: NDArray) => x.at(x.lt(0)).get();
  const x = np.array([1, -2, 3, -4.5]);
  assertEquals(list(getNegatives(x)), [-2, -4.5]);
  const error = assertThrows(() => jit(getNegatives)(x), NonConcreteBooleanIndexError);
  assertStringIncludes(error.message, "Array boolean indices must be concrete; got bool[4]");
});

Deno.test("JIT mechanics: tracers print, once for each signature", () => {
  const f = jit((x: NDArray, y: NDArray) => {
    console.log("Running f():");
    console.log("  x =", x);
    console.log("  y =", y);
    const result = np.dot(x.add(1), y.add(1));
    console.log("  result =", result);
    return result;
  });
  const [x, y] = [np.ones([3, 4]), np.ones(4)];
  assertEquals(printed(() => f(x, y)), [
    "Running f():",
    "  x = Traced<ShapedArray(float32[3,4])>with<DynamicJaxprTrace(level=0/1)>",
    "  y = Traced<ShapedArray(float32[4])>with<DynamicJaxprTrace(level=0/1)>",
    "  result = Traced<ShapedArray(float32[3])>with<DynamicJaxprTrace(level=0/1)>",
  ]);
  assertEquals(printed(() => f(x.mul(2), y)), []);
  assertEquals(list(f(x, y)), [16, 16, 16]);
  assertEquals(printed(() => f(np.ones([2, 4]), y)).length, 4);
});

Deno.test("JIT mechanics: makeJaxpr", () => {
  const f = (x: NDArray, y: NDArray) => np.dot(x.add(1), y.add(1));
  const jaxpr = makeJaxpr(f)(np.ones([3, 4]), np.ones(4));
  assertEquals(
    String(jaxpr),
    `{ lambda ; a:f32[3,4] b:f32[4]. let
    c:f32[3,4] = add a 1.0:f32[]
    d:f32[4] = add b 1.0:f32[]
    e:f32[3] = dot_general[
      dimension_numbers=(([1], [0]), ([], []))
      preferred_element_type=float32
    ] c d
  in (e,) }`,
  );
  assertEquals(jaxpr.eqns.map((e) => e.primitive.name), ["add", "add", "dot_general"]);
  assertEquals(jaxpr.outAvals.map(String), ["float32[3]"]);
});

Deno.test("JIT mechanics: a traced value has no truth", () => {
  const f = (x: NDArray, neg: NDArray | boolean) => Number(neg) ? x.neg() : x;
  const error = assertThrows(() => jit(f)(1, true), ConcretizationTypeError);
  assertStringIncludes(
    error.message,
    "Abstract tracer value encountered where concrete value is expected: traced array with shape bool[]",
  );
  assertStringIncludes(error.message, "tracing the function f for jit");
  assertStringIncludes(error.message, "it depends on the value of the argument neg.");
  const g = jit(f, { staticArgnums: [1] });
  assertEquals(Deno.inspect(g(1, true)), "Array(-1, dtype=int32, weak_type=True)");
  assertEquals(g(1, false).item(), 1);
  assertEquals(g.cacheSize(), 2);
  assertInstanceOf(
    new TracerBoolConversionError("traced array with shape bool[]"),
    ConcretizationTypeError,
  );
});

Deno.test("JIT mechanics: every operator that can be caught is", () => {
  const misuses: [string, (x: NDArray) => unknown][] = [
    ["x > 0", (x) => x as unknown as number > 0],
    ["x + 1", (x) => x as unknown as number + 1],
    ["Number(x)", (x) => Number(x)],
    ["template", (x) => `${x}`],
    ["index", (x) => [1, 2, 3][x as unknown as number]],
    ["Math", (x) => Math.sqrt(x as unknown as number)],
    ["item", (x) => x.item()],
    ["tolist", (x) => x.tolist()],
  ];
  for (const [name, misuse] of misuses) {
    const error = assertThrows(
      () =>
        jit((x: NDArray) => {
          misuse(x);
          return x;
        })(1),
      ConcretizationTypeError,
    );
    assertStringIncludes(error.message, "depends on the value of the argument x", name);
  }
});

Deno.test("Statics: a traced value can't be a shape", () => {
  const error = assertThrows(
    () => jit((x: NDArray) => x.reshape(np.array(x.shape).prod()))(np.ones([2, 3])),
    TypeError,
    "Shapes must be 1D sequences of concrete values of integer type, got (",
  );
  assertStringIncludes(error.message, "operation a:i32[] = reduce_prod[axes=(0,)] b");
  assertThrows(
    () => jit((n: NDArray) => np.zeros(n))(1),
    TypeError,
    "depends on the value of the argument n",
  );
});

Deno.test("Statics: shapes are static, arrays of them are traced", () => {
  const lines = printed(() =>
    jit((x: NDArray) => {
      console.log("x =", x);
      console.log("x.shape =", x.shape);
      console.log("np.array(x.shape).prod() =", np.array(x.shape).prod());
      return x;
    })(np.ones([2, 3]))
  );
  assertEquals(lines[0], "x = Traced<ShapedArray(float32[2,3])>with<DynamicJaxprTrace(level=0/1)>");
  assertMatch(lines[1], /^x\.shape = \[ 2, 3 \]$/);
  assertEquals(
    lines[2],
    "np.array(x.shape).prod() = Traced<ShapedArray(int32[])>with<DynamicJaxprTrace(level=0/1)>",
  );
  const f = jit((x: NDArray) => x.reshape(x.shape.reduce((a, b) => a * b)));
  assertEquals(
    Deno.inspect(f(np.ones([2, 3]))),
    "Array([1., 1., 1., 1., 1., 1.], dtype=float32)",
  );
});
