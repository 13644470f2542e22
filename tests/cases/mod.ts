/** All tables of cases. Each has its golden file, `tests/golden/NAME.json`. */
import type { Case } from "./case.ts";
import edges from "./edges.ts";
import expressions from "./expressions.ts";
import laxContract from "./lax_contract.ts";
import laxConvert from "./lax_convert.ts";
import laxElementwise from "./lax_elementwise.ts";
import laxIndex from "./lax_index.ts";
import laxMovement from "./lax_movement.ts";
import laxReduce from "./lax_reduce.ts";
import methods from "./methods.ts";
import numpyContractions from "./numpy_contractions.ts";
import numpyCreation from "./numpy_creation.ts";
import numpyIndexing from "./numpy_indexing.ts";
import numpyManipulation from "./numpy_manipulation.ts";
import numpyReductions from "./numpy_reductions.ts";
import numpySorting from "./numpy_sorting.ts";
import numpyUfuncs from "./numpy_ufuncs.ts";
import others from "./others.ts";
import programs from "./programs.ts";
import promotion from "./promotion.ts";
import sets from "./sets.ts";
import tracing from "./tracing.ts";
import wide from "./wide.ts";

export const tables: Readonly<Record<string, readonly Case[]>> = {
  lax_elementwise: laxElementwise,
  lax_convert: laxConvert,
  lax_movement: laxMovement,
  lax_index: laxIndex,
  lax_reduce: laxReduce,
  lax_contract: laxContract,
  numpy_ufuncs: numpyUfuncs,
  promotion,
  numpy_creation: numpyCreation,
  numpy_reductions: numpyReductions,
  numpy_manipulation: numpyManipulation,
  numpy_indexing: numpyIndexing,
  numpy_sorting: numpySorting,
  numpy_contractions: numpyContractions,
  methods,
  others,
  expressions,
  programs,
  sets,
  wide,
  edges,
  tracing,
};
