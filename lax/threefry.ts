/** Threefry-2x32: random bits as a function of a key and a counter. */
import { uint32 } from "../core/dtype.ts";
import { describe, showShape } from "../core/errors.ts";
import { jit } from "../core/jit.ts";
import { elementwiseShape } from "../core/rules.ts";
import { bind, definePrimitive, NDArray, type NoParams } from "../core/trace.ts";
import { add } from "./arithmetic.ts";
import { full, fullLike } from "./filling.ts";
import { concatenate, split } from "./joining.ts";
import { bitwiseOr, bitwiseXor, shiftLeft, shiftRightLogical } from "./logic.ts";
import { type Operand, operand, operands } from "./operands.ts";
import { broadcastInDim, reshape } from "./shape.ts";
import { indexInDim, sliceInDim } from "./slicing.ts";

// Note [Threefry]
//
// Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC 2011): a cipher of two words of 32
// bits, 20 rounds, a key injected after every fourth. It is nothing but uint32 arithmetic, so it
// fuses into whatever reads the bits. Eagerly, its hundred operations run as one compiled program.

const ROTATIONS = [[13, 15, 26, 6], [17, 29, 16, 24]];
const PARITY = 0x1bd11bda;

function rotateLeft(x: NDArray, bits: number): NDArray {
  return bitwiseOr(
    shiftLeft(x, fullLike(x, bits)),
    shiftRightLogical(x, fullLike(x, 32 - bits)),
  );
}

const encrypt = jit(function threefry2x32(
  key0: NDArray,
  key1: NDArray,
  x0: NDArray,
  x1: NDArray,
): [NDArray, NDArray] {
  const last = bitwiseXor(bitwiseXor(key0, key1), fullLike(key0, PARITY));
  const keys = [key0, key1, last];
  let a = add(x0, key0);
  let b = add(x1, key1);
  for (let injection = 1; injection <= 5; injection++) {
    for (const bits of ROTATIONS[(injection - 1) % 2]) {
      a = add(a, b);
      b = bitwiseXor(a, rotateLeft(b, bits));
    }
    const next = keys[(injection + 1) % 3];
    a = add(a, keys[injection % 3]);
    b = add(b, add(next, fullLike(next, injection)));
  }
  return [a, b];
});

const threefry2x32P = definePrimitive<NoParams>("threefry2x32", {
  type(avals) {
    if (avals.some((a) => a.dtype !== uint32)) {
      throw new TypeError(
        `Arguments to threefry2x32 must have uint32 type, got (${avals.join(", ")})`,
      );
    }
    const out = avals[0].with({ shape: elementwiseShape("threefry2x32", avals), weakType: false });
    return [out, out];
  },
  expand(args) {
    const shape = elementwiseShape("threefry2x32", args.map((x) => x.aval));
    const [key0, key1, x0, x1] = args.map((x, i) =>
      i < 2 && x.ndim === 0 ? x : broadcastInDim(x, shape, x.shape.map((_, axis) => axis))
    );
    return encrypt(key0, key1, x0, x1);
  },
});

/**
 * Encrypts pairs of uint32 words under a key of two: random bits for counters `x0`, `x1`. Equal to
 * JAX's primitive `threefry2x32` to the bit. See Note [Threefry] in the source.
 *
 * @throws {TypeError} unless all are of uint32 and of shapes that go together.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const words = np.array([0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3], { dtype: "uint32" });
 * const [a, b] = lax.threefry2x32([words[0], words[1]], words[2], words[3]);
 * assert(Number(a) === 0xc4923a9c && Number(b) === 0x483df7a0);
 * ```
 */
export function threefry2x32(
  keys: readonly [Operand, Operand] | NDArray,
  x0: Operand,
  x1: Operand,
): [NDArray, NDArray] {
  const [key0, key1] = keyPair(keys);
  const args = operands("threefry2x32", [key0, key1, x0, x1]);
  const [a, b] = bind(threefry2x32P, args, {});
  return [a, b];
}

function keyPair(keys: readonly [Operand, Operand] | NDArray): readonly [Operand, Operand] {
  if (Array.isArray(keys) && keys.length === 2) return keys as [Operand, Operand];
  const pair = keys as NDArray;
  if (!(pair instanceof NDArray)) {
    throw new TypeError(`a threefry key is a pair of uint32; got ${describe(pair)}`);
  }
  if (pair.ndim !== 1 || pair.shape[0] !== 2) {
    throw new RangeError(`a threefry key is a pair of uint32; got shape ${showShape(pair.shape)}`);
  }
  return [indexInDim(pair, 0, 0, false), indexInDim(pair, 1, 0, false)];
}

/**
 * Random bits for an array of counters, which are encrypted in pairs: the first half with the
 * second. Equal to JAX's `threefry_2x32` to the bit.
 *
 * @throws {TypeError} unless key and counters are of uint32.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { lax, numpy as np } from "../mod.ts";
 * const key = np.array([1, 2], { dtype: "uint32" });
 * const bits = lax.threefryBits(key, np.arange(3, { dtype: "uint32" }));
 * assert(bits.shape[0] === 3 && bits.dtype === np.uint32);
 * ```
 */
export function threefryBits(
  keys: readonly [Operand, Operand] | NDArray,
  count: Operand,
): NDArray {
  const counters = operand("threefry_2x32", count);
  const [key0, key1] = operands("threefry_2x32", keyPair(keys));
  const dtypes = [key0, key1, counters].map((x) => x.dtype);
  if (dtypes.some((dtype) => dtype !== uint32)) {
    throw new TypeError(
      `threefry_2x32 requires uint32 arguments, got [${dtypes.map((d) => d.name).join(", ")}]`,
    );
  }
  const { size } = counters;
  const flat = reshape(counters, [size]);
  const even = size % 2 === 0 ? flat : concatenate([flat, full([1], 0, uint32)], 0);
  const half = even.shape[0] / 2;
  const [x0, x1] = split(even, [half, half], 0);
  const [a, b] = threefry2x32([key0, key1], x0, x1);
  const bits = concatenate([a, b], 0);
  return reshape(size % 2 === 0 ? bits : sliceInDim(bits, 0, size), counters.shape);
}
