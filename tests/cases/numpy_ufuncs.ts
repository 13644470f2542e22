/** NumPy's elementwise functions: kinds of dtypes, JavaScript scalars, broadcasting, special values. */
import type { DTypeName } from "../../core/dtype.ts";
import {
  type Arg,
  array,
  between,
  calls,
  type Case,
  type Data,
  f32,
  filled,
  type How,
  i32,
  mask,
  quarters,
  rand,
  special,
  specialPairs,
  u32,
  weak,
} from "./case.ts";

const specials = (dtype: DTypeName) => array(dtype, special(dtype));
/** One array of each kind that promotes in its own way. */
const kinds = ["bool", "uint8", "int32", "float16", "float32", "complex64"] as const;

/** Rows of one argument: the kinds named, a weak scalar, rank 0, nothing at all. */
function unary(
  names: readonly string[],
  data: (dtype: DTypeName) => Data,
  dtypes: readonly DTypeName[],
  how: How,
): Case[] {
  return names.flatMap((name) => [
    ...dtypes.flatMap((d) => calls(`np.${name}`, [[data(d)]], { ...how, jaxpr: true })),
    ...calls(`np.${name}`, [[2], [0.5], [f32(0.25)], [f32([])]], how),
  ]);
}

const exactUnary: Case[] = [
  ...unary(
    ["abs", "absolute", "negative", "positive", "conjugate", "conj", "isnan", "isfinite"],
    specials,
    ["int32", "uint8", "float32", "float16"],
    { ulp: 0 },
  ),
  ...unary(
    ["sign", "real", "imag", "isinf", "isreal", "iscomplex", "square", "logicalNot"],
    specials,
    ["int32", "float32"],
    { ulp: 0 },
  ),
  ...unary(["isposinf", "isneginf", "signbit"], specials, ["int32", "float32"], { ulp: 0 }),
  ...unary(["floor", "ceil", "trunc", "rint"], specials, ["int32", "bool", "float32", "float16"], {
    ulp: 0,
  }),
  ...unary(["round", "around", "fabs"], specials, ["int32", "float32"], { ulp: 0 }),
  ...["round", "around"].flatMap((name) =>
    calls(`np.${name}`, [
      [between(-200, 200, [12]), 2],
      [between(-200, 200, [12]), -1],
      [f32([0.5, 1.5, 2.5]), { decimals: 0 }],
    ])
  ),
  ...calls("np.round", [[i32([1, 2]), 1]], { ulp: 0 }),
  ...calls("np.round", [[i32([14, 15, 25, -15]), -1]], { throws: true }),
  ...calls("np.abs", [[rand([5], "complex64")], [mask([true, false])]]),
  ...calls("np.sign", [[rand([5], "complex64")]]),
  ...calls("np.negative", [[u32([0, 1])], [rand([3], "complex64")]], { ulp: 0 }),
  ...calls("np.negative", [[mask([true])]], { throws: true }),
  ...calls("np.logicalNot", [[rand([3], "complex64")], [mask([true, false])]], { ulp: 0 }),
  ...calls("np.isnan", [[specials("complex64")]], { ulp: 0 }),
  ...calls("np.iscomplexobj", [[f32([1])], [rand([1], "complex64")], [1]]),
  ...calls("np.isrealobj", [[f32([1])], [rand([1], "complex64")]]),
  ...["bitwiseNot", "invert", "bitwiseInvert"].flatMap((name) =>
    calls(`np.${name}`, [[specials("int32")], [specials("uint8")], [mask([true, false])], [5]], {
      ulp: 0,
      jaxpr: true,
    })
  ),
  ...calls("np.bitwiseCount", [[specials("uint8")], [specials("int32")], [specials("int8")]], {
    ulp: 0,
  }),
  ...calls("np.invert", [[f32([1])]], { throws: true }),
  ...calls("np.nanToNum", [
    [specials("float32")],
    [specials("int32")],
    [specials("complex64")],
    [specials("float32"), { nan: 5, posinf: 10, neginf: -10 }],
    [f32([NaN, 1]), true, 3.5],
  ], { ulp: 0 }),
  ...calls("np.frexp", [[f32([0, 1, -3.25, 1e10, Infinity, 1e-3])]], { ulp: 0 }),
  ...calls("np.ldexp", [[f32([1, -3.5, 0]), i32([2, -1, 5])]], { ulp: 0 }),
  ...calls("np.modf", [[f32([0, 1.5, -3.25, 1e10])]], { ulp: 0 }),
  ...calls("np.angle", [
    [rand([4], "complex64")],
    [rand([4], "complex64"), { deg: true }],
    [f32([1, -1, 0])],
    [i32([1, -1])],
  ]),
];

