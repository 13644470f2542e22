import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  config,
  evalShape,
  jit,
  makeJaxpr,
  numpy as np,
  ShapeDtypeStruct,
  UnexpectedTracerError,
} from "../../mod.ts";
import { evalTrace } from "../../core/eval.ts";
import { currentTrace } from "../../core/trace.ts";

type A = np.NDArray;
const text = (x: unknown) => Deno.inspect(x);

/** A jitted function that counts how often it is traced. */
// deno-lint-ignore no-explicit-any -- any function
function counting<P extends any[], R>(f: (...args: P) => R, options = {}) {
  const counts = { traces: 0 };
  const traced = (...args: P): R => {
    counts.traces++;
    return f(...args);
  };
  return { counts, f: jit(traced, options) };
}

// -- when a function is traced ----------------------------------------------------------------

Deno.test("`jit()` traces once for each signature", () => {
  const { counts, f } = counting((x: A, y: A) => x.add(y));
  const calls: [unknown[], traces: number, why: string][] = [
    [[np.ones(3), np.ones(3)], 1, "the first call"],
    [[np.zeros(3), np.linspace(0, 1, 3)], 1, "other values"],
    [[np.ones(4), np.ones(4)], 2, "another shape"],
    [[np.ones(4), np.ones([1, 4])], 3, "another rank"],
    [[np.ones(3), np.ones(3, "int32")], 4, "another dtype"],
    [[np.ones(3), 1], 5, "a number"],
    [[np.ones(3), 2], 5, "another number of the same kind"],
    [[np.ones(3), np.int32(1)], 6, "a strong type"],
    [[np.ones(3), 1.5], 7, "a float"],
    [[np.ones(3), true], 8, "a boolean"],
    [[np.ones(3), new Float32Array([1, 2, 3])], 8, "a typed array is as an array"],
    [[new Float32Array([1, 2, 3]), np.ones(3)], 8, "here too"],
  ];
  for (const [args, traces, why] of calls) {
    f(...args as [A, A]);
    assertEquals(counts.traces, traces, why);
  }
  assertEquals(f.cacheSize(), 8);
});

Deno.test("`jit()` traces anew for another tree structure", () => {
  const { counts, f } = counting((t: { a: A; b?: A[] | null | undefined }) => t.a);
  f({ a: 1 });
  f({ a: 2 });
  assertEquals(counts.traces, 1);
  f({ a: 1, b: [] });
  f({ a: 1, b: null });
  f({ a: 1, b: undefined });
  f({ a: 1, b: [1] });
  f({ a: 1, b: [1, 2] });
  assertEquals(counts.traces, 6);
  f({ b: [3, 4], a: 1 });
  assertEquals(counts.traces, 6, "the order of keys does not matter");
});

Deno.test("`clearCache()` forgets, and x64 counts", () => {
  const { counts, f } = counting((x: A) => x.mul(2));
  f(np.ones(2));
  assertEquals(f.cacheSize(), 1);
  f.clearCache();
  assertEquals(f.cacheSize(), 0);
  f(np.ones(2));
  assertEquals(counts.traces, 2);
  config.enableX64 = true;
  try {
    f(np.ones(2, "float32"));
    assertEquals(counts.traces, 3);
    assertEquals(f(np.ones(2)).dtype.name, "float64");
  } finally {
    config.enableX64 = false;
  }
});

// -- static arguments -------------------------------------------------------------------------

Deno.test("`staticArgnums` compile for each value", () => {
  const { counts, f } = counting((x: A, n: number) => x.reshape(n, -1), { staticArgnums: 1 });
  assertEquals(f(np.arange(6), 2).shape, [2, 3]);
  assertEquals(f(np.arange(6), 3).shape, [3, 2]);
  f(np.arange(6), 2);
  assertEquals(counts.traces, 2);
  const last = counting((x: A, ...rest: [A, string]) => rest[1] === "neg" ? x.neg() : x, {
    staticArgnums: [2],
  });
  assertEquals(last.f(1, 2, "neg").item(), -1);
  assertEquals(last.f(1, 2, "pos").item(), 1);
});

