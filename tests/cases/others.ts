/** What fits no other table: functions of functions, grids, questions about dtypes, other names. */
import { lax, numpy as np, slice } from "../../mod.ts";
import type { NDArray } from "../../core/trace.ts";
import {
  array,
  between,
  calls,
  type Case,
  f32,
  i32,
  iota,
  program,
  quarters,
  u32,
} from "./case.ts";

const EXACT = { ulp: 0 } as const;
const x = quarters([6]);

const ofFunctions: Case[] = [
  program(
    "np.fromfunction",
    [],
    () => np.fromfunction((i, j) => i.mul(10).add(j), [2, 3]),
    "lambda: jnp.fromfunction(lambda i, j: i * 10 + j, (2, 3))",
  ),
  program(
    "np.piecewise",
    [x],
    (x) => np.piecewise(x, [x.lt(0), x.gt(1)], [-1, (v: NDArray) => v.mul(2), 7]),
    "lambda x: jnp.piecewise(x, [x < 0, x > 1], [-1, lambda v: v * 2, 7])",
  ),
  program(
    "np.maskIndices",
    [],
    () => np.maskIndices(3, np.triu, 1),
    "lambda: jnp.mask_indices(3, jnp.triu, 1)",
  ),
  program(
    "lax.scatterApply",
    [x, i32([[1], [3]])],
    (x, i) =>
      lax.scatterApply(x, i, (v: NDArray) => v.mul(3), {
        updateWindowDims: [],
        insertedWindowDims: [0],
        scatterDimsToOperandDims: [0],
      }, { updateShape: [2] }),
    "lambda x, i: lax.scatter_apply(x, i, lambda v: v * 3, lax.ScatterDimensionNumbers(" +
      "(), (0,), (0,)), update_shape=(2,))",
  ),
];

const grids: Case[] = [
  program(
    "np.mgrid",
    [],
    () => [np.mgrid(slice(0, 2), slice(0, 3)), np.mgrid(slice(1, 4)), np.mgrid(slice(0, 1, 0.25))],
    "lambda: (jnp.mgrid[0:2, 0:3], jnp.mgrid[1:4], jnp.mgrid[0:1:0.25])",
  ),
  program(
    "np.ogrid",
    [],
    () => np.ogrid(slice(0, 2), slice(0, 3)),
    "lambda: jnp.ogrid[0:2, 0:3]",
  ),
];

const buffers: Case[] = [
  program(
    "np.frombuffer",
    [],
    () => np.frombuffer(new Uint8Array([0, 0, 128, 63, 0, 0, 0, 64]).buffer, "float32"),
    "lambda: jnp.frombuffer(bytes([0, 0, 128, 63, 0, 0, 0, 64]), 'float32')",
  ),
  program(
    "typed arrays",
    [],
    () => [
      np.add(new Int8Array([1, 2]), 1),
      np.array(new Float64Array([1.5])),
      np.array(new BigInt64Array([-1n])),
      np.sum(new Uint8Array([200, 100])),
    ],
    "lambda: (jnp.add(np.int8([1, 2]), 1), jnp.array(np.array([1.5])), " +
      "jnp.array(np.array([-1])), jnp.sum(np.uint8([200, 100])))",
  ),
];

const dtypes: Case[] = [
  ...["int_", "uint", "float_", "single", "double", "csingle", "cdouble", "complex_"].flatMap(
    (name) => calls(`np.${name}`, [[1]], EXACT).concat(calls(`np.${name}`, [[1]], { x64: true })),
  ),
  ...calls("np.isdtype", [
    ["float32", "real floating"],
    ["int8", ["unsigned integer", "bool"]],
    ["int8", "integral"],
    ["complex64", "numeric"],
  ]),
  ...calls("np.isdtype", [["float32", "wrong"]], {
    throws: "Unrecognized kind='wrong' expected one of ['bool', 'signed integer'",
  }),
];

const numbers: Case[] = [
  ...calls("np.fix", [[x], [f32([-1.5, 2.5])]], { ulp: 0, python: "lambda x: jnp.trunc(x)" }),
  ...calls("np.trueDivide", [[x, 2], [i32([1, 2]), i32([2, 3])]], EXACT),
  ...calls("np.spacing", [[array("float32", [1, 1000, -0.1, NaN, Infinity])]], EXACT),
  ...calls("np.unwrap", [
    [f32([0, 1, 7, 8, 1])],
    [between(-20, 20, [2, 5]), null, 1],
    [f32([0, 3, 9, 1]), { period: 4 }],
  ], { ulp: 8, scale: 8 }),
  ...calls("np.histogramdd", [
    [quarters([12, 2]), 3],
    [quarters([12, 2]), [2, 3], { density: true }],
  ], { ulp: 2, scale: 1 }),
  ...calls("np.place", [
    [x, f32([0, 1, 0, 1, 1, 0]), f32([7, 8]), { inplace: false }],
  ], EXACT),
  ...calls("np.iterable", [[x], [f32(1)], [3]]),
  ...calls("lax.split", [[iota([6]), [1, 2, 3]], [iota([2, 4]), [3, 1], 1]], {
    ulp: 0,
    jaxpr: true,
  }),
  ...calls("lax.split", [[iota([6]), [1, 2]]], { throws: true }),
  ...calls("lax.dynamicUpdateIndexInDim", [
    [iota([3, 4]), f32([9, 8, 7]), i32(1), 1],
    [iota([3]), f32(9), i32(7), 0],
  ], { ulp: 0, jaxpr: true }),
  ...calls("lax.padtypeToPads", [
    [[7, 8], [3, 2], [2, 1], "SAME"],
    [[7], [3], [1], "VALID"],
    [[7], [4], [3], "SAME_LOWER"],
  ]),
  program(
    "lax.threefryBits",
    [u32([7, 42]), iota([5], "uint32")],
    (k, n) => lax.threefryBits(k, n),
    "from jax._src.random.threefry2x32 import threefry_2x32\ndef f(k, n): return threefry_2x32(k, n)",
    EXACT,
  ),
];

export default [...ofFunctions, ...grids, ...buffers, ...dtypes, ...numbers] satisfies Case[];
