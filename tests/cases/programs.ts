/** Programs beside their Python: those of "How to think in JAX", and what is hard to print. */
import { jit, lax, numpy as np } from "../../mod.ts";
import type { NDArray } from "../../core/trace.ts";
import {
  type Case,
  f32,
  filled,
  i32,
  iota,
  mask,
  program,
  PythonFloat,
  quarters,
  rand,
} from "./case.ts";

const HOW = { jaxpr: true } as const;
const x = quarters([3, 4]);
const y = quarters([4], "float32", 1);
const n = iota([10], "int32");

/** The page. */
const page: Case[] = [
  program(
    "page: 2 sin(x) cos(x)",
    [],
    () => {
      const x = np.linspace(0, 10, 1000);
      return np.sin(x).mul(2).mul(np.cos(x));
    },
    "lambda: (lambda x: 2 * jnp.sin(x) * jnp.cos(x))(jnp.linspace(0, 10, 1000))",
    { ulp: 64, normwise: true },
  ),
  program("page: x.at[0].set(10)", [n], (x) => x.at(0).set(10), "lambda x: x.at[0].set(10)", HOW),
  program("page: np.add(1, 1.5)", [], () => np.add(1, 1.5), "lambda: jnp.add(1, 1.5)", HOW),
  program(
    "page: lax.add of unlike dtypes",
    [],
    () => lax.add(np.int32(1), np.float32(1)),
    "lambda: lax.add(jnp.int32(1), jnp.float32(1))",
    { throws: true },
  ),
  program(
    "page: lax.add(np.float32(1), 1)",
    [f32(1)],
    (x) => lax.add(x, 1),
    "lambda x: lax.add(x, 1.0)",
    HOW,
  ),
  program(
    "page: convolve",
    [i32([1, 2, 1])],
    (x) => np.convolve(x, np.ones(10)),
    "lambda x: jnp.convolve(x, jnp.ones(10))",
    HOW,
  ),
  program(
    "page: convGeneralDilated",
    [i32([1, 2, 1]), filled([10], 1, "float32")],
    (x, y) =>
      lax.convGeneralDilated(
        x.reshape(1, 1, 3).astype("float32"),
        y.reshape(1, 1, 10),
        [1],
        [[y.length - 1, y.length - 1]],
      )[0][0],
    "lambda x, y: lax.conv_general_dilated(x.reshape(1, 1, 3).astype(float), " +
      "y.reshape(1, 1, 10), window_strides=(1,), padding=[(len(y) - 1, len(y) - 1)])[0, 0]",
  ),
  program(
    "page: norm",
    [rand([100, 10])],
    (X) => {
      X = X.sub(X.mean(0));
      return X.div(X.std(0));
    },
    "def f(X):\n  X = X - X.mean(0)\n  return X / X.std(0)",
    { ulp: 64, normwise: true, jaxpr: true },
  ),
  program(
    "page: jit(norm)",
    [rand([100, 10])],
    jit(function norm(X: NDArray) {
      X = X.sub(X.mean(0));
      return X.div(X.std(0));
    }),
    "@jit\ndef norm(X):\n  X = X - X.mean(0)\n  return X / X.std(0)\nf = norm",
    { ulp: 64, normwise: true, jaxpr: true },
  ),
  program(
    "page: negatives",
    [rand([10])],
    (x) => x.at(x.lt(0)).get(),
    "lambda x: x[x < 0]",
  ),
  program(
    "page: jit of negatives",
    [rand([10])],
    jit(function getNegatives(x: NDArray) {
      return x.at(x.lt(0)).get();
    }),
    "@jit\ndef get_negatives(x):\n  return x[x < 0]\nf = get_negatives",
    { throws: true },
  ),
  program(
    "page: dot(x + 1, y + 1)",
    [rand([3, 4]), rand([4])],
    (x, y) => np.dot(x.add(1), y.add(1)),
    "lambda x, y: jnp.dot(x + 1, y + 1)",
    { ulp: 16, jaxpr: true },
  ),
  program(
    "page: jit of dot(x + 1, y + 1)",
    [rand([3, 4]), rand([4])],
    jit(function f(x: NDArray, y: NDArray) {
      return np.dot(x.add(1), y.add(1));
    }),
    "@jit\ndef f(x, y):\n  return jnp.dot(x + 1, y + 1)",
    { ulp: 16, jaxpr: true },
  ),
  program(
    "page: a static argument",
    [1],
    (x) => {
      const f = jit((x: NDArray, neg: boolean) => neg ? x.neg() : x, { staticArgnums: 1 });
      return [f(x, true), f(x, false)];
    },
    "def f(x):\n  g = jit(lambda x, neg: -x if neg else x, static_argnums=1)\n" +
      "  return g(x, True), g(x, False)",
  ),
  program(
    "page: reshape by a traced product",
    [filled([2, 3], 1, "float32")],
    jit(function f(x: NDArray) {
      return x.reshape(np.array([...x.shape]).prod());
    }),
    "@jit\ndef f(x):\n  return x.reshape(jnp.array(x.shape).prod())",
    { throws: "Shapes must be 1D sequences of concrete values of integer type" },
  ),
  program(
    "page: reshape by a static product",
    [filled([2, 3], 1, "float32")],
    (x) => x.reshape(x.shape.reduce((a: number, b: number) => a * b)),
    "lambda x: x.reshape((np.prod(x.shape),))",
    HOW,
  ),
];

