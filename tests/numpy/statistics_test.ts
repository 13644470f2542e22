import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { jit, numpy as np } from "../../mod.ts";
import { ConcretizationTypeError } from "../../core/errors.ts";
import { range } from "../../core/aval.ts";
import type { NDArray } from "../../core/trace.ts";
import { fromArray, repeat, toArray } from "../lax/naive.ts";

const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const meanOf = (list: readonly number[]) => total(list) / list.length;
const varianceOf = (list: readonly number[], ddof = 0) =>
  total(list.map((x) => (x - meanOf(list)) ** 2)) / (list.length - ddof);

function assertClose(got: NDArray, expected: readonly number[], what = "", tolerance = 1e-4): void {
  const list = fromArray(got).data;
  assertEquals(list.length, expected.length, what);
  list.forEach((x, i) => {
    if (Number.isNaN(expected[i])) assertEquals(x, NaN, what);
    else assertAlmostEquals(x, expected[i], tolerance, what);
  });
}

const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 8 });
const float = (list: readonly number[]) => np.array(list, { dtype: "float32" });

Deno.test("mean, variance and standard deviation are those of the textbook", () => {
  fc.assert(fc.property(numbers, fc.integer({ min: 0, max: 1 }), (list, ddof) => {
    const enough = list.length > ddof;
    const variance = enough ? varianceOf(list, ddof) : NaN;
    for (const x of [float(list), np.array(list, { dtype: "int32" })]) {
      assertClose(np.mean(x), [meanOf(list)]);
      assertClose(np.var(x, { ddof }), [variance], "var", 1e-3);
      assertClose(np.std(x, { correction: ddof }), [Math.sqrt(variance)], "std", 1e-3);
      assertEquals(np.mean(x).dtype.name, "float32");
    }
  }));
});

