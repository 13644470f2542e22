/**
 * The bars of the reference backend: jitted against eager, both against loops written by hand.
 *
 * The loops by hand are what one writes: doubles in between, float32 in memory, fresh memory for the
 * result. Where rounding each operation to float32, as eager code does, costs more, that is shown too.
 */
import { jit, numpy as np } from "../mod.ts";
import { finish, race, report, table } from "./timing.ts";

type NDArray = np.NDArray;
const fround = Math.fround;
console.log(
  `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}, ${navigator.hardwareConcurrency} cores`,
);

/** Reproducible numbers in 0 … 1. */
function noise(n: number): Float32Array {
  const out = new Float32Array(n);
  for (let i = 0, s = 1; i < n; i++) {
    s = (Math.imul(s, 1664525) + 1013904223) | 0;
    out[i] = (s >>> 8) / 2 ** 24;
  }
  return out;
}

// -- norm, of the page ------------------------------------------------------------------------
{
  const [n, m] = [10000, 10];
  const data = noise(n * m);
  const X = np.array(data).reshape(n, m);
  const norm = (X: NDArray) => {
    X = X.sub(X.mean(0));
    return X.div(X.std(0));
  };
  const normJit = jit(norm);
  // As the function says: the columns are centred, and `std` centres them again.
  const byHand = () => {
    const column = (x: Float32Array, f: (v: number, j: number) => number) => {
      const sums = new Float64Array(m);
      for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) sums[j] += f(x[i * m + j], j);
      return Float32Array.from(sums, (s) => s / n);
    };
    const mean = new Float32Array(m), std = new Float32Array(m);
    const centred = new Float32Array(n * m), out = new Float32Array(n * m);
    mean.set(column(data, (v) => v));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) centred[i * m + j] = data[i * m + j] - mean[j];
    }
    mean.set(column(centred, (v) => v));
    std.set(column(centred, (v, j) => (v - mean[j]) ** 2).map(Math.sqrt));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) out[i * m + j] = centred[i * m + j] / std[j];
    }
    return out;
  };
  const times = race(
    { eager: () => norm(X), jit: () => normJit(X), "by hand": byHand },
    { rounds: 60, warmup: 40 },
  );
  table("norm of 10000×10: (X − mean(0)) / std(0)", times);
  report("norm: jit against eager", times.eager / times.jit, 3, ">", "×");
  report("norm: jit against loops by hand", times.jit / times["by hand"], 1.3, "<", "×");
}

// -- ten elementwise operations ---------------------------------------------------------------
{
  const size = 1_000_000;
  const data = noise(size).map((v) => 2 * v - 1);
  const x = np.array(data);
  const chain = (x: NDArray) =>
    x.mul(1.5).add(0.25).mul(x).sub(0.5).mul(0.75).add(x).mul(x).add(1).mul(0.5).sub(x);
  const [a, b, c, d] = [1.5, 0.25, 0.75, 0.5];
  const rounding = () => {
    const out = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      const v = data[i];
      let y = fround(fround(fround(v * a) + b) * v);
      y = fround(fround(fround(y - d) * c) + v);
      y = fround(fround(y * v) + 1);
      out[i] = fround(y * d) - v;
    }
    return out;
  };
  const byHand = () => {
    const out = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      const v = data[i];
      out[i] = ((((v * a + b) * v - d) * c + v) * v + 1) * d - v;
    }
    return out;
  };
  const chainJit = jit(chain);
  const times = race({
    eager: () => chain(x),
    jit: () => chainJit(x),
    "by hand": byHand,
    "by hand, each operation rounded": rounding,
  });
  table("ten elementwise operations on 1M: mul add sub", times);
  report("ten operations: jit against eager", times.eager / times.jit, 4, ">", "×");
  report("ten operations: jit against loops by hand", times.jit / times["by hand"], 1.3, "<", "×");

  const clipped = (x: NDArray) =>
    np.minimum(
      np.maximum(np.maximum(x.mul(1.1).add(0.3), 0.1).mul(0.7).sub(0.2), -0.5).mul(x).add(x).mul(
        0.5,
      ),
      0.25,
    );
  const f = [1.1, 0.3, 0.1, 0.7, 0.2];
  const clippedByHand = () => {
    const out = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      const v = data[i];
      const y = Math.max(Math.max(v * f[0] + f[1], f[2]) * f[3] - f[4], -0.5);
      out[i] = Math.min((y * v + v) * 0.5, 0.25);
    }
    return out;
  };
  const clippedJit = jit(clipped);
  const withMax = race({
    eager: () => clipped(x),
    jit: () => clippedJit(x),
    "by hand": clippedByHand,
  });
  table("ten elementwise operations on 1M, three of them max and min", withMax);
  report("with max: jit against loops by hand", withMax.jit / withMax["by hand"], 1.3, "<", "×");
}

