import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  type Backend,
  backends,
  config,
  type DeviceBuffer,
  getBackend,
  jit,
  lax,
  numpy as np,
  registerBackend,
  setDefaultBackend,
  type TypedArray,
  unregisterBackend,
} from "../../mod.ts";

type A = np.NDArray;

/** What the toy backend was asked to do. */
interface Log {
  uploads: number;
  downloads: number;
  eager: string[];
  jitted: number;
}
interface ToyBuffer extends DeviceBuffer {
  readonly secret: TypedArray;
}
const dataOf = (buffer: DeviceBuffer) => (buffer as ToyBuffer).secret;
const bufferOf = (data: TypedArray): ToyBuffer => ({ bytes: data.byteLength, secret: data });

/** A backend of a user's own, which lets the reference backend compute and keeps a log. */
function toy(options: Partial<Backend> = {}): [Backend, Log] {
  const reference = getBackend("reference");
  const log: Log = { uploads: 0, downloads: 0, eager: [], jitted: 0 };
  const hostOf = (buffer: DeviceBuffer) => reference.upload(dataOf(buffer), np.float32);
  const backend: Backend = {
    name: "toy",
    eager: true,
    device: { platform: "cpu", backend: "toy", id: 0 },
    supports: (dtype) => dtype.name === "float32" || dtype.name === "int32",
    supportsRoutine: (name) => name !== "sort",
    upload(data) {
      log.uploads++;
      return bufferOf(data);
    },
    download: (buffer) => Promise.resolve(dataOf(buffer)),
    peek(buffer) {
      log.downloads++;
      return dataOf(buffer);
    },
    compile(program, { eager }) {
      const inner = reference.compile(program, { eager });
      return {
        run(inputs) {
          if (eager) log.eager.push(program.eqns.map((e) => e.primitive.name).join());
          else log.jitted++;
          const types = program.outvars.map((v) => v.aval);
          return inner.run(inputs.map(hostOf)).map((b, i) =>
            bufferOf(reference.peek(b, types[i])!)
          );
        },
        asText: () => `toy code\n${inner.asText()}`,
        costAnalysis: () => ({ kernels: 42 }),
      };
    },
    free: () => {},
    sync: () => {},
    ...options,
  };
  return [backend, log];
}

/** Runs `body` with a toy backend registered; gives the warnings printed meanwhile. */
function withToy(
  body: (log: Log) => void,
  priority = 10,
  options: Partial<Backend> = {},
): string[] {
  const [backend, log] = toy(options);
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (...args) => warnings.push(args.join(" "));
  registerBackend(backend, { priority });
  try {
    body(log);
  } finally {
    console.warn = warn;
    unregisterBackend("toy");
  }
  return warnings;
}

Deno.test("a backend from outside runs eager and jitted programs", () => {
  const warnings = withToy((log) => {
    const x = np.array([1, 2, 3]);
    assertEquals(x.device.backend, "toy");
    assert(log.uploads > 0);
    const y = np.add(x, 1);
    assertEquals(log.eager, ["add"]);
    assertEquals(y.device.backend, "toy");
    assertEquals(y.tolist(), [2, 3, 4]);
    const f = jit((x: A) => np.sin(x).sum().mul(2));
    const z = f(x);
    assertEquals(log.jitted, 1);
    assertEquals(z.device.backend, "toy");
    assert(Math.abs(Number(z) - 2 * (Math.sin(1) + Math.sin(2) + Math.sin(3))) < 1e-5);
    const compiled = f.lower(x).compile();
    assertStringIncludes(compiled.asText(), "toy code");
    assertEquals(compiled.costAnalysis(), { kernels: 42 });
  });
  assertEquals(warnings, []);
  assertEquals(np.array([1]).device.backend, "reference");
});

Deno.test("arrays stay readable and usable after their backend is gone", () => {
  let x: A | undefined;
  withToy(() => x = np.array([1, 2, 3]).mul(2));
  assertEquals(x!.tolist(), [2, 4, 6]);
  const y = np.add(x!, 1);
  assertEquals(y.tolist(), [3, 5, 7]);
  assertEquals(y.device.backend, "reference");
  assertEquals(jit((x: A) => x.add(1))(x!).device.backend, "reference");
});

Deno.test("a dtype that a backend lacks goes to the next one, with a named warning", () => {
  const warnings = withToy((log) => {
    const x = np.array([1, 2, 3]);
    const before = log.eager.length;
    const half = x.astype("float16");
    assertEquals(log.eager.length, before);
    assertEquals(half.device.backend, "reference");
    assertEquals(half.add(1).tolist(), [2, 3, 4]);
    const f = jit((x: A) => x.astype("float16").mul(0.5).astype("float32"));
    assertEquals(f(x).tolist(), [0.5, 1, 1.5]);
    assertEquals(log.jitted, 0, "what is inside the program counts, too");
    const back = f(x).add(x);
    assertEquals(back.tolist(), [1.5, 3, 4.5]);
    assertEquals(back.device.backend, "toy");
  });
  assertEquals(warnings, [
    "Warning (backend-fallback): the toy backend does not support float16; the reference backend " +
    "runs this instead, and data may move between them",
  ]);
});

