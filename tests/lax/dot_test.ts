import { assertEquals, assertThrows } from "@std/assert";
import { lax, makeJaxpr } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import type { DTypeName } from "../../core/dtype.ts";
import type { NDArray } from "../../core/trace.ts";
import { assertGives, at, build, indices, repeat, toArray } from "./naive.ts";

Deno.test("`lax.dotGeneral()` sums products over any paired axes", () => {
  repeat(100, (random, seed) => {
    const contracted = random.shape(0, 2, 0, 4), batch = random.shape(0, 2, 1, 3);
    const side = () => {
      const lengths = [...contracted, ...batch, ...random.shape(0, 2, 1, 3)];
      // The axes, where they come from in `lengths`, in a random order.
      const order = random.shuffle(range(lengths.length));
      const place = (i: number) => order.indexOf(i);
      return {
        x: random.array(order.map((i) => lengths[i]), -4, 4),
        contract: contracted.map((_, i) => place(i)),
        batch: batch.map((_, i) => place(contracted.length + i)),
        free: range(order.length).filter((d) => order[d] >= contracted.length + batch.length),
      };
    };
    const l = side(), r = side();
    const shape = [
      ...batch,
      ...l.free.map((d) => l.x.shape[d]),
      ...r.free.map((d) => r.x.shape[d]),
    ];
    const expected = build(shape, (index) => {
      const b = index.slice(0, batch.length);
      const free = index.slice(batch.length);
      return indices(contracted).reduce((sum, k) => {
        const read = ({ x, contract, batch, free: axes }: typeof l, rest: number[]) => {
          const inner: number[] = [];
          contract.forEach((d, i) => inner[d] = k[i]);
          batch.forEach((d, i) => inner[d] = b[i]);
          axes.forEach((d, i) => inner[d] = rest[i]);
          return at(x, inner);
        };
        return sum + read(l, free.slice(0, l.free.length)) * read(r, free.slice(l.free.length));
      }, 0);
    });
    const numbers = [[l.contract, r.contract], [l.batch, r.batch]] as const;
    for (const dtype of ["float32", "int32"] as const) {
      const arrays = [toArray(l.x, dtype), toArray(r.x, dtype)];
      assertGives(
        (x, y) => lax.dotGeneral(x, y, numbers),
        arrays,
        expected,
        `${dtype}, seed ${seed}`,
      );
    }
  });
});

/** The product of a row of equal numbers with itself. */
function square(value: number, length: number, dtype: DTypeName, preferred?: DTypeName) {
  const x = toArray(build([length], () => value), dtype);
  const options = preferred === undefined ? {} : { preferredElementType: preferred };
  const y = lax.dot(x, x, options);
  return [y.dtype.name, y.item()];
}
Deno.test("small dtypes add up in 32 bits", () => {
  assertEquals(square(1, 5000, "float16"), ["float16", 5000]);
  assertEquals(square(1, 5000, "bfloat16"), ["bfloat16", 4992]);
  assertEquals(square(1, 5000, "bfloat16", "float32"), ["float32", 5000]);
  assertEquals(square(100, 500, "int8"), ["int8", 64]);
  assertEquals(square(100, 500, "int8", "int32"), ["int32", 5_000_000]);
  assertEquals(square(100, 500, "int8", "float32"), ["float32", 5_000_000]);
  assertEquals(square(200, 300, "uint8", "uint32"), ["uint32", 12_000_000]);
});

Deno.test("the preferred dtype comes last where it is narrower or of another kind", () => {
  const x = toArray({ shape: [2], data: [1.701, 2.603] }, "float32");
  const as = (preferredElementType: DTypeName) => lax.dot(x, x, { preferredElementType }).item();
  assertEquals(as("int32"), 9);
  assertEquals(as("bfloat16"), 9.6875);
  assertEquals(as("bool"), true);
  assertEquals(as("complex64"), { re: Math.fround(9.669009), im: 0 });
  const mask = toArray({ shape: [3], data: [1, 0, 1] }, "bool");
  assertEquals(lax.dot(mask, mask).item(), true);
  assertEquals(lax.dot(mask, lax.bitwiseNot(mask)).item(), false);
  assertEquals(lax.dot(mask, mask, { preferredElementType: "int32" }).item(), 2);
});

