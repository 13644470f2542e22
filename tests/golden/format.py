"""Writes format.json: arrays as bits, and how JAX prints them. Run with JAX 0.10 and NumPy 2.4.

    python tests/golden/format.py
"""

import base64
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np
from jax._src.lax.lax import _convert_element_type

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(0)
cases = []

FLOATS = ["float16", "bfloat16", "float32", "float64"]
INTS = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
COMPLEXES = ["complex64", "complex128"]
ALL = ["bool", *INTS, *FLOATS, *COMPLEXES]


def add(values, dtype=None, weak=False, **options):
    """A case: the array, and `str` and `repr` of it under `np.printoptions(**options)`."""
    with np.errstate(all="ignore"):
        x = jnp.asarray(np.asarray(values).astype(dtype) if dtype else values)
    if weak:
        x = _convert_element_type(x, x.dtype, weak_type=True)
    with np.printoptions(**options):
        case = {"dtype": x.dtype.name, "shape": x.shape, "str": str(x), "repr": repr(x)}
    case["bits"] = base64.b64encode(np.asarray(x).tobytes()).decode()
    if weak:
        case["weakType"] = True
    if options:
        case["options"] = options
    cases.append(case)


def draw(dtype, shape, low=-3, high=3):
    """Random elements; floats of magnitudes 10^low to 10^high."""
    if dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    if dtype in INTS:
        top = min(10**high, np.iinfo(dtype).max)
        return rng.integers(-top if dtype[0] == "i" else 0, top, shape).astype(dtype)
    real = rng.choice([-1, 1], shape) * 10.0 ** rng.uniform(low, high, shape)
    if dtype in COMPLEXES:
        real = real + 1j * rng.permutation(real.ravel()).reshape(shape)
    return real


SHAPES = [(), (1,), (4,), (13,), (3, 4), (2, 17), (2, 1, 2, 2), (0,), (0, 3), (2, 0, 4)]
for dtype in ALL:
    for shape in SHAPES:
        add(draw(dtype, shape, 0, 2), dtype)
    for weak_shape in [(), (2,)]:
        add(draw(dtype, weak_shape), dtype, weak=True)

# Scalars and short arrays of every magnitude and of special values.
SPECIAL = [0.0, -0.0, np.nan, np.inf, -np.inf, 1.0, 0.1, 1e-4, 9.999e-5, 1e-5, 1e15, 1e16, 123456789, 2**24 + 1, 1 / 3]
for dtype in FLOATS:
    for value in SPECIAL:
        add(value, dtype)
    info = jnp.finfo(dtype)
    for value in [info.max, info.min, info.tiny, info.eps, info.smallest_subnormal]:
        add(np.asarray(value, dtype))
        add(np.asarray([value, 0], dtype))
    for low, high in [(-1, 1), (-3, 0), (-4, -1), (0, 3), (-8, 8), (2, 3), (5, 6), (7, 9), (3, 4), (-10, -5), (-40, 30)]:
        add(draw(dtype, (6,), low, high), dtype)
    for n in range(2, 6):
        add(rng.choice(SPECIAL, n), dtype)
        add(rng.choice(SPECIAL[:6], n), dtype)
    add([np.nan] * 3, dtype)
    add([-np.inf, np.nan], dtype)
    add([np.inf, 1.5], dtype)
    add([-np.inf, 1.5], dtype)
    add([0.0, -0.0], dtype)
    add([999.5, 1000.0], dtype)
    add([0.0001, 0.01], dtype)
    add([0.001, 1.0], dtype)
    add([1.0, 1001.0], dtype)
    add([99999.95, 1.0], dtype)
    add([999999.0], dtype)
    add([1e6], dtype)
    add([1e8], dtype)
    add([99999999.0], dtype)
    add([0.999999999, 0.5], dtype)
    add([9.9999999999, 0.123456785], dtype)
    add([1.5, 2.25, 100.125], dtype)

# Any bits at all: shortest digits of everything.
for dtype, bits in [("float16", "uint16"), ("bfloat16", "uint16"), ("float32", "uint32"), ("float64", "uint64")]:
    for n in [1, 2, 7]:
        for _ in range(4):
            raw = rng.integers(0, np.iinfo(bits).max, n, dtype=bits, endpoint=True)
            add(raw.view(jnp.dtype(dtype)))
    for _ in range(10):
        raw = rng.integers(0, np.iinfo(bits).max, (), dtype=bits, endpoint=True)
        add(raw.view(jnp.dtype(dtype)))
    powers = 2.0 ** rng.integers(-20, 20, 6)
    add(powers, dtype)
    for p in powers:
        add(p, dtype)

PARTS = [0.0, -0.0, 1.0, -2.5, 1e-5, 1e16, np.nan, np.inf, -np.inf]
for dtype in COMPLEXES:
    for re in PARTS:
        for im in PARTS:
            if rng.random() < 0.5:
                add(np.asarray(complex(re, im), dtype))
    for n in [2, 3, 5, 9]:
        for low, high in [(-2, 2), (-6, 6), (0, 2)]:
            add(draw(dtype, (n,), low, high), dtype)
        add([complex(*rng.choice(PARTS, 2)) for _ in range(n)], dtype)

for dtype in INTS:
    info = np.iinfo(dtype)
    add(np.asarray([info.min, info.max, 0], dtype))
    add(np.asarray(info.max, dtype))
    add(np.asarray(info.min, dtype))
    add(draw(dtype, (25,), high=5), dtype)
add([-1, -10], "int32")
for n in range(11, 19):  # the dtype on the last line, or not
    add(np.arange(n) + 10, "int32")
    add(np.arange(n) + 10, "float32", weak=True)
add([True, True])
add([False])
add(np.ones((2, 30), bool))
for dtype in ["int4", "uint4"]:
    add(np.asarray([1, 2, 3], dtype))
    add(np.asarray(5, dtype))

# Above the threshold.
for dtype in ["bool", "uint8", "float16", "bfloat16"]:
    add(draw(dtype, (7, 144), 0, 2), dtype)
for shape in [(1001,), (1000,), (2, 501), (7, 143), (4, 3, 100), (8, 9, 14), (251, 4, 1)]:
    add(np.arange(np.prod(shape)).reshape(shape) % 250, "uint8")
add(np.arange(1002).reshape(2, 501) / 8, "float16")

# Other options.
for dtype in ["float16", "bfloat16", "float32", "float64", "complex64", "int32", "bool"]:
    for options in [
        {"precision": 3}, {"precision": 0}, {"precision": 12}, {"suppress": True}, {"suppress": True, "precision": 3},
        {"sign": "+"}, {"sign": " "}, {"linewidth": 30}, {"linewidth": 3}, {"threshold": 5, "edgeitems": 2},
        {"threshold": 0, "edgeitems": 1}, {"floatmode": "fixed"}, {"floatmode": "fixed", "precision": 3},
        {"floatmode": "unique"}, {"floatmode": "unique", "precision": 2}, {"floatmode": "maxprec_equal"},
        {"floatmode": "maxprec_equal", "precision": 3, "sign": "+"}, {"nanstr": "NA", "infstr": "infinity"},
    ]:
        add(abs(draw(dtype, (6,), -1, 1)), dtype, **options)
        add(draw(dtype, (2, 3), -9, 6), dtype, **options)
        if dtype in FLOATS:
            add(rng.choice(SPECIAL, 4), dtype, **options)

# One case a line, so that a change shows as a line.
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
path = pathlib.Path(__file__).parent / "format.json"
path.write_text(f"[\n{lines}\n]\n")
print(f"{len(cases)} cases, {path.stat().st_size} bytes")
