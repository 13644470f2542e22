/**
 * Special functions in double precision, to a few units in the last place.
 *
 * Approximations: [C] W. J. Cody, "Rational Chebyshev approximations for the error function",
 * Math. Comp. 23 (1969); [W] M. J. Wichura, "Algorithm AS 241: the percentage points of the normal
 * distribution", Appl. Statist. 37 (1988); [D] NIST Digital Library of Mathematical Functions.
 */

/** The polynomial with these coefficients, the highest first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let p = 0;
  for (const c of coefficients) p = p * x + c;
  return p;
}

// -- error functions --------------------------------------------------------------------------

// |x| ≤ 0.46875: erf(x) = x P(x²) / Q(x²), [C] table II.
const ERF_P = [
  1.85777706184603153e-1,
  3.16112374387056560,
  1.13864154151050156e2,
  3.77485237685302021e2,
  3.20937758913846947e3,
];
const ERF_Q = [
  1,
  2.36012909523441209e1,
  2.44024637934444173e2,
  1.28261652607737228e3,
  2.84423683343917062e3,
];
// 0.46875 ≤ x ≤ 4: erfc(x) = exp(-x²) P(x) / Q(x), [C] table III.
const ERFC_P = [
  2.15311535474403846e-8,
  5.64188496988670089e-1,
  8.88314979438837594,
  6.61191906371416295e1,
  2.98635138197400131e2,
  8.81952221241769090e2,
  1.71204761263407058e3,
  2.05107837782607147e3,
  1.23033935479799725e3,
];
const ERFC_Q = [
  1,
  1.57449261107098347e1,
  1.17693950891312499e2,
  5.37181101862009858e2,
  1.62138957456669019e3,
  3.29079923573345963e3,
  4.36261909014324716e3,
  3.43936767414372164e3,
  1.23033935480374942e3,
];
// x ≥ 4: erfc(x) = exp(-x²) / x (1/√π - P(1/x²) / (x² Q(1/x²))), [C] table IV.
const TAIL_P = [
  1.63153871373020978e-2,
  3.05326634961232344e-1,
  3.60344899949804439e-1,
  1.25781726111229246e-1,
  1.60837851487422766e-2,
  6.58749161529837803e-4,
];
const TAIL_Q = [
  1,
  2.56852019228982242,
  1.87295284992346725,
  5.27905102951428412e-1,
  6.05183413124413191e-2,
  2.33520497626869185e-3,
];
const SQRT1_PI = 0.56418958354775628695;

/** `exp(-x²)`, with `x²` split so that its rounding does not count. */
function gaussian(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}
function erfNearZero(x: number): number {
  const z = x * x;
  return x * polynomial(z, ERF_P) / polynomial(z, ERF_Q);
}
/** `erfc(x)` of `x > 0.46875`. */
function erfcPositive(x: number): number {
  if (x > 27.3) return 0;
  if (x <= 4) return gaussian(x) * polynomial(x, ERFC_P) / polynomial(x, ERFC_Q);
  const z = 1 / (x * x);
  return gaussian(x) / x * (SQRT1_PI - z * polynomial(z, TAIL_P) / polynomial(z, TAIL_Q));
}

/** The error function, `2/√π ∫₀ˣ exp(-t²) dt`. */
export function erf(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return erfNearZero(x);
  return x !== x ? NaN : Math.sign(x) * (1 - erfcPositive(y));
}

/** `1 - erf(x)`, without cancellation. */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return 1 - erfNearZero(x);
  if (x !== x) return NaN;
  return x > 0 ? erfcPositive(x) : 2 - erfcPositive(y);
}

// The quantile of the normal distribution, [W]. In its middle q R(0.180625 - q²), where q is the
// probability less 1/2; in its tails R(r) of r = √(-log p), less 1.6 or 5.
const MIDDLE_P = [
  2509.0809287301226727,
  33430.575583588128105,
  67265.770927008700853,
  45921.953931549871457,
  13731.693765509461125,
  1971.5909503065514427,
  133.14166789178437745,
  3.3871328727963666080,
];
const MIDDLE_Q = [
  5226.4952788528545610,
  28729.085735721942674,
  39307.895800092710610,
  21213.794301586595867,
  5394.1960214247511077,
  687.18700749205790830,
  42.313330701600911252,
  1,
];
const NEAR_P = [
  7.74545014278341407640e-4,
  2.27238449892691845833e-2,
  2.41780725177450611770e-1,
  1.27045825245236838258,
  3.64784832476320460504,
  5.76949722146069140550,
  4.63033784615654529590,
  1.42343711074968357734,
];
const NEAR_Q = [
  1.05075007164441684324e-9,
  5.47593808499534494600e-4,
  1.51986665636164571966e-2,
  1.48103976427480074590e-1,
  6.89767334985100004550e-1,
  1.67638483018380384940,
  2.05319162663775882187,
  1,
];
const FAR_P = [
  2.01033439929228813265e-7,
  2.71155556874348757815e-5,
  1.24266094738807843860e-3,
  2.65321895265761230930e-2,
  2.96560571828504891230e-1,
  1.78482653991729133580,
  5.46378491116411436990,
  6.65790464350110377720,
];
const FAR_Q = [
  2.04426310338993978564e-15,
  1.42151175831644588870e-7,
  1.84631831751005468180e-5,
  7.86869131145613259100e-4,
  1.48753612908506148525e-2,
  1.36929880922735805310e-1,
  5.99832206555887937690e-1,
  1,
];

