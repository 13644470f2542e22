import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, makeJaxpr, type NDArray, numpy as np, Slice, slice } from "../../mod.ts";

// -- arrays and their elements by place ------------------------------------------------------------

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const flatten = (place: readonly number[], shape: readonly number[]) =>
  place.reduce((flat, i, axis) => flat * shape[axis] + i, 0);
function unflatten(flat: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = flat % shape[axis];
    flat = Math.floor(flat / shape[axis]);
  }
  return place;
}
/** An array whose elements count from 0. */
const counting = (...shape: number[]) => np.arange(size(shape)).reshape(shape);
const valuesOf = (x: NDArray) => Array.from(x.toTypedArray(), Number);

/** Asserts a shape, and that each element is what its place says. */
function assertElements(
  x: NDArray,
  shape: readonly number[],
  element: (place: number[]) => number,
): void {
  assertEquals([...x.shape], [...shape]);
  const expected = Array.from({ length: size(shape) }, (_, i) => element(unflatten(i, shape)));
  assertEquals(valuesOf(x), expected);
}
const mod = (i: number, n: number) => ((i % n) + n) % n;

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const axisOf = (shape: readonly number[]) =>
  fc.integer({ min: -shape.length, max: shape.length - 1 });
const shapesWithAxis = shapes.chain((shape) => fc.tuple(fc.constant(shape), axisOf(shape)));
const runs = { numRuns: 40 };

// -- shapes ---------------------------------------------------------------------------------------

Deno.test("np.reshape infers -1 and reads in either order", () => {
  const x = counting(4, 6);
  assertElements(np.reshape(x, [3, -1]), [3, 8], (p) => flatten(p, [3, 8]));
  assertElements(np.reshape(x, -1), [24], ([i]) => i);
  assertElements(np.reshape(x, [2, 12], { order: "F" }), [2, 12], ([i, j]) => {
    const [column, row] = unflatten(j * 2 + i, [6, 4]);
    return flatten([row, column], [4, 6]);
  });
  assertElements(np.ravel(x, "F"), [24], ([i]) => flatten([i % 4, Math.floor(i / 4)], [4, 6]));
  assertEquals(np.reshape(np.zeros([0, 3]), [5, -1]).shape, [5, 0]);
  assertEquals(np.reshape(7, []).shape, []);
  assertEquals(np.reshape(x, np.array([6, 4])).shape, [6, 4]);
});

Deno.test("np.reshape refuses shapes that don't fit, in JAX's words", () => {
  const x = counting(4, 5);
  const fails = (shape: Parameters<typeof np.reshape>[1], text: string) =>
    assertThrows(() => np.reshape(x, shape), TypeError, text);
  fails([7], "cannot reshape array of shape (4, 5) (size 20) into shape (7,) (size 7)");
  fails(
    [3, -1],
    "cannot reshape array of shape (4, 5) (size 20) into shape (3, -1) because the product of " +
      "specified axis sizes (3) does not evenly divide 20",
  );
  fails([-1, -1], "can only specify one unknown axis size with a `-1` value, got (-1, -1)");
  fails([2.5, 8], "Shapes must be 1D sequences of concrete values of integer type");
  assertThrows(
    () => jit((n: NDArray) => np.reshape(x, [n, 5]))(4),
    TypeError,
    "Shapes must be 1D sequences of concrete values of integer type",
  );
});