Deno.test("static values are told apart by what they hold", () => {
  const { counts, f } = counting((x: A, _s: unknown) => x, { staticArgnums: 1 });
  const g = () => 1;
  const h = () => 1;
  const values = [0, -0, "0", 0n, null, undefined, false, [0], [[0]], { a: 0 }, { b: 0 }, g, h];
  for (const value of values) f(1, value);
  for (const value of values) f(1, value);
  f(1, [0]);
  f(1, { a: 0 });
  assertEquals(counts.traces, values.length);
});

Deno.test("a function may be static, and is called while tracing", () => {
  const apply = jit((f: (x: A) => A, x: A) => f(f(x)), { staticArgnums: 0 });
  assertEquals(apply(np.sin as (x: A) => A, 0).item(), 0);
  assertEquals(apply((x) => x.add(1), 0).item(), 2);
  assertEquals(apply((x) => x.add(10), 0).item(), 20);
});

Deno.test("`staticArgnames` names parameters, or keys of a trailing options object", () => {
  const byName = counting((x: A, axis: number) => x.sum(axis));
  const f = jit((x: A, axis: number) => x.sum(axis), { staticArgnames: "axis" });
  assertEquals(f(np.ones([2, 3]), 0).shape, [3]);
  assertEquals(f(np.ones([2, 3]), 1).shape, [2]);
  assertThrows(() => byName.f(np.ones([2, 3]), 0), TypeError);
  const options = counting(
    (x: A, { scale, axis }: { scale: A; axis: number }) => x.sum(axis).mul(scale),
    { staticArgnames: ["axis"] },
  );
  assertEquals(String(options.f(np.ones([2, 3]), { scale: 2, axis: 0 })), "[4. 4. 4.]");
  assertEquals(String(options.f(np.ones([2, 3]), { axis: 1, scale: 3 })), "[9. 9.]");
  assertEquals(String(options.f(np.ones([2, 3]), { axis: 0, scale: 5 })), "[10. 10. 10.]");
  assertEquals(options.counts.traces, 2, "the scale is traced");
});

Deno.test("static arguments that can't be compared by value are refused", () => {
  const f = jit((x: A, _n: unknown) => x, { staticArgnums: [1] });
  for (const bad of [np.ones(2), new Float32Array(1), new Map(), new Set(), [np.ones(1)]]) {
    const error = assertThrows(() => f(1, bad), TypeError);
    assertStringIncludes(
      error.message,
      "Non-hashable static arguments are not supported. An error occurred while trying to hash an " +
        "object of class",
    );
    assertStringIncludes(error.message, "the static argument _n");
  }
});

Deno.test("`staticArgnums` must be there", () => {
  for (const n of [1, 3, -2]) {
    assertThrows(
      () => jit((x: A) => x, { staticArgnums: n }),
      RangeError,
      `Jitted function has staticArgnums=(${n},), but only accepts 1 positional arguments.`,
    );
  }
  assertThrows(() => jit((x: A) => x, { staticArgnums: 0.5 }), TypeError);
  assertEquals(jit((_x: A, n: number) => n * 2, { staticArgnums: -1 })(1, 4).item(), 8);
  const last = jit((...xs: number[]) => xs[xs.length - 1] === 4 ? 8 : 0, { staticArgnums: -1 });
  assertEquals([last(1, 4).item(), last(4).item(), last(4, 5).item()], [8, 8, 0]);
  assertThrows(() => jit(3 as never), TypeError, "Expected a callable value, got number 3");
});

// -- arguments and results --------------------------------------------------------------------

