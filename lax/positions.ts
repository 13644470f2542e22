/** Positions that are read from arrays of any integer dtype, as int32 expressions. */
import { int32, isBigInt } from "../core/dtype.ts";
import { apply, both, clampIndex, constant, type Expr } from "../core/expr.ts";

/** A bound on a position, as a literal of the position's dtype. */
function bound(n: number, position: Expr): Expr {
  return constant(isBigInt(position.dtype) ? BigInt(n) : n, position.dtype);
}
/** Positions of few bits can't hold every bound, and others can't all be int32: compare as this. */
function comparable(position: Expr): Expr {
  const { dtype } = position;
  return dtype.itemsize < 4 ? apply("convert", [position], int32) : position;
}
/** The position as an int32 expression; right if {@linkcode isPositionWithin} an int32 bound. */
export function asIndex(position: Expr): Expr {
  return position.dtype === int32 ? position : apply("convert", [position], int32);
}
/** A position of any integer dtype moved into `0 … hi`, as an int32 expression. */
export function clampedPosition(position: Expr, hi: number): Expr {
  const p = comparable(position);
  if (p.dtype === int32) return clampIndex(p, 0, hi);
  return asIndex(apply("max", [apply("min", [p, bound(hi, p)]), bound(0, p)]));
}
/** Whether a position of any integer dtype lies in `0 … hi`. */
export function isPositionWithin(position: Expr, hi: number): Expr {
  const p = comparable(position);
  return both(apply("ge", [p, bound(0, p)]), apply("le", [p, bound(hi, p)]));
}
