import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  ConcretizationTypeError,
  jit,
  makeJaxpr,
  NDArray,
  NonConcreteBooleanIndexError,
  numpy as np,
  TracerArrayConversionError,
  TracerIntegerConversionError,
} from "../../mod.ts";

type A = np.NDArray;
// deno-lint-ignore no-explicit-any -- what TypeScript would not let pass
type Loose = any;
// deno-lint-ignore no-explicit-any -- any error class
type ErrorClass = new (...args: any[]) => Error;

/** The error of a misuse of the arguments of a jitted `f(x, neg)`. */
function errorOf(misuse: (x: Loose, neg: Loose) => unknown, type: ErrorClass): Error {
  const f = jit(function f(x: A, neg: A) {
    misuse(x, neg);
    return x;
  });
  return assertThrows(() => f(np.ones([2, 3]), true), type);
}

const WHERE =
  "\nThe error occurred while tracing the function f for jit. This concrete value was " +
  "not available in JavaScript because it depends on the value of the argument neg.";
const LINK = "https://docs.jax.dev/en/latest/errors.html#jax.errors.";

Deno.test("operators and conversions that need the value throw `ConcretizationTypeError`", () => {
  const misuses: Record<string, (x: Loose, neg: Loose) => unknown> = {
    "neg > 0": (_x, neg) => neg > 0,
    "0 <= neg": (_x, neg) => 0 <= neg,
    "neg + 1": (_x, neg) => neg + 1,
    "neg - 1": (_x, neg) => neg - 1,
    "neg * neg": (_x, neg) => neg * neg,
    "-neg": (_x, neg) => -neg,
    "+neg": (_x, neg) => +neg,
    "~neg": (_x, neg) => ~neg,
    "neg ** 2": (_x, neg) => neg ** 2,
    "neg == 1": (_x, neg) => neg == 1,
    "Number(neg)": (_x, neg) => Number(neg),
    "parseFloat(neg)": (_x, neg) => parseFloat(neg),
    "Math.sin(neg)": (_x, neg) => Math.sin(neg),
    "String(neg)": (_x, neg) => String(neg),
    "template": (_x, neg) => `${neg}`,
    "[1, 2][neg]": (_x, neg) => [1, 2][neg],
    "x[neg]": (x, neg) => x[neg],
    "new Array(neg).fill": (_x, neg) => "abc".repeat(neg),
    "neg.item()": (_x, neg) => neg.item(),
    "neg.tolist()": (_x, neg) => neg.tolist(),
    "JSON": (_x, neg) => JSON.stringify({ neg }),
    "neg.device": (_x, neg) => neg.device,
    "isNaN(neg)": (_x, neg) => isNaN(neg),
    "Date": (_x, neg) => new Date(neg).getTime(),
  };
  for (const [name, misuse] of Object.entries(misuses)) {
    const { message } = errorOf(misuse, ConcretizationTypeError);
    assertStringIncludes(
      message,
      "Abstract tracer value encountered where concrete value is expected: traced array with " +
        "shape bool[]\nThe problem arose with ",
      name,
    );
    assertStringIncludes(message, WHERE, name);
    assert(message.endsWith(`\n\nSee ${LINK}ConcretizationTypeError`), name);
  }
});

Deno.test("errors name the remedy", () => {
  const remedies: [(x: Loose, neg: Loose) => unknown, string][] = [
    [(_x, neg) => neg > 0, "Use methods such as `x.add(y)`, `x.gt(0)` and `np.where(...)`"],
    [(_x, neg) => neg + 1, "make the argument static with `staticArgnums`"],
    [(_x, neg) => `${neg}`, 'Use `console.log("x =", x)` or `x.toString()` to see the tracer'],
    [(_x, neg) => neg.item(), "Return the value from the function, and read it there"],
  ];
  for (const [misuse, remedy] of remedies) {
    assertStringIncludes(errorOf(misuse, ConcretizationTypeError).message, remedy);
  }
});

Deno.test("host data of a tracer throws `TracerArrayConversionError`", () => {
  const { message } = errorOf((_x, neg) => neg.toTypedArray(), TracerArrayConversionError);
  assertStringIncludes(message, "traced array with shape bool[]");
  assertStringIncludes(message, WHERE);
  assertStringIncludes(message, `${LINK}TracerArrayConversionError`);
});

Deno.test("`await x.data()` is refused at the call", () => {
  errorOf((_x, neg) => neg.data(), ConcretizationTypeError);
});

Deno.test("a tracer as an axis or a count is refused", () => {
  const { message } = errorOf((_x, neg) => np.tri(3, { k: neg }), TracerIntegerConversionError);
  assertStringIncludes(message, "traced array with shape bool[]");
  assertStringIncludes(message, "depends on the value of the argument neg");
  assertStringIncludes(message, `${LINK}TracerIntegerConversionError`);
  const misuses: ((x: Loose, neg: Loose) => unknown)[] = [
    (x, neg) => np.sum(x, neg.astype("int32")),
    (x, neg) => np.concatenate([x, x], neg.astype("int32")),
    (x, neg) => np.take(x, 0, neg.astype("int32")),
    (x, neg) => np.roll(x, 1, neg.astype("int32")),
    (_x, neg) => np.arange(neg.astype("int32")),
    (_x, neg) => np.linspace(0, 1, neg.astype("int32")),
    (x, neg) => np.repeat(x, neg.astype("int32")),
  ];
  for (const misuse of misuses) {
    const error = errorOf(misuse, TypeError);
    assertStringIncludes(error.message, "traced array with shape int32[]");
    assertStringIncludes(error.message, "depends on the value of the argument neg");
  }
});

