/** Elementwise primitives: every dtype they accept or refuse, at special and at random values. */
import type { DTypeName } from "../../core/dtype.ts";
import {
  ALL,
  array,
  between,
  calls,
  type Case,
  Data,
  f32,
  filled,
  FLOATS,
  type How,
  i32,
  INTS,
  mask,
  NUMBERS,
  PythonFloat,
  rand,
  REALS,
  SIGNED,
  special,
  specialPairs,
  u32,
} from "./case.ts";

const BITS = ["bool", ...INTS] as const;

/** A row for each dtype, an error for each that is not accepted. */
function overDTypes(
  call: string,
  accepts: readonly DTypeName[],
  args: (dtype: DTypeName) => readonly Data[],
  how: How = {},
): Case[] {
  return ALL.flatMap((dtype) =>
    calls(call, [args(dtype)], accepts.includes(dtype) ? how : { throws: true })
  );
}

/** Complex numbers whose parts are finite: on the axes, on the diagonals, and anywhere. */
function complexPoints(): Data {
  const parts = [-1.5, -0.25, 0.5, 2];
  return array("complex64", parts.flatMap((re) => parts.map((im) => ({ re, im }))));
}
/** The special values at which JAX's own `lgamma` and `digamma` are no less exact than ours. */
const poles = (dtype: DTypeName): Data =>
  array(
    dtype,
    special(dtype).filter((x) => ![0.1, 0.5, 1, 1.5, 2.5].includes(Math.abs(x as number))),
  );
const specials = (dtype: DTypeName) => array(dtype, special(dtype));

// -- one operand ------------------------------------------------------------------------------

const exactUnary: Record<string, readonly DTypeName[]> = {
  neg: NUMBERS,
  abs: [...SIGNED, ...FLOATS, "complex64"],
  sign: REALS,
  floor: FLOATS,
  ceil: FLOATS,
  round: FLOATS,
  isFinite: FLOATS,
  bitwiseNot: BITS,
  populationCount: INTS,
  clz: INTS,
  real: ["complex64"],
  imag: ["complex64"],
  square: REALS,
};

const exact: Case[] = [
  ...Object.entries(exactUnary).flatMap(([name, dtypes]) =>
    overDTypes(`lax.${name}`, dtypes, (d) => [specials(d)], { ulp: 0, jaxpr: true })
  ).filter((c) => !(["lax.sign", "lax.square"].includes(c.call) && is(c, "complex64"))),
  ...FLOATS.flatMap((d) => calls("lax.round", [[specials(d), 1]], { ulp: 0 })),
  ...calls("lax.conj", [[complexPoints()], [specials("complex64")]], { ulp: 0 }),
  ...calls("lax.sign", [[complexPoints()]]),
  ...calls("lax.square", [[complexPoints()]]),
  ...["neg", "abs", "sin", "floor", "erf", "isFinite"].flatMap((name) =>
    calls(`lax.${name}`, [[f32(0.75)], [f32([])], [filled([0, 3], 0, "float32")]], { ulp: 4 })
  ),
];
function is(c: Case, dtype: DTypeName): boolean {
  return (c.args[0] as Data).dtype === dtype;
}

/** Where each function is defined and tame; the complex ones run on `complexPoints`. */
const domains: Record<string, readonly [low: number, high: number]> = {
  exp: [-10, 10],
  exp2: [-10, 10],
  expm1: [-2, 2],
  log: [0.01, 20],
  log1p: [-0.75, 5],
  sqrt: [0, 50],
  rsqrt: [0.01, 50],
  cbrt: [-20, 20],
  sin: [-8, 8],
  cos: [-8, 8],
  tan: [-8, 8],
  asin: [-1, 1],
  acos: [-1, 1],
  atan: [-8, 8],
  sinh: [-4, 4],
  cosh: [-4, 4],
  tanh: [-4, 4],
  asinh: [-8, 8],
  acosh: [1, 8],
  atanh: [-0.95, 0.95],
  logistic: [-8, 8],
  reciprocal: [0.5, 8],
  erf: [-3, 3],
  erfc: [-3, 3],
  erfInv: [-0.98, 0.98],
  lgamma: [2.5, 30],
  digamma: [2, 30],
};
const realOnly = ["cbrt", "erf", "erfc", "erfInv", "lgamma", "digamma"];

const transcendental: Case[] = Object.entries(domains).flatMap(([name, [low, high]]) => [
  ...FLOATS.flatMap((d) =>
    calls(`lax.${name}`, [[between(low, high, [40], d)]], { precise: true, jaxpr: true })
  ),
  ...FLOATS.flatMap((d) =>
    calls(`lax.${name}`, [[name.endsWith("gamma") ? poles(d) : specials(d)]])
  ),
  ...["bool", "int32", "uint8", ...(realOnly.includes(name) ? ["complex64"] : [])].flatMap((d) =>
    calls(`lax.${name}`, [[specials(d as DTypeName)]], { throws: true })
  ),
  ...(realOnly.includes(name) ? [] : calls(`lax.${name}`, [[complexPoints()]], { precise: true })),
]);

