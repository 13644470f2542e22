/** Indexing: `x.at(…)` read and updated, `take` and its kin, masks, positions. */
import { Slice } from "../../core/methods.ts";
import {
  ALL,
  type Arg,
  array,
  calls,
  type Case,
  f32,
  filled,
  i32,
  iota,
  mask,
  quarters,
  u32,
} from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const slice = (start: number | null, stop: number | null, step: number | null = null) =>
  new Slice(start, stop, step);
const x = iota([4, 3]);
const cube = iota([2, 3, 4]);

/** Indices that need no values: positions, slices, new axes, the rest. */
const basic: readonly (readonly Arg[])[] = [
  [0],
  [-1],
  [1, 2],
  [slice(1, 3)],
  [slice(null, null)],
  [slice(null, null, -1)],
  [slice(3, 0, -2)],
  [slice(-3, null)],
  [slice(null, 2), 1],
  [slice(5, 9)],
  [slice(2, 1)],
  [null],
  [null, 1],
  [1, null],
  ["..."],
  ["...", 0],
  ["...", slice(0, 2)],
  [slice(null, null, 2), null, slice(null, null, -1)],
  [],
];
/** Indices of arrays and lists. */
const advanced: readonly (readonly Arg[])[] = [
  [i32([0, 2])],
  [i32([0, -1])],
  [i32([[0, 1], [2, 3]])],
  [[0, 2]],
  [i32([0, 2]), i32([1, 2])],
  [i32([[0], [2]]), i32([1, 2])],
  [slice(null, null), i32([2, 0])],
  [i32([0, 2]), slice(0, 2)],
  [i32([0, 2]), null],
  [i32(1)],
  [i32([7, -9])],
  [u32([1])],
  [array("int8", [1, -1])],
  [i32([])],
  [1, i32([0, 1])],
];
/** Masks: known when the function is traced, or only eager. */
const masks: readonly (readonly Arg[])[] = [
  [mask([true, false, true, false])],
  [[true, false, true, false]],
  [slice(null, null), mask([true, false, true])],
  [mask([[true, false, true], [false, false, false], [true, true, true], [false, true, false]])],
];

const reads: Case[] = [
  ...calls("at.get", [...basic, ...advanced].map((index) => [x, index]), HOW),
  ...calls("at.get", masks.map((index) => [x, index]), { ulp: 0 }),
  ...calls("at.get", [
    [cube, [0, slice(null, null), i32([1, 2])]],
    [cube, [i32([0, 1]), slice(null, null), i32([1, 2])]],
    [cube, [slice(null, null), i32([0, 1]), i32([1, 2])]],
    [cube, [i32([0, 1]), "...", 0]],
    [cube, ["...", null, i32([0, 3])]],
    [cube, [1, 2, 3]],
    [filled([0, 3], 0, "float32"), [slice(null, null)]],
    [f32(5), []],
    [f32(5), [null]],
    [f32(5), ["..."]],
  ], HOW),
  ...calls("at.get", [
    [x, [i32([0, 9])], { mode: "fill" }],
    [x, [i32([0, 9])], { mode: "fill", fillValue: -1 }],
    [x, [i32([0, 9])], { mode: "clip" }],
    [x, [i32([0, 9])], { mode: "drop" }],
    [x, [i32([0, 1])], { mode: "promise_in_bounds" }],
    [x, [i32([0, 1])], { indicesAreSorted: true, uniqueIndices: true }],
    [i32([1, 2]), [i32([0, 9])], { mode: "fill" }],
    [mask([true, false]), [i32([0, 9])], { mode: "fill" }],
    [u32([1, 2]), [i32([0, 9])], { mode: "fill" }],
    [x, [9]],
    [x, [-9]],
    [x, [i32(9)]],
  ], { ulp: 0 }),
  ...calls("at.get", [
    [x, [0, 0, 0]],
    [x, ["...", "..."]],
    [x, [f32([0])]],
    [x, [1.5]],
    [x, [mask([true, false])]],
    [x, [i32([0, 1]), i32([0, 1, 2])]],
    [f32(1), [0]],
    [x, ["a"]],
    [x, [slice(0, 2, 0)]],
  ], { throws: true }),
  ...calls("at.get", [[x, [slice(0.5, 2)]]], { throws: "slice indices must be integers" }),
];

