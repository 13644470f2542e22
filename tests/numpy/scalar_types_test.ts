/** Callable dtypes and questions about dtypes: `numpy/scalar_types.ts` and `numpy/limits.ts`. */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { config, numpy as np } from "../../mod.ts";
import { allDTypes } from "../../core/dtype.ts";

const type = (x: np.NDArray) => String(x.aval);

Deno.test("a dtype that is called makes an array of its type", () => {
  assertEquals(type(np.float32(1)), "float32[]");
  assertEquals(np.int32(1.7).item(), 1);
  assertEquals(np.bool_(3).item(), true);
  assertEquals(np.complex64(1).item(), { re: 1, im: 0 });
  assertEquals(np.float16([1, 2]).tolist(), [1, 2]);
  assertEquals(np.int32(np.array(2.7)).item(), 2);
  assertEquals(np.bfloat16(1.001).item(), 1);
  assertThrows(() => np.int8(300), RangeError, "JavaScript number 300 out of bounds for int8");
});

Deno.test("a dtype is one object, under each of its names", () => {
  assertStrictEquals(np.zeros(1).dtype, np.float32);
  assertStrictEquals(np.dtype("float32"), np.float32);
  assertStrictEquals(np.dtype(np.arange(3)), np.int32);
  assertStrictEquals(np.float_, np.float64);
  assertStrictEquals(np.int_, np.int64);
  assertStrictEquals(np.single, np.float32);
  assertEquals(String(np.float32), "float32");
  assertEquals(Deno.inspect(np.float32), "dtype('float32')");
  assertThrows(() => np.dtype("foo" as "bool"), TypeError, "data type 'foo' not understood");
});

Deno.test("64-bit dtypes make 64-bit arrays with x64 only", () => {
  config.silencedWarnings.add("dtype-truncation");
  assertEquals(type(np.float64(1)), "float32[]");
  config.silencedWarnings.delete("dtype-truncation");
  config.enableX64 = true;
  try {
    assertEquals(type(np.float64(1)), "float64[]");
    assertEquals(np.int64(2n ** 60n).item(), 2n ** 60n);
    assertEquals(np.complex128({ re: 0.1, im: 0.2 }).item(), { re: 0.1, im: 0.2 });
  } finally {
    config.enableX64 = false;
  }
});

Deno.test("`np.issubdtype()` knows the families", () => {
  assert(np.issubdtype("int32", np.integer) && np.issubdtype("int32", np.number));
  assert(!np.issubdtype("bool", np.number) && np.issubdtype("bool", np.generic));
  assert(np.issubdtype(np.bfloat16, np.floating) && np.issubdtype(np.complex64, np.inexact));
  assert(np.issubdtype(np.integer, np.number) && !np.issubdtype(np.number, np.integer));
  assert(np.issubdtype("float32", "float32") && !np.issubdtype(np.floating, "float32"));
  assert(np.issubdtype("uint8", np.unsignedinteger) && !np.issubdtype("uint8", np.signedinteger));
});

Deno.test("`np.isdtype()` knows the array API's kinds", () => {
  assert(np.isdtype("int32", "integral") && np.isdtype("uint8", "unsigned integer"));
  assert(np.isdtype("bfloat16", "real floating") && !np.isdtype("bool", "numeric"));
  assert(np.isdtype("float32", ["bool", np.float32]) && !np.isdtype("float32", "float64"));
  assertThrows(() => np.isdtype("int32", "foo"), RangeError, "Unrecognized kind='foo'");
});

Deno.test("`np.promoteTypes()` and `np.resultType()` follow JAX's lattice", () => {
  assertEquals(np.promoteTypes("int8", "uint8"), np.int16);
  assertEquals(np.promoteTypes("float16", "bfloat16"), np.float32);
  assertEquals(np.promoteTypes("int32", "float16"), np.float16);
  assertEquals(np.resultType(1, 2.5), np.float32);
  assertEquals(np.resultType("int8", 1), np.int8);
  assertEquals(np.resultType(np.int8(1), 1.5), np.float32);
  assertEquals(np.resultType(np.arange(2), "bool", true), np.int32);
  assertThrows(() => np.resultType(), RangeError, "at least one array or dtype is required");
});

Deno.test("`np.canCast()` keeps values, kinds or everything", () => {
  const safe = (from: np.ScalarType) =>
    allDTypes.filter((to) => np.canCast(from, to)).map((to) => to.name).join(" ");
  assertEquals(safe(np.bool_), allDTypes.map((d) => d.name).join(" "));
  assertEquals(safe(np.int16), "int16 int32 int64 float32 float64 complex64 complex128");
  assertEquals(safe(np.uint32), "int64 uint32 uint64 float64 complex128");
  assertEquals(
    safe(np.uint8),
    "int16 int32 int64 uint8 uint16 uint32 uint64 float16 bfloat16 float32 float64 complex64 complex128",
  );
  assertEquals(safe(np.bfloat16), "bfloat16 float32 float64 complex64 complex128");
  assertEquals(safe(np.float64), "float64 complex128");
  assertEquals(safe(np.complex64), "complex64 complex128");
  assert(np.canCast("float64", "float32", "same_kind") && np.canCast("uint8", "int8", "same_kind"));
  assert(!np.canCast("int8", "uint8", "same_kind") && np.canCast("complex64", "bool", "unsafe"));
  assert(np.canCast("int8", "int8", "no") && !np.canCast("int8", "int16", "equiv"));
  assertThrows(() => np.canCast(1 as never, "int8"), TypeError, "does not support JavaScript");
  assertThrows(() => np.canCast("int8", "int8", "x" as "no"), RangeError, "casting must be one of");
});

Deno.test("`np.finfo()` and `np.iinfo()` know the limits", () => {
  const f32 = np.finfo("float32");
  assertEquals([f32.bits, f32.nexp, f32.nmant, f32.minexp, f32.maxexp], [32, 8, 23, -126, 128]);
  assertEquals([f32.eps, f32.epsneg, f32.max], [2 ** -23, 2 ** -24, 3.4028234663852886e38]);
  assertEquals([f32.tiny, f32.smallestSubnormal], [1.1754943508222875e-38, 1.401298464324817e-45]);
  assertEquals([f32.precision, f32.resolution], [6, 1e-6]);
  const names = ["float16", "bfloat16", "float64"] as const;
  assertEquals(names.map((d) => np.finfo(d).max), [65504, 3.3895313892515355e38, Number.MAX_VALUE]);
  assertEquals(names.map((d) => np.finfo(d).precision), [3, 2, 15]);
  assertEquals(np.finfo(np.complex64).dtype, np.float32);
  assertEquals(np.finfo(np.ones(1)).dtype, np.float32);
  assertEquals(String(np.iinfo("int8")), "iinfo(min=-128, max=127, dtype=int8)");
  assertEquals(np.iinfo("uint64").max, 2n ** 64n - 1n);
  assertThrows(() => np.finfo("int32"), RangeError, "data type int32 not inexact");
  assertThrows(() => np.iinfo("float32"), RangeError, "Invalid integer data type 'f'");
});
