/** Reductions, cumulative operations, arg-reductions, windows that are reduced, sorting. */
import type { DTypeName } from "../../core/dtype.ts";
import {
  ALL,
  array,
  calls,
  type Case,
  type Data,
  f32,
  filled,
  FLOATS,
  i32,
  INTS,
  iota,
  mask,
  NUMBERS,
  PythonFloat,
  quarters,
  rand,
  REALS,
  special,
  u32,
} from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const BITS = ["bool", ...INTS] as const;

function over(call: string, accepts: readonly DTypeName[], args: (d: DTypeName) => Case["args"]) {
  return ALL.flatMap((d) => calls(call, [args(d)], accepts.includes(d) ? HOW : { throws: true }));
}
/** Halves and units: products of a dozen of them are exact. */
const factors = (d: DTypeName, shape: readonly number[]): Data => {
  const cycle = d === "bool" ? [true, false] : d.startsWith("u") ? [1, 2, 3, 1] : [1, -2, 1, 3, -1];
  const n = shape.reduce((p, s) => p * s, 1);
  return array(d, Array.from({ length: n }, (_, i) => cycle[i % cycle.length]), shape);
};

const folds: Record<string, readonly DTypeName[]> = {
  reduceSum: NUMBERS,
  reduceProd: NUMBERS,
  reduceMax: ALL,
  reduceMin: ALL,
  reduceAnd: BITS,
  reduceOr: BITS,
  reduceXor: BITS,
};
const input = (name: string, d: DTypeName, shape: readonly number[]): Data =>
  name === "reduceProd" ? factors(d, shape) : quarters(shape, d);

/** Complex products and extremes print as the pairwise operations that make them. */
function withoutComplexProgram(c: Case): Case {
  const isComplex = (c.args[0] as Data).dtype === "complex64" && c.call !== "lax.reduceSum";
  return isComplex ? { ...c, jaxpr: false } : c;
}

const reductions: Case[] = [
  ...Object.entries(folds).flatMap(([name, dtypes]) => [
    ...over(`lax.${name}`, dtypes, (d) => [input(name, d, [3, 4]), [0]]).map(withoutComplexProgram),
    ...(["int32", "float32", "bool"] as const).filter((d) => dtypes.includes(d)).flatMap((d) =>
      calls(`lax.${name}`, [
        [input(name, d, [2, 3, 4]), [0, 2]],
        [input(name, d, [2, 3, 4]), [0, 1, 2]],
        [input(name, d, [2, 3, 4]), []],
        [input(name, d, []), []],
        [filled([0, 3], 0, d), [0]],
        [filled([0, 3], 0, d), [1]],
        [filled([2, 0], 0, d), [0, 1]],
      ], HOW)
    ),
    ...calls(`lax.${name}`, [[input(name, dtypes[0], [2, 3]), [2]]], {
      throws: "contains out-of-bounds indices",
    }),
    ...calls(`lax.${name}`, [[input(name, dtypes[0], [2, 3]), [0, 0]]], {
      throws: "duplicate value in 'axes' of reduction: (0, 0)",
    }),
  ]),
  ...["reduceSum", "reduceMax", "reduceMin", "reduceProd"].flatMap((name) =>
    calls(`lax.${name}`, [
      [f32([1, NaN, 3]), [0]],
      [f32([Infinity, 1, -Infinity]), [0]],
      [f32([-0, -0]), [0]],
    ], HOW)
  ),
  ...(["int8", "uint8", "int32"] as const).flatMap((d) =>
    ["reduceSum", "reduceProd"].flatMap((name) =>
      calls(`lax.${name}`, [[filled([100], 100, d), [0]]], HOW)
    )
  ),
  ...FLOATS.flatMap((d) => calls("lax.reduceSum", [[quarters([200], d), [0]]], { ulp: 1 })),
  ...calls("lax.reduceSum", [[rand([1000]), [0]]], { normwise: true, ulp: 64 }),
];

const arg: Case[] = ["argmax", "argmin"].flatMap((name) => [
  ...["bool" as const, ...REALS].flatMap((d) =>
    calls(`lax.${name}`, [[quarters([3, 4], d), 1, "int32"]], HOW)
  ),
  ...calls(`lax.${name}`, [[quarters([3, 4], "complex64"), 1, "int32"]], {
    throws: `${name} does not accept dtype complex64.`,
  }),
  ...calls(`lax.${name}`, [
    [f32([1, 3, 3, 0, 0]), 0, "int32"],
    [f32([1, NaN, 3, NaN]), 0, "int32"],
    [f32([-Infinity, -Infinity]), 0, "int32"],
    [f32([Infinity, Infinity]), 0, "int32"],
    [f32([0, -0]), 0, "int32"],
    [quarters([2, 3, 4]), 1, "int32"],
    [quarters([2, 3, 4]), 0, "uint8"],
    [filled([0, 3], 0, "float32"), 1, "int32"],
    [i32([5]), 0, "int32"],
  ], HOW),
  ...calls(`lax.${name}`, [
    [filled([0, 3], 0, "float32"), 0, "int32"],
    [f32([1]), 1, "int32"],
    [f32([1]), 0, "float32"],
    [f32(1), 0, "int32"],
  ], { throws: true }),
]);

