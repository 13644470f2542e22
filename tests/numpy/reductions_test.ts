import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, makeJaxpr, numpy as np } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import type { NDArray } from "../../core/trace.ts";
import { assertGives, at, build, indices, type Naive, repeat, toArray } from "../lax/naive.ts";

type Fold = (list: readonly number[]) => number;
const folds: Record<"sum" | "prod" | "max" | "min" | "all" | "any" | "countNonzero", Fold> = {
  sum: (list) => list.reduce((a, b) => a + b, 0),
  prod: (list) => list.reduce((a, b) => a * b, 1),
  max: (list) => Math.max(...list),
  min: (list) => Math.min(...list),
  all: (list) => Number(list.every((n) => n !== 0)),
  any: (list) => Number(list.some((n) => n !== 0)),
  countNonzero: (list) => list.filter((n) => n !== 0).length,
};

/** What lies along `axes` at each index of the others, folded. */
function reduceNaively(x: Naive, axes: readonly number[], keepdims: boolean, f: Fold): Naive {
  const kept = range(x.shape.length).filter((i) => !axes.includes(i));
  const shape = x.shape.flatMap((n, i) => axes.includes(i) ? (keepdims ? [1] : []) : [n]);
  return build(shape, (index) =>
    f(
      indices(axes.map((a) => x.shape[a])).map((inner) =>
        at(
          x,
          range(x.shape.length).map((i) =>
            axes.includes(i) ? inner[axes.indexOf(i)] : index[keepdims ? i : kept.indexOf(i)]
          ),
        )
      ),
    ));
}

Deno.test("reductions fold any axes, counted from either end", () => {
  for (const [name, fold] of Object.entries(folds)) {
    const f = np[name as keyof typeof folds] as typeof np.sum;
    repeat(12, (random, seed) => {
      const x = random.array(random.shape(1, 3, 1, 3), -2, 2);
      const n = x.shape.length;
      const axes = random.shuffle(random.some(range(n)));
      const keepdims = random.chance();
      const axis = axes.map((a) => random.chance() ? a : a - n);
      const expected = reduceNaively(x, axes, keepdims, fold);
      const what = `np.${name} of ${JSON.stringify(x)} along ${axis}, seed ${seed}`;
      assertGives((x) => f(x, axis, { keepdims }), [toArray(x)], expected, what);
      if (axes.length !== 1) return;
      assertGives((x) => f(x, axis[0], { keepdims }), [toArray(x)], expected, what);
    });
  }
});

Deno.test("`where` leaves elements out, `initial` comes on top", () => {
  const list = fc.array(fc.record({ value: fc.integer({ min: -9, max: 9 }), on: fc.boolean() }), {
    maxLength: 6,
  });
  fc.assert(fc.property(list, fc.integer({ min: -3, max: 3 }), (entries, initial) => {
    const x = np.array(entries.map((e) => e.value), { dtype: "int32" });
    const where = np.array(entries.map((e) => e.on), { dtype: "bool" });
    const chosen = entries.filter((e) => e.on).map((e) => e.value);
    assertEquals(np.sum(x, { where, initial }).item(), folds.sum([initial, ...chosen]));
    assertEquals(np.max(x, { where, initial }).item(), folds.max([initial, ...chosen]));
    assertEquals(np.min(x, 0, { where, initial }).item(), folds.min([initial, ...chosen]));
    assertEquals(np.all(x, { where }).item(), chosen.every((n) => n !== 0));
    assertEquals(np.any(x, { where }).item(), chosen.some((n) => n !== 0));
  }));
});

Deno.test("a mask may be a list of booleans, and broadcasts", () => {
  const x = np.arange(6).reshape(2, 3);
  assertEquals(np.sum(x, 1, { where: [true, false, true] }).tolist(), [2, 8]);
  assertEquals(np.sum(x, { where: np.array([[true], [false]]) }).item(), 3);
});

Deno.test("options come by position or by name, as function or method", () => {
  const x = np.arange(6).reshape(2, 3);
  const sums: NDArray[] = [
    np.sum(x, 0),
    np.sum(x, { axis: 0 }),
    np.sum(x, [0]),
    x.sum(0),
    x.sum({ axis: 0 }),
    x.sum(-2, {}),
  ];
  for (const sum of sums) assertEquals(sum.tolist(), [3, 5, 7]);
  assertEquals(x.sum(0, { keepdims: true }).shape, [1, 3]);
  assertEquals(np.sum(x, null).item(), 15);
  assertThrows(
    () => np.sum(x, 0, { axis: 1 }),
    TypeError,
    "sum() got multiple values for argument 'axis'",
  );
  assertThrows(
    () => np.max(x, { dtype: "int8" } as Record<never, never>),
    TypeError,
    "max() got an unexpected keyword argument 'dtype'",
  );
});

