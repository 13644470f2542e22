/**
 * Prints kernels as statements of a language. One walk; languages differ in spelling.
 *
 * Each node of the expression graph is computed once, in the outermost loop that binds its axes
 * (so loop invariants are hoisted), and inside the branch of a `select` if only that branch needs
 * it (so a masked load does not happen).
 */
import { product } from "../../core/aval.ts";
import { float32, float64 } from "../../core/dtype.ts";
import {
  type Apply,
  apply,
  type Axis,
  type Buffer,
  children,
  clampIndex,
  type Const,
  constant,
  type Expr,
  type Fold,
  type Load,
  postorder,
  ravel,
  type ScalarOp,
} from "../../core/expr.ts";
import { findGuards, findSpeculative, guardOf, type Guards, isGuarded } from "./guards.ts";
import type { Kernel } from "./ir.ts";

/** How a language spells each construct, as text. */
export interface Language {
  /** A literal. */
  constant(node: Const): string;
  /** An operation. `exact` asks for a value of the node's dtype, without excess precision. */
  apply(node: Apply, args: readonly string[], exact: boolean): string;
  /** An element of a buffer at a flat position. */
  load(buffer: Buffer, position: string): string;
  /** Writes an element. */
  store(buffer: Buffer, position: string, value: string): string;
  /** Names a value. */
  bind(name: string, value: string, node: Expr): string;
  /** Names a value that is assigned to later. */
  declare(name: string, node: Expr): string;
  /** Assigns to a name. */
  assign(name: string, value: string): string;
  /** The accumulator of a fold, at its start. */
  accumulator(name: string, node: Fold): string;
  /** Folds one more value in. */
  accumulate(name: string, value: string, node: Fold): string;
  /** The result of a fold, from its accumulator. */
  folded(name: string, node: Fold): string;
  /** Whether float32 operations are computed in a wider type. See Note [Excess precision]. */
  readonly isWide: boolean;
  /** Opens a loop. */
  loop(name: string, size: number): string;
  /** Opens a conditional. */
  when(condition: string): string;
  /** Between the two sides of a conditional. */
  readonly otherwise: string;
  /** Closes a loop or a conditional. */
  readonly end: string;
}

/** A stretch of statements: a loop's body, or one side of a conditional. */
interface Scope {
  readonly lines: string[];
  /** The conditional that this is a side of, if it is one. */
  readonly guard: string | undefined;
  /** What is named here, and forgotten when the scope closes. */
  readonly named: Expr[];
}

// Note [Excess precision]
//
// A language may compute float32 in a wider type and round after each operation; rounding is most of
// the cost of a cheap operation in JavaScript. As compilers that contract `a * b + c` do, a sum or
// product with one reader is passed on to it unrounded, if that is a sum or product too. Compensated
// arithmetic keeps working: its rounded values have two readers. A sum stays rounded where the next one
// takes the same operand away again, since `(x + big) - big` is a way to round. Nothing unrounded
// goes to what jumps (comparisons, `floor`, conversions) or to a function. Storing rounds by itself.

// Note [Division by an invariant]
//
// Where float32 is computed in doubles, `x / s` with an `s` that the loop does not change is `x * r`
// with `r = 1 / s` computed once, in double precision, and the result rounds to the same float32. The
// quotient of two numbers of 24 bits is no midpoint of two float32, and is at least 2^-49 of itself away
// from any: it differs from a midpoint M / 2^j by |x 2^j - M s| / (s 2^j), whose numerator is a whole
// number but 0. The product is off by less than 2^-52. (Only quotients so small that float32 loses bits
// can be midpoints.) Zeros, infinities and NaN come out as in the division.

/** Which operands may keep excess precision: none, products, sums too, or the result of anything. */
type Demand = "exact" | "products" | "sums" | "anything";

const SUMS = new Set<ScalarOp>(["add", "sub"]);
const PRODUCTS = new Set<ScalarOp>(["mul", "div"]);
const MONOTONIC = new Set<ScalarOp>(["max", "min", "neg", "abs"]);

