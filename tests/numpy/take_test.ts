import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, makeJaxpr, type NDArray, numpy as np } from "../../mod.ts";

const x = np.arange(12, { dtype: "float32" }).reshape(3, 4);
const mod = (i: number, n: number) => ((i % n) + n) % n;
const indexLists = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 });
const runs = { numRuns: 40 };

Deno.test("np.take counts negative positions from the end, and has a mode for those outside", () => {
  fc.assert(
    fc.property(indexLists, (list) => {
      const indices = np.array(list);
      const rows = (place: (i: number) => number | null) =>
        [0, 1, 2].map((row) =>
          list.map((i) => place(i)).map((j) => j === null ? NaN : row * 4 + j)
        );
      const filled = rows((i) => i < -4 || i >= 4 ? null : mod(i, 4));
      assertEquals(np.take(x, indices, 1).tolist(), filled);
      assertEquals(jit((i: NDArray) => np.take(x, i, 1))(indices).tolist(), filled);
      assertEquals(
        np.take(x, indices, 1, { fillValue: -1 }).tolist(),
        filled.map((row) => row.map((v) => Number.isNaN(v) ? -1 : v)),
      );
      const clipped = rows((i) => Math.min(Math.max(i, 0), 3));
      assertEquals(np.take(x, indices, 1, { mode: "clip" }).tolist(), clipped);
      const wrapped = rows((i) => mod(i, 4));
      assertEquals(np.take(x, indices, { axis: 1, mode: "wrap" }).tolist(), wrapped);
    }),
    runs,
  );
});

Deno.test("np.take: axes of the indices replace the axis; without one the array is flat", () => {
  assertEquals(np.take(x, np.array([[0, 1], [2, 3]]), 1).shape, [3, 2, 2]);
  assertEquals(np.take(x, np.array([[5, 11]])).tolist(), [[5, 11]]);
  assertEquals(np.take(x, 1, 0).tolist(), [4, 5, 6, 7]);
  assertEquals(np.take(x, np.zeros([0], "int32"), 0).shape, [0, 4]);
  assertEquals(np.take(np.arange(300), np.array([-1]).astype("int8")).tolist(), [299]);
  assertEquals(np.take(np.arange(3), 7).item(), -2147483648);
});

Deno.test("np.take refuses what JAX refuses", () => {
  const fails = (f: () => unknown, text: string) => assertThrows(f, RangeError, text);
  fails(() => np.take(x, 0, 2), "axis 2 is out of bounds for array of dimension 2");
  fails(() => np.take(x, 0.5), "indices must have an integer type");
  fails(() => np.take(x, 0, { mode: "foo" as "clip" }), "Invalid mode 'foo' for np.take");
  fails(() => np.take(np.zeros(0), 0), "Cannot do a non-empty np.take() from an empty axis.");
  assertThrows(() => np.take(x, [0, 1] as never), TypeError, "take requires ndarray or scalar");
});

Deno.test("np.take is a named part with a gather in it, as JAX prints it", () => {
  const program = String(makeJaxpr((x: NDArray, i: NDArray) => np.take(x, i, 1))(x, np.array([0])));
  for (const line of ["name=_take", "name=_where", "mode=GatherScatterMode.FILL_OR_DROP"]) {
    assertEquals(program.includes(line), true, program);
  }
});

Deno.test("np.takeAlongAxis reads each row by its own positions", () => {
  const rows = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(rows, (rows) => {
      const expected = rows.map((row, i) => row.map((j) => i * 4 + j));
      const indices = np.array(rows);
      assertEquals(np.takeAlongAxis(x, indices, 1).tolist(), expected);
      assertEquals(np.takeAlongAxis(x, indices.sub(4)).tolist(), expected);
      assertEquals(
        np.takeAlongAxis(x.T, indices.T, 0).T.tolist(),
        expected,
      );
      assertEquals(jit((i: NDArray) => np.takeAlongAxis(x, i, 1))(indices).tolist(), expected);
    }),
    runs,
  );
});

