import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { config, numpy as np } from "../../mod.ts";
import { decodeBfloat16, encodeBfloat16 } from "../../core/array.ts";
import {
  allDTypes,
  allocate,
  canonicalize,
  type DType,
  type DTypeName,
  integerRange,
  promote,
  promoteTypes,
  toDType,
} from "../../core/dtype.ts";

function withX64<T>(body: () => T): T {
  config.enableX64 = true;
  try {
    return body();
  } finally {
    config.enableX64 = false;
  }
}

// Rows and columns in this order; JAX's jnp.promote_types with x64 enabled.
const order: DTypeName[] = [
  ...["bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"] as const,
  ...["bfloat16", "float16", "float32", "float64", "complex64", "complex128"] as const,
];
const table = `
b  u1 u2 u4 u8 i1 i2 i4 i8 bf f2 f4 f8 c4 c8
u1 u1 u2 u4 u8 i2 i2 i4 i8 bf f2 f4 f8 c4 c8
u2 u2 u2 u4 u8 i4 i4 i4 i8 bf f2 f4 f8 c4 c8
u4 u4 u4 u4 u8 i8 i8 i8 i8 bf f2 f4 f8 c4 c8
u8 u8 u8 u8 u8 f* f* f* f* bf f2 f4 f8 c4 c8
i1 i2 i4 i8 f* i1 i2 i4 i8 bf f2 f4 f8 c4 c8
i2 i2 i4 i8 f* i2 i2 i4 i8 bf f2 f4 f8 c4 c8
i4 i4 i4 i8 f* i4 i4 i4 i8 bf f2 f4 f8 c4 c8
i8 i8 i8 i8 f* i8 i8 i8 i8 bf f2 f4 f8 c4 c8
bf bf bf bf bf bf bf bf bf bf f4 f4 f8 c4 c8
f2 f2 f2 f2 f2 f2 f2 f2 f2 f4 f2 f4 f8 c4 c8
f4 f4 f4 f4 f4 f4 f4 f4 f4 f4 f4 f4 f8 c4 c8
f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 c8 c8
c4 c4 c4 c4 c4 c4 c4 c4 c4 c4 c4 c4 c8 c4 c8
c8 c8 c8 c8 c8 c8 c8 c8 c8 c8 c8 c8 c8 c8 c8
`.trim().split("\n").map((row) => row.split(/ +/));
const short: Record<string, DTypeName> = {
  ...{ b: "bool", u1: "uint8", u2: "uint16", u4: "uint32", u8: "uint64", i1: "int8" },
  ...{ i2: "int16", i4: "int32", i8: "int64", bf: "bfloat16", f2: "float16", f4: "float32" },
  ...{ f8: "float64", "f*": "float64", c4: "complex64", c8: "complex128" },
} as const;

Deno.test("dtypes promote as JAX's lattice says", () => {
  withX64(() => {
    order.forEach((x, i) =>
      order.forEach((y, j) => {
        const expected = short[table[i][j]];
        assertEquals(promoteTypes(toDType(x), toDType(y)).name, expected, `${x} and ${y}`);
      })
    );
  });
});

Deno.test("weak types give way to strong ones of their kind or above", () => {
  const weak = (dtype: DType) => ({ dtype, weakType: true });
  const strong = (dtype: DType) => ({ dtype, weakType: false });
  const show = (...xs: { dtype: DType; weakType: boolean }[]) => {
    const { dtype, weakType } = promote(xs);
    return `${weakType ? "~" : ""}${dtype.name}`;
  };
  const [i, f, c] = [weak(np.int32), weak(np.float32), weak(np.complex64)];
  assertEquals(show(i, strong(np.int8)), "int8");
  assertEquals(show(i, strong(np.uint8)), "uint8");
  assertEquals(show(i, strong(np.bool)), "~int32");
  assertEquals(show(i, i), "~int32");
  assertEquals(show(i, f), "~float32");
  assertEquals(show(f, strong(np.int16)), "~float32");
  assertEquals(show(f, strong(np.float16)), "float16");
  assertEquals(show(f, strong(np.bfloat16)), "bfloat16");
  assertEquals(show(c, strong(np.float16)), "complex64");
  assertEquals(show(c, strong(np.int32)), "~complex64");
  assertEquals(show(c, f, i), "~complex64");
  assertEquals(show(strong(np.int8), strong(np.uint8), f), "~float32");
  assertEquals(show(strong(np.int8), i, strong(np.uint8)), "int16");
});