const OPERATIONS = ["set", "add", "subtract", "multiply", "mul", "divide", "power", "min", "max"];
const updates: Case[] = [
  ...OPERATIONS.flatMap((name) =>
    calls(`at.${name}`, [
      [quarters([4]), [1], 2],
      [quarters([4]), [slice(1, 3)], f32([2, 3])],
      [x, [i32([0, 2, 0])], 2],
    ], { ulp: name === "power" ? 4 : 0, jaxpr: true })
  ),
  ...[...basic, ...advanced].flatMap((index) => calls("at.set", [[x, index, 50]], HOW)),
  ...masks.flatMap((index) => calls("at.set", [[x, index, 50]], { ulp: 0 })),
  ...calls("at.add", [...basic.slice(0, 7), ...advanced].map((index) => [x, index, 1.5]), HOW),
  ...calls("at.set", [
    [x, [0], f32([7, 8, 9])],
    [x, [slice(0, 2)], f32([[7, 8, 9]])],
    [x, [slice(null, null), 1], f32([7, 8, 9, 10])],
    [x, [i32([0, 1]), i32([0, 1])], f32([7, 8])],
    [i32([1, 2, 3]), [0], 2.75],
    [i32([1, 2, 3]), [0], f32(2.75)],
    [f32([1, 2, 3]), [0], i32(5)],
    [x, [9], 1],
    [x, [i32([0, 9, -9])], 1],
    [x, [i32([0, 9])], 1, { mode: "clip" }],
    [x, [i32([0, 9])], 1, { mode: "drop" }],
    [f32(5), [], 6],
    [cube, [i32([0, 1]), slice(null, null), i32([1, 2])], 1],
    [filled([0, 3], 0, "float32"), [slice(null, null)], 1],
    [x, [slice(2, 2)], 1],
  ], { ulp: 0 }),
  ...calls("at.add", [
    [i32([0, 0, 0]), [i32([0, 0, 2, 2, 2])], 1],
    [f32([0, 0, 0]), [i32([0, 0, 2])], f32([0.5, 0.25, 1])],
    [x, [mask([true, false, false, true])], 1],
  ], { ulp: 0 }),
  ...ALL.flatMap((d) => calls("at.set", [[quarters([3], d), [1], quarters([], d, 1)]], HOW)),
  ...calls("at.set", [
    [x, [0], f32([1, 2])],
    [x, [0, 0, 0], 1],
    [x, [f32([0])], 1],
    [x, [mask([true, false])], 1],
  ], { throws: true }),
];