Deno.test("trees go in and out", () => {
  const f = jit((t: { w: A[]; b: A }, x: A) => ({
    y: [x.mul(t.w[0]), { z: t.b }],
    none: null,
    nothing: undefined,
    empty: [],
  }));
  const result = f({ w: [2, 3], b: true }, [5].length);
  assertEquals(
    text(result.y),
    "[\n  Array(2, dtype=int32, weak_type=True),\n  { z: Array(True, dtype=bool) }\n]",
  );
  assertEquals(result.none, null);
  assertEquals(result.nothing, undefined);
  assert("nothing" in result);
  assertEquals(result.empty, []);
});

Deno.test("scalars among the results become arrays, weak where JavaScript's numbers are", () => {
  const results = jit(() => [1, 1.5, true, new Int8Array([1])])() as unknown as A[];
  assertEquals(results.map((x) => `${x.aval}`), ["~int32[]", "~float32[]", "bool[]", "int8[1]"]);
  assertEquals(jit(() => {})(), undefined);
  assertEquals(jit(() => null)(), null);
  assertEquals(`${jit((x: A) => x.add(1))(2).aval}`, "~int32[]");
});

Deno.test("arguments and results that are not arrays are named", () => {
  const f = jit((x: { a: A[] }) => x);
  const error = assertThrows(() => f({ a: [1, "one" as unknown as A] }), TypeError);
  assertStringIncludes(error.message, "Error interpreting argument to function");
  assertStringIncludes(
    error.message,
    "of type string (\"one\") and was passed to the function at path x['a'][1].",
  );
  assertStringIncludes(error.message, "staticArgnums or staticArgnames");
  assertThrows(
    () =>
      jit(function named(x: A) {
        return { k: [x, "text"] };
      })(1),
    TypeError,
    'function named traced for jit returned a value of type string ("text") at output component ' +
      "['k'][1], which is not a valid JAX type",
  );
  assertThrows(
    () => jit(() => "text")(),
    TypeError,
    'function <lambda> traced for jit returned a value of type string ("text"), which is not a ' +
      "valid JAX type",
  );
  assertThrows(() => jit(() => new Map())(), TypeError, "an object of class Map");
});

Deno.test("a function that returns a Promise is refused", async () => {
  const f = jit((x: A) => Promise.resolve(x.add(1)));
  assertThrows(() => f(1), TypeError, "returned a Promise: traced functions must be synchronous");
  const g = jit(async (x: A) => {
    await null;
    throw new Error(`of ${x.shape}, which nobody sees`);
  });
  assertThrows(() => g(1), TypeError, "traced for jit returned a Promise");
  await new Promise((resolve) => setTimeout(resolve, 5));
});

// -- nesting and closures ---------------------------------------------------------------------

Deno.test("jitted functions nest", () => {
  const inner = jit(function inner(x: A, y: A) {
    return { sum: x.add(y), product: x.mul(y) };
  });
  const outer = jit((x: A) => {
    const { sum, product } = inner(x, 2);
    return inner(sum, product).sum;
  });
  assertEquals(outer(np.arange(3)).tolist(), [2, 5, 8]);
  const program = String(makeJaxpr(outer)(np.arange(3)));
  assertStringIncludes(program, "name=inner");
  assertEquals(inner.cacheSize(), 2);
});

Deno.test("arrays from outside are captured; changing the variable is not seen", () => {
  let table = np.arange(3);
  const { counts, f } = counting((x: A) => x.add(table));
  assertEquals(f(1).tolist(), [1, 2, 3]);
  table = np.arange(3).mul(10);
  assertEquals(f(2).tolist(), [2, 3, 4], "as in JAX, the program has the array it was traced with");
  assertEquals(counts.traces, 1);
  assertEquals(f.lower(1).jaxpr.consts.length, 1);
});

Deno.test("an inner function may close over tracers of an outer one", () => {
  const { counts, f: inner } = (() => {
    const counts = { traces: 0 };
    let y: A;
    const f = jit((x: A) => {
      counts.traces++;
      return x.mul(y);
    });
    return { counts, f: (x: A, z: A) => (y = z, f(x)) };
  })();
  const outer = jit((x: A, y: A) => inner(x, y).add(inner(x.add(1), y)));
  assertEquals(outer(2, 10).item(), 50);
  assertEquals(counts.traces, 1);
  assertEquals(outer(np.arange(2), 10).tolist(), [10, 30]);
  assertEquals(outer(3, 10).item(), 70);
  assertEquals(inner(np.int32(3), np.int32(4)).item(), 12);
  const twice = jit((x: A) => jit((y: A) => jit(() => x.add(y))())(x.mul(2)));
  assertEquals(twice(5).item(), 15);
});