Deno.test("a tracer as a shape throws JAX's `TypeError`", () => {
  for (
    const misuse of [
      (_x: Loose, neg: Loose) => np.zeros(neg),
      (_x: Loose, neg: Loose) => np.zeros([2, neg]),
      (x: Loose, neg: Loose) => x.reshape(neg, 6),
      (x: Loose, neg: Loose) => np.broadcastTo(x, [neg, 2, 3]),
    ]
  ) {
    const { message } = errorOf(misuse, TypeError);
    assertStringIncludes(
      message,
      "Shapes must be 1D sequences of concrete values of integer type, got (",
    );
    assertStringIncludes(message, "depends on the value of the argument neg");
  }
});

Deno.test("a traced mask throws `NonConcreteBooleanIndexError`", () => {
  const { message } = errorOf((x) => x.at(x.gt(0)).get(), NonConcreteBooleanIndexError);
  assertStringIncludes(message, "Array boolean indices must be concrete; got bool[2,3]");
});

Deno.test("an error names all arguments that a value depends on, or its operations", () => {
  const f = jit(function f(x: A, { y, z }: { y: A; z: A[] }) {
    return Number(x.add(y).mul(z[1]));
  });
  const { message } = assertThrows(() => f(1, { y: 2, z: [3, 4] }), ConcretizationTypeError);
  assertStringIncludes(
    message,
    "it depends on the values of the arguments x, args[1]['y'] and args[1]['z'][1].",
  );
  const g = jit(function g() {
    return Number(np.ones(3).sum());
  });
  const none = assertThrows(() => g(), ConcretizationTypeError);
  assertStringIncludes(
    none.message,
    "tracing the function g for jit. This value became a tracer due to JAX operations on these " +
      "lines:\n\n  operation a:f32[3] = broadcast_in_dim",
  );
  const h = jit((...xs: A[]) => Number(xs[1]));
  assertStringIncludes(
    assertThrows(() => h(1, 2), ConcretizationTypeError).message,
    "tracing the function <lambda> for jit. This concrete value was not available in JavaScript " +
      "because it depends on the value of the argument xs[1].",
  );
});

Deno.test("what is known of a tracer can be read", () => {
  const seen: unknown[] = [];
  jit((x: A) => {
    seen.push(x.shape, x.ndim, x.size, x.dtype.name, x.weakType, x.itemsize, x.nbytes, x.length);
    seen.push(x instanceof NDArray, [...x].length, x.toString(), Deno.inspect({ x }));
    seen.push(x[5], typeof x, x !== undefined);
    return x;
  })(np.ones([2, 3]));
  const shown = "Traced<ShapedArray(float32[2,3])>with<DynamicJaxprTrace(level=0/1)>";
  assertEquals(seen, [
    ...[[2, 3], 2, 6, "float32", false, 4, 24, 2, true, 2, shown, `{\n  x: ${shown}\n}`],
    ...[undefined, "object", true],
  ]);
  let nested = "";
  jit((x: A) =>
    jit((y: A) => {
      nested = y.toString();
      return y;
    })(x)
  )(1);
  assertEquals(
    nested,
    "Traced<ShapedArray(int32[], weak_type=True)>with<DynamicJaxprTrace(level=1/2)>",
  );
});

Deno.test("a tracer can't be written to", () => {
  assertThrows(
    () =>
      jit((x: Loose) => {
        x[0] = 1;
        return x;
      })(np.ones(3)),
    TypeError,
    "JAX arrays are immutable",
  );
});

Deno.test("what no result needs is left out of the code, though not of the program", () => {
  const f = (x: A, y: A) => {
    np.sin(y);
    np.sort(y);
    return x.add(1);
  };
  const jaxpr = makeJaxpr(f)(1, np.ones(3));
  assertEquals(jaxpr.eqns.map((e) => e.primitive.name), ["sin", "jit", "add"]);
  const compiled = jit(f).lower(1, np.ones(3)).compile();
  assertEquals(compiled.costAnalysis().kernels, 1);
  assert(!compiled.asText().includes("sin"));
});

Deno.test("captured arrays are constants, each once; scalars are written into the program", () => {
  const table = np.arange(3);
  const jaxpr = makeJaxpr((x: A) => x.add(table).mul(table).add(np.float32(2.5)))(np.ones(3));
  assertEquals(jaxpr.consts.length, 1);
  assert(jaxpr.consts[0] === table || np.arrayEqual(jaxpr.consts[0], table).item() === true);
  assertStringIncludes(String(jaxpr), "2.5:f32[]");
  assertEquals(jaxpr.jaxpr.constvars.length, 1);
});

Deno.test("errors have JAX's names", () => {
  assertEquals(errorOf((_x, neg) => neg > 0, Error).name, "ConcretizationTypeError");
  assertInstanceOf(errorOf((_x, neg) => neg > 0, Error), TypeError);
  assertEquals(errorOf((x) => x.at(x.gt(0)).get(), Error).name, "NonConcreteBooleanIndexError");
});
