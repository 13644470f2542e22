import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, makeJaxpr, numpy as np } from "../../mod.ts";

const smallInts = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 60 });
const ints = (xs: readonly number[]) => np.array(new Int32Array(xs));
const upwards = (xs: readonly number[]) => [...xs].sort((a, b) => a - b);

Deno.test("np.argsort is stable in both directions", () => {
  fc.assert(fc.property(smallInts, (xs) => {
    const positions = [...xs.keys()];
    const up = positions.toSorted((i, j) => xs[i] - xs[j] || i - j);
    const down = positions.toSorted((i, j) => xs[j] - xs[i] || i - j);
    assertEquals(np.argsort(ints(xs)).tolist(), up);
    assertEquals(np.argsort(ints(xs), { descending: true }).tolist(), down);
    assertEquals(np.sort(ints(xs), { descending: true }).tolist(), down.map((i) => xs[i]));
  }));
});

Deno.test("np.argsort takes a dtype for the indices", () => {
  assertEquals(np.argsort(np.array([2, 1]), { dtype: "int8" }).dtype, np.int8);
});

Deno.test("np.sort(x, null) sorts all elements in one row", () => {
  const x = np.array([[3, 1], [2, 0]]);
  assertEquals(np.sort(x, null).tolist(), [0, 1, 2, 3]);
  assertEquals(np.argsort(x, { axis: null }).tolist(), [3, 1, 2, 0]);
});

Deno.test("np.lexsort sorts by the last key first", () => {
  const keys = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 40 });
  fc.assert(fc.property(keys, (rows) => {
    const [minor, major] = [rows.map(([a]) => a), rows.map(([, b]) => b)];
    const expected = [...rows.keys()].sort((i, j) =>
      major[i] - major[j] || minor[i] - minor[j] || i - j
    );
    assertEquals(np.lexsort([ints(minor), ints(major)]).tolist(), expected);
    assertEquals(np.lexsort(np.stack([ints(minor), ints(major)])).tolist(), expected);
  }));
});

Deno.test("np.partition puts the kth element in its place", () => {
  fc.assert(fc.property(smallInts, fc.nat(), (xs, n) => {
    const kth = n % xs.length;
    const sorted = upwards(xs);
    const parted = np.partition(ints(xs), kth).tolist() as number[];
    assertEquals(parted.slice(0, kth + 1), sorted.slice(0, kth + 1));
    assertEquals(upwards(parted), sorted);
    const indices = np.argpartition(ints(xs), kth).tolist() as number[];
    assertEquals(indices.map((i) => xs[i]).slice(0, kth + 1), sorted.slice(0, kth + 1));
    assertEquals(upwards(indices), [...xs.keys()]);
  }));
});

Deno.test("np.partition keeps NaNs, at the end", () => {
  const parted = np.partition(np.array([NaN, 2, -NaN, 1]), 1);
  assertEquals(parted.tolist(), [1, 2, NaN, NaN]);
});

Deno.test("np.searchsorted counts the elements before a value", () => {
  const values = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 0, maxLength: 9 });
  fc.assert(fc.property(smallInts, values, (xs, vs) => {
    const sorted = ints(upwards(xs));
    const count = (test: (x: number, v: number) => boolean) =>
      vs.map((v) => xs.filter((x) => test(x, v)).length);
    const left = count((x, v) => x < v);
    const right = count((x, v) => x <= v);
    assertEquals(np.searchsorted(sorted, ints(vs)).tolist(), left);
    assertEquals(np.searchsorted(sorted, ints(vs), "right").tolist(), right);
  }));
});

Deno.test("np.searchsorted of complex numbers goes by real part, then by imaginary part", () => {
  const c = (re: number, im: number) => ({ re, im });
  const sorted = np.array([c(0, 1), c(1, -1), c(1, 1), c(NaN, 0)]);
  const values = np.array([c(1, 0), c(0, 5), c(1, NaN), c(NaN, NaN)]);
  assertEquals(np.searchsorted(sorted, values).tolist(), [2, 1, 3, 4]);
});

Deno.test("np.searchsorted is the same in a jitted program", () => {
  const sorted = np.sort(np.sin(np.arange(1000)));
  const values = np.cos(np.arange(500));
  const find = (x: np.NDArray, v: np.NDArray) => np.searchsorted(x, v);
  assertEquals(jit(find)(sorted, values).tolist(), find(sorted, values).tolist());
});

Deno.test("np.digitize takes edges in either direction, traced too", () => {
  const x = np.array([1, 2, 2.5, 1.5, 3, 3.5]);
  const up = np.array([1, 2, 3]);
  const down = np.array([3, 2, 1]);
  assertEquals(np.digitize(x, up).tolist(), [1, 2, 2, 1, 3, 3]);
  assertEquals(np.digitize(x, up, true).tolist(), [0, 1, 2, 1, 2, 3]);
  const f = jit((x: np.NDArray, bins: np.NDArray) => np.digitize(x, bins));
  assertEquals(f(x, down).tolist(), [2, 1, 1, 2, 0, 0]);
  assertEquals(f(x, up).tolist(), [1, 2, 2, 1, 3, 3]);
});

Deno.test("np.sortComplex gives complex numbers", () => {
  const sorted = np.sortComplex(np.array([3, 1]));
  assertEquals(sorted.dtype, np.complex64);
  assertEquals(sorted.tolist(), [{ re: 1, im: 0 }, { re: 3, im: 0 }]);
});

Deno.test("sorting refuses what JAX refuses", () => {
  const x = np.arange(5);
  const asked = { kind: "quicksort" } as object;
  assertThrows(() => np.sort(x, asked), TypeError, "'kind' argument to sort is not supported.");
  assertThrows(() => np.argsort(x, { order: "f" } as object), TypeError, "'order' argument to");
  assertThrows(() => np.sort(x, 3), RangeError, "axis 3 is out of bounds for array of dimension 1");
  assertThrows(() => np.sort(1), RangeError, "axis -1 is out of bounds for array of dimension 0");
  assertThrows(() => np.lexsort([]), TypeError, "need sequence of keys with len > 0 in lexsort");
  assertThrows(() => np.lexsort([x, np.arange(3)]), RangeError, "need to be the same shape");
  assertThrows(() => np.partition(x, 7), RangeError, "axis 7 is out of bounds");
  const complex = np.ones(3, "complex64");
  assertThrows(() => np.partition(complex, 1), TypeError, "for complex dtype is not implemented");
  assertThrows(() => np.searchsorted(x.reshape(1, 5), 1), RangeError, "a should be 1-dimensional");
  assertThrows(() => np.searchsorted(x, 1, "up" as "left"), RangeError, "'left' or 'right'");
  const method = "hash" as "sort";
  assertThrows(
    () => np.searchsorted(x, 1, { method }),
    RangeError,
    "expected one of ['compare_all'",
  );
  assertThrows(() => np.digitize(x, x.reshape(1, 5)), RangeError, "must be a 1-dimensional array");
});

Deno.test("np.sort prints as JAX does", () => {
  assertEquals(
    String(makeJaxpr((x: np.NDArray) => np.sort(x, { descending: true }))(np.ones(3))),
    `\
{ lambda ; a:f32[3]. let
    b:f32[3] = jit[
      name=sort
      jaxpr={ lambda ; a:f32[3]. let
          c:f32[3] = sort[dimension=0 is_stable=True num_keys=1] a
          b:f32[3] = rev[dimensions=(0,)] c
        in (b,) }
    ] a
  in (b,) }`,
  );
});
