import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, lax, makeJaxpr, numpy as np } from "../../mod.ts";

/** Single elements of a vector. */
const ELEMENTS = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };

type Dims = Parameters<typeof lax.scatter>[3];
type Mode = "clip" | "drop";

/** Scatter by its definition: a loop over all elements of the updates. */
function naive(
  x: np.NDArray,
  indices: np.NDArray,
  updates: np.NDArray,
  dims: Dims,
  combine: (x: number, y: number) => number,
  mode: Mode,
): number[] {
  const result = [...x.toTypedArray() as Float32Array];
  const read = (a: np.NDArray, index: readonly number[]) =>
    (a.toTypedArray() as Float32Array)[flat(a.shape, index)];
  const batching = dims.operandBatchingDims ?? [];
  const windowAxes = x.shape.map((_, d) => d).filter((d) =>
    !dims.insertedWindowDims.includes(d) && !batching.includes(d)
  );
  const extent = x.shape.map((_, d) => {
    const w = windowAxes.indexOf(d);
    return w < 0 ? 1 : updates.shape[dims.updateWindowDims[w]];
  });
  const batchOf = (position: number[]) =>
    position.filter((_, d) => !dims.updateWindowDims.includes(d));
  // Window after window: where they overlap, the last one wins.
  const order = (position: number[]) => batchOf(position).reduce((sum, i) => sum * 100 + i, 0);
  for (const position of points(updates.shape).sort((p, q) => order(p) - order(q))) {
    const batch = batchOf(position);
    const start = x.shape.map(() => 0);
    dims.scatterDimsToOperandDims.forEach((d, component) => {
      start[d] = read(indices, [...batch, component]);
    });
    batching.forEach((d, i) => start[d] = batch[dims.scatterIndicesBatchingDims![i]]);
    if (mode === "clip") {
      start.forEach((s, d) => start[d] = Math.max(0, Math.min(s, x.shape[d] - extent[d])));
    }
    if (start.some((s, d) => s < 0 || s + extent[d] > x.shape[d])) continue;
    windowAxes.forEach((d, w) => start[d] += position[dims.updateWindowDims[w]]);
    const at = flat(x.shape, start);
    result[at] = combine(result[at], read(updates, position));
  }
  return result;
}
function flat(shape: readonly number[], index: readonly number[]): number {
  return index.reduce((sum, i, d) => sum * shape[d] + i, 0);
}
function points(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])),
    [[]],
  );
}

/** Dimension numbers with shapes that fit them: operand, indices, updates. */
const cases: { name: string; dims: Dims; shapes: [number[], number[], number[]] }[] = [
  { name: "elements of a vector", dims: ELEMENTS, shapes: [[5], [4, 1], [4]] },
  {
    name: "rows",
    dims: { updateWindowDims: [1], insertedWindowDims: [0], scatterDimsToOperandDims: [0] },
    shapes: [[4, 3], [5, 1], [5, 3]],
  },
  {
    name: "columns, by a window that comes first",
    dims: { updateWindowDims: [0], insertedWindowDims: [1], scatterDimsToOperandDims: [1] },
    shapes: [[3, 4], [5, 1], [2, 5]],
  },
  {
    name: "blocks, their indices exchanged",
    dims: { updateWindowDims: [1, 2], insertedWindowDims: [], scatterDimsToOperandDims: [1, 0] },
    shapes: [[4, 5], [3, 2], [3, 2, 2]],
  },
  {
    name: "one block",
    dims: { updateWindowDims: [0], insertedWindowDims: [], scatterDimsToOperandDims: [0] },
    shapes: [[6], [1], [3]],
  },
  {
    name: "batches of elements",
    dims: {
      updateWindowDims: [],
      insertedWindowDims: [1],
      scatterDimsToOperandDims: [1],
      operandBatchingDims: [0],
      scatterIndicesBatchingDims: [0],
    },
    shapes: [[3, 4], [3, 2, 1], [3, 2]],
  },
  {
    name: "batches along another axis of the indices, with windows",
    dims: {
      updateWindowDims: [0],
      insertedWindowDims: [],
      scatterDimsToOperandDims: [0],
      operandBatchingDims: [1],
      scatterIndicesBatchingDims: [1],
    },
    shapes: [[4, 3], [2, 3, 1], [2, 2, 3]],
  },
];
const operations = {
  scatter: (_x, y) => y,
  scatterAdd: (x, y) => x + y,
  scatterSub: (x, y) => x - y,
  scatterMul: (x, y) => x * y,
  scatterMin: Math.min,
  scatterMax: Math.max,
} satisfies Record<string, (x: number, y: number) => number>;

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const integers = (n: number, low: number, high: number) =>
  fc.array(fc.integer({ min: low, max: high }), { minLength: n, maxLength: n });

for (const [name, combine] of Object.entries(operations)) {
  const f = lax[name as keyof typeof operations];
  for (const { name: what, dims, shapes: [a, b, c] } of cases) {
    Deno.test(`lax.${name} updates ${what}`, () => {
      const data = fc.tuple(
        integers(size(a), -9, 9),
        integers(size(b), -2, 6),
        integers(size(c), -3, 3),
        fc.constantFrom<Mode>("clip", "drop"),
      );
      fc.assert(
        fc.property(data, ([xs, is, ys, mode]) => {
          const x = np.array(new Float32Array(xs)).reshape(a);
          const indices = np.array(new Int32Array(is)).reshape(b);
          const updates = np.array(new Float32Array(ys)).reshape(c);
          const result = f(x, indices, updates, dims, { mode });
          const expected = naive(x, indices, updates, dims, combine, mode);
          assertEquals([...result.toTypedArray() as Float32Array], expected);
          assertEquals([...x.toTypedArray() as Float32Array], xs);
        }),
        { numRuns: 30 },
      );
    });
  }
}

