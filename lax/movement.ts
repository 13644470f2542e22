/** Primitives that only move elements, and arrays of equal elements. */
export * from "./filling.ts";
export * from "./joining.ts";
export * from "./shape.ts";
export * from "./slicing.ts";
