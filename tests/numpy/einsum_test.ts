import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, numpy as np } from "../../mod.ts";
import { product } from "../../core/aval.ts";
import type { NDArray } from "../../core/trace.ts";
import { at, build, fromArray, indices, type Naive, Random, toArray } from "../lax/naive.ts";

/** The sum over all values of all names of the product of the elements there. */
function einsumNaively(
  inputs: readonly string[],
  output: string,
  lengths: Record<string, number>,
  operands: readonly Naive[],
): Naive {
  const names = [...new Set(inputs.join(""))];
  const summed = names.filter((c) => !output.includes(c));
  return build([...output].map((c) => lengths[c]), (index) => {
    let total = 0;
    for (const inner of indices(summed.map((c) => lengths[c]))) {
      const value = (c: string) =>
        output.includes(c) ? index[output.indexOf(c)] : inner[summed.indexOf(c)];
      const factors = operands.map((x, i) =>
        // An axis of length 1 broadcasts.
        at(x, [...inputs[i]].map((c, axis) => x.shape[axis] === 1 ? 0 : value(c)))
      );
      total += product(factors);
    }
    return total;
  });
}

const term = fc.string({ unit: fc.constantFrom(..."abcd"), maxLength: 3 });
const spec = fc.record({
  inputs: fc.array(term, { minLength: 1, maxLength: 4 }),
  order: fc.shuffledSubarray([..."abcd"]),
  lengths: fc.tuple(...[..."abcd"].map(() => fc.integer({ min: 1, max: 3 }))),
  ones: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  optimize: fc.constantFrom("auto", "optimal", "greedy", false),
  seed: fc.integer(),
});

Deno.test("`np.einsum()` sums products over all values of all names", () => {
  fc.assert(
    fc.property(spec, ({ inputs, order, lengths: list, ones, optimize, seed }) => {
      const lengths = Object.fromEntries([..."abcd"].map((c, i) => [c, list[i]]));
      const output = order.filter((c) => inputs.some((s) => s.includes(c))).join("");
      // Some axes are 1 long though the name is longer; a diagonal takes equal lengths.
      const shapes = inputs.map((s, i) =>
        [...s].map((c, k) => ones[3 * i + k] && s.indexOf(c) === s.lastIndexOf(c) ? 1 : lengths[c])
      );
      for (const c of new Set(inputs.join(""))) {
        const used = inputs.flatMap((s, i) =>
          [...s].flatMap((d, k) => d === c ? shapes[i][k] : [])
        );
        lengths[c] = Math.max(...used);
      }
      const random = new Random(seed);
      const operands = shapes.map((shape) => random.array(shape, -3, 3));
      const text = `${inputs.join(",")}->${output}`;
      const arrays = operands.map((x) => toArray(x));
      const expected = einsumNaively(inputs, output, lengths, operands);
      const got = fromArray(np.einsum(text, ...arrays, { optimize }));
      assertEquals([...got.shape], [...expected.shape], text);
      assertEquals(got.data.map((n) => n + 0), expected.data.map((n) => n + 0), text);
    }),
    { numRuns: 200 },
  );
});

Deno.test("`np.einsum()` under jit is `np.einsum()`", () => {
  const [x, y] = [np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)];
  for (const text of ["ij,jk->ik", "ij,jk", "ij,jk->kji", "ij,jk->", "ji,ik->j"]) {
    const f = (x: NDArray, y: NDArray) => np.einsum(text, text === "ji,ik->j" ? x.T.T : x, y);
    assertEquals((jit(f)(x, y) as NDArray).tolist(), f(x, y).tolist(), text);
  }
});

Deno.test("without an arrow, names that come once make the result, in alphabetical order", () => {
  const x = np.arange(6).reshape(2, 3);
  assertEquals(np.einsum("ba", x).tolist(), x.T.tolist());
  assertEquals(np.einsum("ab,cb", x, x).tolist(), np.matmul(x, x.T).tolist());
  assertEquals(np.einsum("ii", np.arange(9).reshape(3, 3)).item(), 12);
});

Deno.test("an ellipsis stands for axes that broadcast", () => {
  const x = np.arange(24).reshape(4, 2, 3);
  const y = np.arange(6).reshape(1, 3, 2);
  assertEquals(np.einsum("...ij,...jk->...ik", x, y).tolist(), np.matmul(x, y).tolist());
  assertEquals(np.einsum("...ij,jk", x, y[0]).tolist(), np.matmul(x, y[0]).tolist());
  assertEquals(np.einsum("i...->...", x).tolist(), np.sum(x, 0).tolist());
  assertEquals(np.einsum("...", x).tolist(), x.tolist());
  assertEquals(np.einsum("...,...", 2, 3).item(), 6);
});

