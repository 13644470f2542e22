import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { evalShape, jit, makeJaxpr, NDArray, numpy as np, Slice, slice } from "../../mod.ts";

// -- a naive interpreter of NumPy's indexing -------------------------------------------------------

/** Positions as nested data: a shape and a flat list, in row-major order. */
interface Grid {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
/** An entry of an index, as plain data. */
type Entry =
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "slice"; readonly value: Slice }
  | { readonly kind: "newaxis" }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "array"; readonly value: Grid }
  | { readonly kind: "mask"; readonly value: Grid };

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
function* places(shape: readonly number[]): Generator<number[]> {
  if (shape.includes(0)) return;
  const place = shape.map(() => 0);
  while (true) {
    yield [...place];
    let axis = shape.length - 1;
    while (axis >= 0 && ++place[axis] === shape[axis]) place[axis--] = 0;
    if (axis < 0) return;
  }
}
const flatten = (place: readonly number[], shape: readonly number[]) =>
  place.reduce((flat, i, axis) => flat * shape[axis] + i, 0);

/** Python's slice, by walking. */
function walk({ start, stop, step }: Slice, n: number): number[] {
  const by = step ?? 1;
  const clamp = (i: number, low: number, high: number) => Math.min(Math.max(i, low), high);
  const bound = (i: number | null, missing: number) =>
    i === null ? missing : clamp(i < 0 ? i + n : i, by > 0 ? 0 : -1, by > 0 ? n : n - 1);
  const [from, to] = by > 0
    ? [bound(start, 0), bound(stop, n)]
    : [bound(start, n - 1), bound(stop, -1)];
  const positions: number[] = [];
  for (let i = from; by > 0 ? i < to : i > to; i += by) positions.push(i);
  return positions;
}

/** What an index reads: the shape of the result, and the flat position of each of its elements. */
function read(shape: readonly number[], index: readonly Entry[]): Grid {
  const axesOf = (e: Entry) =>
    e.kind === "mask"
      ? e.value.shape.length
      : e.kind === "integer" || e.kind === "slice" || e.kind === "array"
      ? 1
      : 0;
  const used = index.reduce((n, e) => n + axesOf(e), 0);
  const rest = Array<Entry>(shape.length - used).fill({
    kind: "slice",
    value: slice(null, null, null),
  });
  const isEllipsis = (e: Entry) => e.kind === "ellipsis";
  const full = index.some(isEllipsis) ? index : [...index, { kind: "ellipsis" } as Entry];
  const isAdvanced = (e: Entry) => !["slice", "newaxis", "ellipsis"].includes(e.kind);
  const hasArrays = index.some((e) =>
    e.kind === "mask" || e.kind === "flag" || (e.kind === "array" && e.value.shape.length > 0)
  );
  const numbers = index.flatMap((e, i) => isAdvanced(e) ? [i] : []);
  const together = numbers.every((n, i) => n === numbers[0] + i);

  // Each axis of the array gets its position from the place in the broadcast index arrays, or from
  // one axis of the result.
  const arrays: Grid[] = [];
  const sources: ({ array: number } | { axis: number; positions: number[] })[] = [];
  const plain: number[] = [];
  let blockAt = together ? -1 : 0;
  const block = () => {
    if (blockAt < 0) blockAt = plain.length;
  };
  const addArray = (grid: Grid) => {
    const n = shape[sources.length];
    if (grid.data.some((i) => i < 0 || i >= n)) throw new RangeError("out of bounds");
    block();
    sources.push({ array: arrays.push(grid) - 1 });
  };
  for (const e of full.flatMap((e) => isEllipsis(e) ? rest : [e])) {
    const n = shape[sources.length];
    if (e.kind === "newaxis") plain.push(1);
    else if (e.kind === "slice") {
      const positions = walk(e.value, n);
      sources.push({ axis: plain.push(positions.length) - 1, positions });
    } else if (e.kind === "integer") {
      addArray({ shape: [], data: [e.value < 0 ? e.value + n : e.value] });
    } else if (e.kind === "array") {
      addArray({ shape: e.value.shape, data: e.value.data.map((i) => i < 0 ? i + n : i) });
    } else if (e.kind === "flag") {
      block();
      arrays.push({ shape: [Number(e.value)], data: e.value ? [0] : [] });
    } else if (e.kind === "mask") {
      const found = [...places(e.value.shape)].filter((p) =>
        e.value.data[flatten(p, e.value.shape)]
      );
      e.value.shape.forEach((_, axis) =>
        addArray({ shape: [found.length], data: found.map((p) => p[axis]) })
      );
    }
  }
  const common = hasArrays ? np.broadcastShapes(...arrays.map((a) => a.shape)) : [];
  const at = Math.max(blockAt, 0);
  const result = [...plain.slice(0, at), ...common, ...plain.slice(at)];
  const data = [...places(result)].map((place) => {
    const inBlock = place.slice(at, at + common.length);
    const outside = [...place.slice(0, at), ...place.slice(at + common.length)];
    const source = sources.map((s) => {
      if ("axis" in s) return s.positions[outside[s.axis]];
      const { shape, data } = arrays[s.array];
      const tail = inBlock.slice(common.length - shape.length);
      return data[flatten(tail.map((i, axis) => shape[axis] === 1 ? 0 : i), shape)];
    });
    return flatten(source, shape);
  });
  return { shape: result, data };
}

