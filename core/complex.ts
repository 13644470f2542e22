/**
 * Complex numbers as pairs of real expressions.
 *
 * Printers know real scalars only. A primitive on complex operands either is arithmetic, which
 * {@linkcode splitComplex} takes apart, or says where it is declared what it means in real terms,
 * by {@linkcode partsOf} and {@linkcode joined}.
 */
import { type DType, float32, isComplex, realPart } from "./dtype.ts";
import {
  apply,
  type Buffer,
  constant,
  type Expr,
  fold,
  load,
  postorder,
  type ScalarOp,
  select,
  withChildren,
} from "./expr.ts";

/** A complex number: the expressions of its real and its imaginary part. */
export type Parts = readonly [re: Expr, im: Expr];

/** The parts of a complex expression. */
export function partsOf(z: Expr): Parts {
  if (z.kind === "apply" && z.op === "complex") return [z.args[0], z.args[1]];
  const dtype = realPart(z.dtype);
  return [apply("real", [z], dtype), apply("imag", [z], dtype)];
}
/** The complex expression of two parts. */
export function joined([re, im]: Parts, dtype: DType): Expr {
  return apply("complex", [re, im], dtype);
}

/** An operation on real expressions; numbers stand for constants of the others' dtype. */
export function real(op: ScalarOp, ...args: readonly (Expr | number)[]): Expr {
  const { dtype } = args.findLast((a) => typeof a !== "number") as Expr;
  return apply(op, args.map((a) => typeof a === "number" ? constant(a, dtype) : a));
}

// -- arithmetic -------------------------------------------------------------------------------

/** `x + y`. */
export function plus([a, b]: Parts, [c, d]: Parts): Parts {
  return [real("add", a, c), real("add", b, d)];
}
/** `x - y`. */
export function minus([a, b]: Parts, [c, d]: Parts): Parts {
  return [real("sub", a, c), real("sub", b, d)];
}
/** `-x`. */
export function negative([a, b]: Parts): Parts {
  return [real("neg", a), real("neg", b)];
}
/** `x y`. */
export function times([a, b]: Parts, [c, d]: Parts): Parts {
  return [
    real("sub", real("mul", a, c), real("mul", b, d)),
    real("add", real("mul", a, d), real("mul", b, c)),
  ];
}
/**
 * `x / y`, by the ratio of the divisor's parts so that no square overflows: R. L. Smith, "Algorithm
 * 116: complex division", Comm. ACM 5 (1962). A quotient by zero or by an infinity is C99's.
 */
export function over([a, b]: Parts, [c, d]: Parts): Parts {
  const [x, y] = [real("abs", c), real("abs", d)];
  const wide = real("ge", x, y);
  const [large, small] = [select(wide, c, d), select(wide, d, c)];
  const ratio = real("div", small, large);
  const scale = real("add", large, real("mul", small, ratio));
  const [p, q] = [select(wide, a, b), select(wide, b, a)];
  const re = real("add", p, real("mul", q, ratio));
  const product = real("mul", p, ratio);
  const im = select(wide, real("sub", b, product), real("sub", product, a));
  const largest = real("max", x, y);
  const byZero = real("eq", largest, 0);
  const byInfinity = real(
    "and",
    real("eq", largest, Infinity),
    real("and", real("isFinite", a), real("isFinite", b)),
  );
  // The quotient's sign and zeros are right after division by the real number 0 or ∞.
  const by = (part: Expr, quotient: Expr) =>
    select(byZero, real("div", part, x), select(byInfinity, real("mul", part, 0), quotient));
  return [by(a, real("div", re, scale)), by(b, real("div", im, scale))];
}
/** `|x|`, by the ratio of the parts so that no square overflows. */
export function modulus([a, b]: Parts): Expr {
  const [x, y] = [real("abs", a), real("abs", b)];
  const [large, small] = [real("max", x, y), real("min", x, y)];
  const ratio = real("div", small, large);
  const root = real("sqrt", real("add", real("mul", ratio, ratio), 1));
  // At 0 and ∞ the ratio may be 0/0 or ∞/∞.
  const trivial = real("or", real("eq", small, 0), real("eq", large, Infinity));
  return select(trivial, large, real("mul", large, root));
}

