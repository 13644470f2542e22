/** `numpy/asarray.ts` and `numpy/array.ts`: what becomes an array, and of which type and shape. */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { readOptions } from "../../core/options.ts";
import { config, jit, makeJaxpr, numpy as np, ShapeDtypeStruct } from "../../mod.ts";
import { canonicalAxes, canonicalAxis, canonicalShape } from "../../numpy/shapes.ts";

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

// -- promotion ------------------------------------------------------------------------------------

Deno.test("numbers take the type of the arrays beside them", () => {
  assertEquals(type(np.add(np.int8([1]), 1)), "int8[1]");
  assertEquals(type(np.add(np.int8([1]), 1.5)), "~float32[1]");
  assertEquals(type(np.add(np.bool_([true]), 1)), "~int32[1]");
  assertEquals(type(np.add(np.float16([1]), 1.5)), "float16[1]");
  assertEquals(type(np.add(1, 1.5)), "~float32[]");
  assertEquals(type(np.add(true, true)), "bool[]");
  assertEquals(type(np.add(np.float32([1]), { re: 0, im: 1 })), "complex64[1]");
});

Deno.test("a large integer beside integers that hold it is one of them", () => {
  const x = np.uint32([0xf0f0f0f0]);
  assertEquals(np.bitwiseAnd(x, 0xffff0000).item(), 0xf0f00000);
  assertEquals(type(np.bitwiseAnd(x, 0xffff0000)), "uint32[1]");
  assertEquals(np.remainder(x, 0xf0000000).item(), 0x00f0f0f0);
  assertEquals(type(np.add(np.int32([1]), 0xffff0000)), "~float32[1]");
});

Deno.test("ranks are promoted only as JAX does", () => {
  const f32 = (...shape: number[]) => new ShapeDtypeStruct(shape, "float32");
  const trace = (...xs: unknown[]) => String(makeJaxpr(np.add)(...xs));
  assertEquals(
    trace(f32(3, 1), f32(1, 4)),
    "{ lambda ; a:f32[3,1] b:f32[1,4]. let c:f32[3,4] = add a b in (c,) }",
  );
  assertEquals(
    trace(f32(3), f32(2, 3)),
    `{ lambda ; a:f32[3] b:f32[2,3]. let
    c:f32[1,3] = broadcast_in_dim[broadcast_dimensions=(1,)] a
    d:f32[2,3] = add c b
  in (d,) }`,
  );
  assertEquals(
    String(makeJaxpr((x: np.NDArray) => x.add(1))(f32(3))),
    "{ lambda ; a:f32[3]. let b:f32[3] = add a 1.0:f32[] in (b,) }",
  );
});

Deno.test("shapes that don't broadcast are named", () => {
  assertThrows(
    () => np.add(np.ones(3), np.ones(2)),
    TypeError,
    "add got incompatible shapes for broadcasting: (3,), (2,).",
  );
  assertThrows(
    () => np.add(np.ones([3, 4]), np.ones(2)),
    RangeError,
    "Incompatible shapes for broadcasting: shapes=[(3, 4), (2,)]",
  );
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

// -- shapes and axes ------------------------------------------------------------------------------

Deno.test("`np.broadcastTo()`, `np.broadcastShapes()` and `np.broadcastArrays()`", () => {
  assertEquals(np.broadcastTo(np.arange(2), [2, 2]).tolist(), [[0, 1], [0, 1]]);
  assertEquals(np.broadcastTo(1, 2).tolist(), [1, 1]);
  assertEquals(np.broadcastShapes([3, 1], 4, []), [3, 4]);
  assertEquals(np.broadcastShapes([0], [1]), [0]);
  assertEquals(np.broadcastShapes(), []);
  const [x, y] = np.broadcastArrays(np.ones([2, 1]), np.arange(3));
  assertEquals([x.shape, y.shape], [[2, 3], [2, 3]]);
  assertThrows(
    () => np.broadcastTo(np.ones(3), 2),
    RangeError,
    "Incompatible types for broadcasting: input type=float32[3] and requested type=float32[2]",
  );
  assertThrows(
    () => np.broadcastTo(np.ones([2, 3]), 3),
    RangeError,
    "Cannot broadcast to shape with fewer dimensions: arr_shape=(2, 3) shape=(3,)",
  );
  assertThrows(() => np.broadcastShapes(3, [2, 1], 4), RangeError, "shapes=[(3,), (2, 1), (4,)]");
  assertThrows(() => np.broadcastShapes([2, -1]), TypeError, "got shape (2, -1).");
});

Deno.test("`canonicalShape()` takes integers whose values are known", () => {
  assertEquals(canonicalShape(3), [3]);
  assertEquals(canonicalShape([np.int32(2), 3]), [2, 3]);
  assertEquals(canonicalShape(np.array([2, 3])), [2, 3]);
  const text = "Shapes must be 1D sequences of concrete values of integer type, got ";
  assertThrows(() => canonicalShape(2.5), TypeError, `${text}(2.5,).`);
  assertThrows(() => canonicalShape("a" as never), TypeError, `${text}('a',).`);
  assertThrows(() => canonicalShape([2, null] as never), TypeError, `${text}(2, None).`);
  assertThrows(() => canonicalShape([NaN]), TypeError, text);
  assertThrows(() => canonicalShape([-1]), TypeError, "must have every element be nonnegative");
  assertThrows(() => canonicalShape([1e10, 1e10]), RangeError, "Out of memory");
  const error = assertThrows(() => jit((n: np.NDArray) => np.zeros([n, 2]))(3), TypeError, text);
  assert(error.message.includes("try using `staticArgnums`"), error.message);
  assert(error.message.includes("the value of the argument n"), error.message);
});

Deno.test("`canonicalAxis()` and `canonicalAxes()` count from either end", () => {
  assertEquals(canonicalAxis(-1, 3), 2);
  assertEquals(canonicalAxis(np.int32(1) as never, 3), 1);
  assertEquals(canonicalAxes(undefined, 2), [0, 1]);
  assertEquals(canonicalAxes([-1, 0], 3), [2, 0]);
  const text = "axis 5 is out of bounds for array of dimension 2";
  assertThrows(() => canonicalAxis(5, 2), RangeError, text);
  assertThrows(() => canonicalAxes([0, -2], 2), RangeError, "duplicate value in 'axis': (0, 0)");
  assertThrows(() => canonicalAxis(1.5, 2), TypeError, "axis must be an integer");
});

// -- options --------------------------------------------------------------------------------------

Deno.test("`readOptions()` reads positions, then one object", () => {
  interface Options {
    axis?: number | null;
    dtype?: string;
    keepdims?: boolean;
  }
  const read = (...args: unknown[]) =>
    readOptions<Options>("sum", ["axis", "dtype", "keepdims"], ...args);
  assertEquals(read(), {});
  assertEquals(read(undefined, undefined), {});
  assertEquals(read(0), { axis: 0 });
  assertEquals(read(null, { keepdims: true }), { axis: null, keepdims: true });
  assertEquals(read({ dtype: "int32", axis: undefined }), { dtype: "int32" });
  assertEquals(read(0, "int8", { keepdims: true }), { axis: 0, dtype: "int8", keepdims: true });
  assertThrows(
    () => read(0, { key: 1 }),
    TypeError,
    "sum() got an unexpected keyword argument 'key'",
  );
  assertThrows(
    () => read(0, { axis: 1 }),
    TypeError,
    "sum() got multiple values for argument 'axis'",
  );
  assertThrows(
    () => read({ axis: 1 }, "int8"),
    TypeError,
    "takes its options as the last argument",
  );
});
