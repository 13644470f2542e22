import { assertEquals, assertThrows } from "@std/assert";
import {
  formatArray,
  type FormatOptions,
  formatScalar,
  getPrintOptions,
  reprArray,
  type Scalar,
  setPrintOptions,
} from "../../core/format.ts";

/** An array as bits, and what JAX prints of it; written by `tests/golden/format.py`. */
interface Case {
  dtype: string;
  shape: number[];
  bits: string;
  str: string;
  repr: string;
  weakType?: boolean;
  options?: FormatOptions;
}

const cases: Case[] = JSON.parse(
  Deno.readTextFileSync(new URL("../golden/format.json", import.meta.url)),
);

/** Reads elements of `dtype` from their bits. */
function reader(dtype: string, bits: string): (flat: number) => Scalar {
  const bytes = Uint8Array.from(atob(bits), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const complex = (size: number, part: (at: number) => number) => (i: number): Scalar =>
    [part(2 * i * size), part((2 * i + 1) * size)] as const;
  const readers: Record<string, (i: number) => Scalar> = {
    bool: (i) => view.getUint8(i) !== 0,
    int8: (i) => view.getInt8(i),
    uint8: (i) => view.getUint8(i),
    int16: (i) => view.getInt16(2 * i, true),
    uint16: (i) => view.getUint16(2 * i, true),
    int32: (i) => view.getInt32(4 * i, true),
    uint32: (i) => view.getUint32(4 * i, true),
    int64: (i) => view.getBigInt64(8 * i, true),
    uint64: (i) => view.getBigUint64(8 * i, true),
    float16: (i) => view.getFloat16(2 * i, true),
    float32: (i) => view.getFloat32(4 * i, true),
    float64: (i) => view.getFloat64(8 * i, true),
    complex64: complex(4, (at) => view.getFloat32(at, true)),
    complex128: complex(8, (at) => view.getFloat64(at, true)),
    int4: (i) => view.getInt8(i),
    uint4: (i) => view.getUint8(i),
    bfloat16: (i) => {
      const wide = new DataView(new ArrayBuffer(4));
      wide.setUint16(0, view.getUint16(2 * i, true));
      return wide.getFloat32(0);
    },
  };
  return readers[dtype];
}

for (const dtype of new Set(cases.map((c) => c.dtype))) {
  const ofDtype = cases.filter((c) => c.dtype === dtype);
  Deno.test(`\`formatArray()\` prints ${dtype} as JAX's \`str\``, () => {
    for (const { shape, bits, options, str } of ofDtype) {
      assertEquals(formatArray(shape, dtype, reader(dtype, bits), options), str);
    }
  });
  Deno.test(`\`reprArray()\` prints ${dtype} as JAX's \`repr\``, () => {
    for (const { shape, bits, options = {}, weakType = false, repr } of ofDtype) {
      assertEquals(reprArray(shape, dtype, reader(dtype, bits), { ...options, weakType }), repr);
    }
  });
}

const float32 = (...values: number[]) => (i: number) => values[i];

Deno.test("`formatArray()` aligns on the point, with as few digits as tell the numbers apart", () => {
  assertEquals(formatArray([3], "float32", float32(1, 2, 3)), "[1. 2. 3.]");
  assertEquals(formatArray([3], "float32", float32(0.5, -10, 2.25)), "[  0.5  -10.     2.25]");
  assertEquals(formatArray([2], "float32", float32(NaN, -0)), "[nan -0.]");
  assertEquals(formatArray([2], "float32", float32(1 / 3, 2 / 3)), "[0.33333334 0.6666667 ]");
  assertEquals(formatArray([2], "float64", (i) => (i + 1) / 3), "[0.33333333 0.66666667]");
});

Deno.test("`formatArray()` turns to scientific notation for numbers too far apart", () => {
  assertEquals(formatArray([2], "float64", (i) => [1, 1000][i]), "[   1. 1000.]");
  assertEquals(formatArray([2], "float64", (i) => [1, 1001][i]), "[1.000e+00 1.001e+03]");
  assertEquals(formatArray([2], "float64", (i) => [1, 1e-9][i], { suppress: true }), "[1. 0.]");
});

Deno.test("`formatArray()` sets matrices apart by blank lines", () => {
  const text = "[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]";
  assertEquals(formatArray([2, 2, 2], "int32", (i) => i), text);
});

Deno.test("`formatArray()` reads none of the elements it leaves out", () => {
  const read: number[] = [];
  const text = formatArray([1000, 1000], "int32", (i) => {
    read.push(i);
    return i;
  }, { edgeitems: 1 });
  assertEquals(text, "[[     0 ...    999]\n ...\n [999000 ... 999999]]");
  assertEquals(read, [0, 999, 999000, 999999]);
});

Deno.test("`formatArray()` prints a long array whole where the threshold is Infinity", () => {
  const text = formatArray([200_000], "int32", (i) => i, { threshold: Infinity });
  assertEquals(text.match(/\d+/g)?.length, 200_000);
});

Deno.test("`formatArray()` makes room for what the caller puts around it", () => {
  const options = { separator: ", ", prefix: "array(", suffix: ")", linewidth: 20 };
  assertEquals(formatArray([6], "int32", (i) => i, options), "[0, 1, 2, 3,\n       4, 5]");
});

Deno.test("`formatScalar()` prints the digits of the dtype, not of the double it comes as", () => {
  assertEquals(formatScalar(Math.fround(0.1), "float32"), "0.1");
  assertEquals(formatScalar(Math.fround(0.1), "float64"), "0.10000000149011612");
  assertEquals(formatScalar(0.1, "float16"), "0.1"); // read as the nearest float16
  assertEquals(formatScalar(3.140625, "bfloat16"), "3.14062");
  assertEquals(formatScalar(3.4028235e38, "float32"), "3.4028235e+38");
  assertEquals(formatScalar(1e16, "float64"), "1e+16");
  assertEquals(formatScalar(-0, "float64"), "-0.0");
  assertEquals(formatScalar(2n ** 63n - 1n, "int64"), "9223372036854775807");
  assertEquals(formatScalar([0, 2], "complex64"), "2j");
  assertEquals(formatScalar([NaN, -Infinity], "complex64"), "(nan-infj)");
});

Deno.test("`setPrintOptions()` changes what is given and nothing else", () => {
  const before = getPrintOptions();
  try {
    setPrintOptions({ precision: 2, linewidth: undefined } as object);
    assertEquals(getPrintOptions(), { ...before, precision: 2 });
    assertEquals(formatArray([2], "float64", (i) => [Math.PI, 1][i]), "[3.14 1.  ]");
    assertEquals(reprArray([1], "float64", () => Math.PI), "Array([3.14], dtype=float64)");
  } finally {
    setPrintOptions(before);
  }
});

Deno.test("`setPrintOptions()` throws on a precision that counts no digits", () => {
  assertThrows(
    () => setPrintOptions({ precision: -1 }),
    RangeError,
    "non-negative integer, got -1",
  );
  assertThrows(
    () => setPrintOptions({ precision: 1.5 }),
    RangeError,
    "non-negative integer, got 1.5",
  );
  assertThrows(() => setPrintOptions({ threshold: NaN }), RangeError, "threshold must be non-NAN");
});
