/** What the tables of `tests/cases` don't ask: bare numbers, weak types, complex numbers, errors. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { config, lax, makeJaxpr, numpy as np } from "../../mod.ts";
import type { Complex } from "../../core/trace.ts";

type NDArray = ReturnType<typeof np.array>;

function withX64(body: () => void): void {
  config.enableX64 = true;
  try {
    body();
  } finally {
    config.enableX64 = false;
  }
}
/** Dtype and weakness: `~float32` is weak. */
function typeOf(x: NDArray): string {
  return `${x.weakType ? "~" : ""}${x.dtype.name}`;
}
const f32 = np.float32(2);
const i32 = np.int32(3);

Deno.test("bare numbers are weak, and floats where integers are refused", () => {
  assertEquals(typeOf(lax.neg(3)), "~int32");
  assertEquals(typeOf(lax.neg(3.5)), "~float32");
  assertEquals(typeOf(lax.add(1, 2.5)), "~float32");
  assertEquals(typeOf(lax.exp(1)), "~float32");
  assertEquals(typeOf(lax.atan2(1, 1)), "~float32");
  assertEquals(typeOf(lax.floor(2)), "~float32");
  assertEquals(typeOf(lax.reciprocal(4)), "~float32");
  assertEquals(typeOf(lax.complex(1, 2)), "~complex64");
  assertEquals(typeOf(lax.sqrt({ re: -4, im: 0 })), "~complex64");
  assertEquals(typeOf(lax.bitwiseNot(true)), "bool");
  withX64(() => assertEquals(typeOf(lax.exp(1)), "~float64"));
});

Deno.test("a bare number takes the dtype of the array beside it", () => {
  assertEquals(typeOf(lax.add(f32, 1)), "float32");
  assertEquals(typeOf(lax.mul(2, np.float16(1))), "float16");
  assertEquals(typeOf(lax.max(np.uint8(1), 200)), "uint8");
  assertEquals(typeOf(lax.clamp(0, f32, 1)), "float32");
  assertEquals(typeOf(lax.select(true, f32, 0)), "float32");
  assertThrows(() => lax.max(np.uint8(1), 300), TypeError, "same dtypes, got uint8, int32");
  assertThrows(() => lax.add(i32, 1.5), TypeError, "same dtypes, got int32, float32");
});

Deno.test("a result is weak if all operands are", () => {
  const weak = lax.neg(2.5);
  assertEquals(typeOf(lax.eq(weak, weak)), "~bool");
  assertEquals(typeOf(lax.add(weak, f32)), "float32");
  assertEquals(typeOf(lax.select(true, weak, 3)), "~float32");
  assertEquals(typeOf(lax.select(true, weak, f32)), "float32");
  assertEquals(typeOf(lax.clamp(weak, weak, f32)), "float32");
  assertEquals(typeOf(lax.integerPow(weak, 2)), "~float32");
  assertEquals(typeOf(lax.pow(weak, 2)), "~float32");
  assertEquals(typeOf(lax.abs({ re: 1, im: 2 })), "~float32");
  assertEquals(typeOf(lax.convertElementType(weak, "float32")), "float32");
  assertEquals(typeOf(lax.convertElementType(f32, "float32", true)), "~float32");
});

Deno.test("programs print as JAX's", () => {
  const x = np.ones(4);
  const print = (f: (x: NDArray) => NDArray) =>
    String(makeJaxpr(f)(x)).replace(/^.*? let\s+(.*?)\s+in .*$/s, "$1");
  assertEquals(print((x) => lax.integerPow(x, 3)), "b:f32[4] = integer_pow[y=3] a");
  assertEquals(print((x) => lax.reciprocal(x)), "b:f32[4] = integer_pow[y=-1] a");
  assertEquals(print((x) => lax.round(x, 1)), "b:f32[4] = round[rounding_method=1] a");
  assertEquals(print((x) => lax.conj(x)), "b:c64[4] = conj[input_dtype=float32] a");
  assertEquals(print((x) => lax.pow(x, 2)), "b:f32[4] = pow a 2:i32[]");
  assertEquals(print((x) => lax.clamp(0, x, 1)), "b:f32[4] = clamp 0.0:f32[] a 1.0:f32[]");
  assertEquals(
    print((x) => lax.select(lax.gt(x, 0), x, x)),
    "b:bool[4] = gt a 0.0:f32[]\n    c:f32[4] = select_n b a a",
  );
  assertEquals(
    print((x) => lax.convertElementType(x, "int32")),
    "b:i32[4] = convert_element_type[new_dtype=int32 weak_type=False] a",
  );
});

