/** What a demanding newcomer tries first, and what the things that went wrong once must do. */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  config,
  getBackend,
  jit,
  lax,
  type NDArray,
  numpy as np,
  registerBackend,
  tree,
  unregisterBackend,
} from "../mod.ts";

type Loose = (...args: unknown[]) => NDArray;
/** A function as untyped JavaScript calls it. */
const loose = (f: unknown): Loose => f as Loose;

// -- arrays in JavaScript -------------------------------------------------------------------------

Deno.test("arrays serve the generic methods of JavaScript's lists", () => {
  const x = np.array([1, 2, 3]);
  assertEquals(Array.prototype.map.call(x, Number), [1, 2, 3]);
  assert(0 in x && (-1) in x && !("nothing" in x));
  assertEquals(x[99], undefined);
});

Deno.test("only integers in their usual form are positions", () => {
  const x = np.array([1, 2, 3]) as unknown as Record<string, unknown>;
  assertEquals(String(x["1"]), "2");
  for (const key of ["01", "-0", "1.5", "1e0", ""]) assertEquals(x[key], undefined);
});

Deno.test("`assertEquals()` compares arrays by shape, dtype and value", () => {
  assertEquals(np.array([1, 2]), np.array([1, 2]));
  const others = [np.array([1, 3]), np.array([[1, 2]]), np.array([1, 2], "int8")];
  for (const y of others) assertThrows(() => assertEquals(np.array([1, 2]), y));
  assertThrows(() => assertEquals(np.zeros([0, 3]), np.zeros([0, 4])));
});

Deno.test("a scalar has no parts, in JAX's words", () => {
  const message = "Too many indices: array is 0-dimensional, but 1 were indexed";
  assertThrows(() => np.float32(1)[0], RangeError, message);
});

Deno.test("`at(…).set()` takes lists", () => {
  assertEquals(String(np.arange(4).at([0, 2]).set([7, 8])), "[7 1 8 3]");
  assertEquals(String(np.zeros([2, 2]).at(0).add([1, 2])), "[[1. 2.]\n [0. 0.]]");
});

// -- bad input ------------------------------------------------------------------------------------

Deno.test("indices that int32 does not hold are refused instead of wrapped around", () => {
  const x = np.arange(5);
  for (const index of [1e12, -1e12, [1e12], 10n ** 12n]) {
    const at = () => x.at(index as number).get();
    assertThrows(at, RangeError, "1000000000000 too large to convert to int32");
  }
});

Deno.test("lists that contain themselves, or nothing, end in an error", () => {
  const cycle: unknown[] = [1];
  cycle.push(cycle);
  const loop: unknown[] = [];
  loop.push(loop);
  for (const list of [cycle, loop]) {
    assertThrows(() => loose(np.array)(list), RangeError, "a list that contains itself");
  }
  const sparse: unknown[] = [];
  sparse.length = 1e9;
  assertThrows(() => loose(np.array)(sparse), RangeError, "None is not a valid value for np.array");
  // deno-lint-ignore no-sparse-arrays -- what is tested
  assertThrows(() => loose(np.array)([1, , 3]), RangeError, "None is not a valid value");
});

Deno.test("trees that contain themselves end in an error", () => {
  const cycle: Record<string, unknown> = { a: 1 };
  cycle.self = cycle;
  assertThrows(() => tree.flatten(cycle), RangeError, "or contains itself");
  assertThrows(() => loose(jit((x: unknown) => x))(cycle), RangeError, "or contains itself");
  const f = loose(jit((x: NDArray, _n: unknown) => x, { staticArgnums: 1 }));
  assertThrows(() => f(1, cycle), TypeError, "the static argument _n contains itself");
});

Deno.test("functions that are no dtypes are refused", () => {
  for (const type of [Float32Array, Number]) {
    const message = `data type '${type.name}' not understood`;
    assertThrows(() => loose(np.zeros)(3, type), TypeError, message);
    assertThrows(() => loose(np.array)(1, { dtype: type }), TypeError, message);
  }
});

Deno.test("`jit()` refuses options that it does not have", () => {
  const f = (x: NDArray) => x;
  const message = "jit() got an unexpected keyword argument 'staticArgnum'";
  assertThrows(() => loose(jit)(f, { staticArgnum: 0 }), TypeError, message);
  assertThrows(() => loose(jit)(f, 0), TypeError, "jit() takes an options object");
});

Deno.test("`np.trilIndices()` does not begin what memory can't hold", () => {
  for (const n of [1e6, 2 ** 60]) {
    assertThrows(() => np.trilIndices(n), RangeError, "RESOURCE_EXHAUSTED: Out of memory");
  }
  assertThrows(() => loose(np.trilIndices)(null), TypeError, "must be an integer, got null");
  assertEquals(np.trilIndices(3, -1, 2).map(String), ["[1 2 2]", "[0 0 1]"]);
  assertEquals(np.triuIndices(3, 1).map(String), ["[0 0 1]", "[1 2 2]"]);
});

