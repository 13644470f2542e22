/** Special functions. */
import { elementwise } from "../core/rules.ts";
import { definePrimitive, type NDArray } from "../core/trace.ts";
import { type Operand, unary } from "./operands.ts";

const erfP = definePrimitive("erf", elementwise("erf", "erf", { accepts: ["floating"] }));
/**
 * The error function `2/√π ∫₀ˣ exp(-t²) dt`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.erf(0.5)) - 0.5204998778130465) < 1e-6);
 * ```
 */
export const erf: (x: Operand) => NDArray = unary(erfP, true);

const erfcP = definePrimitive("erfc", elementwise("erfc", "erfc", { accepts: ["floating"] }));
/**
 * `1 - erf(x)`, accurate where that is small.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.erfc(0.5)) - 0.4795001221869535) < 1e-6);
 * ```
 */
export const erfc: (x: Operand) => NDArray = unary(erfcP, true);

const erfInvP = definePrimitive(
  "erf_inv",
  elementwise("erf_inv", "erfInv", { accepts: ["floating"] }),
);
/**
 * The inverse of the error function: ±∞ at ±1, NaN beyond.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.erfInv(0.5204998778130465)) - 0.5) < 1e-6);
 * ```
 */
export const erfInv: (x: Operand) => NDArray = unary(erfInvP, true);

const lgammaP = definePrimitive(
  "lgamma",
  elementwise("lgamma", "lgamma", { accepts: ["floating"] }),
);
/**
 * The logarithm of `|Γ(x)|`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.lgamma(5)) - Math.log(24)) < 1e-6);
 * ```
 */
export const lgamma: (x: Operand) => NDArray = unary(lgammaP, true);

const digammaP = definePrimitive(
  "digamma",
  elementwise("digamma", "digamma", { accepts: ["floating"] }),
);
/**
 * The derivative of `log Γ(x)`; NaN at its poles `0, -1, -2, …`
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(Math.abs(Number(lax.digamma(1)) - -0.5772156649015329) < 1e-6);
 * ```
 */
export const digamma: (x: Operand) => NDArray = unary(digammaP, true);
