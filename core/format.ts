/**
 * NumPy's array printing as pure functions: what `str` and `repr` of a JAX array say, to the
 * character.
 *
 * The rules are those of NumPy 2.4 (`numpy/_core/arrayprint.py` and its Dragon4) and of JAX 0.10
 * (`Array.__repr__`). This file sits at the bottom of the floors and imports nothing: an array
 * comes as a shape, the name of a dtype and a function that reads one element.
 *
 * From top to bottom: the options, the exported functions, the layout of nested brackets, one
 * formatter per kind of dtype, and the decimal digits of one float.
 *
 * @module
 */

/** One element of an array; a complex one as the pair of its parts. */
export type Scalar = number | bigint | boolean | readonly [re: number, im: number];

/** What governs printing, by NumPy's names; `setPrintOptions` sets the defaults. */
export interface PrintOptions {
  /** Most digits after the point (8). */
  precision?: number;
  /** Arrays of more elements than this are cut short with `...` (1000). */
  threshold?: number;
  /** How many items an array that is cut short keeps at each end of each axis (3). */
  edgeitems?: number;
  /** Columns after which a row wraps (75). */
  linewidth?: number;
  /** Print small numbers as zeros rather than turn to scientific notation (false). */
  suppress?: boolean;
  /** How a NaN reads ("nan"). */
  nanstr?: string;
  /** How an infinity reads ("inf"). */
  infstr?: string;
  /** What stands before a positive number: nothing ("-"), a plus, or a space. */
  sign?: "-" | "+" | " ";
  /** How many digits a float gets ("maxprec": as many as it needs, at most `precision`). */
  floatmode?: "fixed" | "unique" | "maxprec" | "maxprec_equal";
}

/** Options for printing one array. */
export interface FormatOptions extends PrintOptions {
  /** What stands between two elements (" "). */
  separator?: string;
  /** What the caller will print before the text: rows are indented by its length (""). */
  prefix?: string;
  /** What the caller will print after the text: rows wrap that much earlier (""). */
  suffix?: string;
}

/** Options for the `repr` of one array. */
export interface ReprOptions extends PrintOptions {
  /** Whether the array's dtype is weak, which its `repr` says. */
  weakType?: boolean;
}

let printOptions: Required<PrintOptions> = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: "nan",
  infstr: "inf",
  sign: "-",
  floatmode: "maxprec",
};

/**
 * Sets how arrays print from now on, as `np.set_printoptions`; what is left out stays as it is.
 *
 * @throws {RangeError} if `precision` is not a non-negative integer, or `threshold` is NaN.
 *
 * @example
 * ```ts
 * import { formatArray, getPrintOptions, setPrintOptions } from "./format.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const before = getPrintOptions();
 * setPrintOptions({ precision: 2 });
 * assertEquals(formatArray([2], "float32", (i) => [1, Math.PI][i]), "[1.   3.14]");
 * setPrintOptions(before);
 * ```
 */
export function setPrintOptions(options: PrintOptions): void {
  const { precision, threshold } = options;
  if (precision !== undefined && !(Number.isInteger(precision) && precision >= 0)) {
    throw new RangeError(`precision must be a non-negative integer, got ${precision}`);
  }
  if (Number.isNaN(threshold)) {
    throw new RangeError("threshold must be non-NAN, try Infinity for untruncated representation");
  }
  printOptions = { ...printOptions, ...given(options) };
}

/**
 * The options that arrays print with unless a call says otherwise, as `np.get_printoptions`.
 *
 * @example
 * ```ts
 * import { getPrintOptions } from "./format.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(getPrintOptions().linewidth, 75);
 * ```
 */
export function getPrintOptions(): Required<PrintOptions> {
  return { ...printOptions };
}

/** The options that have a value: spreading an explicit `undefined` would hide the default. */
function given<T extends object>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as T;
}

/**
 * The text of an array, as Python's `str(x)`: `[1. 2. 3.]`. That of a 0-d array is its scalar's,
 * in full precision.
 *
 * Of an array longer than `threshold` only the elements that show are read.
 *
 * @param shape The array's shape.
 * @param dtype The name of its dtype.
 * @param at Reads the element at a row-major position.
 *
 * @example
 * ```ts
 * import { formatArray } from "./format.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatArray([3], "float32", (i) => i + 1), "[1. 2. 3.]");
 * assertEquals(formatArray([2, 2], "int32", (i) => 5 * i), "[[ 0  5]\n [10 15]]");
 * assertEquals(formatArray([5e3], "int32", (i) => i), "[   0    1    2 ... 4997 4998 4999]");
 * ```
 */