/** The complex meaning of the arithmetic operations, which any rule may apply to expressions. */
const arithmetic: Partial<Record<ScalarOp, (...args: readonly Parts[]) => Parts | Expr>> = {
  add: plus,
  sub: minus,
  mul: times,
  div: over,
  neg: negative,
  abs: modulus,
  eq: ([a, b], [c, d]) => real("and", real("eq", a, c), real("eq", b, d)),
  ne: ([a, b], [c, d]) => real("or", real("ne", a, c), real("ne", b, d)),
  complex: ([a], [b]) => [a, b],
  real: ([a]) => a,
  imag: ([, b]) => b,
};

// -- splitting --------------------------------------------------------------------------------

const views = new WeakMap<Buffer, Buffer>();
/** A complex buffer as one of reals, with a last axis for the parts; the same for the same one. */
export function realView(buffer: Buffer): Buffer {
  let view = views.get(buffer);
  if (view === undefined) {
    const { name, shape, dtype } = buffer;
    views.set(buffer, view = { name, shape: [...shape, 2], dtype: realPart(dtype) });
  }
  return view;
}

/** A real expression, or the parts of a complex one. */
export type Split = Expr | [re: Expr, im: Expr];

/** Rewrites an expression so that nothing in it is complex. */
export function splitComplex(root: Expr): Split {
  const split = new Map<Expr, Split>();
  for (const e of postorder([root])) split.set(e, splitNode(e, (x) => split.get(x)!));
  return split.get(root)!;
}

function splitNode(e: Expr, at: (e: Expr) => Split): Split {
  const sole = (x: Expr) => at(x) as Expr;
  switch (e.kind) {
    case "axis":
    case "const":
      return e;
    case "load": {
      const index = e.index.map(sole);
      if (!isComplex(e.dtype)) return withChildren(e, index);
      const part = (i: number) => load(realView(e.buffer), [...index, constant(i)]);
      return [part(0), part(1)];
    }
    case "fold": {
      const value = at(e.value);
      if (!Array.isArray(value)) return withChildren(e, [value]);
      if (e.fold !== "add") throw new TypeError(`complex numbers have no fold by ${e.fold}`);
      return [fold("add", e.axes, value[0]), fold("add", e.axes, value[1])];
    }
    case "apply": {
      const args = e.args.map(at);
      if (!isComplex(e.dtype) && !args.some(Array.isArray)) return withChildren(e, args as Expr[]);
      if (e.op === "select") return splitSelect(args);
      if (e.op === "convert") return splitConvert(args[0], e.dtype);
      const meaning = arithmetic[e.op];
      if (meaning === undefined) throw new TypeError(`${e.op} has no meaning for complex numbers`);
      // `complex` itself has real operands.
      const parts = args.map((x): Parts => Array.isArray(x) ? x : [x, x]);
      return meaning(...parts) as Split;
    }
  }
}
function splitSelect([which, onTrue, onFalse]: readonly Split[]): Split {
  const part = (i: number) => select(which as Expr, (onTrue as Parts)[i], (onFalse as Parts)[i]);
  return [part(0), part(1)];
}
/** The imaginary part is dropped where the result is real, and zero where the operand is. */
function splitConvert(x: Split, dtype: DType): Split {
  const [re, im] = Array.isArray(x) ? x : [x, constant(0, float32)];
  const part = (e: Expr) => {
    const to = realPart(dtype);
    return e.dtype === to ? e : apply("convert", [e], to);
  };
  return isComplex(dtype) ? [part(re), part(im)] : part(re);
}
