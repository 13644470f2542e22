import { assertEquals, assertThrows } from "@std/assert";
import { lax } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import { assertGives, at, build, type Naive, type Random, repeat, toArray } from "./naive.ts";

Deno.test("`lax.transpose()` permutes axes", () => {
  repeat(40, (random, seed) => {
    const x = random.array(random.shape(0, 4));
    const permutation = random.shuffle(range(x.shape.length));
    const inverse = (index: number[]) => {
      const inner: number[] = [];
      permutation.forEach((p, i) => inner[p] = index[i]);
      return inner;
    };
    const expected = build(permutation.map((p) => x.shape[p]), (index) => at(x, inverse(index)));
    assertGives((x) => lax.transpose(x, permutation), [toArray(x)], expected, `seed ${seed}`);
  });
});

Deno.test("`lax.broadcastInDim()` repeats along new and short axes, in any order", () => {
  repeat(60, (random, seed) => {
    const shape = random.shape(0, 4);
    const dims = random.shuffle(random.some(range(shape.length)));
    const x = random.array(dims.map((d) => random.chance(0.3) ? 1 : shape[d]));
    const inner = (index: number[]) => dims.map((d, i) => x.shape[i] === 1 ? 0 : index[d]);
    const expected = build(shape, (index) => at(x, inner(index)));
    assertGives((x) => lax.broadcastInDim(x, shape, dims), [toArray(x)], expected, `seed ${seed}`);
  });
});

Deno.test("`lax.reshape()` keeps row-major order, after a permutation if there is one", () => {
  const x = toArray(build([2, 3, 4], ([i, j, k]) => 12 * i + 4 * j + k));
  assertGives((x) => lax.reshape(x, [4, 6]), [x], build([4, 6], ([i, j]) => 6 * i + j), "plain");
  const permuted = build([24], ([n]) => {
    const [k, i, j] = [Math.floor(n / 6), Math.floor(n / 3) % 2, n % 3];
    return 12 * i + 4 * j + k;
  });
  assertGives((x) => lax.reshape(x, [24], [2, 0, 1]), [x], permuted, "permuted");
  assertEquals(lax.reshape(x, [24], { dimensions: [0, 1, 2] }).shape, [24]);
});

Deno.test("`lax.squeeze()`, `lax.expandDims()` and `lax.collapse()` keep elements in place", () => {
  repeat(30, (random, seed) => {
    const x = random.array(random.shape(1, 4, 1, 2));
    const ones = range(x.shape.length).filter((i) => x.shape[i] === 1);
    const dropped = random.some(ones);
    const kept = x.shape.filter((_, i) => !dropped.includes(i));
    const squeezed = { shape: kept, data: x.data };
    assertGives((x) => lax.squeeze(x, dropped), [toArray(x)], squeezed, `squeeze, seed ${seed}`);
    assertGives((x) => lax.expandDims(x, dropped), [toArray(squeezed)], x, `expand, seed ${seed}`);
  });
  assertEquals(lax.collapse(toArray(build([2, 3, 4], () => 0)), 1).shape, [2, 12]);
  assertEquals(lax.collapse(toArray(build([2, 3, 4], () => 0)), -3, -1).shape, [6, 4]);
});

Deno.test("`lax.rev()` and `lax.tile()` index modulo the length", () => {
  repeat(30, (random, seed) => {
    const x = random.array(random.shape(0, 3, 0, 3));
    const n = x.shape;
    const axes = random.some(range(n.length));
    const reversed = build(
      n,
      (index) => at(x, index.map((k, i) => axes.includes(i) ? n[i] - 1 - k : k)),
    );
    assertGives((x) => lax.rev(x, axes), [toArray(x)], reversed, `rev, seed ${seed}`);
    const reps = n.map(() => random.int(0, 3));
    const tiled = build(
      n.map((k, i) => k * reps[i]),
      (index) => at(x, index.map((k, i) => k % n[i])),
    );
    assertGives((x) => lax.tile(x, reps), [toArray(x)], tiled, `tile, seed ${seed}`);
  });
});

Deno.test("`lax.slice()` takes every stride-th element of a range", () => {
  repeat(60, (random, seed) => {
    const x = random.array(random.shape(0, 3, 0, 6));
    const start = x.shape.map((n) => random.int(0, n));
    const limit = x.shape.map((n, i) => random.int(start[i], n));
    const strides = random.chance(0.2) ? null : x.shape.map(() => random.int(1, 3));
    const step = (i: number) => strides?.[i] ?? 1;
    const shape = start.map((s, i) => Math.ceil((limit[i] - s) / step(i)));
    const expected = build(shape, (index) => at(x, index.map((k, i) => start[i] + k * step(i))));
    assertGives((x) => lax.slice(x, start, limit, strides), [toArray(x)], expected, `seed ${seed}`);
  });
});

