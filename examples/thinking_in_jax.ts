/**
 * How to think in JAX, snippet by snippet: https://docs.jax.dev/en/latest/notebooks/thinking_in_jax.html
 *
 * Run it with `deno task demo`. What the page prints, this prints, with the names of JavaScript's
 * types in place of Python's.
 */
import * as Plot from "@observablehq/plot";
import { jit, lax, makeJaxpr, numpy as np, slice } from "../mod.ts";
import { saveFigure } from "./figure.ts";

type NDArray = np.NDArray;

function heading(text: string): void {
  console.log(`\n%c${text}`, "font-weight: bold");
}
/** Prints the error that a snippet ends in, as a console would. */
function fails(snippet: () => unknown): void {
  try {
    snippet();
  } catch (error) {
    const { name, message } = error as Error;
    console.log(`${name}: ${message}`);
    return;
  }
  throw new Error("this snippet was to fail");
}
/** Reproducible numbers from the normal distribution, in place of `np.random.randn`. */
function randn(seed: number, ...shape: number[]): NDArray {
  let s = seed;
  const uniform = () => ((s = (Math.imul(s, 1664525) + 1013904223) | 0) >>> 8) / 2 ** 24;
  const size = shape.reduce((a, b) => a * b, 1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return np.array(Float32Array.from({ length: size }, normal)).reshape(shape);
}

// ---------------------------------------------------------------------------------------------
heading("JAX vs. NumPy");
{
  const x = np.linspace(0, 10, 1000);
  const y = np.multiply(2, np.sin(x)).mul(np.cos(x));
  // Arrays go straight into a plotting library.
  saveFigure("thinking_in_jax", { marks: [Plot.line(x, { x, y })] });
  console.log(x.constructor.name);
}
{
  const x = np.arange(10);
  fails(() => {
    // @ts-expect-error: arrays are immutable, and the compiler knows
    x[0] = 10;
  });
  const y = x.at(0).set(10);
  console.log(String(x));
  console.log(String(y));
  console.log(x[0], x[-1], String(x.at(slice(null, null, -3)).get()), x.at([1, 2]).add(100));
}

// ---------------------------------------------------------------------------------------------
heading("NumPy, lax & XLA: JAX API layering");
console.log(np.add(1, 1.5)); // numpy promotes mixed types. (JavaScript's 1.0 is 1, hence 1.5.)
fails(() => lax.add(np.int32(1), np.float32(1))); // lax does not.
console.log(lax.add(np.float32(1), 1));
{
  const x = np.array([1, 2, 1]);
  const y = np.ones(10);
  console.log(np.convolve(x, y));
  const result = lax.convGeneralDilated(
    x.reshape(1, 1, 3).astype("float32"), // note: explicit promotion
    y.reshape(1, 1, 10),
    [1],
    [[y.length - 1, y.length - 1]], // as mode "full" in NumPy
  );
  console.log(result[0][0]);
}

// ---------------------------------------------------------------------------------------------
heading("To JIT or not to JIT");
function norm(X: NDArray): NDArray {
  X = X.sub(X.mean(0));
  return X.div(X.std(0));
}
const normCompiled = jit(norm);
{
  const X = randn(1701, 10000, 10);
  console.log(np.allclose(norm(X), normCompiled(X), { atol: 1e-6 }).item());
  const time = (f: () => NDArray) => {
    for (let i = 0; i < 20; i++) f().blockUntilReady();
    const start = performance.now();
    for (let i = 0; i < 100; i++) f().blockUntilReady();
    return `${((performance.now() - start) * 10).toFixed(0)} µs per loop`;
  };
  console.log("100 loops:", time(() => norm(X)));
  console.log("100 loops:", time(() => normCompiled(X)), "(compiled)");
}
{
  const getNegatives = (x: NDArray) => x.at(x.lt(0)).get();
  const x = randn(1, 10);
  console.log(getNegatives(x));
  fails(() => jit(getNegatives)(x));
}

// ---------------------------------------------------------------------------------------------
heading("JIT mechanics: tracing and static variables");
{
  const f = jit((x: NDArray, y: NDArray) => {
    console.log("Running f():");
    console.log("  x =", x);
    console.log("  y =", y);
    const result = np.dot(x.add(1), y.add(1));
    console.log("  result =", result);
    return result;
  });
  console.log(f(randn(2, 3, 4), randn(3, 4)));
  console.log(f(randn(4, 3, 4), randn(5, 4))); // Nothing is traced, so nothing else is printed.
}
{
  const f = (x: NDArray, y: NDArray) => np.dot(x.add(1), y.add(1));
  console.log(makeJaxpr(f)(randn(2, 3, 4), randn(3, 4)));
}
{
  // `neg ? … : …` alone can't be caught in JavaScript; asking a tracer for its value can.
  const f = (x: NDArray, neg: NDArray | boolean) => Number(neg) ? x.neg() : x;
  fails(() => jit(f)(1, true));
  const g = jit(f, { staticArgnums: [1] });
  console.log(g(1, true));
  console.log(g(1, false)); // Another static value, another program.
}

// ---------------------------------------------------------------------------------------------
heading("Static vs Traced Operations");
{
  const x = np.ones([2, 3]);
  fails(() => jit((x: NDArray) => x.reshape(np.array(x.shape).prod()))(x));
  jit((x: NDArray) => {
    console.log("x =", x);
    console.log("x.shape =", x.shape);
    console.log("np.array(x.shape).prod() =", np.array(x.shape).prod());
    return x;
  })(x);
  // What is to be static is computed with plain numbers.
  const f = jit((x: NDArray) => x.reshape(x.shape.reduce((a, b) => a * b)));
  console.log(f(x));
}