// -- random indices -------------------------------------------------------------------------------

const lengths = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 4 });
const boundary = fc.option(fc.integer({ min: -6, max: 6 }), { nil: null });
const step = fc.constantFrom(null, null, 1, 2, 3, -1, -2);
const slices = fc.tuple(boundary, boundary, step)
  .map(([a, b, c]): Entry => ({ kind: "slice", value: new Slice(a, b, c) }));
const NEWAXIS = fc.constant<Entry>({ kind: "newaxis" });
const flags = fc.boolean().map((value): Entry => ({ kind: "flag", value }));

function grid(shape: readonly number[], low: number, high: number): fc.Arbitrary<Grid> {
  return fc.array(fc.integer({ min: low, max: high }), {
    minLength: size(shape),
    maxLength: size(shape),
  }).map((data) => ({ shape, data }));
}
/** Index arrays whose shapes broadcast together. */
const indexShapes = fc.constantFrom([], [1], [3], [2, 1], [2, 3], [1, 3]);

/** An entry for the next axes of a shape, and how many of them it takes. */
function entryFor(shape: readonly number[]): fc.Arbitrary<[Entry, number]> {
  const [n] = shape;
  const choices: fc.Arbitrary<[Entry, number]>[] = [slices.map((e) => [e, 1])];
  if (n > 0) {
    choices.push(
      fc.integer({ min: -n, max: n - 1 }).map((value) => [{ kind: "integer", value }, 1]),
      indexShapes.chain((s) => grid(s, -n, n - 1))
        .map((value) => [{ kind: "array", value }, 1]),
    );
  }
  choices.push(
    fc.integer({ min: 1, max: shape.length }).chain((axes) =>
      grid(shape.slice(0, axes), 0, 1).map((value): [Entry, number] => [
        { kind: "mask", value },
        axes,
      ])
    ),
  );
  return fc.oneof(...choices);
}
/** An index for a shape, from its first axis on, with `extra` entries at most that take no axis. */
function indexFor(shape: readonly number[], extra = 2): fc.Arbitrary<Entry[]> {
  const stop = fc.constant<Entry[]>([]);
  const choices = [{ arbitrary: stop, weight: 1 }];
  if (shape.length > 0) {
    const next = entryFor(shape).chain(([e, axes]) =>
      indexFor(shape.slice(axes), extra).map((rest) => [e, ...rest])
    );
    choices.push({ arbitrary: next, weight: 8 });
  }
  if (extra > 0) {
    const before = fc.oneof(NEWAXIS, NEWAXIS, flags)
      .chain((e) => indexFor(shape, extra - 1).map((rest) => [e, ...rest]));
    choices.push({ arbitrary: before, weight: 2 });
  }
  return fc.oneof(...choices);
}
/** The same index with the full slices at one place, if there are any, as an ellipsis. */
function withEllipsis(index: readonly Entry[]): Entry[] {
  const isFull = (e: Entry) => e.kind === "slice" && String(e.value) === "slice(None, None, None)";
  const start = index.findIndex(isFull);
  if (start < 0) return [...index];
  let end = start;
  while (end < index.length && isFull(index[end])) end++;
  return [...index.slice(0, start), { kind: "ellipsis" }, ...index.slice(end)];
}
const cases = lengths.chain((shape) =>
  indexFor(shape).map((index) => ({ shape, index: withEllipsis(index) }))
).filter(({ shape, index }) => {
  try {
    read(shape, index);
    return true;
  } catch {
    return false; // arrays that don't broadcast, or that an ellipsis moved to a shorter axis
  }
});

