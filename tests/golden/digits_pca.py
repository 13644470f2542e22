"""The variance that each principal component of the digits explains, by NumPy in float64.

Reads the pixels as float32 from standard input, as `deno eval` writes them:

    deno eval 'import { digitPixels } from "./examples/digits.ts"; \
      await new Blob([digitPixels()]).stream().pipeTo(Deno.stdout.writable)' \
      | python3 tests/golden/digits_pca.py > tests/golden/digits_pca.json
"""

import json
import sys

import numpy as np

pixels = np.frombuffer(sys.stdin.buffer.read(), np.float32).reshape(-1, 784).astype(np.float64)
std = pixels.std(0)
rows = np.where(std > 0, (pixels - pixels.mean(0)) / np.where(std > 0, std, 1), 0)
values = np.linalg.eigvalsh(rows.T @ rows / len(rows))[::-1]
json.dump({"shape": pixels.shape, "explained": (values / values.sum())[:6].tolist()}, sys.stdout)
