/**
 * How scalars are written in JavaScript: the vocabulary of the reference backend's printers.
 *
 * At run time integers of up to 32 bits and floats are numbers, 64-bit integers bigints, booleans
 * booleans; complex numbers were split before (`core/complex.ts`). An integer's text gives a value
 * of its dtype, wrapped, and never -0; a float's may have excess precision: see {@linkcode roundsTo}.
 * The meaning of each operation is XLA's on a CPU.
 */
import { decodeBfloat16, encodeBfloat16 } from "../../core/array.ts";
import {
  bfloat16,
  type DType,
  float16,
  float32,
  float64,
  integerRange,
  isBigInt,
  isFloat,
} from "../../core/dtype.ts";
import type { Apply, FoldOp, ScalarOp, ScalarValue } from "../../core/expr.ts";
import * as scalars from "./scalars.ts";
import * as special from "./special.ts";

/** The text of an operation on the texts of its operands, each an identifier or a literal. */
export type Spell = (args: readonly string[], node: Apply) => string;

/** What spelled text may name, beside JavaScript's globals. */
export const runtime: Readonly<Record<string, unknown>> = {
  ...scalars,
  ...special,
  decodeBfloat16,
  encodeBfloat16,
};

// -- values -----------------------------------------------------------------------------------

function bitsOf(dtype: DType): number {
  return dtype.itemsize * 8;
}
/** Dtypes come in four families that are written differently. */
function familyOf(dtype: DType): "bool" | "float" | "int" | "big" {
  if (dtype.kind === "b") return "bool";
  return isFloat(dtype) ? "float" : isBigInt(dtype) ? "big" : "int";
}
/** A family's own text, or `never` where the operation has no meaning for it. */
function byFamily(
  dtype: DType,
  op: ScalarOp,
  texts: Partial<Record<ReturnType<typeof familyOf>, string>>,
): string {
  const text = texts[familyOf(dtype)];
  if (text === undefined) throw new TypeError(`${op} has no meaning for dtype ${dtype.name}`);
  return text;
}

/** An integer text moved into the range of its dtype by dropping high bits. */
function wrapped(text: string, dtype: DType): string {
  const bits = bitsOf(dtype);
  if (bits === 64) return `BigInt.as${dtype.kind === "u" ? "Uint" : "Int"}N(64, ${text})`;
  if (dtype.kind === "u") return bits === 32 ? `(${text} >>> 0)` : `(${text} & ${2 ** bits - 1})`;
  return bits === 32 ? `(${text} | 0)` : `(${text} << ${32 - bits} >> ${32 - bits})`;
}

/** The text of a value of a dtype: `NaN`, `-0`, `5n`, `true`; floats are rounded to the dtype. */
export function constantText(value: ScalarValue, dtype: DType): string {
  if (dtype.kind === "b") return String(Boolean(value));
  if (isBigInt(dtype)) return `${BigInt(value)}n`;
  const x = roundTo(Number(value), dtype);
  return Object.is(x, -0) ? "-0" : String(x);
}
function roundTo(x: number, dtype: DType): number {
  switch (dtype) {
    case float32:
      return Math.fround(x);
    case float16:
      return Math.f16round(x);
    case bfloat16:
      return scalars.bf16round(x);
    default:
      return x;
  }
}

/** The text of a float rounded to its dtype. */
export function rounded(text: string, dtype: DType): string {
  switch (dtype) {
    case float32:
      return `Math.fround(${text})`;
    case float16:
      return `Math.f16round(${text})`;
    case bfloat16:
      return `bf16round(${text})`;
    default:
      return text;
  }
}

/** The value at a position of an array's storage. */
export function loadText(array: string, index: string, dtype: DType): string {
  const element = `${array}[${index}]`;
  if (dtype.kind === "b") return `(${element} !== 0)`;
  return dtype === bfloat16 ? `decodeBfloat16(${element})` : element;
}