/** What an operation demands of its operand `i`, given what is demanded of itself. */
function demandOn({ op, args }: Apply, i: number, own: Demand): Demand {
  if (MONOTONIC.has(op)) return own;
  if (PRODUCTS.has(op)) return "sums";
  if (!SUMS.has(op)) return "exact";
  return shareTerm(args[i], args[1 - i]) ? "products" : "sums";
}
/** Whether a sum has a term that is, but for the sign, the other operand of the next sum. */
function shareTerm(sum: Expr, other: Expr): boolean {
  if (sum.kind !== "apply") return false;
  if (MONOTONIC.has(sum.op)) return sum.args.some((a) => shareTerm(a, other));
  if (!SUMS.has(sum.op)) return false;
  const size = (e: Expr): Expr | number => {
    if (e.kind === "const") return Math.abs(Number(e.value));
    return e.kind === "apply" && e.op === "neg" ? size(e.args[0]) : e;
  };
  return sum.args.some((term) => size(term) === size(other));
}
function mustRound(op: ScalarOp, demand: Demand): boolean {
  if (demand === "anything") return false;
  if (demand === "exact") return true;
  return !PRODUCTS.has(op) && !(demand === "sums" && SUMS.has(op));
}

/** The length that the text of an expression grows to at most before it is given a name. */
const MAX_TEXT = 400;

/** The flat position of an index in an array of a shape. */
export type Position = (index: readonly Expr[], shape: readonly number[]) => Expr;

/** Prints a kernel: the statements of its whole loop nest. */
export function emit(kernel: Kernel, language: Language, position: Position = ravel): string[] {
  return new Emitter(kernel, language, position).run();
}

class Emitter {
  readonly #texts = new Map<Expr, string>();
  readonly #depths = new Map<Axis, number>();
  readonly #scopes: Scope[] = [];
  readonly #guards: Guards;
  readonly #speculative: ReadonlySet<Load>;
  /** How many nodes read a node. */
  readonly #uses = new Map<Expr, number>();
  readonly #depthOf = new Map<Expr, Axis[]>();
  readonly #order: readonly Expr[];
  readonly #siblings = new Map<readonly Axis[], Fold[]>();
  #names = 0;