Deno.test("`lax.sliceInDim()` and `lax.indexInDim()` take options by position or by name", () => {
  const x = toArray(build([3, 6], ([i, j]) => 6 * i + j));
  assertEquals(lax.sliceInDim(x, -3, null, 2, 1).tolist(), [[3, 5], [9, 11], [15, 17]]);
  assertEquals(lax.sliceInDim(x, 4, null, { axis: 1 }).shape, [3, 2]);
  assertEquals(lax.sliceInDim(x, 0, 3, 2, { axis: 0 }).shape, [2, 6]);
  assertEquals(lax.indexInDim(x, -1, 1, false).tolist(), [5, 11, 17]);
  assertEquals(lax.indexInDim(x, 1, { axis: 1, keepdims: false }).tolist(), [1, 7, 13]);
  assertEquals(lax.indexInDim(x, 1).shape, [1, 6]);
});

function pad(
  x: Naive,
  value: number,
  config: readonly (readonly [number, number, number])[],
): Naive {
  const lengths = config.map(([lo, hi, k], i) =>
    lo + hi + (x.shape[i] === 0 ? 0 : (x.shape[i] - 1) * (k + 1) + 1)
  );
  const cells = new Map<string, number>();
  const place = (index: number[], from: number[]) => cells.set(index.join(), at(x, from));
  for (const index of build(x.shape, () => 0).data.map((_, flat) => flat)) {
    let rest = index;
    const from = [...x.shape].reverse().map((n) => {
      const k = rest % n;
      rest = Math.floor(rest / n);
      return k;
    }).reverse();
    place(from.map((k, i) => config[i][0] + k * (config[i][2] + 1)), from);
  }
  return build(lengths, (index) => cells.get(index.join()) ?? value);
}
function randomConfig(random: Random, x: Naive): [number, number, number][] {
  return x.shape.map((n) => {
    const k = random.int(0, 2);
    const length = n === 0 ? 0 : (n - 1) * (k + 1) + 1;
    const lo = random.int(-length, 3);
    return [lo, random.int(-Math.max(length + lo, 0), 3), k];
  });
}

Deno.test("`lax.pad()` pads, crops and dilates", () => {
  repeat(120, (random, seed) => {
    const x = random.array(random.shape(0, 3, 0, 4), 1, 9);
    const config = randomConfig(random, x);
    if (
      config.some(([lo, hi, k], i) => lo + hi + Math.max((x.shape[i] - 1) * (k + 1) + 1, 0) < 0)
    ) {
      return;
    }
    const expected = pad(x, -1, config);
    assertGives((x) => lax.pad(x, -1, config), [toArray(x)], expected, `seed ${seed} ${config}`);
  });
});

Deno.test("`lax.concatenate()` and `lax.stack()` choose among any number of parts", () => {
  repeat(40, (random, seed) => {
    const shape = random.shape(1, 3);
    const axis = random.int(0, shape.length - 1);
    const parts = range(random.int(1, 7)).map(() =>
      random.array(shape.map((n, i) => i === axis ? random.int(0, 3) : n))
    );
    const total = parts.reduce((n, p) => n + p.shape[axis], 0);
    const expected = build(shape.map((n, i) => i === axis ? total : n), (index) => {
      let k = index[axis];
      const part = parts.find((p) => (k -= p.shape[axis]) < 0)!;
      return at(part, index.map((n, i) => i === axis ? k + part.shape[axis] : n));
    });
    const arrays = parts.map((p) => toArray(p));
    assertGives((...xs) => lax.concatenate(xs, axis), arrays, expected, `seed ${seed}`);

    const equals = parts.map(() => random.array(shape));
    const place = random.int(0, shape.length);
    const stacked = build(
      shape.toSpliced(place, 0, equals.length),
      (index) => at(equals[index[place]], index.toSpliced(place, 1)),
    );
    const sources = equals.map((p) => toArray(p));
    assertGives((...xs) => lax.stack(xs, place), sources, stacked, `stack, seed ${seed}`);
  });
});

