/** What runs programs, and waiting for it. */
import { backends, getBackend } from "./backend.ts";
import { clearEagerPrograms } from "./eval.ts";
import { type Device, NDArray } from "./trace.ts";
import { flatten } from "./tree.ts";

/**
 * The devices of all backends, the preferred one first; or those of the backend of a name.
 *
 * @throws {RangeError} if there is no backend of that name.
 *
 * @example
 * ```ts
 * import { devices } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(devices("reference")[0].platform === "cpu");
 * ```
 */
export function devices(backend?: string): readonly Device[] {
  return (backend === undefined ? backends() : [getBackend(backend)]).map((b) => b.device);
}

/**
 * The name of the backend that runs new programs.
 *
 * @example
 * ```ts
 * import { defaultBackend } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(defaultBackend() === "reference");
 * ```
 */
export function defaultBackend(): string {
  return getBackend().name;
}

/**
 * Waits until all arrays of a pytree are computed, and gives the pytree.
 *
 * @example
 * ```ts
 * import { blockUntilReady, numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(blockUntilReady({ x: np.ones(3) }).x.size === 3);
 * ```
 */
export function blockUntilReady<T>(tree: T): T {
  for (const leaf of flatten(tree)[0]) if (leaf instanceof NDArray) leaf.blockUntilReady();
  return tree;
}

/**
 * Forgets the compiled programs of eager code; a jitted function forgets its own by `clearCache()`.
 *
 * @example
 * ```ts
 * import { clearCaches } from "../mod.ts";
 * clearCaches();
 * ```
 */
export function clearCaches(): void {
  clearEagerPrograms();
}