// Where the functions above are hard: near zeros, in tails, between poles.
const hard: Case[] = [
  ...calls(
    "lax.lgamma",
    [[f32([1e-3, 0.3, 0.99, 1.01, 1.5, 1.99, 2.01, 1e4, -0.5, -1.5, -7.25])]],
    {
      precise: true,
      ulp: 8,
    },
  ),
  ...calls("lax.digamma", [[f32([1e-3, 0.3, 1, 1.25, 1.75, 1e4, -0.5, -1.25, -7.25])]], {
    precise: true,
    ulp: 8,
  }),
  ...calls("lax.erfc", [[f32([4, 6, 8, -4, -6])], [f32([1e-8, -1e-8])]], { precise: true, ulp: 8 }),
  ...calls("lax.erf", [[f32([1e-8, -1e-8, 4, -6])]], { precise: true }),
  ...calls("lax.erfInv", [[f32([1e-8, -1e-8, 0.9999, -0.9999, 1, -1, 2])]], {
    precise: true,
    ulp: 8,
  }),
  ...calls("lax.expm1", [[f32([1e-8, -1e-8, 1e-4, 88, -100])]], { precise: true }),
  ...calls("lax.log1p", [[f32([1e-8, -1e-8, 1e-4, 1e30])]], { precise: true }),
  ...calls("lax.sinh", [[f32([1e-6, -1e-6, 88])]], { precise: true }),
  ...calls("lax.tanh", [[f32([1e-6, -1e-6, 12, -12])]], { precise: true }),
  ...calls("lax.asinh", [[f32([1e-6, -1e-6, 1e20])]], { precise: true }),
  ...calls("lax.atanh", [[f32([1e-6, -1e-6])]], { precise: true }),
  ...calls("lax.sin", [[f32([100, -1000, 1e4])]], { precise: true }),
  ...calls("lax.logistic", [[f32([-80, 30])]], { precise: true }),
];

// -- two operands -----------------------------------------------------------------------------

const exactBinary: Record<string, readonly DTypeName[]> = {
  add: NUMBERS,
  sub: NUMBERS,
  mul: NUMBERS,
  div: NUMBERS,
  rem: REALS,
  max: ALL,
  min: ALL,
  nextafter: FLOATS,
  bitwiseAnd: BITS,
  bitwiseOr: BITS,
  bitwiseXor: BITS,
  shiftLeft: INTS,
  shiftRightLogical: INTS,
  shiftRightArithmetic: INTS,
  eq: ALL,
  ne: ALL,
  lt: ["bool", ...REALS],
  le: ["bool", ...REALS],
  gt: ["bool", ...REALS],
  ge: ["bool", ...REALS],
};
const someComplex = (seed: number): Data => {
  const values = special("complex64").filter((_, i) => i % 5 === seed % 5);
  return array("complex64", [...values, ...values].slice(0, 10));
};
function pairs(dtype: DTypeName): readonly Data[] {
  return dtype === "complex64" ? [someComplex(0), someComplex(3)] : specialPairs(dtype);
}
const binary: Case[] = [
  ...Object.entries(exactBinary).flatMap(([name, dtypes]) =>
    overDTypes(`lax.${name}`, dtypes, pairs, { ulp: 0, jaxpr: true })
  ).filter((c) => !(["lax.mul", "lax.div"].includes(c.call) && is(c, "complex64"))),
  ...FLOATS.flatMap((d) =>
    ["add", "sub", "mul", "div", "rem", "max"].flatMap((name) =>
      calls(`lax.${name}`, [[rand([30], d, 1), rand([30], d, 2)]], { ulp: 0 })
    )
  ),
  ...["mul", "div"].flatMap((name) =>
    calls(`lax.${name}`, [[rand([12], "complex64", 1), rand([12], "complex64", 2)]])
  ),
  ...FLOATS.flatMap((d) => [
    ...calls("lax.pow", [[between(0.1, 4, [30], d, 1), between(-4, 4, [30], d, 2)]], {
      precise: true,
      jaxpr: true,
    }),
    ...calls("lax.pow", [specialPairs(d)]),
    ...calls("lax.atan2", [[rand([30], d, 1), rand([30], d, 2)]], { precise: true, jaxpr: true }),
    ...calls("lax.atan2", [specialPairs(d)]),
    ...calls("lax.pow", [[rand([10], d, 1), i32([0, 1, 2, 3, -1, -2, 5, 10, -7, 0])]], {
      jaxpr: true,
    }),
  ]),
  ...calls("lax.pow", [[complexPoints(), filled([16], { re: 1.5, im: 0.5 }, "complex64")]], {
    precise: true,
    ulp: 16,
  }),
  ...calls("lax.pow", [
    [i32([1, 2]), i32([1, 2])],
    [mask([true]), f32([1])],
    [f32([1]), mask([true])],
  ], { throws: true }),
  ...calls("lax.complex", [specialPairs("float32")], { ulp: 0, jaxpr: true }),
  ...calls("lax.complex", [[i32([1]), i32([1])], [rand([2], "float16"), rand([2], "float16")]], {
    throws: true,
  }),
  ...calls("lax.integerPow", [
    ...[-3, -1, 0, 1, 2, 3, 7].map((n) => [rand([9]), n] as const),
    [i32([-3, 0, 5, 2147483647]), 2],
    [i32([-3, 0, 5]), 3],
    [u32([3, 0, 5]), 3],
    [rand([4], "float16"), 3],
    [complexPoints(), 3],
  ], { jaxpr: true }),
  ...calls("lax.integerPow", [[i32([1, 2]), -1]], { throws: true }),
];

