/** All tables of cases. Each has its golden file, `tests/golden/NAME.json`. */
import type { Case } from "./case.ts";
import laxConvert from "./lax_convert.ts";
import laxElementwise from "./lax_elementwise.ts";

export const tables: Readonly<Record<string, readonly Case[]>> = {
  lax_elementwise: laxElementwise,
  lax_convert: laxConvert,
};
