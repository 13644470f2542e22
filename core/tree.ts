/** Pytrees: nested containers of leaves, as `jit` takes and gives them. */
import { describe } from "./errors.ts";

/** How a class of a user's is taken apart and put together. */
export interface PytreeNode<T, Aux = unknown> {
  /** The children of a node, and what else is needed to rebuild it. */
  flatten(node: T): readonly [children: readonly unknown[], aux: Aux];
  /** Builds a node. */
  unflatten(aux: Aux, children: readonly unknown[]): T;
}

/** A class of `T`s. */
// deno-lint-ignore no-explicit-any -- a class is known only by its constructor
export type Class<T> = abstract new (...args: any[]) => T;

const registered = new Map<unknown, PytreeNode<unknown>>();

/**
 * Makes instances of a class nodes of pytrees, so that `jit` and its like look inside.
 * `aux` must be plain data: it is part of the structure that a program is compiled for.
 *
 * @throws {TypeError} if the class is registered already.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { jit, numpy as np, registerPytreeNode } from "../mod.ts";
 * class Point { constructor(readonly x: np.NDArray, readonly y: np.NDArray) {} }
 * registerPytreeNode(Point, {
 *   flatten: (p) => [[p.x, p.y], null],
 *   unflatten: (_aux, [x, y]) => new Point(x as np.NDArray, y as np.NDArray),
 * });
 * const swap = jit((p: Point) => new Point(p.y, p.x));
 * assert(swap(new Point(np.array(1), np.array(2))).x.item() === 2);
 * ```
 */
export function registerPytreeNode<T, Aux>(type: Class<T>, node: PytreeNode<T, Aux>): void {
  if (registered.has(type)) {
    throw new TypeError(`Duplicate custom PyTreeDef type registration for class ${type.name}.`);
  }
  registered.set(type, node as unknown as PytreeNode<unknown>);
}

/** The structure of a pytree, without its leaves. */
export class PyTreeDef {
  /** Equal for equal structures, different for different ones. */
  readonly key: string;
  /** Number of leaves. */
  readonly numLeaves: number;

  /** {@linkcode flatten} makes one. */
  constructor(
    /** What kind of node this is. */
    readonly kind: "leaf" | "none" | "undefined" | "list" | "dict" | "custom",
    /** The structures of the children, in order. */
    readonly children: readonly PyTreeDef[],
    /** Keys of a dict (sorted), the class of a custom node; empty otherwise. */
    readonly data: readonly string[] | { readonly type: unknown; readonly aux: unknown },
  ) {
    this.numLeaves = kind === "leaf" ? 1 : children.reduce((n, c) => n + c.numLeaves, 0);
    this.key = this.#makeKey();
  }

  #makeKey(): string {
    const inside = this.children.map((c) => c.key);
    switch (this.kind) {
      case "leaf":
        return "*";
      case "none":
        return "None";
      case "undefined":
        return "undefined";
      case "list":
        return `[${inside.join(", ")}]`;
      case "dict": {
        const keys = this.data as readonly string[];
        return `{${inside.map((c, i) => `${quoted(keys[i])}: ${c}`).join(", ")}}`;
      }
      case "custom": {
        const { type, aux } = this.data as { type: { name: string }; aux: unknown };
        return `CustomNode(${type.name}#${classId(type)}[${keyOf(aux)}], [${inside.join(", ")}])`;
      }
    }
  }

  /** Whether the two are one structure. */
  equals(that: PyTreeDef): boolean {
    return this.key === that.key;
  }
  /** JAX's form: `PyTreeDef({'a': *, 'b': [*, *]})`. */
  toString(): string {
    return `PyTreeDef(${this.key})`;
  }
}

/** A string in single quotes, as Python shows it. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 0;
function classId(object: object): number {
  let id = identities.get(object);
  if (id === undefined) identities.set(object, id = nextIdentity++);
  return id;
}

/**
 * A string that is equal for equal plain data and different for different data. Functions, class
 * instances and symbols count by identity. This is what cache keys are made of.
 */
export function keyOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return `#${classId(value)}`;
    case "symbol":
      return `@${symbolId(value)}`;
    case "object":
      break;
    default:
      return String(value);
  }
  if (value === null) return "null";
  if (Array.isArray(value)) {
    let s = "[";
    for (let i = 0; i < value.length; i++) s += keyOf(value[i]) + ",";
    return s + "]";
  }
  if (isPlainObject(value)) {
    let s = "{";
    for (const k of Object.keys(value).sort()) s += `${JSON.stringify(k)}:${keyOf(value[k])},`;
    return s + "}";
  }
  return `#${classId(value as object)}`;
}
const symbols = new Map<symbol, number>();
function symbolId(value: symbol): number {
  let id = symbols.get(value);
  if (id === undefined) symbols.set(value, id = symbols.size);
  return id;
}

