import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, makeJaxpr, type NDArray, numpy as np, slice } from "../../mod.ts";

const x = np.arange(6, { dtype: "float32" });
const m = np.array([true, false, false, true, true, false]);
const masks = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.boolean(), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    })
  );
const runs = { numRuns: 40 };

Deno.test("np.where chooses, broadcasts and promotes", () => {
  assertEquals(np.where(m, x, -1).tolist(), [0, -1, -1, 3, 4, -1]);
  assertEquals(np.where(m.reshape(6, 1), x.at([0, 1]).get(), 9).shape, [6, 2]);
  assertEquals(np.where(x, 1, 0).tolist(), [0, 1, 1, 1, 1, 1]);
  assertEquals(np.where(m[0], x, 1).tolist(), x.tolist());
  assertEquals(np.where(true, 1, 2.5).dtype, np.float32);
  assertEquals(np.where(m, 1, 0).weakType, true);
  assertEquals(np.where(NaN, 1, 0).item(), 1);
  assertEquals(np.where(np.zeros([0]), 1, 0).shape, [0]);
  assertThrows(() => np.where(m, 1, undefined as never), TypeError, "at position 2");
  assertThrows(
    () => (np.where as (...args: unknown[]) => unknown)(m, 1, 2, { size: 3 }),
    RangeError,
    "cannot be used in three-term where function",
  );
});

Deno.test("np.where is the part that JAX names _where", () => {
  const program = makeJaxpr((m: NDArray, x: NDArray) => np.where(m, x, 0.5))(m, x);
  assertEquals(
    String(program).split("\n").map((line) => line.trim()),
    [
      "{ lambda ; a:bool[6] b:f32[6]. let",
      "c:f32[6] = jit[",
      "name=_where",
      "jaxpr={ lambda ; a:bool[6] b:f32[6] d:f32[]. let",
      "e:f32[] = convert_element_type[new_dtype=float32 weak_type=False] d",
      "f:f32[6] = broadcast_in_dim e",
      "c:f32[6] = select_n a f b",
      "in (c,) }",
      "] a b 0.5:f32[]",
      "in (c,) }",
    ],
  );
});

Deno.test("np.nonzero gives the indices of what is not zero, and under jit so many of them", () => {
  fc.assert(
    fc.property(masks, fc.nat(14), (rows, size) => {
      const mask = np.array(rows);
      const places = rows.flatMap((row, i) => row.flatMap((v, j) => v ? [[i, j]] : []));
      const axis = (k: number) => places.map((p) => p[k]);
      assertEquals(np.nonzero(mask).map((i) => i.tolist()), [axis(0), axis(1)]);
      assertEquals(np.where(mask).map((i) => i.tolist()), [axis(0), axis(1)]);
      assertEquals(np.argwhere(mask).tolist(), places);
      const [, columns] = mask.shape;
      assertEquals(np.flatnonzero(mask).tolist(), places.map(([i, j]) => i * columns + j));
      const filled = (k: number, fill: number) =>
        [...axis(k), ...Array<number>(size).fill(fill)].slice(0, size);
      const some = jit((x: NDArray) => np.nonzero(x, { size, fillValue: [-1, 7] }));
      assertEquals(some(mask).map((i) => i.tolist()), [filled(0, -1), filled(1, 7)]);
      assertEquals(np.nonzero(mask, { size }).map((i) => i.tolist()), [filled(0, 0), filled(1, 0)]);
      const rowsOf = jit((x: NDArray) => np.argwhere(x, { size, fillValue: 5 }));
      assertEquals(rowsOf(mask).shape, [size, 2]);
    }),
    runs,
  );
});

Deno.test("np.nonzero of every kind of elements, and of scalars", () => {
  assertEquals(np.flatnonzero(np.array([0, -0, NaN, 1e-30, 0.5])).tolist(), [2, 3, 4]);
  assertEquals(np.flatnonzero(np.array([0, -0, 2]).astype("bfloat16")).tolist(), [2]);
  const complex = np.array([{ re: 0, im: 0 }, { re: 0, im: 1 }]);
  assertEquals(np.flatnonzero(complex).tolist(), [1]);
  assertEquals(np.nonzero(np.zeros([0, 3])).map((i) => i.shape), [[0], [0]]);
  assertEquals(np.argwhere(5).shape, [1, 0]);
  assertEquals(np.argwhere(0).shape, [0, 0]);
  assertThrows(() => np.nonzero(5), RangeError, "Calling nonzero on 0d arrays is not allowed.");
  assertThrows(
    () => np.nonzero(x, { size: 9, fillValue: [1, 2] }),
    RangeError,
    "a list of length 1",
  );
});

