/** Arrays put together along an axis, old or new, and taken apart along one. */
import type { ShapedArray } from "../core/aval.ts";
import { listOf } from "../core/checks.ts";
import { show, showShape } from "../core/errors.ts";
import { apply, constant, type Expr, select, subIndex } from "../core/expr.ts";
import { readOptions } from "../core/options.ts";
import { canonicalAxis, checkSameDTypes } from "../core/rules.ts";
import { bind, definePrimitive, NDArray } from "../core/trace.ts";
import { type Operand, operand, operands } from "./operands.ts";
import { slice } from "./slicing.ts";

const shapesOf = (avals: readonly ShapedArray[]) => avals.map((a) => showShape(a.shape)).join(", ");
const allWeak = (avals: readonly ShapedArray[]) => avals.every((a) => a.weakType);

/** The axis that comes by position or by name; the first by default. */
function axisOf(name: string, axis: number | { axis?: number } | undefined): number {
  return readOptions<{ axis?: number }>(name, ["axis"], axis).axis ?? 0;
}

/** One of several parts of an axis: where it begins, and the element of it at an index. */
interface Part {
  readonly start: number;
  readonly at: () => Expr;
}
/**
 * The element of the part that `position` lies in: a balanced tree of selects, so that a read asks
 * about log n boundaries, and loads only from its own part.
 */
function choose(position: Expr, parts: readonly Part[]): Expr {
  if (parts.length === 1) return parts[0].at();
  const middle = parts.length >> 1;
  return select(
    apply("lt", [position, constant(parts[middle].start)]),
    choose(position, parts.slice(0, middle)),
    choose(position, parts.slice(middle)),
  );
}

// -- concatenate ----------------------------------------------------------------------------------

const concatenateP = definePrimitive<{ readonly dimension: number }>("concatenate", {
  type(avals, { dimension }) {
    checkConcatenate(avals, dimension);
    checkSameDTypes("concatenate", avals, "concatenate");
    const total = avals.reduce((n, a) => n + a.shape[dimension], 0);
    const shape = avals[0].shape.map((n, i) => i === dimension ? total : n);
    return [avals[0].with({ shape, weakType: allWeak(avals) })];
  },
  lower: (xs, { dimension }) => (index) => {
    const parts: Part[] = [];
    let start = 0;
    for (const x of xs) {
      const offset = start;
      start += x.aval.shape[dimension];
      if (start === offset) continue;
      const shifted = (e: Expr, i: number) => i === dimension ? subIndex(e, offset) : e;
      parts.push({ start: offset, at: () => x.at(offset === 0 ? index : index.map(shifted)) });
    }
    return parts.length === 0 ? xs[0].at(index) : choose(index[dimension], parts);
  },
});
function checkConcatenate(avals: readonly ShapedArray[], dimension: number): void {
  const [first] = avals;
  if (!avals.every((a) => a.ndim === first.ndim)) {
    throw new TypeError(
      `Cannot concatenate arrays with different numbers of dimensions: got ${shapesOf(avals)}.`,
    );
  }
  if (!Number.isInteger(dimension) || dimension < 0 || dimension >= first.ndim) {
    throw new TypeError(
      `concatenate dimension out of bounds: dimension ${show(dimension)} for shapes ` +
        `${shapesOf(avals)}.`,
    );
  }
  if (!avals.every((a) => a.shape.every((n, i) => i === dimension || n === first.shape[i]))) {
    throw new TypeError(
      `Cannot concatenate arrays with shapes that differ in dimensions other than the one being ` +
        `concatenated: concatenating along dimension ${dimension} for shapes ${shapesOf(avals)}.`,
    );
  }
}
/**
 * The arrays one after the other along an axis. Follows `jax.lax.concatenate`.
 *
 * @throws {TypeError} if dtypes, ranks or the lengths of other axes differ.
 * @throws {RangeError} if there are no arrays.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = lax.concatenate([np.array([1, 2]), np.array([3])], 0);
 * assert(String(x.tolist()) === "1,2,3");
 * ```
 */
