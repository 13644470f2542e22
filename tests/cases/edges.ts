/** Arrays of rank 0 and of no elements, everywhere. */
import { type Arg, calls, type Case, f32, filled, i32, mask } from "./case.ts";

const scalar = f32(2.5);
const none = f32([]);
const rows = filled([2, 0], 0, "float32");
const columns = filled([0, 3], 0, "float32");

/** Functions that take any shape. */
const anyShape = [
  ...["abs", "exp", "sign", "isnan", "round", "logicalNot", "square", "nanToNum"],
  ...["ravel", "atleast1d", "atleast2d", "copy", "zerosLike", "onesLike", "shape", "size", "ndim"],
  ...["sum", "prod", "any", "all", "mean", "std", "var", "cumsum", "cumprod", "nansum"],
  ...["countNonzero", "unique", "flip", "transpose", "squeeze"],
];
const everywhere: Case[] = anyShape.flatMap((name) =>
  calls(`np.${name}`, [[scalar], [none], [rows], [columns]])
);

/** Along an axis of length 3 there is something to do, of no elements. */
const alongAxis = [
  ...["sum", "max", "min", "prod", "any", "all", "mean", "std", "argmax", "argmin", "cumsum"],
  ...["sort", "argsort", "flip", "cumprod", "median", "nansum", "nanmax", "ptp", "diff"],
];
const along: Case[] = alongAxis.flatMap((name) =>
  calls(`np.${name}`, [[columns, name === "diff" ? 1 : { axis: 1 }]])
);

const pairs: readonly (readonly Arg[])[] = [
  [scalar, none],
  [none, 2],
  [columns, f32([1, 2, 3])],
  [rows, f32([[1], [2]])],
  [scalar, scalar],
];
const binary: Case[] = ["add", "divide", "power", "maximum", "floorDivide", "equal", "arctan2"]
  .flatMap((name) => calls(`np.${name}`, pairs));

const others: Case[] = [
  ...calls("np.concatenate", [[[none, none]], [[columns, columns]], [[rows, rows], 1]]),
  ...calls("np.stack", [[[none, none]], [[scalar, scalar], 0], [[rows, rows], 2]]),
  ...calls("np.where", [[mask(true), scalar, 1], [mask([]), none, none], [true, none, 1]]),
  ...calls("np.pad", [[none, 2], [columns, [[1, 0], [0, 0]]], [scalar, 0]]),
  ...calls("np.tile", [[scalar, 3], [none, 2], [rows, [2, 2]]]),
  ...calls("np.repeat", [[scalar, 3], [none, 2], [columns, 2, 1]]),
  ...calls("np.roll", [[scalar, 1], [none, 3], [rows, 1, 0]]),
  ...calls("np.reshape", [[none, [0, 5]], [rows, [0]], [scalar, -1], [columns, [-1, 3]]]),
  ...calls("np.broadcastTo", [[scalar, [0]], [f32([1]), [0]], [columns, [2, 0, 3]]]),
  ...calls("np.take", [[f32([1, 2]), i32([])], [f32([1, 2]), i32(1)], [columns, i32([0, 2]), 1]]),
  ...calls("np.searchsorted", [[none, scalar], [f32([1, 2]), scalar]]),
  ...calls("np.clip", [[scalar, 0, 1], [none, 0, 1]]),
  ...calls("np.histogram", [[scalar, 2]], { scale: 1 }),
  ...calls("np.histogram", [[none, 3]], { throws: true }),
  ...calls("np.bincount", [[i32([]), { length: 2 }]]),
  ...calls("np.interp", [[scalar, f32([1, 3]), f32([5, 9])], [none, f32([1, 3]), f32([5, 9])]]),
  ...calls("np.dot", [[scalar, none], [rows, filled([0, 2], 0, "float32")]]),
  ...calls("np.outer", [[scalar, none], [none, f32([1])]]),
  ...calls("np.tensordot", [[columns, columns, 0]]),
  ...calls("np.einsum", [["ij->j", rows], ["ij,kj->ik", rows, rows], ["->", scalar]]),
  ...calls("np.convolve", [[scalar, f32([1, 2])]], { throws: true }),
  ...calls("np.polyval", [[none, scalar]]),
  ...calls("np.meshgrid", [[none, f32([1, 2])]]),
  ...calls("np.tril", [[columns], [filled([2, 0, 0], 0, "float32")]]),
  ...calls("np.diag", [[none]]),
  ...calls("np.eye", [[0, 3], [3, 0]]),
  ...calls("np.linspace", [[scalar, 3, 2], [none, 1, 3]]),
  ...calls("np.quantile", [[scalar, 0.5], [columns, 0.5, 1]]),
  ...calls("np.nonzero", [[none], [columns]]),
  ...calls("np.split", [[none, 1], [columns, 3, 1]]),
  ...calls("np.allclose", [[scalar, 2.5], [none, none]]),
  ...calls("at.get", [
    [none, [i32([])]],
    [scalar, ["...", null]],
    [columns, [null, "...", 1]],
  ]),
  ...calls("at.set", [[scalar, [], 1], [none, [i32([])], 1], [columns, ["...", 1], 1]]),
  ...calls("lax.sort", [[none], [columns, { dimension: 1 }]]),
  ...calls("lax.cumsum", [[none], [columns, 1]]),
  ...calls("lax.topK", [[filled([0, 3], 0, "float32"), 2]]),
  ...calls("lax.dotGeneral", [[scalar, scalar, [[[], []], [[], []]]]]),
  ...calls("lax.reduceWindow", [[none, -Infinity, "max", [1], [1], "VALID"]]),
];

export default [...everywhere, ...along, ...binary, ...others] satisfies Case[];