Deno.test("dtypes that are not accepted are named", () => {
  const z = lax.complex(f32, f32);
  assertThrows(
    () => lax.sin(i32),
    TypeError,
    "sin does not accept dtype int32. Accepted dtypes are subtypes of floating, complexfloating.",
  );
  assertThrows(
    () => lax.lt(z, z),
    TypeError,
    "lt does not accept dtype complex64 at position 0. Accepted dtypes at position 0 are " +
      "subtypes of integer, floating, bool.",
  );
  assertThrows(
    () => lax.complex(i32, i32),
    TypeError,
    "complex does not accept dtype int32 at position 0. Accepted dtypes at position 0 are " +
      "subtypes of float32, float64.",
  );
  assertThrows(() => lax.real(f32), TypeError, "real does not accept dtype float32.");
  assertThrows(() => lax.shiftLeft(f32, f32), TypeError, "shift_left does not accept");
  assertThrows(() => lax.add(np.bool(true), np.bool(true)), TypeError, "add does not accept");
});

Deno.test("dtypes and shapes that differ are named", () => {
  assertThrows(
    () => lax.div(i32, f32),
    TypeError,
    "lax.div requires arguments to have the same dtypes, got int32, float32. (Tip: np.divide is " +
      "a similar function that does automatic type promotion on inputs).",
  );
  assertThrows(
    () => lax.add(np.ones(3), np.ones(4)),
    TypeError,
    "add got incompatible shapes for broadcasting: (3,), (4,).",
  );
  assertThrows(
    () => lax.add(np.ones(3), np.ones([3, 3])),
    TypeError,
    "add: arrays must have the same number of dimensions, got {1, 2}",
  );
  assertThrows(
    () => lax.pow(f32, np.float16(1)),
    TypeError,
    "two inexact dtypes must match, but got float32 and float16 respectively.",
  );
  assertThrows(
    () => lax.integerPow(np.arange(3), -1),
    TypeError,
    "Integers cannot be raised to negative powers, got integer_pow(int32[3], -1)",
  );
  assertThrows(() => lax.integerPow(f32, 0.5), TypeError, "must be an integer");
  // @ts-expect-error -- a list is no operand
  assertThrows(() => lax.neg([1, 2]), TypeError, "neg requires ndarray or scalar arguments");
});

Deno.test("`lax.selectN()` checks what it chooses by and from", () => {
  const x = np.ones(4);
  assertThrows(
    () => lax.select(f32, x, x),
    TypeError,
    "select `which` must be boolean or integer type, got float32.",
  );
  assertThrows(
    () => lax.selectN(np.zeros(4, "bool"), x, x, x),
    TypeError,
    "select with boolean `which` cannot have > 2 cases.",
  );
  assertThrows(
    () => lax.select(true, x, np.ones(2)),
    TypeError,
    "select cases must have the same shapes, got [(2,), (4,)].",
  );
  assertThrows(
    () => lax.select(np.ones(2, "bool"), x, x),
    TypeError,
    "select `which` must be scalar or have the same shape as cases, got `which` shape (2,) but " +
      "case shape (4,).",
  );
  assertThrows(() => lax.select(true, x, np.ones(4, "int32")), TypeError, "Tip: np.where");
  assertThrows(() => lax.selectN(true), RangeError, "select_n() must have at least one case");
});

Deno.test("`lax.selectN()` takes numbers out of range as the nearest", () => {
  const which = np.array([-1, 0, 1, 2, 5]);
  const cases = [10, 20, 30].map((v) => np.full(5, v));
  assertEquals(lax.selectN(which, ...cases).tolist(), [10, 10, 20, 30, 30]);
});

