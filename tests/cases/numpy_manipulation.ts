/** NumPy's shape manipulation: reshaping, joining, splitting, repeating, padding, turning. */
import {
  ALL,
  type Arg,
  calls,
  type Case,
  f32,
  filled,
  i32,
  iota,
  mask,
  quarters,
  weak,
} from "./case.ts";

const HOW = { ulp: 0 } as const;
const PRINTED = { ulp: 0, jaxpr: true } as const;
const x = iota([2, 3, 4]);
const square = iota([3, 3]);
const none = filled([0, 3], 0, "float32");

const shapes: Case[] = [
  ...calls("np.reshape", [
    [x, [4, 6]],
    [x, [-1]],
    [x, -1],
    [x, [3, -1, 2]],
    [x, 24],
    [f32(3), []],
    [f32(3), [1, 1]],
    [none, [3, 0]],
    [none, [-1, 3]],
    [3, [1]],
  ], PRINTED),
  ...calls("np.reshape", [[x, [6, 4], { order: "F" }], [x, [2, -1], "F"]], HOW),
  ...calls("np.reshape", [[none, [0, -1]]], { throws: "cannot reshape array of" }),
  ...calls("np.reshape", [
    [x, [5, 5]],
    [x, [5, -1]],
    [x, [-1, -1]],
    [x, [-2, 12]],
    [x, [2.5]],
    [x, [24], { order: "Q" }],
  ], { throws: true }),
  ...calls("np.ravel", [[x], [x, { order: "C" }], [f32(1)], [none]], PRINTED),
  ...calls("np.ravel", [[x, "F"]], HOW),
  ...calls("np.transpose", [
    [x],
    [x, [1, 2, 0]],
    [x, [0, -1, 1]],
    [f32([1])],
    [square],
    [f32(1)],
  ], PRINTED),
  ...calls("np.transpose", [[x, [0, 1]], [x, [0, 0, 1]], [x, [0, 1, 3]]], { throws: true }),
  ...calls("np.permuteDims", [[x, [2, 0, 1]]], HOW),
  ...calls("np.matrixTranspose", [[x], [square]], HOW),
  ...calls("np.matrixTranspose", [[f32([1])]], { throws: true }),
  ...calls("np.swapaxes", [[x, 0, 2], [x, -1, -2], [x, 1, 1]], PRINTED),
  ...calls("np.swapaxes", [[x, 0, 3]], {
    throws: "axis 3 is out of bounds for array of dimension 3",
  }),
  ...calls("np.moveaxis", [
    [x, 0, -1],
    [x, 2, 0],
    [x, [0, 1], [-1, -2]],
    [x, [0], [1]],
  ], PRINTED),
  ...calls("np.moveaxis", [[x, 0, 5], [x, [0, 1], [0]], [x, [0, 0], [1, 2]]], { throws: true }),
  ...calls("np.rollaxis", [[x, 2], [x, 1, 3], [x, 0, 2]], HOW),
  ...calls("np.expandDims", [[x, 0], [x, -1], [x, [0, 2]], [f32(1), 0]], PRINTED),
  ...calls("np.expandDims", [[x, 5], [x, [0, 0]]], { throws: true }),
  ...calls("np.squeeze", [
    [iota([1, 3, 1])],
    [iota([1, 3, 1]), 0],
    [iota([1, 3, 1]), -1],
    [iota([1, 3, 1]), [0, 2]],
    [iota([1, 3, 1]), { axis: [] }],
    [x],
  ], PRINTED),
  ...calls("np.squeeze", [[x, 0], [x, 3]], { throws: true }),
  ...["atleast1d", "atleast2d", "atleast3d"].flatMap((name) =>
    calls(`np.${name}`, [[3], [f32([1, 2])], [square], [x], [f32([1]), 2.5]], HOW)
  ),
  ...calls("np.broadcastTo", [
    [f32([1, 2, 3]), [2, 3]],
    [3, [2, 2]],
    [f32([[1], [2]]), [2, 3]],
    [f32([1]), [0]],
    [f32([1, 2]), 2],
  ], PRINTED),
  ...calls("np.broadcastTo", [[f32([1, 2]), [3]], [square, [3]], [f32([1]), [-1]]], {
    throws: true,
  }),
  ...calls("np.broadcastArrays", [[f32([1, 2, 3]), f32([[1], [2]])], [1, f32([2])]], HOW),
  ...calls("np.broadcastArrays", [[f32([1, 2, 3]), f32([1, 2])]], { throws: true }),
  ...calls("np.broadcastShapes", [[[2, 1], [3]], [[], [2]], [[5, 1, 3], [4, 1]]]),
  ...calls("np.broadcastShapes", [[[2], [3]]], { throws: true }),
  ...["shape", "ndim", "size"].flatMap((name) => calls(`np.${name}`, [[x], [f32(1)], [3], [none]])),
  ...calls("np.size", [[x, 1], [x, -1]]),
  ...calls("np.iscomplexobj", [[x]]),
  ...calls("np.resize", [[f32([1, 2, 3]), [2, 4]], [f32([1, 2, 3]), 2], [square, [0]]], HOW),
];

