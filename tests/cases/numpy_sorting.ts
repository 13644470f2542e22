/** NumPy's sorting, searching, set functions, comparisons of whole arrays, interpolation, polynomials. */
import { ALL, calls, type Case, f32, i32, mask, quarters, rand, u32 } from "./case.ts";

const HOW = { ulp: 0, jaxpr: true } as const;
const EXACT = { ulp: 0 } as const;
const nan = f32([3, NaN, -0, 0, Infinity, -1]);

const sorting: Case[] = [
  ...ALL.flatMap((d) => calls("np.sort", [[quarters([2, 7], d)]], EXACT)),
  ...calls("np.sort", [
    [quarters([3, 4]), 0],
    [quarters([3, 4]), { axis: null }],
    [nan],
    [nan, { descending: true }],
    [quarters([6]), { stable: true }],
    [i32([3, 1, 2]), -1, { descending: true }],
    [f32([])],
    [f32([1])],
  ], HOW),
  ...calls("np.sort", [[f32(1)], [f32([1]), 1]], { throws: true }),
  ...calls("np.argsort", [
    [quarters([7])],
    [quarters([3, 4]), 0],
    [quarters([3, 4]), { axis: null }],
    [nan],
    [nan, { descending: true }],
    [i32([2, 1, 2, 1, 0, 0])],
    [i32([2, 1, 2, 1, 0, 0]), { descending: true }],
    [u32([4294967295, 0, 1])],
    [mask([true, false, true])],
    [f32([])],
  ], HOW),
  ...calls("np.lexsort", [
    [[i32([1, 2, 1, 2]), i32([0, 0, 1, 0])]],
    [[f32([3, 1, 2])]],
    [[quarters([2, 3]), quarters([2, 3], "float32", 1)], 0],
  ], EXACT),
  ...calls("np.sortComplex", [[rand([4], "complex64")], [f32([3, 1])]], EXACT),
  ...calls("np.searchsorted", [
    [f32([1, 2, 3, 3, 5]), 3],
    [f32([1, 2, 3, 3, 5]), 3, "right"],
    [f32([1, 2, 3, 3, 5]), f32([0, 3, 9, NaN, 2.5])],
    [f32([1, 2, 3, 3, 5]), f32([[0, 3], [9, 2.5]]), { side: "right" }],
    [i32([1, 4, 9]), f32([3.5, 4])],
    [f32([3, 1, 2]), f32([1.5]), { sorter: i32([1, 2, 0]) }],
    [f32([]), f32([1])],
    [f32([1, 2]), f32([])],
  ], EXACT),
  ...["sort", "compare_all", "scan", "scan_unrolled"].flatMap((method) =>
    calls("np.searchsorted", [[f32([1, 2, 3, 3, 5]), f32([0, 3, 9]), { method }]], EXACT)
  ),
  ...calls("np.searchsorted", [
    [f32([1, 2]), 1, "middle"],
    [quarters([2, 2]), 1],
  ], { throws: true }),
];

const sets: Case[] = [
  ...calls("np.unique", [
    [i32([3, 1, 3, 2, 1])],
    [f32([[2, 1], [1, NaN]])],
    [f32([NaN, 1, NaN, 0, -0])],
    [i32([])],
    [i32([3, 1, 3]), { returnIndex: true }],
    [i32([3, 1, 3]), { returnInverse: true, returnCounts: true }],
    [i32([3, 1, 3]), true, true, true],
    [i32([[1, 2], [1, 2], [0, 5]]), { axis: 0 }],
    [i32([[1, 1, 0], [2, 2, 0]]), { axis: 1, returnIndex: true }],
    [mask([true, true])],
  ], EXACT),
  ...calls("np.unique", [
    [i32([3, 1, 3, 2]), { size: 4 }],
    [i32([3, 1, 3, 2]), { size: 2 }],
    [i32([3, 1, 3, 2]), { size: 5, fillValue: 9, returnCounts: true }],
  ], EXACT),
  ...calls("np.uniqueValues", [[i32([[3, 1], [3, 2]])]], EXACT),
  // Objects here, named tuples there.
  ...["Counts", "Inverse", "All"].flatMap((name) =>
    calls(`np.unique${name}`, [[i32([[3, 1], [3, 2]])]], {
      ...EXACT,
      python: `lambda x: jnp.unique_${name.toLowerCase()}(x)._asdict()`,
    })
  ),
  ...["union1d", "intersect1d", "setdiff1d", "setxor1d"].flatMap((name) =>
    calls(`np.${name}`, [
      [i32([3, 1, 2, 3]), i32([2, 5, 3])],
      [f32([1, 2]), i32([2])],
      [i32([1]), i32([])],
    ], EXACT)
  ),
  ...calls("np.intersect1d", [
    [i32([3, 1, 2]), i32([2, 5, 3]), { returnIndices: true }],
    [i32([3, 1, 2]), i32([2, 5, 3]), true],
  ], EXACT),
  ...calls("np.isin", [
    [i32([1, 2, 3, 4]), i32([2, 4])],
    [f32([[1, NaN]]), f32([1, NaN])],
    [i32([1, 2]), i32([2]), { invert: true }],
    [i32([1, 2]), i32([])],
    [3, i32([1, 3])],
  ], EXACT),
];