const toArray = ({ shape, data }: Grid, dtype: "int32" | "bool") =>
  np.array(data).astype(dtype).reshape([...shape]);
function toIndex(e: Entry) {
  switch (e.kind) {
    case "newaxis":
      return null;
    case "ellipsis":
      return "...";
    case "array":
      return toArray(e.value, "int32");
    case "mask":
      return toArray(e.value, "bool");
    default:
      return e.value;
  }
}
const counting = (shape: readonly number[]) =>
  np.arange(size(shape), { dtype: "float32" }).reshape([...shape]);

Deno.test("x.at(index).get() reads what NumPy reads", () => {
  fc.assert(
    fc.property(cases, ({ shape, index }) => {
      const part = counting(shape).at(...index.map(toIndex)).get();
      const expected = read(shape, index);
      assertEquals([...part.shape], [...expected.shape]);
      assertEquals(Array.from(part.toTypedArray(), Number), expected.data);
    }),
    { numRuns: 300 },
  );
});

Deno.test("x.at(index) under jit, with traced index arrays, is the same as eagerly", () => {
  fc.assert(
    fc.property(cases, ({ shape, index }) => {
      const entries = index.map(toIndex);
      const isTraced = (e: unknown): e is NDArray => e instanceof NDArray && e.dtype === np.int32;
      const put = (arrays: np.NDArray[]) => {
        const left = [...arrays];
        return entries.map((e) => isTraced(e) ? left.shift()! : e);
      };
      const traced = entries.filter(isTraced);
      const read = jit((x: np.NDArray, ...i: np.NDArray[]) => x.at(...put(i)).get());
      const add = jit((x: np.NDArray, ...i: np.NDArray[]) => x.at(...put(i)).add(7));
      const x = counting(shape);
      assertEquals(read(x, ...traced).tolist(), x.at(...entries).get().tolist());
      assertEquals(add(x, ...traced).tolist(), x.at(...entries).add(7).tolist());
    }),
    { numRuns: 60 },
  );
});

Deno.test("x.at(index) updates each position it names, repeated ones too", () => {
  fc.assert(
    fc.property(cases, ({ shape, index }) => {
      const x = counting(shape);
      const part = read(shape, index);
      const values = np.arange(part.data.length, { dtype: "float32" }).reshape([...part.shape]);
      const target = x.at(...index.map(toIndex));
      const update = (f: (old: number, value: number) => number) => {
        const data = Array.from(x.toTypedArray(), Number);
        part.data.forEach((p, i) => data[p] = f(data[p], i));
        return data;
      };
      const flat = (y: np.NDArray) => Array.from(y.toTypedArray(), Number);
      assertEquals(flat(target.add(values)), update((old, v) => old + v));
      assertEquals(flat(target.subtract(values)), update((old, v) => old - v));
      assertEquals(flat(target.max(values)), update(Math.max));
      assertEquals(flat(target.min(values)), update(Math.min));
      assertEquals(flat(target.set(-1)), update(() => -1));
      assertEquals(flat(target.apply((p) => p.add(1))), update((old) => old + 1));
      if (new Set(part.data).size === part.data.length) {
        assertEquals(flat(target.set(values)), update((_, v) => v));
      }
      assertEquals(flat(x), flat(counting(shape)));
    }),
    { numRuns: 150 },
  );
});

// -- the rest -------------------------------------------------------------------------------------

const x = np.arange(6, { dtype: "float32" });
const m = np.arange(20, { dtype: "float32" }).reshape(4, 5);

Deno.test("x[i], iteration, spread and Array.from go over the first axis", () => {
  assertEquals(String(m[1]), "[5. 6. 7. 8. 9.]");
  assertEquals(String(m[-1]), "[15. 16. 17. 18. 19.]");
  assertEquals(m[4], undefined);
  assertEquals([...x].map(Number), [0, 1, 2, 3, 4, 5]);
  assertEquals(Array.from(m, (row) => Number(row[0])), [0, 5, 10, 15]);
  assertEquals(m[2][3].item(), 13);
});