const pair: readonly Arg[] = [quarters([2, 3]), quarters([2, 3], "float32", 1)];
const joins: Case[] = [
  ...calls("np.concatenate", [
    [pair],
    [pair, 1],
    [pair, { axis: -1 }],
    [pair, { axis: null }],
    [[f32([1]), i32([2])]],
    [[f32([1]), mask([true])], { dtype: "int32" }],
    [[f32([1, 2]), f32([])]],
    [[weak(f32([1])), i32([2])]],
    [square],
    [[f32([1])]],
    [[quarters([2], "float16"), quarters([2], "bfloat16")]],
  ], PRINTED),
  ...calls("np.concatenate", [
    [[]],
    [[f32(1), f32(2)]],
    [[square, iota([2, 2])]],
    [[square, f32([1])]],
    [pair, 2],
  ], { throws: true }),
  ...calls("np.concat", [[pair, { axis: 1 }]], HOW),
  ...calls("np.stack", [
    [pair],
    [pair, 1],
    [pair, { axis: -1 }],
    [[f32(1), f32(2)]],
    [[1, 2.5]],
    [[i32([1]), f32([2])], { dtype: "float16" }],
    [square],
  ], PRINTED),
  ...calls("np.stack", [[[]], [[f32([1]), f32([1, 2])]], [pair, 3]], { throws: true }),
  ...["vstack", "hstack", "dstack", "columnStack"].flatMap((name) =>
    calls(`np.${name}`, [
      [pair],
      [[f32([1, 2]), f32([3, 4])]],
      [[f32(1), f32(2)]],
      [[f32([1, 2]), i32([3, 4])]],
    ], HOW)
  ),
  ...calls("np.vstack", [[[f32([1, 2]), f32([1])]]], { throws: true }),
  ...calls("np.append", [
    [f32([1, 2]), f32([3])],
    [square, 9],
    [square, iota([1, 3]), 0],
    [square, iota([3, 1]), { axis: 1 }],
  ], HOW),
  ...calls("np.block", [
    [[f32([1, 2]), f32([3])]],
    [[[square, filled([3, 1], 0, "float32")], [filled([1, 3], 1, "float32"), f32([[9]])]]],
    [f32([1])],
  ], HOW),
  ...["split", "arraySplit"].flatMap((name) =>
    calls(`np.${name}`, [
      [iota([6]), 3],
      [iota([6]), [2, 4]],
      [iota([2, 6]), 2, 1],
      [iota([2, 6]), [1], { axis: -1 }],
    ], HOW)
  ),
  ...calls("np.arraySplit", [[iota([7]), 3], [iota([3]), 5]], HOW),
  ...calls("np.split", [
    [iota([7]), 3],
    [iota([6]), [2, 9]],
    [iota([6]), [4, 2]],
  ], { throws: true }),
  ...calls("np.split", [[iota([6]), 0]], { throws: "number sections must be larger than 0" }),
  ...["hsplit", "vsplit", "dsplit"].flatMap((name) =>
    calls(`np.${name}`, [[iota([4, 4, 4]), 2], [iota([4, 4, 4]), [1, 3]]], HOW)
  ),
  ...calls("np.hsplit", [[iota([4]), 2]], HOW),
  ...calls("np.unstack", [[square], [x, { axis: 1 }]], HOW),
  ...calls("np.insert", [
    [f32([1, 2, 3]), 1, 9],
    [f32([1, 2, 3]), i32([0, 2]), f32([8, 9])],
    [square, 1, 9, 0],
    [square, -1, f32([7, 8, 9]), { axis: 1 }],
  ], HOW),
  ...calls("np.delete", [
    [f32([1, 2, 3]), 1],
    [f32([1, 2, 3]), -1],
    [square, 1, 0],
    [square, 0, { axis: 1 }],
    [f32([1, 2, 3, 4]), i32([0, 2])],
  ], { ulp: 0 }),
  ...calls("np.delete", [[f32([1, 2]), 5]], { throws: true }),
];