Deno.test("axes permute: transpose, swapaxes, moveaxis, rollaxis", () => {
  fc.assert(
    fc.property(shapesWithAxis, fc.nat(), ([shape, a], seed) => {
      const x = counting(...shape);
      const n = shape.length;
      const from = mod(a, n);
      const to = seed % n;
      const order = [...shape.keys()].filter((i) => i !== from);
      order.splice(to, 0, from);
      const permuted = (order: readonly number[]) => (place: number[]) => {
        const source: number[] = [];
        order.forEach((axis, i) => source[axis] = place[i]);
        return flatten(source, shape);
      };
      const check = (y: NDArray, order: number[]) =>
        assertElements(y, order.map((axis) => shape[axis]), permuted(order));
      check(np.moveaxis(x, a, to), order);
      check(np.transpose(x, order), order);
      check(np.permuteDims(x, order), order);
      check(np.rollaxis(x, a, to > from ? to + 1 : to), order);
      check(np.transpose(x), [...shape.keys()].reverse());
      const swapped = [...shape.keys()];
      [swapped[from], swapped[to]] = [to, from];
      check(np.swapaxes(x, a, to), swapped);
    }),
    runs,
  );
  assertEquals(np.moveaxis(np.ones([2, 3, 4]), [0, 1], [-1, -2]).shape, [4, 3, 2]);
  assertEquals(np.matrixTranspose(np.ones([5, 2, 3])).shape, [5, 3, 2]);
});

Deno.test("wrong axes are refused in JAX's words", () => {
  const x = counting(2, 3);
  const fails = (f: () => unknown, text: string) => assertThrows(f, RangeError, text);
  fails(() => np.swapaxes(x, 0, 2), "axis 2 is out of bounds for array of dimension 2");
  fails(() => np.moveaxis(x, [0, 1], 0), "Inconsistent number of elements: 2 vs 1");
  fails(() => np.rollaxis(x, 0, 5), "start=5 must satisfy -2<=start<=2");
  fails(() => np.matrixTranspose(np.arange(3)), "x must be at least two-dimensional");
  fails(() => np.flip(x, [0, 0]), "duplicate value in 'axis': (0, 0)");
  fails(() => np.concatenate([x, x], 2), "axis 2 is out of bounds for array of dimension 2");
  fails(
    () => np.squeeze(x, 0),
    "cannot select an axis to squeeze out which has size not equal to one, got shape=(2, 3) and " +
      "dimensions=(0,)",
  );
  assertThrows(() => np.transpose(x, [0, 0]), TypeError, "permutation isn't a permutation");
});

Deno.test("axes of length 1 come and go", () => {
  const x = counting(1, 3, 1);
  assertEquals(np.squeeze(x).shape, [3]);
  assertEquals(np.squeeze(x, -1).shape, [1, 3]);
  assertEquals(np.squeeze(x, { axis: [0, 2] }).shape, [3]);
  assertEquals(np.expandDims(np.arange(3), [0, -1]).shape, [1, 3, 1]);
  assertEquals([1, 2, 3].map((n) => [np.atleast1d, np.atleast2d, np.atleast3d][n - 1](5).ndim), [
    1,
    2,
    3,
  ]);
  assertEquals(np.atleast3d(np.ones([4])).shape, [1, 4, 1]);
  assertEquals(np.atleast3d(np.ones([4, 2])).shape, [4, 2, 1]);
  assertEquals(np.atleast2d(1, np.arange(3)).map((y) => y.shape.join()), ["1,1", "1,3"]);
});

// -- reversing and rolling --------------------------------------------------------------------------

Deno.test("np.flip and np.roll move each element along its axes", () => {
  fc.assert(
    fc.property(shapesWithAxis, fc.integer({ min: -9, max: 9 }), ([shape, a], by) => {
      const x = counting(...shape);
      const axis = mod(a, shape.length);
      const moved = (f: (i: number, n: number) => number) => (place: number[]) =>
        flatten(place.map((i, d) => d === axis ? f(i, shape[d]) : i), shape);
      assertElements(np.flip(x, a), shape, moved((i, n) => n - 1 - i));
      assertElements(np.roll(x, by, a), shape, moved((i, n) => mod(i - by, n)));
      const traced = jit((x: NDArray, by: NDArray) => np.roll(x, by, a))(x, by);
      assertElements(traced, shape, moved((i, n) => mod(i - by, n)));
      const n = size(shape);
      assertElements(np.roll(x, by), shape, (place) => mod(flatten(place, shape) - by, n));
      assertElements(np.flip(x), shape, (place) => n - 1 - flatten(place, shape));
    }),
    runs,
  );
});