Deno.test("lax.scatterAdd works on every dtype of numbers", () => {
  const indices = np.array([[1], [1], [9]]);
  for (const dtype of ["int8", "uint16", "int32", "float16", "bfloat16", "complex64"] as const) {
    const x = np.array([1, 2]).astype(dtype);
    const y = lax.scatterAdd(x, indices, np.array([3, 4, 5]).astype(dtype), ELEMENTS);
    assertEquals(y.dtype, x.dtype);
    assertEquals(np.real(y).astype("float32").tolist(), [1, 9]);
  }
});

Deno.test("lax.scatterMul of integers wraps around exactly", () => {
  const x = np.array([123456789]);
  const y = lax.scatterMul(x, np.array([[0]]), np.array([987654321]), ELEMENTS);
  assertEquals(y.tolist(), [Math.imul(123456789, 987654321)]);
});

Deno.test("lax.scatterMax keeps NaN", () => {
  const y = lax.scatterMax(np.array([NaN, 1]), np.array([[0], [1]]), np.array([2, NaN]), ELEMENTS);
  assertEquals(y.tolist(), [NaN, NaN]);
});

Deno.test("lax.scatter takes unsigned and narrow indices", () => {
  for (const dtype of ["uint8", "int16", "uint32"] as const) {
    const indices = np.array([[2], [0]]).astype(dtype);
    const y = lax.scatter(np.zeros(3), indices, np.array([1.5, 2.5]), ELEMENTS);
    assertEquals(y.tolist(), [2.5, 0, 1.5]);
  }
});

Deno.test("lax.scatterApply applies a function as often as an index comes", () => {
  const plusTen = (x: np.NDArray) => x.add(10);
  const indices = np.array([[0], [2], [2], [7]]);
  const apply = (x: np.NDArray, indices: np.NDArray) =>
    lax.scatterApply(x, indices, plusTen, ELEMENTS, { updateShape: [4] });
  const x = np.arange(4);
  assertEquals(apply(x, indices).tolist(), [10, 1, 22, 3]);
  assertEquals(jit(apply)(x, indices).tolist(), [10, 1, 22, 3]);
  assertEquals(jit((x: np.NDArray) => apply(x, indices))(x).tolist(), [10, 1, 22, 3]);
});

Deno.test("lax.scatter refuses what JAX refuses", () => {
  const x = np.arange(3);
  const one = np.array([1]);
  const at = np.array([[0]]);
  const call = (...args: Parameters<typeof lax.scatter>) => () => lax.scatter(...args);
  assertThrows(call(x, np.array([[0.5]]), one, ELEMENTS), RangeError, "must have an integer type");
  assertThrows(call(x, at, np.array([1.5]), ELEMENTS), TypeError, "to have the same dtypes, got");
  assertThrows(call(x, at, np.array([[1]]), ELEMENTS), TypeError, "must be of rank 1; got 2.");
  assertThrows(call(x, at, np.arange(2), ELEMENTS), TypeError, "Bounds of the scatter dimensions");
  const window = { updateWindowDims: [1], insertedWindowDims: [], scatterDimsToOperandDims: [0] };
  assertThrows(
    call(x, at, np.array([[1, 2, 3, 4]]), window),
    TypeError,
    "updates bound is 4, operand bound is 3.",
  );
  assertThrows(call(x, np.array([[0, 1]]), one, ELEMENTS), TypeError, "must be equal");
  const outside = { ...ELEMENTS, insertedWindowDims: [3] };
  assertThrows(call(x, at, one, outside), TypeError, "valid range is [0, 1); got: 3.");
  assertThrows(
    call(x, at, one, ELEMENTS, { mode: "foo" as "clip" }),
    RangeError,
    'Unknown gather mode "foo"',
  );
  const mask = np.array([true, false, true]);
  assertThrows(
    () => lax.scatterAdd(mask, at, np.array([true]), ELEMENTS),
    TypeError,
    "add does not accept dtype bool at position 0",
  );
});

Deno.test("lax.scatterAdd prints as JAX does", () => {
  const f = (x: np.NDArray, i: np.NDArray, y: np.NDArray) => lax.scatterAdd(x, i, y, ELEMENTS);
  assertEquals(
    String(makeJaxpr(f)(np.ones(3), np.array([[0]]), np.ones(1))),
    `\
{ lambda ; a:f32[3] b:i32[1,1] c:f32[1]. let
    d:f32[3] = scatter-add[
      dimension_numbers=ScatterDimensionNumbers(update_window_dims=(), inserted_window_dims=(0,), scatter_dims_to_operand_dims=(0,), operand_batching_dims=(), scatter_indices_batching_dims=())
      indices_are_sorted=False
      mode=GatherScatterMode.FILL_OR_DROP
      unique_indices=False
      update_consts=()
      update_jaxpr={ lambda ; e:f32[] f:f32[]. let g:f32[] = add e f in (g,) }
    ] a b c
  in (d,) }`,
  );
});
