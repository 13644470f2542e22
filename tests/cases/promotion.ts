/** The promotion lattice: every pair of dtypes, with JavaScript scalars and weak arrays, both widths. */
import type { DTypeName } from "../../core/dtype.ts";
import { ALL, type Arg, calls, type Case, type Data, filled, i32, weak, WIDE } from "./case.ts";

const one = (dtype: DTypeName): Data => filled([], 1, dtype);
const wideOne = (dtype: DTypeName): Data =>
  filled([], dtype === "int64" || dtype === "uint64" ? 1n : 1, dtype);
const scalars: readonly Arg[] = [true, 2, 1.5, { re: 1, im: 2 }];
const weaks = (["int32", "float32", "complex64"] as const).map((d) => weak(one(d)));
const EVERY = [...ALL, ...WIDE] as const;

export default [
  ...ALL.flatMap((x) => calls("np.add", ALL.map((y) => [one(x), one(y)]))),
  ...ALL.flatMap((x) => calls("np.multiply", [...scalars, ...weaks].map((y) => [one(x), y]))),
  ...weaks.flatMap((x) => calls("np.add", [...scalars, ...weaks].map((y) => [x, y]))),
  ...scalars.flatMap((x) => calls("np.add", scalars.map((y) => [x, y]))),
  ...EVERY.flatMap((x) =>
    calls("np.add", EVERY.map((y) => [wideOne(x), wideOne(y)]), { x64: true })
  ),
  ...EVERY.flatMap((x) => calls("np.multiply", scalars.map((y) => [wideOne(x), y]), { x64: true })),
  ...scalars.flatMap((x) => calls("np.add", scalars.map((y) => [x, y]), { x64: true })),
  ...EVERY.flatMap((x) => calls("np.promoteTypes", EVERY.map((y) => [x, y]), { x64: true })),
  ...ALL.flatMap((x) => calls("np.promoteTypes", ALL.map((y) => [x, y]))),
  ...calls("np.resultType", [
    [one("int8"), one("uint8")],
    [one("int8"), 2],
    [one("int8"), 1.5],
    [2, 1.5],
    ["int8", "float16"],
    [one("float16"), "int32"],
    [weak(one("float32")), one("int8")],
    [true, one("int32")],
  ]),
  // An operation between weak types stays weak, one that picks a dtype does not.
  ...calls("np.sqrt", [[2], [weak(one("int32"))], [weak(one("float32"))], [one("int32")]]),
  ...calls("np.sum", [[weak(i32([1, 2]))], [weak(filled([2], 1, "float32"))]]),
  ...calls("np.where", [
    [one("bool"), 1, 2],
    [one("bool"), 1, 2.5],
    [one("bool"), one("int8"), 2],
    [one("bool"), one("float16"), one("int32")],
    [one("bool"), weak(one("float32")), one("int8")],
  ]),
] satisfies Case[];
