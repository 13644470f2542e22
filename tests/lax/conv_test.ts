import { assertEquals, assertThrows } from "@std/assert";
import { lax } from "../../mod.ts";
import { range } from "../../core/aval.ts";
import type { NDArray } from "../../core/trace.ts";
import {
  assertGives,
  at,
  build,
  indices,
  type Naive,
  type Random,
  repeat,
  toArray,
} from "./naive.ts";

/** A convolution to be done; its lists have one entry for each axis of space. */
interface Problem {
  readonly x: Naive;
  readonly w: Naive;
  readonly strides: number[];
  readonly padding: [number, number][];
  readonly lhsDilation: number[];
  readonly rhsDilation: number[];
  readonly featureGroupCount: number;
  readonly batchGroupCount: number;
  readonly lhsSpec: number[];
  readonly rhsSpec: number[];
  readonly outSpec: number[];
}

function problem(random: Random): Problem {
  const k = random.int(0, 3);
  const space = (lo: number, hi: number) => range(k).map(() => random.int(lo, hi));
  const size = k === 3 ? 3 : 5;
  const groups = random.int(1, 2);
  const [featureGroupCount, batchGroupCount] = random.chance() ? [groups, 1] : [1, groups];
  const inputs = random.int(1, 2), outputs = groups * random.int(1, 2);
  const lhs = [batchGroupCount * random.int(1, 2), featureGroupCount * inputs, ...space(1, size)];
  const rhs = [outputs, inputs, ...space(1, 3)];
  const spec = () => random.shuffle(range(k + 2));
  const lay = (lengths: number[], spec: number[]) => {
    const shape: number[] = [];
    spec.forEach((d, i) => shape[d] = lengths[i]);
    return random.array(shape, -4, 4);
  };
  const lhsSpec = spec(), rhsSpec = spec(), outSpec = spec();
  const lhsDilation = space(1, 3);
  return {
    x: lay(lhs, lhsSpec),
    w: lay(rhs, rhsSpec),
    strides: space(1, 3),
    padding: range(k).map((i): [number, number] => {
      const n = (lhs[i + 2] - 1) * lhsDilation[i] + 1;
      const lo = random.int(-1, 3);
      return [lo, random.int(Math.max(-1, -n - lo), 3)];
    }),
    lhsDilation,
    rhsDilation: space(1, 2),
    featureGroupCount,
    batchGroupCount,
    lhsSpec,
    rhsSpec,
    outSpec,
  };
}

/** Every product of an element and a weight, for every element of the result. */
function convolve(p: Problem): Naive {
  const { x, w, lhsSpec, rhsSpec, outSpec } = p;
  const read = (a: Naive, spec: number[], index: number[]) => {
    const inner: number[] = [];
    spec.forEach((d, i) => inner[d] = index[i]);
    return at(a, inner);
  };
  const lhs = lhsSpec.map((d) => x.shape[d]), rhs = rhsSpec.map((d) => w.shape[d]);
  const [outputs, inputs, ...window] = rhs;
  const batch = lhs[0] / p.batchGroupCount;
  const out = [
    batch,
    outputs,
    ...window.map((k, i) => {
      const padded = (lhs[i + 2] - 1) * p.lhsDilation[i] + 1 + p.padding[i][0] + p.padding[i][1];
      const extent = (k - 1) * p.rhsDilation[i] + 1;
      return Math.max(Math.floor((padded - extent) / p.strides[i]) + 1, 0);
    }),
  ];
  const shape: number[] = [];
  outSpec.forEach((d, i) => shape[d] = out[i]);
  return build(shape, (index) => {
    const [n, o, ...place] = outSpec.map((d) => index[d]);
    const featureGroup = Math.floor(o / (outputs / p.featureGroupCount));
    const batchGroup = Math.floor(o / (outputs / p.batchGroupCount));
    let sum = 0;
    for (const i of range(inputs)) {
      for (const k of indices(window)) {
        const dilated = place.map((q, s) =>
          q * p.strides[s] + k[s] * p.rhsDilation[s] - p.padding[s][0]
        );
        const inside = dilated.every((q, s) =>
          q >= 0 && q % p.lhsDilation[s] === 0 && q / p.lhsDilation[s] < lhs[s + 2]
        );
        if (!inside) continue;
        const from = dilated.map((q, s) => q / p.lhsDilation[s]);
        sum += read(x, lhsSpec, [batchGroup * batch + n, featureGroup * inputs + i, ...from]) *
          read(w, rhsSpec, [o, i, ...k]);
      }
    }
    return sum;
  });
}