Deno.test("promotion is commutative, associative and idempotent", () => {
  for (const x64 of [false, true]) {
    config.enableX64 = x64;
    try {
      const nodes = allDTypes.filter((d) => canonicalize(d) === d).flatMap((dtype) => [
        { dtype, weakType: false },
        ...(["i", "f", "c"].includes(dtype.kind) ? [{ dtype, weakType: true }] : []),
      ]);
      const key = (p: { dtype: DType; weakType: boolean }) => `${p.weakType}${p.dtype.name}`;
      for (const x of nodes) {
        assertEquals(key(promote([x, x])), key(x));
        for (const y of nodes) {
          const join = promote([x, y]);
          assertEquals(key(join), key(promote([y, x])));
          for (const z of nodes) {
            // With 32 bits, uint32 and int32 give int64 narrowed, so only the full lattice is one.
            if (!x64) continue;
            const left = promote([join, z]);
            const right = promote([x, promote([y, z])]);
            const weakOf = (p: { dtype: DType; weakType: boolean }) =>
              p.weakType ? p.dtype.kind : p.dtype.name;
            assertEquals(weakOf(left), weakOf(right), `${key(x)} ${key(y)} ${key(z)}`);
          }
        }
      }
    } finally {
      config.enableX64 = false;
    }
  }
});

Deno.test("without x64, results are of at most 32 bits", () => {
  for (const x of allDTypes) {
    for (const y of allDTypes) {
      const { name } = promoteTypes(x, y);
      assert(!["int64", "uint64", "float64", "complex128"].includes(name));
    }
  }
  assertEquals(promoteTypes(np.uint32, np.int8), toDType("int32"));
  assertEquals(promoteTypes(np.uint32, np.float16), toDType("float16"));
});

Deno.test("`toDType()` takes dtypes and their names, nothing else", () => {
  for (const dtype of allDTypes) {
    assertStrictEquals(toDType(dtype.name), dtype);
    assertStrictEquals(toDType(dtype), dtype);
    assertEquals(String(dtype), dtype.name);
    assertEquals(Deno.inspect(dtype), `dtype('${dtype.name}')`);
  }
  for (const bad of ["float", "f32", "", null, 5, {}]) {
    assertThrows(() => toDType(bad as DTypeName), TypeError, "not understood");
  }
});

Deno.test("`allocate()` says what there is no memory for", () => {
  assertEquals(allocate(toDType("complex64"), 3).length, 6);
  assertThrows(
    () => allocate(toDType("float32"), 2 ** 52),
    RangeError,
    "RESOURCE_EXHAUSTED: Out of memory allocating 18014398509481984 bytes",
  );
});

Deno.test("`integerRange()` is what the storage can hold", () => {
  for (const dtype of allDTypes.filter((d) => d.kind === "i" || d.kind === "u")) {
    const storage = allocate(dtype, 2) as BigInt64Array;
    const [least, greatest] = integerRange(dtype);
    const store = (x: bigint) => dtype.itemsize === 8 ? x : Number(x) as unknown as bigint;
    [storage[0], storage[1]] = [store(least), store(greatest)];
    assertEquals([BigInt(storage[0]), BigInt(storage[1])], [least, greatest]);
  }
});

Deno.test("bfloat16 rounds to nearest, ties to even", () => {
  const bits = (x: number) => new Uint32Array(new Float32Array([x]).buffer)[0];
  for (let i = 0; i < 65536; i += 7) {
    const x = decodeBfloat16(i);
    if (x === x) assertEquals(encodeBfloat16(x), i);
    else assert(Number.isNaN(decodeBfloat16(encodeBfloat16(x))));
  }
  const cases: [number, number][] = [
    [1 + 2 ** -8, 1], // a tie, to even
    [1 + 3 * 2 ** -8, 1 + 2 ** -6],
    [1 + 2 ** -8 + 2 ** -20, 1 + 2 ** -7],
    [3.4e38, Infinity],
    [-0, -0],
    [-Infinity, -Infinity],
  ];
  for (const [x, y] of cases) assertEquals(bits(decodeBfloat16(encodeBfloat16(x))), bits(y));
});
