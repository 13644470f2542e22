import { assert, assertEquals } from "@std/assert";
import { jit, lax, numpy as np } from "../../../mod.ts";

type Arrays = readonly np.NDArray[];
type Program = (...xs: np.NDArray[]) => unknown;

function compiled(f: Program, ...args: Arrays) {
  return jit(f).lower(...args).compile();
}
/** The number of kernels and routines that a program runs. */
function kernels(f: Program, ...args: Arrays): number {
  return compiled(f, ...args).costAnalysis().kernels;
}
/** How often a program's code has a text in it. */
function occurrences(text: string, f: Program, ...args: Arrays): number {
  return compiled(f, ...args).asText().split(text).length - 1;
}
/** Asserts that a program gives jitted what it gives eagerly, to a few digits. */
function assertSame(f: Program, ...args: Arrays): void {
  const [eager, jitted] = [f(...args), jit(f)(...args)].map((x) =>
    [x].flat().map((y) => np.asarray(y as np.NDArray))
  );
  eager.forEach((x, i) => {
    assertEquals(String(jitted[i].aval), String(x.aval));
    assert(np.allclose(jitted[i], x).item() === true, `jitted ${jitted[i]}, eager ${x}`);
  });
}
/** Asserts both: the number of kernels, and the results. */
function assertKernels(n: number, f: Program, ...args: Arrays): void {
  assertEquals(kernels(f, ...args), n);
  assertSame(f, ...args);
}

const x = np.arange(60).reshape(6, 10).div(7).sub(3);
const y = np.arange(70).reshape(10, 7).div(9).sub(4);
const v = np.linspace(-1, 1, 10);

// -- how many kernels -------------------------------------------------------------------------

Deno.test("elementwise operations are one kernel, with movement and padding between them", () => {
  assertKernels(1, (x) => {
    for (let i = 0; i < 10; i++) x = np.tanh(x.mul(2).add(1));
    return x;
  }, x);
  assertKernels(1, (x, v) => np.exp(x.T.reshape(6, 10)).add(v).sub(1).T, x, v);
  assertKernels(1, (x) => np.pad(x.mul(2), 1).add(1), x);
  assertKernels(1, (x, y) => np.concatenate([x.mul(2), y.T.sub(1)], 0), x, y);
  assertKernels(1, (x) => np.flip(x.add(1)).at(np.slice(1, 5)).get().mul(x[0]), x);
});

Deno.test("a reduction is one kernel with what comes before it and after it", () => {
  assertKernels(1, (x) => np.exp(x).sum(1).mul(2).add(1), x);
  assertKernels(1, (x) => x.mul(x).sum(), x);
  assertKernels(1, (x) => x.max(0).sub(x.min(0)), x);
  assertKernels(1, (x, y, b) => np.maximum(np.dot(x, y).add(b), 0), x, y, np.arange(7));
});

Deno.test("normalisation and softmax are a few kernels", () => {
  const norm: Program = (x) => x.sub(x.mean(0)).div(x.std(0));
  assert(kernels(norm, x) <= 3);
  assertSame(norm, x);
  const rows: Program = (x) =>
    x.sub(x.mean(1, { keepdims: true })).div(x.std(1, { keepdims: true }));
  assert(kernels(rows, x) <= 3);
  assertSame(rows, x);
  const softmax: Program = (x) => {
    const e = np.exp(x.sub(x.max(1, { keepdims: true })));
    return e.div(e.sum(1, { keepdims: true }));
  };
  assert(kernels(softmax, x) <= 4);
  assertSame(softmax, x);
});

Deno.test("a costly value that is read twice is computed once", () => {
  const twice: Program = (x) => {
    const e = np.exp(x);
    return e.mul(e.add(1)).add(np.sin(e));
  };
  assertEquals(occurrences("Math.exp(", twice, v), 1);
  assertKernels(1, twice, v);
  const both: Program = (v, x) => np.exp(v).add(x);
  assertEquals(kernels(both, v, x), 2, "ten exponentials, not sixty");
  assertSame(both, v, x);
  const cheap: Program = (v, x) => v.mul(2).add(x);
  assertEquals(kernels(cheap, v, x), 1);
});