/** Whether a value is an object literal (or one without a prototype). */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The structure of a single leaf. There is one object for it. */
export const LEAF: PyTreeDef = new PyTreeDef("leaf", [], []);
const NONE = new PyTreeDef("none", [], []);
const UNDEFINED = new PyTreeDef("undefined", [], []);

/** Where a leaf is: keys and positions from the root. */
export type TreePath = readonly (string | number)[];

/** Prints a path as JAX does: `x['a'][0]`. */
export function showPath(root: string, path: TreePath): string {
  return root + path.map((k) => typeof k === "number" ? `[${k}]` : `[${quoted(k)}]`).join("");
}

/**
 * The leaves of a pytree in order, and its structure. Arrays and object literals are nodes (keys
 * in sorted order), `null` and `undefined` empty nodes, registered classes nodes, all else leaves.
 */
export function flatten(tree: unknown): [leaves: unknown[], def: PyTreeDef] {
  const leaves: unknown[] = [];
  const def = flattenInto(tree, leaves);
  return [leaves, def];
}
/** How deep trees may nest. Deeper ones most likely contain themselves. */
const DEEPEST = 1000;
function flattenInto(tree: unknown, leaves: unknown[], depth = 0): PyTreeDef {
  if (depth > DEEPEST) {
    throw new RangeError(
      `A pytree is nested more than ${DEEPEST} levels deep, or contains itself; take the part ` +
        "that refers back out of it",
    );
  }
  if (tree === null) return NONE;
  if (tree === undefined) return UNDEFINED;
  if (typeof tree === "object") {
    if (Array.isArray(tree)) {
      return new PyTreeDef("list", tree.map((t) => flattenInto(t, leaves, depth + 1)), []);
    }
    if (isPlainObject(tree)) {
      const keys = Object.keys(tree).sort();
      return new PyTreeDef("dict", keys.map((k) => flattenInto(tree[k], leaves, depth + 1)), keys);
    }
    const node = registered.get(tree.constructor);
    if (node !== undefined) {
      const [children, aux] = node.flatten(tree);
      const defs = children.map((c) => flattenInto(c, leaves, depth + 1));
      return new PyTreeDef("custom", defs, { type: tree.constructor, aux });
    }
  }
  leaves.push(tree);
  return LEAF;
}

/** The leaves of a pytree with the path of each. */
export function flattenWithPath(tree: unknown): [path: TreePath, leaf: unknown][] {
  const [leaves, def] = flatten(tree);
  return leafPaths(def).map((path, i) => [path, leaves[i]]);
}
/** The path of each leaf of a structure. */
export function leafPaths(def: PyTreeDef): TreePath[] {
  if (def.kind === "leaf") return [[]];
  return def.children.flatMap((c, i) => {
    const key = def.kind === "dict" ? (def.data as readonly string[])[i] : i;
    return leafPaths(c).map((path) => [key, ...path]);
  });
}

/** Puts leaves back into a structure. */
export function unflatten(def: PyTreeDef, leaves: readonly unknown[]): unknown {
  if (leaves.length !== def.numLeaves) {
    throw new RangeError(
      `Too ${leaves.length < def.numLeaves ? "few" : "many"} leaves for PyTreeDef; expected ` +
        `${def.numLeaves}, got ${leaves.length}`,
    );
  }
  let next = 0;
  const build = (d: PyTreeDef): unknown => {
    switch (d.kind) {
      case "leaf":
        return leaves[next++];
      case "none":
        return null;
      case "undefined":
        return undefined;
      case "list":
        return d.children.map(build);
      case "dict": {
        const keys = d.data as readonly string[];
        return Object.fromEntries(d.children.map((c, i) => [keys[i], build(c)]));
      }
      case "custom": {
        const { type, aux } = d.data as { type: unknown; aux: unknown };
        return registered.get(type)!.unflatten(aux, d.children.map(build));
      }
    }
  };
  return build(def);
}

/**
 * Applies `f` to the corresponding leaves of pytrees of one structure.
 *
 * @throws {TypeError} if the structures differ.
 */
export function treeMap(
  f: (...leaves: unknown[]) => unknown,
  tree: unknown,
  ...rest: unknown[]
): unknown {
  const [leaves, def] = flatten(tree);
  const others = rest.map((t, i) => {
    const [more, other] = flatten(t);
    if (!other.equals(def)) {
      throw new TypeError(
        `treeMap: tree ${i + 2} (${describe(t)}) has structure ${other}, the first has ${def}`,
      );
    }
    return more;
  });
  return unflatten(def, leaves.map((x, i) => f(x, ...others.map((o) => o[i]))));
}