Deno.test("np.roll takes a shift for each axis, and one axis twice", () => {
  const x = counting(3, 4);
  const both = ([i, j]: number[]) => flatten([mod(i - 1, 3), mod(j - 2, 4)], [3, 4]);
  assertElements(np.roll(x, [1, 2], [0, 1]), [3, 4], both);
  assertElements(np.roll(x, [1, 1, 1], [0, 1, 1]), [3, 4], both);
  assertElements(jit((by: NDArray) => np.roll(x, by, [0, 1]))(np.array([1, 2])), [3, 4], both);
});

Deno.test("np.rot90 turns by quarters", () => {
  const x = counting(2, 3);
  const turned = np.rot90(x);
  assertElements(turned, [3, 2], ([i, j]) => flatten([j, 2 - i], [2, 3]));
  assertEquals(np.rot90(x, 2).tolist(), np.rot90(turned).tolist());
  assertEquals(np.rot90(x, -1).tolist(), np.rot90(x, 3).tolist());
  assertEquals(np.rot90(x, 4).tolist(), x.tolist());
  assertEquals(np.rot90(x, { axes: [1, 0] }).tolist(), np.rot90(x, -1).tolist());
  assertThrows(() => np.rot90(np.arange(3)), RangeError, "ndim at least two");
  assertThrows(() => np.rot90(x, { axes: [1, -1] }), RangeError, "Axes must be different");
});

// -- joining and splitting --------------------------------------------------------------------------

Deno.test("np.concatenate undoes np.split, np.stack undoes np.unstack", () => {
  fc.assert(
    fc.property(shapesWithAxis, fc.nat(), ([shape, a], seed) => {
      const x = counting(...shape);
      const n = shape[mod(a, shape.length)];
      const cuts = [seed % (n + 1), seed % 3].map((c) => Math.min(c, n)).sort((i, j) => i - j);
      assertEquals(np.concatenate(np.split(x, cuts, a), a).tolist(), x.tolist());
      assertEquals(np.concatenate(np.split(x, n, a), { axis: a }).tolist(), x.tolist());
      assertEquals(np.stack(np.unstack(x, a), a).tolist(), x.tolist());
      const parts = np.arraySplit(x, 3, a).map((p) => p.shape[mod(a, shape.length)]);
      assertEquals(parts, [2, 1, 0].map((i) => Math.floor((n + i) / 3)));
    }),
    runs,
  );
});

Deno.test("an array counts as the list of its parts", () => {
  const x = counting(2, 3, 4);
  const parts = [...x];
  const list = [
    np.concatenate,
    np.vstack,
    np.hstack,
    np.dstack,
    np.columnStack,
    np.stack,
  ];
  for (const join of list) assertEquals(join(x).tolist(), join(parts).tolist(), join.name);
  assertEquals(np.concatenate(x, 1).tolist(), np.concatenate(parts, 1).tolist());
  assertEquals(np.stack(x, 2).tolist(), np.stack(parts, 2).tolist());
  const rows = counting(2, 3);
  for (const join of list) assertEquals(join(rows).tolist(), join([...rows]).tolist(), join.name);
});

Deno.test("joining promotes dtypes, or takes the one it is told", () => {
  assertEquals(np.concatenate([np.arange(2), np.ones(2)]).dtype, np.float32);
  assertEquals(np.concatenate([np.arange(2), np.ones(2)], { dtype: "int32" }).dtype, np.int32);
  assertEquals(np.stack([np.arange(2), np.ones(2)]).dtype, np.float32);
  assertEquals(np.hstack([1, np.array([true])]).dtype, np.int32);
  assertEquals(np.append(np.arange(2), 2.5).tolist(), [0, 1, 2.5]);
  assertEquals(np.concatenate([counting(2, 2), np.arange(1)], null).tolist(), [0, 1, 2, 3, 0]);
});

Deno.test("np.block joins the innermost lists along the last axis", () => {
  const [a, b] = [np.ones([2, 2]), np.zeros([2, 1])];
  assertEquals(np.block([[a, b], [b, a]]).tolist(), [
    [1, 1, 0],
    [1, 1, 0],
    [0, 1, 1],
    [0, 1, 1],
  ]);
  assertEquals(np.block([1, np.arange(2)]).tolist(), [1, 0, 1]);
  assertEquals(np.block(a).tolist(), a.tolist());
  assertThrows(() => np.block([[a, a], a]), RangeError, "Mismatched list depths");
  assertThrows(() => np.block([]), RangeError, "empty list");
});

