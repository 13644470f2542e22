/**
 * Asks JAX about the cases that have no answer yet, or with `--all` about every one:
 * `deno task golden` for all tables, `deno task golden NAME …` for those named. The environment's
 * PYTHON has to have JAX 0.10, NumPy 2 and SciPy.
 */
import { type Arg, type Case, Data, isOptions, keyOfCase, PythonFloat } from "../cases/case.ts";
import { tables } from "../cases/mod.ts";
import { Slice } from "../../core/methods.ts";

/** An argument as JSON that says its kind where JSON's own would not do. */
function encode(arg: Arg, x64 = false): unknown {
  if (arg instanceof Data) {
    const { dtype, shape, weak, bytes } = arg;
    return { kind: "array", dtype, shape, weak, data: bytes.toBase64() };
  }
  if (arg instanceof PythonFloat) return { kind: "float", value: text(arg.value) };
  if (arg instanceof Slice) {
    return { kind: "slice", parts: [arg.start, arg.stop, arg.step] };
  }
  if (typeof arg === "bigint") return { kind: "int", value: String(arg) };
  if (typeof arg === "number") {
    const largest = x64 ? Number.MAX_SAFE_INTEGER : 2 ** 31 - 1;
    return Number.isInteger(arg) && !Object.is(arg, -0) && Math.abs(arg) <= largest
      ? arg
      : { kind: "float", value: text(arg) };
  }
  if (arg === "...") return { kind: "ellipsis" };
  if (Array.isArray(arg)) return arg.map((a) => encode(a, x64));
  if (typeof arg !== "object" || arg === null) return arg;
  if (typeof (arg as { re?: unknown }).re === "number") {
    const { re, im } = arg as { re: number; im: number };
    return { kind: "complex", re: text(re), im: text(im) };
  }
  const entries = Object.entries(arg).map(([k, v]) => [k, encode(v, x64)]);
  return { kind: "dict", value: Object.fromEntries(entries) };
}
function text(x: number): string {
  return Object.is(x, -0) ? "-0.0" : String(x).replace("Infinity", "inf");
}

function row({ call, args, ...how }: Case & { run?: unknown }): unknown {
  const last = args.at(-1);
  const split = isOptions(last);
  const { run: _run, ...flags } = how;
  return {
    call,
    key: keyOfCase({ call, args, ...how }),
    args: (split ? args.slice(0, -1) : args).map((a) => encode(a, how.x64)),
    options: split
      ? Object.fromEntries(Object.entries(last).map(([k, v]) => [k, encode(v, how.x64)]))
      : {},
    ...flags,
  };
}

/** The answers there are. */
function known(name: string): Record<string, unknown> {
  if (Deno.args.includes("--all")) return {};
  try {
    return JSON.parse(Deno.readTextFileSync(new URL(`${name}.json`, import.meta.url)));
  } catch {
    return {};
  }
}

const named = Deno.args.filter((arg) => arg !== "--all");
const dump = (named.length > 0 ? named : Object.keys(tables)).map((name) => {
  const answers = known(name);
  const rows = tables[name].map((c) => {
    const { key, ...rest } = row(c) as { key: string };
    return { key, ...rest, known: answers[key] };
  });
  const keys = rows.map((r) => r.key);
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i);
  if (twice.length > 0) throw new Error(`cases of one name in ${name}: ${twice.join(", ")}`);
  return JSON.stringify({ name, rows });
});
const script = new URL("generate.py", import.meta.url).pathname;
const python = new Deno.Command(Deno.env.get("PYTHON") ?? "python3", {
  args: [script],
  stdin: "piped",
}).spawn();
const input = python.stdin.getWriter();
for (const line of dump) await input.write(new TextEncoder().encode(line + "\n"));
await input.close();
Deno.exit((await python.status).code);
