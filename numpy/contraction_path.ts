/**
 * The planning of `einsum`: its subscripts read, and the order chosen in which many operands are
 * contracted two at a time. Rules and error texts are those of opt_einsum, which JAX uses.
 */
import { product, range } from "../core/aval.ts";
import { showShape } from "../core/errors.ts";

/** The subscripts of an einsum, with ellipses and the result's names spelled out. */
export interface Subscripts {
  /** One letter for each axis of each operand. */
  readonly inputs: readonly string[];
  /** One letter for each axis of the result. */
  readonly output: string;
}

/** One step of a contraction: some operands leave the list, their product joins its end. */
export interface Contraction {
  /** Positions in the list, from the last to the first. */
  readonly positions: readonly number[];
  /** The names that are summed over. */
  readonly contracted: ReadonlySet<string>;
  /** The names of the operands, in the order of `positions`. */
  readonly inputs: readonly string[];
  /** The names of the result. */
  readonly result: string;
}

/** Which operands to contract at each step: positions in the list of those that are left. */
export type ContractionPath = readonly (readonly number[])[];

/** How to choose the order: an algorithm's name, `false` for left to right, or the order itself. */
export type OptimizeLike = boolean | string | ContractionPath;

// -- subscripts -------------------------------------------------------------------------------

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The `i`-th name of an axis: a letter while there are any. */
export function axisName(i: number): string {
  return LETTERS[i] ?? String.fromCharCode(i + 140);
}

/** The names that occur once, in alphabetical order: the result's, if none are given. */
function impliedOutput(inputs: readonly string[]): string {
  const all = inputs.join("");
  return [...new Set(all)].sort().filter((c) => all.indexOf(c) === all.lastIndexOf(c)).join("");
}

/** Names that `used` doesn't have. */
function unusedNames(used: string, n: number): string {
  let names = "";
  for (let i = 0; names.length < n; i++) {
    if (!used.includes(axisName(i))) names += axisName(i);
  }
  return names;
}

/**
 * Reads subscripts such as `"ij,jk->ik"` for operands of the given ranks.
 *
 * @throws {RangeError} if they are malformed or don't fit the operands.
 */
export function parseSubscripts(text: string, ranks: readonly number[]): Subscripts {
  const compact = text.replaceAll(" ", "");
  const arrow = compact.split("->").length - 1;
  const dashes = compact.split("-").length - 1;
  const angles = compact.split(">").length - 1;
  if ((dashes > 0 || angles > 0) && (arrow !== 1 || dashes > 1 || angles > 1)) {
    throw new RangeError("Subscripts can only contain one '->'.");
  }
  const [left, right] = compact.split("->") as [string, string | undefined];
  const terms = left.split(",");
  if (terms.length !== ranks.length) {
    throw new RangeError(
      `Number of einsum subscripts, ${terms.length}, must be equal to the number of operands, ` +
        `${ranks.length}.`,
    );
  }
  const { inputs, output } = compact.includes(".")
    ? withoutEllipses(terms, right, ranks)
    : { inputs: terms, output: right ?? impliedOutput(terms) };
  for (const name of output) {
    if (output.indexOf(name) !== output.lastIndexOf(name)) {
      throw new RangeError(`Output character '${name}' appeared more than once in the output.`);
    }
    if (!inputs.some((term) => term.includes(name))) {
      throw new RangeError(`Output character '${name}' did not appear in the input`);
    }
  }
  return { inputs, output };
}

/** Spells `...` out as names of its own, the last ones shared by all operands. */
function withoutEllipses(
  terms: readonly string[],
  right: string | undefined,
  ranks: readonly number[],
): Subscripts {
  const used = terms.join("").replaceAll(".", "") + (right ?? "").replaceAll(".", "");
  const names = unusedNames(used, Math.max(...ranks));
  let longest = 0;
  const inputs = terms.map((term, i) => {
    if (!term.includes(".")) return term;
    if (term.split(".").length !== 4 || !term.includes("...")) {
      throw new RangeError("Invalid Ellipses.");
    }
    const count = ranks[i] === 0 ? 0 : ranks[i] - (term.length - 3);
    if (count < 0) throw new RangeError("Ellipses lengths do not match.");
    longest = Math.max(longest, count);
    return term.replace("...", lastOf(names, count));
  });
  const shared = lastOf(names, longest);
  if (right !== undefined) return { inputs, output: right.replace("...", shared) };
  const rest = [...impliedOutput(inputs)].filter((c) => !shared.includes(c)).join("");
  return { inputs, output: shared + rest };
}
function lastOf(text: string, n: number): string {
  return text.slice(text.length - n);
}

