import { assertEquals, assertThrows } from "@std/assert";
import { jit, lax, makeJaxpr, numpy as np } from "../../mod.ts";

const words = (...values: number[]) => np.array(new Uint32Array(values));

/** Threefry-2x32 on bigints, straight from the paper. */
function naive(key: readonly bigint[], counter: readonly bigint[]): number[] {
  const mask = 0xffffffffn;
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n];
  const keys = [...key, key[0] ^ key[1] ^ 0x1bd11bdan];
  let [a, b] = [(counter[0] + keys[0]) & mask, (counter[1] + keys[1]) & mask];
  for (let round = 0n; round < 20n; round++) {
    const r = rotations[Number(round % 8n)];
    a = (a + b) & mask;
    b = (((b << r) | (b >> (32n - r))) & mask) ^ a;
    if (round % 4n === 3n) {
      const s = round / 4n + 1n;
      a = (a + keys[Number(s % 3n)]) & mask;
      b = (b + keys[Number((s + 1n) % 3n)] + s) & mask;
    }
  }
  return [Number(a), Number(b)];
}

Deno.test("lax.threefry2x32 gives the known answers of Random123", () => {
  // https://github.com/DEShawResearch/random123: tests/kat_vectors, threefry2x32 20
  const vectors = [
    [[0, 0], [0, 0], [0x6b200159, 0x99ba4efe]],
    [[0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], [0x1cb996fc, 0xbb002be7]],
    [[0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3], [0xc4923a9c, 0x483df7a0]],
  ];
  for (const [key, counter, expected] of vectors) {
    const [a, b] = lax.threefry2x32(words(...key), words(counter[0]), words(counter[1]));
    assertEquals([...a.toTypedArray(), ...b.toTypedArray()], expected);
  }
});

Deno.test("lax.threefry2x32 is the cipher, eager and jitted", () => {
  const n = 50;
  const key = [0xdeadbeef, 12345];
  const f = (key: np.NDArray, x0: np.NDArray, x1: np.NDArray) => lax.threefry2x32(key, x0, x1);
  const x0 = np.arange(n).astype("uint32");
  const x1 = x0.mul(words(0x9e3779b9));
  const expected = Array.from(
    { length: n },
    (_, i) => naive(key.map(BigInt), [BigInt(i), BigInt(Math.imul(i, 0x9e3779b9) >>> 0)]),
  );
  for (const g of [f, jit(f)]) {
    const [a, b] = g(words(...key), x0, x1);
    assertEquals(np.stack([a, b], 1).tolist(), expected);
  }
});

Deno.test("lax.threefryBits are JAX's threefry_2x32", () => {
  const key = words(1, 2);
  const seven = [
    1226884191,
    1606051822,
    4059822814,
    2392469163,
    508220933,
    2624171580,
    2195475382,
  ];
  assertEquals(lax.threefryBits(key, lax.iota("uint32", 7)).tolist(), seven);
  const six = [[2052595727, 3504730591, 1038787879], [1880214352, 1914734168, 1027009547]];
  assertEquals(lax.threefryBits(key, lax.iota("uint32", 6).reshape(2, 3)).tolist(), six);
  assertEquals(lax.threefryBits(key, lax.iota("uint32", 0)).shape, [0]);
});

Deno.test("lax.threefry2x32 refuses what JAX refuses", () => {
  const key = words(1, 2);
  const x = lax.iota("uint32", 5);
  assertThrows(() => lax.threefry2x32(key, x, np.ones(5)), TypeError, "must have uint32 type");
  assertThrows(
    () => lax.threefry2x32(key, x, lax.iota("uint32", 2)),
    TypeError,
    "threefry2x32 got incompatible shapes for broadcasting: (), (), (5,), (2,).",
  );
  assertThrows(
    () => lax.threefryBits(key, np.arange(3)),
    TypeError,
    "threefry_2x32 requires uint32 arguments, got [uint32, uint32, int32]",
  );
  assertThrows(() => lax.threefryBits(words(1, 2, 3), x), RangeError, "pair of uint32");
});

Deno.test("lax.threefry2x32 keeps its name in programs", () => {
  const f = (k0: np.NDArray, k1: np.NDArray, x: np.NDArray) => lax.threefry2x32([k0, k1], x, x);
  const key = words(1)[0];
  assertEquals(
    String(makeJaxpr(f)(key, key, words(1, 2))),
    "{ lambda ; a:u32[] b:u32[] c:u32[2]. let\n" +
      "    d:u32[2] e:u32[2] = threefry2x32 a b c c\n" +
      "  in (d, e) }",
  );
});
