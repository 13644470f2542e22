/**
 * A stand-in for `jsr:@std/assert`, over `node:assert/strict`. Equality is Node's strict deep
 * equality, where −0 is not 0: what is equal here is equal to the real one.
 *
 * @module
 */

import nodeAssert from "node:assert/strict";

// deno-lint-ignore no-explicit-any -- as the real one types it: any constructor at all
type AnyConstructor = abstract new (...args: any[]) => any;
// deno-lint-ignore no-explicit-any -- as the real one types it: an error class of any signature
type ErrorConstructor<E extends Error> = abstract new (...args: any[]) => E;
type ArrayLikeArg<T> = ArrayLike<T> & object;
type Falsy = false | 0 | 0n | "" | null | undefined;

/** What every failed assertion throws. */
export class AssertionError extends Error {
  /** The class's name. */
  override name = "AssertionError";
}

function inspect(value: unknown): string {
  return Deno.inspect(value, { depth: 6, iterableLimit: 40, strAbbreviateSize: 2000 });
}

/** Throws `statement`, followed by the caller's `msg` if there is one. */
function failed(statement: string, msg?: string): never {
  throw new AssertionError(msg ? `${statement}: ${msg}` : `${statement}.`);
}

function check(holds: boolean, statement: () => string, msg?: string): void {
  if (!holds) failed(statement(), msg);
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    nodeAssert.deepStrictEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Asserts that `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** Fails. */
export function fail(msg?: string): never {
  failed("Failed assertion", msg);
}

/** Fails, for code that is never to run. */
export function unreachable(msg?: string): never {
  failed("Unreachable", msg);
}

/** Asserts that the two are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  try {
    nodeAssert.deepStrictEqual(actual, expected);
  } catch (error) {
    failed(`Values are not equal: ${(error as Error).message.trimEnd()}`, msg);
  }
}

/** Asserts that the two are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  check(!isEqual(actual, expected), () => `Both values are ${inspect(actual)}`, msg);
}

/** Asserts that the two are one and the same by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  const statement = () =>
    `Values are not strictly equal: actual ${inspect(actual)}, expected ${inspect(expected)}`;
  check(Object.is(actual, expected), statement, msg);
}

/** Asserts that the two are not one and the same by `Object.is`. */
export function assertNotStrictEquals<T>(actual: T, expected: T, msg?: string): void {
  check(!Object.is(actual, expected), () => `Both values are strictly ${inspect(actual)}`, msg);
}

/** Asserts that two numbers are at most `tolerance` apart; by default, 1e-7 of `expected`. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  const limit = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const near = Object.is(actual, expected) || Math.abs(expected - actual) <= limit;
  check(near, () => `Expected ${actual} to be within ${limit} of ${expected}`, msg);
}

/** Asserts that `actual` is neither `null` nor `undefined`. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  const exists = actual !== undefined && actual !== null;
  check(exists, () => `Expected a value, got ${actual}`, msg);
}

/** Asserts that `actual` is an instance of the class. */
export function assertInstanceOf<T extends AnyConstructor>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  const statement = () => `Expected an instance of ${expectedType.name}, got ${inspect(actual)}`;
  check(actual instanceof expectedType, statement, msg);
}

/** Asserts that the text contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  const statement = () => `Expected ${inspect(actual)} to contain ${inspect(expected)}`;
  check(actual.includes(expected), statement, msg);
}

/** Asserts that the pattern is found in the text. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  check(expected.test(actual), () => `Expected ${inspect(actual)} to match ${expected}`, msg);
}

/** Asserts that the pattern is not found in the text. */
export function assertNotMatch(actual: string, expected: RegExp, msg?: string): void {
  check(!expected.test(actual), () => `Expected ${inspect(actual)} not to match ${expected}`, msg);
}

/** Asserts that `actual` holds every value of `expected`. */
export function assertArrayIncludes<T>(
  actual: ArrayLikeArg<T>,
  expected: ArrayLikeArg<T>,
  msg?: string,
): void {
  const held = Array.from(actual);
  const missing = Array.from(expected).filter((value) => !held.some((own) => isEqual(own, value)));
  const statement = () => `Expected ${inspect(actual)} to include ${inspect(missing)}`;
  check(missing.length === 0, statement, msg);
}

/** Asserts that `actual` has the properties of `expected`, and theirs, with equal values. */
export function assertObjectMatch(
  actual: object,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void {
  try {
    nodeAssert.partialDeepStrictEqual(actual, expected);
  } catch (error) {
    failed(`Values do not match: ${(error as Error).message.trimEnd()}`, msg);
  }
}

/** Asserts `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  check(actual < expected, () => `Expected ${inspect(actual)} < ${inspect(expected)}`, msg);
}

/** Asserts `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  check(actual <= expected, () => `Expected ${inspect(actual)} <= ${inspect(expected)}`, msg);
}

/** Asserts `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  check(actual > expected, () => `Expected ${inspect(actual)} > ${inspect(expected)}`, msg);
}

/** Asserts `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  check(actual >= expected, () => `Expected ${inspect(actual)} >= ${inspect(expected)}`, msg);
}

/** Asserts that `error` is an error, of the class and with the text in its message if given. */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: ErrorConstructor<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) failed(`Expected an Error, got ${inspect(error)}`, msg);
  const shown = `${error.constructor.name}: ${error.message}`;
  if (ErrorClass && !(error instanceof ErrorClass)) {
    failed(`Expected a ${ErrorClass.name}, got ${shown}`, msg);
  }
  if (msgMatches === undefined) return;
  const found = typeof msgMatches === "string"
    ? error.message.includes(msgMatches)
    : msgMatches.test(error.message);
  check(found, () => `Expected an error message with ${inspect(msgMatches)}, got ${shown}`, msg);
}

/** Asserts that `fn` throws, and returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that `fn` throws an error of the class, with the text in its message; returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorConstructor<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  classOrMsg?: ErrorConstructor<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  let thrown: { error: unknown } | undefined;
  try {
    fn();
  } catch (error) {
    thrown = { error };
  }
  return checkThrown("Expected function to throw", thrown, classOrMsg, msgIncludes, msg);
}

/** Asserts that the promise of `fn` rejects, and returns the reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Asserts that the promise of `fn` rejects with an error of the class, as `assertThrows()`. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorConstructor<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  classOrMsg?: ErrorConstructor<E> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (error) {
    failed(`Function throws when expected to reject, ${error}`, msg);
  }
  let thrown: { error: unknown } | undefined;
  try {
    await promise;
  } catch (error) {
    thrown = { error };
  }
  return checkThrown("Expected function to reject", thrown, classOrMsg, msgIncludes, msg);
}

function checkThrown<E extends Error>(
  expectation: string,
  thrown: { error: unknown } | undefined,
  classOrMsg?: ErrorConstructor<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const named = typeof classOrMsg === "string";
  if (!thrown) failed(expectation, named ? classOrMsg : msg);
  if (classOrMsg && !named) assertIsError(thrown.error, classOrMsg, msgIncludes, msg);
  return thrown.error;
}