Deno.test("what can't be joined or split says so", () => {
  const x = counting(2, 3);
  const fails = (f: () => unknown, text: string) => assertThrows(f, RangeError, text);
  fails(() => np.concatenate([]), "Need at least one array to concatenate.");
  fails(() => np.stack([]), "Need at least one array to stack.");
  fails(() => np.concatenate([1, 2]), "Zero-dimensional arrays cannot be concatenated.");
  fails(() => np.stack([x, np.arange(2).reshape(1, 2)]), "All input arrays must have the same");
  fails(() => np.split(x, 2, 1), "array split does not result in an equal division: rest is 1");
  fails(() => np.split(x, 0), "number sections must be larger than 0");
  assertThrows(
    () => np.concatenate([x, np.ones([3, 3])], 1),
    TypeError,
    "Cannot concatenate arrays with shapes that differ in dimensions other than the one being",
  );
  assertThrows(() => np.concatenate([[1, 2] as never]), TypeError, "Use np.array(...)");
});

// -- repeating ------------------------------------------------------------------------------------

Deno.test("np.tile and np.resize read around the end", () => {
  fc.assert(
    fc.property(shapes, shapes, (shape, reps) => {
      const x = counting(...shape);
      const rank = Math.max(shape.length, reps.length);
      const fill = (list: number[]) => [...Array<number>(rank - list.length).fill(1), ...list];
      const [inner, times] = [fill(shape), fill(reps)];
      const result = inner.map((n, i) => n * times[i]);
      assertElements(
        np.tile(x, reps),
        result,
        (place) => flatten(place.map((i, axis) => i % inner[axis]), inner),
      );
      assertElements(np.resize(x, reps), reps, (place) => flatten(place, reps) % size(shape));
    }),
    runs,
  );
  assertEquals(np.resize(np.zeros(0), 3).tolist(), [0, 0, 0]);
  assertThrows(() => np.resize(np.ones(2), [-1]), RangeError, "must be non-negative");
});

Deno.test("np.repeat repeats all alike, or each by its own number", () => {
  const counts = fc.array(fc.nat(3), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(counts, (times) => {
      const x = counting(2, times.length);
      const columns = times.flatMap((n, j) => Array<number>(n).fill(j));
      const expect = (y: NDArray) =>
        assertElements(y, [2, columns.length], ([i, j]) => i * times.length + columns[j]);
      expect(np.repeat(x, times, 1));
      expect(np.repeat(x, np.array(times), { axis: 1 }));
      const total = columns.length;
      const traced = jit((n: NDArray) => np.repeat(x, n, 1, { totalRepeatLength: total }));
      expect(traced(np.array(times)));
    }),
    runs,
  );
  assertEquals(np.repeat(counting(2, 2), 2).tolist(), [0, 0, 1, 1, 2, 2, 3, 3]);
  assertEquals(np.repeat(5, 3).tolist(), [5, 5, 5]);
  assertThrows(() => np.repeat(np.arange(3), [1, 2]), RangeError, "(2,) and requested shape (3,)");
  assertThrows(() => np.repeat(np.arange(3), -1), RangeError, "not negative");
  assertThrows(
    () => jit((n: NDArray) => np.repeat(np.arange(3), n))(2),
    TypeError,
    "the total number of repeats must be static",
  );
});

// -- parts out and in -----------------------------------------------------------------------------

