/** The methods of arrays: NumPy's functions with the array as their first argument. */
import type { IndexEntry } from "../core/methods.ts";
import { type ArrayLike, installMethods, NDArray } from "../core/trace.ts";
import { astype, copy } from "./array.ts";
import { at } from "./at.ts";
import { bitwiseAnd, bitwiseOr, bitwiseXor, invert, leftShift, rightShift } from "./bits.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.ts";
import { dot, matmul } from "./contractions.ts";
import { cumprod, cumsum } from "./cumulative.ts";
import { diagonal, trace } from "./diagonal.ts";
import { matrixTranspose, ravel, reshape, squeeze, swapaxes, transpose } from "./manipulation.ts";
import { power } from "./powers.ts";
import { all, any, argmax, argmin, max, min, prod, ptp, sum } from "./reductions.ts";
import { clip, conjugate, imag, real, round } from "./rounding.ts";
import { argsort, searchsorted, sort } from "./sorting.ts";
import { mean, std, var as variance } from "./statistics.ts";
import { take } from "./take.ts";
import { repeat } from "./tiling.ts";
import {
  absolute,
  add,
  divide,
  floorDivide,
  multiply,
  negative,
  remainder,
  subtract,
} from "./ufuncs.ts";
import { nonzero } from "./where.ts";

/** A shape, or axes, given as a list or one by one. */
function listOf<T>(args: readonly (T | readonly T[] | NDArray)[]): readonly T[] {
  const [first] = args;
  const one = args.length === 1 && (Array.isArray(first) || first instanceof NDArray);
  return (one ? first : args) as readonly T[];
}

installMethods({
  at(...index: IndexEntry<NDArray>[]) {
    return at(this, ...index);
  },
  add(y: ArrayLike) {
    return add(this, y);
  },
  sub(y: ArrayLike) {
    return subtract(this, y);
  },
  mul(y: ArrayLike) {
    return multiply(this, y);
  },
  div(y: ArrayLike) {
    return divide(this, y);
  },
  floordiv(y: ArrayLike) {
    return floorDivide(this, y);
  },
  mod(y: ArrayLike) {
    return remainder(this, y);
  },
  pow(y: ArrayLike) {
    return power(this, y);
  },
  matmul(y: ArrayLike) {
    return matmul(this, y);
  },
  eq(y: ArrayLike) {
    return equal(this, y);
  },
  ne(y: ArrayLike) {
    return notEqual(this, y);
  },
  lt(y: ArrayLike) {
    return less(this, y);
  },
  le(y: ArrayLike) {
    return lessEqual(this, y);
  },
  gt(y: ArrayLike) {
    return greater(this, y);
  },
  ge(y: ArrayLike) {
    return greaterEqual(this, y);
  },
  and(y: ArrayLike) {
    return bitwiseAnd(this, y);
  },
  or(y: ArrayLike) {
    return bitwiseOr(this, y);
  },
  xor(y: ArrayLike) {
    return bitwiseXor(this, y);
  },
  lshift(y: ArrayLike) {
    return leftShift(this, y);
  },
  rshift(y: ArrayLike) {
    return rightShift(this, y);
  },
  neg() {
    return negative(this);
  },
  abs() {
    return absolute(this);
  },
  invert() {
    return invert(this);
  },

  sum(axis, options) {
    return sum(this, axis, options);
  },
  prod(axis, options) {
    return prod(this, axis, options);
  },
  mean(axis, options) {
    return mean(this, axis, options);
  },
  std(axis, options) {
    return std(this, axis, options);
  },
  var(axis, options) {
    return variance(this, axis, options);
  },
  max(axis, options) {
    return max(this, axis, options);
  },
  min(axis, options) {
    return min(this, axis, options);
  },
  ptp(axis, options) {
    return ptp(this, axis, options);
  },
  all(axis, options) {
    return all(this, axis, options);
  },
  any(axis, options) {
    return any(this, axis, options);
  },
  argmax(axis, options) {
    return argmax(this, axis, options);
  },
  argmin(axis, options) {
    return argmin(this, axis, options);
  },
  cumsum(axis, options) {
    return cumsum(this, axis, options);
  },
  cumprod(axis, options) {
    return cumprod(this, axis, options);
  },

  reshape(...shape) {
    return reshape(this, listOf<number | NDArray>(shape));
  },
  ravel() {
    return ravel(this);
  },
  flatten() {
    return ravel(this);
  },
  transpose(...axes) {
    return axes.length === 0 ? transpose(this) : transpose(this, listOf<number>(axes));
  },
  swapaxes(axis1, axis2) {
    return swapaxes(this, axis1, axis2);
  },
  squeeze(axis) {
    return squeeze(this, axis);
  },
  repeat(repeats, axis) {
    return repeat(this, repeats, axis);
  },
  take(indices, axis) {
    return take(this, indices, axis);
  },
  diagonal(offset, axis1, axis2) {
    return diagonal(this, offset, axis1, axis2);
  },
  trace(offset, axis1, axis2) {
    return trace(this, offset, axis1, axis2);
  },
  sort(axis, options) {
    return sort(this, axis, options);
  },
  argsort(axis, options) {
    return argsort(this, axis, options);
  },
  searchsorted(values, options) {
    return searchsorted(this, values, options);
  },
  nonzero() {
    return nonzero(this);
  },
  dot(y: ArrayLike) {
    return dot(this, y);
  },
  clip(min, max) {
    return clip(this, min, max);
  },
  round(decimals) {
    return round(this, decimals);
  },
  conj() {
    return conjugate(this);
  },
  get real() {
    return real(this as unknown as NDArray);
  },
  get imag() {
    return imag(this as unknown as NDArray);
  },
  get T() {
    return transpose(this as unknown as NDArray);
  },
  get mT() {
    return matrixTranspose(this as unknown as NDArray);
  },
  astype(dtype) {
    return astype(this, dtype);
  },
  copy() {
    return copy(this);
  },
});
