/** Conversions: each dtype to each, in range and out of it; bits read as another dtype. */
import type { DTypeName } from "../../core/dtype.ts";
import { ALL, array, calls, type Case, f32, i32, mask, rand, special, u32, weak } from "./case.ts";

/** Values that each conversion treats its own way: fractions, ties, just in and just out of range. */
function values(dtype: DTypeName): Parameters<typeof array>[1] {
  if (dtype === "float32") {
    const edges = [127.5, 128, 255.9, 256, 32768, 65519, 65520, 2147483520, 2147483648, 4294967040];
    const rounded = [2049, 4097.5, 1 + 2 ** -8, 1 + 2 ** -9, 16777217, 4294967296, 1e20, 3e38];
    const all = [...edges, ...rounded, 0.5, 1.5, 2.5, 0.99];
    return [...special(dtype) as number[], ...all, ...all.map((x) => -x)];
  }
  return special(dtype);
}

const pairs: Case[] = ALL.flatMap((from) =>
  ALL.flatMap((to) =>
    // Complex to real drops the imaginary part, of which JAX warns.
    calls("lax.convertElementType", [[array(from, values(from)), to]], {
      ulp: 0,
      jaxpr: from === "float32" || from === to,
    })
  )
);

const byBits: readonly (readonly DTypeName[])[] = [
  ["int8", "uint8"],
  ["int16", "uint16", "float16", "bfloat16"],
  ["int32", "uint32", "float32"],
];
const bits: Case[] = byBits.flatMap((family) =>
  family.flatMap((from) =>
    family.flatMap((to) =>
      calls("lax.bitcastConvertType", [[array(from, special(from)), to]], { ulp: 0, jaxpr: true })
    )
  )
);

export default [
  ...pairs,
  ...bits,
  ...calls("lax.bitcastConvertType", [
    [f32([1, 2]), "uint8"],
    [array("uint8", [[0, 0, 128, 63], [0, 0, 0, 64]]), "float32"],
    [f32(1), "uint16"],
    [array("uint16", [0, 16256]), "float32"],
    [f32([]), "int32"],
  ], { ulp: 0, jaxpr: true }),
  ...calls("lax.bitcastConvertType", [[array("uint8", [1, 2, 3]), "float32"]], { throws: true }),
  ...calls("lax.convertElementType", [
    [f32([]), "int32"],
    [f32(1.75), "int32"],
    [weak(f32([1.5])), "float32"],
    [weak(i32(3)), "float32"],
    [3, "float32"],
    [2.5, "int32"],
    [true, "float32"],
    [rand([2, 3]), "bfloat16"],
    [mask([true, false]), "complex64"],
    [u32([4294967295]), "float32"],
    [i32([2147483647, 16777217]), "float32"],
    [f32([1]), "float64"],
    [f32([1]), "int64"],
  ], { ulp: 0, jaxpr: true }),
  ...calls("lax.convertElementType", [[f32([1]), "float33"]], { throws: true }),
] satisfies Case[];
