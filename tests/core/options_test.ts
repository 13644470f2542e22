/** `core/options.ts`: options by position and by name. */
import { assertEquals, assertThrows } from "@std/assert";
import { readOptions } from "../../core/options.ts";

Deno.test("`readOptions()` reads positions, then one object", () => {
  interface Options {
    axis?: number | null;
    dtype?: string;
    keepdims?: boolean;
  }
  const read = (...args: unknown[]) =>
    readOptions<Options>("sum", ["axis", "dtype", "keepdims"], ...args);
  assertEquals(read(), {});
  assertEquals(read(undefined, undefined), {});
  assertEquals(read(0), { axis: 0 });
  assertEquals(read(null, { keepdims: true }), { axis: null, keepdims: true });
  assertEquals(read({ dtype: "int32", axis: undefined }), { dtype: "int32" });
  assertEquals(read(0, "int8", { keepdims: true }), { axis: 0, dtype: "int8", keepdims: true });
  assertThrows(
    () => read(0, { key: 1 }),
    TypeError,
    "sum() got an unexpected keyword argument 'key'",
  );
  assertThrows(
    () => read(0, { axis: 1 }),
    TypeError,
    "sum() got multiple values for argument 'axis'",
  );
  assertThrows(
    () => read({ axis: 1 }, "int8"),
    TypeError,
    "takes its options as the last argument",
  );
});