Deno.test("equal subexpressions are one", () => {
  const f: Program = (x) => np.exp(x.mul(2)).add(1).mul(np.exp(x.mul(2)).sub(1));
  assertEquals(occurrences("Math.exp(", f, v), 1);
  assertSame(f, v);
  const g: Program = (x, y) => np.dot(np.dot(x, y), np.dot(x, y).T);
  assertEquals(kernels(g, x, y), 2);
  assertSame(g, x, y);
  const zeros: Program = (x) => [x.mul(0), x.mul(-0), x.mul(-0).add(0)];
  assertSame(zeros, v);
  const [plus, minus] = jit((x: np.NDArray) => [np.divide(1, x.mul(0)), np.divide(1, x.mul(-0))])(
    np.float32(1),
  );
  assertEquals([plus.item(), minus.item()], [Infinity, -Infinity]);
});

Deno.test("results over the same points share a loop", () => {
  assertKernels(1, (x) => [x.add(1), x.mul(2), np.exp(x)], x);
  assertKernels(1, (x) => [x.sum(0), x.max(0)], x);
  assertKernels(1, (x) => [x.sum(1), x.max(1), x[0].at(0).get().add(x.min(1))], x);
  assertEquals(occurrences("for (", (x) => [x.add(1), x.mul(2)], v), 1);
});

Deno.test("a reshape of what is stored copies nothing", () => {
  assertKernels(0, (x) => x.reshape(60), x);
  assertKernels(0, (x) => x.reshape(60).reshape(3, 20), x);
  assertKernels(1, (x) => x.add(1).reshape(60), x);
  assertKernels(1, (x) => np.sort(x, 0).reshape(60), x);
  assertKernels(1, (x) => {
    const y = x.add(1);
    return [y, y.reshape(60), y.reshape(1, 60, 1)];
  }, x);
  const text = compiled((x) => x.reshape(3, 20).add(1).reshape(60), x).asText();
  assert(!/[%/]/.test(text), "no divisions");
});

Deno.test("a routine ends fusion", () => {
  assertKernels(3, (v) => np.sort(np.exp(v)).add(1), v);
  assertKernels(1, (v) => np.sort(v), v);
});

// -- odd results ------------------------------------------------------------------------------

Deno.test("an input may be a result, and a result may be there twice", () => {
  assertKernels(0, (x) => x, x);
  assertKernels(1, (x) => [x, x.add(1), x], x);
  assertKernels(1, (x) => {
    const y = x.mul(2);
    return [y, y];
  }, x);
  assertSame((x, y) => [y, x, y.T, x.T.T], x, y);
});

Deno.test("literals may be results", () => {
  assertSame((x) => [1, 2.5, true, { re: 1, im: -2 }, x.add(1)].map((y) => np.asarray(y)), x);
  assertEquals(jit(() => [1, 2.5, true])().map(String), ["1", "2.5", "True"]);
});

Deno.test("arrays of no elements go through every kind of kernel", () => {
  const none = np.ones([0, 3]);
  assertSame((z) => np.exp(z).add(1).T, none);
  assertSame((z) => [z.sum(0), z.sum(1), z.sum(), z.prod(0)], none);
  assertSame((z) => np.dot(z.T, z), none);
  assertSame((z) => np.dot(z, z.T), none);
  assertSame(
    (z, x) => np.concatenate([z, np.ones([2, 3]), z]).add(x[0].at(np.slice(3)).get()),
    none,
    x,
  );
  assertSame((z) => np.pad(z, 1, { constantValues: 7 }), none);
  assertSame((z) => np.sort(z, 1).reshape(3, 0), none);
  assertSame((z) => np.cumsum(z, 0), none);
  assertSame((z) => z.at(np.slice(0, 0)).get().add(1), x);
});

Deno.test("arrays from outside are captured", () => {
  const table = np.arange(10).mul(3);
  assertKernels(1, (v) => v.add(table).mul(np.float32(2)), v);
  assertSame((v) => [table, v.add(table)], v);
  assertEquals(String(jit(() => table)()), String(table));
});

Deno.test("complex and 64-bit-free dtypes go through kernels", () => {
  const z = lax.complex(v, np.flip(v));
  assertSame((z) => [z.mul(z).add(1), np.abs(z), z.sum(), np.dot(z, np.conj(z))], z);
  assertSame((z) => [z.reshape(2, 5).T, np.real(z), np.concatenate([z, z])], z);
  const half = v.astype("bfloat16");
  assertSame((h) => [h.add(1), h.mul(h).sum(), h.astype("float16"), h.reshape(5, 2).T], half);
});

// -- growth -----------------------------------------------------------------------------------