/** What is hard to print. */
const structure: Case[] = [
  program("identity", [x], (x) => x, "lambda x: x", HOW),
  program("an argument twice", [x], (x) => [x, x], "lambda x: (x, x)", HOW),
  program("a constant result", [x], () => 1.5, "lambda x: 1.5", HOW),
  program("an unused argument", [x, y], (x) => x.neg(), "lambda x, y: -x", HOW),
  program(
    "an unused result",
    [x],
    (x) => (np.sin(x), x.neg()),
    "lambda x: (jnp.sin(x), -x)[1]",
    HOW,
  ),
  program(
    "of several results only one used",
    [y],
    (y) => lax.sort([y, y.neg()])[1],
    "lambda y: lax.sort((y, -y))[1]",
    HOW,
  ),
  program(
    "literals",
    [f32([1])],
    (x) => x.mul(NaN).add(Infinity).sub(-Infinity).mul(1e-5).add(0.1).mul(1e10).add(123456789),
    "lambda x: (((x * jnp.nan + jnp.inf - -jnp.inf) * 1e-5 + 0.1) * 1e10) + 123456789",
    HOW,
  ),
  program(
    "integer literals",
    [i32([1])],
    (x) => x.mul(-7).add(2147483647),
    "lambda x: x * -7 + 2147483647",
    HOW,
  ),
  program(
    "boolean literals",
    [mask([true])],
    (x) => x.or(true).and(false),
    "lambda x: (x | True) & False",
    HOW,
  ),
  program(
    "complex literals",
    [rand([2], "complex64")],
    (x) => x.mul({ re: 1, im: 2 }).add({ re: 0, im: -1 }),
    "lambda x: x * (1 + 2j) + complex(0, -1)",
    HOW,
  ),
  program(
    "a captured array",
    [x],
    (x) => x.add(np.array([1, 2, 3, 4])),
    "lambda x: x + jnp.array([1, 2, 3, 4])",
  ),
  program(
    "captured from outside",
    [x],
    ((c) => (x: NDArray) => x.add(c).mul(c))(f32([1, 2, 3, 4]).toArray()),
    "c = jnp.array([1., 2., 3., 4.])\ndef f(x):\n  return (x + c) * c",
    HOW,
  ),
  program(
    "a captured scalar",
    [x],
    ((c) => (x: NDArray) => x.add(c))(f32(2).toArray()),
    "c = np.float32(2)\ndef f(x):\n  return x + c",
    HOW, // a captured jax.Array of rank 0 would be a constant to JAX; ours is a literal too
  ),
  program(
    "jit in jit",
    [x],
    (x) =>
      jit(function g(x: NDArray) {
        return np.sin(x).add(1);
      })(x.mul(2)),
    "@jit\ndef g(x):\n  return jnp.sin(x) + 1\ndef f(x):\n  return g(x * 2)",
    HOW,
  ),
  program(
    "jit in jit in jit",
    [x],
    (x) => {
      const h = jit(function h(x: NDArray) {
        return x.mul(3);
      });
      const g = jit(function g(x: NDArray) {
        return h(x).add(1);
      });
      return g(x.sub(1));
    },
    "@jit\ndef h(x):\n  return x * 3\n@jit\ndef g(x):\n  return h(x) + 1\ndef f(x):\n  return g(x - 1)",
    HOW,
  ),
  program(
    "jit called twice",
    [x],
    (x) => {
      const g = jit(function g(x: NDArray) {
        return np.sin(x);
      });
      return g(g(x));
    },
    "@jit\ndef g(x):\n  return jnp.sin(x)\ndef f(x):\n  return g(g(x))",
    HOW,
  ),
  program(
    "jit called twice on unlike types",
    [x, y],
    (x, y) => {
      const g = jit(function g(x: NDArray) {
        return np.sin(x);
      });
      return [g(x), g(y), g(x.mul(2))];
    },
    "@jit\ndef g(x):\n  return jnp.sin(x)\ndef f(x, y):\n  return g(x), g(y), g(x * 2)",
    HOW,
  ),
  program(
    "jit of two arguments and results",
    [x, y],
    (x, y) =>
      jit(function g(a: NDArray, b: NDArray) {
        return [a.add(b), a.mul(2)];
      })(x, y),
    "@jit\ndef g(a, b):\n  return a + b, a * 2\ndef f(x, y):\n  return g(x, y)",
    HOW,
  ),
  program(
    "jit of a lambda",
    [x],
    (x) => jit((x: NDArray) => x.add(1))(x),
    "lambda x: jit(lambda x: x + 1)(x)",
    HOW,
  ),
  program(
    "jit that captures a tracer",
    [x, y],
    (x, y) =>
      jit(function g(a: NDArray) {
        return a.add(y);
      })(x),
    "def f(x, y):\n  @jit\n  def g(a):\n    return a + y\n  return g(x)",
    HOW,
  ),
  program(
    "thirty-odd equations",
    [x],
    (x) => {
      for (let i = 0; i < 16; i++) x = np.sin(x).mul(2);
      return x;
    },
    "def f(x):\n  for i in range(16):\n    x = jnp.sin(x) * 2\n  return x",
    { jaxpr: true, ulp: 4096 },
  ),
  program(
    "a long jit",
    [x],
    (x) =>
      jit(function long(x: NDArray) {
        for (let i = 0; i < 6; i++) x = np.cos(x).add(2);
        return x;
      })(x),
    "@jit\ndef long(x):\n  for i in range(6):\n    x = jnp.cos(x) + 2\n  return x\n" +
      "def f(x):\n  return long(x)",
    HOW,
  ),
  program(
    "wider than a line",
    [x, y, n],
    (x, y, n) => [x.add(y), x.mul(y), n.add(1), n.mul(n), x.sub(1), y.neg(), n.neg()],
    "lambda x, y, n: (x + y, x * y, n + 1, n * n, x - 1, -y, -n)",
    HOW,
  ),
  program(
    "clip twice",
    [x],
    (x) => np.clip(np.clip(x, 0, 1), 0.25, 0.5),
    "lambda x: jnp.clip(jnp.clip(x, 0, 1), 0.25, 0.5)",
    HOW,
  ),
  program(
    "where twice",
    [x],
    (x) => np.where(x.gt(1), np.where(x.lt(2), x, 1), 0),
    "lambda x: jnp.where(x > 1, jnp.where(x < 2, x, 1), 0)",
    HOW,
  ),
  program(
    "trees in and out",
    [x, y],
    (x, y) => ({ b: x.add(1), a: [y, null, y.mul(2)] }),
    "lambda x, y: {'b': x + 1, 'a': [y, None, y * 2]}",
    HOW,
  ),
  program("no arguments", [], () => np.ones(3).add(1), "lambda: jnp.ones(3) + 1", HOW),
  program("a weak argument", [2], (x) => np.asarray(x), "lambda x: jnp.asarray(x)"),
  program(
    "a division by a float",
    [x, new PythonFloat(2)],
    (x, c) => x.div(c),
    "lambda x, c: x / c",
    HOW,
  ),
];

export default [...page, ...structure] satisfies Case[];
