/** Elementwise functions, where JAX's values and programs need a second look. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { jit, makeJaxpr, numpy as np, ShapeDtypeStruct } from "../../mod.ts";

const type = (x: np.NDArray) => String(x.aval);
const f32 = (...shape: number[]) => new ShapeDtypeStruct(shape, "float32");
const i32 = (...shape: number[]) => new ShapeDtypeStruct(shape, "int32");
// deno-lint-ignore no-explicit-any -- any function of arrays
const trace = (f: (...xs: any[]) => unknown, ...xs: unknown[]) => String(makeJaxpr(f)(...xs));

// -- arithmetic -----------------------------------------------------------------------------------

Deno.test("sums and products of booleans are logical", () => {
  const [x, y] = [np.array([true, true, false]), np.array([true, false, false])];
  assertEquals(np.add(x, y).tolist(), [true, true, false]);
  assertEquals(np.multiply(x, y).tolist(), [true, false, false]);
  assertThrows(() => np.subtract(x, y), TypeError, "sub does not accept dtype bool");
  assertThrows(() => np.negative(x), TypeError, "neg does not accept dtype bool");
});

Deno.test("`np.remainder()` and `np.floorDivide()` have the sign of the divisor", () => {
  const x = np.array([7, -7, 7, -7]);
  const y = np.array([3, 3, -3, -3]);
  assertEquals(np.remainder(x, y).tolist(), [1, 2, -2, -1]);
  assertEquals(np.floorDivide(x, y).tolist(), [2, -3, -3, 2]);
  assertEquals(np.fmod(x, y).tolist(), [1, -1, 1, -1]);
  const [q, r] = np.divmod(x.div(2), y.div(2));
  assertEquals([q.tolist(), r.tolist()], [[2, -3, -3, 2], [0.5, 1, -1, -0.5]]);
  assertEquals(np.remainder(np.array([1.5, Infinity]), Infinity).tolist(), [1.5, NaN]);
  assertEquals(np.remainder(5, 0).item(), 0);
  assertEquals(np.fmod(5, 0).item(), 0);
  assertEquals(np.floorDivide(np.array([1.5]), 0).item(), Infinity);
  assertThrows(() => np.floorDivide({ re: 1, im: 0 }, 1), TypeError, "complex-valued inputs");
});

Deno.test("`np.power()` multiplies for known integers, and keeps integers integers", () => {
  assertEquals(np.power(np.arange(4), 3).tolist(), [0, 1, 8, 27]);
  assertEquals(np.power(np.array([2, 0, 0]), np.array([10, 0, 5])).tolist(), [1024, 1, 0]);
  assertEquals(np.power(np.array([2, 4]), 0.25).dtype, np.float32);
  assertEquals(np.power(np.array([2, 4]), 0.5).tolist(), [Math.fround(Math.SQRT2), 2]);
  assertEquals(np.power(np.array([true]), 2).dtype, np.int32);
  assertEquals(np.power(2, np.array([-1])).item(), 0);
  assertThrows(
    () => np.power(np.arange(3), -1),
    TypeError,
    "Integers cannot be raised to negative",
  );
  assertEquals(
    trace((x) => np.power(x, 2), f32(3)),
    "{ lambda ; a:f32[3]. let b:f32[3] = integer_pow[y=2] a in (b,) }",
  );
  assertEquals(
    trace((x) => x.pow(0.5), f32(3)),
    "{ lambda ; a:f32[3]. let b:f32[3] = pow a 0.5:f32[] in (b,) }",
  );
});

Deno.test("`np.hypot()` and `np.logaddexp()` go through no infinity", () => {
  assertEquals(np.hypot(3e30, 4e30).item(), Math.fround(5e30));
  assertEquals(np.hypot(0, 0).item(), 0);
  assertEquals(np.hypot(NaN, Infinity).item(), Infinity);
  assertEquals(np.logaddexp(1000, 1000).item(), Math.fround(1000 + Math.LN2));
  assertEquals(np.logaddexp(-Infinity, -Infinity).item(), -Infinity);
  assertEquals(np.logaddexp2(Infinity, -Infinity).item(), Infinity);
  assertThrows(() => np.hypot({ re: 1, im: 1 }, 1), RangeError, "np.hypot is not well defined");
});

Deno.test("extremes pass NaN on, or not", () => {
  const x = np.array([1, NaN]);
  assertEquals(np.maximum(x, 0).tolist(), [1, NaN]);
  assertEquals(np.minimum(0, x).tolist(), [0, NaN]);
  assertEquals(np.fmax(x, 0).tolist(), [1, 0]);
  assertEquals(np.fmin(0, x).tolist(), [0, 0]);
});

Deno.test("`np.gcd()` and `np.lcm()` agree, eager and jitted", () => {
  const x = np.array([12, -18, 0, 7, 46368]);
  const y = np.array([18, 12, 5, 0, 28657]);
  assertEquals(np.gcd(x, y).tolist(), [6, 6, 5, 7, 1]);
  assertEquals(np.lcm(x, y).tolist(), [36, 36, 0, 0, 1328767776]);
  assertEquals(jit(np.gcd)(x, y).tolist(), [6, 6, 5, 7, 1]);
  assertEquals(np.gcd(np.array([[4], [6]]), np.array([2, 3])).tolist(), [[2, 1], [2, 3]]);
  assertEquals(np.gcd(np.uint8(255), np.uint8(34)).item(), 17);
  assertThrows(() => np.gcd(1.5, 2), RangeError, "Arguments to np.gcd must be integers.");
});

// -- floats -----------------------------------------------------------------------------------------

Deno.test("integers and booleans give floats, weak ones weak floats", () => {
  assertEquals(type(np.exp(1)), "~float32[]");
  assertEquals(type(np.exp(true)), "float32[]");
  assertEquals(type(np.sqrt(np.arange(3))), "float32[3]");
  assertEquals(type(np.tanh(np.float16([1]))), "float16[1]");
  assertEquals(type(np.log2(2.5)), "float32[]");
  assertEquals(type(np.deg2rad(90.5)), "~float32[]");
});

Deno.test("complex logarithms scale both parts, and `np.angle()` turns", () => {
  const i = { re: 0, im: 1 };
  assertEquals(np.imag(np.log2(i)).item(), Math.fround(Math.PI / 2 / Math.LN2));
  assertEquals(np.angle(i, { deg: true }).item(), 90);
  assertEquals(np.angle(-1).item(), Math.fround(Math.PI));
  assertEquals(type(np.angle(np.arange(2))), "float32[2]");
  assert(Number(np.real(np.arccosh({ re: -2, im: 0.5 }))) > 0);
});

Deno.test("`np.i0()` and `np.sinc()` are right at 0 and far off", () => {
  const x = np.i0(np.array([0, -1, 8, 20]));
  const expected = np.array([1, 1.2660659, 427.56412, 43558283]);
  assertEquals(np.allclose(x, expected, { rtol: 1e-6 }).item(), true);
  assertEquals(np.sinc(np.array([0, 0.5])).tolist(), [1, Math.fround(2 / Math.PI)]);
  assertThrows(() => np.i0({ re: 1, im: 1 }), RangeError, "Unsupported input type");
});

// -- comparisons ----------------------------------------------------------------------------------

Deno.test("complex numbers are ordered by their parts", () => {
  const x = np.array([{ re: 1, im: 2 }, { re: 1, im: 3 }, { re: 2, im: 0 }]);
  assertEquals(np.less(x, { re: 1, im: 3 }).tolist(), [true, false, false]);
  assertEquals(np.greaterEqual(x, { re: 1, im: 3 }).tolist(), [false, true, true]);
});

Deno.test("NaN is unequal to itself, true, and not finite", () => {
  assertEquals(np.equal(NaN, NaN).item(), false);
  assertEquals(np.logicalNot(NaN).item(), false);
  assertEquals(np.isnan(np.array([NaN, 1])).tolist(), [true, false]);
  assertEquals(np.isfinite(np.array([NaN, Infinity, 1])).tolist(), [false, false, true]);
  assertEquals(np.isfinite(np.arange(2)).tolist(), [true, true]);
  assertEquals(np.isinf({ re: 0, im: -Infinity }).item(), true);
  assertEquals(np.isneginf(np.array([-Infinity, Infinity])).tolist(), [true, false]);
  assertThrows(() => np.isposinf({ re: 1, im: 1 }), RangeError, "not well defined for complex");
});

Deno.test("`np.isscalar()` and its kin ask what a value is", () => {
  assert(np.isscalar(1) && np.isscalar(np.float32(1)) && !np.isscalar(np.ones(1)));
  assert(np.iscomplexobj(np.complex64(1)) && np.isrealobj(np.arange(2)));
  assertEquals(np.isreal(np.array([{ re: 1, im: 0 }, { re: 1, im: 1 }])).tolist(), [true, false]);
});

// -- rounding -------------------------------------------------------------------------------------

Deno.test("rounding goes to even, floors leave integers alone", () => {
  const x = np.array([-1.5, -0.5, 0.5, 1.5, 2.5]);
  assertEquals(np.round(x).tolist(), [-2, -0, 0, 2, 2]);
  assertEquals(np.rint(x).tolist(), [-2, -0, 0, 2, 2]);
  assertEquals(np.trunc(x).tolist(), [-1, -0, 0, 1, 2]);
  assertEquals(np.fix(x).tolist(), np.trunc(x).tolist());
  assertEquals(np.round(1234.5, { decimals: -2 }).item(), 1200);
  assertEquals(
    np.around(np.array([1.25, 1.35]), 1).tolist().toString(),
    "1.2000000476837158,1.399999976158142",
  );
  assertEquals(type(np.floor(np.arange(3))), "int32[3]");
  assertEquals(type(np.rint(np.arange(3))), "float32[3]");
  assertEquals(np.round(np.float16(3.1416), 2).item(), 3.140625);
  assertThrows(() => np.round(np.arange(3), -1), TypeError, "not implemented for decimals < 0");
  assertThrows(() => np.round(true), RangeError, "data type bool not inexact");
  assertThrows(() => np.round(1.5, 0.5), TypeError, "'decimals' argument of np.round");
});

Deno.test("`np.clip()` keeps NaN, takes either bound, and no complex numbers", () => {
  const x = np.array([-2, NaN, 2]);
  assertEquals(np.clip(x, -1, 1).tolist(), [-1, NaN, 1]);
  assertEquals(np.clip(x, null, 1).tolist(), [-2, NaN, 1]);
  assertEquals(np.clip(x, { min: 0 }).tolist(), [0, NaN, 2]);
  assertEquals(np.clip(np.arange(3), np.array([1, 0, 0]), 1).tolist(), [1, 1, 1]);
  assertEquals(type(np.clip(np.arange(3), 0.5)), "~float32[3]");
  assertThrows(() => np.clip(x, { re: 0, im: 1 }), RangeError, "Clip received a complex value");
  assertEquals(
    trace((x) => np.clip(x, 0, 1), f32(3)),
    `{ lambda ; a:f32[3]. let
    b:f32[3] = jit[
      name=clip
      jaxpr={ lambda ; a:f32[3] c:i32[] d:i32[]. let
          e:f32[] = convert_element_type[new_dtype=float32 weak_type=False] c
          f:f32[3] = max e a
          g:f32[] = convert_element_type[new_dtype=float32 weak_type=False] d
          b:f32[3] = min g f
        in (b,) }
    ] a 0:i32[] 1:i32[]
  in (b,) }`,
  );
});

Deno.test("`np.nanToNum()` replaces what is not finite", () => {
  const x = np.array([NaN, Infinity, -Infinity, 1]);
  const max = 3.4028234663852886e38;
  assertEquals(np.nanToNum(x).tolist(), [0, max, -max, 1]);
  assertEquals(np.nanToNum(x, { nan: 7, neginf: -1 }).tolist(), [7, max, -1, 1]);
  assertEquals(np.nanToNum({ re: NaN, im: 1 }).item(), { re: 0, im: 1 });
  assertEquals(np.nanToNum(np.arange(2)).tolist(), [0, 1]);
});

// -- bits -----------------------------------------------------------------------------------------

Deno.test("shifts keep the sign of signed integers", () => {
  assertEquals(np.rightShift(-8, 1).item(), -4);
  assertEquals(np.rightShift(np.uint8(0xf0), 4).item(), 15);
  assertEquals(np.leftShift(np.uint8(0xf0), 1).item(), 0xe0);
  assertEquals(np.invert(np.array([true, false])).tolist(), [false, true]);
  assertEquals(np.bitwiseCount(np.array([-3, 255])).tolist(), [2, 8]);
  assertThrows(() => np.bitwiseAnd(1.5, 1), TypeError, "and does not accept dtype float32");
});

Deno.test("`np.frexp()` and `np.ldexp()` are inverse, at the edges too", () => {
  const x = np.array([0, -0, 1, -12, 3e38, 1e-40, Infinity, NaN]);
  const [mantissa, exponent] = np.frexp(x);
  assertEquals(mantissa.tolist(), [
    0,
    -0,
    0.5,
    -0.75,
    0.8816207647323608,
    0.5444488525390625,
    Infinity,
    NaN,
  ]);
  assertEquals(exponent.tolist(), [0, 0, 1, 4, 128, -132, 0, 0]);
  const normal = np.array([1, -12, 3e38]);
  assertEquals(np.ldexp(...np.frexp(normal)).tolist(), normal.tolist());
  for (const dtype of ["float16", "bfloat16"] as const) {
    assertEquals(np.frexp(np.array(12, dtype)).map((part) => part.item()), [0.75, 4]);
  }
  assertThrows(() => np.ldexp(1, 1.5), RangeError, "ldexp not supported for input types");
});

Deno.test("signs, neighbours and distances of floats", () => {
  assertEquals(np.signbit(np.array([-0, 0, NaN, -1])).tolist(), [true, false, false, true]);
  assertEquals(np.signbit(np.array([-1, 1], "int8")).tolist(), [true, false]);
  assertEquals(np.copysign(np.array([1, -2]), np.array([-0, 3])).tolist(), [-1, 2]);
  assertEquals(np.nextafter(1, 2).item(), 1 + 2 ** -23);
  assertEquals(np.spacing(np.array([1, -1])).tolist(), [2 ** -23, -(2 ** -23)]);
  assertThrows(() => np.signbit({ re: 1, im: 0 }), RangeError, "np.signbit is not well defined");
  const [fraction, whole] = np.modf(np.array([1.5, -1.25]));
  assertEquals([fraction.tolist(), whole.tolist()], [[0.5, -0.25], [1, -1]]);
});

// -- programs -------------------------------------------------------------------------------------

Deno.test("functions that JAX jits show as one named call", () => {
  assertEquals(
    trace((x) => np.remainder(x, 2), i32(3)),
    `let remainder = { lambda ; a:i32[3] b:i32[]. let
    c:i32[] = convert_element_type[new_dtype=int32 weak_type=False] b
    d:bool[] = eq c 0:i32[]
    e:i32[] = jit[
      name=_where
      jaxpr={ lambda ; d:bool[] f:i32[] c:i32[]. let
          e:i32[] = select_n d c f
        in (e,) }
    ] d 1:i32[] c
    g:i32[3] = rem a e
    h:bool[3] = ne g 0:i32[]
    i:bool[3] = lt g 0:i32[]
    j:bool[] = lt e 0:i32[]
    k:bool[3] = ne i j
    l:bool[3] = and k h
    m:i32[3] = add g e
    n:i32[3] = select_n l g m
  in (n,) } in
{ lambda ; o:i32[3]. let
    p:i32[3] = jit[name=remainder jaxpr=remainder] o 2:i32[]
  in (p,) }`,
  );
  const called = (f: (x: np.NDArray) => unknown) =>
    makeJaxpr(f)(np.ones(3)).eqns.map(({ params }) => (params as { name?: string }).name);
  assertEquals(called((x) => np.trunc(x)), ["trunc"]);
  assertEquals(called((x) => np.isinf(x)), ["isinf"]);
  assertEquals(called((x) => np.hypot(x, x)), ["hypot"]);
  assertEquals(called((x) => np.around(x)), ["around"]);
  assertEquals(called((x) => np.nanToNum(x)), ["nan_to_num"]);
});
