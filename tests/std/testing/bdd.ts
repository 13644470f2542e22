/**
 * A stand-in for `jsr:@std/testing/bdd`: suites and tests by name and function, their `only`,
 * `ignore` and `skip`, and the four hooks. An outermost suite is one `Deno.test`, what is in it are
 * its steps. (`node:test` would hand tests a context of its own, which takes no snapshots.)
 *
 * @module
 */

type Hook<T = unknown> = (this: T) => void | Promise<void>;
type HookName = "beforeAll" | "afterAll" | "beforeEach" | "afterEach";
type TestFn<T = unknown> = (this: T, t: Deno.TestContext) => void | Promise<void>;
type Mode = "run" | "only" | "ignore";

interface Node {
  name: string;
  mode: Mode;
  run: (t: Deno.TestContext, self: object) => Promise<void>;
}

interface Suite {
  hooks: Record<HookName, Hook[]>;
  children: Node[];
  parent: Suite | undefined;
}

let current: Suite | undefined;

/** Adds to the suite being described; outside of one, to Deno's tests. */
function register({ name, mode, run }: Node): void {
  if (current) {
    current.children.push({ name, mode, run });
  } else {
    const options = { name, only: mode === "only", ignore: mode === "ignore" };
    Deno.test({ ...options, fn: (t) => run(t, {}) });
  }
}

async function call(hooks: Hook[], self: object): Promise<void> {
  for (const hook of hooks) await hook.call(self);
}

/** Hooks around one test: the outer suites' first before it, last after it. */
function around(suite: Suite | undefined, name: "beforeEach" | "afterEach"): Hook[] {
  if (!suite) return [];
  const outer = around(suite.parent, name);
  const own = suite.hooks[name];
  return name === "beforeEach" ? [...outer, ...own] : [...own, ...outer];
}

async function runSuite(suite: Suite, t: Deno.TestContext, self: object): Promise<void> {
  const only = suite.children.some((child) => child.mode === "only");
  await call(suite.hooks.beforeAll, self);
  try {
    for (const { name, mode, run } of suite.children) {
      const ignore = mode === "ignore" || (only && mode !== "only");
      // What a hook put on `this` is seen inside, and what is put there inside stays there.
      await t.step({ name, ignore, fn: (step) => run(step, Object.create(self)) });
    }
  } finally {
    await call(suite.hooks.afterAll, self);
  }
}

function addSuite(mode: Mode, name: string, describeChildren: () => void): void {
  const hooks = { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
  const suite: Suite = { hooks, children: [], parent: current };
  current = suite;
  try {
    describeChildren();
  } finally {
    current = suite.parent;
  }
  // One chosen inside chooses the suite.
  const chosen = mode === "run" && suite.children.some((child) => child.mode === "only");
  register({ name, mode: chosen ? "only" : mode, run: (t, self) => runSuite(suite, t, self) });
}

function addTest<T>(mode: Mode, name: string, fn: TestFn<T>): void {
  const suite = current;
  const run = async (t: Deno.TestContext, self: object): Promise<void> => {
    try {
      await call(around(suite, "beforeEach"), self);
      await fn.call(self as T, t);
    } finally {
      await call(around(suite, "afterEach"), self);
    }
  };
  register({ name, mode, run });
}

function addHook<T>(name: HookName, hook: Hook<T>): void {
  if (!current) throw new Error(`${name}() belongs inside describe()`);
  current.hooks[name].push(hook as Hook);
}

/** Registers a suite: the tests, hooks and suites that `fn` registers. */
export function describe(name: string, fn: () => void): void {
  addSuite("run", name, fn);
}
/** Of its surroundings, runs this suite alone. */
describe.only = (name: string, fn: () => void): void => addSuite("only", name, fn);
/** Registers a suite that is not run. */
describe.ignore = (name: string, fn: () => void): void => addSuite("ignore", name, fn);
/** Alias of `describe.ignore`. */
describe.skip = describe.ignore;

/** Registers a test. */
export function it<T>(name: string, fn: TestFn<T>): void {
  addTest("run", name, fn);
}
/** Of its surroundings, runs this test alone. */
it.only = <T>(name: string, fn: TestFn<T>): void => addTest("only", name, fn);
/** Registers a test that is not run. */
it.ignore = <T>(name: string, fn: TestFn<T>): void => addTest("ignore", name, fn);
/** Alias of `it.ignore`. */
it.skip = it.ignore;

/** Alias of {@linkcode it}. */
export const test: typeof it = it;

/** Runs `fn` once, before the suite's tests. */
export function beforeAll<T>(fn: Hook<T>): void {
  addHook("beforeAll", fn);
}
/** Alias of {@linkcode beforeAll}. */
export const before: typeof beforeAll = beforeAll;

/** Runs `fn` once, after the suite's tests. */
export function afterAll<T>(fn: Hook<T>): void {
  addHook("afterAll", fn);
}
/** Alias of {@linkcode afterAll}. */
export const after: typeof afterAll = afterAll;

/** Runs `fn` before each test of the suite and of the suites in it. */
export function beforeEach<T>(fn: Hook<T>): void {
  addHook("beforeEach", fn);
}

/** Runs `fn` after each test of the suite and of the suites in it. */
export function afterEach<T>(fn: Hook<T>): void {
  addHook("afterEach", fn);
}
