/**
 * Elementwise exponentials and logarithms. Integers and booleans give floats.
 */
import { isComplex, isFloat } from "../core/dtype.ts";
import { named } from "../core/call.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { constantLike, toArrays } from "./asarray.ts";
import { finfo } from "./limits.ts";
import { promoteInexact, toInexact } from "./promotion.ts";

// -- exponentials and logarithms -----------------------------------------------------------------

/**
 * `e ** x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.exp(0).item() === 1);
 * ```
 */
export function exp(x: ArrayLike): NDArray {
  return lax.exp(toInexact("exp", x));
}

/**
 * `2 ** x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.exp2(10).item() === 1024);
 * ```
 */
export function exp2(x: ArrayLike): NDArray {
  return lax.exp2(toInexact("exp2", x));
}

/**
 * `e ** x - 1`, exact for small `x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.expm1(1e-10).item() === Math.fround(1e-10));
 * ```
 */
export function expm1(x: ArrayLike): NDArray {
  return lax.expm1(toInexact("expm1", x));
}

/**
 * The natural logarithm; -Infinity of 0, NaN of negative numbers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.log(1).item() === 0);
 * ```
 */
export function log(x: ArrayLike): NDArray {
  return lax.log(toInexact("log", x));
}

/**
 * `log(1 + x)`, exact for small `x`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.log1p(1e-10).item() === Math.fround(1e-10));
 * ```
 */
export function log1p(x: ArrayLike): NDArray {
  return lax.log1p(toInexact("log1p", x));
}

/**
 * The logarithm to base 2.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.log2(8).item() === 3);
 * ```
 */
export function log2(x: ArrayLike): NDArray {
  return scaledLog(toInexact("log2", x), (part) => {
    const scale = lax.log(constantLike(part, 2));
    return (part) => lax.div(part, scale);
  });
}

/**
 * The logarithm to base 10.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.log10(1000).item() === 3);
 * ```
 */
export function log10(x: ArrayLike): NDArray {
  return scaledLog(toInexact("log10", x), (part) => {
    const scale = constantLike(part, 0.4342944819032518);
    return (part) => lax.mul(part, scale);
  });
}

/** The natural logarithm, scaled; `scaling` makes the scale for real parts like the one it gets. */
function scaledLog(x: NDArray, scaling: (part: NDArray) => (part: NDArray) => NDArray): NDArray {
  const natural = lax.log(x);
  if (!isComplex(x.dtype)) return scaling(natural)(natural);
  const [re, im] = [lax.real(natural), lax.imag(natural)];
  const scale = scaling(re);
  return lax.complex(scale(re), scale(im));
}

/**
 * `log(exp(x) + exp(y))`, without overflow on the way.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.logaddexp(1000, -Infinity).item() === 1000);
 * ```
 */
export function logaddexp(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteInexact("logaddexp", x, y);
  return logOfSum(a, b, lax.exp, 1);
}

/**
 * `log2(2 ** x + 2 ** y)`, without overflow on the way.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.logaddexp2(3, 3).item() === 4);
 * ```
 */
export function logaddexp2(x: ArrayLike, y: ArrayLike): NDArray {
  const [a, b] = promoteInexact("logaddexp2", x, y);
  return logOfSum(a, b, lax.exp2, Math.LOG2E);
}

/** `max(x, y) + scale · log1p(power(-|x - y|))`; complex numbers wrap into one turn. */
function logOfSum(
  x: NDArray,
  y: NDArray,
  power: (x: NDArray) => NDArray,
  scale: number,
): NDArray {
  const correction = (delta: NDArray) => {
    const log = lax.log1p(power(delta));
    return scale === 1 ? log : lax.mul(scale, log);
  };
  const larger = lax.max(x, y);
  if (isComplex(x.dtype)) {
    const delta = lax.sub(lax.add(x, y), lax.mul(larger, 2));
    const sum = lax.add(larger, correction(delta));
    return lax.complex(lax.real(sum), wrap(lax.imag(sum), Math.PI * scale));
  }
  const delta = lax.sub(x, y);
  // Equal infinities differ by NaN: their sum is right there.
  const undefinedDelta = lax.ne(delta, delta);
  const sum = lax.add(x, y);
  return lax.select(
    undefinedDelta,
    sum,
    lax.add(larger, correction(lax.neg(lax.abs(delta)))),
  );
}
/** `x` moved into `-half … half` by whole turns. */
function wrap(x: NDArray, half: number): NDArray {
  const rest = lax.rem(lax.add(x, half), 2 * half);
  const positive = lax.select(lax.lt(rest, 0), lax.add(rest, 2 * half), rest);
  return lax.sub(positive, half);
}

