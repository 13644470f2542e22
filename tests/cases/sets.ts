/** Sorting and sets at their edges: partitions, approximate extremes, static sizes, no elements. */
import {
  ALL,
  array,
  calls,
  type Case,
  f32,
  filled,
  FLOATS,
  i32,
  INTS,
  mask,
  quarters,
  rand,
  special,
  u32,
  WIDE,
} from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const EXACT = { ulp: 0 } as const;
const X64 = { ulp: 0, x64: true } as const;

const extremes: Case[] = [
  ...["approxMaxK", "approxMinK"].flatMap((name) => [
    ...calls(`lax.${name}`, [
      [quarters([2, 7]), 3],
      [rand([5, 3]), 2, { reductionDimension: 0 }],
      [rand([6]), 2, { recallTarget: 0.5 }],
    ], HOW),
    ...calls(`lax.${name}`, [[i32([1, 2]), 1], [f32([1]), 2], [f32([1]), 0]], { throws: true }),
  ]),
];

const partitions: Case[] = [
  ...[...INTS, ...FLOATS].flatMap((d) =>
    ["partition", "argpartition"].flatMap((name) => calls(`np.${name}`, [[rand([9], d), 3]], EXACT))
  ),
  ...["partition", "argpartition"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [f32([3, NaN, 1, 2, NaN]), 1],
      [quarters([4, 5]), -2],
      [quarters([4, 5]), 1, 0],
      [quarters([4, 5]), 1, { axis: 0 }],
      [f32([1]), 0],
      [i32([2, 2, 1, 1]), 3],
    ], EXACT),
    ...calls(`np.${name}`, [[f32([1, 2]), 2], [f32([1, 2]), 0, 1]], { throws: true }),
  ]),
];

const searches: Case[] = [
  ...ALL.flatMap((d) =>
    ["left", "right"].flatMap((side) =>
      calls("np.searchsorted", [[array(d, [0, 0, 1, 1]), array(d, special(d)), side]], EXACT)
    )
  ),
  ...calls("np.searchsorted", [
    [f32([-Infinity, -1, 0, NaN, NaN]), f32([NaN, -0, 7, -Infinity])],
    [f32([-Infinity, -1, 0, NaN, NaN]), f32([NaN, -0, 7, -Infinity]), "right"],
  ], EXACT),
  ...[1, 2, 3, 4, 7, 8, 9].flatMap((n) =>
    calls("np.searchsorted", [[
      f32(Array.from({ length: n }, (_, i) => 2 * i)),
      f32(Array.from({ length: 2 * n + 2 }, (_, i) => i - 1)),
    ]], EXACT)
  ),
  ...calls("np.digitize", [
    [f32([1, 2, 2.5, NaN]), f32([3, 2, 1])],
    [f32([1, 2, 2.5, NaN]), f32([3, 2, 1]), true],
    [f32([[1], [2]]), f32([])],
  ], EXACT),
];