Deno.test("`lax.split()` undoes `lax.concatenate()`", () => {
  const parts = [2, 0, 3].map((n) => build([2, n], ([i, j]) => 10 * n + 5 * i + j));
  const whole = lax.concatenate(parts.map((p) => toArray(p)), 1);
  const back = lax.split(whole, [2, 0, 3], 1);
  parts.forEach((p, i) => assertGives(() => back[i], [], p, `part ${i}`));
  assertEquals(lax.split(whole, [1, 1]).map((p) => p.shape), [[1, 5], [1, 5]]);
});

Deno.test("a program reads only the part of a concatenation that it is in", () => {
  const x = toArray(build([3], ([i]) => i)), y = toArray(build([2], ([i]) => 10 + i));
  const f = (a: typeof x, b: typeof x) =>
    lax.mul(lax.pad(lax.concatenate([a, b], 0), 7, [[2, 1, 1]]), 2);
  const expected = [14, 14, 0, 14, 2, 14, 4, 14, 20, 14, 22, 14];
  assertGives(f, [x, y], { shape: [12], data: expected }, "fused");
});

Deno.test("`lax.full()` and `lax.iota()` make every dtype", () => {
  assertEquals(lax.full([2], 300, "uint8").tolist(), [44, 44]);
  assertEquals(lax.full([2], 2.7, "int32").tolist(), [2, 2]);
  assertEquals(lax.full([], 1).weakType, true);
  assertEquals(lax.full([], true).weakType, false);
  assertEquals(lax.full([2], { re: 1, im: 2 }).dtype.name, "complex64");
  assertEquals(lax.fullLike(lax.full([2], 1.5), 2).weakType, true);
  assertEquals(lax.fullLike(lax.full([2], 1.5), 2, { dtype: "int8", shape: [1] }).tolist(), [2]);
  assertEquals(lax.iota("uint8", 258).item(-1), 1);
  assertEquals(lax.iota("bfloat16", 3).tolist(), [0, 1, 2]);
  assertEquals(lax.iota("complex64", 2).tolist(), [{ re: 0, im: 0 }, { re: 1, im: 0 }]);
  assertThrows(() => lax.full([2], { re: 1, im: 2 }, "float32"), TypeError, "complex");
});

