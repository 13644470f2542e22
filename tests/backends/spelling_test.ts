/** What the spelled JavaScript computes, at the values where languages differ. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  bfloat16,
  bool,
  type DType,
  float16,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  uint16,
  uint32,
  uint64,
  uint8,
} from "../../core/dtype.ts";
import {
  type Apply,
  apply,
  type Buffer,
  type FoldOp,
  load,
  type ScalarOp,
  type ScalarValue,
} from "../../core/expr.ts";
import {
  constantText,
  foldText,
  identityText,
  loadText,
  rounded,
  roundsTo,
  runtime,
  spellings,
  storeText,
} from "../../backends/reference/spelling.ts";

const names = Object.keys(runtime).join(", ");
// deno-lint-ignore no-explicit-any -- generated code
function make(parameters: string, body: string): (...args: any[]) => any {
  const source = `"use strict"; const { ${names} } = runtime; return (${parameters}) => {${body}}`;
  return new Function("runtime", source)(runtime);
}

/** The node of an operation on operands of these dtypes. */
function node(op: ScalarOp, from: readonly DType[], to: DType): Apply {
  const operands = from.map((dtype, i) => {
    const buffer: Buffer = { name: `b${i}`, shape: [], dtype };
    return load(buffer, []);
  });
  return apply(op, operands, to);
}
/** What an operation gives for operands in variables, and for the same ones as literals. */
function compute(
  op: ScalarOp,
  args: readonly ScalarValue[],
  from: DType,
  to: DType = from,
): ScalarValue {
  const e = node(op, args.map(() => from), to);
  const finish = (text: string) => `return ${roundsTo(e) ? rounded(text, to) : text};`;
  const parameters = args.map((_, i) => `x${i}`);
  const result = make(parameters.join(), finish(spellings[op](parameters, e)))(...args);
  const literals = args.map((x) => constantText(x, from));
  const same = make("", finish(spellings[op](literals, e)))();
  assertEquals(same, result, `${op}(${literals}) of ${from.name} as literals`);
  return result;
}

const BITS: Record<string, number> = { int8: 8, int16: 16, int32: 32, uint8: 8, uint16: 16 };

Deno.test("integers wrap", () => {
  for (const dtype of [int8, int16, int32]) {
    const [max, min] = [2 ** (BITS[dtype.name] - 1) - 1, -(2 ** (BITS[dtype.name] - 1))];
    assertEquals(compute("add", [max, 1], dtype), min);
    assertEquals(compute("sub", [min, 1], dtype), max);
    assertEquals(compute("mul", [max, max], dtype), 1);
    assertEquals(compute("neg", [min], dtype), min);
    assertEquals(compute("abs", [min], dtype), min);
    assertEquals(compute("div", [min, -1], dtype), min);
    assertEquals(compute("rem", [min, -1], dtype), 0);
    assertEquals(compute("not", [max], dtype), min);
  }
  for (const [dtype, max] of [[uint8, 255], [uint16, 65535], [uint32, 2 ** 32 - 1]] as const) {
    assertEquals(compute("add", [max, 1], dtype), 0);
    assertEquals(compute("sub", [0, 1], dtype), max);
    assertEquals(compute("mul", [max, max], dtype), 1);
    assertEquals(compute("neg", [1], dtype), max);
    assertEquals(compute("not", [0], dtype), max);
    assertEquals(compute("or", [max, 0], dtype), max);
  }
  assertEquals(compute("add", [2n ** 63n - 1n, 1n], int64), -(2n ** 63n));
  assertEquals(compute("div", [-(2n ** 63n), -1n], int64), -(2n ** 63n));
  assertEquals(compute("mul", [2n ** 63n, 2n], uint64), 0n);
  assertEquals(compute("neg", [1n], uint64), 2n ** 64n - 1n);
});

