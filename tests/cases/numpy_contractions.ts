/** NumPy's products of arrays, einsum, convolutions. */
import {
  type Arg,
  calls,
  type Case,
  f32,
  filled,
  i32,
  iota,
  mask,
  quarters,
  rand,
} from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const v = quarters([3]);
const w = quarters([3], "float32", 1);
const a = quarters([2, 3]);
const b = quarters([3, 4], "float32", 1);
const sq = quarters([3, 3], "float32", 2);
const stack = quarters([2, 2, 3]);
const other = quarters([2, 3, 2], "float32", 1);

const products: Case[] = [
  ...calls("np.dot", [
    [v, w],
    [a, b],
    [a, v],
    [v, b],
    [2, v],
    [a, 3],
    [f32(2), f32(3)],
    [stack, other],
    [stack, v],
    [i32([1, 2, 3]), v],
    [mask([true, false, true]), i32([1, 2, 3])],
    [quarters([3], "float16"), quarters([3], "float16", 1)],
    [quarters([3], "bfloat16"), v],
    [quarters([3], "complex64"), quarters([3], "complex64", 1)],
    [f32([]), f32([])],
    [filled([2, 0], 0, "float32"), filled([0, 3], 0, "float32")],
    [a, b, { precision: "highest" }],
    [i32([1, 2]), i32([3, 4]), { preferredElementType: "float32" }],
  ], HOW),
  ...calls("np.dot", [[v, f32([1, 2])], [a, a], [[1, 2], v]], { throws: true }),
  ...calls("np.matmul", [
    [a, b],
    [a, v],
    [v, b],
    [v, w],
    [stack, other],
    [stack, b],
    [quarters([5, 1, 2, 3]), quarters([2, 3, 2], "float32", 1)],
    [rand([2, 2], "int8"), rand([2, 2], "int8", 1)],
    [mask([[true, false]]), mask([[true], [true]])],
    [i32([[1, 2]]), f32([[1], [2]])],
    [filled([0, 3], 0, "float32"), b],
  ], HOW),
  ...calls("np.matmul", [[a, a], [2, v], [v, f32(2)], [stack, quarters([3, 3, 2])]], {
    throws: true,
  }),
  ...calls(
    "np.vdot",
    [[v, w], [a, a], [quarters([3], "complex64"), quarters([3], "complex64", 1)]],
    {
      ulp: 0,
    },
  ),
  ...calls("np.inner", [[v, w], [a, quarters([4, 3], "float32", 1)], [2, v], [stack, v]], HOW),
  ...calls("np.inner", [[v, f32([1, 2])]], { throws: true }),
  ...calls("np.outer", [[v, w], [a, v], [2, v]], HOW),
  ...calls("np.kron", [[v, w], [a, sq], [a, v]], { ulp: 0 }),
  ...calls(
    "np.cross",
    [
      [v, w],
      [sq, v],
      [f32([1, 2]), f32([3, 4])],
      [f32([1, 2]), v],
      [sq, sq, { axis: 0 }],
      [sq, sq, 0, 0, 0],
    ].slice(0, 2).concat([[sq, sq, { axis: 0 }]]),
    { ulp: 0 },
  ),
  ...calls("np.cross", [[f32([1]), v]], { throws: true }),
  ...calls("np.vecdot", [[v, w], [a, v], [stack, stack, { axis: 1 }]], { ulp: 0 }),
  ...calls("np.matvec", [[a, v], [stack, v]], { ulp: 0 }),
  ...calls("np.vecmat", [[v, b], [v, quarters([2, 3, 2])]], { ulp: 0 }),
  ...calls("np.tensordot", [
    [a, b, 1],
    [stack, other],
    [v, w, 0],
    [stack, other, [[2], [1]]],
    [stack, other, [[1, 2], [2, 1]]],
    [stack, other, [[0, -1], [0, 1]]],
    [a, a, { axes: 2 }],
    [a, b, [1, 0]],
  ], HOW),
  ...calls("np.tensordot", [[a, b, 3], [a, b, [[0], [0]]], [a, b, [[0, 1], [0]]]], {
    throws: true,
  }),
];