Deno.test("means and variances leave out what `where` or NaN leaves out", () => {
  const entries = fc.array(
    fc.record({ value: fc.integer({ min: -9, max: 9 }), on: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 7,
    },
  );
  fc.assert(fc.property(entries, (list) => {
    const chosen = list.filter((e) => e.on).map((e) => e.value);
    const [mean, variance] = [meanOf(chosen), varianceOf(chosen)];
    const x = float(list.map((e) => e.value));
    const where = np.array(list.map((e) => e.on), { dtype: "bool" });
    assertClose(np.mean(x, { where }), [mean]);
    assertClose(np.var(x, { where }), [variance], "var");
    const holes = float(list.map((e) => e.on ? e.value : NaN));
    assertClose(np.nanmean(holes), [mean]);
    assertClose(np.nanvar(holes), [variance], "nanvar");
    assertClose(np.nanstd(holes), [Math.sqrt(variance)], "nanstd");
  }));
});

Deno.test("statistics go along axes and keep them on demand", () => {
  const x = np.array([[1, 2, 3], [4, 6, 8]]);
  assertEquals(np.mean(x, 0).tolist(), [2.5, 4, 5.5]);
  assertEquals(x.mean(1, { keepdims: true }).tolist(), [[2], [6]]);
  assertEquals(np.var(x, { axis: 0 }).tolist(), [2.25, 4, 6.25]);
  assertEquals(x.std(0).tolist(), [1.5, 2, 2.5]);
  assertEquals(np.median(x, [0, 1], { keepdims: true }).tolist(), [[3.5]]);
  assertEquals(np.var(x, 1, { mean: np.mean(x, 1, { keepdims: true }) }).shape, [2]);
});

Deno.test("dtypes of means and variances", () => {
  const z = np.array([{ re: 1, im: 1 }, { re: 1, im: -1 }]);
  assertEquals(np.var(z).dtype.name, "float32");
  assertEquals(np.var(z).item(), 1);
  assertEquals(np.mean(np.array([true, false])).item(), 0.5);
  assertEquals(np.std(np.ones(3, { dtype: "float16" })).dtype.name, "float16");
  assertEquals(np.mean(np.arange(4), { dtype: "int32" }).item(), 1);
  assertThrows(() => np.var(z, { dtype: "float32" }), RangeError, "real dtype parameters");
  assertThrows(() => np.std(z, { dtype: "int32" }), RangeError, "must be inexact; got int32");
  assertThrows(
    () => np.std(z, { ddof: 1, correction: 1 }),
    RangeError,
    "ddof and correction can't be provided simultaneously.",
  );
  assertEquals(np.mean(np.zeros(0)).item(), NaN);
});

Deno.test("`np.average()` weighs elements, or positions along axes", () => {
  const x = np.array([[1, 2, 3], [4, 5, 6]]);
  assertEquals(np.average(x).item(), 3.5);
  assertEquals(np.average(x, { weights: x }).item(), Math.fround(91 / 21));
  assertEquals(np.average(x, 1, np.array([1, 0, 1])).tolist(), [2, 5]);
  assertEquals(np.average(x, [1, 0], np.array([[1, 0], [0, 0], [0, 1]])).item(), 3.5);
  const [mean, weights] = np.average(x, 0, np.array([1, 3]), { returned: true });
  assertEquals(mean.tolist(), [3.25, 4.25, 5.25]);
  assertEquals(weights.tolist(), [4, 4, 4]);
  assertThrows(
    () => np.average(x, { weights: np.ones(3) }),
    RangeError,
    "Axis must be specified when shapes of a and weights differ.",
  );
  assertThrows(
    () => np.average(x, 0, np.ones(3)),
    RangeError,
    "Shape of weights must be consistent with shape of a along specified axis.",
  );
});

// -- quantiles --------------------------------------------------------------------------------

const methods = ["linear", "lower", "higher", "midpoint", "nearest"] as const;

function quantileNaively(list: readonly number[], q: number, method: typeof methods[number]) {
  const sorted = [...list].sort((a, b) => a - b);
  const position = Math.fround(Math.fround(q) * (sorted.length - 1));
  const [low, high] = [Math.floor(position), Math.ceil(position)];
  const share = position - low;
  const [a, b] = [sorted[low], sorted[high]];
  switch (method) {
    case "linear":
      return a * (1 - share) + b * share;
    case "lower":
      return a;
    case "higher":
      return b;
    case "midpoint":
      return (a + b) / 2;
    case "nearest":
      return share <= 0.5 ? a : b;
  }
}

Deno.test("quantiles lie among the sorted elements as each method says", () => {
  const share = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);
  fc.assert(
    fc.property(numbers, fc.array(share, { maxLength: 3 }), fc.boolean(), (list, qs, holes) => {
      const x = float(holes ? [NaN, ...list, NaN] : list);
      const [f, percent] = holes
        ? [np.nanquantile, np.nanpercentile]
        : [np.quantile, np.percentile];
      for (const method of methods) {
        const expected = qs.map((q) => quantileNaively(list, q, method));
        assertClose(f(x, float(qs), { method }), expected, method);
        const [q = 0.5] = qs;
        const one = [quantileNaively(list, q, method)];
        assertClose(f(x, q, 0, { method, keepdims: true }), one, method);
        if (method === "linear") assertClose(percent(x, 100 * q), one, "percentile", 1e-3);
      }
      const middle = [quantileNaively(list, 0.5, "midpoint")];
      assertClose((holes ? np.nanmedian : np.median)(x), middle, "median");
    }),
  );
});

