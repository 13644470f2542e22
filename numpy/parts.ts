/** Functions that show up as one named call in a program. See Note [Named parts] of `core/jit.ts`. */
import { named } from "../core/call.ts";
import type { NDArray } from "../core/trace.ts";

/**
 * Runs `body` as a named part on those of `arrays` that there are. Their order is that of the
 * part's arguments. `body` must be determined by `name` and `statics`.
 */
export function namedPart<T extends Record<string, NDArray | undefined>>(
  name: string,
  arrays: T,
  body: (arrays: T) => NDArray,
  statics: unknown = null,
): NDArray {
  const given = Object.entries(arrays).filter(([, x]) => x !== undefined);
  const keys = given.map(([key]) => key);
  return named(
    name,
    given.map(([, x]) => x!),
    (...xs) => body(Object.fromEntries(xs.map((x, i) => [keys[i], x])) as T),
    [keys, statics],
  );
}