/** The inverse of the error function: ±∞ at ±1, NaN beyond. */
export function erfInv(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.85) {
    const r = 0.180625 - x * x / 4;
    return x * Math.SQRT1_2 / 2 * polynomial(r, MIDDLE_P) / polynomial(r, MIDDLE_Q);
  }
  if (!(y < 1)) return y === 1 ? x * Infinity : NaN;
  const r = Math.sqrt(-Math.log((1 - y) / 2));
  const quantile = r <= 5
    ? polynomial(r - 1.6, NEAR_P) / polynomial(r - 1.6, NEAR_Q)
    : polynomial(r - 5, FAR_P) / polynomial(r - 5, FAR_Q);
  return Math.sign(x) * quantile * Math.SQRT1_2;
}

// -- gamma functions --------------------------------------------------------------------------

/** `ζ(k) - 1` of `k = 2, 3, …` */
const ZETA = [
  0.64493406684822644,
  0.20205690315959429,
  0.082323233711138192,
  0.036927755143369926,
  0.01734306198444914,
  0.0083492773819228268,
  0.0040773561979443394,
  0.0020083928260822144,
  0.00099457512781808534,
  0.00049418860411946456,
  0.0002460865533080483,
  0.00012271334757848915,
  6.1248135058704829e-5,
  3.0588236307020494e-5,
  1.5282259408651872e-5,
  7.6371976378997623e-6,
  3.8172932649998399e-6,
  1.9082127165539389e-6,
  9.5396203387279611e-7,
  4.7693298678780646e-7,
  2.3845050272773299e-7,
  1.1921992596531107e-7,
  5.960818905125948e-8,
  2.980350351465228e-8,
  1.4901554828365041e-8,
  7.4507117898354295e-9,
  3.7253340247884571e-9,
  1.862659723513049e-9,
  9.3132743241966818e-10,
];
/** Euler's constant from 1. */
const ONE_LESS_EULER = 0.42278433509846713939;
/** Coefficients of `log Γ(2 + t)` from `t²` up, the highest first: [D] 5.7.3. */
const LGAMMA_NEAR_2 = ZETA.map((z, i) => (i % 2 === 0 ? z : -z) / (i + 2)).reverse();
/** Coefficients of `ψ(2 + t)` from `t` up, the highest first: [D] 5.7.4. */
const DIGAMMA_NEAR_2 = ZETA.map((z, i) => i % 2 === 0 ? z : -z).reverse();
/** `B₂ₖ / 2k`, from `k = 8` down to 1, of the expansions at infinity: [D] 5.11.1, 5.11.2. */
const BERNOULLI = [
  -3617 / 8160,
  1 / 12,
  -691 / 32760,
  1 / 132,
  -1 / 240,
  1 / 252,
  -1 / 120,
  1 / 12,
];
const STIRLING = BERNOULLI.map((b, i) => b / (2 * (8 - i) - 1));
/** From here on the expansions at infinity hold. */
const LARGE = 10;

/** `log Γ(x)` of `x > 0`. */
function lgammaPositive(x: number): number {
  if (x >= LARGE) {
    const z = 1 / x;
    const rest = 0.5 * Math.log(2 * Math.PI) - 0.5 + z * polynomial(z * z, STIRLING);
    return (x - 0.5) * (Math.log(x) - 1) + rest;
  }
  if (x < 0.5) return lgammaPositive(x + 2) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return lgammaNear2(x - 1) - Math.log1p(x - 1);
  let factor = 1;
  while (x > 2.5) factor *= --x;
  return Math.log(factor) + lgammaNear2(x - 2);
}
/** `log Γ(2 + t)` of `|t| ≤ 0.5`. */
function lgammaNear2(t: number): number {
  return t * (ONE_LESS_EULER + t * polynomial(t, LGAMMA_NEAR_2));
}

/** The logarithm of `|Γ(x)|`; ∞ at the poles `0, -1, -2, …`. */
export function lgamma(x: number): number {
  if (x > 0) return lgammaPositive(x);
  if (x !== x) return NaN;
  // Reflection, [D] 5.5.3. Near an integer the sine is that of the small distance.
  const distance = Math.abs(x - Math.round(x));
  if (distance === 0 || x === -Infinity) return Infinity;
  return Math.log(Math.PI / Math.sin(Math.PI * distance)) - lgammaPositive(1 - x);
}

/** `ψ(x)` of `x > 0`. */
function digammaPositive(x: number): number {
  if (x >= LARGE) {
    const z = 1 / (x * x);
    return Math.log(x) - 0.5 / x - z * polynomial(z, BERNOULLI);
  }
  let sum = 0;
  for (; x < 1.5; x++) sum -= 1 / x;
  for (; x > 2.5; x--) sum += 1 / (x - 1);
  const t = x - 2;
  return sum + (ONE_LESS_EULER + t * polynomial(t, DIGAMMA_NEAR_2));
}

/** The derivative of `log Γ(x)`; NaN at the poles. Near its zeros the error is absolute. */
export function digamma(x: number): number {
  if (x > 0) return x === Infinity ? x : digammaPositive(x);
  const distance = x - Math.round(x);
  if (distance === 0) return NaN;
  // Reflection, [D] 5.5.4.
  return digammaPositive(1 - x) - Math.PI / Math.tan(Math.PI * distance);
}