/** A statement that writes a value into an array's storage; floats are rounded by it. */
export function storeText(array: string, index: string, value: string, dtype: DType): string {
  if (dtype.kind === "b") return `${array}[${index}] = ${value} ? 1 : 0;`;
  return `${array}[${index}] = ${dtype === bfloat16 ? `encodeBfloat16(${value})` : value};`;
}

// -- arithmetic -------------------------------------------------------------------------------

/** An operation of two operands of one dtype. */
type Binary = (a: string, b: string, dtype: DType) => string;

const add: Binary = (a, b, dtype) =>
  byFamily(dtype, "add", {
    float: `(${a} + ${b})`,
    int: wrapped(`${a} + ${b}`, dtype),
    big: wrapped(`${a} + ${b}`, dtype),
    bool: `(${a} || ${b})`,
  });
const mul: Binary = (a, b, dtype) => {
  const product = bitsOf(dtype) === 32 ? `Math.imul(${a}, ${b})` : `${a} * ${b}`;
  return byFamily(dtype, "mul", {
    float: `(${a} * ${b})`,
    int: dtype.name === "int32" ? product : wrapped(product, dtype),
    big: wrapped(`${a} * ${b}`, dtype),
    bool: `(${a} && ${b})`,
  });
};
const sub: Binary = (a, b, dtype) =>
  byFamily(dtype, "sub", {
    float: `(${a} - ${b})`,
    int: wrapped(`${a} - ${b}`, dtype),
    big: wrapped(`${a} - ${b}`, dtype),
  });
const max: Binary = (a, b, dtype) =>
  byFamily(dtype, "max", {
    float: `Math.max(${a}, ${b})`,
    int: `(${a} > ${b} ? ${a} : ${b})`,
    big: `(${a} > ${b} ? ${a} : ${b})`,
    bool: `(${a} || ${b})`,
  });
const min: Binary = (a, b, dtype) =>
  byFamily(dtype, "min", {
    float: `Math.min(${a}, ${b})`,
    int: `(${a} < ${b} ? ${a} : ${b})`,
    big: `(${a} < ${b} ? ${a} : ${b})`,
    bool: `(${a} && ${b})`,
  });

/** A bitwise operation of 32-bit operators, logical on booleans. */
function bitwise(op: "and" | "or" | "xor", sign: string, logical: string): Binary {
  return (a, b, dtype) => {
    const text = `(${a} ${sign} ${b})`;
    return byFamily(dtype, op, {
      int: dtype.name === "uint32" ? wrapped(text, dtype) : text,
      big: text,
      bool: `(${a} ${logical} ${b})`,
    });
  };
}
const and = bitwise("and", "&", "&&");
const or = bitwise("or", "|", "||");
const xor = bitwise("xor", "^", "!==");

function isNonzero(text: string): boolean {
  return /^-?\d+n?$/.test(text) && !/^-?0n?$/.test(text);
}
/** Division by zero gives all ones. A divisor that is a literal is not tested at run time. */
const div: Binary = (a, b, dtype) => {
  const byZero = dtype.kind === "u" ? integerRange(dtype)[1] : -1n;
  const quotient = wrapped(`${a} / ${b}`, dtype);
  const zero = constantText(0, dtype);
  const safe = isNonzero(b)
    ? quotient
    : `(${b} === ${zero} ? ${constantText(byZero, dtype)} : ${quotient})`;
  return byFamily(dtype, "div", { float: `(${a} / ${b})`, int: safe, big: safe });
};
/** The remainder of division by zero is the dividend. */
const rem: Binary = (a, b, dtype) => {
  // `| 0` is there for -0, and tells V8 that it may divide integers.
  const int = dtype.name === "uint32" ? `(${a} % ${b} >>> 0)` : `(${a} % ${b} | 0)`;
  const remainder = isBigInt(dtype) ? `(${a} % ${b})` : int;
  const safe = isNonzero(b)
    ? remainder
    : `(${b} === ${constantText(0, dtype)} ? ${a} : ${remainder})`;
  return byFamily(dtype, "rem", { float: `(${a} % ${b})`, int: safe, big: safe });
};

