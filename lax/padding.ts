/** Where the elements of a padded array come from. */
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
