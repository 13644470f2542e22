/** The arguments of a call: which are static, and the arrays among the others. */
import { ShapedArray } from "./aval.ts";
import { leafToArray } from "./convert.ts";
import { type DType, type DTypeLike, toDType } from "./dtype.ts";
import { describe } from "./errors.ts";
import { NDArray } from "./trace.ts";
import {
  flatten,
  isPlainObject,
  keyOf,
  LEAF,
  leafPaths,
  type PyTreeDef,
  showPath,
  unflatten,
} from "./tree.ts";

/** Any function. */
// deno-lint-ignore no-explicit-any -- the constraint of a function type
export type AnyFunction = (...args: any[]) => unknown;

/** The shape and dtype of an array that need not exist; stands for one in `lower` and the like. */
export class ShapeDtypeStruct {
  /** Element type. */
  readonly dtype: DType;
  /** A description of arrays of a shape and dtype. */
  constructor(
    /** Length of each axis. */
    readonly shape: readonly number[],
    dtype: DTypeLike,
    /** Whether the dtype is weak. */
    readonly weakType: boolean = false,
  ) {
    this.dtype = toDType(dtype);
  }
  /** JAX's form. */
  toString(): string {
    const weak = this.weakType ? ", weak_type=True" : "";
    const shape = this.shape.length === 1 ? `${this.shape[0]},` : this.shape.join(", ");
    return `ShapeDtypeStruct(shape=(${shape}), dtype=${this.dtype.name}${weak})`;
  }
  /** What `console.log` shows. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

/** Options of {@linkcode jit}. */
export interface JitOptions {
  /** Positions of arguments that are not traced: the function is compiled for each value. */
  staticArgnums?: number | readonly number[];
  /** Names of parameters, or of keys of a trailing options object, that are not traced. */
  staticArgnames?: string | readonly string[];
  /** Accepted for JAX's sake. Buffers are reused by plan, and arrays stay valid. */
  donateArgnums?: number | readonly number[];
  /** Accepted for JAX's sake, as `donateArgnums` is. */
  donateArgnames?: string | readonly string[];
  /** Accepted for JAX's sake: arguments that no result needs cost nothing. */
  keepUnused?: boolean;
  /** The name of the backend to run on; by default the preferred one. */
  backend?: string;
}

export const JIT_OPTIONS: readonly (keyof JitOptions)[] = [
  "staticArgnums",
  "staticArgnames",
  "donateArgnums",
  "donateArgnames",
  "keepUnused",
  "backend",
];
/** Throws unless `options` is an object of options that the function has. */
export function checkOptions(name: string, known: readonly string[], options: unknown): void {
  if (!isPlainObject(options)) {
    throw new TypeError(
      `${name}() takes an options object after the function, such as { ${known[0]}: 1 }; got ` +
        describe(options),
    );
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
    }
  }
}

function list<T>(x: T | readonly T[] | undefined): T[] {
  return x === undefined ? [] : Array.isArray(x) ? [...x] : [x as T];
}

/** Which arguments of a function are static. */
export class Statics {
  /** Negative ones count from a call's last argument: those of functions that take any number. */
  readonly positions: ReadonlySet<number>;
  readonly keys: readonly string[];
  constructor(
    readonly f: (...args: never[]) => unknown,
    readonly parameters: readonly string[] | undefined,
    options: JitOptions,
  ) {
    const arity = parameters?.some((p) => p.startsWith("...")) ? Infinity : parameters?.length;
    const positions = list(options.staticArgnums).map((n) => {
      if (!Number.isInteger(n)) throw new TypeError(`staticArgnums must be integers, got ${n}`);
      if (arity !== undefined && (n >= arity || n < -arity)) {
        throw new RangeError(
          `Jitted function has staticArgnums=(${list(options.staticArgnums).join(", ")},), but ` +
            `only accepts ${arity} positional arguments.`,
        );
      }
      return n < 0 && Number.isFinite(arity) ? n + arity! : n;
    });
    const keys: string[] = [];
    for (const name of list(options.staticArgnames)) {
      const position = parameters?.indexOf(name) ?? -1;
      if (position >= 0) positions.push(position);
      else keys.push(name);
    }
    this.positions = new Set(positions);
    this.keys = keys;
  }
  /** Whether the argument at a position is static, in a call of so many. */
  has(position: number, count: number): boolean {
    return this.positions.has(position) || this.positions.has(position - count);
  }
  /** The name of an argument in error texts: that of its parameter, if it has one. */
  nameOf(position: number): string {
    const { parameters = [] } = this;
    const last = parameters.length - 1;
    if (position >= last && parameters[last]?.startsWith("...")) {
      return `${parameters[last].slice(3)}[${position - last}]`;
    }
    return parameters[position] || `args[${position}]`;
  }
}

/** Arguments of one call: arrays, and what else the program depends on. */
export interface Call {
  /** The traced leaves: arrays, or descriptions of arrays. */
  readonly leaves: unknown[];
  /** Puts leaves back between the static arguments. */
  readonly rebuild: (leaves: readonly unknown[]) => unknown[];
  /** The name of each leaf. */
  readonly names: () => string[];
  /** Equal for calls whose static arguments are equal. */
  readonly staticKey: () => string;
  /** Equal for calls that the same program serves. */
  readonly key: string;
}