Deno.test("a tracer that leaks is refused afterwards", () => {
  const leaked: A[] = [];
  const f = jit(function f(x: A) {
    leaked.push(x.add(1));
    return x;
  });
  f(np.float32(1));
  const uses: (() => unknown)[] = [
    () => leaked[0].add(1),
    () => np.sin(leaked[0]),
    () => jit((y: A) => y.add(leaked[0]))(1),
    () => jit(() => leaked[0])(),
    () => f.call(null, leaked[0]),
    () => leaked[0].item(),
    () => leaked[0].tolist(),
    () => Number(leaked[0]),
    () => leaked[0].toTypedArray(),
    () => leaked[0].blockUntilReady(),
    () => np.stack([leaked[0], leaked[0]]),
  ];
  for (const use of uses) {
    const error = assertThrows(use, UnexpectedTracerError);
    assertStringIncludes(
      error.message,
      "Encountered an unexpected tracer. A function transformed by JAX had a side effect, allowing " +
        "for a reference to an intermediate value with type float32[] wrapped in a " +
        "DynamicJaxprTracer to escape the scope of the transformation.",
    );
    assertStringIncludes(
      error.message,
      "The function being traced when the value leaked was f traced for jit.",
    );
  }
  assertStringIncludes(text(leaked[0]), "Traced<ShapedArray(float32[])>");
});

Deno.test("an error inside leaves no trace behind", () => {
  let fails = true;
  const { counts, f } = counting((x: A) => {
    if (fails) throw new RangeError("from the user");
    return x.add(1);
  });
  for (let i = 0; i < 2; i++) {
    assertThrows(() => jit((x: A) => f(x))(1), RangeError, "from the user");
    assert(currentTrace() === evalTrace);
  }
  assertEquals(np.add(1, 1).item(), 2);
  assertEquals(f.cacheSize(), 0, "what failed is not remembered");
  fails = false;
  assertEquals(f(1).item(), 2);
  assertEquals(counts.traces, 3);
  assertThrows(() => jit((x: A) => np.dot(x, x.reshape(7)))(np.ones([2, 3])), TypeError);
  assert(currentTrace() === evalTrace);
});

// -- looking without running ------------------------------------------------------------------

Deno.test("`config.disableJit` runs the function itself", () => {
  const { counts, f } = counting((x: A) => (Number(x) > 0 ? x : x.neg()));
  config.disableJit = true;
  try {
    assertEquals(f(np.float32(-2)).item(), 2);
    assertEquals(f(np.float32(-3)).item(), 3);
  } finally {
    config.disableJit = false;
  }
  assertEquals(counts.traces, 2);
});

Deno.test("`evalShape()` computes nothing", () => {
  const f = (x: A, y: A) => ({ a: np.dot(x, y), b: [1.5, x.gt(0)] });
  const big = new ShapeDtypeStruct([1e6, 2e6], "float32");
  const shapes = evalShape(f, big, new ShapeDtypeStruct([2e6, 3], "float32"));
  assertEquals(
    text(shapes),
    "{\n  a: ShapeDtypeStruct(shape=(1000000, 3), dtype=float32),\n  b: [\n" +
      "    ShapeDtypeStruct(shape=(), dtype=float32, weak_type=True),\n" +
      "    ShapeDtypeStruct(shape=(1000000, 2000000), dtype=bool)\n  ]\n}",
  );
  assertEquals(
    String(evalShape((x: A) => x, 1)),
    "ShapeDtypeStruct(shape=(), dtype=int32, weak_type=True)",
  );
  assertThrows(() => evalShape(f, np.ones([2, 3]), np.ones([2, 3])), TypeError);
  assertEquals(
    String(jit((x: A) => x.T).evalShape(new ShapeDtypeStruct([2, 3], "int8"))),
    "ShapeDtypeStruct(shape=(3, 2), dtype=int8)",
  );
});