  constructor(
    readonly kernel: Kernel,
    readonly language: Language,
    readonly position: Position,
  ) {
    const roots = kernel.stores.flatMap((s) => [position(s.index, s.buffer.shape), s.value]);
    const operands = (e: Expr) => this.#operands(e);
    this.#speculative = new Set();
    this.#order = this.#postorder(roots);
    this.#guards = findGuards(roots, this.#order, operands);
    const speculative = findSpeculative(roots, this.#order, operands, this.#guards);
    if (speculative.size > 0) {
      this.#speculative = speculative;
      this.#order = this.#postorder(roots);
      this.#guards = findGuards(roots, this.#order, operands);
    }
    for (const e of roots) this.#uses.set(e, (this.#uses.get(e) ?? 0) + 1);
    for (const e of this.#order) {
      for (const c of new Set(this.#operands(e))) this.#uses.set(c, (this.#uses.get(c) ?? 0) + 1);
      if (e.kind === "fold") {
        const group = this.#siblings.get(e.axes) ?? [];
        group.push(e);
        this.#siblings.set(e.axes, group);
      }
    }
    this.#findAxes();
  }

  run(): string[] {
    const { axes, stores } = this.kernel;
    this.#open(undefined);
    for (const a of axes) this.#openLoop(a);
    for (const { buffer, index, value } of stores) {
      const text = this.#visit(value, value.dtype === float32 ? "anything" : "exact");
      const position = this.#visit(this.position(index, buffer.shape));
      this.#scopes[this.#scopes.length - 1].lines.push(
        this.language.store(buffer, position, text),
      );
    }
    for (const a of [...axes].reverse()) this.#closeLoop(a);
    return this.#close();
  }

  /** What a node computes from; a load from its flat position. */
  #operands(e: Expr): readonly Expr[] {
    return e.kind === "load" ? [this.#positionOf(e)] : children(e);
  }
  #positionOf(e: Load): Expr {
    const flat = this.position(e.index, e.buffer.shape);
    if (!this.#speculative.has(e)) return flat;
    const size = product(e.buffer.shape);
    return this.position([clampIndex(flat, 0, size - 1)], [size]);
  }
  #postorder(roots: readonly Expr[]): Expr[] {
    return postorder(roots, (e) => this.#operands(e));
  }

  /** The free axes of every node, from its operands'. */
  #findAxes(): void {
    for (const e of this.#order) {
      if (e.kind === "axis") {
        this.#depthOf.set(e, [e]);
        continue;
      }
      const free = new Set<Axis>();
      for (const c of this.#operands(e)) for (const a of this.#depthOf.get(c)!) free.add(a);
      if (e.kind === "fold") { for (const a of e.axes) free.delete(a); }
      this.#depthOf.set(e, [...free]);
    }
  }

  #open(guard: string | undefined): void {
    this.#scopes.push({ lines: [], guard, named: [] });
  }
  #close(): string[] {
    const { lines, named } = this.#scopes.pop()!;
    for (const e of named) this.#texts.delete(e);
    return lines;
  }
  #openLoop(a: Axis): void {
    this.#open(undefined);
    this.#depths.set(a, this.#scopes.length - 1);
    this.#texts.set(a, a.size === 1 ? "0" : `i${this.#names++}`);
  }
  #closeLoop(a: Axis): void {
    const lines = this.#close();
    const outer = this.#scopes[this.#scopes.length - 1];
    const { loop, end } = this.language;
    if (a.size === 1) outer.lines.push(...lines);
    else outer.lines.push(loop(this.#texts.get(a)!, a.size), ...lines, end);
    this.#depths.delete(a);
  }

  /** The depth of the scope that a node belongs to. */
  #depth(e: Expr): number {
    let depth = 0;
    for (const a of this.#depthOf.get(e)!) depth = Math.max(depth, this.#depths.get(a)!);
    const guards = this.#guards.get(e)!;
    const guard = guards[guards.length - 1];
    if (guard !== undefined) {
      const at = this.#scopes.findIndex((s) => s.guard === guard);
      depth = Math.max(depth, at);
    }
    return depth;
  }

  /** The text of a node's value, emitting what it needs. */
  #visit(e: Expr, demand: Demand = "exact"): string {
    const known = this.#texts.get(e);
    if (known !== undefined) return known;
    if (e.kind === "const") return this.language.constant(e);
    const depth = this.#depth(e);
    if (e.kind === "fold") return this.#visitFold(e, depth);
    if (e.kind === "apply" && e.op === "select" && this.#isLazy(e)) {
      return this.#visitLazySelect(e, depth);
    }
    // Used once and right here: no name is needed, unless the text nests too deep to be parsed.
    const isHere = this.#uses.get(e)! <= 1 && depth === this.#scopes.length - 1;
    const text = this.#spell(e, isHere ? demand : "exact");
    if (isHere && text.length <= MAX_TEXT) return text;
    return this.#name(e, text, depth);
  }
  #spell(e: Expr, demand: Demand): string {
    if (e.kind === "load") {
      // An empty buffer is read behind a mask that never opens.
      if (product(e.buffer.shape) === 0) return this.language.constant(constant(0, e.dtype));
      return this.language.load(e.buffer, this.#visit(this.#positionOf(e)));
    }
    const node = e as Apply;
    if (this.#isInvariantDivision(node)) return this.#multiplyByReciprocal(node, demand);
    const texts = node.args.map((a, i) => this.#visit(a, demandOn(node, i, demand)));
    return this.language.apply(
      node,
      this.#nameRepeated(node, texts),
      mustRound(node.op, demand),
    );
  }
  /** See Note [Division by an invariant]. */
  #isInvariantDivision({ op, dtype, args }: Apply): boolean {
    if (!this.language.isWide || op !== "div" || dtype !== float32) return false;
    const [x, s] = args;
    if (x.kind === "const") return false;
    return s.kind === "const" || this.#depth(s) < this.#scopes.length - 1;
  }
  #multiplyByReciprocal(node: Apply, demand: Demand): string {
    const [x, s] = node.args;
    const one = constant(1, float32);
    // Of a dtype of its own: the program may have a `1 / s` that is rounded to float32.
    const reciprocal = apply("div", [one, s], float64);
    let factor = this.#texts.get(reciprocal);
    if (factor === undefined) {
      const texts = [this.language.constant(one), this.#visit(s)];
      const depth = s.kind === "const" ? 0 : this.#depth(s);
      factor = this.#name(reciprocal, this.language.apply(reciprocal, texts, false), depth);
    }
    const product = apply("mul", [x, reciprocal]);
    const left = this.#visit(x, "sums");
    return this.language.apply(product, [left, factor], mustRound("mul", demand));
  }
  /** Names the operands that the text of an operation holds more than once. */
  #nameRepeated(node: Apply, texts: readonly string[]): readonly string[] {
    const isName = (text: string) => /^[\w.]+$/.test(text);
    if (node.args.every((a, i) => a.kind === "const" || isName(texts[i]))) return texts;
    const marks = node.args.map((a, i) => a.kind === "const" ? texts[i] : `\u0000${i}`);
    const pattern = this.language.apply(node, marks, false);
    return node.args.map((a, i) =>
      isName(texts[i]) || a.kind === "const" || pattern.split(marks[i]).length <= 2
        ? texts[i]
        : this.#name(a, texts[i], this.#scopes.length - 1)
    );
  }
  #name(e: Expr, text: string, depth: number): string {
    const name = `t${this.#names++}`;
    const scope = this.#scopes[depth];
    scope.lines.push(this.language.bind(name, text, e));
    this.#remember(e, name, scope);
    return name;
  }
  #remember(e: Expr, name: string, scope: Scope): void {
    this.#texts.set(e, name);
    scope.named.push(e);
  }

  #isLazy(e: Apply): boolean {
    return e.args.slice(1).some((a) => isGuarded(this.#guards, e, a));
  }
  #visitLazySelect(e: Apply, depth: number): string {
    const inner = this.#scopes.splice(depth + 1);
    const [condition, ...sides] = e.args;
    const test = this.#visit(condition);
    const results = sides.map((side, i) => {
      this.#open(guardOf(e, i));
      const text = this.#visit(side);
      return { text, lines: this.#close() };
    });
    const scope = this.#scopes[depth];
    const name = `t${this.#names++}`;
    if (results.every((r) => r.lines.length === 0)) {
      const text = this.language.apply(e, [test, ...results.map((r) => r.text)], true);
      scope.lines.push(this.language.bind(name, text, e));
    } else {
      const [a, b] = results;
      scope.lines.push(
        this.language.declare(name, e),
        this.language.when(test),
        ...a.lines,
        this.language.assign(name, a.text),
        this.language.otherwise,
        ...b.lines,
        this.language.assign(name, b.text),
        this.language.end,
      );
    }
    this.#remember(e, name, scope);
    this.#scopes.push(...inner);
    return name;
  }

  /** Folds over the same axes in the same place share one loop. */
  #visitFold(e: Fold, depth: number): string {
    const group = this.#group(e, depth);
    const inner = this.#scopes.splice(depth + 1);
    const scope = this.#scopes[depth];
    const names = group.map((f) => {
      const name = `t${this.#names++}`;
      scope.lines.push(this.language.accumulator(name, f));
      return name;
    });
    for (const a of e.axes) this.#openLoop(a);
    group.forEach((f, i) => {
      const text = this.#visit(f.value, f.fold === "add" ? "anything" : "exact");
      const body = this.#scopes[this.#scopes.length - 1];
      body.lines.push(this.language.accumulate(names[i], text, f));
    });
    for (const a of [...e.axes].reverse()) this.#closeLoop(a);
    group.forEach((f, i) => {
      const name = `t${this.#names++}`;
      scope.lines.push(this.language.bind(name, this.language.folded(names[i], f), f));
      this.#remember(f, name, scope);
    });
    this.#scopes.push(...inner);
    return this.#texts.get(e)!;
  }
  #group(e: Fold, depth: number): Fold[] {
    const guards = this.#guards.get(e)!.join();
    const alike = this.#siblings.get(e.axes)!.filter((f) =>
      !this.#texts.has(f) && this.#depth(f) === depth && this.#guards.get(f)!.join() === guards
    );
    const inside = new Set(this.#postorder(alike.map((f) => f.value)));
    return [e, ...alike.filter((f) => f !== e && !inside.has(f) && !inside.has(e))];
  }
}
