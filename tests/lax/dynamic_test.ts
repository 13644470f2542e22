import { assertEquals, assertThrows } from "@std/assert";
import { lax, makeJaxpr } from "../../mod.ts";
import type { DTypeName } from "../../core/dtype.ts";
import type { NDArray } from "../../core/trace.ts";
import { assertGives, at, build, type Random, repeat, toArray } from "./naive.ts";

const scalar = (n: number, dtype: DTypeName = "int32") => toArray({ shape: [], data: [n] }, dtype);
/** Where a slice begins: negative starts count from the end, then the slice moves inside. */
const begin = (start: number, n: number, size: number) =>
  Math.min(Math.max(start < 0 ? start + n : start, 0), n - size);

function randomSlice(random: Random) {
  const x = random.array(random.shape(0, 3, 1, 5));
  const sizes = x.shape.map((n) => random.int(0, n));
  const starts = x.shape.map(() => random.int(-8, 8));
  return { x, sizes, starts, begins: starts.map((s, i) => begin(s, x.shape[i], sizes[i])) };
}

Deno.test("`lax.dynamicSlice()` clamps, and counts negative starts from the end", () => {
  repeat(60, (random, seed) => {
    const { x, sizes, starts, begins } = randomSlice(random);
    const expected = build(sizes, (index) => at(x, index.map((k, i) => k + begins[i])));
    const arrays = [toArray(x), ...starts.map((s) => scalar(s))];
    assertGives((x, ...i) => lax.dynamicSlice(x, i, sizes), arrays, expected, `seed ${seed}`);
    assertGives((x) => lax.dynamicSlice(x, starts, sizes), [toArray(x)], expected, `seed ${seed}`);
  });
});

Deno.test("`lax.dynamicUpdateSlice()` replaces what `lax.dynamicSlice()` reads", () => {
  repeat(60, (random, seed) => {
    const { x, sizes, starts, begins } = randomSlice(random);
    const update = random.array(sizes, 10, 19);
    const expected = build(x.shape, (index) => {
      const inner = index.map((k, i) => k - begins[i]);
      return inner.every((k, i) => k >= 0 && k < sizes[i]) ? at(update, inner) : at(x, index);
    });
    const f = (x: NDArray, u: NDArray, ...i: NDArray[]) => lax.dynamicUpdateSlice(x, u, i);
    const arrays = [toArray(x), toArray(update), ...starts.map((s) => scalar(s))];
    assertGives(f, arrays, expected, `seed ${seed}`);
  });
});

Deno.test("start indices may be of any integer dtype", () => {
  const x = toArray(build([300], ([i]) => i));
  const first = (start: NDArray) => lax.dynamicSlice(x, [start], [100]).item(0);
  assertEquals(first(scalar(250, "uint8")), 200);
  assertEquals(first(scalar(150, "uint8")), 150);
  assertEquals(first(scalar(2 ** 32 - 1, "uint32")), 200);
  assertEquals(first(scalar(7, "uint16")), 7);
  assertEquals(first(scalar(100, "int8")), 100);
  assertEquals(lax.dynamicSlice(x, toArray({ shape: [1], data: [-3] }), [2]).tolist(), [297, 298]);
  assertEquals(lax.dynamicSlice(x, [2 ** 40], [1]).tolist(), [299]);
});

Deno.test("without `allowNegativeIndices`, negative starts clamp to 0", () => {
  const x = toArray(build([5], ([i]) => i));
  const options = { allowNegativeIndices: false };
  assertEquals(lax.dynamicSlice(x, [scalar(-2)], [2], options).tolist(), [0, 1]);
  assertEquals(lax.dynamicSliceInDim(x, scalar(-2), 2, options).tolist(), [0, 1]);
  const jaxpr = makeJaxpr((i: NDArray) => lax.dynamicSlice(x, [i], [2], options))(scalar(1));
  assertEquals(jaxpr.eqns.map((e) => e.primitive.name), ["dynamic_slice"]);
  assertThrows(
    () => lax.dynamicSlice(x, [-2], [2], options),
    RangeError,
    "Index -2 is out of bounds for dimension 5 if allowNegativeIndices=false",
  );
});