export function concatenate(xs: NDArray | readonly Operand[], dimension: number): NDArray {
  const args = operands("concatenate", partsOf("concatenate", xs));
  if (args.length === 0) {
    throw new RangeError("concatenate requires a non-empty sequences of arrays");
  }
  return args.length === 1 ? args[0] : concatenateP.bind(args, { dimension });
}
/** The operands to join: an array counts as the sequence of its parts along the first axis. */
function partsOf(name: string, xs: NDArray | readonly Operand[]): readonly Operand[] {
  return xs instanceof NDArray ? [...xs] : listOf(`lax.${name}`, "the operands", xs);
}

// -- stack ----------------------------------------------------------------------------------------

const stackP = definePrimitive<{ readonly axis: number }>("stack", {
  type(avals, { axis }) {
    const [first] = avals;
    if (!avals.every((a) => a.ndim === first.ndim)) {
      throw new RangeError(
        `Cannot stack arrays with different numbers of dimensions: got ${shapesOf(avals)}.`,
      );
    }
    if (!avals.every((a) => a.shape.every((n, i) => n === first.shape[i]))) {
      throw new RangeError(`All input arrays must have the same shape. Got ${shapesOf(avals)}.`);
    }
    checkSameDTypes("stack", avals);
    const shape = [...first.shape.slice(0, axis), avals.length, ...first.shape.slice(axis)];
    return [first.with({ shape, weakType: allWeak(avals) })];
  },
  lower: (xs, { axis }) => (index) => {
    const inner = index.filter((_, i) => i !== axis);
    return choose(index[axis], xs.map((x, start) => ({ start, at: () => x.at(inner) })));
  },
});
/**
 * The arrays side by side along a new axis. Follows `jax.lax.stack`.
 *
 * @throws {TypeError} if the dtypes differ.
 * @throws {RangeError} if the shapes differ, or there are no arrays.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const x = lax.stack([np.array([1, 2]), np.array([3, 4])], 1);
 * assert(JSON.stringify(x) === "[[1,3],[2,4]]");
 * ```
 */
export function stack(
  xs: NDArray | readonly Operand[],
  axis?: number | { axis?: number },
): NDArray {
  const args = operands("stack", partsOf("stack", xs));
  if (args.length === 0) throw new RangeError("stack expects at least one operand, got 0.");
  return stackP.bind(args, { axis: canonicalAxis(axisOf("stack", axis), args[0].ndim + 1) });
}

// -- split ----------------------------------------------------------------------------------------

interface SplitParams {
  readonly sizes: readonly number[];
  readonly axis: number;
}
const splitP = definePrimitive<SplitParams>("split", {
  type([x], { sizes, axis }) {
    if (!sizes.every((n) => Number.isInteger(n) && n >= 0)) {
      throw new RangeError(
        `Sizes passed to split must be nonnegative, got [${sizes.join(", ")}]`,
      );
    }
    const total = sizes.reduce((a, b) => a + b, 0);
    if (total !== x.shape[axis]) {
      throw new RangeError(
        `Sum of sizes ${total} must be equal to dimension ${axis} of the operand shape ` +
          `[${x.shape.join(", ")}]`,
      );
    }
    return sizes.map((n) => x.with({ shape: x.shape.map((m, i) => i === axis ? n : m) }));
  },
  expand([x], { sizes, axis }) {
    let start = 0;
    return sizes.map((n) => {
      const from = start;
      start += n;
      return slice(
        x,
        x.shape.map((_, i) => i === axis ? from : 0),
        x.shape.map((m, i) => i === axis ? from + n : m),
      );
    });
  },
});
/**
 * The parts of `array` along an axis, of the given lengths. Follows `jax.lax.split`.
 *
 * @throws {RangeError} unless the lengths add up to that of the axis.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const [x, y] = lax.split(np.arange(5), [2, 3]);
 * assert(String(x.tolist()) === "0,1" && String(y.tolist()) === "2,3,4");
 * ```
 */
export function split(
  array: Operand,
  sizes: readonly number[],
  axis?: number | { axis?: number },
): readonly NDArray[] {
  const x = operand("split", array);
  return bind(splitP, [x], {
    sizes: [...listOf("lax.split", "sizes", sizes)],
    axis: canonicalAxis(axisOf("split", axis), x.ndim),
  });
}
