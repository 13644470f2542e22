/** Contractions and convolutions, and the hash that random bits are made of. */
import {
  calls,
  type Case,
  f32,
  filled,
  FLOATS,
  i32,
  iota,
  mask,
  quarters,
  rand,
  u32,
} from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const DTYPES = [...FLOATS, "int8", "int32", "uint8", "uint32", "complex64"] as const;
const matmul = [[[1], [0]], [[], []]] as const;
const batched = [[[2], [1]], [[0], [0]]] as const;

const dots: Case[] = [
  ...DTYPES.flatMap((d) =>
    calls("lax.dotGeneral", [[quarters([3, 4], d), quarters([4, 2], d, 1), matmul]], {
      ...HOW,
      ulp: 1,
    })
  ),
  ...calls("lax.dotGeneral", [
    [quarters([2, 3, 4]), quarters([2, 4, 5], "float32", 1), batched],
    [quarters([4]), quarters([4], "float32", 1), [[[0], [0]], [[], []]]],
    [quarters([3]), quarters([2], "float32", 1), [[[], []], [[], []]]],
    [quarters([2, 3]), quarters([2, 3], "float32", 1), [[[0, 1], [0, 1]], [[], []]]],
    [quarters([2, 3]), quarters([3, 2], "float32", 1), [[[0, 1], [1, 0]], [[], []]]],
    [quarters([3, 2, 4]), quarters([5, 4, 2], "float32", 1), [[[2], [1]], [[1], [2]]]],
    [quarters([2, 3]), quarters([2, 3], "float32", 1), [[[], []], [[0, 1], [0, 1]]]],
    [quarters([2, 3]), quarters([3], "float32", 1), [[[1], [0]], [[], []]]],
    [filled([3, 0], 0, "float32"), filled([0, 2], 0, "float32"), matmul],
    [filled([0, 3], 0, "float32"), quarters([3, 2]), matmul],
    [f32([[NaN, 0]]), f32([[1], [Infinity]]), matmul],
    [quarters([2, 2], "int8"), quarters([2, 2], "int8", 1), matmul, {
      preferredElementType: "int32",
    }],
    [quarters([2, 2], "bfloat16"), quarters([2, 2], "bfloat16", 1), matmul, {
      preferredElementType: "float32",
    }],
    [quarters([2, 2]), quarters([2, 2], "float32", 1), matmul, { precision: "highest" }],
    [mask([[true, false]]), mask([[true], [true]]), matmul],
    [quarters([1, 1, 4]), quarters([1, 4, 1], "float32", 1), batched],
  ], HOW),
  ...calls("lax.dotGeneral", [
    [rand([33, 65]), rand([65, 17], "float32", 1), matmul],
  ], { normwise: true, ulp: 64 }),
  ...calls("lax.dotGeneral", [
    [rand([2, 3]), rand([2, 3]), matmul],
    [rand([2, 3]), rand([3, 2]), [[[1, 0], [0]], [[], []]]],
    [rand([2, 3]), rand([3, 2]), [[[2], [0]], [[], []]]],
    [rand([2, 3, 4]), rand([3, 4, 2]), [[[2], [1]], [[0], [0]]]],
    [rand([2, 3]), rand([3, 2]), [[[1, 1], [0, 0]], [[], []]]],
    [rand([2, 2]), rand([2, 2]), [[[0], [0]], [[0], [0]]]],
  ], { throws: true }),
  ...calls("lax.dot", [
    [quarters([3]), quarters([3], "float32", 1)],
    [quarters([2, 3]), quarters([3], "float32", 1)],
    [quarters([2, 3]), quarters([3, 2], "float32", 1)],
    [quarters([3]), quarters([3, 2], "float32", 1)],
    [iota([2, 2], "int32"), iota([2, 2], "int32")],
  ], HOW),
  ...calls("lax.dot", [[rand([2, 3]), rand([2])], [rand([2, 2, 2]), rand([2, 2])]], {
    throws: true,
  }),
  ...calls("lax.batchMatmul", [
    [quarters([2, 3, 4]), quarters([2, 4, 5], "float32", 1)],
    [quarters([2, 2, 1, 4]), quarters([2, 2, 4, 3], "float32", 1)],
  ], HOW),
];

const signal = quarters([1, 1, 8]);
const kernel = quarters([1, 1, 3], "float32", 1);
const image = quarters([2, 3, 6, 5]);
const filters = quarters([4, 3, 3, 2], "float32", 1);