Deno.test("np.takeAlongAxis broadcasts axes of length 1 of either", () => {
  assertEquals(np.takeAlongAxis(x, np.array([[1]]), 0).tolist(), [[4, 5, 6, 7]]);
  assertEquals(np.takeAlongAxis(x, np.array([[1], [0], [3]]), 1).tolist(), [[1], [4], [11]]);
  const one = np.arange(4).reshape(1, 4);
  assertEquals(np.takeAlongAxis(one, np.array([[1, 2], [3, 0]]), 1).tolist(), [[1, 2], [3, 0]]);
  assertEquals(np.takeAlongAxis(x, np.array([11, 0]), null).tolist(), [11, 0]);
  assertEquals(np.takeAlongAxis(x, np.array([[9]]), 0).tolist(), [[NaN, NaN, NaN, NaN]]);
  assertEquals(np.takeAlongAxis(x, np.array([[9]]), 0, { mode: "clip" }).tolist(), [[
    8,
    9,
    10,
    11,
  ]]);
  assertEquals(np.takeAlongAxis(x, np.array([[4]]), 0, { mode: "wrap" }).tolist(), [[4, 5, 6, 7]]);
  assertEquals(np.takeAlongAxis(np.zeros([2, 0]), np.zeros([2, 1], "int32"), 1).tolist(), [[0], [
    0,
  ]]);
});

Deno.test("np.takeAlongAxis refuses what JAX refuses", () => {
  assertThrows(
    () => np.takeAlongAxis(x, x, 0),
    TypeError,
    "takeAlongAxis indices must be of integer type, got float32",
  );
  assertThrows(
    () => np.takeAlongAxis(x, np.array([0]), 0),
    RangeError,
    "indices and arr must have the same number of dimensions; 1 vs. 2",
  );
  assertThrows(() => np.takeAlongAxis(x, np.array([[0]]), null), RangeError, "must be 1D");
});

// -- putting --------------------------------------------------------------------------------------

const copy = { inplace: false };

Deno.test("np.put puts at flat positions: clipped or wrapped outside", () => {
  const zeros = np.zeros([2, 2], "int32");
  const i = np.array([0, 3, 6]);
  assertEquals(np.put(zeros, np.array([0, 6]), np.array([5, 7]), copy).tolist(), [[5, 0], [0, 7]]);
  assertEquals(np.put(zeros, i, 9, "clip", copy).tolist(), [[9, 0], [0, 9]]);
  assertEquals(np.put(zeros, i, 9, { mode: "wrap", inplace: false }).tolist(), [[9, 0], [9, 9]]);
  assertEquals(np.put(zeros, np.array([1, 2]), np.array([1, 2, 3]), copy).tolist(), [[0, 1], [
    2,
    0,
  ]]);
  assertEquals(np.put(zeros, -1, 4, copy).tolist(), [[0, 0], [0, 4]]);
});

Deno.test("np.place puts values one after the other under a mask, also a traced one", () => {
  const v = np.arange(6);
  const f = (x: NDArray) => np.place(x, x.gt(1), np.array([70, 80]), copy);
  assertEquals(f(v).tolist(), [0, 1, 70, 80, 70, 80]);
  assertEquals(jit(f)(v).tolist(), [0, 1, 70, 80, 70, 80]);
  assertThrows(() => np.place(v, np.ones(3), 1, copy), RangeError, "must be the same size");
  assertThrows(() => np.place(v, v, np.zeros(0), copy), RangeError, "from an empty array");
});

Deno.test("np.putAlongAxis undoes np.takeAlongAxis", () => {
  const order = np.argsort(np.negative(x), 1);
  const sorted = np.takeAlongAxis(x, order, 1);
  assertEquals(np.putAlongAxis(np.zeros([3, 4]), order, sorted, 1, copy).tolist(), x.tolist());
  assertEquals(
    np.putAlongAxis(x, np.array([1, 2]), 0, null, copy).tolist(),
    x.ravel().at([1, 2]).set(0).reshape(3, 4).tolist(),
  );
  assertThrows(
    () => np.putAlongAxis(x, np.array([0]), 1, 0, copy),
    RangeError,
    "putAlongAxis arguments 'arr' and 'indices' must have same ndim. Got arr.ndim=2 and " +
      "indices.ndim=1.",
  );
  assertThrows(
    () => np.putAlongAxis(x, np.array([[0]]), np.ones([2, 2]), 0, copy),
    RangeError,
    "must be broadcastable to 'indices'",
  );
});

Deno.test("np.fillDiagonal fills with a value or with values, repeated", () => {
  const zeros = np.zeros([3, 4], "int32");
  assertEquals(np.fillDiagonal(zeros, 5, copy).tolist(), np.eye(3, 4).mul(5).tolist());
  const values = np.fillDiagonal(zeros, np.array([1, 2]), copy);
  assertEquals(np.diagonal(values).tolist(), [1, 2, 1]);
  assertEquals(np.fillDiagonal(np.zeros([2, 2, 2]), 1, copy).sum().item(), 2);
  assertThrows(() => np.fillDiagonal(np.zeros(3), 1, copy), RangeError, "at least 2-d");
  assertThrows(
    () => np.fillDiagonal(np.zeros([2, 2, 3]), 1, copy),
    RangeError,
    "All dimensions of input must be of equal length",
  );
});

