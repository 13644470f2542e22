/** Movement: reshape and its kin, pad, concatenate, slices static and dynamic, iota. */
import { ALL, calls, type Case, f32, filled, i32, iota, mask, rand, u32 } from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const empty = filled([0], 0, "float32");
const emptyRows = filled([0, 3], 0, "float32");

const everyDType: Case[] = ALL.flatMap((d) => [
  ...calls("lax.broadcastInDim", [[rand([3], d), [2, 3], [1]]], HOW),
  ...calls("lax.reshape", [[rand([2, 3], d), [3, 2]]], HOW),
  ...calls("lax.transpose", [[rand([2, 3], d), [1, 0]]], HOW),
  ...calls("lax.rev", [[rand([2, 3], d), [1]]], HOW),
  ...calls("lax.concatenate", [[[rand([2, 2], d), rand([2, 3], d)], 1]], HOW),
  ...calls("lax.pad", [[rand([3], d), rand([], d), [[1, 2, 1]]]], HOW),
  ...calls("lax.slice", [[rand([5], d), [1], [4], [2]]], HOW),
  ...calls("lax.dynamicSlice", [[rand([5], d), [i32(2)], [2]]], HOW),
  ...calls("lax.dynamicUpdateSlice", [[rand([5], d), rand([2], d, 1), [i32(2)]]], HOW),
  ...(d === "bool" ? [] : calls("lax.iota", [[d, 5]], HOW)),
  ...calls("lax.full", [[[2, 2], 1, d]], HOW),
  ...calls("lax.squeeze", [[rand([1, 2, 1], d), [0, 2]]], HOW),
]);

const shapes: Case[] = [
  ...calls("lax.broadcast", [
    [rand([2, 3]), [4]],
    [rand([]), [2, 3]],
    [rand([2]), []],
    [rand([2]), [0, 1]],
    [emptyRows, [2]],
  ], HOW),
  ...calls("lax.broadcast", [[rand([2]), [-1]]], { throws: true }),
  ...calls("lax.broadcastInDim", [
    [rand([]), [2, 3], []],
    [rand([2]), [2, 3], [0]],
    [rand([2, 3]), [2, 4, 3], [0, 2]],
    [rand([1, 3]), [2, 3], [0, 1]],
    [rand([1]), [0], [0]],
    [rand([2]), [2], [0]],
    [empty, [2, 0], [1]],
  ], HOW),
  // JAX prints one broadcast_in_dim, we transpose first.
  ...calls("lax.broadcastInDim", [[rand([2, 3]), [3, 2], [1, 0]]], { ulp: 0 }),
  ...calls("lax.broadcastInDim", [
    [rand([2]), [2, 3], [1]],
    [rand([2]), [3, 2], []],
    [rand([2]), [2, 3], [2]],
    [rand([2]), [2, -3], [0]],
    [rand([2, 3]), [3], [0]],
  ], { throws: true }),
  ...calls("lax.reshape", [
    [rand([2, 3, 4]), [4, 6]],
    [rand([2, 3, 4]), [24]],
    [rand([1]), []],
    [rand([]), [1, 1]],
    [emptyRows, [3, 0, 2]],
    [rand([2, 3]), [2, 3]],
  ], HOW),
  ...calls("lax.reshape", [[rand([2, 3]), [4, 2]], [empty, [1]]], {
    throws: "reshape total size must be unchanged, got newSizes",
  }),
  ...calls("lax.transpose", [
    [rand([2, 3, 4]), [2, 0, 1]],
    [rand([2, 3, 4]), [0, 1, 2]],
    [rand([2, 3, 4]), [0, 2, 1]],
    [rand([]), []],
    [emptyRows, [1, 0]],
  ], HOW),
  ...calls("lax.transpose", [
    [rand([2, 3]), [0]],
    [rand([2, 3]), [0, 0]],
    [rand([2, 3]), [0, 2]],
  ], { throws: true }),
  ...calls("lax.squeeze", [
    [rand([1, 3, 1]), [0]],
    [rand([1, 3, 1]), [-1]],
    [rand([1, 3, 1]), []],
    [rand([1, 1]), [0, 1]],
    [filled([1, 0], 0, "float32"), [0]],
  ], HOW),
  ...calls("lax.squeeze", [
    [rand([1, 3]), [1]],
    [rand([1, 3]), [2]],
    [rand([1, 3]), [0, 0]],
  ], { throws: true }),
  ...calls("lax.expandDims", [
    [rand([3]), [0]],
    [rand([3]), [-1]],
    [rand([3]), [0, 2]],
    [rand([]), [0]],
    [empty, [1]],
  ], HOW),
  ...calls("lax.expandDims", [[rand([3]), [3]], [rand([3]), [0, 0]]], { throws: true }),
  ...calls("lax.rev", [
    [rand([2, 3]), [0, 1]],
    [rand([2, 3]), []],
    [emptyRows, [0]],
    [rand([2, 3, 2]), [1]],
  ], HOW),
  ...calls("lax.rev", [[rand([2, 3]), [2]], [rand([2, 3]), [0, 0]]], { throws: true }),
  ...calls("lax.concatenate", [
    [[rand([2, 3]), rand([1, 3], "float32", 1)], 0],
    [[rand([2]), empty, rand([3])], 0],
    [[rand([2])], 0],
    [[empty, empty], 0],
    [[iota([2, 2, 1]), iota([2, 2, 2]), iota([2, 2, 3])], 2],
  ], HOW),
  ...calls("lax.concatenate", [
    [[rand([2, 3]), rand([2, 2])], 0],
    [[rand([2]), i32([1])], 0],
    [[rand([2]), rand([2, 1])], 0],
    [[], 0],
  ], { throws: true }),
  ...calls("lax.tile", [[rand([2, 3]), [2, 1]], [rand([3]), [0]], [rand([2, 1]), [1, 3]]], HOW),
  ...calls("lax.collapse", [
    [rand([2, 3, 4]), 0, 2],
    [rand([2, 3, 4]), 1],
    [rand([2, 3, 4]), 0, 3],
    [rand([2, 3, 4]), 1, 2],
  ], HOW),
  ...calls("lax.fullLike", [
    [rand([2, 3]), 7],
    [i32([1, 2]), 2.5],
    [rand([2]), 1, { dtype: "int32" }],
    [rand([2]), 3, { shape: [3] }],
  ], HOW),
  ...calls("lax.full", [[[], 2, "float32"], [[0], 1.5, "int32"], [[3], 2.5], [[2], true]], HOW),
];

