/**
 * Operations that random programs are made of. Each takes what it needs from the values so far, as
 * the numbers drawn for it say, so that any list of numbers is a program.
 */
import { product, range, sameShape } from "../../core/aval.ts";
import { defaultDType, isFloat, isInteger } from "../../core/dtype.ts";
import type { DType, DTypeName } from "../../core/dtype.ts";
import type { NDArray } from "../../core/trace.ts";
import { jit } from "../../core/jit.ts";
import * as lax from "../../lax/mod.ts";
import * as np from "../../numpy/mod.ts";

/** No value of a program has more elements. */
const MAX_SIZE = 2000;

/** A value of a program. */
export interface Value {
  readonly x: NDArray;
  /** Whether it may differ in its last digits: jitted sums and products are rounded less often. */
  readonly rough: boolean;
}

/** What the drawn numbers choose from the values so far. */
export class Choices {
  #next = 0;
  /** Whether a value was chosen that may differ in the last digits. */
  rough = false;
  /** The values chosen. */
  readonly chosen: NDArray[] = [];
  constructor(readonly values: readonly Value[], readonly numbers: readonly number[]) {}

  /** A number below `n`. */
  below(n: number): number {
    return this.numbers[this.#next++ % this.numbers.length] % n;
  }
  /** One of a list. */
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
  /** A value that fits, if there is one; later ones are likelier. */
  value(fits: (x: NDArray) => boolean = () => true, exact = false): NDArray | undefined {
    const from = this.values.filter((v) => fits(v.x) && !(exact && v.rough));
    if (from.length === 0) return undefined;
    const late = from.slice(-3);
    const { x, rough } = this.below(3) > 0 ? this.of(late) : this.of(from);
    this.rough ||= rough;
    this.chosen.push(x);
    return x;
  }
}

/** One operation: its results, or nothing where no value fits it. */
export type Operation = (c: Choices) => NDArray | readonly NDArray[] | undefined;

// -- fitting values together ------------------------------------------------------------------

function scalarOf(x: NDArray): NDArray {
  if (x.ndim === 0) return x;
  return x.size === 0
    ? lax.full([], x.dtype.kind === "b" ? true : 1, x.dtype)
    : lax.reshape(lax.slice(x, x.shape.map(() => 0), x.shape.map(() => 1)), []);
}
/** The elements of `x` as far as they go, in another shape. */
function fitted(x: NDArray, shape: readonly number[]): NDArray {
  if (sameShape(x.shape, shape)) return x;
  return x.size === product(shape) ? lax.reshape(x, shape) : lax.broadcast(scalarOf(x), shape);
}
/** Another value of the same dtype that goes with `x` in an elementwise operation. */
function partner(c: Choices, x: NDArray, exact = false): NDArray {
  const y = c.value((y) => y.dtype === x.dtype, exact) ?? x;
  if (sameShape(x.shape, y.shape)) return y;
  if (x.ndim === y.ndim && x.shape.every((n, i) => n === y.shape[i] || y.shape[i] === 1)) return y;
  return c.below(2) === 0 ? scalarOf(y) : fitted(y, x.shape);
}
function isNumber(x: NDArray): boolean {
  return x.dtype.kind !== "b";
}
function isReal(x: NDArray): boolean {
  return isFloat(x.dtype) || isInteger(x.dtype);
}
const hasAxis = (x: NDArray) => x.ndim > 0;
/** Small enough for functions that grow fast. */
function tame(x: NDArray): NDArray {
  return isFloat(x.dtype) ? lax.clamp(-4, x, 4) : x;
}

// -- elementwise ------------------------------------------------------------------------------

type Unary = (x: NDArray) => NDArray;
/** An operation on one value; `exact` if a last digit may change everything. */
function unary(f: Unary, fits: (x: NDArray) => boolean, exact = false): Operation {
  return (c) => {
    const x = c.value(fits, exact);
    return x && f(x);
  };
}
type Binary = (x: NDArray, y: NDArray) => NDArray;
function binary(f: Binary, fits: (x: NDArray) => boolean, exact = false): Operation {
  return (c) => {
    const x = c.value(fits, exact);
    if (x === undefined) return undefined;
    const y = partner(c, x, exact);
    return c.below(4) === 0 && sameShape(x.shape, y.shape) ? f(y, x) : f(x, y);
  };
}
const float = (x: NDArray) => isFloat(x.dtype);
const integer = (x: NDArray) => isInteger(x.dtype);
const bits = (x: NDArray) => isInteger(x.dtype) || x.dtype.kind === "b";
const any = () => true;

const elementwise: Record<string, Operation> = {
  neg: unary(lax.neg, isNumber),
  abs: unary(lax.abs, (x) => isNumber(x) && x.dtype.kind !== "u"),
  square: unary((x) => lax.square(tame(x)), isNumber),
  sign: unary(lax.sign, isReal, true),
  floor: unary(lax.floor, float, true),
  ceil: unary(lax.ceil, float, true),
  round: unary((x) => lax.round(x), float, true),
  isFinite: unary(lax.isFinite, float, true),
  exp: unary((x) => lax.exp(tame(x)), float),
  log1p: unary((x) => lax.log1p(lax.abs(x)), float),
  sqrt: unary((x) => lax.sqrt(lax.abs(x)), float, true),
  rsqrt: unary((x) => lax.rsqrt(lax.add(lax.abs(x), 1)), float),
  sin: unary((x) => lax.sin(tame(x)), float),
  cos: unary((x) => lax.cos(tame(x)), float),
  tanh: unary(lax.tanh, float),
  logistic: unary(lax.logistic, float),
  erf: unary(lax.erf, float),
  reciprocal: unary(lax.reciprocal, float, true),
  integerPow: unary((x) => lax.integerPow(tame(x), 3), isNumber),
  not: unary(lax.bitwiseNot, bits),
  populationCount: unary(lax.populationCount, integer),
  clz: unary(lax.clz, integer),
  real: unary(lax.real, (x) => x.dtype.kind === "c"),
  imag: unary(lax.imag, (x) => x.dtype.kind === "c"),
  complex: binary((x, y) => lax.complex(x, y), (x) => x.dtype.name === "float32"),
  add: binary(lax.add, isNumber),
  sub: binary(lax.sub, isNumber),
  mul: binary((x, y) => lax.mul(tame(x), tame(y)), isNumber),
  div: binary(lax.div, (x) => isReal(x), true),
  rem: binary(lax.rem, isReal, true),
  max: binary(lax.max, (x) => isReal(x) || x.dtype.kind === "b"),
  min: binary(lax.min, (x) => isReal(x) || x.dtype.kind === "b"),
  pow: binary((x, y) => lax.pow(lax.add(lax.abs(tame(x)), 1), tame(y)), float),
  atan2: binary(lax.atan2, float, true),
  and: binary(lax.bitwiseAnd, bits),
  or: binary(lax.bitwiseOr, bits),
  xor: binary(lax.bitwiseXor, bits),
  shiftLeft: binary(lax.shiftLeft, integer),
  shiftRightLogical: binary(lax.shiftRightLogical, integer),
  shiftRightArithmetic: binary(lax.shiftRightArithmetic, integer),
  eq: binary(lax.eq, any, true),
  ne: binary(lax.ne, any, true),
  lt: binary(lax.lt, (x) => x.dtype.kind !== "c", true),
  le: binary(lax.le, (x) => x.dtype.kind !== "c", true),
  gt: binary(lax.gt, (x) => x.dtype.kind !== "c", true),
  ge: binary(lax.ge, (x) => x.dtype.kind !== "c", true),
  clamp: (c) => {
    const x = c.value(isReal);
    return x && lax.clamp(1, x, 3);
  },
  select: (c) => {
    const which = c.value((x) => x.dtype.kind === "b", true);
    const x = c.value();
    if (which === undefined || x === undefined) return undefined;
    const y = fitted(partner(c, x), x.shape);
    const condition = c.below(3) === 0 ? scalarOf(which) : fitted(which, x.shape);
    return c.below(2) === 0 ? lax.select(condition, x, y) : lax.select(condition, y, x);
  },
  selectN: (c) => {
    const x = c.value();
    if (x === undefined || x.size === 0) return undefined;
    const which = lax.rem(lax.broadcastedIota("int32", [...x.shape, 3], x.ndim), 3);
    const at = lax.indexInDim(which, c.below(3), x.ndim, false);
    const y = fitted(partner(c, x), x.shape);
    return lax.selectN(at, x, y, lax.rev(x, range(x.ndim).slice(0, 1)));
  },
  convert: (c) => {
    const names: DTypeName[] = ["float32", "int32", "bool", "uint8", "int8", "uint32", "float16"];
    const to = c.of([...names, "bfloat16", "int16"] as const);
    const x = c.value((x) => x.dtype.kind !== "c", true);
    return x && lax.convertElementType(x, to);
  },
  bitcast: (c) => {
    const x = c.value((x) => x.dtype.name === "int32" || x.dtype.name === "uint32");
    return x && lax.bitcastConvertType(x, x.dtype.name === "int32" ? "uint32" : "int32");
  },
  literal: (c) => {
    const x = c.value(isReal);
    return x && lax.add(x, lax.full([], c.below(5), x.dtype));
  },
};

// -- movement ---------------------------------------------------------------------------------

function anotherShape(c: Choices, size: number): number[] {
  if (size === 0) return c.of([[0], [0, 3], [2, 0], [1, 0, 2]]);
  const shape: number[] = [];
  let rest = size;
  for (let i = 0; i < 3 && rest > 1; i++) {
    const divisors = range(rest).map((n) => n + 1).filter((n) => rest % n === 0);
    const n = c.of(divisors);
    shape.push(n);
    rest /= n;
  }
  return rest > 1 || c.below(4) === 0 ? [...shape, rest] : shape;
}
function permutation(c: Choices, n: number): number[] {
  const rest = range(n);
  return range(n).map(() => rest.splice(c.below(rest.length), 1)[0]);
}
const small = (x: NDArray) => x.size <= MAX_SIZE / 4;

const movement: Record<string, Operation> = {
  broadcastInDim: (c) => {
    const x = c.value((x) => small(x) && x.ndim < 4);
    if (x === undefined) return undefined;
    const at = c.below(x.ndim + 1);
    const shape = x.shape.map((n) => n === 1 ? 1 + c.below(3) : n).toSpliced(at, 0, c.below(4));
    if (product(shape) > MAX_SIZE) return undefined;
    return lax.broadcastInDim(x, shape, range(x.ndim).map((i) => i < at ? i : i + 1));
  },
  reshape: (c) => {
    const x = c.value();
    return x && lax.reshape(x, anotherShape(c, x.size));
  },
  transpose: (c) => {
    const x = c.value((x) => x.ndim > 1);
    return x && lax.transpose(x, permutation(c, x.ndim));
  },
  squeeze: (c) => {
    const x = c.value((x) => x.shape.includes(1));
    return x && lax.squeeze(x, [x.shape.indexOf(1)]);
  },
  expandDims: (c) => {
    const x = c.value((x) => x.ndim < 4);
    return x && lax.expandDims(x, [c.below(x.ndim + 1)]);
  },
  rev: (c) => {
    const x = c.value(hasAxis);
    return x && lax.rev(x, range(x.ndim).filter(() => c.below(2) === 0));
  },
  slice: (c) => {
    const x = c.value(hasAxis);
    if (x === undefined) return undefined;
    const starts = x.shape.map((n) => c.below(Math.min(n, 2) + 1));
    const limits = x.shape.map((n, i) => n - (n > starts[i] ? c.below(2) : 0));
    return lax.slice(x, starts, limits, x.shape.map(() => 1 + c.below(3) % 2));
  },
  pad: (c) => {
    const x = c.value((x) => hasAxis(x) && small(x));
    if (x === undefined) return undefined;
    const value = c.value((y) => y.dtype === x.dtype) ?? x;
    const config = x.shape.map((n): [number, number, number] => [
      c.below(4) - (n > 1 ? 1 : 0),
      c.below(4) - (n > 2 ? 1 : 0),
      c.below(4) === 0 ? 1 : 0,
    ]);
    const y = lax.pad(x, scalarOf(value), config);
    return y.size > MAX_SIZE ? undefined : y;
  },
  concatenate: (c) => {
    const x = c.value((x) => hasAxis(x) && small(x));
    if (x === undefined) return undefined;
    const parts = range(2 + c.below(2)).map(() => fitted(partner(c, x), x.shape));
    return lax.concatenate([x, ...parts], c.below(x.ndim));
  },
  stack: (c) => {
    const x = c.value((x) => x.ndim < 4 && small(x));
    return x && lax.stack([x, fitted(partner(c, x), x.shape)], c.below(x.ndim + 1));
  },
  split: (c) => {
    const x = c.value((x) => x.ndim > 0 && x.shape[0] > 1);
    if (x === undefined) return undefined;
    const first = 1 + c.below(x.shape[0] - 1);
    return lax.split(x, [first, x.shape[0] - first], 0);
  },
  tile: (c) => {
    const x = c.value((x) => hasAxis(x) && x.size <= MAX_SIZE / 27);
    return x && lax.tile(x, x.shape.map(() => c.below(3) + (x.size > 0 ? 0 : 1)));
  },
  iota: (c) => {
    const shape = [1 + c.below(4), 1 + c.below(4)];
    return lax.broadcastedIota(c.of(["int32", "float32", "uint8"] as const), shape, c.below(2));
  },
  dynamicSlice: (c) => {
    const x = c.value(hasAxis);
    const i = c.value((x) => x.dtype === defaultDType("i"));
    if (x === undefined || i === undefined) return undefined;
    const sizes = x.shape.map((n) => c.below(n + 1));
    return lax.dynamicSlice(x, x.shape.map((_, k) => k === 0 ? scalarOf(i) : c.below(3)), sizes);
  },
  dynamicUpdateSlice: (c) => {
    const x = c.value(hasAxis);
    const i = c.value((x) => x.dtype === defaultDType("i"));
    if (x === undefined || i === undefined) return undefined;
    const y = fitted(partner(c, x), x.shape);
    const part = lax.slice(y, x.shape.map(() => 0), x.shape.map((n) => c.below(n + 1)));
    return lax.dynamicUpdateSlice(x, part, x.shape.map(() => scalarOf(i)));
  },
  gather: (c) => {
    const x = c.value((x) => x.ndim > 0 && x.shape[0] > 0);
    const i = c.value((x) => x.dtype.name === "int32" && x.ndim > 0 && x.size < 20);
    if (x === undefined || i === undefined || x.size * i.size > MAX_SIZE) return undefined;
    return lax.gather(
      x,
      lax.reshape(i, [i.size, 1]),
      {
        offsetDims: range(x.ndim - 1).map((d) => d + 1),
        collapsedSliceDims: [0],
        startIndexMap: [0],
      },
      [1, ...x.shape.slice(1)],
      { mode: c.of(["clip", "fill"] as const) },
    );
  },
  scatter: (c) => {
    const x = c.value((x) => x.ndim > 0 && isReal(x) && !isFloat(x.dtype));
    const i = c.value((x) => x.dtype.name === "int32" && x.ndim > 0 && x.size < 20);
    if (x === undefined || i === undefined) return undefined;
    const y = partner(c, x);
    const updates = lax.broadcast(scalarOf(y), [i.size, ...x.shape.slice(1)]);
    const f = c.of([lax.scatterAdd, lax.scatterMax, lax.scatterMul]);
    return f(x, lax.reshape(i, [i.size, 1]), updates, {
      updateWindowDims: range(x.ndim - 1).map((d) => d + 1),
      insertedWindowDims: [0],
      scatterDimsToOperandDims: [0],
    }, { mode: c.of(["clip", "fill"] as const) });
  },
};

// -- what combines elements -------------------------------------------------------------------

type Reduction = (x: NDArray, axes: readonly number[]) => NDArray;
function reduction(f: Reduction, fits: (x: NDArray) => boolean): Operation {
  return (c) => {
    const x = c.value(fits);
    return x && f(x, range(x.ndim).filter(() => c.below(2) === 0));
  };
}
/** Reductions that have no value over nothing. */
function extreme(f: Reduction): Operation {
  return (c) => {
    const x = c.value((x) => x.dtype.kind !== "c" && x.size > 0);
    return x && f(x, range(x.ndim).filter(() => c.below(2) === 0));
  };
}
function along(
  f: (x: NDArray, axis: number, c: Choices) => NDArray | readonly NDArray[],
  fits = any as (x: NDArray) => boolean,
  exact = false,
): Operation {
  return (c) => {
    const x = c.value((x) => x.ndim > 0 && fits(x), exact);
    return x && f(x, c.below(x.ndim), c);
  };
}
/** Small integers, so that products stay exact. */
function tamest(x: NDArray): NDArray {
  return isFloat(x.dtype) ? lax.clamp(-2, x, 2) : x;
}

const combining: Record<string, Operation> = {
  sum: reduction(lax.reduceSum, isNumber),
  prod: reduction((x, axes) => lax.reduceProd(tamest(x), axes), isReal),
  max: extreme(lax.reduceMax),
  min: extreme(lax.reduceMin),
  and: reduction(lax.reduceAnd, bits),
  or: reduction(lax.reduceOr, bits),
  xor: reduction(lax.reduceXor, bits),
  argmax: along(
    (x, axis) => lax.argmax(x, axis, "int32"),
    (x) => isReal(x) && x.size > 0,
    true,
  ),
  argmin: along(
    (x, axis) => lax.argmin(x, axis, "int32"),
    (x) => isReal(x) && x.size > 0,
    true,
  ),
  cumsum: along((x, axis, c) => lax.cumsum(x, axis, c.below(2) === 0), isReal),
  cumprod: along((x, axis, c) => lax.cumprod(tamest(x), axis, c.below(2) === 0), isReal),
  cummax: along((x, axis, c) => lax.cummax(x, axis, c.below(2) === 0), isReal),
  sort: along((x, dimension) => lax.sort(x, { dimension }), (x) => x.dtype.kind !== "c"),
  sortPairs: along(
    (x, dimension) =>
      lax.sortKeyVal(x, lax.broadcastedIota("int32", x.shape, dimension), dimension),
    isReal,
    true,
  ),
  topK: along((x, axis, c) => lax.topK(x, c.below(x.shape[axis] + 1), { axis }), isReal, true),
  dot: (c) => {
    const x = c.value((x) => x.ndim > 0 && x.ndim < 4 && isReal(x));
    if (x === undefined) return undefined;
    const axis = c.below(x.ndim);
    const n = x.shape[axis];
    const y = c.value((y) => y.dtype === x.dtype && y.shape.includes(n) && y.ndim < 4) ?? x;
    if (x.size * y.size > 4 * MAX_SIZE * Math.max(n * n, 1)) return undefined;
    const other = y.shape.indexOf(n);
    return lax.dotGeneral(tamest(x), tamest(y), [[[axis], [other]], [[], []]]);
  },
  matmul: (c) => {
    const x = c.value((x) => x.ndim === 3 && isNumber(x));
    if (x === undefined) return undefined;
    const y = fitted(partner(c, x), x.shape);
    return lax.dotGeneral(tamest(x), tamest(y), [[[2], [2]], [[0], [0]]]);
  },
  norm: along((x, axis) => {
    const mean = lax.div(lax.reduceSum(x, [axis]), x.shape[axis]);
    const dims = range(x.ndim).filter((i) => i !== axis);
    return lax.sub(x, lax.broadcastInDim(mean, x.shape, dims));
  }, float),
  softmax: along((x, axis) => {
    const dims = range(x.ndim).filter((i) => i !== axis);
    const e = lax.exp(tame(x));
    return lax.div(e, lax.broadcastInDim(lax.reduceSum(e, [axis]), x.shape, dims));
  }, (x) => float(x) && x.size > 0),
  call: binary(
    (x, y) => jit((a: NDArray, b: NDArray) => lax.add(lax.neg(a), lax.add(b, a)))(x, y),
    isNumber,
  ),
};
// -- numpy ------------------------------------------------------------------------------------

/** A position along an axis that is there, or just not. */
function positions(c: Choices, n: number): NDArray {
  return np.array(range(1 + c.below(3)).map(() => c.below(n + 2) - 1));
}
const isSmallMatrix = (x: NDArray) => x.ndim === 2 && x.size > 0 && x.size < 100;

const numpy: Record<string, Operation> = {
  where: (c) => {
    const which = c.value((x) => x.dtype.kind === "b", true);
    const x = c.value();
    return which && x && np.where(scalarOf(which), x, c.below(4));
  },
  promotedAdd: (c) => {
    const [x, y] = [c.value(isNumber), c.value()];
    return x && y && np.add(x, fitted(y, x.shape));
  },
  roll: along((x, axis, c) => np.roll(x, c.below(7) - 3, axis)),
  mean: along((x, axis) => np.mean(x, axis), (x) => float(x) && x.size > 0),
  variance: along((x, axis) => np.var(x, axis), (x) => float(x) && x.size > 0),
  clip: unary((x) => np.clip(x, 0, 2), isReal),
  floorDivide: binary((x, y) => np.floorDivide(x, y), isReal, true),
  mod: binary((x, y) => np.mod(x, y), isReal, true),
  hypot: binary((x, y) => np.hypot(tame(x), tame(y)), float),
  diff: along((x, axis) => np.diff(x, { axis }), (x) => isReal(x)),
  take: along(
    (x, axis, c) => np.take(x, positions(c, x.shape[axis]), axis, { mode: c.of(["clip", "fill"]) }),
    (x) => x.size > 0,
  ),
  slices: along((x, _axis, c) => x.at(np.slice(null, null, c.of([1, 2, -1, -2]))).get()),
  set: along(
    (x, _axis, c) => x.at(c.below(x.shape[0] + 1)).set(c.of([x.ndim > 1 ? x[0] : 1, 1, 0])),
    (x) => isNumber(x) && x.shape[0] > 0,
  ),
  addAt: along(
    (x, _axis, c) => x.at(positions(c, x.shape[0])).add(1),
    (x) => isReal(x) && x.shape[0] > 0,
  ),
  tril: unary((x) => np.tril(x), (x) => x.ndim > 1),
  outer: binary((x, y) => np.outer(tame(x), tame(y)), (x) => isNumber(x) && x.size < 40),
  einsum: unary(
    (x) => np.einsum("ij,kj->ik", tamest(x), tamest(x)),
    (x) => isNumber(x) && isSmallMatrix(x),
  ),
  median: along((x, axis) => np.median(x, axis), (x) => float(x) && x.size > 0),
  repeat: along((x, axis, c) => np.repeat(x, 1 + c.below(2), axis), small),
  anyOf: along((x, axis) => np.any(x, axis), any, true),
  countNonzero: along((x, axis) => np.countNonzero(x, { axis }), any, true),
  argsort: along((x, axis) => np.argsort(x, axis), isReal, true),
  convolve: unary((x) => np.convolve(x, x, "same"), (x) => float(x) && x.ndim === 1 && x.size > 0),
};

/** How the results of operations on floats are rounded. */
export const rounding = {
  /** Not at all. */
  never: new Set([
    ...["neg", "abs", "sign", "floor", "ceil", "round", "real", "imag", "complex", "rem", "max"],
    ...["min", "clamp", "select", "selectN", "convert", "sort", "sortPairs", "topK", "cummax"],
    ...Object.keys(movement),
    ...["where", "roll", "clip", "take", "slices", "set", "tril", "repeat"],
  ]),
  /** Not if operands and results have few digits. */
  seldom: new Set(["add", "sub", "mul", "square", "integerPow", "literal", "call", "sum", "dot"]),
};

/** All operations by name; those that shape programs are there more than once. */
export const operations: readonly (readonly [string, Operation])[] = [
  ...Object.entries(elementwise),
  ...Object.entries(movement),
  ...Object.entries(movement),
  ...Object.entries(combining),
  ...Object.entries(combining),
  ...Object.entries(numpy),
];

/** How far results may be apart, relative to their scale, if they are rough. */
export function toleranceOf(dtype: DType): number {
  switch (dtype.name) {
    case "bfloat16":
      return 0.05;
    case "float16":
      return 0.01;
    default:
      return 1e-5;
  }
}