export function formatArray(
  shape: readonly number[],
  dtype: string,
  at: (flat: number) => Scalar,
  options: FormatOptions = {},
): string {
  return shape.length === 0 ? formatScalar(at(0), dtype) : arrayText(shape, dtype, at, options);
}

/**
 * What JAX's `repr(x)` prints: `Array([1., 2., 3.], dtype=float32)`.
 *
 * @param shape The array's shape.
 * @param dtype The name of its dtype.
 * @param at Reads the element at a row-major position.
 *
 * @example
 * ```ts
 * import { reprArray } from "./format.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(reprArray([3], "float32", (i) => i), "Array([0., 1., 2.], dtype=float32)");
 * assertEquals(reprArray([0, 3], "int32", () => 0), "Array([], shape=(0, 3), dtype=int32)");
 * assertEquals(
 *   reprArray([], "float32", () => 2, { weakType: true }),
 *   "Array(2., dtype=float32, weak_type=True)",
 * );
 * ```
 */
export function reprArray(
  shape: readonly number[],
  dtype: string,
  at: (flat: number) => Scalar,
  options: ReprOptions = {},
): string {
  const { weakType, ...printing } = options;
  const prefix = "Array(";
  const body = shape.includes(0)
    ? `[], shape=(${shape.join(", ")}${shape.length === 1 ? "," : ""})`
    : arrayText(shape, dtype, at, { ...printing, separator: ", ", prefix, suffix: "," });
  const type = `dtype=${dtype}${weakType ? ", weak_type=True" : ""}`;

  // Where the dtype doesn't fit on the last line JAX means to give it a line of its own, but prints
  // the indentation without the newline. We print what JAX prints.
  const lastLine = body.length - body.lastIndexOf("\n") + 1;
  const linewidth = options.linewidth ?? printOptions.linewidth;
  const gap = lastLine + type.length + 2 > linewidth ? " ".repeat(prefix.length) : " ";
  return `${prefix}${body},${gap}${type})`;
}

/**
 * The text of one element alone, as `str` of a NumPy scalar: the fewest digits that tell it from
 * its neighbours in its own dtype.
 *
 * @example
 * ```ts
 * import { formatScalar } from "./format.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatScalar(Math.fround(0.1), "float32"), "0.1");
 * assertEquals(formatScalar(Math.fround(0.1), "float64"), "0.10000000149011612");
 * assertEquals(formatScalar(1e-5, "float64"), "1e-05");
 * assertEquals(formatScalar([1, -2], "complex64"), "(1-2j)");
 * assertEquals(formatScalar(true, "bool"), "True");
 * ```
 */
export function formatScalar(value: Scalar, dtype: string): string {
  if (dtype === "bool") return value ? "True" : "False";
  if (dtype.includes("int")) return String(value);
  const type = FLOAT_TYPES[dtype];
  if (!type) return generalText(Number(value));
  const [re, im] = parts(value, type);
  if (!dtype.startsWith("complex")) return shortestText(re, type, "leave one zero");
  const imag = shortestText(im, type, "zeros and point") + "j";
  if (Object.is(re, 0)) return imag;
  return `(${shortestText(re, type, "zeros and point")}${imag.startsWith("-") ? "" : "+"}${imag})`;
}

// Layout: brackets, line breaks and the elements left out.

/** Stands for the items of an axis that are left out. */
const HIDDEN = -1;

function arrayText(
  shape: readonly number[],
  dtype: string,
  at: (flat: number) => Scalar,
  options: FormatOptions,
): string {
  const resolved: Required<FormatOptions> = {
    ...printOptions,
    separator: " ",
    prefix: "",
    suffix: "",
    ...given(options),
  };
  if (shape.includes(0)) return "[]";
  const size = shape.reduce((product, n) => product * n, 1);
  const { threshold, edgeitems } = resolved;
  const axes = shape.map((n) => shownIndices(n, size > threshold ? edgeitems : Infinity));
  const values = shownValues(shape, axes, at);
  const words = values.map(elementFormatter(dtype, values, shape.length === 0, resolved));
  return nestedRows(axes, words, resolved);
}

/** The indices along an axis of `n` items that print, in order, with `HIDDEN` where `...` does. */
function shownIndices(n: number, edgeitems: number): number[] {
  if (n <= 2 * edgeitems) return Array.from({ length: n }, (_, i) => i);
  const leading = Array.from({ length: edgeitems }, (_, i) => i);
  return [...leading, HIDDEN, ...leading.map((i) => n - edgeitems + i)];
}

