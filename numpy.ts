/**
 * `numpy` by itself, ready to use: `import * as np from "@denojax/denojax/numpy"`.
 *
 * @module
 */
import "./mod.ts";

export * from "./numpy/mod.ts";