Deno.test("a value that is used again and again does not make the program explode", () => {
  const f: Program = (x) => {
    for (let i = 0; i < 60; i++) x = x.add(x).mul(0.5);
    return x;
  };
  assertSame(f, v);
  const g: Program = (x) => {
    for (let i = 0; i < 40; i++) x = np.where(x.gt(0), x.sub(1), x.add(0.5));
    return x;
  };
  assertSame(g, v);
  const h: Program = (x) => {
    for (let i = 0; i < 12; i++) x = np.pad(x, 1).at(np.slice(1, -1)).get().add(np.roll(x, 1));
    return x;
  };
  assertSame(h, v);
});

Deno.test("a chain of 3,000 operations overflows nothing", () => {
  const f: Program = (x) => {
    for (let i = 0; i < 1000; i++) x = x.mul(0.5).add(1).sub(0.25);
    return x;
  };
  assertSame(f, v);
  assert(kernels(f, v) < 40);
  const integers: Program = (x) => {
    for (let i = 0; i < 1500; i++) x = np.maximum(x.sub(1), i % 3);
    return x;
  };
  assertSame(integers, np.arange(5));
});

Deno.test("a thousand arrays are joined and read", () => {
  const f: Program = (x) => {
    const parts = Array.from({ length: 1000 }, (_, i) => x.add(i));
    return [np.concatenate(parts), np.stack(parts).sum(0)];
  };
  assertSame(f, np.arange(3));
});

// -- rounding ---------------------------------------------------------------------------------

/** Asserts that a program gives jitted what it gives eagerly, to the last bit. */
function assertIdentical(f: (...xs: np.NDArray[]) => np.NDArray[], ...args: Arrays): void {
  const bits = (x: np.NDArray) => Array.from(new Uint32Array(x.toTypedArray().slice().buffer));
  assertEquals(jit(f)(...args).map(bits), f(...args).map(bits));
}
/** Float32 of all sizes. */
function randomFloats(n: number, seed: number): np.NDArray {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return np.array(
    Float32Array.from({ length: n }, () => (next() - 0.5) * 2 ** Math.floor(next() * 40 - 20)),
  );
}

Deno.test("excess precision reaches nothing that jumps, nor what relies on rounding", () => {
  const [x, y] = [randomFloats(2000, 1), randomFloats(2000, 2)];
  const big = np.float32(1.5 * 2 ** 23);
  assertIdentical((x) => [x.add(big).sub(big)], x);
  assertIdentical((x) => [x.add(big).neg().add(big), np.maximum(x.add(big), 0).sub(big)], x);
  assertIdentical(
    (x, y) => {
      // The rounding error of a sum: Knuth, TAOCP 2, 4.2.2.
      const s = x.add(y);
      const z = s.sub(x);
      return [s, x.sub(s.sub(z)).add(y.sub(z))];
    },
    x,
    y,
  );
  assertIdentical(
    (x, y) => [
      np.floor(x.mul(y)).astype("float32"),
      x.mul(y).astype("int32"),
      x.mul(y).lt(y.mul(x).add(0)).astype("int32"),
      np.sign(x.mul(y).sub(x.mul(y))),
      np.where(x.mul(y).eq(y.mul(x)), x, y),
    ],
    x,
    y,
  );
  const thirds = np.full(4, Math.fround(1 / 3));
  assertIdentical((x) => [np.floor(x.mul(3)), np.ceil(x.mul(3).mul(1))], thirds);
});

Deno.test("division by what a loop does not change is rounded as division", () => {
  const x = randomFloats(3000, 3);
  const odd = [0, -0, 1, NaN, Infinity, -Infinity, 3.4e38, 1.2e-38, 2 ** -149, 0.1];
  for (const s of [...odd, 3, 7, 10, 1 / 3, -49, 1e10, 16777215, 5e-7]) {
    const normal = (q: np.NDArray) =>
      np.where(np.logicalOr(np.abs(q).ge(2 ** -125), np.isnan(q)), q, 0);
    assertIdentical((x, s) => [normal(x.div(s))], x, np.float32(s));
    assertIdentical((x) => [normal(x.div(s))], x);
    assertIdentical(
      (x, s) => [normal(x.div(s)), np.divide(1, s), x.mul(np.divide(1, s))],
      x,
      np.float32(s),
    );
  }
  assertIdentical((x, s) => [x.div(s)], np.array(new Float32Array(odd)), np.float32(3));
});