const comparisons: Case[] = [
  ...calls("np.isclose", [
    [f32([1, 1.00001, 1.1]), f32([1, 1, 1])],
    [f32([1e-9, 1e-7]), f32([0, 0])],
    [f32([NaN, Infinity, -Infinity, Infinity]), f32([NaN, Infinity, Infinity, 1])],
    [f32([NaN]), f32([NaN]), { equalNan: true }],
    [f32([1, 2]), f32([1.05, 2.3]), { rtol: 0.1 }],
    [f32([1, 2]), f32([1.05, 2.3]), 0, 0.1],
    [i32([1, 2]), i32([1, 3])],
    [mask([true]), mask([true])],
    [1, 1.0000001],
  ], EXACT),
  ...calls("np.allclose", [
    [f32([1, 2]), f32([1, 2.00001])],
    [f32([1, 2]), f32([1, 3])],
    [f32([1, NaN]), f32([1, NaN])],
    [f32([1, NaN]), f32([1, NaN]), { equalNan: true }],
    [f32([1, 2]), 1.5, { atol: 0.5 }],
    [f32([]), f32([])],
  ], EXACT),
  ...["arrayEqual", "arrayEquiv"].flatMap((name) =>
    calls(`np.${name}`, [
      [f32([1, 2]), f32([1, 2])],
      [f32([1, 2]), i32([1, 3])],
      [f32([1, 1]), f32([[1, 1], [1, 1]])],
      [f32([1, NaN]), f32([1, NaN])],
      [1, 1],
      [f32([]), f32([])],
    ], EXACT)
  ),
  ...calls("np.arrayEqual", [[f32([1, 2]), f32([1, 2, 3])]]),
  ...calls("np.arrayEqual", [[f32([1, NaN]), f32([1, NaN]), { equalNan: true }]], EXACT),
  ...calls("np.clip", [
    [quarters([6]), -1, 1],
    [quarters([6]), null, 1],
    [quarters([6]), -1],
    [quarters([6]), { min: 0 }],
    [quarters([6]), { max: 0 }],
    [quarters([2, 3]), f32([-1, 0, 1]), 2],
    [i32([1, 5, 9]), 2, 7],
    [i32([1, 5, 9]), 2.5, 7],
    [f32([NaN, 5]), 0, 1],
    [quarters([4]), 1, -1],
    [quarters([3], "float16"), 0, 1],
    [f32([1]), null, null],
  ], HOW),
  ...["isscalar"].flatMap((name) => calls(`np.${name}`, [[3], [f32(3)], [f32([3])]])),
  ...calls("np.issubdtype", [["float32", "float32"], ["int32", "float32"]]),
  ...calls("np.canCast", [["int32", "float32"], ["int32", "float64"], ["float32", "int32"]]),
];

const numerics: Case[] = [
  ...calls("np.interp", [
    [f32([-1, 0, 0.5, 1.5, 3, 9]), f32([0, 1, 2, 3]), f32([10, 20, 40, 30])],
    [2.5, f32([0, 1, 2, 3]), f32([10, 20, 40, 30])],
    [f32([-1, 9]), f32([0, 1]), f32([5, 6]), { left: -7, right: 7 }],
    [f32([-1, 9]), f32([0, 1]), f32([5, 6]), -7, 7],
    [f32([0.5, 4.5, -3.75]), f32([0, 1, 2]), f32([10, 20, 40]), { period: 3 }],
    [i32([0, 1]), i32([0, 2]), i32([0, 10])],
    [f32([1]), f32([0, 1, 1, 2]), f32([0, 5, 6, 7])],
  ], { ulp: 4 }),
  ...calls("np.interp", [[f32([1]), f32([0, 1]), f32([1, 2, 3])]], { throws: true }),
  ...calls("np.polyval", [
    [f32([1, -2, 3]), f32([0, 1, 2.5])],
    [i32([1, 2]), 3],
    [f32([1, -2, 3]), f32([0, 1]), { unroll: 1 }],
    [f32([]), f32([1])],
  ], { ulp: 2 }),
  ...calls("np.polyadd", [[f32([1, 2]), f32([1, 2, 3])], [i32([1, 2]), f32([3])]], EXACT),
  ...calls("np.polysub", [[f32([1, 2]), f32([1, 2, 3])]], EXACT),
  ...calls("np.polymul", [[f32([1, 2]), f32([1, 2, 3])], [f32([0, 1]), f32([1, 2])]], EXACT),
  ...calls("np.polyder", [[f32([1, 2, 3])], [f32([1, 2, 3]), 2], [i32([1, 2, 3])]], EXACT),
  ...calls("np.polyint", [
    [f32([3, 2, 1])],
    [f32([3, 2, 1]), 2],
    [f32([3, 2, 1]), { k: 5 }],
  ], { ulp: 1 }),
  ...calls("np.poly", [[f32([1, 2, 3])]], { ulp: 2 }),
];

export default [...sorting, ...sets, ...comparisons, ...numerics] satisfies Case[];