const cumulatives: Record<string, readonly DTypeName[]> = {
  cumsum: NUMBERS,
  cumprod: NUMBERS,
  cummax: REALS,
  cummin: REALS,
};
const cumulative: Case[] = [
  ...Object.entries(cumulatives).flatMap(([name, dtypes]) => {
    const shape = [2, 5];
    const data = (d: DTypeName) => name === "cumprod" ? factors(d, shape) : quarters(shape, d);
    return [
      ...dtypes.flatMap((d) => calls(`lax.${name}`, [[data(d), 1]], HOW)),
      ...calls(`lax.${name}`, [
        [data("float32")],
        [data("float32"), 0, true],
        [data("float32"), 1, true],
        [data("float32"), { axis: 1, reverse: true }],
        [quarters([2, 1, 2]), 1],
        [filled([0, 3], 0, "float32"), 0],
        [filled([0, 3], 0, "float32"), 1],
        [f32([1, NaN, 2]), 0],
        [f32([5]), 0],
      ], HOW),
      ...calls(`lax.${name}`, [[f32([1]), 1], [f32(1), 0]], { throws: true }),
    ];
  }),
  ...calls("lax.cumlogsumexp", [
    [rand([6])],
    [rand([2, 3]), 1],
    [f32([1000, 1000, -1000])],
    [f32([-1000, -1000])],
  ], { precise: true }),
  ...calls("lax.cumlogsumexp", [
    [rand([6]), 0, true],
    [f32([-Infinity, -Infinity, 1])],
    [f32([1, Infinity, 2])],
    [f32([NaN, 1])],
  ], { ulp: 8 }),
  ...calls("lax.cumlogsumexp", [[i32([1, 2])]], {
    throws: "cumlogsumexp does not accept dtype int32.",
  }),
];

const sorts: Case[] = [
  ...ALL.flatMap((d) => calls("lax.sort", [[array(d, special(d))], [quarters([2, 6], d)]], HOW)),
  ...calls("lax.sort", [
    [quarters([3, 4]), { dimension: 0 }],
    [quarters([3, 4]), 0],
    [f32([3, -0, 0, -Infinity, NaN, -1])],
    [f32([0, -0, 0, -0]), { isStable: true }],
    [filled([2, 0], 0, "float32")],
    [f32([1])],
    [[i32([3, 1, 3, 1, 2]), iota([5])]],
    [[i32([3, 1, 3, 1, 2]), iota([5])], { isStable: false, numKeys: 2 }],
    [[i32([1, 1, 0, 0, 1]), f32([5, 4, 3, 2, 1]), iota([5], "int32")], { numKeys: 2 }],
    [[f32([[2, 1], [0, 3]]), i32([[1, 2], [3, 4]])], { dimension: 0 }],
    [[f32([NaN, 1, NaN, -0, 0]), iota([5], "int32")]],
  ], HOW),
  ...calls("lax.sort", [
    [[f32([1, 2]), f32([1, 2, 3])]],
    [f32([1]), { dimension: 1 }],
    [f32(1)],
    [[f32([1])], { numKeys: 2 }],
    [[f32([1])], { numKeys: 0 }],
  ], { throws: true }),
  ...calls("lax.sortKeyVal", [
    [i32([3, 1, 2]), f32([30, 10, 20])],
    [f32([[3, 1, 2], [1, 1, 0]]), iota([2, 3], "int32"), 1],
    [f32([[3, 1, 2], [1, 1, 0]]), iota([2, 3], "int32"), 0],
  ], HOW),
  ...REALS.flatMap((d) => calls("lax.topK", [[quarters([2, 7], d), 3]], HOW)),
  ...calls("lax.topK", [
    [f32([1, NaN, 3, Infinity, -Infinity]), 2],
    [f32([1, 1, 1, 0]), 2],
    [f32([5, 4]), 2],
    [f32([5, 4]), 0],
    [u32([1, 4294967295, 7]), 2],
  ], HOW),
  ...calls("lax.topK", [[f32([1, 2]), 3], [f32(1), 1], [f32([1]), -1]], { throws: true }),
];

const image = quarters([1, 6, 6, 2]);
const windows: Case[] = [
  ...calls("lax.reduceWindow", [
    [image, new PythonFloat(0), "add", [1, 2, 2, 1], [1, 2, 2, 1], "VALID"],
    [image, -Infinity, "max", [1, 2, 2, 1], [1, 2, 2, 1], "VALID"],
    [image, Infinity, "min", [1, 3, 3, 1], [1, 1, 1, 1], "VALID"],
    [image, -Infinity, "max", [1, 3, 3, 1], [1, 2, 2, 1], "SAME"],
    [image, new PythonFloat(0), "add", [1, 3, 3, 1], [1, 1, 1, 1], "SAME"],
    [quarters([7]), new PythonFloat(0), "add", [3], [2], [[1, 2]]],
    [quarters([7]), new PythonFloat(1), "mul", [2], [1], [[0, 1]]],
    [i32([5, 3, 1, 4]), 0, "add", [2], [1], "VALID"],
    [quarters([3]), new PythonFloat(0), "add", [5], [1], "VALID"],
  ], { ulp: 0 }),
  ...calls("lax.reduceWindow", [
    [quarters([8]), new PythonFloat(0), "add", [3], [1], "VALID", null, [2]],
    [quarters([8]), new PythonFloat(0), "add", [3], [1], "VALID", [2], [1]],
    [quarters([8]), new PythonFloat(0), "add", [2], [2], [[1, 1]], [2], [3]],
    [quarters([5, 5]), -Infinity, "max", [2, 2], [1, 1], "VALID", [1, 2], [2, 1]],
  ], { ulp: 0 }),
  ...calls("lax.reduceWindow", [
    [quarters([8]), new PythonFloat(0), "add", [3, 3], [1], "VALID"],
    [quarters([8]), new PythonFloat(0), "add", [3], [1], "WRONG"],
    [mask([true]), 1.5, "add", [1], [1], "VALID"],
  ], { throws: true }),
];

export default [
  ...reductions,
  ...arg,
  ...cumulative,
  ...sorts,
  ...windows,
] satisfies Case[];
