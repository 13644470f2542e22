/**
 * Simplifies expressions: index arithmetic by the ranges of its variables, conditions that are
 * always true or false, and what is exact in floating point. Nothing here assumes that a float is
 * finite: `x * 0` stays, since x may be NaN.
 */
import { bool, type DType, float32, int32 } from "../../core/dtype.ts";
import {
  type Apply,
  apply,
  children,
  constant,
  type Expr,
  postorder,
  type ScalarOp,
  withChildren,
} from "../../core/expr.ts";

/** Inclusive bounds of an integer expression. */
type Range = readonly [lo: number, hi: number];
const LEAST = -(2 ** 31);
const MOST = 2 ** 31 - 1;
const ANY: Range = [LEAST, MOST];
/** What is known of other values: bounds that are neither less nor greater than any. */
const UNKNOWN: Range = [NaN, NaN];

/** A sum of multiples of expressions, and a constant. See Note [Linear forms]. */
interface Linear {
  readonly terms: ReadonlyMap<Expr, number>;
  readonly constant: number;
}

/** A simplifier remembers what it has simplified; use one for all expressions of a program. */
export class Simplifier {
  readonly #results = new Map<Expr, Expr>();
  readonly #ranges = new Map<Expr, Range>();
  readonly #linear = new Map<Expr, Linear>();

  /** An equal expression that is cheaper to compute. */
  simplify(root: Expr): Expr {
    for (const e of postorder([root], (e) => this.#results.has(e) ? [] : children(e))) {
      if (this.#results.has(e)) continue;
      const args = children(e).map((a) => this.#results.get(a)!);
      const same = children(e).every((a, i) => a === args[i]);
      const next = this.#rebuild(same ? e : withChildren(e, args));
      this.#results.set(e, next);
      this.#results.set(next, next);
    }
    return this.#results.get(root)!;
  }

  #rebuild(e: Expr): Expr {
    if (e.kind === "axis" && e.size === 1) return constant(0);
    if (e.kind !== "apply") return e;
    if (e.op === "select") return this.#select(e);
    if (e.op === "convert" && e.args[0].dtype === e.dtype) return e.args[0];
    if (e.op === "convert" && e.args[0].kind === "const") return convertConstant(e);
    if (e.dtype === int32 && arithmetic.has(e.op)) return this.#integer(e);
    if (e.dtype === bool) return this.#condition(e);
    return floats(e);
  }

  #select(e: Apply): Expr {
    const [which, x, y] = e.args;
    if (which.kind === "const") return which.value ? x : y;
    return x === y ? x : e;
  }

  #condition(e: Apply): Expr {
    const [x, y] = e.args;
    if (e.op === "and" || e.op === "or") {
      const neutral = e.op === "and";
      if (x.kind === "const") return Boolean(x.value) === neutral ? y : x;
      if (y.kind === "const") return Boolean(y.value) === neutral ? x : y;
      return x === y ? x : e;
    }
    if (e.op === "not" && x.kind === "const") return constant(!x.value, bool);
    if (y === undefined) return e;
    const known = compareRanges(e.op, this.#rangeOfOperand(x), this.#rangeOfOperand(y));
    return known === undefined ? e : constant(known, bool);
  }
  /** What is known of an operand of a comparison: int32 in general, a float if it is a literal. */
  #rangeOfOperand(e: Expr): Range {
    if (e.dtype === int32) return this.range(e);
    const isExact = e.kind === "const" && e.dtype === float32 &&
      Math.fround(Number(e.value)) === e.value;
    return isExact ? [Number(e.value), Number(e.value)] : UNKNOWN;
  }