/**
 * The length of each named axis.
 *
 * @throws {RangeError} if a term has too few or too many names, or one name has several lengths.
 */
export function axisLengths(
  { inputs }: Subscripts,
  shapes: readonly (readonly number[])[],
): Map<string, number> {
  const lengths = new Map<string, number>();
  inputs.forEach((term, i) => {
    if (term.length !== shapes[i].length) {
      throw new RangeError(
        `Einstein sum subscript '${term}' does not contain the correct number of indices for ` +
          `operand ${i}. Its shape is ${showShape(shapes[i])}`,
      );
    }
    [...term].forEach((name, axis) => {
      const n = shapes[i][axis];
      const known = lengths.get(name) ?? 1;
      if (known === 1) lengths.set(name, n);
      else if (n !== 1 && n !== known) {
        throw new RangeError(
          `Size of label '${name}' for operand ${i} (${known}) does not match previous terms ` +
            `(${n}).`,
        );
      }
    });
  });
  return lengths;
}

// -- the order --------------------------------------------------------------------------------

type Names = ReadonlySet<string>;
type Lengths = ReadonlyMap<string, number>;

function sizeOf(names: Iterable<string>, lengths: Lengths): number {
  return product(Array.from(names, (c) => lengths.get(c)!));
}
/** Operations of a contraction over `names`: a product for each further term, and maybe a sum. */
function flops(names: Names, inner: boolean, terms: number, lengths: Lengths): number {
  return sizeOf(names, lengths) * (Math.max(1, terms - 1) + Number(inner));
}

/** The product of two operands, and what it costs. */
interface Product {
  readonly names: Names;
  readonly flops: number;
  /** Elements of the product. */
  readonly size: number;
  /** Memory taken less memory given back. */
  readonly growth: number;
}
/** A pair to contract. */
interface Candidate extends Product {
  readonly pair: readonly [number, number];
}

function pairsOf(remaining: readonly number[]): [number, number][] {
  return remaining.flatMap((i, at) => remaining.slice(at + 1).map((j): [number, number] => [i, j]));
}

/** How a {@linkcode Search} goes about it. */
interface SearchOptions {
  /** At each step, try only so many pairs, the most promising ones first. */
  readonly branches: number;
  /** Look at pairs in their order, and at outer products too. */
  readonly exhaustive: boolean;
}

type Pairs = readonly (readonly [number, number])[];

/**
 * Looks for the cheapest path, depth first, pruned by the best one so far. Operands are numbered
 * once and for all: of `n` operands, the product of step `k` is operand `n + k`.
 */
class Search {
  best: { readonly path: Pairs; readonly flops: number; readonly size: number } | undefined;
  /** The least that a path ever cost up to each step. */
  readonly #least = new Map<number, number>();
  readonly #products = new Map<string, Product>();

  constructor(
    readonly output: Names,
    readonly lengths: Lengths,
    readonly options: SearchOptions,
  ) {}

  /** Goes on from a path that cost `flops` so far, with an array of `size` elements at most. */
  visit(
    path: Pairs,
    inputs: readonly Names[],
    remaining: readonly number[],
    flops: number,
    size: number,
  ): void {
    if (remaining.length === 1) {
      this.best = { path, flops, size };
      return;
    }
    const step = inputs.length;
    const open = (c: Candidate) => this.#isOpen(step, flops + c.flops, Math.max(size, c.size));
    for (const c of this.#candidates(inputs, remaining, open)) {
      if (this.options.exhaustive && !open(c)) continue;
      const left = remaining.filter((k) => !c.pair.includes(k));
      const grown = Math.max(size, c.size);
      this.visit([...path, c.pair], [...inputs, c.names], [...left, step], flops + c.flops, grown);
    }
  }