Deno.test("sums of narrow integers and half floats don't overflow or stick", () => {
  const bytes = np.array([100, 100, 100], { dtype: "int8" });
  assertEquals(np.sum(bytes).item(), 300);
  assertEquals(np.sum(bytes).dtype.name, "int32");
  assertEquals(np.sum(np.array([200, 200], { dtype: "uint8" })).dtype.name, "uint32");
  assertEquals(np.sum(np.array([true, true])).item(), 2);
  assertEquals(np.sum(bytes, { promoteIntegers: false }).item(), 44);
  // In half precision, 2048 + 1 is 2048.
  const ones = np.ones(4000, { dtype: "float16" });
  assertEquals(np.sum(ones).item(), 4000);
  assertEquals(np.mean(ones).dtype.name, "float16");
});

Deno.test("NaN wins a maximum, and its position", () => {
  const x = np.array([1, NaN, 3]);
  assertEquals(np.max(x).item(), NaN);
  assertEquals(np.argmax(x).item(), 1);
  assertEquals(np.argmin(x).item(), 1);
});

Deno.test("the first of equal extremes counts", () => {
  repeat(20, (random) => {
    const x = random.array(random.shape(1, 3, 1, 4), -1, 1);
    const axis = random.int(0, x.shape.length - 1);
    const expected = reduceNaively(x, [axis], false, (list) => list.indexOf(Math.max(...list)));
    assertGives((x) => np.argmax(x, axis), [toArray(x)], expected, JSON.stringify(x));
    const flat = build([], () => x.data.indexOf(Math.min(...x.data)));
    assertGives((x) => np.argmin(x), [toArray(x)], flat, JSON.stringify(x));
  });
  assertEquals(np.argmax(np.ones([2, 3]), { keepdims: true }).shape, [1, 1]);
});

Deno.test("reductions leave NaN out by name", () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(NaN)), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(fc.property(numbers, (list) => {
    const x = np.array(list, { dtype: "float32" });
    const rest = list.filter((n) => !Number.isNaN(n));
    const none = rest.length === 0;
    // The sign of a zero product is not what this is about.
    assertEquals(np.nansum(x).item(), folds.sum(rest));
    assertEquals(Number(np.nanprod(x).item()) + 0, folds.prod(rest) + 0);
    assertEquals(np.nanmax(x).item(), none ? NaN : folds.max(rest));
    assertEquals(np.nanmin(x).item(), none ? NaN : folds.min(rest));
    assertEquals(np.nanargmax(x).item(), none ? -1 : list.indexOf(folds.max(rest)));
    assertEquals(np.nanargmin(x).item(), none ? -1 : list.indexOf(folds.min(rest)));
    assertEquals(
      np.nancumsum(x).tolist(),
      list.map((_, i) => folds.sum(list.slice(0, i + 1).filter((n) => !Number.isNaN(n)))),
    );
  }));
});

Deno.test("cumulative sums and products go along an axis, or all elements", () => {
  repeat(20, (random) => {
    const x = random.array(random.shape(1, 3, 1, 3), -2, 2);
    const axis = random.int(0, x.shape.length - 1);
    const upTo = (f: Fold) =>
      build(
        x.shape,
        (index) =>
          f(range(index[axis] + 1).map((k) => at(x, index.map((n, i) => i === axis ? k : n)))),
      );
    assertGives((x) => np.cumsum(x, axis), [toArray(x)], upTo(folds.sum), JSON.stringify(x));
    assertGives((x) => np.cumprod(x, axis), [toArray(x)], upTo(folds.prod), JSON.stringify(x));
    const flat = build([x.data.length], ([i]) => folds.sum(x.data.slice(0, i + 1)));
    assertGives((x) => np.cumsum(x), [toArray(x)], flat, JSON.stringify(x));
  });
});

Deno.test("`np.cumulativeSum()` may begin with the sum of nothing", () => {
  const x = np.array([[1, 2], [3, 4]], { dtype: "int8" });
  const sums = np.cumulativeSum(x, { axis: 1, includeInitial: true });
  assertEquals(sums.tolist(), [[0, 1, 3], [0, 3, 7]]);
  assertEquals(sums.dtype.name, "int32");
  assertThrows(() => np.cumulativeSum(x), RangeError, "axis was not set to an explicit value");
  assertThrows(() => np.cumulativeProd(3), RangeError, "The input must be non-scalar");
});

