/** What a traced value can't be asked for, and what `jit` refuses. */
import { jit, numpy as np, slice } from "../../mod.ts";
import type { NDArray } from "../../core/trace.ts";
import { type Case, f32, type How, i32, program } from "./case.ts";

const x = f32([1, 0, 3]);
const n = i32(2);
const THROWS: How = { throws: true };

/** A function of one array under `jit`, named `f` on both sides. */
function traced(
  name: string,
  arg: Case["args"][number],
  f: (x: NDArray) => unknown,
  python: string,
  how: How = THROWS,
): Case {
  return program(name, [arg], jit(f), `@jit\ndef f(x):\n  return ${python}`, how);
}

const shapes: Case[] = [
  traced("np.zeros of a tracer", n, (x) => np.zeros(x as never), "jnp.zeros(x)"),
  traced("np.ones of a tracer in a list", n, (x) => np.ones([2, x] as never), "jnp.ones((2, x))"),
  traced("np.full of a tracer", n, (x) => np.full(x as never, 1), "jnp.full(x, 1)"),
  traced("reshape to a tracer", x, (x) => x.reshape(x.sum()), "x.reshape(x.sum())"),
  traced(
    "reshape to tracers",
    n,
    (x) => np.zeros(4).reshape([x, 2] as never),
    "jnp.zeros(4).reshape((x, 2))",
  ),
  traced(
    "np.broadcastTo a tracer",
    n,
    (x) => np.broadcastTo(1, [x] as never),
    "jnp.broadcast_to(1, (x,))",
  ),
  traced("np.arange of a tracer", n, (x) => np.arange(x as never), "jnp.arange(x)"),
  traced("np.arange to a tracer", n, (x) => np.arange(0, x as never), "jnp.arange(0, x)"),
  traced(
    "np.linspace with a traced number",
    n,
    (x) => np.linspace(0, 1, x as never),
    "jnp.linspace(0, 1, x)",
  ),
  traced("np.eye of a tracer", n, (x) => np.eye(x as never), "jnp.eye(x)"),
  traced(
    "np.tile by a tracer",
    n,
    (x) => np.tile(np.ones(2), x as never),
    "jnp.tile(jnp.ones(2), x)",
    { throws: "Shapes must be 1D sequences of concrete values of integer type, got" },
  ),
  traced("np.repeat by a tracer", n, (x) => np.repeat(np.ones(2), x), "jnp.repeat(jnp.ones(2), x)"),
  traced(
    "np.sum over a traced axis",
    n,
    (x) => np.sum(np.ones([2, 2]), x as never),
    "jnp.sum(jnp.ones((2, 2)), x)",
  ),
  traced(
    "np.split in traced parts",
    n,
    (x) => np.split(np.ones(4), x as never),
    "jnp.split(jnp.ones(4), x)",
  ),
  traced(
    "np.roll over a traced axis",
    n,
    (x) => np.roll(np.ones([2, 2]), 1, x as never),
    "jnp.roll(jnp.ones((2, 2)), 1, x)",
  ),
  traced(
    "a slice to a tracer",
    n,
    (x) => np.ones(4).at(slice(0, x as never)).get(),
    "jnp.ones(4)[0:x]",
  ),
];

const counts: Case[] = [
  traced("np.nonzero", x, (x) => np.nonzero(x), "jnp.nonzero(x)"),
  traced("np.where of one argument", x, (x) => np.where(x), "jnp.where(x)"),
  traced("np.argwhere", x, (x) => np.argwhere(x), "jnp.argwhere(x)"),
  traced("np.flatnonzero", x, (x) => np.flatnonzero(x), "jnp.flatnonzero(x)"),
  traced("np.unique", x, (x) => np.unique(x), "jnp.unique(x)"),
  traced("np.bincount", i32([1, 2]), (x) => np.bincount(x), "jnp.bincount(x)"),
  traced("a mask", x, (x) => x.at(x.gt(0)).get(), "x[x > 0]"),
  traced("np.union1d", x, (x) => np.union1d(x, x), "jnp.union1d(x, x)"),
  traced("np.delete", n, (x) => np.delete(np.ones(4), x), "jnp.delete(jnp.ones(4), x)"),
];

const values: Case[] = [
  traced("x.item()", n, (x) => x.item(), "x.item()"),
  traced("Number(x)", n, (x) => Number(x), "float(x)"),
  traced("x.tolist()", x, (x) => x.tolist(), "x.tolist()"),
  traced("x.toTypedArray()", x, (x) => x.toTypedArray(), "np.asarray(x)", {
    throws: "The host data of traced array with shape float32[3] was asked for",
  }),
  traced("Array from rank 0", n, (x) => [...x], "[*x]"),
  traced("its length", n, (x) => x.length, "len(x)"),
  program(
    "a tracer that leaked",
    [x],
    (x) => {
      let leaked = x;
      jit(function f(x: NDArray) {
        leaked = x.mul(2);
        return x;
      })(x);
      return leaked.add(1);
    },
    "def f(x):\n  leaked = []\n  @jit\n  def f(x):\n    leaked.append(x * 2)\n    return x\n" +
      "  f(x)\n  return leaked[0] + 1",
    THROWS,
  ),
];

const arguments_: Case[] = [
  program(
    "a string argument",
    [x],
    () =>
      jit(function f(x: string) {
        return x;
      })("a"),
    "def f(x):\n  @jit\n  def f(x):\n    return x\n  return f('a')",
    { throws: "as an abstract array. The problematic value is of type" },
  ),
  program(
    "a string result",
    [x],
    jit(function f(_x: NDArray) {
      return "a";
    }),
    "@jit\ndef f(x):\n  return 'a'",
    { throws: "which is not a valid JAX type" },
  ),
  program(
    "an array as a static argument",
    [x],
    jit((x: NDArray) => x, { staticArgnums: 0 }),
    "@partial(jit, static_argnums=0)\ndef f(x):\n  return x",
    { throws: "Non-hashable static arguments are not supported" },
  ),
  program(
    "a static argument that is not there",
    [x],
    (x) => jit((x: NDArray) => x, { staticArgnums: 3 })(x),
    "def f(x):\n  return jit(lambda x: x, static_argnums=3)(x)",
    { throws: "Jitted function has staticArgnums=(3,), but only accepts 1 positional arguments" },
  ),
];

export default [...shapes, ...counts, ...values, ...arguments_] satisfies Case[];