  #candidates(
    inputs: readonly Names[],
    remaining: readonly number[],
    open: (c: Candidate) => boolean,
  ): Candidate[] {
    const evaluate = (pairs: Pairs) =>
      pairs.map((pair) => ({ pair, ...this.#product(inputs, remaining, pair) }));
    const pairs = pairsOf(remaining);
    if (this.options.exhaustive) return evaluate(pairs);
    const touching = pairs.filter(([i, j]) => !inputs[i].isDisjointFrom(inputs[j]));
    let found = evaluate(touching).filter(open);
    if (found.length === 0) found = evaluate(pairs).filter(open);
    found.sort((a, b) => a.growth - b.growth || a.flops - b.flops || a.size - b.size);
    return found.slice(0, this.options.branches);
  }

  /**
   * The product of a pair. It is worked out once for two sets of names, as opt_einsum does, though
   * another time other operands may be left, and so other names to keep: an estimate, then.
   */
  #product(inputs: readonly Names[], remaining: readonly number[], [i, j]: Pairs[0]): Product {
    const [x, y] = [inputs[i], inputs[j]];
    const key = [x, y].map((names) => [...names].sort().join("")).join();
    let found = this.#products.get(key);
    if (found === undefined) {
      const rest = remaining.filter((k) => k !== i && k !== j);
      const keep = new Set([...this.output, ...rest.flatMap((k) => [...inputs[k]])]);
      const either = x.union(y);
      const names = either.intersection(keep);
      const inner = x.intersection(y).difference(keep).size > 0;
      const size = sizeOf(names, this.lengths);
      const growth = size - sizeOf(x, this.lengths) - sizeOf(y, this.lengths);
      found = { names, flops: flops(either, inner, 2, this.lengths), size, growth };
      this.#products.set(key, found);
    }
    return found;
  }

  /** Whether a path with such costs at a step may still become the best. */
  #isOpen(step: number, flops: number, size: number): boolean {
    const { best, options: { exhaustive } } = this;
    if (best !== undefined) {
      if (flops > best.flops) return false;
      if (flops === best.flops && (exhaustive || size >= best.size)) return false;
    }
    if (exhaustive) return true;
    const least = this.#least.get(step) ?? Infinity;
    if (flops < least) this.#least.set(step, flops);
    // What costs far more than another path did up to here will hardly win in the end.
    return flops <= 4 * least;
  }
}

/** The path in terms of positions in a list that loses its operands and gains their product. */
function toPositions(path: readonly (readonly number[])[], n: number): number[][] {
  const list = range(n);
  return path.map((operands, step) => {
    const positions = operands.map((k) => list.indexOf(k)).sort((a, b) => a - b);
    positions.toReversed().forEach((p) => list.splice(p, 1));
    list.push(n + step);
    return positions;
  });
}

const OPTIMIZERS = ["auto", "optimal", "branch-all", "branch-2", "branch-1", "greedy"];

function searchOptions(optimize: string, n: number): SearchOptions {
  const name = optimize.toLowerCase();
  switch (name) {
    case "auto":
      return searchOptions(
        n <= 4 ? "optimal" : n <= 6 ? "branch-all" : n <= 8 ? "branch-2" : "greedy",
        n,
      );
    case "optimal":
      return { branches: Infinity, exhaustive: true };
    case "branch-all":
      return { branches: Infinity, exhaustive: false };
    case "branch-2":
      return { branches: 2, exhaustive: false };
    case "branch-1":
    case "greedy":
      return { branches: 1, exhaustive: false };
    default:
      throw new RangeError(
        `Path optimizer '${optimize}' not found, valid options are {'${OPTIMIZERS.join("', '")}'}.`,
      );
  }
}

/** The order in which to contract. */
export function contractionPath(
  { inputs, output }: Subscripts,
  lengths: Lengths,
  optimize: OptimizeLike,
): number[][] {
  const n = inputs.length;
  if (typeof optimize === "object") return checkPath(optimize, n);
  if (n <= 2) return [range(n)];
  if (optimize === false) return range(n - 1).map(() => [0, 1]);
  const options = searchOptions(optimize === true ? "optimal" : optimize, n);
  const search = new Search(new Set(output), lengths, options);
  search.visit([], inputs.map((s) => new Set(s)), range(n), 0, 0);
  return toPositions(search.best!.path, n);
}