/** A shift. Amounts outside `0 … bits - 1`, read as unsigned, shift everything out. */
function shift(inRange: Binary, beyond: (a: string, dtype: DType) => string): Spell {
  return ([a, b], { dtype }) => {
    const bits = bitsOf(dtype);
    if (/^\d+n?$/.test(b)) {
      return parseInt(b) < bits ? inRange(a, b, dtype) : beyond(a, dtype);
    }
    const amount = isBigInt(dtype) ? `BigInt.asUintN(64, ${b})` : `${b} >>> 0`;
    const limit = isBigInt(dtype) ? `${bits}n` : bits;
    return `((${amount}) < ${limit} ? ${inRange(a, b, dtype)} : ${beyond(a, dtype)})`;
  };
}
const zeroBits = (_a: string, dtype: DType) => constantText(0, dtype);
const shiftLeft = shift((a, b, dtype) => wrapped(`${a} << ${b}`, dtype), zeroBits);
const shiftRightLogical = shift((a, b, dtype) => {
  const unsigned = isBigInt(dtype)
    ? `BigInt.asUintN(64, ${a}) >> ${b}`
    : bitsOf(dtype) === 32
    ? `${a} >>> ${b}`
    : `(${a} & ${2 ** bitsOf(dtype) - 1}) >>> ${b}`;
  return wrapped(unsigned, dtype);
}, zeroBits);
/** An integer's bits read as signed: what an arithmetic shift extends. */
function signedText(a: string, dtype: DType): string {
  if (isBigInt(dtype)) return `BigInt.asIntN(64, ${a})`;
  const unused = 32 - bitsOf(dtype);
  return unused === 0 ? a : `${a} << ${unused} >> ${unused}`;
}
const shiftRightArithmetic = shift(
  (a, b, dtype) => wrapped(`(${signedText(a, dtype)}) >> ${b}`, dtype),
  (a, dtype) => {
    const fill = isBigInt(dtype) ? "63n" : 31;
    return wrapped(`(${signedText(a, dtype)}) >> ${fill}`, dtype);
  },
);

// -- conversion -------------------------------------------------------------------------------

/** A float text moved into an integer dtype: rounded towards zero, clamped, NaN is 0. */
function floatToInteger(a: string, dtype: DType): string {
  const [least, greatest] = integerRange(dtype);
  if (isBigInt(dtype)) return `bigOfFloat(${a}, ${least}n, ${greatest}n)`;
  // The comparisons fail for NaN, which `| 0` and `>>> 0` make 0.
  const inside = dtype.name === "uint32" ? `${a} >>> 0` : `${a} | 0`;
  return `(${a} >= ${greatest} ? ${greatest} : ${a} <= ${least} ? ${least} : ${inside})`;
}

const convert: Spell = ([a], { args: [{ dtype: from }], dtype: to }) => {
  if (from === to) return a;
  const [source, target] = [familyOf(from), familyOf(to)];
  if (target === "bool") return `(${a} !== ${source === "big" ? "0n" : "0"})`;
  if (source === "bool") return target === "big" ? `(${a} ? 1n : 0n)` : `(${a} ? 1 : 0)`;
  if (target === "float") return source === "big" ? `Number(${a})` : a;
  if (source === "float") return floatToInteger(a, to);
  if (target === "big") return wrapped(source === "big" ? a : `BigInt(${a})`, to);
  if (source === "int") return fits(from, to) ? a : wrapped(a, to);
  return `Number(BigInt.as${to.kind === "u" ? "Uint" : "Int"}N(${bitsOf(to)}, ${a}))`;
};
/** Whether each value of an integer or bool dtype is one of another as well. */
function fits(from: DType, to: DType): boolean {
  const [[least, greatest], [lo, hi]] = [integerRange(from), integerRange(to)];
  return lo <= least && greatest <= hi;
}