function checkHashable(value: unknown, name: string, within: readonly unknown[] = []): void {
  const bad = value instanceof NDArray || ArrayBuffer.isView(value) || value instanceof Map ||
    value instanceof Set;
  if (bad) {
    throw new TypeError(
      `Non-hashable static arguments are not supported. An error occurred while trying to hash ` +
        `${describe(value)}, the static argument ${name}. Static arguments are compared by ` +
        "value: use numbers, strings, plain lists and objects of those, or functions",
    );
  }
  if (Array.isArray(value) || isPlainObject(value)) {
    if (within.includes(value)) {
      throw new TypeError(
        `Non-hashable static arguments are not supported: the static argument ${name} contains ` +
          "itself",
      );
    }
    for (const v of Object.values(value)) checkHashable(v, name, [...within, value]);
  }
}

/** Takes the arguments of a call apart. */
export function prepare(statics: Statics, args: readonly unknown[]): Call {
  const leaves: unknown[] = [];
  const defs: (PyTreeDef | undefined)[] = [];
  const fixed: unknown[] = [];
  let key = "";
  const parameter = (i: number) => statics.nameOf(i);
  for (let i = 0; i < args.length; i++) {
    let arg = args[i];
    if (statics.has(i, args.length)) {
      checkHashable(arg, parameter(i));
      fixed[i] = arg;
      defs.push(undefined);
      key += `=${keyOf(arg)};`;
      continue;
    }
    if (arg instanceof NDArray) {
      leaves.push(arg);
      defs.push(LEAF);
      key += arg.aval.key;
      continue;
    }
    const last = i === args.length - 1;
    if (last && statics.keys.length > 0 && isPlainObject(arg)) {
      const chosen = Object.entries(arg).filter(([k]) => statics.keys.includes(k));
      for (const [k, v] of chosen) checkHashable(v, k);
      fixed[i] = Object.fromEntries(chosen);
      key += `=${keyOf(fixed[i])};`;
      arg = Object.fromEntries(Object.entries(arg).filter(([k]) => !statics.keys.includes(k)));
    }
    const [found, def] = flatten(arg);
    defs.push(def);
    if (def !== LEAF) key += `${def.key}(`;
    found.forEach((leaf, j) => {
      const x = leaf instanceof ShapeDtypeStruct ? leaf : leafToArray(leaf, () => {
        const path = showPath(parameter(i), leafPaths(def)[j]);
        return `Error interpreting argument to ${describe(statics.f)} as an abstract array. The ` +
          `problematic value is of type ${typeof leaf} (${describe(leaf)}) and was passed to the ` +
          `function at path ${path}.\nThis typically means that a jit-wrapped function was ` +
          "called with a non-array argument, and this argument was not marked as static using " +
          "the staticArgnums or staticArgnames parameters of jit.";
      });
      leaves.push(x);
      key += avalOf(x).key;
    });
    if (def !== LEAF) key += ")";
  }
  return {
    leaves,
    key,
    names: () =>
      defs.flatMap((def, i) =>
        def === undefined ? [] : leafPaths(def).map((path) => showPath(parameter(i), path))
      ),
    staticKey: () => keyOf(fixed),
    rebuild: (values) => {
      let next = 0;
      return defs.map((def, i) => {
        if (def === undefined) return fixed[i];
        const tree = unflatten(def, values.slice(next, next += def.numLeaves));
        return fixed[i] === undefined ? tree : { ...tree as object, ...fixed[i] as object };
      });
    },
  };
}

/** The arrays of a call that is to be run. */
export function operandsOf({ leaves, names }: Call): readonly NDArray[] {
  leaves.forEach((x, i) => {
    if (x instanceof ShapeDtypeStruct) {
      throw new TypeError(
        `Argument '${names()[i]}' is ${x}, which describes an array: give an array to run the ` +
          "function, or use evalShape or .lower(...) to learn about it without running it",
      );
    }
  });
  return leaves as NDArray[];
}

/** Throws unless a program compiled for one call serves another. */
export function checkCompiledFor(expected: Call, call: Call): void {
  if (call.key === expected.key) return;
  const names = call.names();
  if (names.join() !== expected.names().join()) {
    throw new TypeError(
      "Function compiled with input pytree does not match the input pytree it was called with: " +
        `compiled for (${expected.names().join(", ")}), called with (${names.join(", ")})`,
    );
  }
  if (call.staticKey() !== expected.staticKey()) {
    throw new TypeError("Static arguments differ from those for which this function was compiled");
  }
  const mismatches = call.leaves.map(avalOf).flatMap((aval, i) => {
    const before = avalOf(expected.leaves[i]);
    return aval.equals(before.with({ weakType: aval.weakType }))
      ? []
      : [`\nArgument '${names[i]}' compiled with ${before} and called with ${aval}`];
  });
  if (mismatches.length > 0) {
    throw new TypeError(
      "Argument types differ from the types for which this computation was compiled. Perhaps you " +
        "are calling the compiled executable with a different enableX64 mode than when it was " +
        `AOT compiled? The mismatches are:${mismatches.join("")}`,
    );
  }
}

/** The type of an array, or of the one that is described. */
export function avalOf(x: unknown): ShapedArray {
  return x instanceof NDArray ? x.aval : new ShapedArray(
    (x as ShapeDtypeStruct).shape,
    (x as ShapeDtypeStruct).dtype,
    (x as ShapeDtypeStruct).weakType,
  );
}
