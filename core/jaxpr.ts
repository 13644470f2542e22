/** Programs as data: typed, first-order, in A-normal form. */
import type { ShapedArray } from "./aval.ts";
import type { ScalarValue } from "./expr.ts";
import { bind, type Complex, type NDArray, type Primitive } from "./trace.ts";

/** A variable: the result of one equation, or an input. */
export class Var {
  /** A variable that stands for nothing yet. */
  constructor(
    /** Its type. */
    readonly aval: ShapedArray,
  ) {}
}

/** A scalar written into a program. */
export class Literal {
  /** The literal of a value. */
  constructor(
    /** Its value. */
    readonly value: ScalarValue | Complex,
    /** Its type; the shape is `[]`. */
    readonly aval: ShapedArray,
  ) {}
}

/** What an equation computes with. */
export type Atom = Var | Literal;

/** One step of a program: `outputs = primitive[params] inputs`. */
export interface Equation {
  /** The operation. */
  readonly primitive: Primitive<never>;
  /** Its operands. */
  readonly invars: readonly Atom[];
  /** Its static parameters. */
  readonly params: unknown;
  /** The variables it binds. */
  readonly outvars: readonly Var[];
}

/** A program. */
export class Jaxpr {
  /** A program of these parts; `checkJaxpr` tells whether they fit. */
  constructor(
    /** Variables that stand for captured arrays. */
    readonly constvars: readonly Var[],
    /** Variables that stand for arguments. */
    readonly invars: readonly Var[],
    /** The steps, in order. */
    readonly eqns: readonly Equation[],
    /** What the program returns. */
    readonly outvars: readonly Atom[],
  ) {}
}

/** Throws unless every variable is bound once and every equation has the type it claims. */
export function checkJaxpr(jaxpr: Jaxpr): void {
  const fail = (fault: string): never => {
    throw new TypeError(`denojax made a wrong program: ${fault}`);
  };
  const inputs = [...jaxpr.constvars, ...jaxpr.invars];
  const bound = new Set<Atom>(inputs);
  if (bound.size < inputs.length) fail("an input is bound twice");
  const read = (atom: Atom, where: string) => {
    if (atom instanceof Var && !bound.has(atom)) fail(`unbound variable in ${where}`);
  };
  for (const { primitive, invars, params, outvars } of jaxpr.eqns) {
    for (const atom of invars) read(atom, primitive.name);
    const types = primitive.rules.type(invars.map((a) => a.aval), params as never);
    if (types.length !== outvars.length) {
      fail(`${primitive.name} has ${types.length} results, not ${outvars.length}`);
    }
    outvars.forEach((v, i) => {
      if (bound.has(v)) fail(`a result of ${primitive.name} is bound twice`);
      if (!v.aval.equals(types[i])) fail(`${primitive.name} gives ${types[i]}, not ${v.aval}`);
      bound.add(v);
    });
  }
  for (const atom of jaxpr.outvars) read(atom, "the outputs");
}

/** The equations that the results depend on. */
export function liveEquations(
  equations: readonly Equation[],
  outputs: readonly Atom[],
): Equation[] {
  const live = new Set<Atom>(outputs);
  const kept: Equation[] = [];
  for (let i = equations.length - 1; i >= 0; i--) {
    const e = equations[i];
    if (!e.outvars.some((v) => live.has(v))) continue;
    for (const a of e.invars) live.add(a);
    kept.push(e);
  }
  return kept.reverse();
}

/** Runs a program under the current trace. `literal` makes an array of a scalar in it. */
export function evalJaxpr(
  jaxpr: Jaxpr,
  constants: readonly NDArray[],
  args: readonly NDArray[],
  literal: (literal: Literal) => NDArray,
): NDArray[] {
  const values = new Map<Var, NDArray>();
  jaxpr.constvars.forEach((v, i) => values.set(v, constants[i]));
  jaxpr.invars.forEach((v, i) => values.set(v, args[i]));
  const read = (a: Atom) => a instanceof Literal ? literal(a) : values.get(a)!;
  for (const { primitive, invars, params, outvars } of jaxpr.eqns) {
    const results = bind(primitive as unknown as Primitive, invars.map(read), params);
    outvars.forEach((v, i) => values.set(v, results[i]));
  }
  return jaxpr.outvars.map(read);
}