// -- softmax ----------------------------------------------------------------------------------
{
  const n = 1024;
  const data = noise(n * n);
  const x = np.array(data).reshape(n, n);
  const softmax = (x: NDArray) => {
    const e = np.exp(x.sub(x.max(1, { keepdims: true })));
    return e.div(e.sum(1, { keepdims: true }));
  };
  const softmaxJit = jit(softmax);
  const byHand = () => {
    const out = new Float32Array(n * n);
    for (let i = 0; i < n; i++) {
      const row = i * n;
      let top = -Infinity;
      for (let j = 0; j < n; j++) top = Math.max(top, data[row + j]);
      let sum = 0;
      for (let j = 0; j < n; j++) sum += out[row + j] = Math.exp(data[row + j] - top);
      for (let j = 0; j < n; j++) out[row + j] /= sum;
    }
    return out;
  };
  const times = race({ eager: () => softmax(x), jit: () => softmaxJit(x), "by hand": byHand });
  table("softmax of 1024×1024", times);
  report("softmax: jit against loops by hand", times.jit / times["by hand"], 1.3, "<", "×");
}

// -- eager operations against their one loop --------------------------------------------------
{
  const size = 1_000_000;
  const [p, q] = [noise(size), noise(size).map((v) => v + 0.5)];
  const [x, y] = [np.array(p), np.array(q)];
  const matrix = x.reshape(1000, 1000);
  const map = (f: (out: Float32Array) => void) => () => {
    const out = new Float32Array(size);
    f(out);
    return out;
  };
  const cases: Record<string, [() => unknown, () => unknown]> = {
    "add": [
      () => np.add(x, y),
      map((o) => {
        for (let i = 0; i < size; i++) o[i] = p[i] + q[i];
      }),
    ],
    "multiply by a number": [
      () => np.multiply(x, 2.5),
      map((o) => {
        for (let i = 0; i < size; i++) o[i] = p[i] * 2.5;
      }),
    ],
    "exp": [
      () => np.exp(x),
      map((o) => {
        for (let i = 0; i < size; i++) o[i] = Math.exp(p[i]);
      }),
    ],
    "maximum": [
      () => np.maximum(x, y),
      map((o) => {
        for (let i = 0; i < size; i++) o[i] = Math.max(p[i], q[i]);
      }),
    ],
    "divide by a column": [
      () => np.divide(matrix, matrix.at(0).get()),
      map((o) => {
        for (let i = 0; i < 1000; i++) {
          for (let j = 0; j < 1000; j++) o[i * 1000 + j] = p[i * 1000 + j] / p[j];
        }
      }),
    ],
    "transpose": [
      () => np.transpose(matrix),
      map((o) => {
        for (let i = 0; i < 1000; i++) {
          for (let j = 0; j < 1000; j++) o[i * 1000 + j] = p[j * 1000 + i];
        }
      }),
    ],
    "sum of all": [() => np.sum(x), () => {
      let s = 0;
      for (let i = 0; i < size; i++) s += p[i];
      return s;
    }],
    "sum over axis 0": [() => np.sum(matrix, 0), () => {
      const s = new Float64Array(1000);
      for (let i = 0; i < 1000; i++) for (let j = 0; j < 1000; j++) s[j] += p[i * 1000 + j];
      return Float32Array.from(s);
    }],
    "sum over axis 1": [() => np.sum(matrix, 1), () => {
      const out = new Float32Array(1000);
      for (let i = 0; i < 1000; i++) {
        let s = 0;
        for (let j = 0; j < 1000; j++) s += p[i * 1000 + j];
        out[i] = s;
      }
      return out;
    }],
  };
  for (const [name, [eager, loop]] of Object.entries(cases)) {
    const times = race({ eager, "by hand": loop }, { rounds: 40, warmup: 15 });
    report(`eager ${name}, 1M: against its loop`, times.eager / times["by hand"], 1.5, "<", "×");
  }
}

// -- dispatch ---------------------------------------------------------------------------------
{
  const x = np.array([1, 2, 3, 4], { dtype: np.float32 });
  const y = np.array([5, 6, 7, 8], { dtype: np.float32 });
  const increment = jit((x: NDArray) => x.add(1));
  const times = race(
    {
      "jitted x + 1": () => increment(x),
      "eager np.add(x, y)": () => np.add(x, y),
      "eager x + 1": () => x.add(1),
    },
    { rounds: 40, warmup: 20, calls: 5000 },
  );
  console.log();
  report("dispatch of a jitted x + 1", times["jitted x + 1"] * 1000, 5, "<", "µs");
  report("dispatch of an eager np.add(x, y)", times["eager np.add(x, y)"] * 1000, 10, "<", "µs");
  report("dispatch of an eager x + 1", times["eager x + 1"] * 1000, 10, "<", "µs");
}
finish();
