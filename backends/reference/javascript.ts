/** JavaScript as a language that kernels are printed in. */
import type { TypedArray } from "../../core/dtype.ts";
import type { Language } from "../kernel/emit.ts";
import {
  constantText,
  foldText,
  identityText,
  loadText,
  rounded,
  roundsTo,
  runtime,
  spellings,
  storeText,
} from "./spelling.ts";

/** Statements and expressions of JavaScript, over typed arrays. */
export const javascript: Language = {
  constant: (node) => constantText(node.value, node.dtype),
  apply(node, args, exact) {
    const text = spellings[node.op](args, node);
    return exact && roundsTo(node) ? rounded(text, node.dtype) : `(${text})`;
  },
  load: (buffer, position) => loadText(buffer.name, position, buffer.dtype),
  store: (buffer, position, value) => storeText(buffer.name, position, value, buffer.dtype),
  bind: (name, value) => `const ${name} = ${value};`,
  declare: (name) => `let ${name};`,
  assign: (name, value) => `${name} = ${value};`,
  accumulator: (name, node) => `let ${name} = ${identityText(node.fold, node.dtype)};`,
  accumulate: (name, value, node) => foldText(node.fold, name, value, node.dtype),
  folded: (name, node) =>
    node.fold === "add" || node.fold === "mul" ? rounded(name, node.dtype) : name,
  isWide: true,
  loop: (name, size) => `for (let ${name} = 0; ${name} < ${size}; ${name}++) {`,
  when: (condition) => `if (${condition}) {`,
  otherwise: "} else {",
  end: "}",
};

/** A function of typed arrays that generated code computes with. */
export type Body = (...arrays: TypedArray[]) => void;

/** Makes a function of generated statements. */
export function makeFunction(parameters: readonly string[], statements: string): Body {
  const used = Object.keys(runtime).filter((name) => statements.includes(`${name}(`));
  const source = `"use strict"; const { ${used.join(", ")} } = runtime;\n` +
    `return function kernel(${parameters.join(", ")}) {\n${statements}\n};`;
  return new Function("runtime", source)(runtime) as Body;
}

/** Statements with their nesting shown, for people. */
export function indented(lines: readonly string[]): string {
  let depth = 0;
  return lines.map((line) => {
    if (line.startsWith("}")) depth--;
    const text = "  ".repeat(depth) + line;
    if (line.endsWith("{")) depth++;
    return text;
  }).join("\n");
}
