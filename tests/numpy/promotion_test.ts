/** `numpy/promotion.ts`: operands brought to a common dtype and rank. */
import { assertEquals, assertThrows } from "@std/assert";
import { makeJaxpr, numpy as np, ShapeDtypeStruct } from "../../mod.ts";

/** dtype, shape and weakness, as JAX writes them: `~int32[]`. */
const type = (x: np.NDArray) => String(x.aval);

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