Deno.test("integer division truncates, and by zero gives all ones", () => {
  for (const dtype of [int8, int16, int32]) {
    assertEquals(compute("div", [-7, 2], dtype), -3);
    assertEquals(compute("rem", [-7, 2], dtype), -1);
    assertEquals(compute("div", [5, 0], dtype), -1);
    assertEquals(compute("rem", [5, 0], dtype), 5);
  }
  assertEquals(compute("div", [7, 0], uint8), 255);
  assertEquals(compute("div", [7, 0], uint32), 2 ** 32 - 1);
  assertEquals(compute("div", [2 ** 32 - 1, 2], uint32), 2 ** 31 - 1);
  assertEquals(compute("rem", [2 ** 32 - 1, 10], uint32), 5);
  assertEquals(compute("div", [-7n, 0n], int64), -1n);
  assertEquals(compute("rem", [-7n, 0n], int64), -7n);
  assertEquals(compute("div", [7n, 0n], uint64), 2n ** 64n - 1n);
});

Deno.test("an integer is never -0", () => {
  for (const dtype of [int8, int16, int32]) {
    for (
      const value of [
        compute("rem", [-4, 2], dtype),
        compute("div", [-1, 2], dtype),
        compute("mul", [-1, 0], dtype),
        compute("neg", [0], dtype),
        compute("convert", [-0.5], float32, dtype),
        compute("convert", [-0], float32, dtype),
      ]
    ) assert(Object.is(value, 0), dtype.name);
  }
});

Deno.test("a divisor that is a literal is not tested for zero", () => {
  const e = node("div", [int32, int32], int32);
  assertEquals(spellings.div(["a", "4"], e), "(a / 4 | 0)");
  assertEquals(spellings.rem(["a", "4"], e), "(a % 4 | 0)");
  assert(spellings.div(["a", "b"], e).includes("=== 0"));
});

Deno.test("shifts beyond the width give zero, or the sign", () => {
  for (const [dtype, bits] of [[int8, 8], [int16, 16], [int32, 32]] as const) {
    for (const amount of [bits, bits + 1, -1]) {
      assertEquals(compute("shiftLeft", [1, amount], dtype), 0);
      assertEquals(compute("shiftRightLogical", [-1, amount], dtype), 0);
      assertEquals(compute("shiftRightArithmetic", [-5, amount], dtype), -1);
      assertEquals(compute("shiftRightArithmetic", [5, amount], dtype), 0);
    }
    assertEquals(compute("shiftLeft", [1, bits - 1], dtype), -(2 ** (bits - 1)));
    assertEquals(compute("shiftRightLogical", [-1, 1], dtype), 2 ** (bits - 1) - 1);
    assertEquals(compute("shiftRightLogical", [-1, 0], dtype), -1);
    assertEquals(compute("shiftRightArithmetic", [-8, 2], dtype), -2);
  }
  assertEquals(compute("shiftRightArithmetic", [2 ** 32 - 2, 1], uint32), 2 ** 32 - 1);
  assertEquals(compute("shiftRightArithmetic", [0x80, 7], uint8), 255);
  assertEquals(compute("shiftLeft", [0xff, 4], uint8), 0xf0);
  assertEquals(compute("shiftLeft", [1n, 64n], int64), 0n);
  assertEquals(compute("shiftRightLogical", [-1n, 1n], int64), 2n ** 63n - 1n);
  assertEquals(compute("shiftRightArithmetic", [-1n, -1n], int64), -1n);
});

Deno.test("bits are counted in the width of the dtype", () => {
  for (const [dtype, bits] of [[int8, 8], [int16, 16], [int32, 32]] as const) {
    assertEquals(compute("populationCount", [-1], dtype), bits);
    assertEquals(compute("clz", [-1], dtype), 0);
    assertEquals(compute("clz", [0], dtype), bits);
    assertEquals(compute("clz", [1], dtype), bits - 1);
  }
  assertEquals(compute("populationCount", [-1n], int64), 64n);
  assertEquals(compute("clz", [1n], int64), 63n);
  assertEquals(compute("clz", [2n ** 40n], uint64), 23n);
});