/** The elements that print, in the order they do: row-major. */
function shownValues(
  shape: readonly number[],
  axes: readonly number[][],
  at: (flat: number) => Scalar,
): Scalar[] {
  let offsets = [0];
  axes.forEach((indices, axis) => {
    const shown = indices.filter((i) => i !== HIDDEN);
    offsets = offsets.flatMap((offset) => shown.map((i) => offset * shape[axis] + i));
  });
  return offsets.map((offset) => at(offset));
}

function nestedRows(
  axes: readonly number[][],
  words: readonly string[],
  { separator, prefix, suffix, linewidth }: Required<FormatOptions>,
): string {
  const mark = separator.trimEnd();
  let next = 0;
  const nest = (axis: number, indent: string): string => {
    if (axis === axes.length) return words[next++];
    const items = axes[axis].map((i) => i === HIDDEN ? "..." : nest(axis + 1, indent + " "));
    const inner = axes.length - 1 - axis;
    if (inner > 0) return `[${items.join(mark + "\n".repeat(inner) + indent)}]`;
    // Every axis closes its bracket on the last line; all rows wrap as early as that one has to.
    const width = linewidth - suffix.length - axis - Math.max(mark.length, 1);
    return `[${wrappedRow(items, separator, indent, width)}]`;
  };
  return nest(0, " ".repeat(prefix.length + 1));
}

/** Joins the items of one row; a line that would pass `width` breaks, where that helps. */
function wrappedRow(
  items: readonly string[],
  separator: string,
  indent: string,
  width: number,
): string {
  let done = "";
  let line = indent;
  items.forEach((item, i) => {
    if (line.length + item.length > width && line.length > indent.length) {
      done += line.trimEnd() + "\n";
      line = indent;
    }
    line += i < items.length - 1 ? item + separator : item;
  });
  return (done + line).slice(indent.length);
}

// Formatters: each looks at all the elements that print, so that the columns align.

function elementFormatter(
  dtype: string,
  values: readonly Scalar[],
  zeroD: boolean,
  options: Required<PrintOptions>,
): (value: Scalar) => string {
  if (dtype === "bool") return (value) => value ? (zeroD ? "True" : " True") : "False";
  if (/^u?int(8|16|32|64)$/.test(dtype)) return intFormatter(values, options);
  const type = FLOAT_TYPES[dtype];
  // NumPy doesn't know JAX's own dtypes (bfloat16, float8, int4): each element prints for itself,
  // unaligned.
  if (!type) return (value) => formatScalar(value, dtype);
  const re = (value: Scalar) => parts(value, type)[0];
  const im = (value: Scalar) => parts(value, type)[1];
  const real = floatFormatter(values.map(re), type, options);
  if (!dtype.startsWith("complex")) return (value) => real(re(value));
  const imag = floatFormatter(values.map(im), type, { ...options, sign: "+" });
  return (value) => real(re(value)) + imag(im(value)).replace(/\s*$/, "j$&");
}

/** The real and imaginary part of an element, as the nearest numbers of its type. */
function parts(value: Scalar, { round }: FloatType): readonly [re: number, im: number] {
  const [re, im] = typeof value === "object" ? value : [Number(value), 0];
  return [round(re), round(im)];
}

function intFormatter(
  values: readonly Scalar[],
  { sign }: Required<PrintOptions>,
): (value: Scalar) => string {
  const texts = values.map(String);
  const someMinus = texts.some((text) => text.startsWith("-"));
  // A space keeps the place of a minus; where there is one, the alignment already does.
  const plus = sign === "+" || (sign === " " && !someMinus) ? sign : "";
  const signed = (text: string) => text.startsWith("-") ? text : plus + text;
  const width = longest(texts.map(signed));
  return (value) => signed(String(value)).padStart(width);
}