// -- Bessel functions ----------------------------------------------------------------------------

/**
 * The modified Bessel function of the first kind and order 0. Chebyshev series of Cephes.
 *
 * @throws {RangeError} unless `x` is real.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.allclose(np.i0(1), 1.2660659).item() === true);
 * ```
 */
export function i0(x: ArrayLike): NDArray {
  return named("i0", toArrays("i0", x), (x) => {
    const array = toInexact("i0", x);
    if (!isFloat(array.dtype)) {
      throw new RangeError(`Unsupported input type to np.i0: ${array.dtype.name}`);
    }
    const size = lax.abs(array);
    const near = chebyshev(lax.sub(lax.mul(size, 0.5), 2), I0_NEAR);
    // The far series is not used near 0, where 32 / x is no number to compute with.
    const far = lax.div(
      chebyshev(lax.sub(lax.div(32, lax.max(size, 8)), 2), I0_FAR),
      lax.sqrt(lax.max(size, 8)),
    );
    return lax.mul(lax.exp(size), lax.select(lax.le(size, 8), near, far));
  });
}
/** A Chebyshev series at `x / 2`, by Clenshaw's recurrence; the constant term counts half. */
function chebyshev(x: NDArray, coefficients: readonly number[]): NDArray {
  let [b0, b1, b2] = [lax.fullLike(x, 0), lax.fullLike(x, 0), lax.fullLike(x, 0)];
  // What is far below the precision would change nothing.
  const { eps } = finfo(x.dtype);
  for (const c of coefficients.filter((c) => Math.abs(c) > eps / 64)) {
    [b2, b1] = [b1, b0];
    b0 = lax.add(lax.sub(lax.mul(x, b1), b2), c);
  }
  return lax.mul(lax.sub(b0, b2), 0.5);
}
/** Of `exp(-x) I0(x)` on `0 … 8`, the highest order first (Cephes, `i0.c`). */
const I0_NEAR = [
  -4.4153416464793395e-18,
  3.3307945188222384e-17,
  -2.431279846547955e-16,
  1.715391285555133e-15,
  -1.1685332877993451e-14,
  7.676185498604936e-14,
  -4.856446783111929e-13,
  2.95505266312964e-12,
  -1.726826291441556e-11,
  9.675809035373237e-11,
  -5.189795601635263e-10,
  2.6598237246823866e-09,
  -1.300025009986248e-08,
  6.046995022541919e-08,
  -2.670793853940612e-07,
  1.1173875391201037e-06,
  -4.4167383584587505e-06,
  1.6448448070728896e-05,
  -5.754195010082104e-05,
  0.00018850288509584165,
  -0.0005763755745385824,
  0.0016394756169413357,
  -0.004324309995050576,
  0.010546460394594998,
  -0.02373741480589947,
  0.04930528423967071,
  -0.09490109704804764,
  0.17162090152220877,
  -0.3046826723431984,
  0.6767952744094761,
];
/** Of `exp(-x) sqrt(x) I0(x)` from 8 on. */
const I0_FAR = [
  -7.233180487874754e-18,
  -4.830504485944182e-18,
  4.46562142029676e-17,
  3.461222867697461e-17,
  -2.8276239805165836e-16,
  -3.425485619677219e-16,
  1.7725601330565263e-15,
  3.8116806693526224e-15,
  -9.554846698828307e-15,
  -4.150569347287222e-14,
  1.54008621752141e-14,
  3.8527783827421426e-13,
  7.180124451383666e-13,
  -1.7941785315068062e-12,
  -1.3215811840447713e-11,
  -3.1499165279632416e-11,
  1.1889147107846439e-11,
  4.94060238822497e-10,
  3.3962320257083865e-09,
  2.266668990498178e-08,
  2.0489185894690638e-07,
  2.8913705208347567e-06,
  6.889758346916825e-05,
  0.0033691164782556943,
  0.8044904110141088,
];
