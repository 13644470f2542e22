import { assertEquals, assertThrows } from "@std/assert";
import { lax } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import type { DTypeName } from "../../core/dtype.ts";
import { assertGives, at, build, type Naive, type Random, repeat, toArray } from "./naive.ts";

type Numbers = Required<Parameters<typeof lax.gather>[2]>;
interface Problem {
  readonly x: Naive;
  readonly indices: Naive;
  readonly numbers: Numbers;
  readonly sliceSizes: number[];
}

/** Any gather that the specification allows. */
function problem(random: Random): Problem {
  const x = random.array(random.shape(0, 4, 1, 4), 0, 99);
  const axes = range(x.shape.length);
  const operandBatchingDims = random.some(axes, 0.2);
  const others = axes.filter((d) => !operandBatchingDims.includes(d));
  const startIndexMap = random.shuffle(random.some(others, 0.7));
  const collapsedSliceDims = random.some(others, 0.4);
  const dropped = [...collapsedSliceDims, ...operandBatchingDims];
  const sliceSizes = x.shape.map((n, d) => dropped.includes(d) ? 1 : random.int(0, n));
  // The axes of the indices: batched ones somewhere among others, the index vector last.
  const free = random.shape(0, 2, 0, 3);
  const order = random.shuffle(range(operandBatchingDims.length + free.length));
  const lengths = [...operandBatchingDims.map((d) => x.shape[d]), ...free];
  const shape = [...order.map((i) => lengths[i]), startIndexMap.length];
  const startIndicesBatchingDims = operandBatchingDims.map((_, i) => order.indexOf(i));
  const offsets = x.shape.length - dropped.length;
  const places = random.shuffle(range(offsets + shape.length - 1)).slice(0, offsets);
  return {
    x,
    indices: random.array(shape, -3, 5),
    sliceSizes,
    numbers: {
      offsetDims: places.sort((a, b) => a - b),
      collapsedSliceDims,
      startIndexMap,
      operandBatchingDims,
      startIndicesBatchingDims,
    },
  };
}

/** Step by step as XLA's specification of `Gather` has it; `undefined` is out of bounds. */
function gatherNaively(p: Problem, fill: number | undefined): Naive {
  const { x, indices, sliceSizes, numbers } = p;
  const dropped = [...numbers.collapsedSliceDims, ...numbers.operandBatchingDims];
  const remaining = range(x.shape.length).filter((d) => !dropped.includes(d));
  const batchShape = indices.shape.slice(0, -1);
  const shape: number[] = [];
  numbers.offsetDims.forEach((d, i) => shape[d] = sliceSizes[remaining[i]]);
  for (const n of batchShape) {
    let d = 0;
    while (shape[d] !== undefined) d++;
    shape[d] = n;
  }
  return build(shape, (out) => {
    const batch = out.filter((_, d) => !numbers.offsetDims.includes(d));
    const start = x.shape.map(() => 0);
    numbers.startIndexMap.forEach((d, k) => start[d] = at(indices, [...batch, k]));
    const inside = start.every((s, d) => s >= 0 && s <= x.shape[d] - sliceSizes[d]);
    if (!inside && fill !== undefined) return fill;
    const index = start.map((s, d) => Math.min(Math.max(s, 0), x.shape[d] - sliceSizes[d]));
    numbers.operandBatchingDims.forEach((d, i) => {
      index[d] += batch[numbers.startIndicesBatchingDims[i]];
    });
    remaining.forEach((d, i) => index[d] += out[numbers.offsetDims[i]]);
    return at(x, index);
  });
}

Deno.test("`lax.gather()` is what XLA's specification says, in every mode", () => {
  repeat(200, (random, seed) => {
    const p = problem(random);
    const arrays = [toArray(p.x), toArray(p.indices)];
    for (const mode of ["clip", "promise_in_bounds", "fill"] as const) {
      const options = mode === "fill" ? { mode, fillValue: -7 } : { mode };
      const expected = gatherNaively(p, mode === "fill" ? -7 : undefined);
      const what = `${mode}, seed ${seed}: ${JSON.stringify(p)}`;
      assertGives(
        (x, i) => lax.gather(x, i, p.numbers, p.sliceSizes, options),
        arrays,
        expected,
        what,
      );
    }
  });
});

const rows = { offsetDims: [1], collapsedSliceDims: [0], startIndexMap: [0] };
const x = toArray(build([2, 3], ([i, j]) => 3 * i + j));
const places = (list: number[], dtype: DTypeName = "int32") =>
  toArray({ shape: [list.length, 1], data: list }, dtype);

Deno.test("missing elements are NaN, true or the extreme value unless `fillValue` says", () => {
  const missing = (dtype: DTypeName, fillValue?: number) => {
    const operand = lax.convertElementType(x, dtype);
    const options = { mode: "fill", ...fillValue === undefined ? {} : { fillValue } } as const;
    return lax.gather(operand, places([2]), rows, [1, 3], options).item(0);
  };
  assertEquals(missing("float32"), NaN);
  assertEquals(missing("bfloat16"), NaN);
  assertEquals(missing("int8"), -128);
  assertEquals(missing("int32"), -(2 ** 31));
  assertEquals(missing("uint8"), 255);
  assertEquals(missing("uint32"), 2 ** 32 - 1);
  assertEquals(missing("bool"), true);
  assertEquals(missing("complex64"), { re: NaN, im: 0 });
  assertEquals(missing("int32", 7.7), 7);
  assertEquals(missing("uint8", 300), 44);
});

