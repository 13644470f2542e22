/** Numbers with names. */

/** The circumference of a circle of diameter 1. */
export const pi: number = Math.PI;
/** The base of the natural logarithm. */
export const e: number = Math.E;
/** The Euler–Mascheroni constant. */
export const eulerGamma: number = 0.5772156649015329;
/** Positive infinity. */
export const inf: number = Infinity;
/** Not a number. */
export const nan: number = NaN;
/** A new axis in an index: `x.at("...", np.newaxis)`. */
export const newaxis: null = null;
