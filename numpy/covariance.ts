/** Covariances and correlations. */
import {
  defaultDType,
  type DTypeLike,
  isComplex,
  isInexact,
  isInteger,
  toDType,
} from "../core/dtype.ts";
import { readOptions } from "../core/options.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import * as lax from "../lax/mod.ts";
import { optionalDType } from "../lax/operands.ts";
import { toArray, toOptionalArray } from "./asarray.ts";
import { dot } from "./contractions.ts";
import { diag } from "./diagonal.ts";
import { getItem } from "./gathering.ts";
import { concatenate } from "./joining.ts";
import { atleast2d } from "./manipulation.ts";
import { namedPart } from "./parts.ts";
import { convertTo, promoteInexact } from "./promotion.ts";
import { sum } from "./reductions.ts";
import { clip, conj, real } from "./rounding.ts";
import { average } from "./statistics.ts";
import { abs, divide, multiply, subtract } from "./ufuncs.ts";

/** Options of {@linkcode corrcoef}. */
export interface CorrcoefOptions {
  /** More variables, in the form of the first ones. */
  y?: ArrayLike | null;
  /** Whether each row is a variable, and each column an observation: true if not said otherwise. */
  rowvar?: boolean;
  /** The dtype to compute in. */
  dtype?: DTypeLike;
}
/** Options of {@linkcode cov}. */
export interface CovOptions extends CorrcoefOptions {
  /** Divide by the number of observations, rather than by one less. */
  bias?: boolean;
  /** Divide by the number of observations less this. */
  ddof?: number | null;
  /** How often each observation was made: integers. */
  fweights?: ArrayLike;
  /** How much each observation counts. */
  aweights?: ArrayLike;
}

/**
 * The covariances of variables, one a row. Follows `jax.numpy.cov`.
 *
 * @throws {RangeError} for arrays of more than two axes, or weights that don't fit.
 * @throws {TypeError} for `fweights` that are no integers.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([[0, 1, 2], [2, 1, 0]]);
 * assertEquals(np.cov(x).tolist(), [[1, -1], [-1, 1]]);
 * ```
 */
export function cov(
  m: ArrayLike,
  y?: ArrayLike | null | CovOptions,
  options?: CovOptions,
): NDArray {
  const read = readOptions<CovOptions>(
    "cov",
    ["y", "rowvar", "bias", "ddof", "fweights", "aweights", "dtype"],
    y,
    options,
  );
  const { y: other = null, fweights, aweights, ...statics } = read;
  const [a, b] = other === null ? promoteInexact("cov", m) : promoteInexact("cov", m, other);
  for (const [name, x] of [["y", b], ["m", a]] as const) {
    if (x !== undefined && x.ndim > 2) throw new RangeError(`${name} has more than 2 dimensions`);
  }
  checkInexact("cov", read.dtype);
  const arrays = {
    a,
    b: b as NDArray | undefined,
    fweights: toOptionalArray("cov", fweights),
    aweights: toOptionalArray("cov", aweights),
  };
  return namedPart("cov", arrays, (arrays) => covarianceOf(arrays, statics), statics);
}
function checkInexact(name: string, dtype: DTypeLike | undefined): void {
  if (dtype === undefined || isInexact(toDType(dtype))) return;
  throw new RangeError(
    `${name}: dtype must be a subclass of float or complex; got dtype=${toDType(dtype).name}`,
  );
}