function floatFormatter(
  values: readonly number[],
  type: FloatType,
  { precision, floatmode, suppress, sign, nanstr, infstr }: Required<PrintOptions>,
): (x: number) => string {
  const finite = values.filter(Number.isFinite);
  const fixed = floatmode === "fixed";
  const scientific = needsExponent(finite, type, suppress);
  const style: FloatStyle = {
    scientific,
    unique: !fixed,
    precision: floatmode === "unique" ? Infinity : precision,
    trim: fixed ? "nothing" : "zeros",
    plus: sign === "+",
  };

  // Print everything once to see how wide the parts get …
  const split = finite.map((x) => floatText(x, type, style).split(/\.|e[+-]/));
  let left = longest(split.map(([whole]) => whole));
  const fraction = longest(split.map(([, fraction]) => fraction));
  const exponentDigits = scientific ? longest(split.map(([, , exponent]) => exponent)) : 0;
  const right = scientific ? fraction + "e+".length + exponentDigits : fraction;
  if (sign === " " && !finite.some(isNegative)) left += 1;
  if (finite.length < values.length) {
    const signs = sign !== "-" || values.includes(-Infinity) ? 1 : 0;
    left = Math.max(left, nanstr.length - right - 1, infstr.length + signs - right - 1);
  }

  // … then print it to those widths. Where zeros would only pad, NumPy prints true digits instead.
  const even = scientific || fixed || floatmode === "maxprec_equal";
  const final: FloatStyle = even
    ? { ...style, trim: "nothing", precision: fraction, atLeast: fraction, exponentDigits }
    : style;
  return (x) => {
    if (!Number.isFinite(x)) {
      const word = Number.isNaN(x) ? nanstr : infstr;
      return (signOf(x, sign === "+") + word).padStart(left + 1 + right);
    }
    const text = floatText(x, type, final);
    return (" ".repeat(Math.max(0, left - text.indexOf("."))) + text).padEnd(left + 1 + right);
  };
}

/** Whether an array prints in scientific notation: too large, too small or too far apart. */
function needsExponent(finite: readonly number[], type: FloatType, suppress: boolean): boolean {
  let min = Infinity;
  let max = 0;
  for (const x of finite) {
    if (x === 0) continue;
    min = Math.min(min, Math.abs(x));
    max = Math.max(max, Math.abs(x));
  }
  if (max === 0) return false;
  if (max >= Math.min(type.expCutoff, 1e8)) return true;
  // NumPy compares and divides in the array's own dtype.
  return !suppress && (min < type.round(0.0001) || type.round(max / min) > 1000);
}

function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), 0);
}

// The text of one float.

interface FloatType {
  /** Bits of the significand, the hidden one among them. */
  readonly bits: number;
  /** The smallest positive number is 2 to this. */
  readonly minExponent: number;
  /** Scientific notation begins here, where whole numbers have more digits than the type. */
  readonly expCutoff: number;
  /** The nearest number of this type. */
  round(x: number): number;
}

const FLOAT16: FloatType = { bits: 11, minExponent: -24, expCutoff: 1e3, round: Math.f16round };
const FLOAT32: FloatType = { bits: 24, minExponent: -149, expCutoff: 1e6, round: Math.fround };
const FLOAT64: FloatType = { bits: 53, minExponent: -1074, expCutoff: 1e16, round: (x) => x };

/** What the numbers of the dtypes that NumPy knows are made of. */
const FLOAT_TYPES: Partial<Record<string, FloatType>> = {
  float16: FLOAT16,
  float32: FLOAT32,
  float64: FLOAT64,
  complex64: FLOAT32,
  complex128: FLOAT64,
};

/** What to take off a number's end: with "zeros" 2.50 is 2.5 and 2.0 is 2. with its point. */
type Trim = "nothing" | "zeros" | "leave one zero" | "zeros and point";

interface FloatStyle {
  readonly scientific: boolean;
  /** Stop where the digits tell the number from its neighbours; else print its exact value. */
  readonly unique: boolean;
  /** Most digits after the point. */
  readonly precision?: number;
  /** Fewest digits after the point. */
  readonly atLeast?: number;
  readonly trim: Trim;
  /** Whether a positive number has a sign. */
  readonly plus?: boolean;
  /** Fewest digits of the exponent (2). */
  readonly exponentDigits?: number;
}

/** The fewest digits that identify `x`, as `str` writes them. */
function shortestText(x: number, type: FloatType, trim: Trim): string {
  if (!Number.isFinite(x)) return nonFiniteText(x);
  const size = Math.abs(x);
  const scientific = size !== 0 && (size < 1e-4 || size >= type.expCutoff);
  return floatText(x, type, {
    scientific,
    unique: true,
    trim: scientific ? "zeros and point" : trim,
  });
}

/** C's `%g`, six digits, as ml_dtypes writes its floats: bfloat16's π is 3.14062. */
function generalText(x: number): string {
  if (!Number.isFinite(x)) return nonFiniteText(x);
  const style = { scientific: true, unique: false, precision: 5, trim: "zeros and point" } as const;
  const { exponent } = decimalDigits(x, FLOAT64, style);
  if (exponent < -4 || exponent > 5) return floatText(x, FLOAT64, style);
  return floatText(x, FLOAT64, { ...style, scientific: false, precision: 5 - exponent });
}

