/** Whether arrays are equal, or nearly so. */
import { scalarArray } from "../core/array.ts";
import { sameShape } from "../core/aval.ts";
import { bool, realPart } from "../core/dtype.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray, NestedArrayLike } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { asarray } from "./array.ts";
import { toArray, toOptionalArray } from "./asarray.ts";
import { equal, isfinite, isnan, logicalAnd, logicalOr } from "./comparison.ts";
import { namedPart } from "./parts.ts";
import { convertTo, promoteArgs, promoteInexact } from "./promotion.ts";
import { all } from "./reductions.ts";
import { broadcastShapes } from "./shapes.ts";

/** Options of {@linkcode isclose} and {@linkcode allclose}. */
export interface IscloseOptions {
  /** The tolerance relative to `|y|`: 1e-5 if not said otherwise. */
  rtol?: ArrayLike;
  /** The absolute tolerance, added to the relative one: 1e-8 if not said otherwise. */
  atol?: ArrayLike;
  /** Whether NaN equals NaN. */
  equalNan?: boolean;
}
/** Options of {@linkcode arrayEqual}. */
export interface ArrayEqualOptions {
  /** Whether NaN equals NaN. */
  equalNan?: boolean;
}
const NAMES = ["rtol", "atol", "equalNan"] as const;

function operandsOf(name: string, x: ArrayLike, y: ArrayLike, { rtol, atol }: IscloseOptions): {
  x: NDArray;
  y: NDArray;
  rtol: NDArray | undefined;
  atol: NDArray | undefined;
} {
  return {
    x: toArray(name, x),
    y: toArray(name, y, 1),
    rtol: toOptionalArray(name, rtol, 2),
    atol: toOptionalArray(name, atol, 3),
  };
}

/**
 * Whether elements are nearly equal: `|x - y| <= atol + rtol |y|`. Infinities equal only
 * themselves, NaN nothing unless `equalNan` is true. Follows `jax.numpy.isclose`.
 *
 * @throws {RangeError} if the arrays don't broadcast.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([1, 2, NaN]);
 * const y = np.array([1.000001, 2.1, NaN]);
 * assertEquals(np.isclose(x, y).tolist(), [true, false, false]);
 * assertEquals(np.isclose(x, y, { rtol: 0.1, equalNan: true }).tolist(), [true, true, true]);
 * ```
 */
export function isclose(
  x: ArrayLike,
  y: ArrayLike,
  rtol?: ArrayLike | IscloseOptions,
  atol?: ArrayLike | IscloseOptions,
  options?: IscloseOptions,
): NDArray {
  const read = readOptions<IscloseOptions>("isclose", NAMES, rtol, atol, options);
  return near(operandsOf("isclose", x, y, read), read.equalNan ?? false);
}
function near(operands: ReturnType<typeof operandsOf>, equalNan: boolean): NDArray {
  return namedPart("isclose", operands, ({ x, y, rtol, atol }) => {
    const [a, b] = promoteInexact("isclose", ...promoteArgs("isclose", x, y));
    const real = realPart(a.dtype);
    const relative = rtol === undefined ? scalarArray(1e-5, real) : convertTo(rtol, real);
    const absolute = atol === undefined ? scalarArray(1e-8, real) : convertTo(atol, real);
    const bothNaN = logicalAnd(isnan(a), isnan(b));
    const finite = isfinite(b);
    const distance = lax.abs(lax.sub(a, b));
    const inRange = lax.le(distance, lax.add(absolute, lax.mul(relative, lax.abs(b))));
    const result = logicalOr(lax.eq(a, b), logicalAnd(finite, inRange));
    return equalNan ? logicalOr(result, bothNaN) : result;
  }, equalNan);
}

/**
 * Whether all elements are nearly equal, as {@linkcode isclose} says. Follows
 * `jax.numpy.allclose`.
 *
 * @throws {RangeError} if the arrays don't broadcast.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.allclose(np.array([1, 2]), np.array([1, 2.000001])).item(), true);
 * ```
 */
export function allclose(
  x: ArrayLike,
  y: ArrayLike,
  rtol?: ArrayLike | IscloseOptions,
  atol?: ArrayLike | IscloseOptions,
  options?: IscloseOptions,
): NDArray {
  const read = readOptions<IscloseOptions>("allclose", NAMES, rtol, atol, options);
  const { equalNan = false } = read;
  const float = toArray("allclose", 1e-5).dtype;
  const weak = (value: number) => scalarArray(value, float, true);
  return namedPart("allclose", operandsOf("allclose", x, y, read), (operands) => {
    const { rtol = weak(1e-5), atol = weak(1e-8) } = operands;
    return all(near({ ...operands, rtol, atol }, equalNan));
  }, equalNan);
}

/**
 * Whether two arrays have one shape and equal elements. Follows `jax.numpy.array_equal`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.arrayEqual(np.arange(3), [0, 1, 2]).item(), true);
 * assertEquals(np.arrayEqual([NaN], [NaN], { equalNan: true }).item(), true);
 * assertEquals(np.arrayEqual([1, 1], [[1, 1]]).item(), false);
 * ```
 */
export function arrayEqual(
  x: NestedArrayLike,
  y: NestedArrayLike,
  options?: boolean | ArrayEqualOptions,
): NDArray {
  const { equalNan = false } = readOptions<ArrayEqualOptions>("arrayEqual", ["equalNan"], options);
  const [a, b] = [asarray(x), asarray(y)];
  if (!sameShape(a.shape, b.shape)) return scalarArray(false, bool);
  const same = equal(a, b);
  return all(equalNan ? logicalOr(same, logicalAnd(isnan(a), isnan(b))) : same);
}

/**
 * Whether two arrays broadcast and have equal elements then. Follows `jax.numpy.array_equiv`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(np.arrayEquiv([1, 1], [[1, 1], [1, 1]]).item(), true);
 * assertEquals(np.arrayEquiv([1, 2], [1, 2, 3]).item(), false);
 * ```
 */
export function arrayEquiv(x: NestedArrayLike, y: NestedArrayLike): NDArray {
  const [a, b] = [asarray(x), asarray(y)];
  return broadcasts(a, b) ? all(equal(a, b)) : scalarArray(false, bool);
}
function broadcasts(a: NDArray, b: NDArray): boolean {
  try {
    broadcastShapes(a.shape, b.shape);
    return true;
  } catch {
    return false;
  }
}