const subscripts: readonly (readonly Arg[])[] = [
  ["ij,jk->ik", a, b],
  ["ij,jk", a, b],
  ["ij->ji", a],
  ["ij->", a],
  ["ij->i", a],
  ["ii->i", sq],
  ["ii", sq],
  ["i,i->", v, w],
  ["i,j->ij", v, w],
  ["i,i->i", v, w],
  ["ijk,ikl->ijl", stack, other],
  ["...ij,...jk->...ik", stack, other],
  ["...i->...", stack],
  ["bij,j->bi", stack, v],
  ["ij,jk,kl->il", a, b, quarters([4, 2], "float32", 3)],
  ["ij,i,j->", a, f32([1, 2]), v],
  ["i,ij,j", v, sq, w],
  ["ij,ij->ij", a, a],
  ["ba", a],
  ["i->i", i32([1, 2, 3])],
  [" i j , j -> i ", a, v],
  ["ij,jk->ik", i32([[1, 2]]), f32([[1], [2]])],
  ["ij,jk->ki", filled([2, 0], 0, "float32"), filled([0, 2], 0, "float32")],
  [",->", f32(2), f32(3)],
  ["abc,cd,de->abe", stack, b, quarters([4, 2], "float32", 4)],
  ["bhqd,bhkd->bhqk", quarters([2, 2, 3, 4]), quarters([2, 2, 5, 4], "float32", 1)],
  ["iij->j", quarters([2, 2, 3])],
];
const einsums: Case[] = [
  ...calls("np.einsum", subscripts, { ulp: 0, jaxpr: true }),
  ...calls("np.einsum", [
    ["ij,jk->ik", a, a],
    ["ij,jk->iz", a, b],
    ["ij->ii", a],
    ["ijk->i", a],
    ["ij,jk,kl->il", a, b],
    ["ij->i?", a],
  ], { throws: true }),
  ...calls("np.einsum", [["i->i"]], { throws: "einsum got no operands" }),
];

const signals: Case[] = [
  ...["convolve", "correlate"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [f32([1, 2, 1]), quarters([10])],
      [quarters([10]), f32([1, 2, 1])],
      [quarters([6]), quarters([3], "float32", 1), "full"],
      [quarters([6]), quarters([3], "float32", 1), "same"],
      [quarters([6]), quarters([3], "float32", 1), "valid"],
      [quarters([6]), quarters([4], "float32", 1), { mode: "same" }],
      [quarters([3]), quarters([6], "float32", 1), "same"],
      [quarters([3]), quarters([6], "float32", 1), "valid"],
      [i32([1, 2, 3]), i32([0, 1, 5])],
      [i32([1, 2, 3]), f32([0, 1, 0.5])],
      [f32([2]), f32([3])],
      [iota([4], "uint8"), iota([3], "uint8")],
      [quarters([3], "complex64"), quarters([2], "complex64", 1)],
    ], { ulp: 0, jaxpr: true }),
    ...calls(`np.${name}`, [
      [f32([]), f32([1])],
      [a, v],
      [v, w, "wrong"],
    ], { throws: true }),
  ]),
];

const random: Case[] = [
  ...calls("np.matmul", [[rand([17, 33]), rand([33, 9], "float32", 1)]], {
    ulp: 32,
    normwise: true,
    precise: true,
  }),
  ...calls("np.convolve", [[rand([40]), rand([9], "float32", 1)]], {
    ulp: 16,
    normwise: true,
    precise: true,
  }),
  ...calls("np.einsum", [["ij,kj->ik", rand([9, 20]), rand([5, 20], "float32", 1)]], {
    ulp: 16,
    normwise: true,
    precise: true,
  }),
];

export default [...products, ...einsums, ...signals, ...random] satisfies Case[];