const padded: Case[] = [
  ...calls("lax.pad", [
    [rand([2, 3]), f32(9), [[1, 1, 0], [0, 2, 0]]],
    [rand([2, 3]), f32(9), [[0, 0, 1], [1, 0, 2]]],
    [rand([4]), f32(9), [[-1, 0, 0]]],
    [rand([4]), f32(9), [[-1, -2, 0]]],
    [rand([4]), f32(9), [[-2, 1, 1]]],
    [rand([4]), f32(9), [[0, -3, 2]]],
    [rand([4]), f32(NaN), [[0, 0, 0]]],
    [empty, f32(9), [[1, 2, 0]]],
    [rand([]), f32(9), []],
    [rand([1]), f32(9), [[0, 0, 3]]],
    [rand([2]), f32(9), [[-1, -1, 0]]],
  ], HOW),
  ...calls("lax.pad", [
    [rand([2]), f32(0), [[0, 0, -1]]],
    [rand([2]), i32(0), [[0, 0, 0]]],
    [rand([2]), f32(0), [[0, 0, 0], [0, 0, 0]]],
    [rand([2]), f32(0), [[-3, 0, 0]]],
  ], { throws: true }),
];

/** Where JAX's own checks are passed by, and its compiler speaks. */
const ours: Case[] = [
  ...calls("lax.pad", [[rand([2]), f32([0]), [[0, 0, 0]]]], {
    throws: "paddingValue must be a scalar; got an array of shape (1,)",
  }),
  ...calls("lax.slice", [[rand([4]), [0], [5]]], {
    throws: "slice limitIndices must be less than or equal to operand shape",
  }),
  ...calls("lax.slice", [[rand([4]), [3], [2]]], {
    throws: "slice limitIndices must be greater than or equal to startIndices",
  }),
  ...calls("lax.slice", [[rand([4]), [0], [4], [0]]], { throws: "slice strides must be positive" }),
  ...calls("lax.slice", [[rand([4]), [0, 0], [4, 4]]], {
    throws: "slice startIndices must have length equal to the number of dimensions of the operand",
  }),
  // JAX starts at 0 here and gives three elements.
  ...calls("lax.slice", [[rand([4]), [-1], [2]]], {
    throws: "slice startIndices must have every element be nonnegative, got (-1,).",
  }),
  ...calls("lax.dynamicSlice", [[rand([4]), [i32(0)], [2, 2]]], {
    throws: "slice sizes must have the same length as start indices",
  }),
];

