/**
 * Runs cases against JAX's answers: types, values on each backend, `jit`, programs, errors.
 *
 * The tables are in `tests/cases`, the answers in `tests/golden` (`deno task golden` asks JAX).
 */
import { config, jit, lax, makeJaxpr, numpy, setDefaultBackend } from "../mod.ts";
import { decodeBfloat16 } from "../core/array.ts";
import { type ShapedArray, stridesOf } from "../core/aval.ts";
import type { DType, TypedArray } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import type { ClosedJaxpr } from "../core/jit.ts";
import type { Jaxpr } from "../core/jaxpr.ts";
import { jaxprsIn } from "../core/print.ts";
import { stage } from "../core/stage.ts";
import { currentTrace, NDArray } from "../core/trace.ts";
import { flatten, isPlainObject } from "../core/tree.ts";
import { type Case, Data, type How, keyOfCase, PythonFloat } from "./cases/case.ts";
import { tables } from "./cases/mod.ts";

/** What JAX answers to a case. */
export interface Golden {
  /** The leaves of the result: `f32[2] <base64>`, a leading `~` if weak; `=…` if not an array. */
  readonly out?: readonly string[];
  /** The error instead: `class: first paragraph`. */
  readonly error?: string;
  /** The program, if the case asks for it. */
  readonly jaxpr?: string;
  /** The values are NumPy's in float64. */
  readonly precise?: true;
  /** The class of the error that tracing meets: a shape depends on values. */
  readonly untraceable?: string;
}

/** A case with its answer. */
export interface Row {
  readonly case: Case;
  readonly key: string;
  readonly golden: Golden;
}

/** The rows of all tables, by what they call. */
export function rowsByCall(): Map<string, Row[]> {
  const rows = Object.entries(tables).flatMap(([name, cases]) => {
    const golden = readGolden(name);
    return cases.map((c): Row => {
      const key = keyOfCase(c);
      return { case: c, key, golden: golden[key] ?? {} };
    });
  });
  return Map.groupBy(rows, (row) => row.case.call);
}