// -- scalars beside arrays, shapes that go together and shapes that don't ----------------------

const shapes: Case[] = [
  ...calls("lax.add", [
    [f32([1, 2, 3]), new PythonFloat(1)],
    [new PythonFloat(1), f32([1, 2, 3])],
    [i32([1, 2]), 3],
    [f32(1), f32(2)],
    [f32([1, 2, 3]), f32(2)],
    [f32([[1, 2, 3]]), f32([[1], [2]])],
    [f32([]), f32([])],
    [f32([]), f32(1)],
    [filled([2, 0], 1, "float32"), filled([1, 0], 1, "float32")],
    [1, 2],
    [1.5, 2.5],
    [{ re: 1, im: 2 }, { re: 0.5, im: -1 }],
  ], { ulp: 0, jaxpr: true }),
  ...calls("lax.add", [
    [f32([1, 2, 3]), f32([1, 2])],
    [f32([[1, 2, 3]]), f32([1, 2, 3])],
    [f32([[1, 2], [3, 4]]), f32([[1], [2], [3]])],
    [f32([1]), i32([1])],
    [f32([1]), rand([1], "float16")],
    [i32([1]), 1.5],
    [mask([true]), mask([false])],
  ], { throws: true }),
  ...calls("lax.mul", [[f32([1, 2]), f32([1, 2, 3])], [f32(1), u32(1)]], { throws: true }),
];

// -- three operands and more ------------------------------------------------------------------

const ternary: Case[] = [
  ...overDTypes("lax.clamp", ALL, (d) => {
    const x = d === "complex64" ? someComplex(1) : specials(d);
    const [low, high] = d === "bool" ? [false, true] : [1, 3];
    return [array(d, low), x, array(d, high)];
  }, { ulp: 0, jaxpr: true }),
  ...calls("lax.clamp", [
    [f32([0, 1, 2]), f32([5, 5, 5]), f32([3, 0, 9])],
    [f32(NaN), f32([1, 2]), f32(3)],
    [f32(2), f32([1, 5, NaN]), f32(1)],
    [new PythonFloat(-1), f32([-5, 5]), new PythonFloat(1)],
  ], { ulp: 0, jaxpr: true }),
  ...calls("lax.clamp", [
    [f32([0, 1]), f32([5, 5, 5]), f32(3)],
    [f32(0), i32([5]), i32(3)],
  ], { throws: true }),
  ...ALL.flatMap((d) => {
    const x = specials(d);
    const other = new Data(d, x.shape, x.storage.slice().reverse() as Data["storage"]);
    return calls("lax.select", [[rand(x.shape, "bool"), x, other]], { ulp: 0, jaxpr: true });
  }),
  ...calls("lax.select", [
    [mask(true), f32([1, 2]), f32([3, 4])],
    [mask(false), f32(1), f32(2)],
    [mask([]), f32([]), f32([])],
  ], { ulp: 0, jaxpr: true }),
  ...calls("lax.select", [
    [mask([true, false]), f32([1, 2, 3]), f32([3, 4, 5])],
    [mask([true, false]), f32([1, 2]), f32([3])],
    [mask([true]), f32([1]), i32([3])],
    [f32([1]), f32([1]), f32([3])],
  ], { throws: true }),
  ...calls("lax.selectN", [
    [i32([0, 2, 1, 2]), f32([1, 2, 3, 4]), f32([5, 6, 7, 8]), f32([9, 10, 11, 12])],
    [i32(1), f32([1, 2]), f32([3, 4]), f32([5, 6])],
    [mask([true, false]), f32([1, 2]), f32([3, 4])],
  ], { ulp: 0, jaxpr: true }),
  ...calls("lax.selectN", [
    [i32([0, 2]), f32([1, 2, 3]), f32([5, 6, 7])],
    [mask([true, false]), f32([1, 2]), f32([3, 4]), f32([5, 6])],
    [f32([0, 1]), f32([1, 2]), f32([3, 4])],
  ], { throws: true }),
];

const signedShifts: Case[] = SIGNED.flatMap((d) =>
  calls("lax.shiftRightArithmetic", [
    [array(d, [-8, -8, -8, 8]), array(d, [0, 1, 40, 40])],
  ], { ulp: 0 })
);

export default [
  ...exact,
  ...transcendental,
  ...hard,
  ...binary,
  ...shapes,
  ...ternary,
  ...signedShifts,
] satisfies Case[];
