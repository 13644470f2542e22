import { assertEquals } from "@std/assert";
import { parameterNames } from "../../core/signature.ts";

// deno-lint-ignore no-explicit-any -- functions of all kinds
type AnyFunction = (...args: any[]) => unknown;

/** A function made of its source, which `deno fmt` and TypeScript leave alone. */
function functionOf(source: string): AnyFunction {
  return new Function(`return (${source});`)() as AnyFunction;
}

const cases: [source: string, names: string[]][] = [
  ["() => 1", []],
  ["x => x", ["x"]],
  ["async x => x", ["x"]],
  ["(x, y) => x", ["x", "y"]],
  ["async (x, y) => x", ["x", "y"]],
  ["function (x, y) { return (x, y); }", ["x", "y"]],
  ["function named(x) {}", ["x"]],
  ["function* gen(x, y) {}", ["x", "y"]],
  ["(x, y = 1, z = (a, b) => a) => x", ["x", "y", "z"]],
  ["(x, y = [1, 2], z = { a: 1, b: (2) }) => x", ["x", "y", "z"]],
  ["({ a, b }, [c, d], e) => a", ["", "", "e"]],
  ["({ a = 1 } = {}, ...rest) => a", ["", "...rest"]],
  ["(x /* the first, or (not) */, /* y */ y // last\n) => x", ["x", "y"]],
  ["(x = ')', y = \"(\", z = `,`) => x", ["x", "y", "z"]],
  ["(x = '\\'),', y) => x", ["x", "y"]],
  ["($x, _y, été) => 1", ["$x", "_y", "été"]],
  ["(x, y,) => 1", ["x", "y"]],
  ["(a = 'http://x', b) => 1", ["a", "b"]],
];

Deno.test("`parameterNames()` reads the parameters of functions of all kinds", () => {
  for (const [source, names] of cases) {
    assertEquals(parameterNames(functionOf(source)), names, source);
  }
  const { method } = {
    method(x: number, y: number) {
      return x + y;
    },
  };
  assertEquals(parameterNames(method), ["x", "y"]);
});

Deno.test("`parameterNames()` knows nothing of native and bound functions", () => {
  assertEquals(parameterNames(Math.max), undefined);
  assertEquals(parameterNames(((x: number) => x).bind(null)), undefined);
});