/** The functions from and to the bits of a float, as an unsigned integer. */
const floatBits: Record<string, readonly [string, string]> = {
  float16: ["bitsOfFloat16", "float16OfBits"],
  bfloat16: ["encodeBfloat16", "decodeBfloat16"],
  float32: ["bitsOfFloat32", "float32OfBits"],
  float64: ["bitsOfFloat64", "float64OfBits"],
};
const bitcast: Spell = ([a], { args: [{ dtype: from }], dtype: to }) => {
  if (from === to) return a;
  const bits = isFloat(from) ? `${floatBits[from.name][0]}(${a})` : a;
  return isFloat(to) ? `${floatBits[to.name][1]}(${bits})` : wrapped(bits, to);
};

// -- the table --------------------------------------------------------------------------------

/** A function of one float. */
function call(name: string): Spell {
  return ([a]) => `${name}(${a})`;
}
/** A comparison; JavaScript orders numbers, bigints and booleans alike. */
function compare(sign: string): Spell {
  return ([a, b]) => `(${a} ${sign} ${b})`;
}
function binary(spell: Binary): Spell {
  return ([a, b], { dtype }) => spell(a, b, dtype);
}
/** A rounding to integers, of which integers are in no need. */
function rounding(name: string): Spell {
  return ([a], { dtype }) => isFloat(dtype) ? `${name}(${a})` : a;
}
const split: Spell = (_args, { op }) => {
  throw new TypeError(`${op} is of complex numbers, which are split before they are spelled`);
};

const nextAfterOf: Record<string, string> = {
  float16: "nextAfter16",
  bfloat16: "nextAfterBf16",
  float32: "nextAfter32",
  float64: "nextAfter64",
};

/** How each scalar operation is written. */
export const spellings: Readonly<Record<ScalarOp, Spell>> = {
  neg: ([a], { dtype }) =>
    // A space: the text of a negative literal begins with a sign.
    byFamily(dtype, "neg", {
      float: `(- ${a})`,
      int: wrapped(`0 - ${a}`, dtype),
      big: wrapped(`- ${a}`, dtype),
    }),
  sign: ([a], { dtype }) => {
    const [one, zero] = [constantText(1, dtype), constantText(0, dtype)];
    const text = `(${a} > ${zero} ? ${one} : ${a} < ${zero} ? -${one} : ${zero})`;
    return byFamily(dtype, "sign", { float: `Math.sign(${a})`, int: text, big: text });
  },
  abs: ([a], { dtype }) =>
    byFamily(dtype, "abs", {
      float: `Math.abs(${a})`,
      int: dtype.kind === "u" ? a : wrapped(`Math.abs(${a})`, dtype),
      big: dtype.kind === "u" ? a : wrapped(`(${a} < 0n ? - ${a} : ${a})`, dtype),
    }),
  floor: rounding("Math.floor"),
  ceil: rounding("Math.ceil"),
  roundAway: rounding("roundAway"),
  roundEven: rounding("roundEven"),
  exp: call("Math.exp"),
  exp2: ([a]) => `Math.pow(2, ${a})`,
  expm1: call("Math.expm1"),
  log: call("Math.log"),
  log1p: call("Math.log1p"),
  sqrt: call("Math.sqrt"),
  rsqrt: ([a]) => `(1 / Math.sqrt(${a}))`,
  cbrt: call("Math.cbrt"),
  sin: call("Math.sin"),
  cos: call("Math.cos"),
  tan: call("Math.tan"),
  asin: call("Math.asin"),
  acos: call("Math.acos"),
  atan: call("Math.atan"),
  sinh: call("Math.sinh"),
  cosh: call("Math.cosh"),
  tanh: call("Math.tanh"),
  asinh: call("Math.asinh"),
  acosh: call("Math.acosh"),
  atanh: call("Math.atanh"),
  erf: call("erf"),
  erfc: call("erfc"),
  erfInv: call("erfInv"),
  lgamma: call("lgamma"),
  digamma: call("digamma"),
  isFinite: ([a], { args: [{ dtype }] }) => isFloat(dtype) ? `(${a} - ${a} === 0)` : "true",
  not: ([a], { dtype }) => {
    const text = dtype.kind === "u" ? wrapped(`~${a}`, dtype) : `(~${a})`;
    return byFamily(dtype, "not", { bool: `(!${a})`, int: text, big: text });
  },
  populationCount: ([a], { dtype }) => {
    const mask = bitsOf(dtype) === 32 ? a : `${a} & ${2 ** bitsOf(dtype) - 1}`;
    return byFamily(dtype, "populationCount", { int: `ones(${mask})`, big: `ones64(${a})` });
  },
  clz: ([a], { dtype }) => {
    const unused = 32 - bitsOf(dtype);
    const narrow = `(Math.clz32(${a} & ${2 ** bitsOf(dtype) - 1}) - ${unused})`;
    return byFamily(dtype, "clz", {
      int: unused === 0 ? `Math.clz32(${a})` : narrow,
      big: `clz64(${a})`,
    });
  },
  real: split,
  imag: split,
  add: binary(add),
  sub: binary(sub),
  mul: binary(mul),
  div: binary(div),
  rem: binary(rem),
  pow: ([a, b]) => `pow(${a}, ${b})`,
  max: binary(max),
  min: binary(min),
  atan2: ([a, b]) => `Math.atan2(${a}, ${b})`,
  nextAfter: ([a, b], { dtype }) => `${nextAfterOf[dtype.name]}(${a}, ${b})`,
  eq: compare("==="),
  ne: compare("!=="),
  lt: compare("<"),
  le: compare("<="),
  gt: compare(">"),
  ge: compare(">="),
  and: binary(and),
  or: binary(or),
  xor: binary(xor),
  shiftLeft,
  shiftRightLogical,
  shiftRightArithmetic,
  complex: split,
  select: ([which, onTrue, onFalse]) => `(${which} ? ${onTrue} : ${onFalse})`,
  convert,
  bitcast,
};

