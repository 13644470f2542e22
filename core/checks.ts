/** Checks of arguments that are no arrays, for callers whose types nobody checked. */
import { describe } from "./errors.ts";

/**
 * The argument of a function that takes a list there.
 *
 * @throws {TypeError} if it is none.
 */
export function listOf<T>(name: string, argument: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value;
  throw mismatch(name, argument, "a list", value);
}
/**
 * Throws unless an argument is a function.
 *
 * @throws {TypeError} if it is none.
 */
export function checkFunction(name: string, argument: string, value: unknown): void {
  if (typeof value !== "function") throw mismatch(name, argument, "a function", value);
}
/**
 * Throws unless an argument is a plain object, such as the options at the end.
 *
 * @throws {TypeError} if it is none.
 */
export function checkObject(name: string, argument: string, value: unknown): void {
  if (isRecord(value)) return;
  throw mismatch(name, argument, "an object", value);
}
function isRecord(value: unknown): boolean {
  const prototype = typeof value === "object" && value !== null && Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
function mismatch(name: string, argument: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`${name} takes ${wanted} for ${argument}, got ${describe(value)}`);
}
