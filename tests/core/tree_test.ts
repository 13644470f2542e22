import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { jit, numpy as np, registerPytreeNode } from "../../mod.ts";
import {
  flatten,
  flattenWithPath,
  keyOf,
  leafPaths,
  showPath,
  treeMap,
  unflatten,
} from "../../core/tree.ts";

Deno.test("`flatten()` takes lists, object literals and null apart, keys in sorted order", () => {
  const [leaves, def] = flatten({ b: [1, null, [2]], a: "leaf", c: undefined, d: {} });
  assertEquals(leaves, ["leaf", 1, 2]);
  assertEquals(String(def), "PyTreeDef({'a': *, 'b': [*, None, [*]], 'c': undefined, 'd': {}})");
  assertEquals(def.numLeaves, 3);
  assertEquals(unflatten(def, ["x", "y", "z"]), {
    a: "x",
    b: ["y", null, ["z"]],
    c: undefined,
    d: {},
  });
});

Deno.test("arrays, typed arrays, functions and instances of classes are leaves", () => {
  const leaves = [
    np.ones(2),
    new Float32Array(2),
    () => 1,
    new Date(),
    new Map(),
    "text",
    1n,
    true,
  ];
  for (const leaf of leaves) {
    const [found, def] = flatten([leaf]);
    assertStrictEquals(found[0], leaf);
    assertEquals(def.key, "[*]");
  }
});

const anyTree = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.integer(),
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 4 }), tie("tree"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).tree;

Deno.test("`unflatten()` undoes `flatten()`", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const [leaves, def] = flatten(tree);
      assertEquals(unflatten(def, leaves), tree);
      assertEquals(leafPaths(def).length, leaves.length);
      for (const [path, leaf] of flattenWithPath(tree)) {
        const at = path.reduce((t, k) => (t as Record<string, unknown>)[k], tree);
        assertStrictEquals(at, leaf);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("structures are equal when trees are alike but for their leaves, and only then", () => {
  const shapeOf = (tree: unknown): unknown => treeMap(() => 0, tree);
  fc.assert(
    fc.property(anyTree, anyTree, (x, y) => {
      const [a, b] = [flatten(x)[1], flatten(y)[1]];
      let alike = true;
      try {
        assertEquals(shapeOf(x), shapeOf(y));
      } catch {
        alike = false;
      }
      assertEquals(a.equals(b), alike);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("keys with quotes make no two structures one", () => {
  const [, a] = flatten({ a: null, b: 1 });
  const [, b] = flatten({ "a': None, 'b": 1 });
  assert(!a.equals(b));
  assertEquals(b.key, "{'a\\': None, \\'b': *}");
  assert(!flatten({ "a\\": 1 })[1].equals(flatten({ "a": 1 })[1]));
});

Deno.test("`unflatten()` wants as many leaves as there are places", () => {
  const [, def] = flatten([1, [2]]);
  assertThrows(
    () => unflatten(def, [1]),
    RangeError,
    "Too few leaves for PyTreeDef; expected 2, got 1",
  );
  assertThrows(
    () => unflatten(def, [1, 2, 3]),
    RangeError,
    "Too many leaves for PyTreeDef; expected 2, got 3",
  );
});

Deno.test("`treeMap()` maps over trees of one structure", () => {
  const sum = treeMap((x, y) => Number(x) + Number(y), { a: [1, 2], b: 3 }, { a: [10, 20], b: 30 });
  assertEquals(sum, { a: [11, 22], b: 33 });
  assertThrows(() => treeMap((x) => x, [1, 2], [1]), TypeError, "PyTreeDef([*])");
});

Deno.test("`showPath()` prints a path as JAX does", () => {
  const [[path]] = flattenWithPath({ a: [{ b: 1 }] });
  assertEquals(showPath("x", path), "x['a'][0]['b']");
  assertEquals(showPath("x", []), "x");
});

Deno.test("`keyOf()` tells different data apart", () => {
  const f = () => 1;
  const g = () => 1;
  class Point {
    constructor(readonly x: number) {}
  }
  const values = [
    ...[0, -0, 1, NaN, Infinity, 1n, "1", "0", true, false, null, undefined, "null", "undefined"],
    ...[[], {}, [1], [1, 2], [12], ["1,2"], [[1], 2], [1, [2]], { a: 1 }, { a: "1" }, { b: 1 }],
    ...[
      { a: 1, b: 2 },
      { a: { b: 2 } },
      f,
      g,
      new Point(1),
      new Point(1),
      Symbol("s"),
      Symbol("s"),
    ],
    ...["#0", "[1,]", '{"a":1,}', [undefined], [null], [f], [g]],
  ];
  const keys = values.map(keyOf);
  assertEquals(new Set(keys).size, values.length);
  assertEquals(values.map(keyOf), keys, "the same ones again");
  assertEquals(keyOf({ b: [1], a: f }), keyOf({ a: f, b: [1] }));
  assertNotEquals(keyOf({ a: undefined }), keyOf({}));
});

class Pair {
  constructor(readonly left: unknown, readonly right: unknown, readonly label = "") {}
}
registerPytreeNode(Pair, {
  flatten: (p) => [[p.left, p.right], p.label],
  unflatten: (label: string, [left, right]) => new Pair(left, right, label),
});

Deno.test("instances of registered classes are nodes, in and out of `jit`", () => {
  let traces = 0;
  const swap = jit((p: Pair, scale: np.NDArray) => {
    traces++;
    const [left, right] = [p.left, p.right] as np.NDArray[];
    return new Pair(right.mul(scale), { x: left }, p.label);
  });
  const first = swap(new Pair(np.arange(2), np.arange(3), "a"), 2) as unknown as Pair;
  assert(first instanceof Pair);
  assertEquals(String(first.left), "[0 2 4]");
  assertEquals(String((first.right as { x: np.NDArray }).x), "[0 1]");
  assertEquals(first.label, "a");
  swap(new Pair(np.arange(2), np.arange(3), "a"), 3);
  assertEquals(traces, 1);
  swap(new Pair(np.arange(2), np.arange(3), "b"), 3);
  assertEquals(traces, 2, "what is not a child is part of the structure");
});

Deno.test("`registerPytreeNode()` takes a class once", () => {
  assertThrows(
    () => registerPytreeNode(Pair, { flatten: () => [[], null], unflatten: () => new Pair(1, 2) }),
    TypeError,
    "Duplicate custom PyTreeDef type registration for class Pair.",
  );
});