Deno.test("`lax.convGeneralDilated()` with anything is seven loops", () => {
  repeat(150, (random, seed) => {
    const p = problem(random);
    const { x, w, strides, padding, lhsSpec, rhsSpec, outSpec, ...options } = p;
    const f = (x: NDArray, w: NDArray) =>
      lax.convGeneralDilated(x, w, strides, padding, {
        ...options,
        dimensionNumbers: { lhsSpec, rhsSpec, outSpec },
      });
    const what = `seed ${seed}: ${JSON.stringify(p)}`;
    for (const dtype of ["float32", "int32"] as const) {
      assertGives(f, [toArray(x, dtype), toArray(w, dtype)], convolve(p), what);
    }
  });
});

Deno.test("convolution of the page gives what it prints", () => {
  const x = toArray({ shape: [1, 1, 10], data: range(10).map(() => 1) }, "float32");
  const w = toArray({ shape: [1, 1, 3], data: [1, 2, 1] }, "float32");
  const y = lax.convGeneralDilated(x, w, [1], [[2, 2]]);
  assertEquals(lax.squeeze(y, [0, 1]).tolist(), [1, 3, 4, 4, 4, 4, 4, 4, 4, 4, 3, 1]);
});

Deno.test("`lax.padtypeToPads()` puts an odd element where JAX does", () => {
  assertEquals(lax.padtypeToPads([5, 6], [2, 3], [2, 2], "same"), [[0, 1], [0, 1]]);
  assertEquals(lax.padtypeToPads([5, 6], [2, 3], [2, 2], "SAME_LOWER"), [[1, 0], [1, 0]]);
  assertEquals(lax.padtypeToPads([5, 6], [2, 3], [2, 2], "VALID"), [[0, 0], [0, 0]]);
  assertEquals(lax.padtypeToPads([5], [1], [3], "SAME"), [[0, 0]]);
});

Deno.test("`lax.convDimensionNumbers()` reads strings", () => {
  const specs = ["NHWC", "HWIO", "CNHW"] as const;
  assertEquals(lax.convDimensionNumbers([1, 2, 3, 4], [1, 2, 3, 4], specs), {
    lhsSpec: [0, 3, 1, 2],
    rhsSpec: [3, 2, 0, 1],
    outSpec: [1, 0, 2, 3],
  });
});

Deno.test("`lax.convTranspose()` with `transposeKernel` undoes the shape of a convolution", () => {
  const specs = ["NCHW", "OIHW", "NCHW"] as const;
  repeat(30, (random, seed) => {
    const [k, s] = [random.int(1, 4), random.int(1, 3)];
    const x = toArray(random.array([1, 2, 3, 4]), "float32");
    const w = toArray(random.array([2, 3, k, k]), "float32");
    for (const padding of ["SAME", "VALID"] as const) {
      const y = lax.convTranspose(x, w, [s, s], padding, {
        dimensionNumbers: specs,
        transposeKernel: true,
      });
      const forward = lax.conv(y, w, [s, s], padding);
      assertEquals(forward.shape, [1, 2, 3, 4], `${padding}, seed ${seed}`);
    }
  });
  const x = toArray(build([2, 2, 4, 4], () => 1)), w = toArray(build([3, 2, 2, 2], () => 1));
  const shape = (strides: number[], options = {}) =>
    lax.convTranspose(x, w, strides, [[1, 1], [2, 2]], { dimensionNumbers: specs, ...options })
      .shape;
  assertEquals(shape([1, 1]), [2, 3, 5, 7]);
  assertEquals(shape([2, 1], { useConsistentPadding: true }), [2, 3, 6, 1]);
});

const x = toArray(build([2, 2, 4, 4], () => 1), "float32");
const w = toArray(build([3, 2, 2, 2], () => 1), "float32");
const conv = (options: object, padding: unknown = "VALID", strides = [1, 1]) =>
  lax.convGeneralDilated(x, w, strides, padding as "VALID", options);
