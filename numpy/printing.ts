/** Arrays as text, under NumPy's names. */
import { reader } from "../core/array.ts";
import { checkFunction, checkObject } from "../core/checks.ts";
import {
  formatArray,
  getPrintOptions,
  type PrintOptions,
  reprArray,
  type Scalar,
  setPrintOptions,
} from "../core/format.ts";
import type { ArrayLike, NDArray } from "../core/trace.ts";
import { toArray } from "./asarray.ts";

/**
 * Sets how arrays print from now on; what is left out stays as it is.
 *
 * @throws {RangeError} for options that make no sense.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * np.setPrintoptions({ precision: 2 });
 * assert(String(np.array([np.pi])) === "[3.14]");
 * np.setPrintoptions({ precision: 8 });
 * ```
 */
export function setPrintoptions(options: PrintOptions): void {
  checkObject("np.setPrintoptions", "the options", options);
  setPrintOptions(options);
}

/**
 * How arrays print now.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.getPrintoptions().threshold === 1000);
 * ```
 */
export function getPrintoptions(): Required<PrintOptions> {
  return getPrintOptions();
}

/**
 * Runs `body` while arrays print with other options, and gives its result.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * const text = np.printoptions({ precision: 2 }, () => String(np.array([np.pi])));
 * assert(text === "[3.14]");
 * ```
 */
export function printoptions<T>(options: PrintOptions, body: () => T): T {
  checkObject("np.printoptions", "the options", options);
  checkFunction("np.printoptions", "its second argument", body);
  const before = getPrintOptions();
  setPrintOptions(options);
  try {
    return body();
  } finally {
    setPrintOptions(before);
  }
}

/**
 * The text of an array, as `String(x)` gives it.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arrayStr(np.array([np.pi]), { precision: 2 }) === "[3.14]");
 * ```
 */
export function arrayStr(x: ArrayLike, options: PrintOptions = {}): string {
  const array = toArray("array_str", x);
  checkObject("np.arrayStr", "the options", options);
  return formatArray(array.shape, array.dtype.name, scalars(array), options);
}

/**
 * The text of an array with its dtype, as `console.log(x)` shows it.
 *
 * @example
 * ```ts
 * import { numpy as np } from "../mod.ts";
 * import { assert } from "@std/assert";
 * assert(np.arrayRepr(np.arange(2)) === "Array([0, 1], dtype=int32)");
 * ```
 */
export function arrayRepr(x: ArrayLike, options: PrintOptions = {}): string {
  const array = toArray("array_repr", x);
  checkObject("np.arrayRepr", "the options", options);
  const { weakType } = array;
  return reprArray(array.shape, array.dtype.name, scalars(array), { ...options, weakType });
}

function scalars(x: NDArray): (flat: number) => Scalar {
  const at = reader(x.dtype, x.toTypedArray());
  return (i) => {
    const value = at(i);
    return typeof value === "object" ? [value.re, value.im] : value;
  };
}
