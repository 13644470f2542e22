/** Gather and scatter: dimension numbers, modes, batching dimensions, every dtype. */
import { ALL, array, calls, type Case, f32, filled, i32, iota, rand, u32 } from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;

/** `x[i]` along the first axis. */
const rows = (ndim: number) => ({
  offsetDims: Array.from({ length: ndim - 1 }, (_, i) => i + 1),
  collapsedSliceDims: [0],
  startIndexMap: [0],
});
const rowsToUpdate = (ndim: number) => ({
  updateWindowDims: Array.from({ length: ndim - 1 }, (_, i) => i + 1),
  insertedWindowDims: [0],
  scatterDimsToOperandDims: [0],
});
const points = { offsetDims: [], collapsedSliceDims: [0, 1], startIndexMap: [0, 1] };
const pointsToUpdate = {
  updateWindowDims: [],
  insertedWindowDims: [0, 1],
  scatterDimsToOperandDims: [0, 1],
};
const x = iota([4, 3]);
const outside = i32([[0], [5], [-1], [3]]);
const MODES = ["clip", "fill", "promise_in_bounds"] as const;

const gathers: Case[] = [
  ...ALL.flatMap((d) =>
    calls("lax.gather", [[rand([4], d), i32([[2], [9]]), rows(1), [1], { mode: "fill" }]], HOW)
  ),
  ...calls("lax.gather", [
    [x, i32([[2], [0]]), rows(2), [1, 3]],
    [x, i32([[2], [0]]), rows(2), [1, 2]],
    [x, outside, rows(2), [1, 3], { mode: "clip" }],
    [x, outside, rows(2), [1, 3], { mode: "fill" }],
    [x, outside, rows(2), [1, 3], { mode: "fill", fillValue: 7 }],
    [x, i32([[1], [3]]), rows(2), [1, 3], { mode: "promise_in_bounds" }],
    [x, i32([[0], [3]]), rows(2), [1, 3], { indicesAreSorted: true, uniqueIndices: true }],
    [x, i32([[0, 1], [3, 2], [9, 1]]), points, [1, 1], { mode: "clip" }],
    [x, i32([[0, 1], [3, 2], [9, 1]]), points, [1, 1], { mode: "fill" }],
    [x, i32([[1, 0], [2, 3], [1, 9]]), { ...points, startIndexMap: [1, 0] }, [1, 1], {
      mode: "clip",
    }],
    // Windows kept whole, before and after the batch.
    [
      x,
      i32([[1, 1], [3, 2]]),
      {
        offsetDims: [1, 2],
        collapsedSliceDims: [],
        startIndexMap: [0, 1],
      },
      [2, 2],
      { mode: "clip" },
    ],
    [
      x,
      i32([[1, 1], [3, 2]]),
      {
        offsetDims: [0, 1],
        collapsedSliceDims: [],
        startIndexMap: [0, 1],
      },
      [2, 2],
      { mode: "clip" },
    ],
    [
      x,
      i32([[1, 1], [3, 2]]),
      {
        offsetDims: [0, 2],
        collapsedSliceDims: [],
        startIndexMap: [0, 1],
      },
      [2, 2],
      { mode: "fill" },
    ],
    // One index vector; indices of two batch axes; small and unsigned indices.
    [x, i32([2]), { offsetDims: [0], collapsedSliceDims: [0], startIndexMap: [0] }, [1, 3]],
    [x, i32([[[0], [1]], [[2], [3]]]), {
      offsetDims: [2],
      collapsedSliceDims: [0],
      startIndexMap: [0],
    }, [1, 3]],
    [x, u32([[2], [4294967295]]), rows(2), [1, 3], { mode: "fill" }],
    [x, array("int8", [[2], [-1]]), rows(2), [1, 3], { mode: "clip" }],
    [iota([300]), array("uint8", [[255], [0]]), rows(1), [1], { mode: "clip" }],
    // Batching dimensions.
    [iota([2, 5]), i32([[[1], [4]], [[0], [2]]]), {
      offsetDims: [],
      collapsedSliceDims: [1],
      startIndexMap: [1],
      operandBatchingDims: [0],
      startIndicesBatchingDims: [0],
    }, [1, 1]],
    // Nothing to take, nothing to take from.
    [x, filled([0, 1], 0, "int32"), rows(2), [1, 3]],
    [filled([4, 0], 0, "float32"), i32([[1]]), rows(2), [1, 0]],
  ], HOW),
  ...calls("lax.gather", [
    [x, i32([[0]]), rows(2), [1, 4]],
    [x, i32([[0]]), rows(2), [2, 3]],
    [x, i32([[0]]), rows(2), [1]],
    [x, f32([[0]]), rows(2), [1, 3]],
    [x, i32([[0, 1]]), rows(2), [1, 3]],
    [x, i32([[0]]), { ...rows(2), offsetDims: [] }, [1, 3]],
    [x, i32([[0]]), { ...rows(2), collapsedSliceDims: [2] }, [1, 3]],
    [x, i32([[0]]), { ...rows(2), startIndexMap: [2] }, [1, 3]],
    [x, i32([[0]]), { ...rows(2), offsetDims: [2, 1] }, [1, 3]],
    [x, i32([[0]]), rows(2), [1, 3], { mode: "wrong" }],
  ], { throws: true }),
];