const named = (...dimensionNumbers: unknown[]) => conv({ dimensionNumbers });
const ERRORS: readonly [() => unknown, new (m: string) => Error, string][] = [
  [
    () => lax.conv(x, lax.full([1, 1, 1], 1, "float32"), [1, 1], "SAME"),
    TypeError,
    "convolution requires lhs and rhs ndim to be equal, got 4 and 3.",
  ],
  [
    () => conv({}, "SAME", [1]),
    RangeError,
    "window and windowStrides must have the same number of dimensions, but got 2 and 1",
  ],
  [() => conv({}, "SAME", [0, 1]), RangeError, "positive stride for 0-th window dimension"],
  [
    () => conv({}, "FOO"),
    RangeError,
    "Unrecognized padding type: expected 'VALID', 'SAME', or 'SAME_LOWER', got FOO.",
  ],
  [
    () => conv({}, [[0, 0]]),
    TypeError,
    "Wrong number of explicit pads for convolution: expected 2, got 1.",
  ],
  [() => conv({}, [[0, 0, 0], [0, 0]]), RangeError, "a sequence of (low, high) pairs"],
  [() => conv({}, [[0.5, 0], [0, 0]]), RangeError, "a sequence of (low, high) pairs"],
  [
    () => conv({}, [[-5, 0], [0, 0]]),
    RangeError,
    "Negative padding is larger than the size of the corresponding dimension: got " +
    "padding=((-5, 0), (0, 0)) for lhs_shape[2:]=(4, 4)",
  ],
  [
    () => conv({ lhsDilation: [2, 1] }, "SAME"),
    RangeError,
    "String padding is not implemented for transposed convolution",
  ],
  [() => conv({ rhsDilation: [0, 1] }), TypeError, "All dilations must be positive, got (0, 1)."],
  [() => conv({ rhsDilation: [1] }), RangeError, "expects rhsDilation to have as many factors"],
  [() => conv({ featureGroupCount: 0 }), RangeError, "must be a positive integer, got 0."],
  [() => conv({ featureGroupCount: 3 }), RangeError, "but 3 does not divide 2."],
  [
    () => conv({ featureGroupCount: 2 }),
    RangeError,
    "lhs feature dimension size divided by featureGroupCount must equal the rhs input feature " +
    "dimension size, but 2 // 2 != 2.",
  ],
  [
    () =>
      lax.convGeneralDilated(x, lax.slice(w, [0, 0, 0, 0], [3, 1, 2, 2]), [1, 1], "SAME", {
        featureGroupCount: 2,
      }),
    RangeError,
    "must be a multiple of featureGroupCount, but 3 is not a multiple of 2.",
  ],
  [() => conv({ batchGroupCount: 0 }), RangeError, "must be a positive integer, got 0."],
  [() => conv({ batchGroupCount: 3 }), RangeError, "but 3 does not divide 2."],
  [() => conv({ batchGroupCount: 2 }), RangeError, "but 3 is not a multiple of 2."],
  [
    () =>
      lax.convGeneralDilated(x, lax.slice(w, [0, 0, 0, 0], [2, 1, 2, 2]), [1, 1], "SAME", {
        featureGroupCount: 2,
        batchGroupCount: 2,
      }),
    RangeError,
    "At most one of batchGroupCount and featureGroupCount may be > 1",
  ],
  [
    () => lax.conv(x, lax.convertElementType(w, "int32"), [1, 1], "SAME"),
    TypeError,
    "lax.conv_general_dilated requires arguments to have the same dtypes, got float32, int32.",
  ],
  [
    () => conv({ preferredElementType: "int32" }),
    TypeError,
    "Input type is incompatible with `preferredElementType`.",
  ],
  [() => conv({ preferredElementType: "float16" }), TypeError, "must not be narrower"],
  [() => named("NCHW", "OIHW"), TypeError, "must be length 3, got 2."],
  [() => named("NCHW", "OIHW", 3), TypeError, "must be strings, got (string, string, number)."],
  [
    () => named("NCHW", "OIHW", "NCH"),
    TypeError,
    "dimensionNumbers[2] must have len equal to the ndim of lhs and rhs, got 3 for lhs and rhs " +
    "shapes (2, 2, 4, 4) and (3, 2, 2, 2).",
  ],
  [
    () => named("NCHW", "OIHW", "NXHW"),
    TypeError,
    "dimensionNumbers[2] must contain the characters 'N' and 'C' exactly once, got NXHW.",
  ],
  [
    () => named("NCHH", "OIHW", "NCHW"),
    TypeError,
    "dimensionNumbers[0] cannot have duplicate characters, got NCHH.",
  ],
  [
    () => named("NCHD", "OIHW", "NCHW"),
    TypeError,
    "must each have the same set of spatial characters, got ('NCHD', 'OIHW', 'NCHW').",
  ],
  [() => conv({ dimensionNumbers: "NCHW" }), TypeError, 'must be a list or null, got "NCHW".'],
  [
    () =>
      lax.convTranspose(lax.full([1, 1, 1, 1, 1, 1], 1), lax.full([1, 1, 1, 1, 1, 1], 1), [
        1,
        1,
        1,
        1,
      ], "SAME"),
    RangeError,
    "No 4+ dimensional dimensionNumbers defaults.",
  ],
  [() => lax.convTranspose(x, lax.full([1], 1), [1], "SAME"), RangeError, "of equal rank"],
];
Deno.test("convolutions throw in JAX's words", () => {
  for (const [f, type, message] of ERRORS) assertThrows(f, type, message, String(f));
});