Deno.test("`lax.clamp()` checks its bounds", () => {
  assertThrows(
    () => lax.clamp(0, np.ones(4), np.ones(3)),
    TypeError,
    "clamp requires max.shape == operand.shape or max.shape == (), got max.shape=(3,), " +
      "operand.shape=(4,).",
  );
  assertEquals(lax.clamp(0, np.array([-1, NaN, 2.5]), 1).tolist(), [0, NaN, 1]);
});

Deno.test("`lax.convertElementType()` converts by value", () => {
  const floats = np.array([1e10, -1e10, NaN, -2.7]);
  assertEquals(lax.convertElementType(floats, "int32").tolist(), [2147483647, -2147483648, 0, -2]);
  assertEquals(lax.convertElementType(np.array([300, -1]), "uint8").tolist(), [44, 255]);
  assertEquals(lax.convertElementType(np.array([0, 2]), np.bool).tolist(), [false, true]);
  assertEquals(typeOf(lax.convertElementType(i32, "float64")), "float32");
  assertEquals(lax.convertElementType(f32, "float32"), f32);
  assertThrows(() => lax.convertElementType(f32, "float8" as "float32"), TypeError, "float8");
  withX64(() => {
    const wide = lax.convertElementType(np.array([1e19, -1e19, NaN]), "int64");
    assertEquals(wide.tolist(), [2n ** 63n - 1n, -(2n ** 63n), 0n]);
    assertEquals(lax.convertElementType(wide, "float64").tolist(), [2 ** 63, -(2 ** 63), 0]);
  });
});

Deno.test("`lax.convertElementType()` warns where an imaginary part is dropped", () => {
  const { warn } = console;
  const said: unknown[] = [];
  console.warn = (...args: unknown[]) => said.push(args.join(" "));
  try {
    assertEquals(lax.convertElementType(lax.complex(f32, f32), "float32").item(), 2);
  } finally {
    console.warn = warn;
  }
  assert(String(said).includes("discards the imaginary part"));
});

Deno.test("`lax.bitcastConvertType()` splits and merges elements", () => {
  const x = np.array([1, -2.5]);
  const bytes = lax.bitcastConvertType(x, "uint8");
  assertEquals(bytes.tolist(), [[0, 0, 128, 63], [0, 0, 32, 192]]);
  assertEquals(lax.bitcastConvertType(bytes, "float32").tolist(), [1, -2.5]);
  assertEquals(lax.bitcastConvertType(np.int8(-1), "uint8").item(), 255);
  withX64(() => {
    const wide = lax.bitcastConvertType(np.array([1, -2], { dtype: "float64" }), "uint32");
    assertEquals(wide.tolist(), [[0, 0x3ff00000], [0, 0xc0000000]]);
    assertEquals(lax.bitcastConvertType(wide, "float64").tolist(), [1, -2]);
  });
  assertThrows(
    () => lax.bitcastConvertType(np.ones(3, "uint8"), "int64"),
    RangeError,
    "Attempting to convert array of shape (3,) from uint8 of size 8 bits to int32",
  );
  assertThrows(
    () => lax.bitcastConvertType(np.ones(4, "bool"), "uint8"),
    TypeError,
    "does not support bool or complex values",
  );
});

Deno.test("empty and scalar operands", () => {
  assertEquals(lax.add(np.zeros([0, 3]), 1).shape, [0, 3]);
  assertEquals(lax.sin(np.zeros(0)).tolist(), []);
  assertEquals(lax.add(np.ones([2, 1]), np.ones([1, 3])).shape, [2, 3]);
  assertEquals(lax.add(f32, np.ones(2)).tolist(), [3, 3]);
});