Deno.test("indices may be of any integer dtype", () => {
  const line = toArray(build([300], ([i]) => i));
  const one = { offsetDims: [0], collapsedSliceDims: [], startIndexMap: [0] };
  const read = (i: number, dtype: DTypeName, mode: "clip" | "fill") => {
    const index = toArray({ shape: [1], data: [i] }, dtype);
    return lax.gather(line, index, one, [100], { mode }).item(0);
  };
  assertEquals(read(200, "uint8", "fill"), 200);
  assertEquals(read(201, "uint8", "fill"), -(2 ** 31));
  assertEquals(read(250, "uint8", "clip"), 200);
  assertEquals(read(2 ** 32 - 1, "uint32", "clip"), 200);
  assertEquals(read(2 ** 32 - 1, "uint32", "fill"), -(2 ** 31));
  assertEquals(read(-1, "int8", "clip"), 0);
  assertEquals(read(-1, "int8", "fill"), -(2 ** 31));
  assertEquals(read(100, "int16", "clip"), 100);
});

const four = places([0, 1, 5, -1]);
const batched = (batching: number[], indexed: number[], more = {}) => ({
  offsetDims: [],
  collapsedSliceDims: [1],
  startIndexMap: [1],
  operandBatchingDims: batching,
  startIndicesBatchingDims: indexed,
  ...more,
});
const gather = (numbers: object, sizes = [1, 3], indices = four) =>
  lax.gather(x, indices, { ...rows, ...numbers }, sizes);
const ERRORS: readonly [() => unknown, new (m: string) => Error, string][] = [
  [
    () => lax.gather(x, four, rows, [1, 3], { mode: "foo" as "clip" }),
    RangeError,
    'Unknown gather mode "foo"',
  ],
  [
    () => gather({}, [1, 3], places([0], "float32")),
    RangeError,
    "indices must have an integer type",
  ],
  [
    () => gather({}, [1, 3], toArray({ shape: [], data: [0] })),
    TypeError,
    "rank(indices) is 0 and gather index leaf dimension is -1.",
  ],
  [
    () => gather({ offsetDims: [1, 0] }),
    TypeError,
    "offsetDims in gather op must be sorted; got (1, 0)",
  ],
  [
    () => gather({ offsetDims: [1, 1] }),
    TypeError,
    "offsetDims in gather op must not repeat; got: (1, 1).",
  ],
  [
    () => gather({ offsetDims: [2] }),
    TypeError,
    "Offset dimension 0 in gather op is out of bounds; got 2, but should have been in [0, 2)",
  ],
  [
    () => gather({ startIndexMap: [0, 1] }),
    TypeError,
    "Gather op has 2 elements in startIndexMap and the bound of dimension index_vector_dim=1 of " +
    "indices is 1. These two numbers must be equal.",
  ],
  [
    () => gather({ startIndexMap: [2] }),
    TypeError,
    "Invalid startIndexMap; domain is [0, 2), got: 0->2.",
  ],
  [
    () => gather({ startIndexMap: [0, 0] }, [1, 3], toArray(build([4, 2], () => 0))),
    TypeError,
    "startIndexMap in gather op must not repeat; got: (0, 0).",
  ],
  [
    () => gather({ collapsedSliceDims: [1, 0] }),
    TypeError,
    "collapsedSliceDims in gather op must be sorted; got (1, 0)",
  ],
  [
    () => gather({ collapsedSliceDims: [2] }),
    TypeError,
    "Invalid collapsedSliceDims set in gather op; valid range is [0, 2); got: 2.",
  ],
  [
    () => gather({ collapsedSliceDims: [0, 0] }),
    TypeError,
    "collapsedSliceDims in gather op must not repeat; got: (0, 0).",
  ],
  [
    () => gather({ operandBatchingDims: [0], startIndicesBatchingDims: [0] }),
    TypeError,
    "collapsedSliceDims and operandBatchingDims in gather op must be disjoint; got: (0,) and (0,).",
  ],
  [
    () => gather({ ...batched([0], [0]), startIndexMap: [0] }),
    TypeError,
    "startIndexMap and operandBatchingDims in gather op must be disjoint; got: (0,) and (0,).",
  ],
  [
    () => gather(batched([0], [])),
    TypeError,
    "requires equal numbers of operandBatchingDims and startIndicesBatchingDims, got (0,) and ().",
  ],
  [
    () => gather(batched([0], [1])),
    TypeError,
    "cannot have the index vector dimension as a batching dimension; got (1,).",
  ],
  [
    () => gather(batched([0], [0]), [1, 1]),
    TypeError,
    "to have the same shape, got (2,) and (4,).",
  ],
  [
    () => gather(batched([0], [0]), [2, 1], places([0, 1])),
    TypeError,
    "can only have operand batching dims with bound 0/1, but bound is 2 for index 0 at position 0.",
  ],
  [() => gather({}, [1]), TypeError, "got: len(sliceSizes)=1, input_shape.rank=2"],
  [
    () => gather({ offsetDims: [] }),
    TypeError,
    "got len(sliceSizes)=2, output_slice_sizes=(), collapsedSliceDims=(0,), operandBatchingDims=().",
  ],
  [
    () => gather({}, [1, 4]),
    TypeError,
    "Slice size at index 1 in gather op is out of range, must be within [0, 3 + 1), got 4.",
  ],
  [
    () => gather({}, [2, 3]),
    TypeError,
    "can only collapse slice dims with bound 1, but bound is 2 for index 0 at position 0.",
  ],
];
Deno.test("`lax.gather()` throws in JAX's words", () => {
  for (const [f, type, message] of ERRORS) assertThrows(f, type, message, String(f));
});
