/** `numpy/shapes.ts`: broadcasting, and shapes and axes as users may give them. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { jit, numpy as np } from "../../mod.ts";
import { canonicalAxes, canonicalAxis, canonicalShape } from "../../numpy/shapes.ts";

Deno.test("`np.broadcastTo()`, `np.broadcastShapes()` and `np.broadcastArrays()`", () => {
  assertEquals(np.broadcastTo(np.arange(2), [2, 2]).tolist(), [[0, 1], [0, 1]]);
  assertEquals(np.broadcastTo(1, 2).tolist(), [1, 1]);
  assertEquals(np.broadcastShapes([3, 1], 4, []), [3, 4]);
  assertEquals(np.broadcastShapes([0], [1]), [0]);
  assertEquals(np.broadcastShapes(), []);
  const [x, y] = np.broadcastArrays(np.ones([2, 1]), np.arange(3));
  assertEquals([x.shape, y.shape], [[2, 3], [2, 3]]);
  assertThrows(
    () => np.broadcastTo(np.ones(3), 2),
    RangeError,
    "Incompatible types for broadcasting: input type=float32[3] and requested type=float32[2]",
  );
  assertThrows(
    () => np.broadcastTo(np.ones([2, 3]), 3),
    RangeError,
    "Cannot broadcast to shape with fewer dimensions: arr_shape=(2, 3) shape=(3,)",
  );
  assertThrows(() => np.broadcastShapes(3, [2, 1], 4), RangeError, "shapes=[(3,), (2, 1), (4,)]");
  assertThrows(() => np.broadcastShapes([2, -1]), TypeError, "got shape (2, -1).");
});

Deno.test("`canonicalShape()` takes integers whose values are known", () => {
  assertEquals(canonicalShape(3), [3]);
  assertEquals(canonicalShape([np.int32(2), 3]), [2, 3]);
  assertEquals(canonicalShape(np.array([2, 3])), [2, 3]);
  const text = "Shapes must be 1D sequences of concrete values of integer type, got ";
  assertThrows(() => canonicalShape(2.5), TypeError, `${text}(2.5,).`);
  assertThrows(() => canonicalShape("a" as never), TypeError, `${text}('a',).`);
  assertThrows(() => canonicalShape([2, null] as never), TypeError, `${text}(2, None).`);
  assertThrows(() => canonicalShape([NaN]), TypeError, text);
  assertThrows(() => canonicalShape([-1]), TypeError, "must have every element be nonnegative");
  assertThrows(() => canonicalShape([1e10, 1e10]), RangeError, "Out of memory");
  const error = assertThrows(() => jit((n: np.NDArray) => np.zeros([n, 2]))(3), TypeError, text);
  assert(error.message.includes("try using `staticArgnums`"), error.message);
  assert(error.message.includes("the value of the argument n"), error.message);
});

Deno.test("`canonicalAxis()` and `canonicalAxes()` count from either end", () => {
  assertEquals(canonicalAxis(-1, 3), 2);
  assertEquals(canonicalAxis(np.int32(1) as never, 3), 1);
  assertEquals(canonicalAxes(undefined, 2), [0, 1]);
  assertEquals(canonicalAxes([-1, 0], 3), [2, 0]);
  const text = "axis 5 is out of bounds for array of dimension 2";
  assertThrows(() => canonicalAxis(5, 2), RangeError, text);
  assertThrows(() => canonicalAxes([0, -2], 2), RangeError, "duplicate value in 'axis': (0, 0)");
  assertThrows(() => canonicalAxis(1.5, 2), TypeError, "axis must be an integer");
});