// The values are NumPy's, of complex128; of `log1p` near 0, where NumPy cancels, mpmath's.
const { PI } = Math;
const complexValues: Record<string, [at: [number, number], value: [number, number]][]> = {
  exp: [[[1, 2], [-1.1312043837568135, 2.4717266720048188]], [[-Infinity, 1], [0, 0]]],
  log: [[[-1, 0], [0, PI]], [[-1, -0], [0, -PI]], [[1e300, 1e300], [691.1221014884936, PI / 4]]],
  sqrt: [[[-4, 0], [0, 2]], [[-4, -0], [0, -2]], [[0, 2], [1, 1]], [[3e300, 4e300], [
    2e150,
    1e150,
  ]]],
  rsqrt: [[[-4, 0], [0, -0.5]]],
  sin: [[[1, 2], [3.165778513216168, 1.9596010414216063]]],
  cos: [[[1, 2], [2.0327230070196656, -3.0518977991518]]],
  tan: [[[1, 2], [0.03381282607989669, 1.0147936161466335]], [[1, 300], [
    4.819997531428953e-261,
    1,
  ]]],
  asin: [[[2, 0], [PI / 2, 1.3169578969248166]], [[2, -0], [PI / 2, -1.3169578969248166]]],
  acos: [[[2, 0], [0, -1.3169578969248166]], [[-2, -0], [PI, 1.3169578969248166]]],
  atan: [[[0, 2], [PI / 2, 0.5493061443340549]], [[1e200, 1], [PI / 2, 0]]],
  sinh: [[[1, 2], [-0.4890562590412937, 1.4031192506220405]]],
  cosh: [[[710, 1], [6.035162617272641e307, 9.399208879688905e307]]],
  tanh: [[[1, 2], [1.16673625724092, -0.2434582011857253]], [[800, 1], [1, 0]]],
  asinh: [[[0, 2], [1.3169578969248166, PI / 2]], [[1e200, 1e200], [461.55673936964905, PI / 4]]],
  acosh: [[[-2, 0], [1.3169578969248166, PI]], [[0.5, -0], [0, -PI / 3]]],
  atanh: [[[2, 0], [0.5493061443340549, PI / 2]], [[1, 1], [
    0.40235947810852507,
    1.0172219678978514,
  ]]],
  log1p: [[[1e-10, 1e-10], [1e-10, 9.999999999e-11]], [[3, 4], [
    1.7328679513998633,
    PI / 4,
  ]]],
  expm1: [[[1e-10, 1e-10], [1e-10, 1.0000000001000001e-10]]],
  sign: [[[3, -4], [0.6000000000000001, -0.8]], [[0, -0], [0, -0]]],
  logistic: [[[1, 1], [0.7820415706337492, 0.2019482276580129]]],
};

Deno.test("complex functions have NumPy's values and branch cuts", () => {
  withX64(() => {
    for (const [name, rows] of Object.entries(complexValues)) {
      const f = (lax as unknown as Record<string, (x: Complex) => NDArray>)[name];
      for (const [[re, im], expected] of rows) {
        const value = f({ re, im }).item() as Complex;
        const scale = Math.hypot(...expected) || 1;
        [value.re, value.im].forEach((part, i) =>
          assert(
            Math.abs(part - expected[i]) <= 1e-14 * scale,
            `${name}(${re}, ${im}) is (${value.re}, ${value.im}), not (${expected})`,
          )
        );
      }
    }
  });
});

Deno.test("powers of complex numbers", () => {
  const power = (x: Complex, y: Complex) => lax.pow(x, y).item() as Complex;
  assertEquals(power({ re: 0, im: 0 }, { re: 0, im: 0 }), { re: 1, im: 0 });
  assertEquals(power({ re: 0, im: 0 }, { re: 2, im: 0 }), { re: 0, im: 0 });
  const { re, im } = power({ re: 0, im: 1 }, { re: 0, im: 1 });
  assert(Math.abs(re - Math.exp(-PI / 2)) < 1e-7 && im === 0);
  assertEquals(lax.integerPow({ re: 1, im: 1 }, -2).item(), { re: 0, im: -0.5 });
  assertEquals(lax.integerPow({ re: 1, im: 1 }, 0).item(), { re: 1, im: 0 });
  assertEquals(lax.square({ re: 1, im: 2 }).item(), { re: -3, im: 4 });
});

Deno.test("complex numbers are ordered by their real parts first", () => {
  const [x, y] = [{ re: 1, im: 5 }, { re: 1, im: 7 }];
  assertEquals(lax.max(x, y).item(), y);
  assertEquals(lax.min(x, y).item(), x);
  assertEquals(lax.max({ re: 2, im: 0 }, y).item(), { re: 2, im: 0 });
});