Deno.test("a routine that a backend lacks goes to the next one", () => {
  const warnings = withToy((log) => {
    assertEquals(np.sort(np.array([3, 1, 2])).tolist(), [1, 2, 3]);
    assertEquals(np.cumsum(np.array([3, 1, 2])).tolist(), [3, 4, 6]);
    assertEquals(jit((x: A) => np.sort(x).add(1))(np.array([3, 1, 2])).tolist(), [2, 3, 4]);
    assertEquals(log.jitted, 0);
  });
  assertEquals(warnings, [
    "Warning (backend-fallback): the toy backend does not support routine sort; the reference " +
    "backend runs this instead, and data may move between them",
  ]);
});

Deno.test("the warning can be silenced", () => {
  config.silencedWarnings.add("backend-fallback");
  try {
    const warnings = withToy(() => {
      assertEquals(np.array([1, 2]).astype("uint8").tolist(), [1, 2]);
    });
    assertEquals(warnings, []);
  } finally {
    config.silencedWarnings.delete("backend-fallback");
  }
});

Deno.test("what no backend supports is an error that says so", () => {
  withToy(() => {
    const x = np.array([1, 2, 3]);
    const reference = getBackend("reference");
    unregisterBackend("reference");
    try {
      assertThrows(
        () => x.astype("float16"),
        TypeError,
        "No registered backend supports float16: tried toy",
      );
    } finally {
      registerBackend(reference);
    }
  });
});

Deno.test("the highest priority runs new programs", () => {
  withToy((log) => {
    assertEquals(backends().map((b) => b.name), ["reference", "toy"]);
    assertEquals(np.array([1]).add(1).device.backend, "reference");
    assertEquals(log.jitted + log.eager.length, 0);
  }, -1);
  withToy(() => assertEquals(backends().map((b) => b.name), ["toy", "reference"]), 1);
});

Deno.test("a backend that is not for eager code runs jitted programs only", () => {
  withToy(
    (log) => {
      const x = np.array([1, 2, 3]);
      assertEquals(x.add(1).device.backend, "reference");
      const y = jit((x: A) => x.add(1))(x);
      assertEquals(y.device.backend, "toy");
      assertEquals([log.eager.length, log.jitted], [0, 1]);
      assertEquals(y.add(x).device.backend, "reference", "a CPU's array comes back");
    },
    10,
    { eager: false },
  );
});

Deno.test("eager code goes to the accelerator that an operand is on", () => {
  withToy(
    (log) => {
      const x = np.array([1, 2, 3]);
      const y = jit((x: A) => x.mul(2))(x);
      const z = np.add(x, y);
      assertEquals(z.device.platform, "gpu");
      assertEquals(z.tolist(), [3, 6, 9]);
      assertEquals(log.eager, ["add"]);
    },
    10,
    { eager: false, device: { platform: "gpu", backend: "toy", id: 0 } },
  );
});

Deno.test("`setDefaultBackend()` insists, whatever the priorities", () => {
  withToy(() => {
    setDefaultBackend("toy");
    try {
      assertEquals(getBackend().name, "toy");
      assertEquals(np.array([1]).device.backend, "toy");
    } finally {
      setDefaultBackend(undefined);
    }
    assertEquals(getBackend().name, "reference");
  }, -1);
});

Deno.test("`jit(f, { backend })` runs on the backend of that name", () => {
  withToy((log) => {
    const f = jit((x: A) => x.add(1), { backend: "toy" });
    assertEquals(f(np.array([1])).device.backend, "toy");
    assertEquals(log.jitted, 1);
    assertEquals(jit((x: A) => f(x).mul(2))(1).item(), 4);
  }, -1);
  const missing = jit((x: A) => x, { backend: "tpu" });
  assertThrows(
    () => missing(1),
    RangeError,
    "Unknown backend: 'tpu' requested, but no such backend is registered. Available backends are: " +
      "reference",
  );
  assertThrows(() => setDefaultBackend("tpu"), RangeError, "Unknown backend: 'tpu'");
});

Deno.test("a backend that can't be read at once is read with `await`", async () => {
  let y: A | undefined;
  withToy(
    () => y = jit((x: A) => x.mul(2))(np.array([1, 2])),
    10,
    { eager: false, peek: () => undefined },
  );
  assertThrows(
    () => y!.tolist(),
    TypeError,
    "The toy backend can't be read synchronously on this runtime: use `await x.data()` instead",
  );
  assertEquals(Array.from(await y!.data() as Int32Array), [2, 4]);
});

Deno.test("a backend of a name that is taken replaces the one before", () => {
  withToy((before) => {
    const f = jit((x: A) => x.add(1));
    f(np.array([1]));
    assertEquals(before.jitted, 1);
    const [again, log] = toy();
    registerBackend(again, { priority: 20 });
    assertEquals(backends().length, 2);
    np.array([1]).add(1);
    assertEquals(log.eager, ["add"]);
    assertEquals(f(np.array([1])).device.backend, "toy");
    assertEquals([before.jitted, log.jitted], [1, 1], "compiled anew");
  });
});

Deno.test("a routine inside a composite goes to the next backend, too", () => {
  const warnings = withToy(
    (log) => {
      const f = jit((x: A) => lax.approxMaxK(x, 2)[0]);
      assertEquals(f(np.array([1.5, 3.5, 2.5])).tolist(), [3.5, 2.5]);
      assertEquals(log.jitted, 0);
    },
    10,
    { supportsRoutine: () => false },
  );
  assertEquals(warnings.length, 1);
  assertStringIncludes(warnings[0], "the toy backend does not support routine top_k");
});
