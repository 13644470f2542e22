/** Comparisons, bits, choices. */
import { sameShape, type ShapedArray } from "../core/aval.ts";
import { joined, partsOf, real } from "../core/complex.ts";
import { bool, isComplex, isInteger } from "../core/dtype.ts";
import { showShape } from "../core/errors.ts";
import { apply, constant, type Expr, select as selectOf } from "../core/expr.ts";
import { ANY, BITS, checkSameDTypes, elementwise, type Family } from "../core/rules.ts";
import { definePrimitive, type NDArray, type NoParams } from "../core/trace.ts";
import { choose } from "./complex_functions.ts";
import { binary, type Operand, operand, operands, unary } from "./operands.ts";

// -- comparisons -------------------------------------------------------------------------------

/** All that have an order. */
const ORDERED: readonly Family[] = ["integer", "floating", "bool"];
const toBool = () => bool;

const eqP = definePrimitive(
  "eq",
  elementwise("eq", "eq", { accepts: ANY, result: toBool, numpy: "equal" }),
);
/**
 * Whether `x` equals `y`, elementwise. NaN equals nothing.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.eq(1, 1).item() === true);
 * ```
 */
export const eq: (x: Operand, y: Operand) => NDArray = binary(eqP);

const neP = definePrimitive(
  "ne",
  elementwise("ne", "ne", { accepts: ANY, result: toBool, numpy: "notEqual" }),
);
/**
 * Whether `x` differs from `y`, elementwise.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.ne(NaN, NaN).item() === true);
 * ```
 */
export const ne: (x: Operand, y: Operand) => NDArray = binary(neP);

const ltP = definePrimitive("lt", elementwise("lt", "lt", { accepts: ORDERED, result: toBool }));
/**
 * Whether `x` is less than `y`, elementwise.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.lt(1, 2).item() === true);
 * ```
 */
export const lt: (x: Operand, y: Operand) => NDArray = binary(ltP);

const leP = definePrimitive("le", elementwise("le", "le", { accepts: ORDERED, result: toBool }));
/**
 * Whether `x` is at most `y`, elementwise.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.le(2, 2).item() === true);
 * ```
 */
export const le: (x: Operand, y: Operand) => NDArray = binary(leP);

const gtP = definePrimitive("gt", elementwise("gt", "gt", { accepts: ORDERED, result: toBool }));
/**
 * Whether `x` is greater than `y`, elementwise.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.gt(1, 2).item() === false);
 * ```
 */
export const gt: (x: Operand, y: Operand) => NDArray = binary(gtP);

const geP = definePrimitive("ge", elementwise("ge", "ge", { accepts: ORDERED, result: toBool }));
/**
 * Whether `x` is at least `y`, elementwise.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.ge(2, 2).item() === true);
 * ```
 */
export const ge: (x: Operand, y: Operand) => NDArray = binary(geP);

const isFiniteP = definePrimitive(
  "is_finite",
  elementwise("is_finite", "isFinite", { accepts: ["floating"], result: toBool }),
);
/**
 * Whether `x` is neither infinite nor NaN.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.isFinite(Infinity).item() === false);
 * ```
 */
export const isFinite: (x: Operand) => NDArray = unary(isFiniteP, true);

// -- bits --------------------------------------------------------------------------------------

const bitwiseNotP = definePrimitive("not", elementwise("not", "not", { accepts: BITS }));
/**
 * The bits inverted; of booleans, the opposite.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.bitwiseNot(5).item() === -6);
 * ```
 */
export const bitwiseNot: (x: Operand) => NDArray = unary(bitwiseNotP);

const bitwiseAndP = definePrimitive("and", elementwise("and", "and", { accepts: BITS }));
/**
 * The bits that both have; of booleans, whether both hold.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.bitwiseAnd(6, 3).item() === 2);
 * ```
 */
export const bitwiseAnd: (x: Operand, y: Operand) => NDArray = binary(bitwiseAndP);

const bitwiseOrP = definePrimitive("or", elementwise("or", "or", { accepts: BITS }));
/**
 * The bits that either has; of booleans, whether either holds.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.bitwiseOr(6, 3).item() === 7);
 * ```
 */
export const bitwiseOr: (x: Operand, y: Operand) => NDArray = binary(bitwiseOrP);

const bitwiseXorP = definePrimitive("xor", elementwise("xor", "xor", { accepts: BITS }));
/**
 * The bits that only one has; of booleans, whether they differ.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.bitwiseXor(6, 3).item() === 5);
 * ```
 */
export const bitwiseXor: (x: Operand, y: Operand) => NDArray = binary(bitwiseXorP);

const shiftLeftP = definePrimitive(
  "shift_left",
  elementwise("shift_left", "shiftLeft", { accepts: ["integer"] }),
);
/**
 * The bits of `x` moved `y` places up; 0 where all are moved out.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.shiftLeft(3, 2).item() === 12);
 * ```
 */
export const shiftLeft: (x: Operand, y: Operand) => NDArray = binary(shiftLeftP);

const shiftRightLogicalP = definePrimitive(
  "shift_right_logical",
  elementwise("shift_right_logical", "shiftRightLogical", { accepts: ["integer"] }),
);
/**
 * The bits of `x` moved `y` places down, with zeros from above.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.shiftRightLogical(-1, 28).item() === 15);
 * ```
 */
export const shiftRightLogical: (x: Operand, y: Operand) => NDArray = binary(shiftRightLogicalP);

