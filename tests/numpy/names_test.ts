/** The names that `numpy` offers: those of `jax.numpy`, in camelCase. */
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import * as exported from "../../numpy.ts";
import { numpy as np } from "../../mod.ts";

/** The names of `jax.numpy` that are here, beside its dtypes and their families. */
const NAMES = `
  abs absolute acos acosh add all allclose amax amin angle any append arange arccos arccosh
  arcsin arcsinh arctan arctan2 arctanh argmax argmin argpartition argsort argwhere around array
  arrayEqual arrayEquiv arrayRepr arraySplit arrayStr asarray asin asinh astype atan atan2 atanh
  atleast1d atleast2d atleast3d average bartlett bincount bitwiseAnd bitwiseCount bitwiseInvert
  bitwiseLeftShift bitwiseNot bitwiseOr bitwiseRightShift bitwiseXor blackman block
  broadcastArrays broadcastShapes broadcastTo canCast cbrt ceil choose clip columnStack compress
  concat concatenate conj conjugate convolve copy copysign corrcoef correlate cos cosh
  countNonzero cov cross cumprod cumsum cumulativeProd cumulativeSum deg2rad degrees delete diag
  diagIndices diagIndicesFrom diagflat diagonal diff digitize divide divmod dot dsplit dstack
  dtype ediff1d einsum einsumPath empty emptyLike equal exp exp2 expandDims expm1 extract eye
  fabs fillDiagonal finfo flatnonzero flip fliplr flipud floatPower floor floorDivide fmax fmin
  fmod frexp frombuffer fromfunction full fullLike gcd geomspace getPrintoptions gradient
  greater greaterEqual hamming hanning heaviside histogram histogram2d histogramBinEdges
  histogramdd hsplit hstack hypot i0 identity iinfo imag indices inner insert interp intersect1d
  invert isclose iscomplex iscomplexobj isdtype isfinite isin isinf isnan isneginf isposinf
  isreal isrealobj isscalar issubdtype iterable ix_ kaiser kron lcm ldexp leftShift less
  lessEqual lexsort linspace log log10 log1p log2 logaddexp logaddexp2 logicalAnd logicalNot
  logicalOr logicalXor logspace maskIndices matmul matrixTranspose matvec max maximum mean
  median meshgrid mgrid min minimum mod modf moveaxis multiply nanToNum nanargmax nanargmin
  nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd
  nansum nanvar ndim negative nextafter nonzero notEqual ogrid ones onesLike outer pad partition
  percentile permuteDims piecewise place poly polyadd polyder polyint polymul polysub polyval
  positive pow power printoptions prod promoteTypes ptp put putAlongAxis quantile rad2deg
  radians ravel ravelMultiIndex real reciprocal remainder repeat reshape resize resultType
  rightShift rint roll rollaxis rot90 round searchsorted select setPrintoptions setdiff1d
  setxor1d shape sign signbit sin sinc sinh size sort sortComplex spacing split sqrt square
  squeeze stack std subtract sum swapaxes take takeAlongAxis tan tanh tensordot tile trace
  transpose trapezoid tri tril trilIndices trilIndicesFrom trimZeros triu triuIndices
  triuIndicesFrom trueDivide trunc union1d unique uniqueAll uniqueCounts uniqueInverse
  uniqueValues unravelIndex unstack unwrap vander var vdot vecdot vecmat vsplit vstack where
  zeros zerosLike
`.trim().split(/\s+/);

const DTYPES = `
  bfloat16 bool_ cdouble complex128 complex64 complex_ complexfloating csingle double float16
  float32 float64 float_ floating generic inexact int16 int32 int64 int8 int_ integer number
  signedinteger single uint uint16 uint32 uint64 uint8 unsignedinteger
`.trim().split(/\s+/);

/** Those that one meets in a first week. */
const FIRST_WEEK = `
  array asarray zeros ones empty full zerosLike onesLike emptyLike fullLike arange linspace logspace
  geomspace eye identity diag tri tril triu meshgrid indices fromfunction copy astype
  add subtract multiply divide trueDivide floorDivide mod remainder fmod divmod power floatPower
  negative positive absolute abs fabs sign sqrt cbrt square reciprocal exp exp2 expm1 log log2 log10
  log1p logaddexp sin cos tan arcsin arccos arctan arctan2 hypot sinh cosh tanh arcsinh arccosh
  arctanh degrees radians ceil floor rint trunc round around maximum minimum fmax fmin clip isnan
  isinf isfinite equal notEqual less lessEqual greater greaterEqual logicalAnd logicalOr logicalXor
  logicalNot bitwiseAnd bitwiseOr bitwiseXor invert leftShift rightShift real imag conj angle
  nanToNum sum prod mean std var max min ptp all any argmax argmin median percentile quantile
  histogram average cov corrcoef nansum nanmean nanmax nanmin countNonzero cumsum cumprod diff
  reshape ravel transpose swapaxes moveaxis squeeze expandDims concatenate stack vstack hstack dstack
  split tile repeat flip roll rot90 broadcastTo atleast1d pad take takeAlongAxis where nonzero
  argwhere select sort argsort lexsort unique searchsorted isin union1d intersect1d setdiff1d
  dot matmul vdot inner outer tensordot einsum kron trace convolve correlate interp
  allclose arrayEqual isclose gradient polyval vander digitize bincount
`.trim().split(/\s+/);

Deno.test("`numpy` has the functions of `jax.numpy` under their names", () => {
  assertEquals(NAMES.filter((name) => typeof np[name as "sum"] !== "function"), []);
  assertEquals(new Set(NAMES).size, NAMES.length);
});

Deno.test("`numpy` has what one meets in a first week", () => {
  const missing = FIRST_WEEK.filter((name) => !(name in np));
  assertEquals(missing, []);
  assert(FIRST_WEEK.length >= 150, String(FIRST_WEEK.length));
});

Deno.test("`numpy` has JAX's dtypes, their families and its constants", () => {
  assertEquals(DTYPES.filter((name) => !(name in np)), []);
  assertEquals([np.pi, np.e, np.inf, np.newaxis], [Math.PI, Math.E, Infinity, null]);
  assertEquals([np.nan, np.eulerGamma], [NaN, 0.5772156649015329]);
});

Deno.test("`numpy` imported by itself is the same, and ready", () => {
  assertEquals(Object.keys(exported), Object.keys(np));
  assertStrictEquals(exported.sum, np.sum);
  assertEquals(exported.arange(3).tolist(), [0, 1, 2]);
});