Deno.test("`makeJaxpr()` gives the program, and the shapes of the results if asked", () => {
  const [jaxpr, shapes] = makeJaxpr((x: A) => [x.add(1), { a: x }], { returnShape: true })(1.5);
  assertEquals(String(jaxpr), "{ lambda ; a:f32[]. let b:f32[] = add a 1.0:f32[] in (b, a) }");
  assertEquals(
    text(shapes),
    "[\n  ShapeDtypeStruct(shape=(), dtype=float32, weak_type=True),\n" +
      "  { a: ShapeDtypeStruct(shape=(), dtype=float32, weak_type=True) }\n]",
  );
  assertEquals(jaxpr.inAvals.map(String), ["~float32[]"]);
  assertEquals(jaxpr.outAvals.map(String), ["~float32[]", "~float32[]"]);
  const statics = makeJaxpr((x: A, n: number) => n > 1 ? x.neg() : x, { staticArgnums: 1 });
  assertEquals(statics(1, 2).eqns.length, 1);
  assertEquals(statics(1, 1).eqns.length, 0);
});

Deno.test("`lower()` and `compile()` show the program and its code, and run it", () => {
  const f = jit((x: A, options: { n: number }) => x.mul(options.n).sum(), { staticArgnames: "n" });
  const lowered = f.lower(new ShapeDtypeStruct([4], "float32"), { n: 3 });
  assertStringIncludes(lowered.asText(), "reduce_sum");
  assertEquals(lowered.jaxpr.eqns.at(-1)!.primitive.name, "reduce_sum");
  const compiled = lowered.compile();
  assertStringIncludes(compiled.asText(), "for (");
  assertEquals(compiled.costAnalysis().kernels, 1);
  assert(compiled.costAnalysis()["bytes accessed"] > 0);
  assertEquals(compiled(np.arange(4).astype("float32"), { n: 3 }).item(), 18);
  assertThrows(
    () => compiled(np.ones(5), { n: 3 }),
    TypeError,
    "Argument types differ from the types for which this computation was compiled. Perhaps you " +
      "are calling the compiled executable with a different enableX64 mode than when it was AOT " +
      "compiled? The mismatches are:\nArgument 'x' compiled with float32[4] and called with " +
      "float32[5]",
  );
  assertThrows(() => compiled(np.ones(4, "int32"), { n: 3 }), TypeError, "called with int32[4]");
  assertThrows(() => compiled(np.ones(4), { n: 4 }), TypeError, "Static arguments differ");
  assertThrows(
    () => compiled([np.ones(4)] as unknown as A, { n: 3 }),
    TypeError,
    "Function compiled with input pytree does not match the input pytree it was called with",
  );
});

Deno.test("a description of an array is none", () => {
  const shape = new ShapeDtypeStruct([2], "float32") as unknown as A;
  assertThrows(
    () => jit((x: A) => x)(shape),
    TypeError,
    "Argument 'x' is ShapeDtypeStruct(shape=(2,), dtype=float32), which describes an array",
  );
});

Deno.test("donation is accepted, and arrays stay valid", () => {
  const f = jit((x: A, y: A) => x.add(y), { donateArgnums: [0], keepUnused: true });
  const x = np.ones(3);
  assertEquals(f(x, 1).tolist(), [2, 2, 2]);
  assertEquals(x.tolist(), [1, 1, 1]);
  assertEquals(jit((x: A) => x, { donateArgnames: "x" })(1).item(), 1);
});

Deno.test("a jitted function keeps its name", () => {
  assertEquals(
    jit(function cube(x: A) {
      return x;
    }).name,
    "cube",
  );
});