Deno.test("out of bounds, reading clamps and updating drops", () => {
  assertEquals(x.at(10).get().item(), 5);
  assertEquals(x.at(-10).get().item(), 0);
  assertEquals(x.at([10, -10, 2]).get().tolist(), [5, 0, 2]);
  assertEquals(x.at(10).set(7).tolist(), x.tolist());
  assertEquals(x.at([10, 1]).add(7).tolist(), [0, 8, 2, 3, 4, 5]);
});

Deno.test("modes say what is out of bounds", () => {
  const i = np.array([1, 7, -8]);
  assertEquals(x.at(i).get({ mode: "fill" }).tolist(), [1, NaN, NaN]);
  assertEquals(x.at(i).get({ mode: "fill", fillValue: -1 }).tolist(), [1, -1, -1]);
  assertEquals(x.at(i).get({ mode: "clip" }).tolist(), [1, 5, 0]);
  assertEquals(x.at(i).get({ mode: "wrap" }).tolist(), [1, 1, 4]);
  assertEquals(x.at(7).get({ mode: "wrap" }).item(), 1);
  assertEquals(x.at(i).add(10, { mode: "clip" }).tolist(), [10, 11, 2, 3, 4, 15]);
  assertEquals(x.at(i).add(10, { mode: "wrap" }).tolist(), [0, 21, 2, 3, 14, 5]);
  assertEquals(x.at(i).set(9, { mode: "drop" }).tolist(), [0, 9, 2, 3, 4, 5]);
  assertEquals(x.at(-1).get({ mode: "fill", wrapNegativeIndices: false }).item(), NaN);
  const ints = np.arange(3).at(5).get({ mode: "fill" });
  assertEquals(ints.item(), -2147483648);
  assertThrows(() => x.at(0).get({ mode: "foo" as "clip" }), RangeError, "Unknown gather mode");
});

Deno.test("a list is an index array, no entry is the whole array", () => {
  assertEquals(x.at([0, -1]).get().tolist(), [0, 5]);
  assertEquals(x.at([[0, 1], [2, 3]]).get().tolist(), [[0, 1], [2, 3]]);
  assertEquals(x.at([true, false, false, true, false, false]).get().tolist(), [0, 3]);
  assertEquals(x.at(new Uint8Array([3, 4]) as never).get().tolist(), [3, 4]);
  assertEquals(x.at([]).get().shape, [0]);
  assertEquals(x.at().get().tolist(), x.tolist());
  assertEquals(x.at().set(2).tolist(), [2, 2, 2, 2, 2, 2]);
  assertEquals(np.array(5).at().add(1).item(), 6);
});

Deno.test("index arrays of narrow dtypes reach every position", () => {
  const long = np.arange(300);
  assertEquals(long.at(np.array([-1, 5]).astype("int8")).get().tolist(), [299, 5]);
  assertEquals(long.at(np.array([255]).astype("uint8")).get().tolist(), [255]);
  assertEquals(m.at(np.array([1, 2]).astype("uint8"), 1).get().tolist(), [6, 11]);
});

Deno.test("updates keep the array's dtype, with a warning where that loses something", () => {
  assertEquals(np.arange(3).at(0).set(1).dtype, np.int32);
  assertEquals(x.at(0).set(1).dtype, np.float32);
  assertEquals(np.zeros(2, "uint8").at(0).set(200).tolist(), [200, 0]);
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: string) => void warnings.push(text);
  try {
    assertEquals(np.arange(3).at(0).set(1.5).tolist(), [1, 1, 2]);
    np.arange(3).at(0).set(1.5);
  } finally {
    console.warn = warn;
  }
  assert(warnings.length <= 1);
  assert(warnings.every((w) => w.includes("scatter inputs have incompatible types")));
});

Deno.test("divide and power promote as the operators do", () => {
  const i = np.array([3, 5]);
  assertEquals(i.at(0).divide(2).tolist(), [1.5, 5]);
  assertEquals(i.at(1).power(2).tolist(), [3, 25]);
  assertEquals(x.at(2).multiply(3).tolist(), x.at(2).mul(3).tolist());
});