const shiftRightArithmeticP = definePrimitive(
  "shift_right_arithmetic",
  elementwise("shift_right_arithmetic", "shiftRightArithmetic", { accepts: ["integer"] }),
);
/**
 * The bits of `x` moved `y` places down, with copies of the highest bit from above.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.shiftRightArithmetic(-8, 2).item() === -2);
 * ```
 */
export const shiftRightArithmetic: (x: Operand, y: Operand) => NDArray = binary(
  shiftRightArithmeticP,
);

const populationCountP = definePrimitive(
  "population_count",
  elementwise("population_count", "populationCount", { accepts: ["integer"] }),
);
/**
 * The number of bits that are 1.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.populationCount(255).item() === 8);
 * ```
 */
export const populationCount: (x: Operand) => NDArray = unary(populationCountP);

const clzP = definePrimitive("clz", elementwise("clz", "clz", { accepts: ["integer"] }));
/**
 * The number of zero bits above the highest 1.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax } from "../mod.ts";
 * assert(lax.clz(1).item() === 31);
 * ```
 */
export const clz: (x: Operand) => NDArray = unary(clzP);

// -- choices -----------------------------------------------------------------------------------

/** The case that `which` numbers; numbers out of range count as the nearest. */
function chosen(which: Expr, cases: readonly Expr[]): Expr {
  if (which.dtype === bool) {
    return cases.length === 1 ? cases[0] : selectOf(which, cases[1], cases[0]);
  }
  return cases.reduceRight((rest, value, i) =>
    selectOf(apply("le", [which, constant(i, which.dtype)]), value, rest)
  );
}
function checkSelect([which, ...cases]: readonly ShapedArray[]): void {
  if (cases.length === 0) throw new RangeError("select_n() must have at least one case");
  if (which.dtype !== bool && !isInteger(which.dtype)) {
    throw new TypeError(
      `select \`which\` must be boolean or integer type, got ${which.dtype.name}.`,
    );
  }
  if (which.dtype === bool && cases.length > 2) {
    throw new TypeError("select with boolean `which` cannot have > 2 cases.");
  }
  const [{ shape }] = cases;
  if (!cases.every((c) => sameShape(c.shape, shape))) {
    throw new TypeError(
      "select cases must have the same shapes, got " +
        `[${cases.map((c) => showShape(c.shape)).join(", ")}].`,
    );
  }
  if (which.ndim > 0 && !sameShape(which.shape, shape)) {
    throw new TypeError(
      "select `which` must be scalar or have the same shape as cases, got `which` shape " +
        `${showShape(which.shape)} but case shape ${showShape(shape)}.`,
    );
  }
  checkSameDTypes("select", cases, "where");
}
const selectNP = definePrimitive<NoParams>("select_n", {
  type(avals) {
    checkSelect(avals);
    const cases = avals.slice(1);
    return [cases[0].with({ weakType: cases.every((c) => c.weakType) })];
  },
  scalar: ([which, ...cases]) => chosen(which, cases),
});
/**
 * Elements of the case that `which` numbers: a boolean of two cases (false is the first), an integer
 * of any. `which` is a scalar or has the shape of the cases. Follows `jax.lax.select_n`.
 *
 * @throws {TypeError} if shapes or dtypes don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const which = np.array([2, 0, 1]);
 * const cases = [np.zeros(3), np.ones(3), np.full(3, 2.5)];
 * assert(String(lax.selectN(which, ...cases)) === "[2.5 0.  1. ]");
 * ```
 */
export function selectN(which: Operand, ...cases: readonly Operand[]): NDArray {
  return selectNP.bind([operand("select_n", which), ...operands("select_n", cases)], {});
}
/**
 * `onTrue` where `pred` holds, else `onFalse`. `pred` is a scalar or has the shape of the others.
 * Follows `jax.lax.select`.
 *
 * @throws {TypeError} if shapes or dtypes don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = np.array([-1, 2]);
 * assert(String(lax.select(lax.lt(x, 0), np.zerosLike(x), x)) === "[0 2]");
 * ```
 */
export function select(pred: Operand, onTrue: Operand, onFalse: Operand): NDArray {
  const [yes, no] = operands("select", [onTrue, onFalse]);
  return selectN(pred, no, yes);
}

const clampP = definePrimitive<NoParams>("clamp", {
  type(avals) {
    checkSameDTypes("clamp", avals);
    const [min, x, max] = avals;
    for (const [name, bound] of [["min", min], ["max", max]] as const) {
      if (bound.ndim === 0 || sameShape(bound.shape, x.shape)) continue;
      throw new TypeError(
        `clamp requires ${name}.shape == operand.shape or ${name}.shape == (), got ` +
          `${name}.shape=${showShape(bound.shape)}, operand.shape=${showShape(x.shape)}.`,
      );
    }
    return [x.with({ weakType: avals.every((a) => a.weakType) })];
  },
  scalar([min, x, max], _params, dtype) {
    if (!isComplex(dtype)) return apply("min", [apply("max", [x, min]), max]);
    // XLA orders complex numbers by their real parts alone here.
    const [lo, z, hi] = [min, x, max].map(partsOf);
    const raised = choose(real("ge", lo[0], z[0]), lo, z);
    return joined(choose(real("le", raised[0], hi[0]), raised, hi), dtype);
  },
});
/**
 * `x` moved into `min … max`: a scalar each, or of the shape of `x`. NaN stays. Follows
 * `jax.lax.clamp`.
 *
 * @throws {TypeError} if shapes or dtypes don't fit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * assert(String(lax.clamp(0, np.array([-1, 1, 3]), 2)) === "[0 1 2]");
 * ```
 */
export function clamp(min: Operand, x: Operand, max: Operand): NDArray {
  return clampP.bind(operands("clamp", [min, x, max]), {});
}