Deno.test("dynamic slices along one axis", () => {
  const x = toArray(build([3, 4], ([i, j]) => 4 * i + j));
  assertEquals(lax.dynamicSliceInDim(x, scalar(-1), 2).tolist(), [[4, 5, 6, 7], [8, 9, 10, 11]]);
  assertEquals(lax.dynamicSliceInDim(x, 1, 1, { axis: 1 }).tolist(), [[1], [5], [9]]);
  assertEquals(lax.dynamicIndexInDim(x, scalar(-1), 1, false).tolist(), [3, 7, 11]);
  assertEquals(lax.dynamicIndexInDim(x, 9, { axis: 0 }).tolist(), [[8, 9, 10, 11]]);
  const rows = toArray(build([1, 4], () => 0));
  assertEquals(lax.dynamicUpdateSliceInDim(x, rows, 9, 0).tolist()[2 as never], [0, 0, 0, 0]);
  const column = toArray(build([3], () => -1));
  assertEquals(
    lax.dynamicUpdateIndexInDim(x, column, scalar(-1), 1).tolist(),
    [[0, 1, 2, -1], [4, 5, 6, -1], [8, 9, 10, -1]],
  );
  assertEquals(lax.dynamicUpdateIndexInDim(x, rows, 0, 0).tolist()[0 as never], [0, 0, 0, 0]);
});

const x = toArray(build([2, 3], () => 1));
const i = scalar(0), f = scalar(0.5, "float32"), v = toArray(build([2], () => 0));
const ERRORS: readonly [() => unknown, new (m: string) => Error, string][] = [
  [
    () => lax.dynamicSlice(x, [0], [1, 1]),
    RangeError,
    "Length of slice indices must match number of operand dimensions (1 vs (2, 3))",
  ],
  [() => lax.dynamicSlice(x, x, [1, 1]), RangeError, "Slice indices must be a 1D sequence"],
  [
    () => lax.dynamicSlice(x, [0, 0], [3, 3]),
    TypeError,
    "got sliceSizes (3, 3) for operand shape (2, 3).",
  ],
  [() => lax.dynamicSlice(x, [0, 0], [-1, 3]), TypeError, "got sliceSizes of (-1, 3)."],
  [() => lax.dynamicSlice(x, [0, 0], [1]), RangeError, "got sliceSizes (1,)"],
  [
    () => lax.dynamicSlice(x, [f, i], [1, 1]),
    TypeError,
    "index arguments to dynamic_slice must be integers of the same type, got float32, int32",
  ],
  [() => lax.dynamicSlice(x, [0.5, 0], [1, 1]), TypeError, "got float32, int32"],
  [() => lax.dynamicSlice(x, [NaN, 0], [1, 1]), TypeError, "got float32, int32"],
  [() => lax.dynamicSlice(x, [true, 0], [1, 1]), TypeError, "got bool, int32"],
  [() => lax.dynamicSlice(x, [scalar(0, "uint8"), i], [1, 1]), TypeError, "got uint8, int32"],
  [
    () => lax.dynamicSlice(x, [v, i], [1, 1]),
    TypeError,
    "must be scalars, got indices (ShapedArray(int32[2]), ShapedArray(int32[]))",
  ],
  [
    () => lax.dynamicUpdateSlice(x, v, [0, 0]),
    TypeError,
    "must have the same rank as operand, got update shape (2,) for operand shape (2, 3).",
  ],
  [
    () => lax.dynamicUpdateSlice(x, toArray(build([3, 3], () => 0)), [0, 0]),
    TypeError,
    "must be smaller than operand shape, got update shape (3, 3) for operand shape (2, 3).",
  ],
  [
    () => lax.dynamicUpdateSlice(x, toArray(build([1, 1], () => 0), "float32"), [0, 0]),
    TypeError,
    "lax.dynamic_update_slice requires arguments to have the same dtypes, got int32, float32.",
  ],
  [() => lax.dynamicUpdateSlice(x, x, [0, 0.5]), TypeError, "got int32, float32"],
  [() => lax.dynamicSliceInDim(x, 0, 1, 2), RangeError, "axis 2 is out of bounds"],
  [() => lax.dynamicUpdateIndexInDim(x, i, 0, 0), TypeError, "got update shape ()"],
];
Deno.test("dynamic slices throw in JAX's words", () => {
  for (const [f, type, message] of ERRORS) assertThrows(f, type, message, String(f));
});