Deno.test("apply() applies the function once for each time that a position comes", () => {
  const double = (p: np.NDArray) => p.mul(2);
  const i = np.array([1, 1, 3, 1]);
  assertEquals(x.at(i).apply(double).tolist(), [0, 8, 2, 6, 4, 5]);
  assertEquals(jit((i: np.NDArray) => x.at(i).apply(double))(i).tolist(), [0, 8, 2, 6, 4, 5]);
  const once = { uniqueIndices: true };
  assertEquals(x.at([1, 3]).apply(double, once).tolist(), [0, 2, 2, 6, 4, 5]);
  const many = np.zeros(300, "int32");
  assertThrows(
    () => jit((i: np.NDArray) => x.at(i).apply(double))(many),
    RangeError,
    "uniqueIndices",
  );
});

Deno.test("masks: eager reads and updates; traced ones only update by scalars", () => {
  const mask = x.gt(3);
  assertEquals(x.at(mask).get().tolist(), [4, 5]);
  assertEquals(x.at(mask).set(np.array([7, 8])).tolist(), [0, 1, 2, 3, 7, 8]);
  assertEquals(m.at(np.array([true, false, false, true]), 1).get().tolist(), [1, 16]);
  assertEquals(x.at(true).get().shape, [1, 6]);
  assertEquals(x.at(false).get().shape, [0, 6]);
  assertEquals(jit((x: np.NDArray) => x.at(x.gt(3)).set(0))(x).tolist(), [0, 1, 2, 3, 0, 0]);
  assertEquals(jit((x: np.NDArray) => x.at(x.gt(3)).add(1))(x).tolist(), [0, 1, 2, 3, 5, 6]);
  assertEquals(
    jit((x: np.NDArray) => x.at(x.gt(3)).apply(np.negative))(x).tolist(),
    [0, 1, 2, 3, -4, -5],
  );
  const rows = jit((m: np.NDArray) => m.at(m.sum(1).gt(40)).set(0));
  assertEquals(rows(m).at(slice(null), 0).get().tolist(), [0, 5, 0, 0]);
  const error = assertThrows(
    () => jit((x: np.NDArray) => x.at(x.gt(3)).get())(x),
    RangeError,
    "Array boolean indices must be concrete; got bool[6]",
  );
  assertEquals((error as Error).name, "NonConcreteBooleanIndexError");
  assertThrows(() => jit((x: np.NDArray) => x.at(x.gt(3)).set(x))(x), RangeError, "bool[6]");
});

