/** Padding: how much of it, and where the elements of a padded array come from. */
import { show } from "../core/errors.ts";
import { addIndex, apply, both, constant, divIndex, type Expr, remIndex } from "../core/expr.ts";

/**
 * Elements to add before an axis, after it, and between each two of its elements. Less than none
 * before or after: the axis is cropped.
 */
export type PaddingConfig = readonly (readonly [low: number, high: number, interior: number])[];

/** Length of an axis with `interior` elements put between each two. */
export function dilated(n: number, interior: number): number {
  return n === 0 ? 0 : (n - 1) * (interior + 1) + 1;
}

/** The index in an array of `shape` for an index in the padded array, valid if it isn't padding. */
export function unpadded(
  index: readonly Expr[],
  shape: readonly number[],
  config: PaddingConfig,
): { readonly inner: readonly Expr[]; readonly valid: Expr | undefined } {
  let valid: Expr | undefined;
  const inner = index.map((e, i) => {
    const [lo, hi, interior] = config[i];
    const p = lo === 0 ? e : addIndex(e, -lo);
    if (lo > 0) valid = both(valid, apply("ge", [p, constant(0)]));
    if (hi > 0) valid = both(valid, apply("lt", [p, constant(dilated(shape[i], interior))]));
    if (interior === 0) return p;
    valid = both(valid, apply("eq", [remIndex(p, interior + 1), constant(0)]));
    return divIndex(p, interior + 1);
  });
  return { inner, valid };
}

/** Elements to add before and after each axis. */
export type Pads = readonly (readonly [low: number, high: number])[];
/** Padding by its amounts, or by its purpose. */
export type Padding = "VALID" | "SAME" | "SAME_LOWER" | Pads;

/**
 * The padding that makes windows fit: none (`"VALID"`), or such that there are
 * `ceil(length / stride)` windows, an odd element going to the end (`"SAME"`) or the beginning
 * (`"SAME_LOWER"`). Follows `jax.lax.padtype_to_pads`.
 *
 * @throws {RangeError} for any other name.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(JSON.stringify(lax.padtypeToPads([5], [2], [2], "SAME")) === "[[0,1]]");
 * ```
 */
export function padtypeToPads(
  inShape: readonly number[],
  windowShape: readonly number[],
  windowStrides: readonly number[],
  padding: string,
): [number, number][] {
  if (typeof padding !== "string") throw new TypeError(`Unknown padding type: ${show(padding)}.`);
  const type = padding.toUpperCase();
  if (type === "VALID") return inShape.map(() => [0, 0]);
  if (type !== "SAME" && type !== "SAME_LOWER") {
    throw new RangeError(
      `Unrecognized padding type: expected 'VALID', 'SAME', or 'SAME_LOWER', got ${padding}.`,
    );
  }
  return inShape.map((n, i) => {
    const count = Math.ceil(n / windowStrides[i]);
    const total = Math.max((count - 1) * windowStrides[i] + windowShape[i] - n, 0);
    const less = Math.floor(total / 2), more = total - less;
    return type === "SAME" ? [less, more] : [more, less];
  });
}
