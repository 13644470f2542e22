import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ConcretizationTypeError, jit, numpy as np } from "../../mod.ts";

const smallInts = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 30 });
const ints = (xs: readonly number[]) => np.array(new Int32Array(xs));
const distinct = (xs: readonly number[]) => [...new Set(xs)].sort((a, b) => a - b);

/** The list brought to a length. */
function toSize(xs: readonly number[], size: number, fill: number): number[] {
  return Array.from({ length: size }, (_, i) => i < xs.length ? xs[i] : fill);
}

Deno.test("np.unique gives values, first positions, inverse and counts", () => {
  fc.assert(fc.property(smallInts, (xs) => {
    const values = distinct(xs);
    const results = np.unique(ints(xs), true, true, true) as np.NDArray[];
    assertEquals(results.map((r) => r.tolist()), [
      values,
      values.map((v) => xs.indexOf(v)),
      xs.map((v) => values.indexOf(v)),
      values.map((v) => xs.filter((w) => w === v).length),
    ]);
  }));
});

Deno.test("np.unique with a size is the same cut or filled, jitted too", () => {
  const jitted = jit(
    (x: np.NDArray, size: number) =>
      np.unique(x, {
        size,
        fillValue: -99,
        returnIndex: true,
        returnInverse: true,
        returnCounts: true,
      }),
    { staticArgnums: 1 },
  );
  const some = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 6, maxLength: 6 });
  fc.assert(fc.property(some, fc.nat(8), (xs, size) => {
    const all = distinct(xs);
    const first = (v: number) => xs.indexOf(v);
    const [values, index, inverse, counts] = jitted(ints(xs), size);
    assertEquals(values.tolist(), toSize(all, size, -99));
    assertEquals(index.tolist(), toSize(all.map(first), size, first(all[0])));
    assertEquals(inverse.tolist(), xs.map((v) => all.indexOf(v)));
    const count = all.map((v) => xs.filter((w) => w === v).length);
    assertEquals(counts.tolist(), toSize(count, size, 0));
  }));
});

Deno.test("np.unique along an axis compares whole parts", () => {
  const rows = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(rows, (rows) => {
    const sorted = [...new Map(rows.map((row) => [row.join(), row])).values()]
      .sort(([a, b], [c, d]) => a - c || b - d);
    const x = np.array(rows as number[][]);
    const [values, inverse] = np.unique(x, { axis: 0, returnInverse: true });
    assertEquals(values.tolist(), sorted);
    const position = (row: number[]) => sorted.findIndex((r) => r.join() === row.join());
    assertEquals(inverse.tolist(), rows.map(position));
    assertEquals(np.unique(x.T, { axis: 1 }).tolist(), np.array(values.T).tolist());
  }));
});

Deno.test("np.unique counts NaNs as one value or as many", () => {
  const x = np.array([NaN, 1, NaN]);
  assertEquals(np.unique(x).tolist(), [1, NaN]);
  assertEquals(np.unique(x, { equalNan: false }).tolist(), [1, NaN, NaN]);
  assertEquals(np.uniqueValues(x).tolist(), [1, NaN, NaN]);
});

Deno.test("np.uniqueAll and its kin name their results", () => {
  const x = np.array([[3, 4], [1, 3]]);
  const { values, indices, inverseIndices, counts } = np.uniqueAll(x);
  assertEquals(values.tolist(), [1, 3, 4]);
  assertEquals(indices.tolist(), [2, 0, 1]);
  assertEquals(inverseIndices.tolist(), [[1, 2], [0, 1]]);
  assertEquals(counts.tolist(), [1, 2, 1]);
  assertEquals(np.uniqueCounts(x).counts.tolist(), [1, 2, 1]);
  assertEquals(np.uniqueInverse(x).inverseIndices.tolist(), [[1, 2], [0, 1]]);
});

const operations = {
  union1d: (x, y) => distinct([...x, ...y]),
  intersect1d: (x, y) => distinct(x.filter((v) => y.includes(v))),
  setdiff1d: (x, y) => distinct(x.filter((v) => !y.includes(v))),
  setxor1d: (x, y) => distinct([...x, ...y].filter((v) => x.includes(v) !== y.includes(v))),
} satisfies Record<string, (x: number[], y: number[]) => number[]>;