Deno.test("errors are JAX's", () => {
  const fails = (f: () => unknown, type: typeof TypeError | typeof RangeError, text: string) =>
    void assertThrows(f, type, text);
  const type = (name: string) =>
    `Indexer must have integer or boolean type, got indexer with type ${name}`;
  fails(() => x.at(NaN).get(), TypeError, type("float64"));
  fails(() => x.at(1.5).get(), TypeError, type("float64"));
  fails(() => x.at(x).get(), TypeError, type("float32"));
  fails(() => x.at([0.5]).get(), TypeError, type("float32"));
  fails(() => x.at("a" as "...").get(), TypeError, "does not support string indexing; got idx='a'");
  fails(
    () => x.at(0, 1).get(),
    RangeError,
    "Too many indices: array is 1-dimensional, but 2 were indexed",
  );
  fails(
    () => x.at("...", "...").get(),
    RangeError,
    "an index can only have a single ellipsis ('...')",
  );
  fails(
    () => x.at([true, false]).get(),
    RangeError,
    "boolean index did not match shape of indexed array in index 0: got (2,), expected [6]",
  );
  fails(() => x.at(slice(null, null, 0)).get(), RangeError, "slice step cannot be zero");
  fails(() => x.at(slice(0.5)).get(), TypeError, "slice indices must be integers or null");
  fails(() => x.at([[1], [2, 3]]).get(), RangeError, "inhomogeneous");
  fails(
    () => jit((i: np.NDArray) => x.at(slice(i as never, null)).get())(1),
    RangeError,
    "Slice entries must be static integers. Got slice(",
  );
  fails(() => np.zeros([0, 2]).at(0).get(), RangeError, "out of bounds for axis 0 with size 0");
  fails(
    () => x.at([0, 1]).set(np.ones(3)),
    RangeError,
    "Incompatible types for broadcasting: input type=float32[3] and requested type=float32[2]",
  );
  fails(() => m.at([0, 1], [0, 1, 2]).get(), RangeError, "Incompatible shapes for broadcasting");
});
Deno.test("programs are JAX's: slices, dynamic slices, gathers, scatters", () => {
  const shows = (f: (...xs: np.NDArray[]) => np.NDArray, args: np.NDArray[], lines: string[]) =>
    assertEquals(
      String(makeJaxpr(f)(...args)).split("\n").slice(1, -1).map((l) => l.trim()),
      lines,
    );
  shows((m) => m.at(1, 2).get(), [m], [
    "b:f32[1,1] = slice[limit_indices=(2, 3) start_indices=(1, 2) strides=None] a",
    "c:f32[] = squeeze[dimensions=(0, 1)] b",
  ]);
  shows((m) => m.at(slice(null, null, -2)).get(), [m], [
    "b:f32[2,5] = slice[limit_indices=(4, 5) start_indices=(1, 0) strides=(2, 1)] a",
    "c:f32[2,5] = rev[dimensions=(0,)] b",
  ]);
  shows((m, i) => m.at(i).get(), [m, np.int32(1)], [
    "c:bool[] = lt b 0:i32[]",
    "d:i32[] = add b 4:i32[]",
    "e:i32[] = select_n c b d",
    "f:bool[] = lt 0:i32[] 0:i32[]",
    "g:i32[] = add 0:i32[] 5:i32[]",
    "h:i32[] = select_n f 0:i32[] g",
    "i:f32[1,5] = dynamic_slice[slice_sizes=(1, 5)] a e h",
    "j:f32[5] = squeeze[dimensions=(0,)] i",
  ]);
  shows((m, i) => m.at(1, i).get(), [m, np.array([0, 2])], [
    "c:bool[2] = lt b 0:i32[]",
    "d:i32[2] = add b 5:i32[]",
    "e:i32[2] = select_n c b d",
    "f:i32[2] = broadcast_in_dim 1:i32[]",
    "g:i32[2] = convert_element_type[new_dtype=int32 weak_type=False] f",
    "h:i32[2,1] = broadcast_in_dim[broadcast_dimensions=(0,)] g",
    "i:i32[2,1] = broadcast_in_dim[broadcast_dimensions=(0,)] e",
    "j:i32[2,2] = concatenate[dimension=1] h i",
    "k:f32[2] = gather[",
    "dimension_numbers=GatherDimensionNumbers(offset_dims=(), collapsed_slice_dims=(0, 1), " +
    "start_index_map=(0, 1), operand_batching_dims=(), start_indices_batching_dims=())",
    "fill_value=None",
    "indices_are_sorted=False",
    "mode=GatherScatterMode.PROMISE_IN_BOUNDS",
    "slice_sizes=(1, 1)",
    "unique_indices=False",
    "] a j",
  ]);
  shows((x) => x.at(0).set(1), [x], [
    "b:i32[1] = broadcast_in_dim 0:i32[]",
    "c:f32[6] = scatter[",
    "dimension_numbers=ScatterDimensionNumbers(update_window_dims=(), inserted_window_dims=(0,), " +
    "scatter_dims_to_operand_dims=(0,), operand_batching_dims=(), " +
    "scatter_indices_batching_dims=())",
    "indices_are_sorted=True",
    "mode=GatherScatterMode.FILL_OR_DROP",
    "unique_indices=True",
    "update_consts=()",
    "update_jaxpr=None",
    "] a b 1.0:f32[]",
  ]);
});

Deno.test("an index is static in a program's shapes", () => {
  const shape = evalShape((m: np.NDArray) => m.at(slice(1, 3), null, 0).get(), m);
  assertEquals(String(shape), "ShapeDtypeStruct(shape=(2, 1), dtype=float32)");
});

Deno.test("reading rows one by one compiles one program for all of them", () => {
  const tall = np.arange(3000).reshape(1500, 2);
  let sum = 0;
  for (const row of tall) sum += Number(row[1]);
  assertEquals(sum, 1500 * 1500);
});