interface Observations {
  readonly a: NDArray;
  readonly b: NDArray | undefined;
  readonly fweights: NDArray | undefined;
  readonly aweights: NDArray | undefined;
}
function covarianceOf(
  { a, b, fweights, aweights }: Observations,
  { rowvar = true, bias = false, ddof, dtype }: Omit<CovOptions, "y" | "fweights" | "aweights">,
): NDArray {
  let x = atleast2d(a);
  if (!rowvar && a.ndim !== 1) x = transposed(x);
  if (x.shape[0] === 0) return lax.full([0, 0], 0, defaultDType("f"));
  if (b !== undefined) {
    const rows = atleast2d(b);
    x = concatenate([x, !rowvar && rows.shape[0] !== 1 ? transposed(rows) : rows], 0);
  }
  const [variables, n] = x.shape;
  if (n === 0) return lax.full(variables === 1 ? [] : [variables, variables], NaN, x.dtype);
  let w = weightsOf(n, fweights, aweights);
  const target = optionalDType(dtype);
  if (target !== undefined) {
    x = convertTo(x, target);
    w = w && convertTo(w, target);
  }
  const [center, totals] = w === undefined
    ? average(x, { axis: 1, returned: true })
    : average(x, { axis: 1, weights: w, returned: true });
  const lost = ddof ?? (bias ? 0 : 1);
  const total = getItem(totals, [0]);
  const divisor = w === undefined
    ? n - lost
    : lost === 0
    ? total
    : aweights === undefined
    ? subtract(total, lost)
    : subtract(total, divide(multiply(lost, sum(multiply(w, abs(aweights)))), total));
  const centered = subtract(x, lax.expandDims(center, [1]));
  const weighted = w === undefined ? centered : multiply(centered, lax.expandDims(w, [0]));
  const products = dot(centered, conj(transposed(weighted)));
  const result = divide(products, divisor);
  return lax.squeeze(result, result.shape.flatMap((k, i) => k === 1 ? [i] : []));
}
function transposed(x: NDArray): NDArray {
  return lax.transpose(x, [1, 0]);
}

/** The weight of each observation. */
function weightsOf(
  n: number,
  fweights: NDArray | undefined,
  aweights: NDArray | undefined,
): NDArray | undefined {
  for (const [name, w] of [["fweights", fweights], ["aweights", aweights]] as const) {
    if (w === undefined) continue;
    if (w.ndim > 1) throw new RangeError(`cannot handle multidimensional ${name}`);
    if (w.shape[0] !== n) {
      throw new RangeError(`incompatible numbers of samples and ${name}`);
    }
  }
  if (fweights !== undefined && !isInteger(fweights.dtype)) {
    throw new TypeError("fweights must be integer.");
  }
  const [f, a] = [fweights && abs(fweights), aweights && abs(aweights)];
  return f === undefined || a === undefined ? f ?? a : multiply(f, a);
}

/**
 * The correlation coefficients of variables, one a row: their covariances over the products of
 * their standard deviations. Follows `jax.numpy.corrcoef`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assertEquals } from "@std/assert";
 * const x = np.array([[0, 1, 2], [5, 3, 1]]);
 * assertEquals(np.allclose(np.corrcoef(x), np.array([[1, -1], [-1, 1]])).item(), true);
 * ```
 */
export function corrcoef(
  x: ArrayLike,
  y?: ArrayLike | null | CorrcoefOptions,
  options?: CorrcoefOptions,
): NDArray {
  const read = readOptions<CorrcoefOptions>("corrcoef", ["y", "rowvar", "dtype"], y, options);
  checkInexact("corrcoef", read.dtype);
  const { y: other, ...statics } = read;
  const arrays = {
    x: toArray("corrcoef", x),
    y: toOptionalArray("corrcoef", other, 1),
  };
  return namedPart("corrcoef", arrays, ({ x, y }) => {
    const c = cov(x, y === undefined ? statics : { ...statics, y });
    if (c.ndim === 0) return divide(c, c);
    const variances = diag(c);
    const deviations = convertTo(lax.sqrt(real(variances)), c.dtype);
    const scaled = divide(
      divide(c, lax.expandDims(deviations, [1])),
      lax.expandDims(deviations, [0]),
    );
    if (!isComplex(c.dtype)) return clip(scaled, -1, 1);
    return lax.complex(clip(lax.real(scaled), -1, 1), clip(lax.imag(scaled), -1, 1));
  }, statics);
}