Deno.test("`np.broadcastShapes()` says what it takes", () => {
  for (const shape of [null, "a", np.ones(2)]) {
    assertThrows(() => loose(np.broadcastShapes)(shape), TypeError, "takes lists of lengths");
  }
});

Deno.test("what joins arrays says what it takes", () => {
  for (
    const name of ["concatenate", "stack", "vstack", "hstack", "dstack", "columnStack"] as const
  ) {
    for (const arrays of [undefined, null, 1, "ab", {}]) {
      assertThrows(() => loose(np[name])(arrays), TypeError, `np.${name} takes a list of arrays`);
    }
  }
});

// -- switches and backends ------------------------------------------------------------------------

Deno.test("64-bit arrays stay usable after x64 is switched off", () => {
  config.enableX64 = true;
  const [x, n] = [np.array([1.5, 2.5]), np.array([2n ** 40n, 0n])];
  config.enableX64 = false;
  const means = [x.mean(), n.mean(), np.average(x), x.std(), np.var(x)];
  assertEquals(means.map((m) => m.dtype.name), Array(5).fill("float32"));
  assertEquals(means.map((m) => m.item()), [2, 2 ** 39, 2, 0.5, 0.25]);
});

Deno.test("what is no backend can't be registered", () => {
  assertThrows(() => loose(registerBackend)(null), TypeError, "takes an object with a name");
  const mine = { ...getBackend("reference"), name: "mine" };
  const { peek: _peek, ...less } = mine;
  assertThrows(() => loose(registerBackend)(less), TypeError, "mine has no method peek");
  registerBackend(mine, { priority: -1 });
  assertStrictEquals(getBackend("mine"), mine);
  unregisterBackend("mine");
});

// -- arguments of the wrong kind ------------------------------------------------------------------

/** What V8 says by itself, not for users of `np`. */
const V8 = new RegExp(
  [
    "Cannot (read|destructure|mix|set|use 'in')",
    "Cannot convert (undefined|a Symbol|object)",
    "is not (iterable|a function|a constructor|defined)",
    "reading '",
    "Spread syntax",
    "Invalid (array|typed array) length",
    "Reduce of empty",
    "call stack",
    "Right-hand side",
    "\\[object ",
  ].join("|"),
);
/** What the calls of a function with bad arguments say that V8 says. */
function complaintsOfV8(f: unknown): string[] {
  const x = np.ones(3), n = np.arange(3);
  const before = np.getPrintoptions();
  const found: string[] = [];
  for (const bad of [undefined, null, "a", {}, () => 1, [], [null], 1.5, -1, NaN, 2 ** 60]) {
    const calls = [
      ...[[bad], [bad, bad], [bad, bad, bad], [x, bad], [n, bad], [[x], bad], [x, x, bad]],
      ...[[x, 0, 1, bad], [x, x, x, bad], [bad, x], [x, bad, x], [3, bad], [[3], bad]],
    ];
    for (const args of calls) {
      try {
        loose(f)(...args);
      } catch (e) {
        const said = e instanceof Error ? e.message : `no error: ${e}`;
        if (V8.test(said)) found.push(said);
      }
      np.setPrintoptions(before);
    }
  }
  return found;
}

Deno.test("every function of `np` and `lax` says itself what is wrong with its arguments", () => {
  const found: string[] = [];
  const warn = console.warn;
  console.warn = () => {}; // dtypes and the like that are not available
  try {
    for (const functions of [np, np.linalg, lax]) {
      for (const [name, f] of Object.entries(functions)) {
        if (typeof f !== "function" || /^class\b/.test(String(f))) continue;
        found.push(...complaintsOfV8(f).map((said) => `${name}: ${said}`));
      }
    }
  } finally {
    console.warn = warn;
  }
  assertEquals(found, []);
});

Deno.test("what is no number, no list or no buffer does not count as an empty one", () => {
  for (const f of [np.frombuffer, np.bartlett, np.arange, np.mgrid, np.lexsort]) {
    assertThrows(() => loose(f)(null), TypeError);
  }
  assertThrows(() => np.histogramdd(np.ones([2, 0])), RangeError, "at least one variable");
  assertThrows(() => np.diagIndices(2, 2 ** 60), RangeError, "RESOURCE_EXHAUSTED");
  assertEquals(np.diff(np.ones(3), 2 ** 60).shape, [0]);
});

Deno.test("`np.roll()` refuses shifts that are no integers, traced or not", () => {
  const roll = (shift: NDArray) => np.roll(np.arange(3), shift, 0);
  for (const f of [roll, jit(roll)]) {
    assertThrows(() => f(np.float32(1)), TypeError, "roll shifts must be integers");
    assertEquals(String(f(np.int32(1))), "[2 0 1]");
  }
});
