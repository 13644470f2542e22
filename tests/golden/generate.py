"""Writes the golden files: what JAX answers to each case. Run by `deno task golden`.

Reads the tables as JSON, one a line, from `dump_cases.ts`; writes a file for each table, one line a
case. Needs JAX 0.10, NumPy 2 and SciPy.
"""

import base64
import json
import pathlib
import re
import sys
import warnings
from functools import partial

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import scipy.special
from jax import lax
from jax._src.lax.lax import _convert_element_type
from jax.extend.core.primitives import threefry2x32_p

FOLDER = pathlib.Path(__file__).parent
SHORT = {
    "bool": "bool", "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64", "uint8": "u8",
    "uint16": "u16", "uint32": "u32", "uint64": "u64", "float16": "f16", "bfloat16": "bf16",
    "float32": "f32", "float64": "f64", "complex64": "c64", "complex128": "c128",
}  # fmt: skip

# -- arguments --------------------------------------------------------------------------------


def numpy_dtype(name):
    return np.dtype(ml_dtypes.bfloat16 if name == "bfloat16" else name)


def decode(arg):
    """The Python value of an argument. Arrays are made in `rebuild`."""
    if isinstance(arg, list):
        return tuple(decode(a) for a in arg)
    if not isinstance(arg, dict):
        return arg
    match arg["kind"]:
        case "array":
            data = np.frombuffer(base64.b64decode(arg["data"]), numpy_dtype(arg["dtype"]))
            x = jnp.asarray(data.reshape(arg["shape"]))
            return _convert_element_type(x, weak_type=True) if arg["weak"] else x
        case "float":
            return float(arg["value"])
        case "int":
            return int(arg["value"])
        case "complex":
            return complex(float(arg["re"]), float(arg["im"]))
        case "slice":
            return slice(*arg["parts"])
        case "ellipsis":
            return Ellipsis
        case "dict":
            return {k: decode(v) for k, v in arg["value"].items()}


def is_array(x):
    return isinstance(x, jax.Array)


def traced(f, args, options):
    """`f` as a function of the arrays alone, and the arrays."""
    leaves, tree = jax.tree.flatten((args, options), is_leaf=lambda x: x is None)
    arrays = [x for x in leaves if is_array(x)]

    def g(*values):
        values = iter(values)
        a, o = jax.tree.unflatten(tree, [next(values) if is_array(x) else x for x in leaves])
        return f(*a, **o)

    return g, arrays


# -- names ------------------------------------------------------------------------------------

NAMES = {"atleast1d": "atleast_1d", "atleast2d": "atleast_2d", "atleast3d": "atleast_3d", "mT": "mT"}
LISTS = {"np.array", "np.asarray", "np.block"}


def snake(name):
    return NAMES.get(name) or re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: "_" + m[1].lower(), name)


def to_lists(x):
    return [to_lists(v) for v in x] if isinstance(x, tuple) else x


def index(entry):
    """An entry of an index: what was a list is an array, as JAX asks."""
    return jnp.asarray(entry) if isinstance(entry, tuple) else entry


def dimension_numbers(given, kind):
    return kind(**{snake(k): v for k, v in given.items()})


def lax_gather(x, indices, dims, sizes, **options):
    dims = dimension_numbers(dims, lax.GatherDimensionNumbers)
    return lax.gather(x, indices, dims, sizes, **options)


def lax_scatter(name, x, indices, updates, dims, **options):
    dims = dimension_numbers(dims, lax.ScatterDimensionNumbers)
    return getattr(lax, name)(x, indices, updates, dims, **options)


def lax_reduce_window(x, init, op, *args, **options):
    return lax.reduce_window(x, init, getattr(lax, op), *args, **options)


def threefry(keys, x0, x1):
    return threefry2x32_p.bind(keys[0], keys[1], x0, x1)


SPECIAL = {"lax.gather": lax_gather, "lax.reduceWindow": lax_reduce_window, "lax.threefry2x32": threefry}
for scatter in ["scatter", "scatterAdd", "scatterSub", "scatterMul", "scatterMin", "scatterMax"]:
    SPECIAL["lax." + scatter] = partial(lax_scatter, snake(scatter))


def function(row):
    """What the row calls, as a function of its decoded arguments and options."""
    call, python = row["call"], row.get("python")
    if python is not None:
        scope = {"jax": jax, "jnp": jnp, "np": np, "lax": lax, "jit": jax.jit, "partial": partial}
        if python.startswith("lambda"):
            return eval(python, scope)
        exec(python, scope)
        return scope["f"]
    if call in SPECIAL:
        return SPECIAL[call]
    module, name = call.split(".")
    if module == "array":
        attribute = getattr(jax.Array, snake(name))
        if isinstance(attribute, property):
            return lambda x: getattr(x, snake(name))
        return lambda x, *args, **options: getattr(x, snake(name))(*args, **options)
    if module == "at":
        def at(x, key, *values, **options):
            key = tuple(map(index, key)) if isinstance(key, tuple) else key
            return getattr(x.at[key], name)(*values, **options)
        return at
    f = getattr({"np": jnp, "lax": lax}[module], snake(name))
    if call in LISTS:
        return lambda *args, **options: f(*map(to_lists, args), **options)
    return f


