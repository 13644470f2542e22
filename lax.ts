/**
 * `lax` by itself, ready to use: `import * as lax from "@denojax/denojax/lax"`.
 *
 * @module
 */
import "./mod.ts";

export * from "./lax/mod.ts";