for (const [name, expected] of Object.entries(operations)) {
  const f = np[name as keyof typeof operations] as (
    x: np.NDArray,
    y: np.NDArray,
    options?: { size?: number; fillValue?: number },
  ) => np.NDArray;
  Deno.test(`np.${name} is the operation on sets`, () => {
    fc.assert(fc.property(smallInts, smallInts, fc.nat(12), (xs, ys, size) => {
      const [x, y] = [ints(xs), ints(ys)];
      assertEquals(f(x, y).tolist(), expected(xs, ys));
      assertEquals(f(x, y, { size, fillValue: 9 }).tolist(), toSize(expected(xs, ys), size, 9));
    }));
  });
  Deno.test(`np.${name} with a size can be jitted`, () => {
    const xs = [3, 1, 2, 2, 5];
    const ys = [2, 2, 7, 3];
    const jitted = jit((x: np.NDArray, y: np.NDArray) => f(x, y, { size: 3, fillValue: 9 }));
    assertEquals(jitted(ints(xs), ints(ys)).tolist(), toSize(expected(xs, ys), 3, 9));
  });
}

Deno.test("np.intersect1d gives first positions in either array", () => {
  fc.assert(fc.property(smallInts, smallInts, (xs, ys) => {
    const both = operations.intersect1d(xs, ys);
    const results = np.intersect1d(ints(xs), ints(ys), { returnIndices: true });
    const expected = [both, both.map((v) => xs.indexOf(v)), both.map((v) => ys.indexOf(v))];
    assertEquals(results.map((r) => r.tolist()), expected);
  }));
});

Deno.test("np.isin finds elements, whatever the method", () => {
  fc.assert(fc.property(smallInts, smallInts, fc.boolean(), (xs, ys, invert) => {
    const expected = xs.map((v) => ys.includes(v) !== invert);
    for (const method of ["auto", "compare_all", "binary_search"] as const) {
      assertEquals(np.isin(ints(xs), ints(ys), { invert, method }).tolist(), expected);
    }
  }));
});

Deno.test("np.isin of many elements looks them up", () => {
  const n = 3000;
  const found = np.isin(np.arange(n), np.arange(0, n, 3));
  assertEquals(found.tolist(), Array.from({ length: n }, (_, i) => i % 3 === 0));
});

Deno.test("sets of traced arrays need a size", () => {
  const x = np.arange(5);
  const error = assertThrows(
    () => jit((x: np.NDArray) => np.unique(x))(x),
    ConcretizationTypeError,
    "Abstract tracer value encountered where concrete value is expected: traced array with shape " +
      "int32[5]\nThe error arose for the first argument of np.unique(). To make np.unique() " +
      "compatible with JIT and other transforms, you can specify a concrete value for the size " +
      "argument, which will determine the output size.\nThe error occurred while tracing the " +
      "function",
  );
  assertEquals(error.name, "ConcretizationTypeError");
  for (const f of [np.union1d, np.intersect1d, np.setdiff1d, np.setxor1d]) {
    const call = jit((x: np.NDArray) => f(x, x) as np.NDArray);
    assertThrows(() => call(x), ConcretizationTypeError, "The error arose");
  }
});

Deno.test("np.unique refuses what JAX refuses", () => {
  const x = np.arange(5);
  assertThrows(() => np.unique(x, { axis: 3 }), RangeError, "axis 3 is out of bounds");
  assertThrows(() => np.unique(x, { size: 2.5 }), TypeError, "must be an integer");
  assertThrows(() => np.unique(x, { size: -1 }), TypeError, "nonnegative");
  assertThrows(
    () => np.unique(np.zeros(0), { size: 3 }),
    RangeError,
    "for zero-sized input with nonzero size argument, fillValue must be specified",
  );
  const traced = jit((n: np.NDArray) => np.unique(np.arange(3), { size: n as unknown as number }));
  assertThrows(() => traced(2), ConcretizationTypeError, "for the size argument of np.unique()");
  const method = "guess" as "auto";
  assertThrows(() => np.isin(x, x, { method }), RangeError, "method='guess' is not implemented");
});