function nonFiniteText(x: number): string {
  return Number.isNaN(x) ? "nan" : signOf(x, false) + "inf";
}

function floatText(x: number, type: FloatType, style: FloatStyle): string {
  const { digits, exponent } = decimalDigits(x, type, style);
  const sign = signOf(x, style.plus);
  if (style.scientific) {
    const power = String(Math.abs(exponent)).padStart(style.exponentDigits ?? 2, "0");
    const mantissa = digits[0] + fractionText(digits.slice(1), style);
    return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${power}`;
  }
  if (exponent < 0) return `${sign}0${fractionText("0".repeat(-exponent - 1) + digits, style)}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return sign + whole + fractionText(digits.slice(exponent + 1), style);
}

/** The point and what comes after it. */
function fractionText(fraction: string, { trim, precision = 0 }: FloatStyle): string {
  if (trim === "nothing") return "." + fraction.padEnd(precision, "0");
  const trimmed = fraction.replace(/0+$/, "");
  if (trimmed !== "" || trim === "zeros") return "." + trimmed;
  return trim === "leave one zero" ? ".0" : "";
}

function signOf(x: number, plus = false): string {
  return isNegative(x) ? "-" : plus ? "+" : "";
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

/**
 * The decimal digits of a finite `x`, without trailing zeros, and the power of ten of the first.
 *
 * Dragon4 with NumPy's cut-offs (Steele and White, "How to print floating-point numbers
 * accurately", 1990; Ryan Juckett's and NumPy's code). In exact integers: `value / scale` is what is
 * left to print, and `below` and `above` are half the distances to the neighbours on that scale, so
 * that anything nearer than those reads back as `x`.
 */
function decimalDigits(
  x: number,
  type: FloatType,
  { scientific, unique, precision = Infinity, atLeast = -Infinity }: FloatStyle,
): { digits: string; exponent: number } {
  if (x === 0) return { digits: "0", exponent: 0 };
  const { significand, power, narrow } = binary(x, type);
  // `value / scale` begins in [0.1, 1). The logarithm, less what it may err by, is right or one low.
  let exponent = Math.floor(Math.log10(Math.abs(x)) - 1e-9);
  const unit = 2n ** clamped(power) * 10n ** clamped(-exponent - 1);
  let scale = 4n * 2n ** clamped(-power) * 10n ** clamped(exponent + 1);
  let value = 4n * significand * unit;
  let below = (narrow ? 1n : 2n) * unit;
  let above = 2n * unit;
  if (value >= scale) [scale, exponent] = [scale * 10n, exponent + 1];

  // Without scientific notation places count from the point, and a number too small for them rounds
  // in the last.
  for (; !scientific && exponent < -precision; exponent++) scale *= 10n;
  const last = (scientific ? exponent : 0) - precision;
  const enough = (scientific ? exponent : 0) - atLeast;
  const even = significand % 2n === 0n; // a tie between neighbours reads back as the even one
  let digits = "";
  for (let place = exponent;; place--) {
    [value, below, above] = [value * 10n, below * 10n, above * 10n];
    digits += value / scale;
    value %= scale;
    const low = unique && (even ? value <= below : value < below);
    const high = unique && (even ? value + above >= scale : value + above > scale);
    const told = unique ? (low || high) && place <= enough : value === 0n;
    if (!told && place !== last) continue;
    const half = 2n * value - scale; // what is left, against half a digit
    const odd = BigInt(digits) % 2n === 1n;
    const up = low !== high ? high : half > 0n || (half === 0n && odd);
    const rounded = up ? String(BigInt(digits) + 1n) : digits;
    if (rounded.length > digits.length) exponent++; // 9.99 became 10.0
    return { digits: rounded.replace(/0+$/, "") || "0", exponent };
  }
}

/** `n` as an exponent that is not negative. */
function clamped(n: number): bigint {
  return BigInt(Math.max(n, 0));
}

/** A float as `significand` · 2^`power`; `narrow`: the neighbour below is the nearer one. */
function binary(
  x: number,
  { bits, minExponent }: FloatType,
): { significand: bigint; power: number; narrow: boolean } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const biased = (view.getUint16(0) >> 4) & 0x7ff;
  const power = Math.max(Math.max(biased, 1) - 1023 - (bits - 1), minExponent);
  const significand = BigInt(Math.abs(x) / 2 ** power);
  const narrow = significand === 2n ** BigInt(bits - 1) && power > minExponent;
  return { significand, power, narrow };
}