Deno.test("NaN goes through `max` and `min`, and zeros have an order", () => {
  for (const op of ["max", "min"] as const) {
    assertEquals(compute(op, [NaN, 1], float32), NaN);
    assertEquals(compute(op, [1, NaN], float32), NaN);
  }
  assertEquals(compute("max", [-0, 0], float32), 0);
  assertEquals(compute("min", [0, -0], float32), -0);
  assertEquals(compute("max", [false, true], bool), true);
  assertEquals(compute("min", [false, true], bool), false);
  assertEquals(compute("max", [-5n, 3n], int64), 3n);
});

Deno.test("`sign` and the roundings keep NaN and -0", () => {
  for (const op of ["sign", "floor", "ceil", "roundAway", "roundEven"] as const) {
    assertEquals(compute(op, [-0], float32), -0);
    assertEquals(compute(op, [NaN], float32), NaN);
  }
  assertEquals(compute("sign", [-3], int8), -1);
  assertEquals(compute("sign", [-3n], int64), -1n);
  const halves = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5];
  assertEquals(halves.map((x) => compute("roundAway", [x], float32)), [1, 2, 3, -1, -2, -3]);
  assertEquals(halves.map((x) => compute("roundEven", [x], float32)), [0, 2, 2, -0, -2, -2]);
  const below = 0.49999999999999994;
  assertEquals(compute("roundAway", [below], float64), 0);
  assertEquals(compute("roundEven", [below], float64), 0);
  const odd = 2 ** 52 + 1;
  assertEquals(compute("roundAway", [odd], float64), odd);
  assertEquals(compute("roundEven", [odd], float64), odd);
});

Deno.test("`pow` and `rem` are C's", () => {
  assertEquals(compute("pow", [1, NaN], float32), 1);
  assertEquals(compute("pow", [-1, Infinity], float32), 1);
  assertEquals(compute("pow", [NaN, 0], float32), 1);
  assertEquals(compute("pow", [-0, -1], float32), -Infinity);
  assertEquals(compute("pow", [-8, 1 / 3], float32), NaN);
  assertEquals(compute("rem", [-5, 3], float32), -2);
  assertEquals(compute("rem", [5, Infinity], float32), 5);
  assertEquals(compute("rem", [5, 0], float32), NaN);
  assertEquals(compute("rsqrt", [-0], float32), -Infinity);
  assertEquals(compute("neg", [-5], float32), 5);
});

Deno.test("floats are clamped to integers, integers wrap", () => {
  const clamped = (x: number, to: DType) => compute("convert", [x], float32, to);
  assertEquals([300, -300, NaN].map((x) => clamped(x, int8)), [127, -128, 0]);
  assertEquals([300, -1, NaN].map((x) => clamped(x, uint8)), [255, 0, 0]);
  assertEquals([1e10, -1e10].map((x) => clamped(x, int32)), [2147483647, -2147483648]);
  assertEquals([1e10, -1, NaN, 3e9].map((x) => clamped(x, uint32)), [2 ** 32 - 1, 0, 0, 3e9]);
  assertEquals([Infinity, -Infinity, NaN, -2.5].map((x) => clamped(x, int64)), [
    2n ** 63n - 1n,
    -(2n ** 63n),
    0n,
    -2n,
  ]);
  assertEquals(clamped(NaN, bool), true);
  assertEquals(compute("convert", [300], int32, int8), 44);
  assertEquals(compute("convert", [-1], int32, uint16), 65535);
  assertEquals(compute("convert", [-1], int8, uint32), 2 ** 32 - 1);
  assertEquals(compute("convert", [-1], int8, uint64), 2n ** 64n - 1n);
  assertEquals(compute("convert", [2n ** 40n + 7n], int64, int32), 7);
  assertEquals(compute("convert", [true], bool, float32), 1);
  assertEquals(compute("convert", [true], bool, int64), 1n);
  assertEquals(compute("convert", [0n], int64, bool), false);
});