  #integer(e: Apply): Expr {
    const [x, y] = e.args;
    if (e.op === "add" || e.op === "sub" || e.op === "mul") return this.#build(this.#linearOf(e));
    if (e.op === "max" || e.op === "min") {
      const [a, b] = [this.range(x), this.range(y)];
      if (a[0] >= b[1]) return e.op === "max" ? x : y;
      if (b[0] >= a[1]) return e.op === "max" ? y : x;
      return e;
    }
    if (y.kind !== "const" || Number(y.value) <= 0) return e;
    return e.op === "div" ? this.#divide(x, Number(y.value)) : this.#remainder(x, Number(y.value));
  }

  /** `x / k` for `k > 0`. Multiples of `k` come out if nothing is negative. */
  #divide(x: Expr, k: number): Expr {
    const plain = apply("div", [x, constant(k)]);
    const [lo, hi] = this.range(x);
    if (k === 1) return x;
    if (x.kind === "const") return integer(Math.trunc(Number(x.value) / k));
    if (lo < 0) return plain;
    if (hi < k) return constant(0);
    const [multiple, rest] = this.#split(x, k);
    if (multiple !== undefined) {
      const inner = this.#build(rest);
      if (this.range(inner)[0] < 0) return plain;
      return this.simplify(apply("add", [this.#build(multiple), this.#divide(inner, k)]));
    }
    if (x.kind === "apply" && x.op === "div" && x.args[1].kind === "const") {
      return this.#divide(x.args[0], k * Number(x.args[1].value));
    }
    return plain;
  }
  /** `x % k` for `k > 0`. */
  #remainder(x: Expr, k: number): Expr {
    const plain = apply("rem", [x, constant(k)]);
    const [lo, hi] = this.range(x);
    if (k === 1) return constant(0);
    if (x.kind === "const") return integer(Number(x.value) % k);
    if (lo < 0) return plain;
    if (hi < k) return x;
    const [multiple, rest] = this.#split(x, k);
    if (multiple === undefined) return plain;
    const inner = this.#build(rest);
    return this.range(inner)[0] < 0 ? plain : this.#remainder(inner, k);
  }
  /** `x` as `k * multiple + rest`, if some of its terms are multiples of `k`. */
  #split(x: Expr, k: number): [Linear | undefined, Linear] {
    const { terms, constant: c } = this.#linearOf(x);
    const multiple = new Map<Expr, number>();
    const rest = new Map<Expr, number>();
    for (const [e, n] of terms) (n % k === 0 ? multiple : rest).set(e, n % k === 0 ? n / k : n);
    const quotient = Math.floor(c / k);
    if (multiple.size === 0 && quotient === 0) return [undefined, { terms, constant: c }];
    return [{ terms: multiple, constant: quotient }, { terms: rest, constant: c - quotient * k }];
  }

  // Note [Linear forms]
  //
  // Sums and multiples are kept as a map from term to factor. Written back in one order, equal sums
  // are one expression, and `(x / k) * k + x % k`, which reshapes leave behind, is `x` again. None
  // of it is done where a sum might leave the range of int32: wrapping around is the user's to see.

  #linearOf(e: Expr): Linear {
    let linear = this.#linear.get(e);
    if (linear === undefined) this.#linear.set(e, linear = this.#makeLinear(e));
    return linear;
  }
  #makeLinear(e: Expr): Linear {
    if (e.kind === "const") return { terms: new Map(), constant: Number(e.value) };
    const self: Linear = { terms: new Map([[e, 1]]), constant: 0 };
    if (e.kind !== "apply" || e.dtype !== int32 || !this.#isExact(e)) return self;
    const [x, y] = e.args;
    switch (e.op) {
      case "add":
        return sumOf(this.#linearOf(x), this.#linearOf(y), 1);
      case "sub":
        return sumOf(this.#linearOf(x), this.#linearOf(y), -1);
      case "mul":
        if (y.kind === "const") return scaled(this.#linearOf(x), Number(y.value));
        if (x.kind === "const") return scaled(this.#linearOf(y), Number(x.value));
        return self;
      default:
        return self;
    }
  }
  /** Whether an operation cannot wrap around. */
  #isExact(e: Apply): boolean {
    const [lo, hi] = this.#bounds(e);
    return lo >= LEAST && hi <= MOST;
  }

  #build(linear: Linear): Expr {
    const { terms, constant: c } = this.#rejoin(linear);
    const sorted = [...terms].filter(([, n]) => n !== 0).sort(([a], [b]) => a.id - b.id);
    let sum: Expr | undefined;
    for (const [e, n] of sorted) {
      const term = n === 1 ? e : apply("mul", [e, constant(n)]);
      sum = sum === undefined ? term : apply("add", [sum, term]);
    }
    if (sum === undefined) return integer(c);
    if (c !== 0) sum = apply("add", [sum, constant(c)]);
    this.#linear.set(sum, { terms, constant: c });
    return sum;
  }
  /** Puts `(x / k) * (k * n) + (x % k) * n` together as `x * n`. */
  #rejoin(linear: Linear): Linear {
    let out = linear;
    for (const e of linear.terms.keys()) {
      const n = out.terms.get(e);
      if (n === undefined || n === 0 || e.kind !== "apply" || e.op !== "rem") continue;
      const [x, k] = e.args;
      if (k.kind !== "const" || Number(k.value) <= 0) continue;
      const divided = this.#divide(x, Number(k.value));
      if (out.terms.get(divided) !== n * Number(k.value)) continue;
      const terms = new Map(out.terms);
      terms.delete(divided);
      terms.delete(e);
      out = sumOf({ terms, constant: out.constant }, scaled(this.#linearOf(x), n), 1);
    }
    return out;
  }

  /** The bounds of an int32 expression. */
  range(e: Expr): Range {
    let range = this.#ranges.get(e);
    if (range === undefined) {
      const [lo, hi] = this.#bounds(e);
      range = lo < LEAST || hi > MOST ? ANY : [lo, hi];
      this.#ranges.set(e, range);
    }
    return range;
  }
  /** The bounds that the values would have if int32 had no end. */
  #bounds(e: Expr): Range {
    if (e.kind === "const") return [Number(e.value), Number(e.value)];
    if (e.kind === "axis") return [0, Math.max(e.size - 1, 0)];
    if (e.kind !== "apply") return ANY;
    if (e.op === "convert") return rangeOf(e.args[0].dtype);
    if (e.dtype !== int32) return ANY;
    if (e.op === "select") {
      const [x, y] = e.args.slice(1).map((a) => this.range(a));
      return [Math.min(x[0], y[0]), Math.max(x[1], y[1])];
    }
    if (!arithmetic.has(e.op)) return ANY;
    return combine(e.op, this.range(e.args[0]), this.range(e.args[1]));
  }
}

const arithmetic = new Set<ScalarOp>(["add", "sub", "mul", "div", "rem", "max", "min"]);

function combine(op: ScalarOp, [a, b]: Range, [c, d]: Range): Range {
  switch (op) {
    case "add":
      return [a + c, b + d];
    case "sub":
      return [a - d, b - c];
    case "mul": {
      const corners = [a * c, a * d, b * c, b * d];
      return [Math.min(...corners), Math.max(...corners)];
    }
    case "max":
      return [Math.max(a, c), Math.max(b, d)];
    case "min":
      return [Math.min(a, c), Math.min(b, d)];
    case "div":
      return c === d && c > 0 ? [Math.trunc(a / c), Math.trunc(b / c)] : ANY;
    default:
      return c > 0 && a >= 0 ? [0, Math.min(b, d - 1)] : ANY;
  }
}

/** A literal integer. Doubles that come of integers may be -0, which no integer is. */
function integer(value: number, dtype: DType = int32): Expr {
  return constant(value + 0, dtype);
}

function rangeOf(dtype: DType): Range {
  if (dtype.kind === "b") return [0, 1];
  const bits = dtype.itemsize * 8;
  if (dtype.kind === "i" && bits < 32) return [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
  return dtype.kind === "u" && bits < 32 ? [0, 2 ** bits - 1] : ANY;
}

/** What a comparison of two ranges comes to, if it is always the same. */
function compareRanges(op: ScalarOp, [a, b]: Range, [c, d]: Range): boolean | undefined {
  const less = b < c ? true : a >= d ? false : undefined;
  const greater = a > d ? true : b <= c ? false : undefined;
  const equal = a === b && c === d && a === c ? true : b < c || d < a ? false : undefined;
  const not = (x: boolean | undefined) => x === undefined ? undefined : !x;
  switch (op) {
    case "lt":
      return less;
    case "ge":
      return not(less);
    case "gt":
      return greater;
    case "le":
      return not(greater);
    case "eq":
      return equal;
    case "ne":
      return not(equal);
    default:
      return undefined;
  }
}

function sumOf(x: Linear, y: Linear, sign: number): Linear {
  const terms = new Map(x.terms);
  for (const [e, n] of y.terms) terms.set(e, (terms.get(e) ?? 0) + sign * n);
  return { terms, constant: x.constant + sign * y.constant };
}
function scaled({ terms, constant: c }: Linear, by: number): Linear {
  return { terms: new Map([...terms].map(([e, n]) => [e, n * by])), constant: c * by };
}

function convertConstant(e: Apply): Expr {
  const [x] = e.args;
  const value = x.kind === "const" ? x.value : 0;
  if (typeof value === "bigint" || e.dtype.itemsize > 4 || e.dtype.itemsize < 4) return e;
  const n = Number(value);
  if (e.dtype.kind === "f") return constant(Math.fround(n), e.dtype);
  const [lo, hi] = e.dtype === int32 ? ANY : [0, 2 ** 32 - 1];
  return Number.isInteger(n) && n >= lo && n <= hi ? integer(n, e.dtype) : e;
}

/** The identities that hold for every float, NaN, infinities and -0 included. */
function floats(e: Apply): Expr {
  const [x, y] = e.args;
  const is = (a: Expr | undefined, value: number) =>
    a?.kind === "const" && a.dtype.kind === "f" && Object.is(Number(a.value), value);
  if (e.op === "mul" && is(y, 1)) return x;
  if (e.op === "mul" && is(x, 1)) return y;
  if ((e.op === "div" && is(y, 1)) || (e.op === "sub" && is(y, 0))) return x;
  return e;
}
