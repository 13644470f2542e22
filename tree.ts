/**
 * Pytrees: nested lists, object literals and registered classes, whose leaves are arrays. Follows
 * `jax.tree`.
 *
 * @module
 */
import {
  flatten,
  leafPaths,
  type PyTreeDef,
  treeMap,
  type TreePath,
  unflatten,
} from "./core/tree.ts";

export { flatten, flattenWithPath, PyTreeDef, type TreePath, unflatten } from "./core/tree.ts";

/**
 * A tree of the results of `f` on the corresponding leaves of trees of one structure.
 *
 * @throws {TypeError} if the structures differ.
 *
 * @example
 * ```ts
 * import { tree } from "./mod.ts";
 * import { assert } from "@std/assert";
 * const sum = tree.map((x: number, y: number) => x + y, { a: 1, b: [2] }, { a: 10, b: [20] });
 * assert(JSON.stringify(sum) === `{"a":11,"b":[22]}`);
 * ```
 */
export function map<L>(
  f: (...leaves: L[]) => unknown,
  tree: unknown,
  ...rest: readonly unknown[]
): unknown {
  return treeMap(f as (...leaves: unknown[]) => unknown, tree, ...rest);
}

/**
 * {@linkcode map} with the path of each leaf, keys and positions from the root, as first argument.
 *
 * @example
 * ```ts
 * import { tree } from "./mod.ts";
 * import { assert } from "@std/assert";
 * const paths = tree.mapWithPath((path) => path.join("."), { a: [1, 2] });
 * assert(JSON.stringify(paths) === `{"a":["a.0","a.1"]}`);
 * ```
 */
export function mapWithPath<L>(
  f: (path: TreePath, ...leaves: L[]) => unknown,
  tree: unknown,
  ...rest: readonly unknown[]
): unknown {
  const paths = leafPaths(structure(tree));
  let next = 0;
  return map((...leaves: L[]) => f(paths[next++], ...leaves), tree, ...rest);
}

/**
 * The leaves of a tree, in order.
 *
 * @example
 * ```ts
 * import { tree } from "./mod.ts";
 * import { assert } from "@std/assert";
 * assert(tree.leaves({ b: 1, a: [2, null, 3] }).join() === "2,3,1");
 * ```
 */
export function leaves(tree: unknown): unknown[] {
  return flatten(tree)[0];
}

/**
 * The structure of a tree, without its leaves.
 *
 * @example
 * ```ts
 * import { tree } from "./mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(tree.structure({ a: [1, 2] })) === "PyTreeDef({'a': [*, *]})");
 * ```
 */
export function structure(tree: unknown): PyTreeDef {
  return flatten(tree)[1];
}

/**
 * Whether all leaves of a tree are true.
 *
 * @example
 * ```ts
 * import { tree } from "./mod.ts";
 * import { assert } from "@std/assert";
 * assert(tree.all([true, { a: 1 }]) && !tree.all([true, 0]));
 * ```
 */
export function all(tree: unknown): boolean {
  return leaves(tree).every((leaf) => Boolean(truth(leaf)));
}
/** An array's own truth, not that of the object. */
function truth(leaf: unknown): unknown {
  return typeof leaf === "object" && leaf !== null ? Number(leaf) : leaf;
}

/**
 * The leaves combined from left to right, from `initial` on if it is given.
 *
 * @throws {TypeError} for a tree without leaves and no initial value.
 *
 * @example
 * ```ts
 * import { tree } from "./mod.ts";
 * import { assert } from "@std/assert";
 * assert(tree.reduce((x, y) => Number(x) + Number(y), [1, { a: 2 }], 10) === 13);
 * ```
 */
export function reduce(
  f: (accumulated: unknown, leaf: unknown) => unknown,
  tree: unknown,
  ...initial: [unknown?]
): unknown {
  const list = leaves(tree);
  return initial.length === 0 ? list.reduce(f) : list.reduce(f, initial[0]);
}

/**
 * A tree of trees turned inside out: `outer` is the structure of the outer tree, `inner` that of
 * those inside.
 *
 * @throws {TypeError} if `tree` is not made like that.
 *
 * @example
 * ```ts
 * import { tree } from "./mod.ts";
 * import { assert } from "@std/assert";
 * const [outer, inner] = [tree.structure([0, 0]), tree.structure({ a: 0, b: 0 })];
 * const turned = tree.transpose(outer, inner, [{ a: 1, b: 2 }, { a: 3, b: 4 }]);
 * assert(JSON.stringify(turned) === `{"a":[1,3],"b":[2,4]}`);
 * ```
 */
export function transpose(outer: PyTreeDef, inner: PyTreeDef, tree: unknown): unknown {
  const [list, def] = flatten(tree);
  const width = inner.numLeaves;
  const expected = structure(
    unflatten(outer, Array.from({ length: outer.numLeaves }, () => unflatten(inner, zeros(width)))),
  );
  if (!def.equals(expected)) {
    throw new TypeError(`tree.transpose: expected structure ${expected}, got ${def}`);
  }
  const columns = zeros(width).map((_, j) =>
    unflatten(outer, zeros(outer.numLeaves).map((_, i) => list[i * width + j]))
  );
  return unflatten(inner, columns);
}
function zeros(n: number): number[] {
  return new Array<number>(n).fill(0);
}
