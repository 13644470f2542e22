/** Settings of the whole library, read at call time by the code they concern. */

/** The settings a user may change. See {@linkcode config}. */
export interface Config {
  /** Whether 64-bit types are kept; off, they narrow to 32 bits as in JAX. */
  enableX64: boolean;
  /** Whether `jit` runs its function eagerly, operation by operation. */
  disableJit: boolean;
  /** Names of warnings that are not to be printed, such as `"backend-fallback"`. */
  silencedWarnings: Set<string>;
}

/**
 * The library's settings. Assign to change them.
 *
 * @example Keep 64-bit types
 * ```ts
 * import { assert } from "@std/assert";
 * import { config, numpy as np } from "../mod.ts";
 * config.enableX64 = true;
 * assert(np.arange(3).dtype === np.int64);
 * config.enableX64 = false;
 * ```
 */
export const config: Config = {
  enableX64: false,
  disableJit: false,
  silencedWarnings: new Set<string>(),
};

/** Prints a warning once per message, unless its name is in `config.silencedWarnings`. */
export function warn(name: string, message: string): void {
  if (config.silencedWarnings.has(name) || warned.has(message)) return;
  warned.add(message);
  console.warn(`Warning (${name}): ${message}`);
}
const warned = new Set<string>();