Deno.test("operands of two dtypes multiply in the higher one", () => {
  const one = (dtype: DTypeName) => toArray({ shape: [1], data: [1] }, dtype);
  const product = (x: DTypeName, y: DTypeName) => lax.dot(one(x), one(y)).dtype.name;
  assertEquals(product("float32", "int32"), "float32");
  assertEquals(product("int8", "int32"), "int32");
  assertEquals(product("uint32", "int32"), "int32");
  assertEquals(product("bfloat16", "float16"), "bfloat16");
  assertEquals(product("float32", "complex64"), "complex64");
  assertEquals(product("bool", "uint8"), "uint8");
});

Deno.test("a program shows the precision and the preferred dtype only if they are given", () => {
  const x = toArray(build([2, 2], () => 1), "float32");
  const print = (options: Parameters<typeof lax.dot>[2]) => {
    const text = String(makeJaxpr((x: NDArray) => lax.dot(x, x, options))(x));
    return /dot_general\[(.*)\] a a/s.exec(text)![1].trim().split(/\s*\n\s*/);
  };
  const dims = "dimension_numbers=(([1], [0]), ([], []))";
  assertEquals(print({}), [dims]);
  assertEquals(print({ precision: "highest" }), [
    dims,
    "precision=(Precision.HIGHEST, Precision.HIGHEST)",
  ]);
  assertEquals(print({ precision: ["tensorfloat32", "fastest"] }), [
    dims,
    "precision=(Precision.HIGH, Precision.DEFAULT)",
  ]);
  assertEquals(print({ preferredElementType: "float16" }), [
    dims,
    "preferred_element_type=float16",
  ]);
});

const x = toArray(build([2, 3], () => 1), "float32"),
  y = toArray(build([3, 4], () => 1), "float32");
const i8 = toArray(build([2, 3], () => 1), "int8");
const dot = (...numbers: Parameters<typeof lax.dotGeneral>[2]) => lax.dotGeneral(x, x, numbers);
const ERRORS: readonly [() => unknown, new (m: string) => Error, string][] = [
  [
    () => lax.dotGeneral(x, y, [[[1], [1]], [[], []]]),
    TypeError,
    "dot_general requires contracting dimensions to have the same shape, got (3,) and (4,).",
  ],
  [() => lax.dotGeneral(x, y, [[[1], [0, 1]], [[], []]]), TypeError, "got (3,) and (3, 4)."],
  [
    () => dot([[], []], [[0], []]),
    TypeError,
    "requires equal numbers of lhs_batch and rhs_batch dimensions, got lhs_batch (0,) and " +
    "rhs_batch ().",
  ],
  [
    () => dot([[2], [0]], [[], []]),
    TypeError,
    "requires lhs dimension numbers to be nonnegative and less than the number of axes of the " +
    "lhs value, got lhs_batch of () and lhs_contracting of (2,) for lhs of rank 2",
  ],
  [() => dot([[1], [-1]], [[], []]), TypeError, "got rhs_batch of () and rhs_contracting of (-1,)"],
  [() => dot([[0, 0], [0, 0]], [[], []]), TypeError, "distinct, got lhs_contracting (0, 0)."],
  [() => dot([[0, 1], [0, 0]], [[], []]), TypeError, "distinct, got rhs_contracting (0, 0)."],
  [() => dot([[], []], [[0, 0], [0, 0]]), TypeError, "distinct, got lhs_batch (0, 0)."],
  [
    () => dot([[0], [0]], [[0], [0]]),
    TypeError,
    "requires lhs batch dimensions to be disjoint from contracting dimensions, got lhs_batch " +
    "(0,) and lhs_contracting (0,).",
  ],
  [
    () => dot([[], []], [[0], [1]]),
    TypeError,
    "requires lhs batch dimensions and rhs batch dimensions to have the same shape, got (2,) and " +
    "(3,).",
  ],
  [
    () => lax.dotGeneral(i8, i8, [[[1], [1]], [[], []]], { preferredElementType: "bool" }),
    TypeError,
    "must not be narrower than the original type, got preferredElementType of bool for result " +
    "type of int8.",
  ],
  [() => lax.dot(x, y, { precision: "foo" as "high" }), RangeError, "but got foo."],
  [() => lax.dot(x, x), RangeError, "got lhs_shape=(2, 3) rhs_shape=(2, 3)"],
  [() => lax.dot(1, 2), RangeError, "got lhs_shape=() rhs_shape=()"],
  [() => lax.batchMatmul(x, lax.full([3], 1)), RangeError, "at least 2D, got 2, 1"],
  [() => lax.batchMatmul(x, lax.full([1, 3, 4], 1)), RangeError, "same ndim, got 2, 3"],
];
Deno.test("contractions throw in JAX's words", () => {
  for (const [f, type, message] of ERRORS) assertThrows(f, type, message, String(f));
});
