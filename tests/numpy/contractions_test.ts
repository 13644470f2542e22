import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { jit, makeJaxpr, numpy as np } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import type { NDArray } from "../../core/trace.ts";
import { assertGives, at, build, indices, type Naive, repeat, toArray } from "../lax/naive.ts";

/** The sum of products over all values of an index. */
function sumOver(lengths: readonly number[], f: (inner: number[]) => number): number {
  return indices(lengths).reduce((total, inner) => total + f(inner), 0);
}
/** The element where axes of length 1 broadcast. */
function atBroadcast(x: Naive, index: readonly number[]): number {
  const more = index.length - x.shape.length;
  return at(x, x.shape.map((n, i) => n === 1 ? 0 : index[i + more]));
}

Deno.test("`np.dot()` pairs the last axis with the last but one", () => {
  repeat(25, (random, seed) => {
    const n = random.int(1, 3);
    const x = random.array([...random.shape(0, 2, 1, 3), n]);
    const tail = random.int(0, 2);
    const y = random.array([...random.shape(tail, tail, 1, 3)].toSpliced(-1, 0, n));
    const pair = Math.max(0, y.shape.length - 2);
    const free = x.shape.slice(0, -1);
    const expected = build(
      [...free, ...y.shape.toSpliced(pair, 1)],
      (index) =>
        sumOver([n], ([k]) => {
          const [left, right] = [index.slice(0, free.length), index.slice(free.length)];
          return at(x, [...left, k]) * at(y, right.toSpliced(pair, 0, k));
        }),
    );
    assertGives((x, y) => np.dot(x, y), [toArray(x), toArray(y)], expected, `seed ${seed}`);
  });
});

Deno.test("`np.matmul()` broadcasts leading axes, vectors being rows or columns", () => {
  repeat(40, (random, seed) => {
    const batch = random.shape(0, 3, 1, 3);
    const lead = () =>
      batch.slice(random.int(0, batch.length)).map((n) => random.chance(0.3) ? 1 : n);
    const [n, k, m] = range(3).map(() => random.int(1, 3));
    const [row, column] = [random.chance(0.2), random.chance(0.2)];
    const x = random.array(row ? [k] : [...lead(), n, k]);
    const y = random.array(column ? [k] : [...lead(), k, m]);
    const shape = np.broadcastShapes(
      row ? [] : x.shape.slice(0, -2),
      column ? [] : y.shape.slice(0, -2),
    );
    const expected = build([...shape, ...row ? [] : [n], ...column ? [] : [m]], (index) => {
      const rest = [...index];
      const lead = rest.splice(0, shape.length);
      const i = row ? undefined : rest.shift()!;
      const j = column ? undefined : rest.shift()!;
      return sumOver(
        [k],
        ([l]) =>
          (i === undefined ? at(x, [l]) : atBroadcast(x, fit(x, [...lead, i, l]))) *
          (j === undefined ? at(y, [l]) : atBroadcast(y, fit(y, [...lead, l, j]))),
      );
    });
    const what = `${x.shape} by ${y.shape}, seed ${seed}`;
    assertGives((x, y) => np.matmul(x, y), [toArray(x), toArray(y)], expected, what);
  });
});
/** The last entries of an index, as many as an array has axes. */
function fit(x: Naive, index: readonly number[]): number[] {
  return index.slice(index.length - x.shape.length);
}

Deno.test("`np.tensordot()` sums over any pairs of axes", () => {
  repeat(30, (random, seed) => {
    const x = random.array(random.shape(1, 3, 1, 3));
    const chosen = random.shuffle(random.some(range(x.shape.length)));
    const lengths = chosen.map((a) => x.shape[a]);
    const others = random.shape(0, 2, 1, 3);
    // The paired axes of y lie anywhere among its others.
    const order = random.shuffle(range(lengths.length + others.length));
    const all = [...lengths, ...others];
    const y = random.array(order.map((i) => all[i]));
    const paired = lengths.map((_, i) => order.indexOf(i));
    const rest = (n: number, gone: number[]) => range(n).filter((i) => !gone.includes(i));
    const [freeX, freeY] = [rest(x.shape.length, chosen), rest(y.shape.length, paired)];
    const shape = [...freeX.map((i) => x.shape[i]), ...freeY.map((i) => y.shape[i])];
    const place = (n: number, free: number[], values: number[], at: number[], inner: number[]) =>
      range(n).map((i) => at.includes(i) ? inner[at.indexOf(i)] : values[free.indexOf(i)]);
    const expected = build(
      shape,
      (index) =>
        sumOver(
          lengths,
          (inner) =>
            at(x, place(x.shape.length, freeX, index.slice(0, freeX.length), chosen, inner)) *
            at(y, place(y.shape.length, freeY, index.slice(freeX.length), paired, inner)),
        ),
    );
    const arrays = [toArray(x), toArray(y)];
    assertGives((x, y) => np.tensordot(x, y, [chosen, paired]), arrays, expected, `seed ${seed}`);
  });
});

