/** Prints programs as JAX does. */
import { type DType, isComplex, isInexact } from "./dtype.ts";
import { formatScalar } from "./format.ts";
import { type Atom, type Equation, Jaxpr, Var } from "./jaxpr.ts";
import { breakable, concat, type Doc, format, group, join, nest, text } from "./pretty.ts";

/** A program with the arrays it captured need not be printed with them. */
interface Closed {
  readonly jaxpr: Jaxpr;
}
function asJaxpr(value: unknown): Jaxpr | undefined {
  if (value instanceof Jaxpr) return value;
  const inner = (value as Closed | null | undefined)?.jaxpr;
  return inner instanceof Jaxpr ? inner : undefined;
}
/** The programs inside the params of an equation. */
export function jaxprsIn(params: unknown): Jaxpr[] {
  return Object.values(params as object).flatMap((v) =>
    (Array.isArray(v) ? v : [v]).map(asJaxpr).filter((j) => j !== undefined)
  );
}

/** What Python prints for plain data; strings are bare at the top, as `str` leaves them. */
function showPython(value: unknown, nested = false): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return nested ? `'${value}'` : value;
  if (typeof value === "function") return value.name || "<lambda>";
  if (Array.isArray(value)) {
    const inside = value.map((v) => showPython(v, true));
    return inside.length === 1 ? `(${inside[0]},)` : `(${inside.join(", ")})`;
  }
  return String(value);
}
/** JAX's name of a param: `newDtype` is `new_dtype`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (c) => "_" + c.toLowerCase());
}

/** Letters for the n-th variable: `a … z ba bb …`. */
function letters(n: number): string {
  const last = String.fromCharCode(97 + n % 26);
  return n < 26 ? last : letters(Math.floor(n / 26)) + last;
}

/** JAX prints the scalars in a program with the digits of a Python float. */
function complexOrFloat64(dtype: DType): string {
  return isComplex(dtype) ? "complex128" : "float64";
}

/** Names of variables and of shared programs, over one whole print. */
class Context {
  readonly #names = new Map<Var, string>();
  readonly shared = new Map<Jaxpr, string>();
  #fresh = 0;