Deno.test("np.delete leaves out, np.insert puts in, as splicing does", () => {
  const positions = fc.array(fc.integer({ min: -6, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(positions, (where) => {
      const x = np.arange(6);
      const list = [...Array(6).keys()];
      const gone = new Set(where.map((i) => mod(i, 6)));
      assertEquals(
        np.delete(x, np.array(where)).tolist(),
        list.filter((i) => !gone.has(i)),
      );
      const unique = [...gone];
      const traced = jit((i: NDArray) => np.delete(x, i, { assumeUniqueIndices: true }));
      assertEquals(traced(np.array(unique)).tolist(), list.filter((i) => !gone.has(i)));
      const at = where.map((i) => i < 0 ? i + 6 : i);
      const order = [...at.keys()].sort((i, j) => at[i] - at[j] || i - j);
      const expected: number[] = [...list];
      order.toReversed().forEach((k) => expected.splice(at[k], 0, 100 + k));
      const values = np.arange(100, 100 + where.length);
      assertEquals(np.insert(x, np.array(where), values).tolist(), expected);
      assertEquals(
        jit((i: NDArray) => np.insert(x, i, values))(np.array(where)).tolist(),
        expected,
      );
    }),
    runs,
  );
});

Deno.test("np.delete and np.insert along an axis, by numbers, slices and masks", () => {
  const x = counting(2, 3);
  assertEquals(np.delete(x, 1, 1).tolist(), [[0, 2], [3, 5]]);
  assertEquals(np.delete(x, -1, 0).tolist(), [[0, 1, 2]]);
  assertEquals(np.delete(np.arange(6), slice(null, null, 2)).tolist(), [1, 3, 5]);
  assertEquals(np.delete(np.arange(3), [true, false, true]).tolist(), [1]);
  assertEquals(np.insert(x, 1, 9, 1).tolist(), [[0, 9, 1, 2], [3, 9, 4, 5]]);
  assertEquals(np.insert(x, 2, np.array([7, 8, 9]), 0).tolist(), [[0, 1, 2], [3, 4, 5], [7, 8, 9]]);
  assertEquals(np.insert(np.arange(3), new Slice(0, 2, null), 9).tolist(), [9, 0, 9, 1, 2]);
  assertThrows(() => np.delete(x, 5, 1), RangeError, "out of bounds");
  assertThrows(() => np.delete(np.arange(3), [1, 7]), RangeError, "index 7 is out of bounds");
  assertThrows(() => np.insert(x, 1.5, 9), RangeError, "index array must be integer typed");
});

Deno.test("np.trimZeros trims at either end and along some axes", () => {
  const x = np.array([0, 0, 1, 0, 2, 0]);
  assertEquals(np.trimZeros(x).tolist(), [1, 0, 2]);
  assertEquals(np.trimZeros(x, "f").tolist(), [1, 0, 2, 0]);
  assertEquals(np.trimZeros(x, { trim: "b" }).tolist(), [0, 0, 1, 0, 2]);
  assertEquals(np.trimZeros(np.zeros(4)).shape, [0]);
  const m = np.zeros([4, 4]).at(1, 2).set(1);
  assertEquals(np.trimZeros(m).tolist(), [[1]]);
  assertEquals(np.trimZeros(m, "fb", 0).shape, [1, 4]);
  assertThrows(
    () => jit((x: NDArray) => np.trimZeros(x))(x),
    TypeError,
    "Error arose in the `filt` argument of trimZeros()",
  );
});

// -- padding --------------------------------------------------------------------------------------

/** Which element of an axis of length `n` a mode puts at position `i`, which may be outside. */
const sources = {
  edge: (i: number, n: number) => Math.min(Math.max(i, 0), n - 1),
  wrap: (i: number, n: number) => mod(i, n),
  symmetric: (i: number, n: number) => {
    const k = mod(i, 2 * n);
    return k < n ? k : 2 * n - 1 - k;
  },
  reflect: (i: number, n: number) => {
    if (n === 1) return 0;
    const k = mod(i, 2 * n - 2);
    return k < n ? k : 2 * n - 2 - k;
  },
};
const widths = fc.tuple(fc.nat(9), fc.nat(9));

Deno.test("np.pad by edge, wrap, symmetric and reflect reads other elements", () => {
  const paddings = shapes.filter((s) => s.length < 3)
    .chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(() => widths))));
  fc.assert(
    fc.property(paddings, ([shape, pads]) => {
      const x = counting(...shape);
      const padded = shape.map((n, axis) => n + pads[axis][0] + pads[axis][1]);
      for (const [mode, source] of Object.entries(sources)) {
        assertElements(
          np.pad(x, pads, mode as keyof typeof sources),
          padded,
          (place) => flatten(place.map((i, axis) => source(i - pads[axis][0], shape[axis])), shape),
        );
      }
    }),
    runs,
  );
});