/** Functions of floats: where each is tame. */
const domains: Record<string, readonly [number, number]> = {
  exp: [-4, 4],
  exp2: [-4, 4],
  expm1: [-1, 2],
  log: [0.1, 20],
  log2: [0.1, 20],
  log10: [0.1, 20],
  log1p: [-0.5, 5],
  sqrt: [0, 50],
  cbrt: [-20, 20],
  reciprocal: [0.5, 8],
  sin: [-8, 8],
  cos: [-8, 8],
  tan: [-8, 8],
  arcsin: [-1, 1],
  arccos: [-1, 1],
  arctan: [-8, 8],
  asin: [-1, 1],
  acos: [-1, 1],
  atan: [-8, 8],
  sinh: [-4, 4],
  cosh: [-4, 4],
  tanh: [-4, 4],
  arcsinh: [-8, 8],
  arccosh: [1, 8],
  arctanh: [-0.9, 0.9],
  asinh: [-8, 8],
  acosh: [1, 8],
  atanh: [-0.9, 0.9],
  deg2rad: [-180, 180],
  rad2deg: [-4, 4],
  radians: [-180, 180],
  degrees: [-4, 4],
  sinc: [-3, 3],
  i0: [-4, 4],
};
const realOnly = ["cbrt", "deg2rad", "rad2deg", "radians", "degrees", "sinc", "i0"];
const floats: Case[] = [
  ...Object.entries(domains).flatMap(([name, [low, high]]) => [
    ...calls(`np.${name}`, [[between(low, high, [12])]], {
      precise: true,
      ...(name === "sinc" ? { scale: 1 } : {}), // π x is rounded before its sine, which crosses zero
    }),
    ...(["float16", "bfloat16"] as const).flatMap((d) =>
      // NumPy in float64 is no oracle for a product by a constant that was rounded first.
      calls(`np.${name}`, [[between(low, high, [6], d)]], { ulp: 4 })
    ),
    ...calls(`np.${name}`, [[i32([1, 1, 1])], [mask([true, true])], [1], [weak(f32(1))]]),
    ...(realOnly.includes(name) ? [] : calls(`np.${name}`, [[rand([6], "complex64")]])),
  ]),
];

const arithmetic = ["add", "subtract", "multiply", "divide", "maximum", "minimum"];
const integerLike = ["floorDivide", "remainder", "mod", "fmod"];
const comparisons = ["equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"];
const logical = ["logicalAnd", "logicalOr", "logicalXor"];
const bitwise = ["bitwiseAnd", "bitwiseOr", "bitwiseXor"];
const shifts = ["leftShift", "rightShift", "bitwiseLeftShift", "bitwiseRightShift"];

