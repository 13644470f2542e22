/** `numpy/asarray.ts` and `numpy/array.ts`: what becomes an array, and of which type and shape. */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { config, makeJaxpr, numpy as np } from "../../mod.ts";

/** dtype, shape and weakness, as JAX writes them: `~int32[]`. */
const type = (x: np.NDArray) => String(x.aval);

function withX64(body: () => void): void {
  config.enableX64 = true;
  try {
    body();
  } finally {
    config.enableX64 = false;
  }
}

// -- scalars and lists ----------------------------------------------------------------------------

Deno.test("`np.array()` of a scalar is weakly typed, of a list it is not", () => {
  assertEquals(type(np.array(1)), "~int32[]");
  assertEquals(type(np.array(1.5)), "~float32[]");
  assertEquals(type(np.array(-0)), "~float32[]");
  assertEquals(type(np.array(NaN)), "~float32[]");
  assertEquals(type(np.array(true)), "bool[]");
  assertEquals(type(np.array(3n)), "~int32[]");
  assertEquals(type(np.array({ re: 1, im: 2 })), "~complex64[]");
  assertEquals(type(np.array([1, 2])), "int32[2]");
  assertEquals(type(np.array([1, 2.5, true])), "float32[3]");
  assertEquals(type(np.array([true, 1])), "int32[2]");
  assertEquals(type(np.array([1, { re: 0, im: 1 }])), "complex64[2]");
  assertEquals(type(np.array(1, "float32")), "float32[]");
});

Deno.test("`np.array()` reads nested lists, empty ones too", () => {
  assertEquals(np.array([[1, 2], [3, 4]]).tolist(), [[1, 2], [3, 4]]);
  assertEquals(type(np.array([])), "float32[0]");
  assertEquals(type(np.array([[], []])), "float32[2,0]");
  assertEquals(type(np.array([[1, 2]], { ndmin: 4 })), "int32[1,1,1,2]");
  assertEquals(np.array([true, false]).tolist(), [true, false]);
  assertEquals(np.array([0, NaN, 0.5], "bool").tolist(), [false, true, true]);
  assertEquals(np.array([1.5, -2.5], "bfloat16").tolist(), [1.5, -2.5]);
  assertEquals(np.array([1.9, -1.9], "int32").tolist(), [1, -1]);
});

Deno.test("`np.array()` refuses ragged lists in NumPy's words", () => {
  const ragged = (list: unknown, shape: string, depth: number) =>
    assertThrows(
      () => np.array(list as number[]),
      RangeError,
      "setting an array element with a sequence. The requested array has an inhomogeneous shape " +
        `after ${depth} dimensions. The detected shape was ${shape} + inhomogeneous part.`,
    );
  ragged([[1, 2], [3]], "(2,)", 1);
  ragged([1, [2]], "(2,)", 1);
  ragged([[1, 2], 3], "(2,)", 1);
  ragged([[[1], [2]], [[3], [4, 5]]], "(2, 2)", 2);
});

Deno.test("`np.array()` refuses what the dtype does not hold", () => {
  const refuses = (value: unknown, dtype: "int8" | "uint8" | "int32", text: string) => {
    assertThrows(() => np.array(value as number, dtype), RangeError, text);
    assertThrows(() => np.array([value as number], dtype), RangeError, text);
  };
  refuses(300, "int8", "JavaScript number 300 out of bounds for int8");
  refuses(-1, "uint8", "JavaScript number -1 out of bounds for uint8");
  refuses(NaN, "int32", "cannot convert float NaN to integer");
  refuses(-Infinity, "int32", "cannot convert float infinity to integer");
  refuses(2n ** 40n, "int32", "JavaScript bigint 1099511627776 out of bounds for int32");
  assertThrows(() => np.array(2n ** 40n), RangeError, "too large to convert to int32");
  assertThrows(() => np.array([2n ** 40n]), RangeError, "out of bounds for int32");
  assertThrows(() => np.array([{ re: 1, im: 1 }], "float32"), TypeError, "must be a real number");
  assertEquals(np.uint32(4294967295).item(), 4294967295);
});

Deno.test("`np.array()` refuses what holds no numbers", () => {
  const text = "is not a valid JAX array type. Only arrays of numeric types are supported by JAX.";
  for (const wrong of ["a", ["a"], [1, "a"], {}, [{}], () => 1, Symbol("s"), new Map()]) {
    assertThrows(() => np.array(wrong as never), TypeError, text);
  }
  for (const wrong of [null, undefined, [null], [1, undefined]]) {
    assertThrows(() => np.array(wrong as never), RangeError, "None is not a valid value");
  }
  const sparse = [1, 2, 3];
  delete sparse[1];
  assertThrows(() => np.array(sparse), RangeError, "None is not a valid value");
  assertThrows(() => np.array(Promise.resolve(1) as never), TypeError, "Await it first.");
  assertThrows(() => np.array(1, "foo" as never), TypeError, "data type 'foo' not understood");
  assertThrows(() => np.array(1, 3 as never), TypeError, "Cannot interpret '3' as a data type");
  assertThrows(() => np.array(1, np.ones(1) as never), RangeError, "dtype=arr.dtype");
});

