import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { config, lax, makeJaxpr, numpy as np } from "../../mod.ts";

/** JAX's order of floats: -0 is 0, NaN comes last. */
function compare(a: number, b: number): number {
  if (a !== a || b !== b) return Number(a !== a) - Number(b !== b);
  return a < b ? -1 : a > b ? 1 : 0;
}
/** Every NaN is one value, -0 and 0 are two. */
function show(xs: Iterable<number>): string {
  return [...xs].map((x) => Object.is(x, -0) ? "-0" : String(x)).join();
}

const floats = fc.array(
  fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, 1, NaN, Infinity, -Infinity)),
  { minLength: 1, maxLength: 130 },
);
/** Rows of one shape, and the axis to sort along. */
const tables = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 70 }))
  .chain(([n, m]) =>
    fc.tuple(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: n * m, maxLength: n * m }),
      fc.constant([n, m] as const),
      fc.constantFrom(0, 1),
    )
  );

Deno.test("lax.sort of floats is a stable sort by value", () => {
  fc.assert(fc.property(floats, (xs) => {
    const sorted = lax.sort(np.array(new Float32Array(xs))).toTypedArray() as Float32Array;
    assertEquals(show(sorted), show(new Float32Array([...new Float32Array(xs)].sort(compare))));
  }));
});

Deno.test("lax.sort carries further operands along, stably", () => {
  fc.assert(fc.property(floats, (xs) => {
    const x = new Float32Array(xs);
    const [, order] = lax.sort([np.array(x), np.arange(x.length)]);
    const expected = [...x.keys()].sort((i, j) => compare(x[i], x[j]) || i - j);
    assertEquals([...order.toTypedArray() as Int32Array], expected);
  }));
});

Deno.test("lax.sort sorts each line along either axis", () => {
  fc.assert(fc.property(tables, ([xs, [n, m], dimension]) => {
    const sorted = lax.sort(np.array(new Int32Array(xs)).reshape(n, m), { dimension });
    const given = np.array(new Int32Array(xs)).reshape(n, m);
    const lines = (dimension === 0 ? given.T : given).tolist() as number[][];
    const result = dimension === 0 ? sorted.T : sorted;
    assertEquals(result.tolist(), lines.map((line) => line.sort((a, b) => a - b)));
  }));
});

Deno.test("lax.sort by several keys is lexicographic", () => {
  const keys = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), {
    minLength: 1,
    maxLength: 100,
  });
  fc.assert(fc.property(keys, (rows) => {
    const first = np.array(rows.map(([a]) => a));
    const second = np.array(rows.map(([, b]) => b));
    const [, , order] = lax.sort([first, second, np.arange(rows.length)], { numKeys: 2 });
    const expected = [...rows.keys()].sort((i, j) =>
      rows[i][0] - rows[j][0] || Number(rows[i][1]) - Number(rows[j][1]) || i - j
    );
    assertEquals(order.tolist(), expected);
  }));
});

Deno.test("lax.sort keeps 64 bits apart", () => {
  const x = new BigInt64Array([2n ** 40n, -1n, 2n ** 40n + 1n, -(2n ** 63n), 5n]);
  config.enableX64 = true;
  try {
    const sorted = lax.sort(np.array(x));
    assertEquals(sorted.tolist(), [-(2n ** 63n), -1n, 5n, 2n ** 40n, 2n ** 40n + 1n]);
  } finally {
    config.enableX64 = false;
  }
});

Deno.test("lax.topK gives the first k of a stable descending sort", () => {
  fc.assert(fc.property(floats, fc.nat(5), (xs, some) => {
    const x = new Float32Array(xs);
    const k = Math.min(some, x.length);
    const [values, indices] = lax.topK(np.array(x), k);
    const total = (a: number, b: number) =>
      compare(a, b) || Number(Object.is(b, -0)) - Number(Object.is(a, -0));
    const order = [...x.keys()].sort((i, j) => total(x[j], x[i]) || i - j).slice(0, k);
    assertEquals(indices.tolist(), order);
    assertEquals(show(values.toTypedArray() as Float32Array), show(order.map((i) => x[i])));
  }));
});

Deno.test("lax.topK works along any axis", () => {
  const x = np.array([[1, 5], [7, 2], [3, 9]]);
  const [values, indices] = lax.topK(x, 2, { axis: 0 });
  assertEquals(values.tolist(), [[7, 9], [3, 5]]);
  assertEquals(indices.tolist(), [[1, 2], [2, 0]]);
  assertEquals(indices.dtype, np.int32);
});

Deno.test("lax.sort refuses what JAX refuses", () => {
  const x = np.zeros(3);
  assertThrows(() => lax.sort([]), TypeError, "Sort requires at least one operand");
  assertThrows(() => lax.sort([x, x], { numKeys: 3 }), RangeError, "must be between 1 and");
  assertThrows(() => lax.sort(x, { dimension: 1 }), RangeError, "axis 1 is out of bounds");
  assertThrows(() => lax.topK(np.ones(2, "complex64"), 1), RangeError, "complex");
});

Deno.test("lax.sort prints as JAX does", () => {
  const jaxpr = makeJaxpr((x: np.NDArray) => lax.sort([x, x], { numKeys: 2 }))(np.ones(3));
  assertEquals(
    String(jaxpr),
    "{ lambda ; a:f32[3]. let\n" +
      "    b:f32[3] c:f32[3] = sort[dimension=0 is_stable=True num_keys=2] a a\n" +
      "  in (b, c) }",
  );
});

Deno.test("`lax.sortKeyVal()` and `lax.sort()` take options by position and by name", () => {
  const [keys, values] = [np.array([[2, 1], [1, 2]]), np.array([[0, 1], [2, 3]])];
  const byColumn = [[[1, 1], [2, 2]], [[2, 1], [0, 3]]];
  const sorted = (xs: readonly np.NDArray[]) => xs.map((x) => x.tolist());
  assertEquals(sorted(lax.sortKeyVal(keys, values, 0)), byColumn);
  assertEquals(sorted(lax.sortKeyVal(keys, values, { dimension: 0 })), byColumn);
  assertEquals(sorted(lax.sort([keys, values], 0, { isStable: true })), byColumn);
  assertThrows(
    () => lax.sort(keys, { axis: 0 } as object),
    TypeError,
    "sort() got an unexpected keyword argument 'axis'",
  );
});