# -- values -----------------------------------------------------------------------------------

PRECISE = {
    "acos": np.arccos, "acosh": np.arccosh, "asin": np.arcsin, "asinh": np.arcsinh,
    "atan": np.arctan, "atanh": np.arctanh, "atan2": np.arctan2, "pow": np.power,
    "rsqrt": lambda x: 1 / np.sqrt(x), "logistic": lambda x: 1 / (1 + np.exp(-x)), "erf": scipy.special.erf,
    "erfc": scipy.special.erfc, "erfInv": scipy.special.erfinv, "lgamma": scipy.special.gammaln,
    "digamma": scipy.special.psi, "cumlogsumexp": lambda x, axis=0: np.logaddexp.accumulate(x, axis),
    "integerPow": np.power, "reciprocal": np.reciprocal,
}  # fmt: skip


def widen(x):
    if not is_array(x):
        return x
    return np.asarray(x).astype(np.complex128 if jnp.iscomplexobj(x) else np.float64)


def precise(row, args, options):
    """The result in float64, by NumPy or SciPy."""
    module, name = row["call"].split(".")
    f = PRECISE.get(name) if module == "lax" else None
    f = f or getattr(np, snake(name))
    with np.errstate(all="ignore"):
        return f(*jax.tree.map(widen, args), **jax.tree.map(widen, options))


def show(leaf):
    """A leaf as text: type and bits of an array, `=` and the value of anything else."""
    if isinstance(leaf, (jax.Array, np.ndarray, np.generic)):
        weak = "~" if getattr(leaf, "weak_type", False) else ""
        x = np.asarray(leaf)
        data = base64.b64encode(np.ascontiguousarray(x).tobytes()).decode()
        return f"{weak}{SHORT[x.dtype.name]}[{','.join(map(str, x.shape))}] {data}".rstrip()
    if isinstance(leaf, np.dtype) or (isinstance(leaf, type) and issubclass(leaf, np.generic)):
        return f"={np.dtype(leaf).name}"
    return f"={json.dumps(leaf)}"


def evaluate(row):
    f = function(row)
    args = [decode(a) for a in row["args"]]
    options = {snake(k): decode(v) for k, v in row["options"].items()}
    result = f(*args, **options)
    leaves = jax.tree.leaves(result)
    answer = {}
    if row.get("precise"):
        answer["precise"] = True
        exact = jax.tree.leaves(precise(row, args, options))
        with np.errstate(all="ignore"):
            leaves = [np.asarray(e).astype(x.dtype).reshape(x.shape) for x, e in zip(leaves, exact)]
        weak = ["~" if x.weak_type else "" for x in jax.tree.leaves(result)]
        answer["out"] = [w + show(x) for w, x in zip(weak, leaves)]
    else:
        answer["out"] = [show(x) for x in leaves]
    g, arrays = traced(f, args, options)
    try:
        program = jax.make_jaxpr(g)(*arrays)
    except Exception as error:  # a shape or an index depends on values
        answer["untraceable"] = type(error).__name__
        return answer
    if row.get("jaxpr"):
        answer["jaxpr"] = re.sub(r"np\.int64\((-?\d+)\)", r"\1", str(program))
    return answer


def sentence(error):
    """An error's first paragraph, without the lines that say where in a file."""
    lines = str(error).split("\n\n")[0].split("\n")
    if type(error).__module__.startswith("jax"):  # these go on about Python
        lines = lines[:1]
    text = "\n".join(line for line in lines if not re.search(r"\.py\"?:\d|<string>|JAX_DUMP", line))
    return re.sub(r" at 0x[0-9a-f]+", "", text)


def is_known(row):
    """Whether the row's answer of an earlier run still says all that is asked."""
    known = row.get("known")
    if row.get("python") is not None:  # which may have changed
        return False
    if known is None or "error" in known:
        return known is not None and bool(row.get("throws"))
    told = "untraceable" in known or ("jaxpr" in known) == bool(row.get("jaxpr"))
    return told and not row.get("throws") and bool(known.get("precise")) == bool(row.get("precise"))


def answer(row, complain):
    if is_known(row):
        return row["known"]
    with jax.enable_x64(bool(row.get("x64"))), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = evaluate(row)
        except Exception as error:
            if not row.get("throws"):
                complain(f"{row['key']}: {type(error).__name__}: {error}")
            return {"error": f"{type(error).__name__}: {sentence(error)}"}
        if row.get("throws") is True:
            complain(f"{row['key']}: does not throw")
        return result


def main():
    complaints = []
    for line in sys.stdin:
        table = json.loads(line)
        answers = {row["key"]: answer(row, complaints.append) for row in table["rows"]}
        lines = (f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in answers.items())
        (FOLDER / f"{table['name']}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
        print(f"{table['name']}: {len(answers)} cases", file=sys.stderr)
        jax.clear_caches()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