Deno.test("names may come as lists after the operands", () => {
  const [x, y] = [np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)];
  const expected = np.matmul(x, y);
  assertEquals(np.einsum(x, [0, 1], y, [1, 2]).tolist(), expected.tolist());
  assertEquals(np.einsum(x, ["i", "j"], y, ["j", "k"], ["k", "i"]).tolist(), expected.T.tolist());
  assertEquals(np.einsum(x, ["...", 9], y, [9, 10], ["...", 10]).tolist(), expected.tolist());
  assertThrows(() => np.einsum(x, [0, "a"], y, [1, 2]), TypeError, "comparable names");
  assertThrows(() => np.einsum(x, 3 as never), TypeError, "einsum takes subscripts as a text");
});

Deno.test("`np.einsum()` computes in the common dtype, or a preferred one", () => {
  const x = np.array([100, 100], { dtype: "int8" });
  assertEquals(np.einsum("i,i", x, np.array([1.5, 2])).dtype.name, "float32");
  assertEquals(np.einsum("i,i", x, x, { preferredElementType: "int32" }).item(), 20000);
  assertEquals(np.einsum("i->", np.array([true, true])).item(), true);
});

Deno.test("`np.einsumPath()` finds the cheapest order", () => {
  const [x, y, z] = [np.ones([100, 2]), np.ones([2, 100]), np.ones([100, 3])];
  const [path, report] = np.einsumPath("ij,jk,kl->il", x, y, z);
  assertEquals(path, [[1, 2], [0, 1]]);
  assert(report.includes("Complete contraction:  ij,jk,kl->il"), report);
  assert(report.includes("Naive FLOP count:  1.800e+05"), report);
  assert(report.includes("Optimized FLOP count:  2.400e+03"), report);
  assertEquals(np.einsumPath("ij,jk,kl->il", x, y, z, { optimize: false })[0], [[0, 1], [0, 1]]);
  const chain = Array.from({ length: 20 }, () => np.ones([2, 2]));
  const text = chain.map((_, i) => "abcdefghijklmnopqrstu".slice(i, i + 2)).join();
  assertEquals(np.einsumPath(text, ...chain)[0].length, 19);
  assertEquals(np.einsum(text, ...chain).tolist(), [[2 ** 19, 2 ** 19], [2 ** 19, 2 ** 19]]);
});

Deno.test("a path may be given", () => {
  const [x, y, z] = [np.ones([2, 3]), np.ones([3, 4]), np.ones([4, 5])];
  const optimize = [[1, 2], [0, 1]];
  assertEquals(np.einsum("ij,jk,kl", x, y, z, { optimize }).shape, [2, 5]);
  const withPath = (optimize: number[][]) => () => np.einsum("ij,jk,kl", x, y, z, { optimize });
  assertThrows(withPath([[0, 1, 2]]), TypeError, "does not support simultaneous contraction of 3");
  assertThrows(withPath([[0, 1]]), RangeError, "einsum path leaves 2 operands uncontracted");
  assertThrows(withPath([[0, 3], [0, 1]]), RangeError, "does not name distinct operands");
  assertThrows(
    () => np.einsum("ij,jk,kl", x, y, z, { optimize: "fast" }),
    RangeError,
    "Path optimizer 'fast' not found",
  );
});

Deno.test("bad subscripts get opt_einsum's errors", () => {
  const x = np.ones([2, 3]);
  const bad: [string, NDArray[], string][] = [
    ["ij,jk", [x], "Number of einsum subscripts, 2, must be equal to the number of operands, 1."],
    ["ij->ij->i", [x], "Subscripts can only contain one '->'."],
    ["ij-i", [x], "Subscripts can only contain one '->'."],
    ["ij->ii", [x], "Output character 'i' appeared more than once in the output."],
    ["ij->k", [x], "Output character 'k' did not appear in the input"],
    ["ijk", [x], "Einstein sum subscript 'ijk' does not contain the correct number of indices"],
    ["ij,ij", [x, x.T], "Size of label 'i' for operand 1 (2) does not match previous terms (3)."],
    ["ii", [x], "Size of label 'i' for operand 0 (2) does not match previous terms (3)."],
    ["i..j", [x], "Invalid Ellipses."],
    ["i...jk", [x], "Ellipses lengths do not match."],
  ];
  for (const [text, operands, message] of bad) {
    assertThrows(() => np.einsum(text, ...operands), RangeError, message);
  }
});