Deno.test("np.pad with constants: one, a pair, a pair for each axis", () => {
  assertEquals(np.pad(np.array([1, 2]), [1, 2]).tolist(), [0, 1, 2, 0, 0]);
  assertEquals(
    np.pad(np.array([1, 2]), 1, { constantValues: [7, 8] }).tolist(),
    [7, 1, 2, 8],
  );
  const x = np.pad(np.array([[5]]), 1, "constant", { constantValues: [[1, 2], [3, 4]] });
  assertEquals(x.tolist(), [[3, 1, 4], [3, 5, 4], [3, 2, 4]]);
  assertEquals(np.pad(np.array([1]), 1, { constantValues: 2.5 }).dtype, np.int32);
  assertEquals(np.pad(np.array([1.5]), 1, { constantValues: 2.5 }).tolist(), [2.5, 1.5, 2.5]);
  assertEquals(np.pad(7, 1).item(), 7);
});

Deno.test("np.pad by statistics, ramps and odd reflections", () => {
  const x = np.array([1, 2, 6]);
  assertEquals(np.pad(x, 1, "maximum").tolist(), [6, 1, 2, 6, 6]);
  assertEquals(np.pad(x, 1, "minimum").tolist(), [1, 1, 2, 6, 1]);
  assertEquals(np.pad(x, 1, "mean").tolist(), [3, 1, 2, 6, 3]);
  assertEquals(np.pad(x, 1, "median").tolist(), [2, 1, 2, 6, 2]);
  // 1.5 and 4, rounded half to even as the array is of integers
  assertEquals(np.pad(x, 1, "mean", { statLength: 2 }).tolist(), [2, 1, 2, 6, 4]);
  assertEquals(np.pad(x, 1, { mode: "maximum", statLength: [1, 2] }).tolist(), [1, 1, 2, 6, 6]);
  const ramp = np.pad(np.array([4.5]), [3, 2], "linear_ramp", { endValues: [0, 8.5] });
  assertEquals(ramp.tolist(), [0, 1.5, 3, 4.5, 6.5, 8.5]);
  const odd = { reflectType: "odd" } as const;
  assertEquals(
    np.pad(x, 4, "reflect", odd).tolist(),
    [-9, -8, -4, 0, 1, 2, 6, 10, 11, 12, 16],
  );
  assertEquals(
    np.pad(x, [5, 4], "symmetric", odd).tolist(),
    [-8, -4, -4, 0, 1, 1, 2, 6, 6, 10, 11, 11],
  );
  assertEquals(np.pad(x, [1, 2], "empty").shape, [6]);
});

Deno.test("np.pad refuses wrong widths, modes and options", () => {
  const x = counting(2, 2);
  const fails = (f: () => unknown, text: string) => assertThrows(f, RangeError, text);
  fails(() => np.pad(x, -1), "index can't contain negative values");
  fails(() => np.pad(x, [1, 2, 3]), "np.pad: padWidth with nd=2 has unsupported shape (3,).");
  fails(() => np.pad(x, 1, "foo" as "edge"), "Unimplemented padding mode 'foo' for np.pad.");
  fails(
    () => np.pad(x, 1, "edge", { statLength: 2 }),
    "unsupported keyword arguments for mode 'edge': statLength",
  );
  fails(() => np.pad(np.zeros(0), 1, "wrap"), "Cannot apply 'wrap' padding to empty axis");
  fails(() => np.pad(x, 1, "mean", { statLength: 0 }), "yields no value for padding");
  assertThrows(() => np.pad(x, 1.5), TypeError, "`padWidth` must be of integral type.");
});

// -- diagonals ------------------------------------------------------------------------------------

