import { assertEquals, assertThrows } from "@std/assert";
import { lax } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import type { DTypeName } from "../../core/dtype.ts";
import type { NDArray } from "../../core/trace.ts";
import { assertGives, at, build, indices, type Naive, repeat, toArray } from "./naive.ts";

type Fold = (list: readonly number[]) => number;
const sum: Fold = (list) => list.reduce((a, b) => a + b, 0);
const prod: Fold = (list) => list.reduce((a, b) => a * b, 1);
const max: Fold = (list) => Math.max(...list);
const min: Fold = (list) => Math.min(...list);

/** The elements at each index of the axes that stay. */
function reduceNaively(x: Naive, axes: readonly number[], f: Fold): Naive {
  const kept = range(x.shape.length).filter((i) => !axes.includes(i));
  return build(kept.map((i) => x.shape[i]), (index) =>
    f(
      indices(axes.map((a) => x.shape[a])).map((inner) =>
        at(
          x,
          x.shape.map((_, i) => axes.includes(i) ? inner[axes.indexOf(i)] : index[kept.indexOf(i)]),
        )
      ),
    ));
}

const REDUCTIONS: readonly [(x: NDArray, axes: number[]) => NDArray, Fold, DTypeName][] = [
  [lax.reduceSum, sum, "int32"],
  [lax.reduceSum, sum, "float32"],
  [lax.reduceProd, (list) => prod(list) | 0, "int32"],
  [lax.reduceProd, prod, "float32"],
  [lax.reduceMax, max, "int32"],
  [lax.reduceMin, min, "float32"],
  [lax.reduceAnd, (list) => list.reduce((a, b) => a & b, -1), "int32"],
  [lax.reduceOr, (list) => list.reduce((a, b) => a | b, 0), "int32"],
  [lax.reduceXor, (list) => list.reduce((a, b) => a ^ b, 0), "int32"],
];
Deno.test("reductions fold any axes in any order", () => {
  for (const [reduce, fold, dtype] of REDUCTIONS) {
    repeat(15, (random, seed) => {
      const x = random.array(random.shape(1, 4, 1, 3), -3, 3);
      const axes = random.shuffle(random.some(range(x.shape.length)));
      const expected = reduceNaively(x, axes, fold);
      const what = `${reduce.name} of ${dtype}, seed ${seed}`;
      assertGives((x) => reduce(x, axes), [toArray(x, dtype)], expected, what);
    });
  }
});

Deno.test("reductions of no elements give the identity", () => {
  const empty = (dtype: DTypeName) => toArray({ shape: [0], data: [] }, dtype);
  const value = (reduce: typeof lax.reduceSum, dtype: DTypeName) =>
    reduce(empty(dtype), [0]).item();
  assertEquals(value(lax.reduceSum, "float32"), 0);
  assertEquals(value(lax.reduceProd, "bfloat16"), 1);
  assertEquals(value(lax.reduceProd, "complex64"), { re: 1, im: 0 });
  assertEquals(value(lax.reduceMax, "float16"), -Infinity);
  assertEquals(value(lax.reduceMin, "float32"), Infinity);
  assertEquals(value(lax.reduceMax, "int8"), -128);
  assertEquals(value(lax.reduceMin, "int32"), 2 ** 31 - 1);
  assertEquals(value(lax.reduceMin, "uint8"), 255);
  assertEquals(value(lax.reduceMax, "bool"), false);
  assertEquals(value(lax.reduceMin, "bool"), true);
  assertEquals(value(lax.reduceAnd, "bool"), true);
  assertEquals(value(lax.reduceAnd, "int32"), -1);
  assertEquals(value(lax.reduceAnd, "uint8"), 255);
  assertEquals(value(lax.reduceOr, "int32"), 0);
  assertEquals(value(lax.reduceXor, "bool"), false);
});

Deno.test("`lax.reduceMax()` and `lax.reduceMin()` give NaN if there is one", () => {
  const x = toArray({ shape: [3], data: [1, NaN, 3] }, "float32");
  assertEquals(lax.reduceMax(x, [0]).item(), NaN);
  assertEquals(lax.reduceMin(x, [0]).item(), NaN);
});

Deno.test("complex numbers reduce too, though not by folding", () => {
  const x = lax.complex(
    toArray({ shape: [5], data: [1, 2, 1, -1, 2] }, "float32"),
    toArray({ shape: [5], data: [1, 0, -1, 1, 1] }, "float32"),
  );
  assertEquals(lax.reduceSum(x, [0]).item(), { re: 5, im: 2 });
  assertEquals(lax.reduceProd(x, [0]).item(), { re: -12, im: 4 });
  assertEquals(lax.reduceMax(x, [0]).item(), { re: 2, im: 1 });
  assertEquals(lax.reduceMin(x, [0]).item(), { re: -1, im: 1 });
});

Deno.test("`lax.argmax()` and `lax.argmin()` find the first extreme, or the first NaN", () => {
  repeat(40, (random, seed) => {
    const shape = random.shape(1, 3);
    const axis = random.int(0, shape.length - 1);
    const x = build(shape, () => random.chance(0.1) ? NaN : random.int(0, 3));
    const first = (extreme: Fold): Fold => (list) => {
      const nan = list.findIndex(Number.isNaN);
      return nan >= 0 ? nan : list.indexOf(extreme(list));
    };
    const array = [toArray(x, "float32")];
    const largest = reduceNaively(x, [axis], first(max));
    assertGives((x) => lax.argmax(x, axis, "int32"), array, largest, `argmax, seed ${seed}`);
    const smallest = reduceNaively(x, [axis], first(min));
    assertGives((x) => lax.argmin(x, axis, "uint8"), array, smallest, `argmin, seed ${seed}`);
  });
  const mask = toArray({ shape: [3], data: [0, 1, 1] }, "bool");
  assertEquals(lax.argmax(mask, 0, "int32").item(), 1);
  assertEquals(lax.argmin(mask, 0, "int8").dtype.name, "int8");
});

