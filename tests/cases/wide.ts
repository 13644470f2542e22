/** 64-bit types: what runs on float64, int64, uint64 and complex128 once `config.enableX64` is set. */
import type { DTypeName } from "../../core/dtype.ts";
import {
  ALL,
  array,
  between,
  calls,
  type Case,
  type Data,
  f32,
  type How,
  i32,
  quarters,
  rand,
  special,
  specialPairs,
  WIDE,
} from "./case.ts";

const X64: How = { x64: true, ulp: 0 };
const LARGE = 2n ** 62n;
const int64 = (values: readonly (bigint | number)[]) => array("int64", values.map(BigInt));
const uint64 = (values: readonly (bigint | number)[]) => array("uint64", values.map(BigInt));
const f64 = (values: readonly number[]) => array("float64", values);

const elementwise: Case[] = [
  ...(["int64", "uint64", "float64"] as const).flatMap((d) =>
    ["add", "sub", "mul", "div", "rem", "max", "min", "eq", "lt", "ge"].flatMap((name) =>
      calls(`lax.${name}`, [specialPairs(d)], X64)
    )
  ),
  ...(["int64", "uint64"] as const).flatMap((d) => [
    ...["bitwiseAnd", "bitwiseOr", "bitwiseXor", "shiftLeft", "shiftRightLogical"].flatMap((name) =>
      calls(`lax.${name}`, [specialPairs(d)], X64)
    ),
    ...calls("lax.shiftRightArithmetic", [specialPairs(d)], X64),
    ...["bitwiseNot", "populationCount", "clz", "neg", "sign"].flatMap((name) =>
      calls(`lax.${name}`, [[array(d, special(d))]], X64)
    ),
    ...calls("lax.integerPow", [[array(d, [3n, 0n, 10n]), 15]], X64),
  ]),
  ...["floor", "ceil", "round", "abs", "neg", "sign", "isFinite", "sqrt"].flatMap((name) =>
    calls(`lax.${name}`, [[array("float64", special("float64"))]], X64)
  ),
  ...["exp", "log1p", "sin", "cos", "tan", "tanh", "asinh", "expm1", "cbrt", "logistic", "erf"]
    .flatMap((name) =>
      calls(`lax.${name}`, [[between(-0.9, 4, [20], "float64")]], { x64: true, precise: true })
    ),
  ...["erfInv", "atanh", "asin"].flatMap((name) =>
    calls(`lax.${name}`, [[between(-0.95, 0.95, [12], "float64")]], {
      x64: true,
      precise: true,
      ulp: 32,
    })
  ),
  ...["lgamma", "digamma", "log", "rsqrt"].flatMap((name) =>
    calls(`lax.${name}`, [[between(2.5, 20, [12], "float64")]], {
      x64: true,
      precise: true,
      ulp: 32,
    })
  ),
  ...calls("lax.pow", [[between(0.1, 3, [9], "float64"), between(-2, 2, [9], "float64", 1)]], {
    x64: true,
    precise: true,
  }),
  ...["add", "mul", "div"].flatMap((name) =>
    calls(`lax.${name}`, [[rand([6], "complex128", 1), rand([6], "complex128", 2)]], { x64: true })
  ),
  ...["exp", "log", "sqrt", "sin", "tanh"].flatMap((name) =>
    calls(`lax.${name}`, [[rand([6], "complex128")]], { x64: true, precise: true })
  ),
];

/** 2^63 and more is out of range for a float: what a float converts to there is up to the machine. */
const convertible = (from: DTypeName): Data =>
  ["float64", "float32", "complex64", "complex128"].includes(from)
    ? array(from, [0, -0.5, 1.5, -2.75, 1e9, -1e9, 3e15])
    : array(from, special(from));
const conversions: Case[] = WIDE.flatMap((wide) =>
  [...ALL, ...WIDE].flatMap((d) => [
    ...calls("lax.convertElementType", [[convertible(d), wide]], X64),
    // What leaves a wide integer is cut to its low bits, wherever it goes.
    ...calls("lax.convertElementType", [[convertible(wide), d]], X64)
      .slice(0, wide.includes("int") && !WIDE.some((w) => w === d) ? 1 : 0),
  ])
);

const other: Case[] = [
  ...WIDE.flatMap((d) => {
    const x = d === "float64" || d === "complex128" ? quarters([3, 4], d) : rand([3, 4], d);
    return [
      ...["reduceSum", "reduceProd"].flatMap((name) =>
        calls(`lax.${name}`, [[d[0] === "u" || d[0] === "i" ? x : quarters([2, 2], d), [0]]], X64)
      ),
      ...calls("lax.transpose", [[x, [1, 0]]], X64),
      ...calls("lax.cumsum", [[x, 1]], X64),
      ...calls("lax.sort", [[x]], X64),
      ...calls("lax.dotGeneral", [[x, x, [[[1], [1]], [[], []]]]], X64),
      ...calls("np.where", [[rand([3, 4], "bool"), x, 0]], X64),
      ...calls("at.add", [[x, [i32([0, 0, 1])], 1]], X64),
      ...calls("np.take", [[x, int64([0, 2]), 1]], X64),
    ];
  }),
  ...calls("lax.argmax", [[f64([1, 3, 2]), 0, "int64"]], X64),
  ...calls("lax.iota", [["int64", 3], ["float64", 3]], X64),
  ...calls("lax.bitcastConvertType", [
    [f64([1, -0.5]), "uint64"],
    [f64([1, -0.5]), "uint32"],
    [uint64([4607182418800017408n]), "float64"],
  ], X64),
  ...calls("np.arange", [[3], [0, 1, 0.25], [3, { dtype: "int32" }]], X64),
  ...calls("np.linspace", [[0, 1, 7], [0, 10, 4, { endpoint: false }]], { x64: true, ulp: 2 }),
  ...calls("np.array", [[[1, 2]], [[1.5]], [[true]], [3], [2.5], [{ re: 1, im: 2 }]], X64),
  ...calls("np.array", [[[2 ** 40, 1]], [[LARGE, -LARGE]]], X64),
  ...calls("np.zeros", [[2], [2, "int64"]], X64),
  ...calls("np.sum", [
    [i32([1, 2])],
    [rand([3], "int8")],
    [rand([3], "uint8")],
    [rand([3], "bool")],
    [f32([1, 2])],
    [int64([LARGE, LARGE - 1n])],
  ], X64),
  ...calls("np.mean", [[i32([1, 2])], [int64([1, 2])], [f64([0.1, 0.2])]], { x64: true, ulp: 1 }),
  ...calls("np.std", [[f64([0.1, 0.2, 0.7])]], { x64: true }),
  ...calls("np.add", [
    [int64([LARGE]), 1],
    [uint64([1]), int64([1])],
    [i32([1]), 2.5],
    [f32([1]), 2.5],
    [f32([1]), f64([2.5])],
    [1, 2.5],
    [2 ** 40, 1],
  ], X64),
  ...calls("np.floorDivide", [[int64([-7, LARGE]), int64([2, 3])]], X64),
  ...calls("np.power", [[int64([3, 10]), 15]], X64),
  ...calls("np.matmul", [[quarters([2, 3], "float64"), quarters([3, 2], "float64", 1)]], X64),
  ...calls("np.convolve", [[quarters([5], "float64"), quarters([3], "float64", 1)]], X64),
  ...calls("np.argsort", [[f64([3, 1, 2])]], X64),
  ...calls("np.float64", [[1.1], [f32([1])]], X64),
  ...calls("np.int64", [[3], [LARGE]], X64),
];

export default [...elementwise, ...conversions, ...other] satisfies Case[];