Deno.test("bits are read as another dtype", () => {
  assertEquals(compute("bitcast", [1], float32, int32), 0x3f800000);
  assertEquals(compute("bitcast", [-1], float32, int32), 0xbf800000 | 0);
  assertEquals(compute("bitcast", [-1], float32, uint32), 0xbf800000);
  assertEquals(compute("bitcast", [0x3f800000], int32, float32), 1);
  assertEquals(compute("bitcast", [-0x8000], int16, float16), -0);
  assertEquals(compute("bitcast", [0x3f80], uint16, bfloat16), 1);
  assertEquals(compute("bitcast", [1], bfloat16, float16), 1.875);
  assertEquals(compute("bitcast", [1], float64, int64), 0x3ff0000000000000n);
  assertEquals(compute("bitcast", [-1n], int64, uint64), 2n ** 64n - 1n);
});

Deno.test("`nextAfter` goes by the steps of the dtype", () => {
  const tiny = [[float16, 2 ** -24], [bfloat16, 2 ** -133], [float32, 2 ** -149]] as const;
  for (const [dtype, least] of [...tiny, [float64, Number.MIN_VALUE]] as const) {
    assertEquals(compute("nextAfter", [0, 1], dtype), least);
    assertEquals(compute("nextAfter", [0, -1], dtype), -least);
    assertEquals(compute("nextAfter", [least, 0], dtype), 0);
    assertEquals(compute("nextAfter", [NaN, 0], dtype), NaN);
    assertEquals(compute("nextAfter", [0, -0], dtype), -0);
  }
  assertEquals(compute("nextAfter", [1, 2], float32), 1 + 2 ** -23);
  assertEquals(compute("nextAfter", [-1, 2], bfloat16), -1 + 2 ** -8);
  assertEquals(compute("nextAfter", [65504, Infinity], float16), Infinity);
});

Deno.test("floats are rounded where they may lie between two of their dtype", () => {
  const sum = (dtype: DType) => node("add", [dtype, dtype], dtype);
  assertEquals([float16, bfloat16, float32].map((d) => roundsTo(sum(d))), [true, true, true]);
  assertEquals(roundsTo(sum(float64)), false);
  for (const op of ["max", "neg", "abs", "floor", "select", "rem"] as const) {
    assertEquals(roundsTo(node(op, [float32, float32, float32], float32)), false, op);
  }
  const conversions: [DType, DType, boolean][] = [
    [int32, float32, true],
    [int16, float32, false],
    [uint8, bfloat16, false],
    [uint16, float16, true],
    [float16, float32, false],
    [float16, bfloat16, true],
    [bfloat16, float16, true],
    [float64, float32, true],
    [bool, float16, false],
    [int64, float32, true],
  ];
  for (const [from, to, rounds] of conversions) {
    assertEquals(roundsTo(node("convert", [from], to)), rounds, `${from.name} to ${to.name}`);
  }
  assertEquals(compute("add", [1, 2 ** -8], bfloat16), 1);
  assertEquals(compute("add", [1, 3 * 2 ** -8], bfloat16), 1 + 2 ** -6);
  assertEquals(compute("mul", [1e38, 10], bfloat16), Infinity);
  assertEquals(compute("convert", [16777217], int32, float32), 16777216);
});

Deno.test("constants are written in their dtype", () => {
  assertEquals(constantText(0.1, float32), String(Math.fround(0.1)));
  assertEquals(constantText(0.1, float64), "0.1");
  assertEquals(constantText(-0, float32), "-0");
  assertEquals(constantText(NaN, float16), "NaN");
  assertEquals(constantText(-Infinity, bfloat16), "-Infinity");
  assertEquals(constantText(5, int64), "5n");
  assertEquals(constantText(1, bool), "true");
});

Deno.test("elements are loaded from and stored to their storage", () => {
  for (const dtype of [bool, int8, uint32, int64, float16, bfloat16, float32, float64]) {
    const value = dtype === bool ? true : dtype === int64 ? -3n : dtype === uint32 ? 3 : -3;
    const source = new dtype.storage(2);
    make("a, v", storeText("a", "1", "v", dtype))(source, value);
    assertEquals(make("a", `return ${loadText("a", "1", dtype)};`)(source), value, dtype.name);
    assertEquals(Number(source[0]), 0);
  }
});