const FOLDS = { add: sum, mul: prod, max, min } as const;
const NEUTRAL = { add: 0, mul: 1, max: -Infinity, min: Infinity } as const;
Deno.test("`lax.reduceWindow()` folds padded, strided, dilated windows", () => {
  repeat(80, (random, seed) => {
    const x = random.array(random.shape(1, 2, 1, 5), -3, 3);
    const each = (lo: number, hi: number) => x.shape.map(() => random.int(lo, hi));
    const window = each(1, 3), strides = each(1, 3), base = each(1, 2), dilation = each(1, 2);
    const padding = x.shape.map(() => [random.int(-1, 2), random.int(-1, 2)] as const);
    const op = random.shuffle(["add", "mul", "max", "min"] as const)[0];
    const initial = random.chance() ? NEUTRAL[op] : 2;
    const lengths = x.shape.map((n, i) => {
      const padded = (n - 1) * base[i] + 1 + padding[i][0] + padding[i][1];
      return Math.max(Math.floor((padded - (window[i] - 1) * dilation[i] - 1) / strides[i]) + 1, 0);
    });
    const expected = build(lengths, (index) => {
      const elements = indices(window).flatMap((k) => {
        const at0 = index.map((p, i) => p * strides[i] + k[i] * dilation[i] - padding[i][0]);
        if (!at0.every((p, i) => p >= 0 && p % base[i] === 0 && p / base[i] < x.shape[i])) {
          return [];
        }
        return [at(x, at0.map((p, i) => p / base[i]))];
      });
      return FOLDS[op]([initial, ...elements]);
    });
    const f = (x: NDArray) =>
      lax.reduceWindow(x, initial, op, window, strides, padding, base, dilation);
    assertGives(f, [toArray(x, "float32")], expected, `${op}, seed ${seed}`);
  });
});

const x = toArray(build([2, 3], () => 1));
const ERRORS: readonly [() => unknown, new (m: string) => Error, string][] = [
  [
    () => lax.reduceSum(x, [-1]),
    RangeError,
    "reduction axes (-1,) contains out-of-bounds indices for int32[2,3].",
  ],
  [() => lax.reduceMax(x, [2]), RangeError, "reduction axes (2,)"],
  [() => lax.reduceMin(x, [0.5]), RangeError, "reduction axes (0.5,)"],
  [() => lax.reduceProd(x, [0, 0]), RangeError, "duplicate value in 'axes' of reduction: (0, 0)"],
  [
    () => lax.reduceSum(lax.gt(x, 0), [0]),
    TypeError,
    "reduce_sum does not accept dtype bool. Accepted dtypes are subtypes of number.",
  ],
  [
    () => lax.reduceOr(lax.full([2], 1, "float32"), [0]),
    TypeError,
    "logical reduction requires operand dtype bool or int, got float32.",
  ],
  [() => lax.argmax(x, 2, "int32"), RangeError, "Invalid axis 2 for operand shape (2, 3)"],
  [() => lax.argmin(x, -1, "int32"), RangeError, "Invalid axis -1 for operand shape (2, 3)"],
  [
    () => lax.argmax(x, 0, "float32"),
    TypeError,
    "indexDtype must be an integer type, but got float32",
  ],
  [
    () => lax.argmin(lax.full([0, 2], 1), 0, "int32"),
    RangeError,
    "argmin and argmax require non-empty reduced dimension. operand.shape=(0, 2) axis=0",
  ],
  [
    () => lax.reduceWindow(x, 0, "add", [2]),
    TypeError,
    "got operand shape (2, 3) with windowDimensions (2,).",
  ],
  [
    () => lax.reduceWindow(x, 0, "add", [2, 2], [1]),
    TypeError,
    "got windowStrides (1,) and windowDimensions (2, 2).",
  ],
  [
    () => lax.reduceWindow(x, 0, "add", [2, 2], [1, 0]),
    TypeError,
    "windowStrides must have every element be strictly positive, got (1, 0).",
  ],
  [
    () => lax.reduceWindow(x, 0, "add", [2, 0]),
    TypeError,
    "windowDimensions must have every element be strictly positive, got (2, 0).",
  ],
  [
    () => lax.reduceWindow(x, 0, "add", [2, 2], { baseDilation: [0, 1] }),
    TypeError,
    "All dilations must be positive, got (0, 1).",
  ],
  [
    () => lax.reduceWindow(x, 0, "add", [2, 2], { windowDilation: [1] }),
    TypeError,
    "got windowDilation (1,) and windowDimensions (2, 2).",
  ],
  [() => lax.reduceWindow(x, 0, "add", [2, 2], { padding: [[0, 0]] }), RangeError, "padding"],
  [
    () => lax.reduceWindow(x, 0, "add", [2, 2], { padding: "FOO" as "SAME" }),
    RangeError,
    "Unrecognized padding type: expected 'VALID', 'SAME', or 'SAME_LOWER', got FOO.",
  ],
  [() => lax.reduceWindow(x, x, "add", [2, 2]), TypeError, "expected initValues to be scalars"],
  [
    () => lax.reduceWindow(lax.gt(x, 0), false, "add", [2, 2]),
    TypeError,
    "operand to reduce_window_sum must have a number dtype, got bool",
  ],
  [() => lax.reduceWindow(x, 0, "sub" as "add", [2, 2]), RangeError, "got sub"],
];
Deno.test("reductions throw in JAX's words", () => {
  for (const [f, type, message] of ERRORS) assertThrows(f, type, message, String(f));
});