/** Operands that promote, broadcast, and are scalars of JavaScript. */
const mixed: readonly (readonly Arg[])[] = [
  [quarters([2, 3]), quarters([3], "float32", 1)],
  [quarters([2, 1]), i32([1, -2, 3])],
  [quarters([3]), 2],
  [3, quarters([3])],
  [quarters([3]), 1.5],
  [i32([7, -7, 5]), 2],
  [i32([7, -7, 5]), 2.5],
  [u32([7, 8]), i32([2, 3])],
  [array("uint8", [200, 3]), 2],
  [array("uint8", [200, 3]), array("int8", [3, 4])],
  [quarters([3], "float16"), quarters([3], "bfloat16", 1)],
  [1, 2],
  [1, 1.5],
  [f32([]), f32(1)],
  [filled([2, 0], 1, "float32"), f32([[1], [2]])],
  [f32(3), f32(2)],
];
const binary: Case[] = [
  ...[...arithmetic, ...comparisons].flatMap((name) => [
    // XLA multiplies by the reciprocal of a divisor that it broadcasts.
    ...calls(`np.${name}`, mixed, { ulp: name === "divide" ? 1 : 0, jaxpr: true }),
    ...calls(
      `np.${name}`,
      [specialPairs("float32"), specialPairs("int32"), [
        mask([true, true, false]),
        mask([true, false, false]),
      ]].filter((_, i) => i < 2 || name !== "subtract"),
      { ulp: 0 },
    ),
  ]),
  ...calls("np.subtract", [[mask([true]), mask([true])]], { throws: true }),
  ...[...arithmetic.slice(0, 4), "equal", "less", "maximum", "power"].flatMap((name) =>
    calls(`np.${name}`, [[rand([4], "complex64", 1), rand([4], "complex64", 2)]], {
      ulp: name === "power" ? 8 : 4,
    })
  ),
  ...integerLike.flatMap((name) => [
    ...calls(`np.${name}`, mixed, { ulp: 0, jaxpr: name !== "fmod" }),
    ...calls(`np.${name}`, [specialPairs("int32"), specialPairs("uint8")], { ulp: 0 }),
    ...calls(`np.${name}`, [specialPairs("float32")]),
  ]),
  ...calls("np.divmod", [
    [i32([7, -7, 0]), i32([2, 2, -3])],
    [quarters([4]), 0.75],
    [7, 2],
    [u32([7, 9]), u32([2, 4])],
  ], { ulp: 0 }),
  ...logical.flatMap((name) =>
    calls(`np.${name}`, [
      [mask([true, true, false, false]), mask([true, false, true, false])],
      [i32([0, 1, 2]), f32([0, NaN, 0])],
      [1, mask([true, false])],
      [f32([]), f32([])],
    ], { ulp: 0, jaxpr: true })
  ),
  ...bitwise.flatMap((name) => [
    ...calls(`np.${name}`, [
      [i32([12, -5, 7]), i32([10, 3, -1])],
      [array("uint8", [255, 3]), 5],
      [mask([true, true, false]), mask([true, false, false])],
      [u32([1, 2]), i32([3, 4])],
    ], { ulp: 0, jaxpr: true }),
    ...calls(`np.${name}`, [[f32([1]), i32([1])]], { throws: true }),
  ]),
  ...shifts.flatMap((name) => [
    ...calls(`np.${name}`, [
      [i32([1, -8, 7]), i32([3, 1, 40])],
      [array("uint8", [255, 3]), 2],
      [u32([4000000000, 1]), u32([4, 31])],
    ], { ulp: 0 }),
    ...calls(`np.${name}`, [[f32([1]), 1]], { throws: true }),
  ]),
  ...["power", "pow"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [between(0.1, 4, [6]), between(-2, 2, [6], "float32", 1)],
      [quarters([5]), 2],
      [quarters([5]), 3],
      [quarters([5]), -1],
      [between(0.1, 4, [6]), 0.5],
      [quarters([5]), i32([0, 1, 2, 3, 4])],
      [2, i32([0, 3, 10])],
      [2.5, i32([0, 3, 10])],
      [quarters([3], "float16"), 2],
      [2, 3],
      [2, 0.5],
    ], { jaxpr: true }),
    ...calls(`np.${name}`, [
      [i32([2, -3, 0]), i32([3, 5, 0])],
      [i32([2, -3, 0]), 3],
      [array("uint8", [3, 7]), 4],
      [mask([true, false]), mask([true, false])],
    ], { ulp: 0 }),
    ...calls(`np.${name}`, [specialPairs("float32")]),
  ]),
  ...calls("np.power", [[i32([1, 2]), -1]], { throws: true }),
  ...calls("np.floatPower", [[i32([2, 3]), i32([3, -1])], [f32([2]), 0.5], [2, 3]]),
  ...["arctan2", "atan2", "hypot", "logaddexp", "logaddexp2"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [rand([2, 4]), rand([4], "float32", 1)],
      [1, f32([2, 3])],
    ], { precise: true, scale: 1 }),
    ...calls(`np.${name}`, [[i32([1, 2]), i32([3, 4])], [rand([3], "float16"), 1]]),
    // XLA's logaddexp2(-1, -1) is not quite 0, and ours under jit, for `a + b * c` is one rounding.
    ...calls(`np.${name}`, [specialPairs("float32")], {
      scale: 1,
      precise: name === "logaddexp2",
    }),
  ]),
  ...["fmax", "fmin", "copysign", "nextafter", "heaviside"].flatMap((name) =>
    calls(`np.${name}`, [
      specialPairs("float32"),
      [quarters([2, 3]), quarters([3], "float32", 1)],
      [1, f32([-2, 3])],
    ], { ulp: 0 })
  ),
  ...["fmax", "fmin"].flatMap((name) =>
    calls(`np.${name}`, [[i32([1, 5]), i32([2, 3])]], { ulp: 0 })
  ),
  ...["gcd", "lcm"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [i32([12, -18, 0, 7]), i32([18, 12, 5, 0])],
      [i32([12, 15]), 9],
      [array("uint8", [200, 3]), array("uint8", [150, 9])],
    ], { ulp: 0 }),
    ...calls(`np.${name}`, [[f32([1]), i32([1])]], { throws: true }),
  ]),
];

const failing: Case[] = [
  ...calls("np.add", [
    [f32([1, 2, 3]), f32([1, 2])],
    [f32([[1, 2], [3, 4]]), f32([1, 2, 3])],
    [[1, 2], f32([1, 2])],
    [f32([1, 2]), [1, 2]],
    [null, f32([1])],
  ], { throws: true }),
  ...calls("np.add", [["a", f32([1])]], {
    throws: 'add requires ndarray or scalar arguments, got "a" at position 0.',
  }),
  ...calls("np.less", [[f32([1, 2, 3]), f32([1, 2])]], { throws: true }),
  ...calls("np.exp", [[[1, 2]]], { throws: true }),
  ...calls("np.exp", [["x"]], { throws: "exp requires ndarray or scalar arguments, got" }),
];

const cross: Case[] = kinds.flatMap((a) =>
  kinds.flatMap((b) =>
    calls("np.multiply", [[quarters([3], a), quarters([3], b, 1)]], { ulp: 1, jaxpr: true })
  )
);

export default [...exactUnary, ...floats, ...binary, ...failing, ...cross] satisfies Case[];
