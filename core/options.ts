/** Options of functions: by position as far as the caller likes, then by name in one object. */
import { isComplexScalar } from "./convert.ts";
import { isPlainObject } from "./tree.ts";

/**
 * The options of a call whose arguments may come by position, up to where the caller stops, and
 * then by name in one trailing object. `names` lists all options; the first of them are those that
 * may come by position, in order; `args` are the positions with the object at the end.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { readOptions } from "./options.ts";
 * interface Options { axis?: number; keepdims?: boolean }
 * const sum = (axis?: number | Options, options?: Options) =>
 *   readOptions<Options>("sum", ["axis", "keepdims"], axis, options);
 * assert(sum(0).axis === 0 && sum({ axis: 0 }).axis === 0);
 * assert(sum(0, { keepdims: true }).keepdims === true);
 * ```
 *
 * @throws {TypeError} for an option that the function does not have, or that comes twice.
 */
export function readOptions<O extends object>(
  name: string,
  names: readonly (keyof O & string)[],
  ...args: readonly unknown[]
): O {
  let end = args.length;
  while (end > 0 && args[end - 1] === undefined) end--;
  if (end === 0) return NO_OPTIONS as O;
  const last = args[end - 1];
  const trailing = isOptions(last);
  const result: Record<string, unknown> = {};
  for (let i = 0; i < end - Number(trailing); i++) {
    if (isOptions(args[i])) throw new TypeError(`${name}() takes its options as the last argument`);
    if (args[i] !== undefined) result[names[i]] = args[i];
  }
  if (!trailing) return result as O;
  for (const [key, value] of Object.entries(last)) {
    if (!names.includes(key as keyof O & string)) {
      throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
    }
    if (key in result) {
      throw new TypeError(`${name}() got multiple values for argument '${key}'`);
    }
    if (value !== undefined) result[key] = value;
  }
  return result as O;
}
const NO_OPTIONS = Object.freeze({});
/** Whether an argument is an options object. */
export function isOptions(x: unknown): x is Record<string, unknown> {
  return isPlainObject(x) && !isComplexScalar(x);
}
