import { assert, assertEquals } from "@std/assert";
import { schedule } from "../../../backends/kernel/schedule.ts";
import { Simplifier } from "../../../backends/kernel/simplify.ts";
import { product } from "../../../core/aval.ts";
import { float32 } from "../../../core/dtype.ts";
import {
  apply,
  type Axis,
  axis,
  type Buffer,
  type Expr,
  fold,
  load,
  scoped,
} from "../../../core/expr.ts";
import { jit, numpy as np } from "../../../mod.ts";
import { runKernel } from "./interpret.ts";

const SIZES = Array.from({ length: 20 }, (_, i) => i + 1);

/** Small integers, so that sums are exact in any order. */
function numbers(...shape: number[]): np.NDArray {
  const data = Float32Array.from({ length: product(shape) }, (_, i) => (i * 7) % 11 - 5);
  return np.array(data).reshape(shape);
}
function loops(n: number, m: number, at: (i: number, j: number) => number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => at(i, j)));
}
function sum(n: number, at: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k < n; k++) total += at(k);
  return total;
}

Deno.test("sums over columns are right for every size, remainders of tiles included", () => {
  const f = jit((x: np.NDArray) => [x.sum(0), x.max(0).add(x.sum(0)), x.sum(1)]);
  for (const n of SIZES) {
    for (const m of SIZES) {
      const x = numbers(n, m);
      const a = x.tolist() as number[][];
      const columns = Array.from({ length: m }, (_, j) => sum(n, (i) => a[i][j]));
      const rows = a.map((row) => row.reduce((x, y) => x + y));
      const most = columns.map((s, j) => s + Math.max(...a.map((row) => row[j])));
      assertEquals(f(x).map((r) => r.tolist()), [columns, most, rows], `${n}×${m}`);
    }
  }
});

Deno.test("matrix products are right for every size, remainders of tiles included", () => {
  const f = jit((x: np.NDArray, y: np.NDArray) => np.dot(x, y));
  for (const n of SIZES) {
    for (const m of SIZES) {
      const k = (n * m) % 5 + 1;
      const [x, y] = [numbers(n, k), numbers(k, m)];
      const [a, b] = [x, y].map((z) => z.tolist() as number[][]);
      const expected = loops(n, m, (i, j) => sum(k, (l) => a[i][l] * b[l][j]));
      assertEquals(f(x, y).tolist(), expected, `${n}×${k} by ${k}×${m}`);
    }
  }
});

Deno.test("batched and transposed products are right", () => {
  const f = jit((x: np.NDArray, y: np.NDArray) => [
    np.einsum("bik,bkj->bij", x, y),
    np.einsum("bik,bkj->ijb", x, y),
    np.einsum("bik,bik->bi", x, x),
    np.einsum("bik,cik->bc", x, x),
  ]);
  const [x, y] = [numbers(3, 5, 4), numbers(3, 4, 6)];
  const [a, b] = [x, y].map((z) => z.tolist() as number[][][]);
  const [plain, turned, rows, gram] = f(x, y).map((r) => r.tolist());
  assertEquals(
    plain,
    a.map((_, n) => loops(5, 6, (i, j) => sum(4, (k) => a[n][i][k] * b[n][k][j]))),
  );
  assertEquals(
    turned,
    loops(5, 6, () => 0).map((row, i) =>
      row.map((_, j) => a.map((_, n) => sum(4, (k) => a[n][i][k] * b[n][k][j])))
    ),
  );
  assertEquals(rows, loops(3, 5, (n, i) => sum(4, (k) => a[n][i][k] ** 2)));
  assertEquals(
    gram,
    loops(3, 3, (n, m) => sum(20, (q) => a[n][q >> 2][q & 3] * a[m][q >> 2][q & 3])),
  );
});

Deno.test("normalised columns are right for every size", () => {
  const norm = (x: np.NDArray) => x.sub(x.mean(0)).div(x.std(0).add(1));
  const f = jit(norm);
  for (const n of [1, 2, 7, 8, 9, 17]) {
    for (const m of SIZES) {
      const x = numbers(n, m);
      assert(np.allclose(f(x), norm(x), { atol: 1e-6 }).item() === true, `${n}×${m}`);
    }
  }
});

// -- kernels by hand --------------------------------------------------------------------------

function bufferOf(name: string, shape: readonly number[]): Buffer {
  return { name, shape, dtype: float32 };
}
/** Asserts that a scheduled kernel computes what the kernel does; gives its kernels. */
function scheduled(axes: readonly Axis[], index: readonly Expr[], shape: number[], value: Expr) {
  const simplifier = new Simplifier();
  const buffer = bufferOf("out", shape);
  const kernel = { axes, stores: [{ buffer, index, value: simplifier.simplify(value) }] };
  const run = (kernels: readonly typeof kernel[]) => {
    const data = Array.from({ length: 500 }, (_, i) => (i * 7) % 13 - 6);
    const memory = new Map([["x", data], ["y", data.toReversed()]]);
    for (const k of kernels) runKernel(k, memory);
    return memory.get("out")!;
  };
  const kernels = schedule(kernel, simplifier) as (typeof kernel)[];
  assertEquals(run(kernels), run([kernel]));
  return kernels;
}

Deno.test("`schedule()` makes one loop of those that run through memory as one", () => {
  scoped(() => {
    const [i, j, k] = [axis(9), axis(11), axis(13)];
    const x = load(bufferOf("x", [9, 11, 13]), [i, j, k]);
    const [whole] = scheduled([i, j, k], [i, j, k], [9, 11, 13], apply("neg", [x]));
    assertEquals(whole.axes.map((a) => a.size), [9 * 11 * 13]);
    const turned = load(bufferOf("x", [9, 13, 11]), [i, k, j]);
    const [kept] = scheduled([i, j, k], [i, j, k], [9, 11, 13], turned);
    assertEquals(kept.axes.length, 3);
    const column = load(bufferOf("y", [9]), [i]);
    const [pair] = scheduled([i, j, k], [i, j, k], [9, 11, 13], apply("add", [x, column]));
    assertEquals(pair.axes.map((a) => a.size), [9, 11 * 13]);
  });
});

Deno.test("`schedule()` keeps loops apart whose variables are computed with", () => {
  scoped(() => {
    const [i, j] = [axis(9), axis(31)];
    const value = apply("convert", [apply("sub", [i, j])], float32);
    const [kernel] = scheduled([i, j], [i, j], [9, 31], value);
    assertEquals(kernel.axes.length, 2);
  });
});

Deno.test("`schedule()` tiles folds that stride, with the rest in kernels of their own", () => {
  scoped(() => {
    for (const [n, m] of [[5, 30], [4, 17], [9, 33], [2, 1], [1, 40], [12, 12]]) {
      const [j, k] = [axis(m), axis(n)];
      const x = load(bufferOf("x", [n, m]), [k, j]);
      scheduled([j], [j], [m], fold("add", [k], x));
      const [i, l] = [axis(n), axis(3)];
      const product = apply("mul", [
        load(bufferOf("x", [n, 3]), [i, l]),
        load(bufferOf("y", [3, m]), [l, j]),
      ]);
      scheduled([i, j], [i, j], [n, m], fold("add", [l], product));
    }
  });
});
