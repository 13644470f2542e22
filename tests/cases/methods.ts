/** Methods of arrays: NumPy's, and Python's operators by name. */
import { calls, type Case, f32, i32, iota, mask, program, quarters, rand } from "./case.ts";

const x = quarters([2, 3]);
const HOW = { ulp: 0, jaxpr: true } as const;

/** JavaScript's method beside Python's operator. */
const operators: Record<string, string> = {
  add: "x + y",
  sub: "x - y",
  mul: "x * y",
  div: "x / y",
  floordiv: "x // y",
  mod: "x % y",
  pow: "x ** y",
  matmul: "x @ y",
  eq: "x == y",
  ne: "x != y",
  lt: "x < y",
  le: "x <= y",
  gt: "x > y",
  ge: "x >= y",
  and: "x & y",
  or: "x | y",
  xor: "x ^ y",
  lshift: "x << y",
  rshift: "x >> y",
};
const integerOnly = ["and", "or", "xor", "lshift", "rshift"];
const operations: Case[] = Object.entries(operators).flatMap(([name, python]) => {
  const run = (x: Record<string, (y: unknown) => unknown>, y: unknown) => x[name](y);
  const call = (args: Case["args"]) =>
    program(`array.${name}`, args, run, `lambda x, y: ${python}`, { ulp: 4, jaxpr: true });
  if (name === "matmul") return [call([x, quarters([3])]), call([quarters([3]), quarters([3])])];
  const integers = call([i32([7, -5, 3]), i32([2, 3, 1])]);
  if (integerOnly.includes(name)) return [integers, call([i32([7, 5]), 2])];
  return [integers, call([x, quarters([3], "float32", 1)]), call([x, 2]), call([x, 1.5])];
});

const unary: Case[] = [
  program("array.neg", [x], (x) => x.neg(), "lambda x: -x", HOW),
  program("array.abs", [x], (x) => x.abs(), "lambda x: abs(x)", HOW),
  program("array.invert", [i32([1, -2])], (x) => x.invert(), "lambda x: ~x", HOW),
  program("array.invert", [mask([true])], (x) => x.invert(), "lambda x: ~x", HOW),
];

const numpy: Case[] = [
  ...["sum", "prod", "mean", "std", "var", "max", "min", "ptp", "all", "any"].flatMap((name) =>
    calls(`array.${name}`, [
      [x],
      [x, 0],
      [x, { axis: 1 }],
      [x, 1, { keepdims: true }],
    ], { ulp: 4, jaxpr: name !== "ptp" })
  ),
  ...["argmax", "argmin"].flatMap((name) =>
    calls(`array.${name}`, [[x], [x, 0], [x, { axis: 1, keepdims: true }]], HOW)
  ),
  ...["cumsum", "cumprod"].flatMap((name) =>
    calls(`array.${name}`, [[x], [x, 0], [x, { axis: 1 }]], { ulp: 1 })
  ),
  ...calls("array.reshape", [[x, 3, 2], [x, [3, 2]], [x, -1], [x, [-1, 1]]], HOW),
  ...calls("array.reshape", [[x, 4, 2]], { throws: true }),
  ...calls("array.ravel", [[x]], HOW),
  ...calls("array.flatten", [[x]], HOW),
  ...calls("array.transpose", [[x], [x, 1, 0], [x, [0, 1]]], HOW),
  ...calls("array.swapaxes", [[x, 0, 1]], HOW),
  ...calls("array.squeeze", [[quarters([1, 2, 1])], [quarters([1, 2, 1]), 0]], HOW),
  ...calls("array.repeat", [[x, 2], [x, 2, 0]], HOW),
  ...calls("array.take", [[x, i32([0, 2])], [x, i32([1]), 0]], HOW),
  ...calls("array.diagonal", [[x], [x, 1]], HOW),
  ...calls("array.trace", [[x], [x, 1]], { ulp: 0 }),
  ...calls("array.sort", [[x], [x, 0], [x, { descending: true }]], { ulp: 0 }),
  ...calls("array.argsort", [[x], [x, 0], [x, { axis: null }]], { ulp: 0 }),
  ...calls("array.searchsorted", [[iota([5]), f32([2.5, 3])], [iota([5]), 2, { side: "right" }]], {
    ulp: 0,
  }),
  ...calls("array.nonzero", [[x]], { ulp: 0 }),
  ...calls("array.dot", [[x, quarters([3])], [quarters([3]), quarters([3])]], HOW),
  ...calls("array.clip", [[x, 0], [x, null, 0]], HOW),
  ...calls("array.clip", [[x, -1, 1]], { ulp: 0 }), // JAX's method passes its bounds by name
  ...calls("array.round", [[x], [x, 1]], { ulp: 1 }),
  ...calls("array.conj", [[rand([2], "complex64")], [x]], HOW),
  ...["real", "imag", "T", "mT"].flatMap((name) => calls(`array.${name}`, [[x]], HOW)),
  ...calls("array.real", [[rand([2], "complex64")]], HOW),
  ...calls("array.astype", [[x, "int32"], [x, "bool"], [i32([1]), "float16"]], HOW),
  ...calls("array.copy", [[x]], { ulp: 0 }),
];

export default [...operations, ...unary, ...numpy] satisfies Case[];
