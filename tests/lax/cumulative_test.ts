import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { lax, makeJaxpr, numpy as np } from "../../mod.ts";

type Step = (a: number, x: number) => number;
function running(xs: readonly number[], step: Step, reverse: boolean): number[] {
  const order = reverse ? [...xs].reverse() : [...xs];
  const out: number[] = [];
  for (const x of order) out.push(out.length === 0 ? x : step(out[out.length - 1], x));
  return reverse ? out.reverse() : out;
}

const functions = {
  cumsum: (a, x) => (a + x) | 0,
  cumprod: Math.imul,
  cummax: Math.max,
  cummin: Math.min,
} satisfies Record<string, Step>;

for (const [name, step] of Object.entries(functions)) {
  const f = lax[name as keyof typeof functions];
  Deno.test(`lax.${name} runs along either axis in either direction`, () => {
    const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }))
      .chain(([n, m]) =>
        fc.tuple(
          fc.array(fc.integer(), { minLength: n * m, maxLength: n * m }),
          fc.constant([n, m] as const),
          fc.constantFrom(0, 1),
          fc.boolean(),
        )
      );
    fc.assert(fc.property(table, ([xs, shape, axis, reverse]) => {
      const x = np.array(new Int32Array(xs)).reshape(shape);
      const lines = (axis === 0 ? x.T : x).tolist() as number[][];
      const result = f(x, axis, reverse);
      assertEquals(
        (axis === 0 ? result.T : result).tolist(),
        lines.map((line) => running(line, step, reverse)),
      );
    }));
  });
}

Deno.test("lax.cumsum of narrow integers wraps around", () => {
  const x = np.array(new Uint8Array([200, 100, 1]));
  assertEquals(lax.cumsum(x).tolist(), [200, 44, 45]);
  assertEquals(lax.cumprod(np.array(new Int16Array([300, 300]))).tolist(), [300, 24464]);
});

Deno.test("lax.cumsum adds floats up in double precision", () => {
  const x = np.full([10_000], 0.1, "float32");
  const total = Number(lax.cumsum(x).at(-1).get());
  assertAlmostEquals(total, 10_000 * Math.fround(0.1), 1e-4);
});

Deno.test("lax.cumsum rounds half precision once an element", () => {
  const x = np.full([600], 1, "bfloat16");
  assertEquals(Number(lax.cumsum(x).at(-1).get()), 600);
});

Deno.test("NaN stays in all running results", () => {
  const x = np.array([1, NaN, 3]);
  for (const f of [lax.cumsum, lax.cumprod, lax.cummax, lax.cummin, lax.cumlogsumexp]) {
    assertEquals(f(x).tolist(), [1, NaN, NaN]);
    assertEquals(f(x, 0, true).tolist(), [NaN, NaN, 3]);
  }
});

Deno.test("lax.cumlogsumexp does not overflow", () => {
  const inf = Infinity;
  const y = lax.cumlogsumexp(np.array([-inf, -inf, 1000, 1000, inf])).tolist() as number[];
  assertEquals(y.slice(0, 3), [-inf, -inf, 1000]);
  assertAlmostEquals(y[3], 1000 + Math.log(2), 1e-4);
  assertEquals(y[4], inf);
});

Deno.test("lax.cumlogsumexp of complex numbers is the log of a running sum of exponentials", () => {
  const x = np.array([{ re: 1, im: 1 }, { re: 2, im: 4 }, { re: 0, im: -2 }]);
  const expected = np.cumsum(np.exp(x));
  const actual = np.exp(lax.cumlogsumexp(x));
  assertEquals(np.allclose(actual, expected, 1e-4).item(), true);
});

Deno.test("complex running extremes go by real part, then by imaginary part", () => {
  const c = (re: number, im: number) => ({ re, im });
  const x = np.array([c(1, 1), c(1, 2), c(0, 9), c(2, 0)]);
  assertEquals(lax.cummax(x).tolist(), [c(1, 1), c(1, 2), c(1, 2), c(2, 0)]);
  assertEquals(lax.cummin(x).tolist(), [c(1, 1), c(1, 1), c(0, 9), c(0, 9)]);
});

Deno.test("cumulative functions take size-0 arrays", () => {
  assertEquals(lax.cumsum(np.zeros([0])).shape, [0]);
  assertEquals(lax.cummax(np.zeros([3, 0]), 0).shape, [3, 0]);
});

Deno.test("cumulative functions refuse what JAX refuses", () => {
  const x = np.ones([2, 3]);
  assertThrows(() => lax.cumsum(x, -1), RangeError, "XLA operations do not allow negative axes");
  assertThrows(() => lax.cumsum(x, 2), RangeError, "axis 2 is out of bounds for array of shape");
  assertThrows(() => lax.cumsum(true), RangeError, "axis 0 is out of bounds for array of shape ()");
  const mask = np.array([true]);
  assertThrows(() => lax.cumsum(mask), TypeError, "Accepted dtypes are subtypes of number.");
  assertThrows(() => lax.cumlogsumexp(np.arange(3)), TypeError, "does not accept dtype int32");
});

Deno.test("lax.cumsum prints as JAX does", () => {
  const jaxpr = makeJaxpr((x: np.NDArray) => lax.cumsum(x, { axis: 1, reverse: true }))(
    np.ones([3, 4]),
  );
  assertEquals(
    String(jaxpr),
    "{ lambda ; a:f32[3,4]. let b:f32[3,4] = cumsum[axis=1 reverse=True] a in (b,) }",
  );
});