Deno.test("quantiles go along axes, shares first", () => {
  const x = np.array([[3, 1, 2], [9, 7, 8]]);
  const q = np.array([0, 0.5, 1]);
  assertEquals(np.quantile(x, q, 1).tolist(), [[1, 7], [2, 8], [3, 9]]);
  assertEquals(np.quantile(x, q, 1, { keepdims: true }).shape, [3, 2, 1]);
  assertEquals(np.quantile(x, 0.5, [0, 1]).item(), 5);
  assertEquals(np.quantile(x, q, [1, 0], { keepdims: true }).shape, [3, 1, 1]);
  assertEquals(np.quantile(x, 1).item(), 9);
  assertEquals((jit((x: NDArray) => np.percentile(x, 50, 0))(x) as NDArray).tolist(), [6, 4, 5]);
});

Deno.test("one NaN makes a quantile NaN, but not its neighbours along other axes", () => {
  const x = np.array([[1, NaN], [3, 4]]);
  assertEquals(np.median(x, 0).tolist(), [2, NaN]);
  assertEquals(np.nanmedian(x, 0).tolist(), [2, 4]);
  assertEquals(np.nanmedian(np.array([NaN, NaN])).item(), NaN);
  assertEquals(np.median(x, 0, { keepdims: true }).shape, [1, 2]);
});

Deno.test('method "inverted_cdf" counts weights', () => {
  fc.assert(fc.property(numbers, fc.integer({ min: 1, max: 16 }), (list, n) => {
    const weights = list.map((_, i) => 1 + i % 3);
    // Each element as often as its weight says: the first that the share doesn't pass.
    const repeated = list.flatMap((x, i) => Array<number>(weights[i]).fill(x))
      .sort((a, b) => a - b);
    const target = n / 16 * repeated.length;
    const expected = repeated[Math.ceil(target) - 1];
    const options = { method: "inverted_cdf", weights: float(weights) } as const;
    assertClose(np.quantile(float(list), n / 16, options), [expected]);
  }));
  const x = float([1, 2, NaN]);
  assertEquals(np.quantile(x, 0.5, { method: "inverted_cdf" }).item(), NaN);
  assertEquals(np.nanquantile(x, 0.5, { method: "inverted_cdf" }).item(), 1);
  assertThrows(
    () => np.quantile(x, 0.5, { weights: x }),
    TypeError,
    "linear doesn't support weights. Only method 'inverted_cdf' supports weights.",
  );
});

Deno.test("bad quantiles get JAX's errors", () => {
  const x = np.ones([2, 3]);
  assertThrows(() => np.quantile(x, np.ones([2, 2])), RangeError, "q must be have rank <= 1");
  assertThrows(
    () => np.quantile(x, 0.5, { method: "foo" as "linear" }),
    RangeError,
    "method can only be 'linear', 'lower', 'higher', 'midpoint', 'nearest' or 'inverted_cdf'",
  );
  assertThrows(
    () => np.percentile(x, 50, 5),
    RangeError,
    "axis 5 is out of bounds for array of dimension 2",
  );
  assertThrows(
    () => np.median(np.array([{ re: 1, im: 1 }])),
    RangeError,
    "quantile does not support complex input, as the operation is poorly defined.",
  );
});

// -- histograms -------------------------------------------------------------------------------

function countNaively(list: readonly number[], edges: readonly number[], w: readonly number[]) {
  const last = edges.length - 2;
  return range(last + 1).map((i) =>
    total(list.map((x, k) => {
      const inside = x >= edges[i] && (i === last ? x <= edges[i + 1] : x < edges[i + 1]);
      return inside ? w[k] : 0;
    }))
  );
}

Deno.test("`np.histogram()` counts the elements between edges", () => {
  const bins = fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 5 });
  fc.assert(fc.property(numbers, bins, (list, unsorted) => {
    const edges = [...unsorted].sort((a, b) => a - b);
    const weights = list.map((_, i) => 1 + i % 2);
    const [counts, given] = np.histogram(float(list), float(edges), { weights: float(weights) });
    assertClose(counts, countNaively(list, edges, weights));
    assertEquals(given.tolist(), edges);
    const [density] = np.histogram(float(list), float(edges), { density: true });
    const ones = countNaively(list, edges, list.map(() => 1));
    assertClose(density, ones.map((n, i) => n / (edges[i + 1] - edges[i]) / total(ones)));
  }));
});

