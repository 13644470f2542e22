import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, lax, makeJaxpr, numpy as np } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import type { NDArray } from "../../core/trace.ts";

type Mode = "full" | "same" | "valid";

/** The sums where the sequences overlap, then the part that a mode asks for. */
function convolveNaively(a: readonly number[], v: readonly number[], mode: Mode): number[] {
  const full = range(a.length + v.length - 1).map((n) =>
    range(a.length).reduce((sum, m) => sum + a[m] * (v[n - m] ?? 0), 0)
  );
  const [long, short] = [Math.max(a.length, v.length), Math.min(a.length, v.length)];
  const length = mode === "full" ? full.length : mode === "same" ? long : long - short + 1;
  const start = mode === "full" ? 0 : mode === "same" ? Math.floor((short - 1) / 2) : short - 1;
  return full.slice(start, start + length);
}

const sequence = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 7 });
const mode = fc.constantFrom<Mode>("full", "same", "valid");
const plain = (x: NDArray) => (x.tolist() as number[]).map((n) => n + 0);

Deno.test("`np.convolve()` sums products of one sequence and the other reversed", () => {
  fc.assert(fc.property(sequence, sequence, mode, (a, v, mode) => {
    const expected = convolveNaively(a, v, mode).map((n) => n + 0);
    assertEquals(plain(np.convolve(np.array(a), np.array(v), mode)), expected);
    const other = np.convolve(np.array(v), np.array(a), { mode });
    assertEquals(plain(other), expected, "the order does not matter");
  }));
});

Deno.test("`np.correlate()` is a convolution with the second sequence reversed", () => {
  fc.assert(fc.property(sequence, sequence, (a, v) => {
    const expected = convolveNaively(a, v.toReversed(), "full").map((n) => n + 0);
    assertEquals(plain(np.correlate(np.array(a), np.array(v), "full")), expected);
    const valid = plain(np.correlate(np.array(a), np.array(v)));
    assertEquals(valid.length, Math.abs(a.length - v.length) + 1);
    // Where the second one is longer, the result runs backwards.
    const same = plain(np.correlate(np.array(v), np.array(a))).toReversed();
    assertEquals(valid, same);
  }));
});

Deno.test("the page's convolution, by `np` and by `lax`", () => {
  const [x, y] = [np.array([1, 2, 1]), np.ones(10)];
  const expected = [1, 3, 4, 4, 4, 4, 4, 4, 4, 4, 3, 1];
  assertEquals(np.convolve(x, y).tolist(), expected);
  const result = lax.convGeneralDilated(
    x.reshape(1, 1, 3).astype("float32"),
    y.reshape(1, 1, 10),
    [1],
    [[y.size - 1, y.size - 1]],
  );
  assertEquals(result[0][0].tolist(), expected);
});

Deno.test("`np.correlate()` conjugates the second sequence", () => {
  const z = np.array([{ re: 1, im: 2 }, { re: 0, im: 1 }]);
  assertEquals(np.correlate(z, z).item(), { re: 6, im: 0 });
  assertEquals(np.convolve(z, z).tolist(), [
    { re: -3, im: 4 },
    { re: -4, im: 2 },
    { re: -1, im: 0 },
  ]);
});

Deno.test("convolutions are floats, unless another dtype is asked for", () => {
  const x = np.array([1, 2]);
  assertEquals(np.convolve(x, x).dtype.name, "float32");
  assertEquals(np.convolve(x, x, { preferredElementType: "int32" }).dtype.name, "int32");
  assertEquals((jit((x: NDArray) => np.convolve(x, x))(x) as NDArray).tolist(), [1, 4, 4]);
  const text = String(makeJaxpr((x: NDArray) => np.convolve(x, x))(x));
  for (const name of ["convolve", "_conv", "_flip"]) {
    assertEquals(text.includes(`name=${name}\n`), true, text);
  }
});

Deno.test("bad sequences and modes get JAX's errors", () => {
  const x = np.ones(3);
  assertThrows(
    () => np.convolve(x, np.ones([2, 2])),
    RangeError,
    "convolve() only support 1-dimensional inputs.",
  );
  assertThrows(
    () => np.correlate(x, np.zeros(0)),
    RangeError,
    "correlate: inputs cannot be empty, got shapes (3,) and (0,).",
  );
  assertThrows(
    () => np.convolve(x, x, "middle" as Mode),
    RangeError,
    "mode must be one of ['full', 'same', 'valid']",
  );
});
