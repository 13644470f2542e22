/** The example of the page, run as `deno task demo` runs it. */
import { assertEquals, assertStringIncludes } from "@std/assert";

Deno.test("examples/thinking_in_jax.ts runs to its end and prints what the page prints", async () => {
  const root = new URL("../../", import.meta.url);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-read",
      "--allow-write=examples/out",
      "examples/thinking_in_jax.ts",
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const printed = new TextDecoder().decode(stdout);
  for (
    const line of [
      "[10  1  2  3  4  5  6  7  8  9]\n",
      "TypeError: lax.add requires arguments to have the same dtypes, got int32, float32.",
      "Array([1., 3., 4., 4., 4., 4., 4., 4., 4., 4., 3., 1.], dtype=float32)\n",
      "NonConcreteBooleanIndexError: Array boolean indices must be concrete; got bool[10]\n",
      "  x = Traced<ShapedArray(float32[3,4])>with<DynamicJaxprTrace(level=0/1)>\n",
      "{ lambda ; a:f32[3,4] b:f32[4]. let\n    c:f32[3,4] = add a 1.0:f32[]\n",
      "Array([1., 1., 1., 1., 1., 1.], dtype=float32)\n",
    ]
  ) assertStringIncludes(printed, line);
  assertEquals(printed.match(/Running f\(\):/g)?.length, 1);
});