const taking: Case[] = [
  ...calls("np.take", [
    [x, 2],
    [x, i32([0, 5])],
    [x, i32([0, 2]), 0],
    [x, i32([[0, 1], [2, 0]]), { axis: 1 }],
    [x, i32([0, -1]), 0],
    [x, i32([0, 9]), 0],
    [x, i32([0, 9]), 0, { mode: "clip" }],
    [x, i32([0, 9]), 0, { mode: "wrap" }],
    [x, i32([0, 9]), 0, { mode: "fill", fillValue: -1 }],
    [i32([1, 2]), i32([5])],
  ], HOW),
  ...calls("np.take", [
    [x, f32([0])],
    [x, i32([0]), 2],
  ], { throws: true }),
  ...calls("np.take", [[x, i32([0]), 0, { mode: "raise" }]], {
    throws: "Invalid mode 'raise' for np.take",
  }),
  ...calls("np.takeAlongAxis", [
    [x, i32([[0, 1, 2], [2, 1, 0]]), 0],
    [x, i32([[0], [1], [2], [0]]), 1],
    [x, i32([3, 11]), null],
    [x, i32([[0], [9], [-1], [0]]), 1],
    [x, i32([[0], [9], [-1], [0]]), { axis: 1, mode: "clip" }],
  ], { ulp: 0 }),
  ...calls("np.takeAlongAxis", [[x, i32([0]), 0], [x, f32([[0]]), 0]], { throws: true }),
  ...calls("np.putAlongAxis", [
    [x, i32([[0], [1], [2], [0]]), 9, 1, { inplace: false }],
  ], { ulp: 0 }),
  ...calls("np.put", [
    [f32([1, 2, 3]), i32([0, 2]), f32([8, 9]), { inplace: false }],
    [x, i32([0, -1]), 5, { inplace: false }],
  ], { ulp: 0 }),
  ...calls("np.choose", [
    [i32([0, 1, 2, 1]), [f32([1, 2, 3, 4]), f32([5, 6, 7, 8]), f32([9, 10, 11, 12])], {
      mode: "clip",
    }],
    [i32([0, 5]), [f32([1, 2]), f32([5, 6])], { mode: "wrap" }],
  ], { ulp: 0 }),
  ...calls("np.select", [
    [[mask([true, false, false]), mask([true, true, false])], [f32([1, 2, 3]), f32([4, 5, 6])]],
    [[mask([true, false])], [i32([1, 2])], 9],
    [[mask([true, false])], [i32([1, 2])], { default: 0.5 }],
  ], { ulp: 0 }),
  ...calls("np.where", [
    [mask([true, false]), f32([1, 2]), f32([3, 4])],
    [mask([[true], [false]]), f32([1, 2]), 0],
    [mask([true, false]), i32([1, 2]), f32([3, 4])],
    [i32([0, 2]), 1, 0],
    [f32([0, NaN]), 1, 2.5],
    [mask(true), f32([1, 2]), 7],
    [true, 1, 2],
    [mask([]), f32([]), 1],
  ], HOW),
  ...calls("np.where", [[mask([true, false, true])], [x]], { ulp: 0 }),
  ...calls("np.where", [
    [mask([true, false, true]), { size: 3 }],
    [mask([true, false, true]), { size: 3, fillValue: -1 }],
  ], { ulp: 0 }),
  ...calls("np.where", [
    [mask([true, false]), f32([1, 2, 3]), f32([1])],
    [mask([true]), f32([1])],
  ], { throws: true }),
  ...calls("np.compress", [
    [mask([true, false, true]), f32([1, 2, 3])],
    [mask([false, true]), x, { axis: 0 }],
    [mask([false, true, true]), x, 1],
  ], { ulp: 0 }),
  ...calls("np.extract", [[mask([true, false, true]), f32([1, 2, 3])]], { ulp: 0 }),
  ...calls("np.nonzero", [[i32([0, 3, 0, 4])], [x], [mask([false])], [f32([NaN, 0, -0])]], {
    ulp: 0,
  }),
  ...calls("np.nonzero", [
    [i32([0, 3, 0, 4]), { size: 3 }],
    [i32([0, 3, 0, 4]), { size: 3, fillValue: 9 }],
    [i32([0, 3, 0, 4]), { size: 1 }],
  ], { ulp: 0 }),
  ...calls("np.flatnonzero", [[x], [i32([0, 3])]], { ulp: 0 }),
  ...calls("np.flatnonzero", [[i32([0, 3, 0, 4]), { size: 3 }]], { ulp: 0 }),
  ...calls("np.argwhere", [[i32([[0, 3], [4, 0]])], [f32([0, 0])]], { ulp: 0 }),
  ...calls("np.argwhere", [[i32([[0, 3], [4, 0]]), { size: 3 }]], { ulp: 0 }),
  ...calls("np.unravelIndex", [
    [i32([5, 11]), [4, 3]],
    [7, [2, 3, 4]],
    [i32([-1, 50]), [4, 3]],
  ], { ulp: 0 }),
  ...calls("np.ravelMultiIndex", [
    [[i32([1, 3]), i32([2, 0])], [4, 3], { mode: "clip" }],
    [[i32([1, 9]), i32([2, 0])], [4, 3], { mode: "wrap" }],
  ], { ulp: 0 }),
  ...calls("np.ix_", [[i32([0, 2]), i32([1, 2])]], { ulp: 0 }),
  ...calls("np.ix_", [[mask([true, false, true]), i32([1])]], { throws: true }),
];

export default [...reads, ...updates, ...taking] satisfies Case[];