Deno.test("`np.tensordot()` takes a number of axes", () => {
  const [x, y] = [np.arange(24).reshape(2, 3, 4), np.arange(12).reshape(3, 4)];
  assertEquals(np.tensordot(x, y).tolist(), np.einsum("ijk,jk", x, y).tolist());
  assertEquals(np.tensordot(x, y, 0).shape, [2, 3, 4, 3, 4]);
  assertEquals(np.tensordot(x, y, { axes: [1, 0] }).shape, [2, 4, 4]);
});

Deno.test("products of vectors along leading axes", () => {
  const x = np.arange(12).reshape(2, 2, 3);
  const y = np.arange(6).reshape(2, 3);
  assertEquals(np.vecdot(x, y).tolist(), np.einsum("ijk,jk->ij", x, y).tolist());
  assertEquals(np.matvec(x, y).tolist(), np.einsum("ijk,ik->ij", x, y).tolist());
  assertEquals(np.vecmat(y, x.mT).tolist(), np.einsum("ij,ijk->ik", y, x.mT).tolist());
  assertEquals(np.inner(x, y).tolist(), np.einsum("ijk,lk->ijl", x, y).tolist());
  assertEquals(np.vdot(y, y).item(), 55);
  const z = np.array([{ re: 1, im: 2 }, { re: 0, im: -1 }]);
  assertEquals(np.vdot(z, z).item(), { re: 6, im: 0 });
  assertEquals(np.vecdot(z, z).item(), { re: 6, im: 0 });
  assertEquals(np.dot(z, z).item(), { re: -4, im: 4 });
});

Deno.test("`np.kron()`, `np.outer()` and `np.cross()` multiply without sums", () => {
  repeat(15, (random, seed) => {
    const [x, y] = [random.array(random.shape(1, 2, 1, 3)), random.array(random.shape(1, 2, 1, 3))];
    const rank = Math.max(x.shape.length, y.shape.length);
    const full = ({ shape, data }: Naive): Naive => ({
      shape: [...Array<number>(rank - shape.length).fill(1), ...shape],
      data,
    });
    const [u, v] = [full(x), full(y)];
    const expected = build(
      u.shape.map((n, i) => n * v.shape[i]),
      (index) =>
        at(u, index.map((k, i) => Math.floor(k / v.shape[i]))) *
        at(v, index.map((k, i) => k % v.shape[i])),
    );
    assertGives(np.kron, [toArray(x), toArray(y)], expected, `seed ${seed}`);
    const outer = build([x.data.length, y.data.length], ([i, j]) => x.data[i] * y.data[j]);
    assertGives(np.outer, [toArray(x), toArray(y)], outer, `seed ${seed}`);
  });
  const [x, y] = [np.array([[1, 2, 3], [4, 5, 6]]), np.array([[0, 1, 0], [1, 0, 2]])];
  assertEquals(np.cross(x, y).tolist(), [[-3, 0, 1], [10, -2, -5]]);
  assertEquals(np.cross(x.T, y.T, { axis: 0 }).tolist(), np.cross(x, y).T.tolist());
  assertEquals(np.cross(np.array([1, 2]), np.array([3, 4])).item(), -2);
  assertEquals(np.cross(np.array([1, 2]), np.array([3, 4, 5])).tolist(), [10, -5, -2]);
});

Deno.test("products promote, and sum up in the preferred dtype", () => {
  const bytes = np.array([100, 100], { dtype: "int8" });
  assertEquals(np.dot(bytes, np.array([0.5, 1])).dtype.name, "float32");
  assertEquals(np.dot(bytes, bytes, { preferredElementType: "int32" }).item(), 20000);
  assertEquals(np.matmul(np.array([true, false]), np.array([true, true])).item(), true);
  assertEquals(np.dot(2, 3).weakType, true);
});

Deno.test("NaN and infinities go through products", () => {
  const x = np.array([[NaN, 1], [Infinity, 0]]);
  assertEquals(np.dot(x, np.array([0, 1])).tolist(), [NaN, NaN]);
  assertEquals(np.dot(x, np.array([1, 1])).tolist(), [NaN, Infinity]);
  assertEquals(np.dot(np.zeros([2, 0]), np.zeros([0, 3])).tolist(), [[0, 0, 0], [0, 0, 0]]);
});