const convolutions: Case[] = [
  ...DTYPES.filter((d) => d !== "complex64").flatMap((d) =>
    calls("lax.convGeneralDilated", [
      [quarters([1, 2, 6], d), quarters([3, 2, 2], d, 1), [1], "VALID"],
    ], { ...HOW, ulp: 1 })
  ),
  ...calls("lax.convGeneralDilated", [
    [signal, kernel, [1], "VALID"],
    [signal, kernel, [1], "SAME"],
    [signal, kernel, [2], "SAME"],
    [signal, kernel, [1], "SAME_LOWER"],
    [signal, kernel, [1], [[2, 2]]],
    [signal, kernel, [3], [[1, 0]]],
    [signal, kernel, [1], [[-1, 2]]],
    [signal, kernel, [1], "VALID", { rhsDilation: [2] }],
    [signal, kernel, [1], [[0, 0]], { lhsDilation: [2] }],
    [signal, kernel, [2], [[1, 1]], { lhsDilation: [3], rhsDilation: [2] }],
    [image, filters, [1, 1], "VALID"],
    [image, filters, [2, 1], "SAME"],
    [image, filters, [1, 2], [[1, 0], [0, 2]], { rhsDilation: [2, 1] }],
    [quarters([2, 6, 5, 3]), quarters([3, 2, 3, 4], "float32", 1), [1, 1], "SAME", {
      dimensionNumbers: ["NHWC", "HWIO", "NHWC"],
    }],
    [quarters([2, 6, 3]), quarters([2, 3, 4], "float32", 1), [2], "VALID", {
      dimensionNumbers: ["NWC", "WIO", "NWC"],
    }],
    [quarters([6, 2, 3]), quarters([2, 4, 3], "float32", 1), [1], "VALID", {
      dimensionNumbers: ["WNC", "WOI", "CWN"],
    }],
    [quarters([2, 4, 7]), quarters([6, 2, 3], "float32", 1), [1], "VALID", {
      featureGroupCount: 2,
    }],
    [quarters([1, 4, 7]), quarters([4, 1, 3], "float32", 1), [1], "SAME", { featureGroupCount: 4 }],
    [quarters([4, 2, 7]), quarters([6, 2, 3], "float32", 1), [1], "VALID", { batchGroupCount: 2 }],
    [quarters([1, 1, 3, 4, 5]), quarters([2, 1, 2, 2, 2], "float32", 1), [1, 1, 2], "VALID"],
    [quarters([2, 3]), quarters([4, 3], "float32", 1), [], []],
    [quarters([0, 1, 8]), kernel, [1], "VALID"],
    [quarters([1, 1, 2]), kernel, [1], "VALID"],
    [signal, kernel, [1], "VALID", { precision: "highest" }],
    [quarters([1, 2, 6], "int8"), quarters([3, 2, 2], "int8", 1), [1], "VALID", {
      preferredElementType: "int32",
    }],
    [signal, kernel, [1], "VALID", { preferredElementType: "float32" }],
  ], HOW),
  ...calls("lax.convGeneralDilated", [
    [signal, quarters([1, 2, 3]), [1], "VALID"],
    [signal, kernel, [1, 1], "VALID"],
    [signal, kernel, [1], [[1, 1], [1, 1]]],
    [signal, kernel, [1], "NONE"],
    [signal, i32([[[1, 2]]]), [1], "VALID"],
    [signal, quarters([1, 1, 3, 3]), [1], "VALID"],
    [signal, kernel, [1], "VALID", { featureGroupCount: 2 }],
    [signal, kernel, [1], "VALID", { featureGroupCount: 0 }],
    [signal, kernel, [1], "VALID", { batchGroupCount: 2 }],
    [signal, kernel, [1], "VALID", { lhsDilation: [2] }],
    [signal, kernel, [1], [[0, 0]], { lhsDilation: [0] }],
    [image, filters, [1, 1], "VALID", { dimensionNumbers: ["NHWC", "HWIO"] }],
    [image, filters, [1, 1], "VALID", { dimensionNumbers: ["NHWX", "HWIO", "NHWC"] }],
  ], { throws: true }),
  ...calls("lax.convGeneralDilated", [[signal, kernel, [0], "VALID"]], {
    throws: "window to have positive stride for 0-th window dimension, but got 0.",
  }),
  ...calls("lax.convGeneralDilated", [[signal, kernel, [1], "VALID", { rhsDilation: [1, 2] }]], {
    throws: "conv_general_dilated expects rhsDilation to have as many factors as the window has",
  }),
  ...calls("lax.conv", [[image, filters, [1, 1], "SAME"], [signal, kernel, [2], "VALID"]], HOW),
  ...calls("lax.convWithGeneralPadding", [
    [signal, kernel, [1], [[1, 1]], [2], [1]],
    [image, filters, [1, 1], [[0, 1], [1, 0]], null, null],
  ], HOW),
  ...calls("lax.convTranspose", [
    [quarters([1, 4, 2]), quarters([3, 2, 5], "float32", 1), [2], "SAME"],
    [quarters([1, 4, 2]), quarters([3, 2, 5], "float32", 1), [2], "VALID"],
    [quarters([1, 4, 2]), quarters([3, 2, 5], "float32", 1), [1], [[0, 1]]],
    [quarters([1, 4, 3, 2]), quarters([3, 2, 2, 5], "float32", 1), [2, 1], "SAME", {
      rhsDilation: [1, 2],
    }],
    [quarters([1, 4, 5]), quarters([3, 2, 5], "float32", 1), [2], "SAME", {
      transposeKernel: true,
    }],
  ], HOW),
];

const hash: Case[] = calls("lax.threefry2x32", [
  [[u32(0), u32(0)], u32([0]), u32([0])],
  [[u32(4294967295), u32(4294967295)], u32([4294967295]), u32([4294967295])],
  [[u32(0x13198a2e), u32(0x03707344)], u32([0x243f6a88]), u32([0x85a308d3])],
  [[u32(7), u32(42)], iota([20], "uint32"), iota([20], "uint32")],
  [[u32(7), u32(42)], u32([]), u32([])],
], { ulp: 0 });

export default [...dots, ...convolutions, ...hash] satisfies Case[];