Deno.test("np.diag, diagonal, trace, tril and triu look at column less row", () => {
  const bounds = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
  fc.assert(
    fc.property(bounds, fc.integer({ min: -5, max: 5 }), ([n, m], k) => {
      const x = counting(n, m);
      const on = Array.from({ length: n * m }, (_, i) => unflatten(i, [n, m]))
        .filter(([i, j]) => j - i === k).map((p) => flatten(p, [n, m]));
      assertEquals(np.diagonal(x, k).tolist(), on);
      assertEquals(np.diag(x, k).tolist(), on);
      assertEquals(np.trace(x, k).item(), on.reduce((a, b) => a + b, 0));
      const part = (inside: (d: number) => boolean) => ([i, j]: number[]) =>
        inside(j - i) ? flatten([i, j], [n, m]) : 0;
      assertElements(np.tril(x, k), [n, m], part((d) => d <= k));
      assertElements(np.triu(x, k), [n, m], part((d) => d >= k));
      const v = np.arange(1, n + 1);
      const side = n + Math.abs(k);
      const spread = ([i, j]: number[]) => j - i === k ? Math.min(i, j) + 1 : 0;
      assertElements(np.diag(v, k), [side, side], spread);
      assertElements(np.diagflat(v.reshape(1, n), k), [side, side], spread);
    }),
    runs,
  );
});

Deno.test("diagonals of stacks of matrices, along any two axes", () => {
  const x = counting(2, 3, 4);
  assertElements(
    np.diagonal(x, { offset: -1, axis1: 2, axis2: 0 }),
    [3, 2],
    ([j, i]) => flatten([i, j, i + 1], [2, 3, 4]),
  );
  assertElements(
    np.trace(x, 1, 1, 2),
    [2],
    ([i]) => [0, 1, 2].reduce((sum, j) => sum + flatten([i, j, j + 1], [2, 3, 4]), 0),
  );
  assertEquals(np.tril(x).shape, [2, 3, 4]);
  assertEquals(np.trace(np.eye(3, null, { dtype: "bool" })).item(), 3);
  assertEquals(np.trace(x, { dtype: "float32" }).dtype, np.float32);
  assertThrows(() => np.trace(x, 0, 1, 1), RangeError, "axis1 and axis2 can not be same");
  assertThrows(() => np.diagonal(np.arange(3)), RangeError, "at least two dimensions");
  assertThrows(() => np.diag(x), RangeError, "diag input must be 1d or 2d");
  assertThrows(() => np.triu(np.arange(3)), RangeError, "must be at least 2D");
});

// -- programs -------------------------------------------------------------------------------------

Deno.test("parts show up in programs under JAX's names", () => {
  const x = counting(2, 3);
  const named = (f: (x: NDArray) => NDArray) => {
    const [{ primitive, params }] = makeJaxpr(f)(x).eqns;
    return primitive.name === "jit" ? (params as { name: string }).name : primitive.name;
  };
  assertEquals(named((x) => np.flip(x)), "_flip");
  assertEquals(named((x) => np.roll(x, 1, 0)), "_roll_static");
  assertEquals(named((x) => np.rot90(x)), "rot90");
  assertEquals(named((x) => np.rollaxis(x, 1)), "rollaxis");
  assertEquals(named((x) => np.append(x, 1)), "append");
  assertEquals(named((x) => np.block([x, x])), "block");
  assertEquals(named((x) => np.resize(x, 4)), "resize");
  assertEquals(named((x) => np.pad(x, 1)), "_pad");
  assertEquals(named((x) => np.tril(x)), "tril");
  assertEquals(named((x) => np.trace(x)), "trace");
  assertEquals(named((x) => np.diag(x)), "_diag");
  assertEquals(named((x) => np.diagonal(x)), "diagonal");
  assertEquals(named((x) => np.tile(x, 2)), "tile");
  assertEquals(named((x) => np.stack([x, x])), "stack");
  assertEquals(named((x) => np.concatenate([x, x])), "concatenate");
  assertEquals(named((x) => np.split(x, 2)[0]), "split");
  assertEquals(named((x) => np.ravel(x)), "reshape");
});
