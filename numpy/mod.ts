/**
 * NumPy's functions by NumPy's names, in camelCase, on immutable arrays: `np.sum(x, { axis: 0 })`.
 * Operands broadcast, and promote to a common dtype. Follows `jax.numpy`.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * const x = np.linspace(0, 10, 1000);
 * const y = np.multiply(2, np.multiply(np.sin(x), np.cos(x)));
 * console.assert(y.shape.join() === "1000");
 * ```
 *
 * @module
 */
import "./methods.ts";

export {
  array,
  type ArrayOptions,
  asarray,
  type AsArrayOptions,
  astype,
  copy,
  frombuffer,
  type FromBufferOptions,
} from "./array.ts";
export { broadcastArrays, broadcastShapes, broadcastTo, type ShapeLike } from "./asarray.ts";
export {
  bitwiseAnd,
  bitwiseCount,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  copysign,
  frexp,
  invert,
  ldexp,
  leftShift,
  nextafter,
  rightShift,
  signbit,
  spacing,
} from "./bits.ts";
export {
  equal,
  greater,
  greaterEqual,
  iscomplex,
  iscomplexobj,
  isfinite,
  isinf,
  isnan,
  isneginf,
  isposinf,
  isreal,
  isrealobj,
  isscalar,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
} from "./comparison.ts";
export { e, eulerGamma, inf, nan, newaxis, pi } from "./constants.ts";
export type { Contraction, ContractionPath, OptimizeLike } from "./contraction_path.ts";
export {
  cross,
  type CrossOptions,
  dot,
  inner,
  kron,
  matmul,
  matvec,
  outer,
  type ProductOptions,
  tensordot,
  type TensordotAxes,
  vdot,
  vecdot,
  vecmat,
} from "./contractions.ts";
export { convolve, type ConvolveMode, type ConvolveOptions, correlate } from "./convolve.ts";
export { corrcoef, type CorrcoefOptions, cov, type CovOptions } from "./covariance.ts";
export {
  type CreationOptions,
  empty,
  emptyLike,
  full,
  fullLike,
  type LikeOptions,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./creation.ts";
export {
  cumprod,
  cumsum,
  type CumulativeOptions,
  cumulativeProd,
  cumulativeSum,
  type CumulativeSumOptions,
  nancumprod,
  nancumsum,
} from "./cumulative.ts";
export {
  diag,
  diagflat,
  diagonal,
  type DiagonalOptions,
  trace,
  type TraceOptions,
  tril,
  triu,
} from "./diagonal.ts";
export {
  diff,
  type DiffOptions,
  ediff1d,
  type Ediff1dOptions,
  gradient,
  type GradientOptions,
  trapezoid,
  type TrapezoidOptions,
  unwrap,
  type UnwrapOptions,
} from "./differences.ts";
export {
  delete,
  type DeleteOptions,
  insert,
  type Positions,
  trimZeros,
  type TrimZerosOptions,
} from "./editing.ts";
export { type AxisNames, einsum, type EinsumOptions, einsumPath } from "./einsum.ts";
export {
  exp,
  exp2,
  expm1,
  i0,
  log,
  log10,
  log1p,
  log2,
  logaddexp,
  logaddexp2,
} from "./exponential.ts";
export {
  eye,
  fromfunction,
  identity,
  type IdentityOptions,
  indices,
  type IndicesOptions,
  type MatrixOptions,
  meshgrid,
  type MeshgridOptions,
  mgrid,
  ogrid,
  tri,
  vander,
  type VanderOptions,
} from "./grids.ts";
export {
  bincount,
  type BincountOptions,
  type BinOptions,
  type BinRange,
  type Bins,
  histogram,
  histogram2d,
  histogramBinEdges,
  histogramdd,
  type HistogramddOptions,
  type HistogramOptions,
} from "./histograms.ts";
export {
  diagIndices,
  diagIndicesFrom,
  ix_,
  maskIndices,
  ravelMultiIndex,
  type RavelMultiIndexOptions,
  type TriangleOptions,
  trilIndices,
  trilIndicesFrom,
  triuIndices,
  triuIndicesFrom,
  unravelIndex,
} from "./index_tricks.ts";
export { iterable, ndim, shape, size } from "./inspection.ts";
export { interp, type InterpOptions } from "./interpolation.ts";
export {
  append,
  type Arrays,
  block,
  type Blocks,
  columnStack,
  concat,
  concatenate,
  dstack,
  hstack,
  type JoinOptions,
  stack,
  type StackOptions,
  vstack,
} from "./joining.ts";
export { finfo, FloatInfo, iinfo, IntegerInfo } from "./limits.ts";
export {
  allclose,
  arrayEqual,
  type ArrayEqualOptions,
  arrayEquiv,
  isclose,
  type IscloseOptions,
} from "./logic.ts";
export {
  atleast1d,
  atleast2d,
  atleast3d,
  expandDims,
  matrixTranspose,
  moveaxis,
  permuteDims,
  ravel,
  reshape,
  type ReshapeOptions,
  rollaxis,
  squeeze,
  swapaxes,
  transpose,
} from "./manipulation.ts";
export {
  nanargmax,
  nanargmin,
  nanmax,
  nanmin,
  nanprod,
  nansum,
  type NanSumOptions,
} from "./nan_reductions.ts";
export { pad, type PadMode, type PadOptions, type PadValues } from "./pad.ts";
export {
  poly,
  polyadd,
  polyder,
  polyint,
  type PolyintOptions,
  polymul,
  polysub,
  polyval,
} from "./polynomial.ts";
export { cbrt, floatPower, hypot, pow, power, reciprocal, sqrt, square } from "./powers.ts";
export { arrayRepr, arrayStr, getPrintoptions, printoptions, setPrintoptions } from "./printing.ts";
export {
  fillDiagonal,
  type InplaceOptions,
  place,
  put,
  putAlongAxis,
  type PutAlongAxisOptions,
  type PutOptions,
} from "./putting.ts";
export {
  median,
  type MedianOptions,
  nanmedian,
  nanpercentile,
  nanquantile,
  percentile,
  quantile,
  type QuantileMethod,
  type QuantileOptions,
} from "./quantiles.ts";
export {
  arange,
  type ArangeOptions,
  geomspace,
  type GeomspaceOptions,
  linspace,
  type LinspaceOptions,
  logspace,
  type LogspaceOptions,
} from "./ranges.ts";
export { flip, fliplr, flipud, roll, rot90, type Rot90Options } from "./rearranging.ts";
export {
  all,
  amax,
  amin,
  any,
  argmax,
  argmin,
  type ArgOptions,
  type AxisOptions,
  countNonzero,
  type ExtremeOptions,
  max,
  min,
  prod,
  ptp,
  type ReduceArguments,
  sum,
  type SumOptions,
  type TruthOptions,
} from "./reductions.ts";
export {
  around,
  ceil,
  clip,
  type ClipOptions,
  conj,
  conjugate,
  fix,
  floor,
  imag,
  modf,
  nanToNum,
  type NanToNumOptions,
  real,
  rint,
  round,
  type RoundOptions,
  trunc,
} from "./rounding.ts";
export {
  AbstractDType,
  bfloat16,
  bool,
  bool_,
  canCast,
  type Casting,
  cdouble,
  complex128,
  complex64,
  complex_,
  complexfloating,
  csingle,
  double,
  dtype,
  float16,
  float32,
  float64,
  float_,
  floating,
  generic,
  inexact,
  int16,
  int32,
  int64,
  int8,
  int_,
  integer,
  isdtype,
  issubdtype,
  number,
  promoteTypes,
  resultType,
  type ScalarType,
  signedinteger,
  single,
  uint,
  uint16,
  uint32,
  uint64,
  uint8,
  unsignedinteger,
} from "./scalar_types.ts";
export {
  choose,
  compress,
  type CompressOptions,
  extract,
  type Piece,
  piecewise,
  select,
} from "./selection.ts";
export {
  intersect1d,
  type IntersectOptions,
  isin,
  type IsinOptions,
  setdiff1d,
  type SetOptions,
  setxor1d,
  union1d,
} from "./sets.ts";
export {
  argpartition,
  argsort,
  type ArgsortOptions,
  digitize,
  type DigitizeOptions,
  lexsort,
  partition,
  searchsorted,
  type SearchsortedOptions,
  sort,
  sortComplex,
} from "./sorting.ts";
export { arraySplit, dsplit, hsplit, type Sections, split, unstack, vsplit } from "./splitting.ts";
export {
  average,
  type AverageOptions,
  mean,
  type MeanOptions,
  nanmean,
  nanstd,
  nanvar,
  std,
  var,
  type VarianceOptions,
} from "./statistics.ts";
export { take, takeAlongAxis, type TakeAlongAxisOptions, type TakeOptions } from "./take.ts";
export { repeat, type RepeatOptions, resize, tile } from "./tiling.ts";
export {
  acos,
  acosh,
  angle,
  arccos,
  arccosh,
  arcsin,
  arcsinh,
  arctan,
  arctan2,
  arctanh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  deg2rad,
  degrees,
  rad2deg,
  radians,
  sin,
  sinc,
  sinh,
  tan,
  tanh,
} from "./trigonometry.ts";
export {
  abs,
  absolute,
  add,
  divide,
  divmod,
  fabs,
  floorDivide,
  fmax,
  fmin,
  fmod,
  gcd,
  heaviside,
  lcm,
  maximum,
  minimum,
  mod,
  multiply,
  negative,
  positive,
  remainder,
  sign,
  subtract,
  trueDivide,
} from "./ufuncs.ts";
export {
  type SizeOptions,
  unique,
  uniqueAll,
  type UniqueAllResult,
  uniqueCounts,
  type UniqueCountsResult,
  uniqueInverse,
  type UniqueInverseResult,
  type UniqueOptions,
  uniqueValues,
} from "./unique.ts";
export { argwhere, flatnonzero, nonzero, type NonzeroOptions, where } from "./where.ts";
export { bartlett, blackman, hamming, hanning, kaiser } from "./windows.ts";

export * as linalg from "./linalg.ts";
export { slice } from "../core/methods.ts";
export {
  type ArrayLike,
  type Complex,
  type NDArray,
  type NDArray as ndarray,
  type NestedArrayLike,
  type NestedList,
} from "../core/trace.ts";