const UPDATES = ["scatter", "scatterAdd", "scatterMul", "scatterMin", "scatterMax"] as const;
const ARITHMETIC = ["scatterAdd", "scatterMul", "scatterSub"];

const scatters: Case[] = [
  ...UPDATES.flatMap((name) =>
    ALL.filter((d) => d !== "bool" || !ARITHMETIC.includes(name)).flatMap((d) =>
      calls(`lax.${name}`, [
        [rand([4], d), i32([[2], [0], [7]]), rand([3], d, 1), rowsToUpdate(1)],
      ], HOW)
    )
  ),
  ...[...UPDATES.slice(1), "scatterSub"].flatMap((name) =>
    calls(`lax.${name}`, [
      [x, i32([[1], [1], [3], [1]]), iota([4, 3]), rowsToUpdate(2)],
      [i32([1, 2, 3]), i32([[0], [0], [2]]), i32([5, -7, 11]), rowsToUpdate(1)],
    ], HOW)
  ),
  ...["scatter", "scatterAdd"].flatMap((name) => [
    ...MODES.slice(0, 2).flatMap((mode) =>
      calls(`lax.${name}`, [
        [x, i32([[0], [9], [2]]), iota([3, 3]), rowsToUpdate(2), { mode }],
        [x, i32([[0, 1], [3, 2], [-2, 1]]), f32([10, 20, 30]), pointsToUpdate, { mode }],
        [x, i32([[3, 2], [1, 1]]), iota([2, 2, 2]), {
          updateWindowDims: [1, 2],
          insertedWindowDims: [],
          scatterDimsToOperandDims: [0, 1],
        }, { mode }],
      ], HOW)
    ),
    ...calls(`lax.${name}`, [
      [x, i32([[3], [1]]), iota([2, 3]), rowsToUpdate(2), { mode: "promise_in_bounds" }],
      [x, i32([[1], [2]]), iota([2, 3]), rowsToUpdate(2), {
        indicesAreSorted: true,
        uniqueIndices: true,
      }],
      [x, i32([[2], [1]]), iota([2, 2]), rowsToUpdate(2)],
      [x, i32([2]), f32([7, 8, 9]), {
        updateWindowDims: [0],
        insertedWindowDims: [0],
        scatterDimsToOperandDims: [0],
      }],
      [x, i32([[1], [2]]), iota([3, 2]), {
        updateWindowDims: [0],
        insertedWindowDims: [0],
        scatterDimsToOperandDims: [0],
      }],
      [iota([2, 5]), i32([[[1], [4]], [[0], [2]]]), f32([[10, 20], [30, 40]]), {
        updateWindowDims: [],
        insertedWindowDims: [1],
        scatterDimsToOperandDims: [1],
        operandBatchingDims: [0],
        scatterIndicesBatchingDims: [0],
      }],
      [x, filled([0, 1], 0, "int32"), filled([0, 3], 0, "float32"), rowsToUpdate(2)],
    ], HOW),
  ]),
  ...calls("lax.scatter", [
    [x, i32([[0]]), iota([2, 3]), rowsToUpdate(2)],
    [x, i32([[0]]), iota([1, 4]), rowsToUpdate(2)],
    [x, i32([[0]]), i32([[1, 2, 3]]), rowsToUpdate(2)],
    [x, f32([[0]]), iota([1, 3]), rowsToUpdate(2)],
    [x, i32([[0]]), iota([1, 3]), { ...rowsToUpdate(2), insertedWindowDims: [2] }],
    [x, i32([[0]]), iota([1, 3]), { ...rowsToUpdate(2), scatterDimsToOperandDims: [0, 1] }],
  ], { throws: true }),
];

export default [...gathers, ...scatters] satisfies Case[];