Deno.test("`np.array()` takes a million numbers in no time", () => {
  const list = Array.from({ length: 1e6 }, (_, i) => i / 2);
  const start = performance.now();
  const x = np.array(list);
  const elapsed = performance.now() - start;
  assertEquals([x.size, x.item(-1)], [1e6, 499999.5]);
  assert(elapsed < 1000, `${elapsed} ms`);
});

// -- arrays and typed arrays ----------------------------------------------------------------------

Deno.test("typed arrays keep their dtype, 64-bit ones narrow", () => {
  assertEquals(type(np.array(new Uint8Array(2))), "uint8[2]");
  assertEquals(type(np.array(new Float16Array(2))), "float16[2]");
  assertEquals(type(np.array(new Float64Array(2))), "float32[2]");
  assertEquals(np.array(new BigInt64Array([-1n, 2n ** 32n + 5n])).tolist(), [-1, 5]);
  assertEquals(type(np.array(new Float64Array([1.5]), "int32")), "int32[1]");
  assertEquals(type(np.add(new Float32Array([1, 2]), 1)), "float32[2]");
  withX64(() => {
    assertEquals(type(np.array(new Float64Array(2))), "float64[2]");
    assertEquals(np.array(new BigInt64Array([2n ** 40n])).tolist(), [2n ** 40n]);
    assertEquals(type(np.array([1, 2.5])), "float64[2]");
    assertEquals(np.array([2 ** 40, 1]).tolist(), [2n ** 40n, 1n]);
  });
});

Deno.test("typed arrays are copied", () => {
  const data = new Float32Array([1, 2]);
  const x = np.array(data);
  data[0] = 9;
  assertEquals(x.tolist(), [1, 2]);
});

Deno.test("lists with arrays in them are stacked, and promoted", () => {
  assertEquals(type(np.array([np.array(1), 2])), "int32[2]");
  assertEquals(type(np.array([np.array([1, 2]), [3, 4.5]])), "float32[2,2]");
  assertEquals(type(np.array([np.float16(1), 2.5])), "float16[2]");
  assertEquals(np.array([[np.array(1), 2], [3, new Int8Array([4])[0]]]).tolist(), [[1, 2], [3, 4]]);
  const many = Array.from({ length: 40 }, (_, i) => np.int32(i));
  assertEquals(np.array(many).tolist(), Array.from({ length: 40 }, (_, i) => i));
  assertThrows(() => np.array([np.ones(2), 3]), TypeError);
  assertThrows(() => np.array([np.ones(2), np.ones(1)]), TypeError);
});

Deno.test("a program shows how a list with a traced element is stacked", () => {
  const jaxpr = makeJaxpr((x: np.NDArray) => np.array([x, 1]))(1.5);
  assertEquals(
    String(jaxpr),
    `{ lambda ; a:f32[]. let
    b:f32[] = convert_element_type[new_dtype=float32 weak_type=False] a
    c:f32[1] = broadcast_in_dim b
    d:f32[1] = broadcast_in_dim 1.0:f32[]
    e:f32[2] = concatenate[dimension=0] c d
  in (e,) }`,
  );
});

Deno.test("`np.asarray()` gives an array itself, `np.array()` a copy that programs show", () => {
  const x = np.ones(2);
  assertStrictEquals(np.asarray(x), x);
  const trace = (f: (x: np.NDArray) => np.NDArray) => String(makeJaxpr(f)(x));
  assertEquals(trace((x) => np.asarray(x)), "{ lambda ; a:f32[2]. let  in (a,) }");
  assertEquals(trace((x) => np.array(x)), "{ lambda ; a:f32[2]. let b:f32[2] = copy a in (b,) }");
});

Deno.test("what is no array is refused with a remedy", () => {
  const wrong = (x: unknown) => () => np.add(1, x as number);
  assertThrows(wrong([1]), TypeError, "add requires ndarray or scalar arguments, got list at");
  assertThrows(wrong([1]), TypeError, "at position 1. Use np.array(...)");
  assertThrows(
    wrong(Promise.resolve(1)),
    TypeError,
    "got a Promise at position 1. Await it first.",
  );
  assertThrows(wrong("a"), TypeError, 'got "a" at position 1');
  assertThrows(wrong(null), TypeError, "got null at position 1");
  assertThrows(wrong(undefined), TypeError, "got undefined at position 1");
});