const slices: Case[] = [
  ...calls("lax.slice", [
    [rand([4, 5]), [1, 0], [3, 5]],
    [rand([4, 5]), [0, 1], [4, 5], [2, 3]],
    [rand([4]), [2], [2]],
    [rand([4]), [4], [4]],
    [rand([]), [], []],
    [emptyRows, [0, 1], [0, 3]],
    [rand([7]), [1], [7], [7]],
  ], HOW),
  ...calls("lax.slice", [
    [rand([4]), [0], [4], [1, 1]],
  ], { throws: true }),
  ...calls("lax.sliceInDim", [
    [rand([4, 5]), 1, 3],
    [rand([4, 5]), 0, 5, 2, 1],
    [rand([4, 5]), -3, -1],
    [rand([4, 5]), null, null],
    [rand([4, 5]), 1, 4, 1, -1],
    [rand([4, 5]), 1, 4, { axis: -1 }],
  ], HOW),
  ...calls("lax.dynamicSlice", [
    [rand([4, 5]), [i32(1), i32(2)], [2, 3]],
    [rand([4, 5]), [i32(9), i32(-1)], [2, 3]],
    [rand([4, 5]), [i32(-9), i32(3)], [2, 2]],
    [rand([4]), [1], [2]],
    [rand([4]), [u32(3)], [2]],
    [rand([4]), [i32(0)], [0]],
    [rand([4, 5]), i32([1, 1]), [1, 2]],
    [rand([]), [], []],
    [empty, [i32(0)], [0]],
  ], HOW),
  ...calls("lax.dynamicSlice", [
    [rand([4]), [i32(0)], [5]],
    [rand([4]), [i32(0), i32(0)], [2]],
    [rand([4]), [f32(0)], [2]],
    [rand([4]), [i32(0)], [-1]],
  ], { throws: true }),
  ...calls("lax.dynamicUpdateSlice", [
    [rand([4, 5]), iota([2, 2]), [i32(1), i32(2)]],
    [rand([4, 5]), iota([2, 2]), [i32(9), i32(9)]],
    [rand([4, 5]), iota([2, 2]), [i32(-1), i32(-9)]],
    [rand([4]), iota([4]), [i32(2)]],
    [rand([4]), empty, [i32(2)]],
    [rand([4]), iota([1]), [3]],
    [rand([]), rand([], "float32", 1), []],
  ], HOW),
  ...calls("lax.dynamicUpdateSlice", [
    [rand([4]), iota([5]), [i32(0)]],
    [rand([4]), i32([1]), [i32(0)]],
    [rand([4]), iota([1, 1]), [i32(0)]],
    [rand([4]), iota([1]), [f32(0)]],
  ], { throws: true }),
  ...calls("lax.dynamicSliceInDim", [
    [rand([4, 5]), i32(1), 2],
    [rand([4, 5]), i32(2), 3, 1],
    [rand([4, 5]), i32(-2), 2],
  ], HOW),
  ...calls("lax.dynamicUpdateSliceInDim", [[rand([4, 5]), iota([2, 5]), i32(1), 0]], HOW),
  ...calls("lax.indexInDim", [
    [rand([4, 5]), 1],
    [rand([4, 5]), -1, 1],
    [rand([4, 5]), 2, 0, false],
    [rand([4, 5]), 2, { axis: 1, keepdims: false }],
  ], HOW),
  ...calls("lax.indexInDim", [[rand([4]), 4], [rand([4]), -5]], { throws: true }),
  ...calls("lax.dynamicIndexInDim", [
    [rand([4, 5]), i32(1)],
    [rand([4, 5]), i32(1), 1, false],
    [rand([4, 5]), i32(-1)],
  ], HOW),
];

const iotas: Case[] = [
  ...calls("lax.iota", [["float32", 0], ["int32", 1], ["int32", 300], ["int8", 130]], HOW),
  ...calls("lax.iota", [["bool", 2]], { throws: true }),
  ...calls("lax.broadcastedIota", [
    ["int32", [2, 3], 0],
    ["int32", [2, 3], 1],
    ["float32", [2, 0, 3], 2],
    ["complex64", [3], 0],
  ], HOW),
  ...calls("lax.broadcastedIota", [["int32", [2], 1], ["int32", [-2], 0]], { throws: true }),
];

const selected: Case[] = calls("lax.stack", [
  [[rand([2]), rand([2], "float32", 1)], 0],
  [[rand([2]), rand([2], "float32", 1)], 1],
  [[mask([true]), mask([false])], 0],
  [[rand([]), rand([], "float32", 1)], 0],
], HOW);

export default [
  ...everyDType,
  ...shapes,
  ...padded,
  ...ours,
  ...slices,
  ...iotas,
  ...selected,
] satisfies Case[];