Deno.test("the page's `dot` is JAX's program at every rank", () => {
  const f = (x: NDArray, y: NDArray) => np.dot(np.add(x, 1), np.add(y, 1));
  const program = (pair: string, x: string, y: string, out: string) =>
    `{ lambda ; a:f32[${x}] b:f32[${y}]. let
    c:f32[${x}] = add a 1.0:f32[]
    d:f32[${y}] = add b 1.0:f32[]
    e:f32[${out}] = dot_general[
      dimension_numbers=((${pair}), ([], []))
      preferred_element_type=float32
    ] c d
  in (e,) }`;
  const cases: [number[], number[], string, string][] = [
    [[], [], "[], []", ""],
    [[3], [], "[], []", "3"],
    [[3], [3], "[0], [0]", ""],
    [[2, 3], [3], "[1], [0]", "2"],
    [[3], [3, 4], "[0], [0]", "4"],
    [[2, 3], [3, 4], "[1], [0]", "2,4"],
    [[5, 2, 3], [6, 3, 4], "[2], [1]", "5,2,6,4"],
  ];
  for (const [x, y, pair, out] of cases) {
    const text = String(makeJaxpr(f)(np.ones(x), np.ones(y)));
    assertEquals(text, program(pair, x.join(), y.join(), out));
    assertEquals((jit(f)(np.ones(x), np.ones(y)) as NDArray).shape.join(), out);
  }
});

Deno.test("shapes that don't fit get JAX's errors", () => {
  const [x, v] = [np.ones([2, 3]), np.ones(4)];
  const lengths = "dot_general requires contracting dimensions to have the same shape, got " +
    "(3,) and (4,).";
  assertThrows(() => np.dot(x, v), TypeError, lengths);
  assertThrows(() => np.matmul(x, v), TypeError, lengths);
  assertThrows(
    () => np.matmul(x, 2),
    RangeError,
    "matmul input operand 1 must have ndim at least 1, but it has ndim 0",
  );
  assertThrows(
    () => np.matmul(np.ones([2, 3, 4]), np.ones([3, 4, 5])),
    RangeError,
    "Incompatible types for matmul arguments: float32[2,3,4] and float32[3,4,5]",
  );
  assertThrows(
    () => np.vecdot(x, v),
    RangeError,
    "axes must match; got shapes (2, 3) and (4,) with axis=-1",
  );
  assertThrows(() => np.tensordot(x, v), TypeError, "Number of tensordot axes (axes 2) exceeds");
  assertThrows(
    () => np.tensordot(x, x, [[0], [0, 1]]),
    TypeError,
    "tensordot requires axes lists to have equal length",
  );
  assertThrows(
    () => np.cross(v, v),
    RangeError,
    "Dimension must be either 2 or 3 for cross product",
  );
  assertThrows(
    () => np.dot([1, 2] as unknown as NDArray, v),
    TypeError,
    "dot requires ndarray or scalar arguments, got",
  );
});

Deno.test("`np.linalg.norm()` has vector and matrix norms", () => {
  const x = np.array([[3, -4], [0, 12]]);
  const value = (x: NDArray) => Number(x.item());
  assertEquals(np.linalg.norm(x).item(), 13);
  assertEquals(np.linalg.norm(x, 1).item(), 16);
  assertEquals(np.linalg.norm(x, -1).item(), 3);
  assertEquals(np.linalg.norm(x, Infinity).item(), 12);
  assertEquals(np.linalg.norm(x, -Infinity, { keepdims: true }).tolist(), [[7]]);
  assertEquals(np.linalg.norm(x, { axis: 1 }).tolist(), [5, 12]);
  assertEquals(np.linalg.norm(x, 0, 1).tolist(), [2, 1]);
  assertAlmostEquals(value(np.linalg.norm(x[0], 3)), 91 ** (1 / 3), 1e-5);
  assertEquals(np.linalg.norm(np.array([{ re: 3, im: 4 }])).item(), 5);
  assertThrows(() => np.linalg.norm(x, 7), RangeError, "Invalid order '7' for matrix norm.");
  assertThrows(() => np.linalg.norm(x, "nuc"), RangeError, "needs singular values");
  assertThrows(
    () => np.linalg.norm(x[0], "fro"),
    RangeError,
    "Invalid order 'fro' for vector norm.",
  );
  assertThrows(() => np.linalg.norm(np.ones([1, 1, 1]), 1), RangeError, "Improper number of axes");
});

Deno.test("`np.linalg.matrixPower()` and `np.linalg.multiDot()` multiply on", () => {
  const x = np.array([[1, 1], [1, 0]]);
  let power = np.eye(2, { dtype: "int32" });
  for (const n of range(12)) {
    assertEquals(np.linalg.matrixPower(x, n).tolist(), power.tolist(), `power ${n}`);
    power = np.matmul(power, x);
  }
  assertThrows(() => np.linalg.matrixPower(x, -1), RangeError, "that needs the inverse");
  assertThrows(() => np.linalg.matrixPower(np.ones([2, 3]), 2), TypeError, "must be square");
  const chain = [np.array([1, 2]), x, x, np.array([3, 4])];
  assertEquals(np.linalg.multiDot(chain).item(), 24);
  assertThrows(() => np.linalg.multiDot([x]), RangeError, "multi_dot requires at least two arrays");
  assertThrows(
    () => np.linalg.multiDot([x, np.ones([3, 2])]),
    RangeError,
    "multi_dot: last dimension of each array must match first dimension of following array.",
  );
});