Deno.test("what NumPy does in place has to be asked for as a copy", () => {
  const text = "cannot modify arrays in-place, because JAX arrays are immutable. Pass";
  assertThrows(() => np.put(x, 0, 1), RangeError, `np.put ${text}`);
  assertThrows(() => np.place(x, x, 1), RangeError, `np.place ${text}`);
  assertThrows(() => np.putAlongAxis(x, 0, 1, 0), RangeError, `np.putAlongAxis ${text}`);
  assertThrows(() => np.fillDiagonal(x, 1), RangeError, `np.fillDiagonal ${text}`);
});

// -- arrays of indices ------------------------------------------------------------------------------

Deno.test("np.trilIndices, triuIndices and diagIndices name the elements of triangles", () => {
  const bounds = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
  fc.assert(
    fc.property(bounds, fc.integer({ min: -4, max: 4 }), ([n, m], k) => {
      const ones = np.ones([n, m], "int32");
      const zeros = np.zeros([n, m], "int32");
      const marked = (index: NDArray[]) => zeros.at(...index).set(1).tolist();
      assertEquals(marked(np.trilIndices(n, k, m)), np.tril(ones, k).tolist());
      assertEquals(marked(np.triuIndices(n, { k, m })), np.triu(ones, k).tolist());
      assertEquals(marked(np.trilIndicesFrom(zeros, k)), np.tril(ones, k).tolist());
      assertEquals(marked(np.triuIndicesFrom(zeros, { k })), np.triu(ones, k).tolist());
      assertEquals(marked(np.diagIndices(Math.min(n, m))), np.eye(n, m).tolist());
    }),
    runs,
  );
  assertEquals(np.maskIndices(3, np.triu, 1).map(String), ["[0 0 1]", "[1 2 2]"]);
  assertEquals(np.diagIndicesFrom(np.zeros([2, 2, 2])).length, 3);
  assertThrows(() => np.diagIndicesFrom(np.zeros([2, 3])), RangeError, "equal length");
  assertThrows(() => np.diagIndices(-1), RangeError, "nonnegative, got -1");
  assertThrows(() => np.trilIndicesFrom(np.zeros(3)), RangeError, "Only 2-D inputs are accepted");
});

Deno.test("np.ix_ makes an open grid", () => {
  const [i, j] = np.ix_(np.array([0, 2]), np.array([1, 3, 3]));
  assertEquals([i.shape, j.shape], [[2, 1], [1, 3]]);
  assertEquals(x.at(i, j).get().tolist(), [[1, 3, 3], [9, 11, 11]]);
  assertThrows(() => np.ix_(x), RangeError, "must be 1-dimensional, got shape (3, 4)");
  assertThrows(() => np.ix_(x[0].gt(1)), TypeError, "not implemented");
});

Deno.test("np.unravelIndex undoes np.ravelMultiIndex", () => {
  const shape = [2, 3, 4];
  const flat = np.arange(24);
  const index = np.unravelIndex(flat, shape);
  assertEquals(np.ravelMultiIndex(index, shape).tolist(), flat.tolist());
  assertEquals(np.ravelMultiIndex(np.unravelIndex(-1, shape), shape).item(), 23);
  assertEquals(np.unravelIndex(np.array([50, -50]), [2, 3]).map(String), ["[1 0]", "[2 0]"]);
  assertEquals(np.ravelMultiIndex([1, 2], [2, 3], { order: "F" }).item(), 5);
  const far = [np.array([5, -1]), np.array([0, 1])];
  assertEquals(np.ravelMultiIndex(far, [2, 3], "clip").tolist(), [3, 1]);
  assertEquals(np.ravelMultiIndex(far, [2, 3], "wrap").tolist(), [3, 4]);
  assertThrows(() => np.ravelMultiIndex(far, [2, 3]), RangeError, "invalid entry in coordinates");
  assertThrows(
    () => jit((i: NDArray) => np.ravelMultiIndex([i, i], [2, 3]))(np.array([0])),
    TypeError,
    "because ravelMultiIndex was jit-compiled with mode='raise'. Use mode='wrap' or mode='clip'",
  );
  assertThrows(
    () => np.ravelMultiIndex([0, 0], [1000, 1000], { dtype: "int16" }),
    RangeError,
    "not large enough to hold flattened index",
  );
});
