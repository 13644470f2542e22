/** Windows that taper off at both ends, for signal processing. */
import { defaultDType } from "../core/dtype.ts";
import { toStaticInteger } from "../core/stage.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { i0 } from "./exponential.ts";
import { divide, multiply } from "./ufuncs.ts";

/** A window of `M` places from a formula of the positions; one of ones if there are but two ends. */
function windowOf(name: string, M: number, formula: (positions: NDArray) => NDArray): NDArray {
  const length = toStaticInteger(M, `M argument of np.${name}`);
  const dtype = defaultDType("f");
  return length <= 1 ? lax.full([length], 1, dtype) : formula(lax.iota(dtype, length));
}
/** The cosine over so many turns from the first place to the last. */
function wave(positions: NDArray, turns: number): NDArray {
  const angle = lax.mul(2 * Math.PI * turns, positions);
  return lax.cos(lax.div(angle, positions.size - 1));
}

/**
 * The Bartlett window: a triangle.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(String(np.bartlett(5)) === "[0.  0.5 1.  0.5 0. ]");
 * ```
 */
export function bartlett(M: number): NDArray {
  return windowOf("bartlett", M, (n) => {
    const fromMiddle = lax.sub(lax.add(lax.mul(2, n), 1), n.size);
    return lax.sub(1, lax.div(lax.abs(fromMiddle), n.size - 1));
  });
}

/**
 * The Blackman window: cosines of one and of two periods.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.allclose(np.blackman(3), np.array([0, 1, 0]), { atol: 1e-6 }).item() === true);
 * ```
 */
export function blackman(M: number): NDArray {
  return windowOf("blackman", M, (n) => {
    const first = lax.sub(0.42, lax.mul(0.5, wave(n, 1)));
    return lax.add(first, lax.mul(0.08, wave(n, 2)));
  });
}

/**
 * The Hamming window: a cosine that ends above 0.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.allclose(np.hamming(3), np.array([0.08, 1, 0.08])).item() === true);
 * ```
 */
export function hamming(M: number): NDArray {
  return windowOf("hamming", M, (n) => lax.sub(0.54, lax.mul(0.46, wave(n, 1))));
}

/**
 * The Hann window: a cosine that ends at 0.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.allclose(np.hanning(3), np.array([0, 1, 0]), { atol: 1e-6 }).item() === true);
 * ```
 */
export function hanning(M: number): NDArray {
  return windowOf("hanning", M, (n) => lax.mul(0.5, lax.sub(1, wave(n, 1))));
}

/**
 * The Kaiser window: of Bessel functions, narrower for larger `beta`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.kaiser(3, 14)[1].item() === 1);
 * ```
 */
export function kaiser(M: number, beta: ArrayLike): NDArray {
  return windowOf("kaiser", M, (n) => {
    const middle = 0.5 * (n.size - 1);
    const fromMiddle = lax.div(lax.sub(n, middle), middle);
    const ellipse = lax.sqrt(lax.sub(1, lax.integerPow(fromMiddle, 2)));
    return divide(i0(multiply(beta, ellipse)), i0(beta));
  });
}