const numbers = i32([3, 4, 1, 3, 1]);
const rows = i32([[3, 4], [1, 3], [3, 4]]);
const wanted = { returnIndex: true, returnInverse: true, returnCounts: true };
const uniques: Case[] = [
  ...[0, 2, 3, 5].flatMap((size) =>
    calls("np.unique", [
      [numbers, { ...wanted, size }],
      [numbers, { ...wanted, size, fillValue: 9 }],
    ], EXACT)
  ),
  ...calls("np.unique", [
    [rows, { ...wanted, axis: 0, size: 3, fillValue: -1 }],
    [rows, { ...wanted, axis: 0 }],
    [rows, { ...wanted, axis: 1 }],
    [rows, { ...wanted, axis: -1, size: 1 }],
    [rows, wanted],
    [f32([NaN, 1, NaN]), wanted],
    [f32([NaN, 1, NaN]), { ...wanted, equalNan: false }],
    [f32([[NaN, 1], [NaN, 1], [0, 1]]), { ...wanted, axis: 0 }],
    [array("complex64", [{ re: 0, im: NaN }, { re: 1, im: 0 }, { re: NaN, im: 3 }]), wanted],
    [mask([true, false, true]), wanted],
    [f32(2), wanted],
    [3],
    ...[[0], [2, 0]].map((shape) => [filled(shape, 0, "float32"), wanted]),
    [filled([3, 0], 0, "float32"), { ...wanted, axis: 0 }],
    [filled([3, 0], 0, "float32"), { ...wanted, axis: 1 }],
    [filled([0, 3], 0, "float32"), { ...wanted, axis: 0 }],
    [filled([0, 3], 0, "float32"), { ...wanted, axis: 1 }],
    [f32([]), { size: 3, fillValue: 7 }],
  ], EXACT),
  ...calls("np.unique", [
    [f32([]), { size: 3 }],
    [numbers, { axis: 3 }],
  ], { throws: true }),
  ...ALL.flatMap((d) => calls("np.unique", [[rand([8], d), wanted]], EXACT)),
];

const x = i32([3, 1, 2, 2, 5]);
const y = i32([2, 2, 7, 3]);
const withNaN = [f32([NaN, NaN, 1, 0]), f32([NaN, -0, 5])] as const;
const sets: Case[] = [
  ...["union1d", "intersect1d", "setdiff1d", "setxor1d"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [x, y],
      ...[1, 2, 6].flatMap((size) => [[x, y, { size }], [x, y, { size, fillValue: -1 }]]),
      [...withNaN],
      [...withNaN, { size: 6 }],
      [f32([]), f32([])],
      [x, f32([]), { size: 2 }],
      [f32([]), x, { size: 2 }],
      [3, x],
      [i32([[5, 1], [2, 9]]), x],
    ], EXACT),
    ...calls(`np.${name}`, [[x, [1, 2]]], { throws: "got list at position 1" }),
  ]),
  ...calls("np.intersect1d", [
    [x, y, { returnIndices: true }],
    [x, y, { returnIndices: true, size: 4 }],
    [x, y, { returnIndices: true, size: 1 }],
    [x, i32([9]), { returnIndices: true, size: 2 }],
    [x, f32([1, 2.5])],
  ], EXACT),
  ...calls("np.setdiff1d", [
    [i32([5, 1, 2]), y, true],
    [i32([5, 1, 2]), y, { assumeUnique: true, size: 3 }],
  ], EXACT),
  ...["compare_all", "binary_search", "auto"].flatMap((method) =>
    calls("np.isin", [
      [x, y, { method }],
      [...withNaN, { method, invert: true }],
    ], EXACT)
  ),
  ...calls("np.isin", [[x, y, { method: "guess" }]], { throws: true }),
];

const wide: Case[] = [
  ...WIDE.flatMap((d) => [
    ...calls("lax.sort", [[array(d, special(d))], [quarters([2, 6], d)]], X64),
    ...calls("np.argsort", [[array(d, special(d))]], X64),
    ...calls("np.unique", [[rand([8], d), wanted]], X64),
    ...calls("lax.cumsum", [[quarters([5], d)]], X64),
    ...calls("lax.cumprod", [[rand([5], d)]], { x64: true, ulp: 4 }),
    ...calls("np.searchsorted", [[array(d, [0n, 1n].map(Number)), array(d, special(d))]], X64),
  ]),
  ...(["int64", "uint64", "float64"] as const).flatMap((d) => [
    ...calls("lax.topK", [[rand([6], d), 2]], X64),
    ...calls("lax.cummax", [[array(d, special(d))]], X64),
    ...calls("lax.cummin", [[array(d, special(d))]], X64),
  ]),
  ...calls("np.searchsorted", [[u32([1, 2]), u32([4294967295, 0])]], X64),
];

export default [
  ...extremes,
  ...partitions,
  ...searches,
  ...uniques,
  ...sets,
  ...wide,
] satisfies Case[];
