/** Arrays out of nothing: `numpy/creation.ts`, `ranges.ts`, `grids.ts`, `windows.ts`, buffers. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConcretizationTypeError, config, jit, makeJaxpr, numpy as np, slice } from "../../mod.ts";

const type = (x: np.NDArray) => String(x.aval);

// -- filled arrays --------------------------------------------------------------------------------

Deno.test("`np.zeros()`, `np.ones()`, `np.empty()` and `np.full()` make what is asked for", () => {
  assertEquals(type(np.zeros(3)), "float32[3]");
  assertEquals(type(np.zeros([])), "float32[]");
  assertEquals(type(np.ones([2, 0], "int8")), "int8[2,0]");
  assertEquals(type(np.empty([2], { dtype: np.bool_ })), "bool[2]");
  assertEquals(type(np.zeros(np.array([2, 3]))), "float32[2,3]");
  assertEquals(type(np.full(2, 1)), "~int32[2]");
  assertEquals(type(np.full(2, 1, np.float16)), "float16[2]");
  assertEquals(np.full([2, 2], np.array([1, 2])).tolist(), [[1, 2], [1, 2]]);
  assertEquals(np.full(2, 300, "int8").tolist(), [44, 44]);
});

Deno.test("functions that make an array like another one follow it", () => {
  assertEquals(type(np.zerosLike(1)), "~int32[]");
  assertEquals(type(np.onesLike(np.arange(3), { shape: [2, 2] })), "int32[2,2]");
  assertEquals(type(np.onesLike(np.arange(3), "float16")), "float16[3]");
  assertEquals(type(np.emptyLike(np.ones([2, 3]))), "float32[2,3]");
  assertEquals(np.fullLike(np.arange(2), 1.5).tolist(), [1, 1]);
  assertEquals(np.fullLike(np.ones([2, 2]), np.array([1, 2])).tolist(), [[1, 2], [1, 2]]);
  assertThrows(() => np.zerosLike([1] as never), TypeError, "zeros_like requires ndarray");
});

Deno.test("shapes that are none, and arrays too large, are refused at once", () => {
  const text = "Shapes must be 1D sequences of concrete values of integer type";
  assertThrows(() => np.zeros(-1), TypeError, "shape must have every element be nonnegative");
  assertThrows(() => np.zeros([2, 2.5]), TypeError, `${text}, got (2, 2.5).`);
  assertThrows(() => np.zeros("a" as never), TypeError, `${text}, got ('a',).`);
  assertThrows(() => np.zeros(1e12), RangeError, "Out of memory");
  assertThrows(() => np.arange(1e12), RangeError);
  assertThrows(() => np.ones([1e9, 1e9]), RangeError, "Out of memory");
  assertThrows(
    () => np.zeros(2, 3 as never),
    TypeError,
    "Did you accidentally write np.zeros(2, 3) when you meant np.zeros([2, 3])",
  );
});

Deno.test("a 64-bit dtype narrows with a warning, unless x64 is enabled", () => {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: string) => void warnings.push(text);
  try {
    assertEquals(type(np.ones(1, "complex128")), "complex64[1]");
  } finally {
    console.warn = warn;
  }
  assertEquals(warnings.length, 1);
  assert(warnings[0].includes("requested dtype complex128 requested in ones is not available"));
  config.enableX64 = true;
  try {
    assertEquals(type(np.zeros(2)), "float64[2]");
    assertEquals(type(np.arange(3)), "int64[3]");
    assertEquals(type(np.linspace(0, 1, 3)), "float64[3]");
    assertEquals(np.linspace(0, 1, 3).tolist(), [0, 0.5, 1]);
  } finally {
    config.enableX64 = false;
  }
});

// -- ranges ---------------------------------------------------------------------------------------

Deno.test("`np.arange()` has NumPy's ends, steps and dtypes", () => {
  assertEquals(np.arange(2, 5).tolist(), [2, 3, 4]);
  assertEquals(np.arange(5, 0, -2).tolist(), [5, 3, 1]);
  assertEquals(np.arange(0, 1, 0.25).tolist(), [0, 0.25, 0.5, 0.75]);
  assertEquals(np.arange(2.5, 5).tolist(), [2.5, 3.5, 4.5]);
  assertEquals(type(np.arange(-3)), "int32[0]");
  assertEquals(type(np.arange(3, 1)), "int32[0]");
  assertEquals(type(np.arange(np.uint8(3))), "uint8[3]");
  assertEquals(type(np.arange(0, 3, 1, "float16")), "float16[3]");
  assertEquals(np.arange(5, { step: 2, dtype: "float32" }).tolist(), [0, 2, 4]);
  assertEquals(np.arange(300, { dtype: "int8" })[-1].item(), 43);
});

Deno.test("`np.arange()` needs numbers that are known and make sense", () => {
  assertThrows(() => np.arange(0, 5, 0), RangeError, "division by zero");
  assertThrows(() => np.arange(NaN), RangeError, "cannot convert float NaN to integer");
  assertThrows(() => np.arange(Infinity), RangeError, "cannot convert float infinity to integer");
  assertThrows(
    () => np.arange(np.array([3])),
    RangeError,
    "arguments must be scalars; got stop=[3]",
  );
  assertThrows(() => np.arange({ re: 0, im: 1 }), RangeError, "Passing complex start/stop/step");
  assertThrows(() => np.arange(3, { dtype: "bool" }), TypeError, "iota does not accept dtype bool");
  assertThrows(
    () => jit((n: np.NDArray) => np.arange(n))(3),
    ConcretizationTypeError,
    "It arose in the np.arange argument 'stop'",
  );
  assertThrows(
    () => jit((n: np.NDArray) => np.arange(n, 5))(3),
    ConcretizationTypeError,
    "It arose in the np.arange argument 'start'",
  );
});

Deno.test("programs show ranges as JAX does", () => {
  const trace = (f: () => np.NDArray) => String(makeJaxpr(f)());
  assertEquals(
    trace(() => np.arange(0, 1, 0.25)),
    `{ lambda ; . let
    a:f32[4] = iota[dimension=0 dtype=float32 shape=(4,) sharding=None] 
    b:f32[4] = mul 0.25:f32[] a
    c:f32[4] = add 0.0:f32[] b
  in (c,) }`,
  );
  assertEquals(
    trace(() => np.eye(2)),
    `{ lambda ; . let
    a:i32[2,2] = iota[dimension=0 dtype=int32 shape=(2, 2) sharding=None] 
    b:i32[2,2] = iota[dimension=1 dtype=int32 shape=(2, 2) sharding=None] 
    c:i32[2,2] = add a 0:i32[]
    d:bool[2,2] = eq c b
    e:f32[2,2] = convert_element_type[new_dtype=float32 weak_type=False] d
  in (e,) }`,
  );
});

Deno.test("`np.linspace()` meets both ends, whatever is asked beside", () => {
  assertEquals(np.linspace(0, 10, 5).tolist(), [0, 2.5, 5, 7.5, 10]);
  assertEquals(np.linspace(0, 10, 4, { endpoint: false }).tolist(), [0, 2.5, 5, 7.5]);
  assertEquals(np.linspace(0, 10, 4, false).tolist(), [0, 2.5, 5, 7.5]);
  assertEquals(np.linspace(0, 10, 5, { dtype: "int32" }).tolist(), [0, 2, 5, 7, 10]);
  assertEquals(np.linspace(3, 4, 1).tolist(), [3]);
  assertEquals(type(np.linspace(0, 1, 0)), "float32[0]");
  assertEquals(type(np.linspace(0, 1)), "float32[50]");
  assertEquals(np.linspace(np.array([0, 1]), 2, 3).tolist(), [[0, 1], [1, 1.5], [2, 2]]);
  const rows = np.linspace(np.array([0, 1]), 2, 3, { axis: -1 });
  assertEquals(rows.tolist(), [[0, 1, 2], [1, 1.5, 2]]);
  assertEquals(np.linspace(np.ones(3), np.ones([2, 3]), 4).shape, [4, 2, 3]);
  const [numbers, step] = np.linspace(0, 1, 3, { retstep: true });
  assertEquals([numbers.tolist(), step.item()], [[0, 0.5, 1], 0.5]);
  const [, none] = np.linspace(0, 1, { num: 1, retstep: true });
  assertEquals(none.item(), NaN);
});

Deno.test("`np.linspace()` refuses counts that are none", () => {
  assertThrows(() => np.linspace(0, 1, -1), RangeError, "Number of samples, -1, must be");
  assertThrows(() => np.linspace(0, 1, 2.5), TypeError, "cannot be interpreted as an integer");
  assertThrows(
    () => jit((n: np.NDArray) => np.linspace(0, 1, n as never))(3),
    ConcretizationTypeError,
    "'num' argument of np.linspace",
  );
});

Deno.test("`np.logspace()` and `np.geomspace()` space by ratio", () => {
  assertEquals(np.logspace(0, 3, 4, { base: 2 }).tolist(), [1, 2, 4, 8]);
  assertEquals(np.logspace(0, 2, 3, { dtype: "int32" }).tolist(), [1, 10, 100]);
  const x = np.geomspace(np.array([1, -1]), np.array([8, -8]), 4, { axis: 1 });
  const expected = np.array([[1, 2, 4, 8], [-1, -2, -4, -8]]);
  assertEquals(np.allclose(x, expected, { rtol: 1e-5 }).item(), true);
});

// -- grids ----------------------------------------------------------------------------------------

Deno.test("`np.eye()` and `np.tri()` take lengths, a diagonal and a dtype", () => {
  assertEquals(np.eye(2, 3, 1, "int32").tolist(), [[0, 1, 0], [0, 0, 1]]);
  assertEquals(np.eye(2, { k: -1 }).tolist(), [[0, 0], [1, 0]]);
  assertEquals(np.tri(2, 3, 1, "int32").tolist(), [[1, 1, 0], [1, 1, 1]]);
  assertEquals(type(np.identity(0)), "float32[0,0]");
  assertThrows(() => np.eye(-1), RangeError, "negative dimensions are not allowed, got -1 and");
  assertThrows(() => np.eye(2, { k: 1.5 }), RangeError, "k must be a scalar integer; got 1.5");
  assertThrows(() => np.eye(2.5), TypeError, "got (2.5,). argument of 'N' np.eye().");
  assertThrows(() => np.tri(2, { k: 0.5 }), TypeError, "must be an integer");
});

Deno.test("`np.meshgrid()` lays a grid out by columns or by rows, full or sparse", () => {
  const [x, y, z] = [np.arange(3), np.arange(2), np.arange(4)];
  assertEquals(np.meshgrid(x, y)[0].tolist(), [[0, 1, 2], [0, 1, 2]]);
  assertEquals(np.meshgrid(x, y, { indexing: "ij" })[0].shape, [3, 2]);
  assertEquals(np.meshgrid(x, y, z).map((g) => g.shape), Array(3).fill([2, 3, 4]));
  const sparse = np.meshgrid(x, y, z, { sparse: true });
  assertEquals(sparse.map((g) => g.shape), [[1, 3, 1], [2, 1, 1], [1, 1, 4]]);
  assertEquals(np.meshgrid(), []);
  assertThrows(() => np.meshgrid(np.ones([2, 2])), RangeError, "must be 1D, got shapes [(2, 2)]");
  assertThrows(() => np.meshgrid(x, { indexing: "a" as "ij" }), RangeError, "'xy' and 'ij', got a");
  assertThrows(() => np.meshgrid(x, { copy: false }), RangeError, "only supports copy=true");
});

Deno.test("`np.indices()`, `np.mgrid()`, `np.ogrid()` and `np.fromfunction()` count places", () => {
  assertEquals(np.indices([2, 2]).tolist(), [[[0, 0], [1, 1]], [[0, 1], [0, 1]]]);
  assertEquals(np.indices([2, 3], { sparse: true }).map((x) => x.shape), [[2, 1], [1, 3]]);
  assertEquals(type(np.indices([])), "int32[0]");
  assertEquals(np.mgrid(slice(0, 2), slice(0, 3)).tolist(), np.indices([2, 3]).tolist());
  assertEquals(np.mgrid(slice(1, 2, 0.5)).tolist(), [1, 1.5]);
  assertEquals(np.ogrid(slice(0, 2), slice(0, 3)).map((x) => x.shape), [[2, 1], [1, 3]]);
  assertEquals(np.fromfunction((i, j) => i.mul(2).add(j), [2, 2]).tolist(), [[0, 1], [2, 3]]);
  assertEquals(np.fromfunction(() => 1, [2, 2]).tolist(), [[1, 1], [1, 1]]);
});

Deno.test("`np.vander()` goes down or up", () => {
  assertEquals(np.vander(np.array([1, 2, 3])).tolist(), [[1, 1, 1], [4, 2, 1], [9, 3, 1]]);
  assertEquals(np.vander(np.array([2, 3]), { N: 2, increasing: true }).tolist(), [[1, 2], [1, 3]]);
  assertThrows(() => np.vander(np.ones([2, 2])), RangeError, "must be a one-dimensional array");
  assertThrows(() => np.vander(np.ones(2), -1), RangeError, "N must be nonnegative");
});

// -- buffers --------------------------------------------------------------------------------------

Deno.test("`np.frombuffer()` reads the bytes of every dtype", () => {
  const bytes = new Uint8Array([0, 0, 128, 63, 0, 0, 0, 64]);
  assertEquals(np.frombuffer(bytes, "float32").tolist(), [1, 2]);
  assertEquals(np.frombuffer(bytes, "complex64").tolist(), [{ re: 1, im: 2 }]);
  assertEquals(np.frombuffer(bytes, "bfloat16", { offset: 2, count: 1 }).tolist(), [1]);
  assertEquals(np.frombuffer(bytes.buffer, "int16", { offset: 6 }).tolist(), [16384]);
  assertEquals(np.frombuffer(new Float64Array([1.5]).buffer).tolist(), [1.5]);
  assertEquals(np.frombuffer(new BigInt64Array([-1n]), "int64").tolist(), [-1]);
  assertEquals(np.frombuffer(new Uint8Array([1, 0]), "bool").tolist(), [true, false]);
  assertThrows(() => np.frombuffer(bytes, { offset: 9 }), RangeError, "buffer length (8)");
  assertThrows(() => np.frombuffer(bytes.slice(1), "int16"), RangeError, "multiple of element");
  assertThrows(() => np.frombuffer(bytes, "int8", { count: 9 }), RangeError, "buffer is smaller");
});

Deno.test("windows begin and end as they should", () => {
  const round = (x: np.NDArray) => Math.abs(Math.round(Number(x) * 1e6) / 1e6);
  const ends = (w: np.NDArray) => [w[0], w[5], w[10]].map(round);
  assertEquals(ends(np.bartlett(11)), [0, 1, 0]);
  assertEquals(ends(np.hanning(11)), [0, 1, 0]);
  assertEquals(ends(np.hamming(11)), [0.08, 1, 0.08]);
  assertEquals(ends(np.blackman(11)), [0, 1, 0]);
  assertEquals(ends(np.kaiser(11, 0)), [1, 1, 1]);
  assertEquals(np.hanning(1).tolist(), [1]);
  assertEquals(np.kaiser(0, 5).size, 0);
});