const x = toArray(build([2, 3], () => 1));
const ERRORS: readonly [() => unknown, new (m: string) => Error, string][] = [
  [
    () => lax.broadcast(x, [-1]),
    TypeError,
    "shape must have every element be nonnegative, got (-1, 2, 3).",
  ],
  [
    () => lax.broadcastInDim(x, [2], [0, 1]),
    TypeError,
    "got operand ndim 2 and target broadcast ndim 1.",
  ],
  [
    () => lax.broadcastInDim(x, [2, 3, 4], [0]),
    TypeError,
    "broadcastDimensions (0,) for operand ndim 2.",
  ],
  [
    () => lax.broadcastInDim(x, [2, 3], [0, 5]),
    TypeError,
    "must be a subset of output dimensions, got (0, 5)",
  ],
  [
    () => lax.broadcastInDim(x, [2, 2], [1, 1]),
    TypeError,
    "operand dimension sizes must either be 1",
  ],
  [
    () => lax.broadcastInDim(x, [2.5], [0]),
    TypeError,
    "Shapes must be 1D sequences of concrete values of integer type, got (2.5,).",
  ],
  [() => lax.reshape(x, [3, -1]), TypeError, "reshape newSizes must all be positive, got (3, -1)."],
  [
    () => lax.reshape(x, [3, 2], [0]),
    TypeError,
    "must be a permutation of operand dimensions, got dimensions (0,)",
  ],
  [
    () => lax.transpose(x, [0, 0]),
    TypeError,
    "transpose permutation isn't a permutation of operand dimensions",
  ],
  [
    () => lax.squeeze(x, [0]),
    RangeError,
    "which has size not equal to one, got shape=(2, 3) and dimensions=(0,)",
  ],
  [() => lax.squeeze(x, [2]), RangeError, "axis 2 is out of bounds for array of dimension 2"],
  [
    () => lax.squeeze(lax.expandDims(x, [0]), [0, -3]),
    RangeError,
    "dimensions are not unique: (0, 0)",
  ],
  [() => lax.expandDims(x, [5]), RangeError, "axis 5 is out of bounds for array of dimension 3"],
  [() => lax.expandDims(x, [0, -4]), RangeError, "repeated axis in lax.expandDims: (0, 0)"],
  [() => lax.rev(x, [2]), TypeError, "got dimensions (2,) for operand ndim 2."],
  [
    () => lax.rev(x, [-1]),
    TypeError,
    "rev dimensions must have every element be nonnegative, got (-1,).",
  ],
  [() => lax.rev(x, [0, 0]), TypeError, "rev dimensions must be unique, got (0, 0)."],
  [
    () => lax.tile(x, [2]),
    TypeError,
    "reps length must be equal to the ndim of x, got len(reps)=1 and x.ndim=2.",
  ],
  [
    () => lax.tile(x, [2, -1]),
    TypeError,
    "tile reps must have every element be nonnegative, got (2, -1).",
  ],
  [
    () => lax.collapse(x, 1, 0),
    RangeError,
    "Invalid dimension range passed to collapse: (2, 3)[1:0]",
  ],
  [
    () => lax.concatenate([], 0),
    RangeError,
    "concatenate requires a non-empty sequences of arrays",
  ],
  [() => lax.concatenate([x, x], -1), TypeError, "dimension -1 for shapes (2, 3), (2, 3)."],
  [
    () => lax.concatenate([x, lax.squeeze(lax.slice(x, [0, 0], [1, 3]), [0])], 0),
    TypeError,
    "different numbers of dimensions: got (2, 3), (3,).",
  ],
  [() => lax.stack([], 0), RangeError, "stack expects at least one operand, got 0."],
  [
    () => lax.stack([x, lax.transpose(x, [1, 0])]),
    RangeError,
    "All input arrays must have the same shape. Got (2, 3), (3, 2).",
  ],
  [() => lax.stack([x, x], 3), RangeError, "axis 3 is out of bounds for array of dimension 3"],
  [
    () => lax.split(x, [1, 1], 1),
    RangeError,
    "Sum of sizes 2 must be equal to dimension 1 of the operand shape [2, 3]",
  ],
  [
    () => lax.split(x, [4, -1], 1),
    RangeError,
    "Sizes passed to split must be nonnegative, got [4, -1]",
  ],
  [
    () => lax.pad(x, lax.full([], 0, "float32"), [[1, 1, 0], [0, 0, 0]]),
    TypeError,
    "must be same dtype: got int32 and float32.",
  ],
  [
    () => lax.pad(x, 0, [[1, 1, 0]]),
    RangeError,
    "got paddingConfig ((1, 1, 0),) for operand shape (2, 3)",
  ],
  [
    () => lax.pad(x, 0, [[1, 1, -1], [0, 0, 0]]),
    RangeError,
    "interior padding in paddingConfig must be nonnegative",
  ],
  [() => lax.pad(x, 0, [[-2, -1, 0], [0, 0, 0]]), RangeError, "got result shape (-1, 3)"],
  [() => lax.pad(x, x, [[0, 0, 0], [0, 0, 0]]), RangeError, "paddingValue must be a scalar"],
  [() => lax.slice(x, [0], [2]), TypeError, "got indices (0,) for operand shape (2, 3)."],
  [() => lax.slice(x, [0, 0], [2]), TypeError, "got startIndices (0, 0) and limitIndices (2,)."],
  [
    () => lax.slice(x, [0, 0], [2, 3], [1]),
    TypeError,
    "got strides (1,) for operand shape (2, 3).",
  ],
  [() => lax.slice(x, [0, 0], [2, 3], [0, 1]), RangeError, "strides must be positive"],
  [
    () => lax.slice(x, [0, 0], [2, 3], [-1, 1]),
    TypeError,
    "slice strides must have every element be nonnegative",
  ],
  [() => lax.indexInDim(x, 2), RangeError, "index 2 is out of bounds for axis 0 with size 2"],
  [
    () => lax.sliceInDim(x, 0, 1, { axes: 1 } as object),
    TypeError,
    "unexpected keyword argument 'axes'",
  ],
  [
    () => lax.iota("int32", -1),
    TypeError,
    "iota shape must have every element be nonnegative, got (-1,).",
  ],
  [() => lax.iota("bool", 3), TypeError, "iota does not accept dtype bool"],
  [() => lax.broadcastedIota("int32", [2], 1), RangeError, "got dimension=1 for shape=(2,)"],
  [
    () => lax.full([2], x),
    TypeError,
    "full must be called with scalar fillValue, got fillValue.shape (2, 3).",
  ],
];
Deno.test("movement throws in JAX's words", () => {
  for (const [f, type, message] of ERRORS) assertThrows(f, type, message, String(f));
});
