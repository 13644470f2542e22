/** NumPy's reductions, cumulative functions and statistics. */
import {
  ALL,
  array,
  between,
  calls,
  type Case,
  f32,
  filled,
  i32,
  mask,
  quarters,
  rand,
  REALS,
  u32,
  weak,
} from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const x = quarters([2, 3, 4]);
const m = rand([2, 3, 4], "bool");
const nan = f32([[1, NaN, 3], [NaN, NaN, NaN], [4, 5, -6]]);
const none = filled([0, 3], 0, "float32");

const outOfBounds = "axis 3 is out of bounds for array of dimension 3";

const sums: Case[] = [
  ...["sum", "prod", "max", "min", "amax", "amin", "any", "all", "mean"].flatMap((name) => {
    const ulp = name === "prod" || name === "mean" ? 2 : 0;
    const data = name === "prod" ? between(0.5, 1.5, [2, 3, 4]) : x;
    return calls(`np.${name}`, [
      [data],
      [data, 0],
      [data, -1],
      [data, { axis: [0, 2] }],
      [data, { axis: [] }],
      [data, { axis: null, keepdims: true }],
      [data, 1, { keepdims: true }],
      [data, { axis: [-1, 0], keepdims: true }],
      [f32(3)],
      [f32([[2]])],
      ...(name === "mean" ? [] : [[none, { axis: 1 }] as const].slice(0, name.match(/m/) ? 0 : 1)),
      [filled([2, 0], 0, "float32"), { axis: 0 }],
    ], { ulp, jaxpr: true, normwise: true });
  }),
  ...["sum", "prod"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [i32([[1, 2], [3, 4]]), 0],
      [array("int8", [100, 100, 100])],
      [array("uint8", [200, 200])],
      [array("uint16", [3, 4])],
      [mask([true, true, false])],
      [quarters([4], "float16")],
      [quarters([4], "bfloat16")],
      [x, { dtype: "int32" }],
      [i32([1, 2]), { dtype: "float32" }],
      [i32([1, 2]), 0, "float16"],
      [f32([1, 2]), { initial: 10 }],
      [f32([1, 2, 3]), { where: mask([true, false, true]) }],
      [x, { axis: 1, where: m }],
      [x, 1, { initial: 2, where: m, keepdims: true }],
      [weak(f32([1, 2]))],
      [f32([])],
      [none, 0],
      [f32([NaN, 1])],
      [3],
      [2.5],
    ], { ulp: 1, jaxpr: true }),
    ...calls(`np.${name}`, [[quarters([4], "complex64")]]),
    ...calls(`np.${name}`, [
      [x, 3],
      [x, -4],
      [x, { axis: [0, 0] }],
      [[1, 2]],
    ], { throws: true }),
    ...calls(`np.${name}`, [[x, { axis: [0, 0.5] }]], { throws: "axis must be an integer" }),
    ...calls(`np.${name}`, [["a"]], { throws: "requires ndarray or scalar arguments, got" }),
  ]),
  ...["max", "min"].flatMap((name) => [
    ...ALL.filter((d) => d !== "complex64")
      .flatMap((d) => calls(`np.${name}`, [[quarters([5], d)]], HOW)),
    ...calls(`np.${name}`, [
      [quarters([5], "complex64")],
      [f32([1, NaN, 3])],
      [f32([1, 2]), { initial: 1.5 }],
      [x, { axis: 0, initial: 0, where: m }],
      [filled([0], 0, "float32"), { initial: 3 }],
      [none, { axis: 1 }],
    ], { ulp: 0 }),
    ...calls(`np.${name}`, [
      [f32([])],
      [none, 0],
      [x, { where: m }],
      [x, 5],
    ], { throws: true }),
  ]),
  ...["any", "all"].flatMap((name) =>
    calls(`np.${name}`, [
      [m],
      [m, 1],
      [i32([0, 1])],
      [i32([1, 2])],
      [f32([0, NaN])],
      [f32([])],
      [x, { axis: 1, where: m }],
      [m, { axis: 0, where: mask([[[true], [false], [true]]]) }],
    ], HOW)
  ),
  ...calls("np.countNonzero", [
    [m],
    [m, 0],
    [i32([0, 1, 5])],
    [x, { axis: [0, 1] }],
    [x, 1, true],
    [f32([0, NaN, -0])],
  ], { ulp: 0 }),
  ...calls("np.ptp", [[x], [x, 0], [x, { axis: 1, keepdims: true }], [i32([3, 9, 4])]], {
    ulp: 0,
  }),
];

const positions: Case[] = ["argmax", "argmin"].flatMap((name) => [
  ...REALS.flatMap((d) => calls(`np.${name}`, [[quarters([6], d)]], { ulp: 0 })),
  ...calls(`np.${name}`, [
    [x],
    [x, 0],
    [x, -1],
    [x, 1, { keepdims: true }],
    [x, { axis: null, keepdims: true }],
    [f32([1, NaN, 3])],
    [mask([false, true])],
    [f32(3)],
    [i32([2, 2, 1, 1])],
  ], HOW),
  ...calls(`np.${name}`, [[f32([])], [none, 0]], { throws: true }),
  ...calls(`np.${name}`, [[x, 3]], { throws: outOfBounds }),
  ...calls(`np.nan${name}`, [
    [f32([NaN, 1, 3])],
    [f32([[1, NaN], [NaN, NaN]]), 0],
    [f32([[1, NaN], [NaN, NaN]]), 1],
    [i32([3, 1])],
  ], { ulp: 0 }),
]);