Deno.test("`np.histogram()` makes bins of equal width", () => {
  const x = np.array([0, 1, 1, 4]);
  const [counts, edges] = np.histogram(x, 4);
  assertEquals(counts.tolist(), [1, 2, 0, 1]);
  assertEquals(edges.tolist(), [0, 1, 2, 3, 4]);
  assertEquals(np.histogram(x, 2, [0, 2])[0].tolist(), [1, 2]);
  assertEquals(np.histogramBinEdges(np.ones(3), 2).tolist(), [0.5, 1, 1.5]);
  assertEquals(np.histogram(x)[0].shape, [10]);
  assertThrows(() => np.histogram(x, 2, [0] as never), RangeError, "`range` must be either None");
  assertThrows(() => np.histogram(x, "auto" as never), TypeError, "string values for `bins`");
  assertThrows(
    () => np.histogram(x, 2, { weights: np.ones(3) }),
    RangeError,
    "weights should have the same shape as a.",
  );
});

Deno.test("`np.histogramdd()` counts in boxes", () => {
  repeat(15, (random, seed) => {
    const sample = random.array([random.int(1, 6), 2], -3, 3);
    const edges = [[-3, 0, 2], [-2, -1, 1, 3]];
    const rows = range(sample.shape[0]).map((i) => sample.data.slice(2 * i, 2 * i + 2));
    const inBox = ([x, y]: number[], i: number, j: number) =>
      countNaively([x], edges[0], [1])[i] * countNaively([y], edges[1], [1])[j];
    const expected = range(2).flatMap((i) =>
      range(3).map((j) => total(rows.map((row) => inBox(row, i, j))))
    );
    const bins = edges.map(float);
    const x = toArray(sample, "float32");
    assertClose(np.histogramdd(x, bins)[0], expected, `seed ${seed}`);
    const columns = [0, 1].map((k) => float(rows.map((row) => row[k])));
    assertClose(np.histogram2d(columns[0], columns[1], bins)[0], expected, `seed ${seed}`);
  });
  const x = np.arange(6).reshape(3, 2);
  assertThrows(() => np.histogramdd(x, [1]), RangeError, "should be a bin for each dimension.");
  assertThrows(
    () => np.histogramdd(x, 2, { weights: np.ones(2) }),
    RangeError,
    "should have one weight for each sample.",
  );
});

Deno.test("`np.bincount()` counts small integers", () => {
  const small = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 8 });
  fc.assert(fc.property(small, fc.integer({ min: 0, max: 9 }), (list, length) => {
    const x = np.array(list, { dtype: "int32" });
    const count = (n: number) => range(n).map((k) => list.filter((m) => m === k).length);
    assertEquals(np.bincount(x, { length }).tolist(), count(length));
    const longest = Math.max(...list, -1) + 1;
    assertEquals(np.bincount(x, { minlength: 3 }).tolist(), count(Math.max(longest, 3)));
    const weights = float(list.map((_, i) => i));
    const sums = range(length).map((k) => total(list.map((m, i) => m === k ? i : 0)));
    assertEquals(np.bincount(x, weights, { length }).tolist(), sums);
  }));
  const counts = jit((x: NDArray) => np.bincount(x, { length: 3 }))(np.array([1, 1, 5])) as NDArray;
  assertEquals(counts.tolist(), [0, 2, 0]);
  assertThrows(
    () => jit((x: NDArray) => np.bincount(x))(np.array([1])),
    ConcretizationTypeError,
    "pass a static `length` argument.",
  );
  assertThrows(() => np.bincount(np.ones(2)), TypeError, "must have an integer type; got float32");
  assertThrows(() => np.bincount(np.arange(4).reshape(2, 2)), RangeError, "only 1-dimensional");
});