Deno.test("reductions of nothing give the identity, or throw for want of one", () => {
  const x = np.zeros([0, 3]);
  assertEquals(np.sum(x, 0).tolist(), [0, 0, 0]);
  assertEquals(np.prod(x).item(), 1);
  assertEquals(np.all(x).item(), true);
  assertEquals(np.max(x, 1).shape, [0]);
  assertEquals(np.max(x, { initial: 2 }).item(), 2);
  const noIdentity = "zero-size array to reduction operation max which has no identity";
  assertThrows(() => np.max(x), RangeError, noIdentity);
  assertThrows(() => jit((x: NDArray) => np.max(x, 0))(x), RangeError, noIdentity);
  assertThrows(() => np.argmax(x), RangeError, "attempt to get argmax of an empty sequence");
});

Deno.test("wrong axes and masks get JAX's errors", () => {
  const x = np.ones([2, 3]);
  const outside = "axis 5 is out of bounds for array of dimension 2";
  assertThrows(() => np.sum(x, 5), RangeError, outside);
  assertThrows(() => np.argmax(x, 5), RangeError, outside);
  assertThrows(() => np.cumsum(x, 5), RangeError, outside);
  assertThrows(() => np.sum(x, [0, -2]), RangeError, "duplicate value in 'axis': (0, 0)");
  assertThrows(
    () => np.sum(x, { where: x }),
    RangeError,
    "np.sum: where must be None or a boolean array; got where.dtype=dtype('float32').",
  );
  assertThrows(
    () => np.max(x, { where: np.greater(x, 0) }),
    RangeError,
    "reduction operation max does not have an identity, so to use a where mask one has to " +
      "specify 'initial'",
  );
  assertThrows(
    () => np.sum(x, { initial: np.ones(2) }),
    RangeError,
    "initial value must be a scalar. Got array of shape (2,)",
  );
  assertThrows(
    () => np.sum([1, 2] as unknown as NDArray),
    TypeError,
    "sum requires ndarray or scalar arguments, got",
  );
});

/** `jax.make_jaxpr(norm)(jnp.ones((4, 3)))`, printed by JAX 0.10.2. */
const NORM_PROGRAM = `let _var = { lambda ; a:f32[4,3] b:i32[]. let
    c:f32[3] = reduce_sum[axes=(0,) out_sharding=None] a
    d:f32[1,3] = broadcast_in_dim[broadcast_dimensions=(1,)] c
    e:f32[1,3] = div d 4.0:f32[]
    f:f32[4,3] = sub a e
    g:f32[4,3] = square f
    h:f32[] = convert_element_type[new_dtype=float32 weak_type=False] b
    i:f32[] = sub 4.0:f32[] h
    j:f32[3] = reduce_sum[axes=(0,) out_sharding=None] g
    k:f32[3] = div j i
    l:bool[] = gt i 0.0:f32[]
    m:f32[3] = jit[
      name=_where
      jaxpr={ lambda ; l:bool[] k:f32[3] n:f32[]. let
          o:f32[] = convert_element_type[new_dtype=float32 weak_type=False] n
          p:f32[3] = broadcast_in_dim o
          m:f32[3] = select_n l p k
        in (m,) }
    ] l k nan:f32[]
  in (m,) } in
{ lambda ; q:f32[4,3]. let
    r:f32[3] = reduce_sum[axes=(0,) out_sharding=None] q
    s:f32[3] = div r 4.0:f32[]
    t:f32[1,3] = broadcast_in_dim[broadcast_dimensions=(1,)] s
    u:f32[4,3] = sub q t
    v:f32[3] = jit[
      name=_std
      jaxpr={ lambda ; u:f32[4,3] w:i32[]. let
          x:f32[3] = jit[name=_var jaxpr=_var] u w
          v:f32[3] = sqrt x
        in (v,) }
    ] u 0:i32[]
    y:f32[1,3] = broadcast_in_dim[broadcast_dimensions=(1,)] v
    z:f32[4,3] = div u y
  in (z,) }`;

Deno.test("the page's `norm` is JAX's program", () => {
  const norm = (x: NDArray) => {
    const centered = np.subtract(x, np.mean(x, 0));
    return np.divide(centered, np.std(centered, 0));
  };
  assertEquals(String(makeJaxpr(norm)(np.ones([4, 3]))), NORM_PROGRAM);
  const x = np.array([[1, 2], [3, 6]]);
  assertEquals(norm(x).tolist(), [[-1, -1], [1, 1]]);
  assertEquals((jit(norm)(x) as NDArray).tolist(), [[-1, -1], [1, 1]]);
});

Deno.test("`np.ptp()` and `np.countNonzero()` reduce along axes", () => {
  const x = np.array([[3, 0, -1], [0, 7, 2]]);
  assertEquals(np.ptp(x, 0).tolist(), [3, 7, 3]);
  assertEquals(np.ptp(x, { keepdims: true }).tolist(), [[8]]);
  assertEquals(np.countNonzero(x, 1).tolist(), [2, 2]);
  assertAlmostEquals(Number(np.ptp(np.array([0.25, 1])).item()), 0.75);
});