function checkPath(path: ContractionPath, n: number): number[][] {
  let left = n;
  for (const positions of path) {
    const valid = positions.every((p, i) =>
      Number.isInteger(p) && p >= 0 && p < left && positions.indexOf(p) === i
    );
    if (!valid || positions.length === 0) {
      throw new RangeError(
        `einsum path step ${showShape(positions)} does not name distinct operands of the ${left} ` +
          "that are left",
      );
    }
    if (positions.length > 2) {
      throw new TypeError(
        "np.einsum does not support simultaneous contraction of 3 or more operands. Typically " +
          "this means you've passed an unsupported path to the einsum optimize parameter.",
      );
    }
    left -= positions.length - 1;
  }
  if (left !== 1) throw new RangeError(`einsum path leaves ${left} operands uncontracted`);
  return path.map((positions) => [...positions]);
}

/** The steps of a path, each with its own subscripts. */
export function contractions(
  { inputs, output }: Subscripts,
  path: readonly (readonly number[])[],
): Contraction[] {
  const terms = [...inputs];
  return path.map((step, k) => {
    const positions = [...step].sort((a, b) => b - a);
    const own = positions.map((p) => terms.splice(p, 1)[0]);
    const names = new Set(own.join(""));
    const keep = new Set([...output, ...terms.join("")]);
    const contracted = names.difference(keep);
    // A product's axes are in the order in which its operands have them.
    const result = k === path.length - 1
      ? output
      : [...names].filter((c) => !contracted.has(c)).join("");
    terms.push(result);
    return { positions, contracted, inputs: own, result };
  });
}

// -- the report -------------------------------------------------------------------------------

function exponential(x: number): string {
  const [digits, exponent] = x.toExponential(3).split("e");
  const sign = exponent[0];
  return `${digits}e${sign}${exponent.slice(1).padStart(2, "0")}`;
}

/** A table of what a path costs, as `np.einsumPath` gives it. */
export function pathReport(
  subscripts: Subscripts,
  lengths: Lengths,
  steps: readonly Contraction[],
): string {
  const { inputs, output } = subscripts;
  const all = new Set(inputs.join(""));
  const sum = inputs.reduce((n, term) => n + new Set(term).size, 0) > all.size;
  const naive = flops(all, sum, inputs.length, lengths);
  const spans = steps.map((s) => new Set(s.inputs.join("")));
  const costs = steps.map((s, k) =>
    flops(spans[k], s.contracted.size > 0, s.inputs.length, lengths)
  );
  const cost = costs.reduce((a, b) => a + b, 0);
  const largest = Math.max(...steps.map((s) => sizeOf(s.result, lengths)));
  const terms = [...inputs];
  const rows = steps.map((s, k) => {
    s.positions.forEach((p) => terms.splice(p, 1));
    terms.push(s.result);
    const current = `${s.inputs.join(",")}->${s.result}`;
    const width = Math.max(0, 56 - Math.max(22, current.length));
    return `${String(spans[k].size).padStart(4)} ${current.padStart(37)}    ` +
      `${terms.join(",")}->${output}`.padStart(width);
  });
  return [
    `  Complete contraction:  ${inputs.join(",")}->${output}`,
    `         Naive scaling:  ${all.size}`,
    `     Optimized scaling:  ${Math.max(...spans.map((s) => s.size))}`,
    `      Naive FLOP count:  ${exponential(naive)}`,
    `  Optimized FLOP count:  ${exponential(cost)}`,
    `   Theoretical speedup:  ${exponential(naive / Math.max(cost, 1))}`,
    `  Largest intermediate:  ${exponential(largest)} elements`,
    "-".repeat(80),
    `${"scaling".padStart(6)} ${"current".padStart(34)} ${"remaining".padStart(37)}`,
    "-".repeat(80),
    ...rows,
  ].join("\n");
}