// -- covariance, differences, interpolation ---------------------------------------------------

Deno.test("`np.cov()` and `np.corrcoef()` are those of the textbook", () => {
  repeat(15, (random, seed) => {
    const [n, m] = [random.int(1, 3), random.int(2, 5)];
    const x = random.array([n, m]);
    const rows = range(n).map((i) => x.data.slice(i * m, i * m + m));
    const covariance = (i: number, j: number) =>
      total(rows[i].map((v, k) => (v - meanOf(rows[i])) * (rows[j][k] - meanOf(rows[j])))) /
      (m - 1);
    const pairs = range(n).flatMap((i) => range(n).map((j): [number, number] => [i, j]));
    const array = toArray(x, "float32");
    assertClose(np.cov(array), pairs.map(([i, j]) => covariance(i, j)), `seed ${seed}`);
    assertClose(np.cov(array.T, { rowvar: false }), fromArray(np.cov(array)).data);
    if (rows.some((row) => varianceOf(row) === 0)) return;
    const correlations = pairs.map(([i, j]) =>
      covariance(i, j) / Math.sqrt(covariance(i, i) * covariance(j, j))
    );
    assertClose(np.corrcoef(array), correlations, `seed ${seed}`);
  });
});

Deno.test("`np.cov()` repeats and weighs observations", () => {
  const x = np.array([[1, 2, 4], [3, 1, 1]]);
  const repeated = np.array([[1, 2, 2, 4], [3, 1, 1, 1]]);
  assertClose(np.cov(x, { fweights: np.array([1, 2, 1]) }), fromArray(np.cov(repeated)).data);
  const aweights = np.array([1, 2, 1]);
  const biased = { bias: true };
  assertClose(np.cov(x, { aweights, ...biased }), fromArray(np.cov(repeated, biased)).data);
  assertThrows(() => np.cov(x, { fweights: np.ones(3) }), TypeError, "fweights must be integer.");
  assertThrows(
    () => np.cov(x, { aweights: np.ones(2) }),
    RangeError,
    "incompatible numbers of samples and aweights",
  );
  assertThrows(() => np.cov(np.ones([1, 1, 1])), RangeError, "m has more than 2 dimensions");
});

Deno.test("`np.diff()` and `np.ediff1d()` take differences of neighbours", () => {
  fc.assert(fc.property(numbers, fc.integer({ min: 0, max: 3 }), (list, n) => {
    const diff = (list: number[]) => list.slice(1).map((x, i) => x - list[i]);
    let expected = [...list];
    for (const _ of range(n)) expected = diff(expected);
    const x = np.array(list, { dtype: "int32" });
    assertEquals(np.diff(x, n).tolist(), expected);
    assertEquals(np.diff(x, { prepend: 1, append: 2 }).tolist(), diff([1, ...list, 2]));
    assertEquals(np.ediff1d(x, { toBegin: 1, toEnd: 2 }).tolist(), [1, ...diff(list), 2]);
  }));
  const x = np.array([[1, 2], [4, 8]]);
  assertEquals(np.diff(x, { axis: 0 }).tolist(), [[3, 6]]);
  assertEquals(np.diff(np.array([true, true, false])).tolist(), [false, true]);
  assertThrows(() => np.diff(x, -1), RangeError, "order must be non-negative but got -1");
  assertThrows(
    () => np.diff(3),
    RangeError,
    "diff requires input that is at least one dimensional",
  );
});

