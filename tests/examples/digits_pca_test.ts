/** The components of the digits, against NumPy's eigenvalues in float64. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { loadDigits } from "../../examples/digits.ts";
import { principalComponents } from "../../examples/digits_pca.ts";
import { numpy as np } from "../../mod.ts";

const golden = JSON.parse(
  Deno.readTextFileSync(new URL("../golden/digits_pca.json", import.meta.url)),
) as { shape: number[]; explained: number[] };

Deno.test("the digits' components explain what NumPy says", () => {
  const digits = loadDigits();
  assertEquals(digits.shape, golden.shape);
  const { vectors, explained } = principalComponents(digits, 3);
  explained.forEach((share, k) => assertAlmostEquals(share, golden.explained[k], 2e-5));
  const products = np.matmul(vectors, vectors.T);
  assertEquals(np.allclose(products, np.eye(3), { atol: 2e-3 }).item(), true);
});
