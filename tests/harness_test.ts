/** The harness itself: what it lets pass, what it complains about, and in which words. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ShapedArray } from "../core/aval.ts";
import { bool, complex64, float32, int32, toDType } from "../core/dtype.ts";
import { f32, program } from "./cases/case.ts";
import { check, compareElements, plainSentence } from "./harness.ts";

const next = (x: number) => {
  const bits = new Uint32Array(new Float32Array([x]).buffer);
  bits[0]++;
  return new Float32Array(bits.buffer)[0];
};
const compare = (x: number[], y: number[], how = {}) =>
  compareElements(
    new ShapedArray([x.length], float32),
    new Float32Array(x),
    new Float32Array(y),
    how,
  );

Deno.test("floats may differ by the ulps allowed, and by no more", () => {
  assertEquals(compare([next(1)], [1], { ulp: 1 }), undefined);
  assertEquals(
    compare([2, next(next(1))], [2, 1], { ulp: 1 }),
    "at (1,) got 1.000000238418579, expected 1: 2 ulp; 1 allowed",
  );
  assert(compare([next(1)], [1], { ulp: 0 }) !== undefined);
  assertEquals(compare([1e-7], [0], { ulp: 1, scale: 1 }), undefined);
  assertEquals(compare([1e-7, 1], [0, 1], { ulp: 1, normwise: true }), undefined);
  assert(compare([1e-7, 1], [0, 1], { ulp: 1 }) !== undefined);
});

Deno.test("a NaN is a NaN, an infinity an infinity of its sign", () => {
  assertEquals(
    compare([NaN, Infinity, -Infinity], [NaN, Infinity, -Infinity], { ulp: 0 }),
    undefined,
  );
  assert(compare([NaN], [1]) !== undefined);
  assert(compare([1], [NaN]) !== undefined);
  assert(compare([Infinity], [-Infinity]) !== undefined);
  assert(compare([3e38], [Infinity]) !== undefined);
});

Deno.test("the sign of zero counts where values are to be exact", () => {
  assert(compare([-0], [0], { ulp: 0 }) !== undefined);
  assertEquals(compare([-0], [0]), undefined);
});

Deno.test("integers and booleans are exact, complex numbers as near as their size", () => {
  const ints = new ShapedArray([2], int32);
  const wrong = compareElements(ints, new Int32Array([1, 2]), new Int32Array([1, 3]), {});
  assertEquals(wrong, "at (1,) got 2, expected 3: unequal; 4 allowed");
  const flag = new ShapedArray([], bool);
  assert(compareElements(flag, new Uint8Array([1]), new Uint8Array([0]), {}) !== undefined);
  const complex = new ShapedArray([], complex64);
  const near = [new Float32Array([1000, 1e-5]), new Float32Array([1000, 0])] as const;
  assertEquals(compareElements(complex, ...near, {}), undefined);
  const far = [new Float32Array([1, 1e-5]), new Float32Array([1, 0])] as const;
  assertStringIncludes(compareElements(complex, ...far, {})!, "at () (imaginary part) got");
});

Deno.test("bfloat16 is compared by value", () => {
  const aval = new ShapedArray([1], toDType("bfloat16"));
  const two = new Uint16Array([0x4000]);
  assertEquals(compareElements(aval, two, new Uint16Array([0x4001]), { ulp: 1 }), undefined);
  assert(compareElements(aval, two, new Uint16Array([0x4002]), { ulp: 1 }) !== undefined);
});

Deno.test("a case tells of types, values, errors and programs that are not JAX's", () => {
  const c = program("twice", [f32([1])], (x) => x.mul(2), "lambda x: x * 2");
  const complaints = (golden: object) => check({ case: c, key: "twice", golden });
  const two = new Uint8Array(new Float32Array([2]).buffer).toBase64();
  assertEquals(complaints({ out: [`f32[1] ${two}`] }), []);
  assertEquals(complaints({ out: [`~f32[1] ${two}`] })[0], "has type f32[1], JAX gives ~f32[1]");
  assertStringIncludes(complaints({ out: ["f32[1] AAAAAA=="] })[0], "got 2, expected 0");
  assertStringIncludes(complaints({ error: "ValueError: no" })[0], "gives [2.] instead of saying");
  assertStringIncludes(complaints({ out: [`f32[1] ${two}`], jaxpr: "{}" })[0], "not as JAX");
  assertStringIncludes(complaints({})[0], "deno task golden");
});

Deno.test("sentences are compared but for what differs between the languages", () => {
  assertEquals(
    plainSentence("jnp.max got start_indices (3,), <class 'list'>."),
    plainSentence("np.max got startIndices [3], list"),
  );
});