Deno.test("`np.gradient()` is exact for parabolas inside", () => {
  const positions = np.array([0, 1, 1.5, 3, 5]);
  const parabola = np.multiply(positions, positions);
  const slope = np.gradient(parabola, positions, { axis: 0 });
  assertClose(slope, [1, 2, 3, 6, 8]);
  const [rows, columns] = np.gradient(np.array([[1, 2, 4], [2, 4, 8]]), 2) as NDArray[];
  assertEquals(rows.tolist(), [[0.5, 1, 2], [0.5, 1, 2]]);
  assertEquals(columns.tolist(), [[0.5, 0.75, 1], [1, 1.5, 2]]);
  const tooSmall = "Shape of array too small to calculate a numerical gradient";
  assertThrows(() => np.gradient(np.ones(1)), RangeError, tooSmall);
  assertThrows(() => np.gradient(positions, 1, 2), TypeError, "Invalid number of spacing");
  assertThrows(() => np.gradient(positions, np.ones(2)), RangeError, "Spacing arrays must have");
});

Deno.test("`np.trapezoid()` integrates broken lines", () => {
  fc.assert(fc.property(numbers, (list) => {
    const x = range(list.length).map((i) => i * i);
    const areas = (at: number[]) =>
      total(list.slice(1).map((y, i) => (y + list[i]) / 2 * (at[i + 1] - at[i])));
    assertClose(np.trapezoid(float(list), float(x)), [areas(x)]);
    assertClose(np.trapezoid(float(list), { dx: 2 }), [
      areas(range(list.length).map((i) => 2 * i)),
    ]);
  }));
  const y = np.array([[1, 2], [3, 4]]);
  assertEquals(np.trapezoid(y, { axis: 0 }).tolist(), [2, 3]);
  assertEquals(np.trapezoid(y, np.array([0, 2]), { axis: 0 }).tolist(), [4, 6]);
});

Deno.test("`np.interp()` goes straight from sample to sample", () => {
  const [xp, fp] = [[-2, 0, 1, 5], [3, -1, 4, 0]];
  const naive = (x: number) => {
    if (x <= xp[0]) return fp[0];
    const i = xp.findIndex((p) => p >= x);
    if (i < 0) return fp[3];
    const share = (x - xp[i - 1]) / (xp[i] - xp[i - 1]);
    return fp[i - 1] + share * (fp[i] - fp[i - 1]);
  };
  fc.assert(fc.property(fc.array(fc.integer({ min: -16, max: 30 }), { minLength: 1 }), (list) => {
    const x = list.map((n) => n / 4);
    assertClose(np.interp(float(x), float(xp), float(fp)), x.map(naive));
  }));
  const at = (x: number, options: Parameters<typeof np.interp>[3]) =>
    Number(np.interp(x, float(xp), float(fp), options).item());
  assertEquals(at(-3, { left: 7 }), 7);
  assertEquals(at(6, { right: -7 }), -7);
  assertEquals(at(-3, { left: "extrapolate" }), 5);
  assertEquals(at(-3.5, { period: 8 }), at(4.5, { period: 8 }));
  assertEquals(at(NaN, {}), NaN);
  assertThrows(() => np.interp(1, float(xp), float([1])), RangeError, "one-dimensional arrays of");
  assertThrows(() => at(1, { left: "wrap" as "extrapolate" }), RangeError, "the only valid string");
});

Deno.test("`np.unwrap()` leaves no jump of more than half a period", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1 }), (list) => {
    const phases = float(list.map((n) => n / 4));
    const smooth = fromArray(np.unwrap(phases)).data;
    smooth.slice(1).forEach((x, i) => {
      if (Math.abs(x - smooth[i]) > Math.PI + 1e-4) throw new Error(`a jump at ${i}: ${smooth}`);
      const turns = (x - list[i + 1] / 4) / (2 * Math.PI);
      assertAlmostEquals(turns, Math.round(turns), 1e-4);
    });
  }));
  const cycles = np.array([0, 3, 1, 3, 2]);
  assertEquals(np.unwrap(cycles, { period: 3 }).tolist(), [0, 0, 1, 2, 1]);
  assertEquals(np.unwrap(cycles, { period: 3 }).dtype.name, "int32");
  assertThrows(() => np.unwrap({ re: 1, im: 1 }), RangeError, "does not support complex inputs.");
});
