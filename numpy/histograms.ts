/** Counts of elements: histograms of one or several variables, and of small integers. */
import { product, range, sameShape } from "../core/aval.ts";
import { bool, defaultDType, type DType, int32, isInteger } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { isTypedArray } from "../core/convert.ts";
import { readOptions } from "../core/options.ts";
import { toStaticInteger } from "../core/stage.ts";
import { Slice } from "../core/methods.ts";
import { type ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { asarray } from "./array.ts";
import { toArray, toArrays } from "./asarray.ts";
import { at } from "./at.ts";
import { equal } from "./comparison.ts";
import { toConcrete } from "./concrete.ts";
import { diff } from "./differences.ts";
import { getItem } from "./gathering.ts";
import {
  convertTo,
  promoteDTypesInexact,
  toInexact,
  toInexactDType,
  whereElse,
} from "./promotion.ts";
import { linspace } from "./ranges.ts";
import { max, min, ptp, sum } from "./reductions.ts";
import { clip } from "./rounding.ts";
import { searchsorted } from "./sorting.ts";
import { add, divide, multiply, subtract } from "./ufuncs.ts";

/** How many bins of equal width, or the edges of the bins, ascending. */
export type Bins = ArrayLike;
/** The lower end of the first bin and the upper end of the last one. */
export type BinRange = NDArray | readonly [low: ArrayLike, high: ArrayLike] | null;

/** Options of {@linkcode histogramBinEdges}. */
export interface BinOptions {
  /** How many bins, or their edges: 10 bins if not said otherwise. */
  bins?: Bins;
  /** Where the bins lie, if their edges aren't given: by default from the least to the largest. */
  range?: BinRange;
}
/** Options of {@linkcode histogram}. */
export interface HistogramOptions extends BinOptions {
  /** How much each element counts. */
  weights?: ArrayLike | null;
  /** Give a density, whose integral is 1, rather than counts. */
  density?: boolean | null;
}

/**
 * The edges of the bins of a histogram. Follows `jax.numpy.histogram_bin_edges`.
 *
 * @throws {ConcretizationTypeError} if the number of bins is traced.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.histogramBinEdges(np.arange(9), 4).tolist(), [0, 2, 4, 6, 8]);
 * ```
 */
export function histogramBinEdges(
  a: ArrayLike,
  bins?: Bins | BinOptions,
  range?: BinRange | BinOptions,
  options?: BinOptions,
): NDArray {
  const read = readOptions<BinOptions>(
    "histogramBinEdges",
    ["bins", "range"],
    bins,
    range,
    options,
  );
  return binEdges(toArray("histogram_bin_edges", a), read.bins ?? 10, read.range ?? null);
}
function binEdges(x: NDArray, bins: Bins, given: BinRange): NDArray {
  if (typeof bins === "string") {
    throw new TypeError("string values for `bins` not implemented: count or name the bins' edges");
  }
  const dtype = toInexactDType(x.dtype);
  const edges = toArray("histogram_bin_edges", bins, 1);
  if (edges.ndim === 1) return convertTo(edges, dtype);
  const count = toStaticInteger(bins, "bins argument of histogramBinEdges");
  if (count < 1) throw new RangeError(`\`bins\` must be positive, got ${count}`);
  const ends = endsOf(x, given, dtype);
  const isPoint = () => equal(ptp(ends), 0);
  const [low, high] = [() => getItem(ends, [0]), () => getItem(ends, [1])];
  const start = whereElse(isPoint(), subtract(low(), 0.5), low());
  const stop = whereElse(isPoint(), add(high(), 0.5), high());
  return linspace(start, stop, count + 1, { dtype });
}
function endsOf(x: NDArray, given: BinRange, dtype: DType): NDArray {
  if (given instanceof NDArray) {
    if (sameShape(given.shape, [2])) return convertTo(given, dtype);
    throw badRange(`an array of shape ${showShape(given.shape)}`);
  }
  if (given !== null && (!Array.isArray(given) || given.length !== 2)) throw badRange(given);
  const ends = given === null ? [min(x), max(x)] : toArrays("histogram", ...given);
  return asarray(ends, { dtype });
}
function badRange(range: unknown): RangeError {
  return new RangeError(`\`range\` must be either None or a sequence of scalars, got ${range}`);
}

/**
 * How many elements lie in each bin, and the edges of the bins. A bin has its lower edge but not
 * its upper one, the last bin has both; elements outside don't count. Follows
 * `jax.numpy.histogram`.
 *
 * @throws {RangeError} for weights of another shape.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, 2, 5]);
 * const [counts, edges] = np.histogram(x, 2);
 * assertEquals(counts.tolist(), [3, 1]);
 * assertEquals(edges.tolist(), [1, 3, 5]);
 * const [inBins] = np.histogram(x, np.array([0, 2, 3]), { weights: np.array([1, 1, 3, 1]) });
 * assertEquals(inBins.tolist(), [1, 4]);
 * ```
 */
export function histogram(
  a: ArrayLike,
  bins?: Bins | HistogramOptions,
  range?: BinRange | HistogramOptions,
  options?: HistogramOptions,
): [counts: NDArray, binEdges: NDArray] {
  const names = ["bins", "range", "weights", "density"] as const;
  const read = readOptions<HistogramOptions>("histogram", names, bins, range, options);
  const [x, weights] = weighted("histogram", a, read.weights ?? null);
  const edges = binEdges(x, read.bins ?? 10, read.range ?? null);
  const n = edges.size;
  const found = searchsorted(edges, x, "right");
  const index = whereElse(equal(x, getItem(edges, [-1])), n - 1, found);
  const all = at(lax.full([n], 0, weights.dtype), index).add(weights);
  const counts = getItem(all, [new Slice(1, null, null)]);
  if (!read.density) return [counts, edges];
  return [divide(divide(counts, diff(edges)), sum(counts)), edges];
}
/** Elements and their weights, as floats. */
function weighted(name: string, a: ArrayLike, weights: ArrayLike | null): [NDArray, NDArray] {
  if (weights === null) {
    const x = toInexact(name, a);
    return [x, lax.fullLike(x, 1)];
  }
  const [x, w] = promoteDTypesInexact(name, a, weights);
  if (!sameShape(x.shape, w.shape)) {
    throw new RangeError(
      "weights should have the same shape as a. Got shapes " +
        `${showShape(w.shape)} and ${showShape(x.shape)}`,
    );
  }
  return [x, w];
}

/** Options of {@linkcode histogram2d} and {@linkcode histogramdd}. */
export interface HistogramddOptions {
  /** How many bins, or their edges; or a list of that for each variable. */
  bins?: Bins | readonly Bins[];
  /** Where the bins of each variable lie. */
  range?: readonly BinRange[] | null;
  /** How much each sample counts. */
  weights?: ArrayLike | null;
  /** Give a density, whose integral is 1, rather than counts. */
  density?: boolean | null;
}
const DD_NAMES = ["bins", "range", "weights", "density"] as const;

/**
 * The {@linkcode histogramdd} of two variables, and the edges of the bins of each. Follows
 * `jax.numpy.histogram2d`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const [counts] = np.histogram2d(np.array([0, 0, 1]), np.array([0, 1, 1]), 2);
 * assertEquals(counts.tolist(), [[1, 1], [0, 1]]);
 * ```
 */
export function histogram2d(
  x: ArrayLike,
  y: ArrayLike,
  bins?: Bins | readonly Bins[] | HistogramddOptions,
  range?: readonly BinRange[] | null | HistogramddOptions,
  options?: HistogramddOptions,
): [counts: NDArray, xEdges: NDArray, yEdges: NDArray] {
  const read = readOptions<HistogramddOptions>("histogram2d", DD_NAMES, bins, range, options);
  const [a, b] = promoteDTypesInexact("histogram2d", x, y);
  const given = read.bins ?? 10;
  const n = listOf(given)?.length ?? 1;
  // Edges, unless they are but two: those are numbers of bins.
  const both = n === 1 || n === 2 ? given : [given as Bins, given as Bins];
  const sample = lax.transpose(asarray([a, b]), [1, 0]);
  const [counts, edges] = histogramdd(sample, { ...read, bins: both });
  return [counts, edges[0], edges[1]];
}

/**
 * How many samples lie in each bin, and the edges of the bins of each variable. A row of `sample`
 * is a sample, a column a variable. Follows `jax.numpy.histogramdd`.
 *
 * @throws {RangeError} for weights, bins or ranges that are not as many as there should be.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const sample = np.array([[0, 0], [0, 1], [1, 1]]);
 * const [counts, edges] = np.histogramdd(sample, [2, np.array([0, 1])]);
 * assertEquals(counts.tolist(), [[2], [1]]);
 * assertEquals(edges.length, 2);
 * ```
 */
export function histogramdd(
  sample: ArrayLike,
  bins?: Bins | readonly Bins[] | HistogramddOptions,
  range?: readonly BinRange[] | null | HistogramddOptions,
  options?: HistogramddOptions,
): [counts: NDArray, edges: NDArray[]] {
  const read = readOptions<HistogramddOptions>("histogramdd", DD_NAMES, bins, range, options);
  const { x, weights, columns } = samples(sample, read);
  const edges = columns.map(({ x, bins, range }) => binEdges(x, bins, range));
  const indices = columns.map(({ x }, i) => {
    const found = searchsorted(edges[i], x, "right");
    return whereElse(equal(x, getItem(edges[i], [-1])), subtract(found, 1), found);
  });
  // Each variable has a bin on either side for what lies outside.
  const shape = edges.map((e) => e.size + 1);
  const flat = indices.map((index, i) => clip(index, 0, shape[i] - 1))
    .reduce((all, index, i) => add(multiply(all, shape[i]), index));
  const length = product(shape);
  const all = lax.reshape(bincount(flat, weights, { length }), shape);
  let counts = getItem(all, shape.map(() => new Slice(1, -1, null)));
  if (read.density) {
    counts = convertTo(counts, x.dtype);
    counts = divide(counts, sum(counts));
    edges.forEach((e, i) => {
      const others = [...shape.keys()].filter((k) => k !== i);
      counts = divide(counts, lax.expandDims(diff(e), others));
    });
  }
  return [counts, edges];
}

/** One variable of a sample. */
interface Column {
  readonly x: NDArray;
  readonly bins: Bins;
  readonly range: BinRange;
}
function samples(
  sample: ArrayLike,
  { bins = 10, range: ranges = null, weights: given = null }: HistogramddOptions,
): { x: NDArray; weights: NDArray | undefined; columns: Column[] } {
  const [x, weights] = given === null
    ? [toInexact("histogramdd", sample), undefined]
    : promoteDTypesInexact("histogramdd", sample, given);
  if (x.ndim !== 2) {
    throw new RangeError(
      `histogramdd takes samples as rows of two axes, got shape ${showShape(x.shape)}`,
    );
  }
  const [n, variables] = x.shape;
  if (weights !== undefined && !sameShape(weights.shape, [n])) {
    throw new RangeError(
      "should have one weight for each sample. Got weights of shape " +
        `${showShape(weights.shape)} for ${n} samples`,
    );
  }
  if (ranges !== null && (!Array.isArray(ranges) || ranges.length !== variables)) {
    throw new RangeError(
      `For sample.shape=${showShape(x.shape)}, range must be a sequence of ${variables} pairs or ` +
        `Nones; got range=${JSON.stringify(ranges)}`,
    );
  }
  if (variables === 0) throw new RangeError("histogramdd needs samples of at least one variable");
  const list = listOf(bins) ?? range(variables).map(() => bins as Bins);
  if (list.length !== variables) throw new RangeError("should be a bin for each dimension.");
  const columns = list.map((bins, i): Column => ({
    x: getItem(x, ["...", i]),
    bins,
    range: ranges?.[i] ?? null,
  }));
  return { x, weights, columns };
}
/** The entries of what has any. */
function listOf(bins: Bins | readonly Bins[]): Bins[] | undefined {
  if (Array.isArray(bins)) return [...bins];
  if (bins instanceof NDArray) {
    return bins.ndim === 0 ? undefined : range(bins.length).map((i) => getItem(bins, [i]));
  }
  return isTypedArray(bins) ? Array.from(bins as unknown as number[]) : undefined;
}

// -- small integers -------------------------------------------------------------------------------

/** Options of {@linkcode bincount}. */
export interface BincountOptions {
  /** How much each element counts. */
  weights?: ArrayLike | null;
  /** The least length of the result. */
  minlength?: number;
  /** The length of the result; larger elements don't count. Needed where the elements are traced. */
  length?: number;
}
/**
 * How often each integer from 0 on occurs; negative ones count as 0. Follows
 * `jax.numpy.bincount`.
 *
 * @throws {TypeError} for elements that are no integers.
 * @throws {ConcretizationTypeError} if the elements are traced and no length is given.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 1, 2, 3, 3, 3]);
 * assertEquals(np.bincount(x).tolist(), [0, 2, 1, 3]);
 * assertEquals(np.bincount(x, { length: 2 }).tolist(), [0, 2]);
 * ```
 */
export function bincount(
  x: ArrayLike,
  weights?: ArrayLike | null | BincountOptions,
  minlength?: number | BincountOptions,
  options?: BincountOptions,
): NDArray {
  const names = ["weights", "minlength", "length"] as const;
  const read = readOptions<BincountOptions>("bincount", names, weights, minlength, options);
  const given = toArray("bincount", x);
  const index = given.dtype === bool ? convertTo(given, int32) : given;
  if (!isInteger(index.dtype)) {
    throw new TypeError(
      `x argument to bincount must have an integer type; got ${index.dtype.name}`,
    );
  }
  if (index.ndim !== 1) throw new RangeError("only 1-dimensional input supported.");
  const w = read.weights === undefined || read.weights === null
    ? convertTo(toArray("bincount", 1), defaultDType("i"))
    : toArray("bincount", read.weights, 1);
  if (w.ndim > 0 && w.size !== index.size || w.ndim > 1) {
    throw new RangeError(
      `type of weights must match type of x. Got shapes ${showShape(index.shape)} and ` +
        `${showShape(w.shape)}`,
    );
  }
  const length = read.length === undefined
    ? lengthFor(index, read.minlength ?? 0)
    : toStaticInteger(read.length, "length argument of np.bincount");
  return at(lax.full([length], 0, w.dtype), clip(index, 0)).add(w, { mode: "drop" });
}
function lengthFor(index: NDArray, minlength: number): number {
  const known = toConcrete(
    index,
    "The error occurred because of argument 'x' of np.bincount. To avoid this error, pass a " +
      "static `length` argument.",
  );
  const least = toStaticInteger(minlength, "minlength argument of np.bincount");
  return known.size === 0 ? least : Math.max(least, Number(max(known).item()) + 1, 1);
}