  constructor(jaxpr: Jaxpr) {
    for (const v of unread(jaxpr)) this.#names.set(v, "_");
  }
  name(v: Var): string {
    let name = this.#names.get(v);
    if (name === undefined) {
      const taken = new Set(this.shared.values());
      do name = letters(this.#fresh++); while (taken.has(name));
      this.#names.set(v, name);
    }
    return name;
  }
  atom(a: Atom): string {
    if (a instanceof Var) return this.name(a);
    const { value, aval } = a;
    const scalar = typeof value === "object" ? [value.re, value.im] as const : value;
    const name = isInexact(aval.dtype) ? complexOrFloat64(aval.dtype) : aval.dtype.name;
    return `${formatScalar(scalar, name)}:${aval.toShortString()}`;
  }
  /** Gives inner variables the names of the outer ones they stand for. */
  alias(inner: readonly Atom[], outer: readonly Atom[]): void {
    const used = new Set<Var>();
    inner.forEach((v, i) => {
      const like = outer[i];
      if (!(like instanceof Var) || used.has(like)) return;
      if (!(v instanceof Var) || this.#names.has(v)) return;
      used.add(like);
      this.#names.set(v, this.name(like));
    });
  }
}

/** Results of equations that nothing reads. JAX leaves out the names of the outermost ones only. */
function unread(jaxpr: Jaxpr): Var[] {
  const read = new Set<Atom>(jaxpr.outvars);
  for (const e of jaxpr.eqns) for (const a of e.invars) read.add(a);
  return jaxpr.eqns.flatMap((e) => e.outvars.filter((v) => !read.has(v)));
}

function binders(vars: readonly Var[], context: Context): Doc {
  const docs = vars.map((v) => text(`${context.name(v)}:${v.aval.toShortString()}`));
  return nest(2, group(join(group(breakable()), docs)));
}
function atoms(list: readonly Atom[], context: Context, separator = ""): Doc {
  const docs = list.map((a) => text(context.atom(a)));
  return nest(2, group(join(concat(text(separator), group(breakable())), docs)));
}

function param(key: string, value: unknown, context: Context): Doc {
  const inner = asJaxpr(value);
  const body = inner !== undefined ? program(inner, context) : text(showPython(value));
  return concat(text(`${snakeCase(key)}=`), body);
}
function params(e: Equation, context: Context): Doc {
  const { primitive, params } = e;
  const printed = primitive.rules.print?.(params as never, e.invars.map((a) => a.aval)) ??
    params as Record<string, unknown>;
  const keys = Object.keys(printed).sort((a, b) =>
    Number(b === "name") - Number(a === "name") || (snakeCase(a) < snakeCase(b) ? -1 : 1)
  );
  if (keys.length === 0) return text("");
  const pairs = keys.map((k) => param(k, printed[k], context));
  return group(concat(
    nest(2, concat(text("["), breakable(""), join(breakable(), pairs))),
    breakable(""),
    text("]"),
  ));
}

function equation(e: Equation, context: Context): Doc {
  const [inner, ...more] = jaxprsIn(e.params);
  if (inner !== undefined && more.length === 0 && !context.shared.has(inner)) {
    context.alias(inner.invars, e.invars);
    context.alias(inner.outvars, e.outvars);
  }
  const bound = binders(e.outvars, context);
  const equals = text(e.outvars.length > 0 ? " = " : "");
  const operation = concat(text(e.primitive.name), params(e, context), text(" "));
  return concat(bound, equals, operation, atoms(e.invars, context));
}

function skeleton(jaxpr: Jaxpr, context: Context): Doc {
  const constants = binders(jaxpr.constvars, context);
  const inputs = binders(jaxpr.invars, context);
  const body = join(breakable("; "), jaxpr.eqns.map((e) => equation(e, context)));
  const outputs = concat(
    text("("),
    atoms(jaxpr.outvars, context, ","),
    text(jaxpr.outvars.length === 1 ? ",)" : ")"),
  );
  return group(concat(
    nest(
      2,
      concat(
        text("{ lambda "),
        constants,
        text("; "),
        inputs,
        text(". let"),
        nest(2, concat(breakable(), body)),
        breakable(),
        text("in "),
        outputs,
      ),
    ),
    text(" }"),
  ));
}
function program(jaxpr: Jaxpr, context: Context): Doc {
  const name = context.shared.get(jaxpr);
  return name !== undefined ? text(name) : skeleton(jaxpr, context);
}

/** Programs that are printed once at the top: those used twice, or of more than ten equations. */
function findShared(root: Jaxpr): Map<Jaxpr, string> {
  const counts = new Map<Jaxpr, number>();
  const names = new Map<Jaxpr, string>();
  const queue = [root];
  for (let jaxpr = queue.shift(); jaxpr !== undefined; jaxpr = queue.shift()) {
    const long = jaxpr !== root && jaxpr.eqns.length > 10;
    counts.set(jaxpr, (counts.get(jaxpr) ?? 0) + (long ? 2 : 1));
    for (const e of jaxpr.eqns) {
      const { name } = e.params as { name?: string };
      for (const inner of jaxprsIn(e.params)) {
        queue.push(inner);
        if (name !== undefined && !names.has(inner)) names.set(inner, name.replace(/[<>]/g, ""));
      }
    }
  }
  const taken = new Map<string, number>();
  const shared = new Map<Jaxpr, string>();
  for (const [jaxpr, count] of counts) {
    if (count === 1) continue;
    const name = names.get(jaxpr) ?? "jaxpr";
    const n = taken.get(name) ?? 0;
    taken.set(name, n + 1);
    shared.set(jaxpr, n === 0 ? name : `${name}${n}`);
  }
  return shared;
}

/** A program in JAX's notation, at most 80 columns wide where that can be. */
export function printJaxpr(jaxpr: Jaxpr): string {
  const context = new Context(jaxpr);
  for (const [inner, name] of findShared(jaxpr)) context.shared.set(inner, name);
  const lets = [...context.shared].map(([inner, name]) =>
    concat(text(`let ${name} = `), skeleton(inner, context), text(" in"), breakable())
  );
  return format(concat(...lets, skeleton(jaxpr, context)));
}

/** One equation, as error texts show it. */
export function printEquation(e: Equation): string {
  return format(equation(e, new Context(new Jaxpr([], [], [e], [...e.outvars]))));
}