const repeats: Case[] = [
  ...calls("np.repeat", [
    [f32([1, 2]), 3],
    [square, 2],
    [square, 2, 0],
    [square, 2, { axis: 1 }],
    [f32([1, 2]), 0],
    [3, 2],
  ], PRINTED),
  ...calls("np.repeat", [[f32([1, 2, 3]), i32([2, 0, 1]), { totalRepeatLength: 3 }]], HOW),
  ...calls("np.repeat", [
    [f32([1, 2, 3]), i32([2, 0, 1])],
    [square, i32([1, 2, 0]), 1],
    [f32([1, 2]), i32([3])],
  ], { ulp: 0 }),
  ...calls("np.repeat", [[f32([1, 2, 3]), i32([1, 2])], [f32([1]), 2, 1]], { throws: true }),
  ...calls("np.tile", [
    [f32([1, 2]), 3],
    [square, 2],
    [square, [2, 1]],
    [f32([1, 2]), [2, 2]],
    [x, [2, 1]],
    [f32([1]), []],
    [f32([1, 2]), 0],
    [3, [2, 2]],
  ], PRINTED),
  ...calls("np.pad", [
    [f32([1, 2, 3]), 2],
    [f32([1, 2, 3]), [1, 2]],
    [square, [[1, 0], [0, 2]]],
    [square, 1, "constant", { constantValues: 7 }],
    [square, [[1, 2], [2, 1]], { constantValues: [[5, 6], [7, 8]] }],
    [i32([1, 2]), 1, { constantValues: 2.5 }],
    ...[
      "edge",
      "reflect",
      "symmetric",
      "wrap",
      "maximum",
      "minimum",
      "mean",
      "median",
      "linear_ramp",
    ]
      .flatMap((mode) => [
        [f32([1, 5, 3]), [2, 1], mode] as const,
        [square, [[1, 1], [2, 0]], { mode }] as const,
      ]),
    [f32([1, 2, 3]), 7, "reflect"],
    [f32([1, 2, 3]), 7, "wrap"],
    [f32([1, 2, 3]), 2, "reflect", { reflectType: "odd" }],
    [f32([1, 5, 3]), 1, "maximum", { statLength: 2 }],
    [f32([1, 5, 3]), 2, "linear_ramp", { endValues: 9 }],
    [square, 0],
    [none, 1],
  ], HOW),
  ...calls("np.pad", [
    [f32([1]), 1, "wrong"],
    [f32([1]), -1],
    [square, [1, 2, 3]],
    [square, 1.5],
  ], { throws: true }),
];

const turns: Case[] = [
  ...["flip", "fliplr", "flipud"].flatMap((name) => calls(`np.${name}`, [[x], [square]], PRINTED)),
  ...calls("np.flip", [[x, 0], [x, -1], [x, [0, 2]], [f32(1)], [none, 0]], PRINTED),
  ...calls("np.flip", [[x, 3]], { throws: true }),
  ...calls("np.rot90", [[square], [square, 2], [square, -1], [x, 1, [1, 2]], [x, { k: 3 }]], HOW),
  ...calls("np.roll", [
    [x, 1],
    [x, -5],
    [x, 1, 0],
    [x, [1, 2], [0, 2]],
    [x, 2, { axis: -1 }],
    [x, 1, [0, 1]],
    [f32([]), 1],
    [square, i32(1), 0],
  ], HOW),
  ...calls("np.trimZeros", [[f32([0, 0, 1, 2, 0])], [f32([0, 1, 0]), "f"]], {
    ulp: 0,
  }),
  ...ALL.flatMap((d) =>
    calls("np.tile", [[quarters([2], d), 2]], HOW).concat(
      calls("np.roll", [[quarters([3], d), 1]], HOW),
    )
  ),
];

export default [...shapes, ...joins, ...repeats, ...turns] satisfies Case[];