function readGolden(name: string): Record<string, Golden | undefined> {
  try {
    return JSON.parse(Deno.readTextFileSync(new URL(`golden/${name}.json`, import.meta.url)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** Runs `body` with a backend preferred. */
export function forBackend<T>(name: string, body: () => T): T {
  setDefaultBackend(name);
  try {
    return body();
  } finally {
    setDefaultBackend(undefined);
  }
}

// -- running ----------------------------------------------------------------------------------

/** A case as a function of its arrays, and the arrays. */
export function functionOf(c: Case): [f: (...arrays: NDArray[]) => unknown, arrays: Data[]] {
  const arrays: Data[] = [];
  const place = (arg: unknown): (values: readonly NDArray[]) => unknown => {
    if (arg instanceof Data) {
      const i = arrays.push(arg) - 1;
      return (values) => values[i];
    }
    if (arg instanceof PythonFloat) return () => arg.value;
    if (Array.isArray(arg)) {
      const parts = arg.map(place);
      return (values) => parts.map((p) => p(values));
    }
    if (isPlainObject(arg)) {
      // By name, as JAX sorts keyword arguments that are traced.
      const parts = Object.keys(arg).sort().map((k) => [k, place(arg[k])] as const);
      return (values) => Object.fromEntries(parts.map(([k, p]) => [k, p(values)]));
    }
    return () => arg;
  };
  const build = place(c.args);
  return [(...values) => invoke(c, build(values) as unknown[]), arrays];
}

type Callable = (...args: unknown[]) => unknown;
function invoke({ call, run }: Case, args: unknown[]): unknown {
  if (run !== undefined) return run(...args);
  const [module, name] = call.split(".");
  const [x, ...rest] = args as [NDArray, ...unknown[]];
  if (module === "at") {
    const [index, ...values] = rest as [never[], ...unknown[]];
    return (x.at(...index) as unknown as Record<string, Callable>)[name](...values);
  }
  if (module === "array") {
    const member = x[name as "sum"] as unknown;
    return typeof member === "function" ? member.apply(x, rest) : member;
  }
  const f = ({ np: numpy, lax }[module] as unknown as Record<string, Callable>)[name];
  if (f === undefined) throw new Error(`there is no ${call}`);
  return f(...args);
}

/** Everything wrong with one case on the preferred backend; nothing if it is as JAX has it. */
export function check({ case: c, golden }: Row): string[] {
  const before = config.enableX64;
  config.enableX64 = c.x64 ?? false;
  try {
    if (golden.error !== undefined || typeof c.throws === "string") return checkError(c, golden);
    if (golden.out === undefined) return ["JAX has not been asked yet: deno task golden"];
    return checkResult(c, golden);
  } catch (error) {
    return [thrown(error)];
  } finally {
    config.enableX64 = before;
  }
}
function thrown(error: unknown): string {
  const { name, message } = error as Error;
  return `throws ${name}: ${message.split("\n")[0]}`;
}

function checkResult(c: Case, golden: Golden): string[] {
  const [f, data] = functionOf(c);
  const arrays = data.map((d) => d.toArray());
  const [eager] = flatten(f(...arrays));
  const wrong = compareLeaves(eager, golden.out!, c);
  if (!eager.every((x) => x instanceof NDArray)) return wrong;
  if (golden.jaxpr !== undefined) {
    const text = String(makeJaxpr(f)(...arrays));
    if (text !== golden.jaxpr) wrong.push(`prints\n${text}\nnot as JAX\n${golden.jaxpr}`);
  }
  let jitted: unknown[];
  try {
    [jitted] = flatten(jit(f)(...arrays));
  } catch (error) {
    if (golden.untraceable === undefined) wrong.push(`under jit, ${thrown(error)}`);
    return wrong;
  }
  wrong.push(...compareLeaves(jitted, golden.out!, c).map((w) => `under jit, ${w}`));
  const same = compareLeaves(jitted, eager.map((x) => encode(x)), c);
  return [...wrong, ...same.map((w) => `jit against eager: ${w}`)];
}

// -- comparing --------------------------------------------------------------------------------

/** A leaf of a result in the form of the golden files. */
export function encode(leaf: unknown): string {
  if (leaf instanceof NDArray) {
    const { buffer, byteOffset, byteLength } = leaf.toTypedArray();
    const base64 = new Uint8Array(buffer, byteOffset, byteLength).toBase64();
    return `${typeOf(leaf)} ${base64}`.trimEnd();
  }
  const isDType = typeof leaf === "function";
  return `=${isDType ? (leaf as unknown as DType).name : JSON.stringify(leaf)}`;
}
function typeOf({ aval }: NDArray): string {
  return `${aval.weakType ? "~" : ""}${aval.toShortString()}`;
}

function compareLeaves(actual: readonly unknown[], golden: readonly string[], how: How): string[] {
  if (actual.length !== golden.length) {
    return [`gives ${actual.length} results, JAX gives ${golden.length}`];
  }
  const wrong = actual.map((x, i) => {
    const difference = compareLeaf(x, golden[i], how);
    return difference && golden.length > 1 ? `result ${i}: ${difference}` : difference;
  });
  return wrong.filter((w) => w !== undefined);
}

function compareLeaf(actual: unknown, golden: string, how: How): string | undefined {
  if (!(actual instanceof NDArray) || golden.startsWith("=")) {
    const text = encode(actual);
    return text === golden ? undefined : `got ${text}, JAX gives ${golden}`;
  }
  const [type, base64 = ""] = golden.split(" ");
  if (typeOf(actual) !== type) return `has type ${typeOf(actual)}, JAX gives ${type}`;
  const expected = new actual.dtype.storage(Uint8Array.fromBase64(base64).buffer);
  return compareElements(actual.aval, actual.toTypedArray(), expected, how);
}

/** The worst difference between two arrays of one type, in words; nothing if it is allowed. */
export function compareElements(
  aval: ShapedArray,
  actual: TypedArray,
  expected: TypedArray,
  { ulp = 4, normwise = false, scale = 0 }: How,
): string | undefined {
  const x = numbers(actual, aval.dtype);
  const y = numbers(expected, aval.dtype);
  const parts = aval.dtype.kind === "c" ? 2 : 1;
  const float = FLOATS[aval.dtype.name];
  const finite = normwise ? y.filter((v) => Number.isFinite(v)) as number[] : [];
  const largest = finite.reduce((m, v) => Math.max(m, Math.abs(v)), scale);
  let worst = 0;
  let where = -1;
  for (let i = 0; i < y.length; i++) {
    const distance = float === undefined
      ? (x[i] === y[i] ? 0 : Infinity)
      : distanceOf(x as number[], y as number[], i, { float, parts, largest, exact: ulp === 0 });
    if (distance > worst || Number.isNaN(distance)) [worst, where] = [distance, i];
  }
  if (worst <= ulp) return undefined;
  const element = Math.floor(where / parts);
  const index = stridesOf(aval.shape).map((s, k) => Math.floor(element / s) % aval.shape[k]);
  const show = (v: number | bigint) => Object.is(v, -0) ? "-0" : String(v);
  const part = parts === 1 ? "" : where % 2 === 0 ? " (real part)" : " (imaginary part)";
  return `at ${showShape(index)}${part} got ${show(x[where])}, expected ${show(y[where])}: ` +
    `${worst === Infinity ? "unequal" : `${Number(worst.toPrecision(3))} ulp`}; ${ulp} allowed`;
}

function numbers(data: TypedArray, dtype: DType): (number | bigint)[] {
  const list = Array.from(data as Float64Array);
  return dtype.name === "bfloat16" ? list.map(decodeBfloat16) : list;
}

/** Digits of the significand and exponent of the smallest normal number. */
interface Float {
  readonly digits: number;
  readonly emin: number;
}
const FLOATS: Partial<Record<string, Float>> = {
  float16: { digits: 11, emin: -14 },
  bfloat16: { digits: 8, emin: -126 },
  float32: { digits: 24, emin: -126 },
  float64: { digits: 53, emin: -1022 },
  complex64: { digits: 24, emin: -126 },
  complex128: { digits: 53, emin: -1022 },
};

/** The distance of neighbours at `x`. */
function spacing(x: number, { digits, emin }: Float): number {
  const exponent = x === 0 ? emin : Math.max(Math.floor(Math.log2(x)), emin);
  return 2 ** Math.max(exponent - (digits - 1), -1074);
}

/** How far `x[i]` is from `y[i]`, in ulps of `y[i]` (of a complex number's larger part). */
function distanceOf(
  x: readonly number[],
  y: readonly number[],
  i: number,
  how: { float: Float; parts: number; largest: number; exact: boolean },
): number {
  const [a, b] = [x[i], y[i]];
  if (Object.is(a, b) || (!how.exact && a === b)) return 0;
  // XLA flushes subnormal results to zero, JavaScript keeps them.
  if (b === 0 && a !== 0 && Math.abs(a) <= 2 ** how.float.emin) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
  if (a === b) return Infinity; // zeros of unlike sign
  const other = how.parts === 2 ? y[i ^ 1] : 0;
  const size = Math.max(Math.abs(b), Number.isFinite(other) ? Math.abs(other) : 0, how.largest);
  return Math.abs(a - b) / spacing(size, how.float);
}

// -- errors -----------------------------------------------------------------------------------

/** Our class for a Python class; JAX's own keep their names. */
const CLASSES: Record<string, string> = {
  ValueError: "RangeError",
  IndexError: "RangeError",
  OverflowError: "RangeError",
  ZeroDivisionError: "RangeError",
  RuntimeError: "RangeError",
  AttributeError: "TypeError",
  AssertionError: "RangeError",
};

/**
 * A sentence without what differs between the languages: case and underscores of names, `jnp`,
 * kinds of brackets, the name of the language, quotes of classes.
 */
export function plainSentence(text: string): string {
  return text
    .replace(/\bjax\.numpy\b|\bjnp\b/g, "np")
    .replace(/\bjax\.lax\b/g, "lax")
    .replace(/\bnp\.int\d+\((-?\d+)\)|\bdtype\('(\w+)'\)/g, "$1$2")
    .replace(/\bTraced<ShapedArray\((.*?)\)>with<.*?>/g, "JitTracer($1)")
    .replace(/<class '([\w.]+)'>/g, "$1")
    .replace(/list\/tuple|\btuple(?= at position)/g, "list")
    .replace(/\b(NoneType|undefined)\b/g, "null")
    .replace(/\bgot: /g, "got ")
    .replace(/\bPython\b/g, "JavaScript")
    .replace(/_/g, "")
    .replace(/[[{]/g, "(")
    .replace(/[\]}]/g, ")")
    .replace(/,\)/g, ")")
    .replace(/\s+/g, " ")
    .replace(/[.\s]+$/, "")
    .toLowerCase();
}

function checkError(c: Case, golden: Golden): string[] {
  const [f, data] = functionOf(c);
  const [, name, sentence] = /^(\w+): ([\s\S]*)$/.exec(golden.error ?? "Error: ")!;
  const wanted = typeof c.throws === "string" ? c.throws : sentence;
  let error: Error;
  try {
    const result = f(...data.map((d) => d.toArray()));
    return [`gives ${String(result)} instead of saying\n${wanted}`];
  } catch (e) {
    error = e as Error;
  }
  const wrong: string[] = [];
  const either = name === "NotImplementedError" && ["TypeError", "RangeError"].includes(error.name);
  const own = name !== "TypeError" && name !== "Error" && CLASSES[name] === undefined;
  if ((c.throws === true || own) && !either && error.name !== (CLASSES[name] ?? name)) {
    wrong.push(`throws a ${error.name} (${error.message.split("\n")[0]}), JAX a ${name}`);
  }
  if (!plainSentence(error.message).includes(plainSentence(wanted))) {
    wrong.push(`says\n${error.message}\nnot as JAX\n${wanted}`);
  }
  return wrong;
}

// -- coverage ---------------------------------------------------------------------------------

/** Adds the names of the primitives of a program, of programs inside it and of composites. */
export function collectPrimitives(jaxpr: Jaxpr, names: Set<string>): void {
  for (const { primitive, params, invars } of jaxpr.eqns) {
    for (const inner of jaxprsIn(params)) collectPrimitives(inner, names);
    const seen = names.has(primitive.name);
    names.add(primitive.name);
    const { expand } = primitive.rules;
    if (expand === undefined || seen) continue;
    const avals = invars.map((a) => a.aval);
    const parts = stage((...xs) => expand(xs, params as never), avals, currentTrace());
    collectPrimitives(parts.jaxpr, names);
  }
}

/** The primitives that the cases of all tables reach. */
export function coveredPrimitives(): Set<string> {
  const names = new Set<string>();
  for (const { case: c, golden } of [...rowsByCall().values()].flat()) {
    if (golden.out === undefined || golden.untraceable !== undefined || c.x64) continue;
    const [f, data] = functionOf(c);
    let closed: ClosedJaxpr;
    try {
      closed = makeJaxpr(f)(...data.map((d) => d.toArray()));
    } catch {
      continue; // the case's own test says so
    }
    collectPrimitives(closed.jaxpr, names);
  }
  return names;
}