Deno.test("np.nonzero under jit without a size throws ConcretizationTypeError", () => {
  for (const f of [np.nonzero, np.flatnonzero, np.argwhere, (x: NDArray) => np.where(x)]) {
    const error = assertThrows(
      () => jit((x: NDArray) => f(x))(x),
      TypeError,
      "The size argument of np.nonzero must be statically specified to use np.nonzero within JAX " +
        "transformations.",
    );
    assertEquals((error as Error).name, "ConcretizationTypeError");
  }
});

Deno.test("np.select takes the first choice whose condition holds", () => {
  const f = (x: NDArray) => np.select([x.gt(4), x.gt(2)], [x.mul(10), x], -1);
  assertEquals(f(x).tolist(), [-1, -1, -1, 3, 4, 50]);
  assertEquals(jit(f)(x).tolist(), [-1, -1, -1, 3, 4, 50]);
  assertEquals(np.select([m], [1], { default: 2.5 }).dtype, np.float32);
  assertEquals(np.select([m.reshape(6, 1)], [x]).shape, [6, 6]);
  assertThrows(() => np.select([m], []), RangeError, "length equal to choicelist (1 vs 0)");
  assertThrows(() => np.select([], []), RangeError, "condlist must be non-empty");
});

Deno.test("np.piecewise takes the last condition that holds", () => {
  const f = (x: NDArray) => np.piecewise(x, [x.gt(1), x.gt(3)], [(x) => x.neg(), 9, -1]);
  assertEquals(f(x).tolist(), [-1, -1, -2, -3, 9, 9]);
  assertEquals(jit(f)(x).tolist(), [-1, -1, -2, -3, 9, 9]);
  assertEquals(np.piecewise(x, [x.gt(4)], [1]).tolist(), [0, 0, 0, 0, 0, 1]);
  const scaled = np.piecewise(x, [x.gt(4)], [(x, by: number) => x.mul(by)], 3);
  assertEquals(scaled.tolist(), [0, 0, 0, 0, 0, 15]);
  assertEquals(np.piecewise(np.arange(2), [true], [2.5]).tolist(), [2, 2]);
  assertThrows(
    () => np.piecewise(x, [m, m], [1]),
    RangeError,
    "with 2 condition(s), either 2 or 3 functions are expected; got 1",
  );
});

Deno.test("np.compress and np.extract keep what a condition holds for", () => {
  assertEquals(np.extract(m, x).tolist(), [0, 3, 4]);
  assertEquals(np.extract(m, x, { size: 5, fillValue: 9 }).tolist(), [0, 3, 4, 9, 9]);
  const rows = x.reshape(3, 2);
  const first = np.array([true, false, true]);
  assertEquals(np.compress(first, rows, 0).tolist(), [[0, 1], [4, 5]]);
  assertEquals(np.compress(np.array([false, true]), rows, { axis: 1 }).tolist(), [[1], [3], [5]]);
  assertEquals(np.compress(first, rows).tolist(), [0, 2]);
  const some = jit((c: NDArray) => np.compress(c, rows, 0, { size: 3, fillValue: -1 }));
  assertEquals(some(first).tolist(), [[0, 1], [4, 5], [-1, -1]]);
  assertThrows(() => np.compress(m, x.at(slice(3)).get()), RangeError, "that are out of bounds");
  assertThrows(() => np.compress(rows, x), RangeError, "condition must be a 1D array");
  assertThrows(() => np.compress(m, x, { size: 9 }), RangeError, "size must be positive");
  assertThrows(() => jit((m: NDArray) => np.extract(m, x))(m), RangeError, "must be concrete");
});

Deno.test("np.choose picks among arrays, place by place", () => {
  const choices = [np.arange(3), np.arange(10, 13), np.arange(20, 23)];
  assertEquals(np.choose(np.array([2, 0, 1]), choices).tolist(), [20, 1, 12]);
  assertEquals(np.choose(np.array([[0], [2]]), choices).tolist(), [[0, 1, 2], [20, 21, 22]]);
  const far = np.array([-1, 3, 7]);
  const wrap = jit((i: NDArray) => np.choose(i, choices, { mode: "wrap" }));
  assertEquals(wrap(far).tolist(), [20, 1, 12]);
  assertEquals(np.choose(far, choices, { mode: "clip" }).tolist(), [0, 21, 22]);
  assertThrows(() => np.choose(far, choices), RangeError, "invalid entry in choice array");
  assertThrows(() => np.choose(x, choices), RangeError, "must be integer typed");
  assertThrows(
    () => jit((i: NDArray) => np.choose(i, choices))(far),
    TypeError,
    "np.choose was jit-compiled with mode='raise'. Use mode='wrap' or mode='clip' instead.",
  );
});