const exact = new Set<ScalarOp>([
  "neg",
  "sign",
  "abs",
  "floor",
  "ceil",
  "roundAway",
  "roundEven",
  "rem",
  "max",
  "min",
  "nextAfter",
  "select",
  "bitcast",
]);
/** Bits of a float's significand, the hidden one counted. */
const precision: Record<string, number> = { float16: 11, bfloat16: 8, float32: 24, float64: 53 };
/** Floats whose range is that of another one or less. */
const widerThan = new Map<DType, readonly DType[]>([
  [float64, [float32, float16, bfloat16]],
  [float32, [float16, bfloat16]],
]);

/**
 * Whether the text of an operation may give a value that is not one of its dtype, though its
 * operands are of theirs: its printer then has the text {@linkcode rounded}.
 */
export function roundsTo({ op, dtype, args }: Apply): boolean {
  if (!isFloat(dtype) || dtype === float64 || exact.has(op)) return false;
  if (op !== "convert") return true;
  const from = args[0].dtype;
  if (isFloat(from)) return from !== dtype && !widerThan.get(dtype)?.includes(from);
  return from.kind !== "b" && bitsOf(from) - (from.kind === "i" ? 1 : 0) > precision[dtype.name];
}

// -- folds ------------------------------------------------------------------------------------

/** The value that a fold starts from. */
export function identityText(op: FoldOp, dtype: DType): string {
  const [least, greatest] = isFloat(dtype) ? [-Infinity, Infinity] : integerRange(dtype);
  switch (op) {
    case "add":
    case "or":
    case "xor":
      return constantText(0, dtype);
    case "mul":
      return constantText(1, dtype);
    case "max":
      return constantText(least, dtype);
    case "min":
      return constantText(greatest, dtype);
    case "and":
      return constantText(dtype.kind === "i" ? -1 : greatest, dtype);
  }
}

const folds: Readonly<Record<FoldOp, Binary>> = { add, mul, max, min, and, or, xor };

/** A statement that takes a value into a fold. Sums and products of floats are not rounded. */
export function foldText(op: FoldOp, acc: string, value: string, dtype: DType): string {
  return `${acc} = ${folds[op](acc, value, dtype)};`;
}