const moments: Case[] = [
  ...calls("np.mean", [
    [i32([1, 2])],
    [mask([true, false, false])],
    [quarters([4], "float16")],
    [quarters([4], "bfloat16")],
    [quarters([4], "complex64")],
    [x, { dtype: "float16" }],
    [x, { axis: 1, where: m }],
    [f32([])],
    [weak(f32([1, 2]))],
    [3],
  ], { jaxpr: true }),
  ...["var", "std"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [x],
      [x, 0],
      [x, { axis: [1, 2] }],
      [x, 1, { keepdims: true }],
      [x, { ddof: 1 }],
      [x, { axis: 0, ddof: 1 }],
      [x, { correction: 1 }],
      [i32([1, 2, 4])],
      [quarters([6], "float16")],
      [quarters([6], "complex64")],
      [x, { axis: 1, where: m }],
      [x, { mean: f32(0.5) }],
      [x, { dtype: "float16" }],
      [f32([5])],
      [f32([1, NaN])],
      [f32([1e4, 1e4 + 1, 1e4 + 2])],
    ], { ulp: 8, jaxpr: true }),
    ...calls(`np.${name}`, [[x, 3]], { throws: outOfBounds }),
  ]),
  ...calls("np.average", [
    [x],
    [x, 1],
    [f32([1, 2, 3]), { weights: f32([3, 0, 1]) }],
    [x, 2, { weights: f32([1, 2, 3, 4]) }],
    [x, { axis: 1, keepdims: true }],
    [x, { axis: 2, weights: f32([1, 2, 3, 4]), returned: true }],
    [i32([1, 2, 3])],
  ], { ulp: 4 }),
  ...calls("np.average", [
    [x, { weights: f32([1, 2]) }],
    [x, { axis: 0, weights: f32([1, 2, 3]) }],
  ], { throws: true }),
  ...calls("np.cov", [
    [rand([3, 5])],
    [rand([5])],
    [rand([3, 5]), { rowvar: false }],
    [rand([3, 5]), { ddof: 0 }],
    [rand([3, 5]), { bias: true }],
    [rand([5]), rand([5], "float32", 1)],
    [rand([2, 4]), { fweights: i32([1, 2, 3, 1]) }],
    [rand([2, 4]), { aweights: f32([0.5, 1, 2, 1]) }],
  ], { ulp: 16, normwise: true }),
  ...calls("np.corrcoef", [
    [rand([3, 5])],
    [rand([5]), rand([5], "float32", 1)],
    [rand([3, 5]), { rowvar: false }],
  ], { ulp: 16, normwise: true }),
];

const cumulative: Case[] = [
  ...["cumsum", "cumprod", "nancumsum", "nancumprod"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [f32([1, 2, -1.5, 0.5])],
      [quarters([2, 3])],
      [quarters([2, 3]), 0],
      [quarters([2, 3]), -1],
      [f32([1, NaN, 2])],
      [i32([1, 2, 3])],
      [mask([true, true, false])],
      [array("int8", [100, 100])],
      [quarters([2, 3]), 1, { dtype: "int32" }],
      [quarters([2, 3]), { axis: 1, dtype: "float16" }],
      [f32([])],
      [3],
    ], { ulp: 1, jaxpr: name[0] === "c" }),
    ...calls(`np.${name}`, [[quarters([2]), 1]], { throws: true }),
  ]),
  ...["cumulativeSum", "cumulativeProd"].flatMap((name) =>
    calls(`np.${name}`, [
      [f32([1, 2, 3])],
      [quarters([2, 3]), { axis: 1, includeInitial: true }],
    ], { ulp: 1 })
  ),
  ...calls("np.diff", [
    [quarters([5])],
    [quarters([2, 5]), 2],
    [quarters([3, 5]), { axis: 0 }],
    [quarters([5]), 0],
    [quarters([5]), { prepend: 0 }],
    [quarters([5]), { prepend: f32([1]), append: f32([2, 3]) }],
    [mask([true, false, false])],
    [u32([1, 0])],
    [i32([1, 4, 9])],
    [quarters([1])],
  ], { ulp: 0, jaxpr: true }),
  ...calls("np.diff", [[f32(1)]], {
    throws: "diff requires input that is at least one dimensional; got",
  }),
  ...calls("np.diff", [[quarters([3]), -1], [quarters([3]), 1, 1]], { throws: true }),
  ...calls("np.ediff1d", [[quarters([5])], [quarters([2, 2]), 9, 8], [i32([1, 4, 9])]], {
    ulp: 0,
  }),
  ...calls("np.gradient", [
    [quarters([6])],
    [quarters([6]), 2],
    [quarters([4, 5])],
    [quarters([4, 5]), { axis: 0 }],
    [quarters([4, 5]), 2, 0.5],
  ], { ulp: 1 }),
  ...calls("np.trapezoid", [
    [quarters([6])],
    [quarters([6]), f32([0, 1, 3, 4, 6, 7])],
    [quarters([2, 6]), { dx: 0.5 }],
    [quarters([2, 3]), { axis: 0 }],
  ], { ulp: 1 }),
  ...calls("np.trace", [
    [quarters([3, 3])],
    [quarters([3, 4]), 1],
    [quarters([2, 3, 3]), 0, 1, 2],
    [rand([3, 3], "int8")],
    [rand([3, 3], "int32"), { dtype: "float32" }],
  ], { ulp: 0 }),
];