Deno.test("folds start from the identity and take in one value after the other", () => {
  const fold = (op: FoldOp, dtype: DType, values: readonly ScalarValue[]): ScalarValue => {
    const step = foldText(op, "acc", "v", dtype);
    const body = `let acc = ${
      identityText(op, dtype)
    }; for (const v of values) {${step}} return acc;`;
    return make("values", body)(values);
  };
  assertEquals(fold("add", int8, [100, 100]), -56);
  assertEquals(fold("mul", int32, [65536, 65536, 3]), 0);
  assertEquals(fold("add", float32, [2 ** 24, 1, 1]), 2 ** 24 + 2);
  assertEquals(fold("max", float32, []), -Infinity);
  assertEquals(fold("max", float32, [1, NaN, 2]), NaN);
  assertEquals(fold("min", int16, []), 32767);
  assertEquals(fold("max", uint8, []), 0);
  assertEquals(fold("max", int64, [-5n, -7n]), -5n);
  assertEquals(fold("and", bool, []), true);
  assertEquals(fold("or", bool, [false, true]), true);
  assertEquals(fold("xor", bool, [true, true, true]), true);
  assertEquals(fold("and", uint16, [0xff, 0x0f]), 0x0f);
  assertEquals(fold("and", int64, []), -1n);
  assertEquals(fold("xor", uint32, [2 ** 32 - 1, 1]), 2 ** 32 - 2);
});

Deno.test("complex numbers are not spelled", () => {
  const [operand] = node("abs", [float32], float32).args;
  assertThrows(() => spellings.real(["z"], apply("real", [operand])), TypeError, "split");
});

// The values are mpmath's, to 50 digits, rounded.
Deno.test("special functions are right to a few units of double precision", () => {
  const values: [ScalarOp, number, number][] = [
    ["erf", 1e-10, 1.1283791670955126e-10],
    ["erf", 0.3, 0.3286267594591274],
    ["erf", 1.5, 0.9661051464753108],
    ["erf", 5, 0.9999999999984626],
    ["erfc", 0.3, 0.6713732405408726],
    ["erfc", 3, 2.209049699858544e-05],
    ["erfc", 10, 2.088487583762545e-45],
    ["erfc", 26, 5.663192408856143e-296],
    ["erfc", -2, 1.9953222650189528],
    ["erfInv", 1e-10, 8.862269254527581e-11],
    ["erfInv", 0.5, 0.4769362762044699],
    ["erfInv", -0.95, -1.3859038243496777],
    ["erfInv", 0.999999, 3.458910737275499],
    ["lgamma", 1e-10, 23.025850929882736],
    ["lgamma", 1.0001, -5.771334222047127e-05],
    ["lgamma", 2.5, 0.2846828704729192],
    ["lgamma", 9.5, 11.689333420797269],
    ["lgamma", 1e6, 12815504.569147611],
    ["lgamma", -0.5, 1.2655121234846454],
    ["lgamma", -20.25, -41.60096191534053],
    ["digamma", 0.1, -10.423754940411076],
    ["digamma", 1, -0.5772156649015329],
    ["digamma", 2.25, 0.5725464666237345],
    ["digamma", 50, 3.901989673427892],
    ["digamma", -0.25, 2.9141391202135276],
  ];
  for (const [op, x, expected] of values) {
    const error = Math.abs(compute(op, [x], float64) as number / expected - 1);
    assert(error < 1e-14, `${op}(${x}) is off by ${error}`);
  }
  assertEquals(compute("erfInv", [-1], float64), -Infinity);
  assertEquals(compute("erfInv", [1.5], float64), NaN);
  assertEquals(compute("erf", [-0], float64), -0);
  assertEquals(compute("erfc", [Infinity], float64), 0);
  assertEquals(compute("lgamma", [-3], float64), Infinity);
  assertEquals(compute("lgamma", [-Infinity], float64), Infinity);
  assertEquals(compute("digamma", [-3], float64), NaN);
  assertEquals(compute("digamma", [Infinity], float64), Infinity);
});