const ordered: Case[] = [
  ...["percentile", "nanpercentile"].flatMap((name) => [
    ...calls(`np.${name}`, [
      [quarters([7]), 50],
      [quarters([7]), 30],
      [quarters([7]), f32([0, 25, 100])],
      [quarters([2, 6]), 30, 1],
      [quarters([2, 6]), f32([10, 90]), { axis: 0, keepdims: true }],
      [quarters([2, 6]), 30, { axis: [0, 1] }],
      [i32([1, 4, 2, 8]), 40],
      [f32([1, NaN, 3, 2]), 50],
      ...["lower", "higher", "nearest", "midpoint", "linear"].map((method) =>
        [quarters([6]), 37, { method }] as const
      ),
    ]),
    ...calls(`np.${name}`, [[quarters([6]), 37, { method: "wrong" }]], { throws: true }),
  ]),
  ...["quantile", "nanquantile"].flatMap((name) =>
    calls(`np.${name}`, [
      [quarters([7]), 0.5],
      [quarters([7]), f32([0.1, 0.75])],
      [quarters([3, 5]), 0.3, { axis: 1 }],
      [quarters([3, 5]), 0.3, { axis: 0, keepdims: true, method: "lower" }],
    ])
  ),
  ...["median", "nanmedian"].flatMap((name) =>
    calls(`np.${name}`, [
      [quarters([7])],
      [quarters([6])],
      [quarters([3, 4]), 0],
      [quarters([3, 4]), 1, { keepdims: true }],
      [quarters([2, 3, 4]), { axis: [0, 2] }],
      [i32([3, 1, 2, 7])],
      [f32([1, NaN, 3])],
      [quarters([5], "float16")],
    ])
  ),
  ...["nansum", "nanmean", "nanmax", "nanmin", "nanprod", "nanvar", "nanstd"].flatMap((name) =>
    calls(`np.${name}`, [
      [f32([1, NaN, 3, 2.5])],
      [nan, 1],
      [nan, 0],
      [nan, { axis: 1, keepdims: true }],
      [i32([1, 2, 3])],
    ], { ulp: 8 })
  ),
];

const histograms: Case[] = [
  ...calls("np.histogram", [
    [quarters([20])],
    [quarters([20]), 4],
    [quarters([20]), 5, { range: [-2, 2] }],
    [quarters([20]), f32([-3, -1, 0, 2, 3])],
    [quarters([20]), 4, { density: true }],
    [quarters([20]), 4, { weights: quarters([20], "float32", 1) }],
    [i32([1, 2, 2, 3]), 3],
  ], { ulp: 2 }),
  ...calls("np.histogramBinEdges", [
    [quarters([20]), 4],
    [quarters([20]), 3, [-1, 2]],
    [f32([1, 1, 1])],
  ], { ulp: 2, scale: 1 }),
  ...calls("np.histogram2d", [[quarters([20]), quarters([20], "float32", 1), 3]], { ulp: 2 }),
  ...calls("np.bincount", [
    [i32([0, 1, 1, 3])],
    [i32([0, 1, 1, 3]), { minlength: 6 }],
    [i32([0, 1, 1, 3]), f32([0.5, 1, 1, 2])],
    [i32([])],
    [array("uint8", [2, 2])],
  ], { ulp: 0 }),
  ...calls("np.bincount", [[i32([0, 1, 1, 3]), { length: 3 }]], { ulp: 0 }),
  ...calls("np.bincount", [[f32([1])], [i32([[1]])]], { throws: true }),
  ...calls("np.digitize", [
    [f32([0.2, 6.4, 3, 1.6, 10, -1]), f32([0, 1, 2.5, 4, 10])],
    [f32([0.2, 6.4, 3, 1.6, 10, -1]), f32([0, 1, 2.5, 4, 10]), true],
    [f32([0.2, 6.4]), f32([10, 4, 2.5, 1, 0])],
    [i32([[1, 2], [3, 9]]), i32([2, 3]), { right: true }],
  ], { ulp: 0 }),
];

export default [
  ...sums,
  ...positions,
  ...moments,
  ...cumulative,
  ...ordered,
  ...histograms,
] satisfies Case[];
