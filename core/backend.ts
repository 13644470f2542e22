/** The boundary between programs and hardware, and the registry of what there is. */
import type { ShapedArray } from "./aval.ts";
import type { DType, TypedArray } from "./dtype.ts";
import type { Jaxpr } from "./jaxpr.ts";
import type { Device, RoutineName } from "./trace.ts";

/** A handle to memory of a backend. Its contents never change once it is an array's. */
export interface DeviceBuffer {
  /** Size in bytes. */
  readonly bytes: number;
}

/** A compiled program. */
export interface Executable {
  /** Enqueues the program on buffers of this backend; returns at once. */
  run(inputs: readonly DeviceBuffer[]): DeviceBuffer[];
  /** The code that runs, for people to read. */
  asText(): string;
  /** What a call costs, as far as it is known. */
  costAnalysis(): Record<string, number>;
}

/** How to compile. */
export interface CompileOptions {
  /** The program is one equation of eager code: favour a quick, plain translation. */
  readonly eager: boolean;
}

/** What runs programs. {@linkcode registerBackend} adds one. */
export interface Backend {
  /** The name users choose it by. */
  readonly name: string;
  /** Whether eager operations on host data run here; if not, only jitted programs do. */
  readonly eager: boolean;
  /** Whether arrays of this dtype can be held and computed with. */
  supports(dtype: DType): boolean;
  /** Whether the backend brings this algorithm. */
  supportsRoutine(name: RoutineName): boolean;
  /** Puts host data into a new buffer. The data is given away: it will not change. */
  upload(data: TypedArray, dtype: DType): DeviceBuffer;
  /** The data of a buffer, once it is computed. */
  download(buffer: DeviceBuffer, aval: ShapedArray): Promise<TypedArray>;
  /** The data of a buffer, at once; `undefined` if this backend has no way to. */
  peek(buffer: DeviceBuffer, aval: ShapedArray): TypedArray | undefined;
  /** Makes a program executable. */
  compile(program: Jaxpr, options: CompileOptions): Executable;
  /** Lets go of a buffer before its owner is collected. */
  free(buffer: DeviceBuffer): void;
  /** Waits until all enqueued work is done. */
  sync(): void;
  /** What `x.device` says. */
  readonly device: Device;
}

const registry = new Map<string, { readonly backend: Backend; readonly priority: number }>();
let insisted: string | undefined;
let ordered: readonly Backend[] = [];

function reorder(): void {
  const rank = (name: string, priority: number) => name === insisted ? Infinity : priority;
  ordered = [...registry.values()]
    .sort((a, b) => rank(b.backend.name, b.priority) - rank(a.backend.name, a.priority))
    .map((entry) => entry.backend);
}

const METHODS = [
  "supports",
  "supportsRoutine",
  "upload",
  "download",
  "peek",
  "compile",
  "free",
  "sync",
] as const satisfies readonly (keyof Backend)[];
/** Throws unless a backend has a name and can do what {@linkcode Backend} asks of it. */
function checkBackend(backend: Backend): void {
  const given = backend as Partial<Backend> | null | undefined;
  if (typeof given?.name !== "string" || given.name === "") {
    throw new TypeError("registerBackend takes an object with a name; see the interface Backend");
  }
  const missing = METHODS.filter((m) => typeof given[m] !== "function");
  if (missing.length > 0) {
    throw new TypeError(`The backend ${given.name} has no method ${missing.join(", ")}`);
  }
}

/**
 * Adds a backend, or replaces the one of that name. The highest priority that is registered runs
 * new programs; what it does not support goes to the next.
 *
 * @example A backend that does nothing new
 * ```ts
 * import { assert } from "@std/assert";
 * import { getBackend, numpy as np, registerBackend } from "../mod.ts";
 * registerBackend({ ...getBackend("reference"), name: "mine" }, { priority: -1 });
 * assert(np.add(1, 2).device.backend === "reference");
 * ```
 */
export function registerBackend(backend: Backend, options: { priority?: number } = {}): void {
  checkBackend(backend);
  registry.set(backend.name, { backend, priority: options.priority ?? 0 });
  reorder();
}

/** Removes a backend; arrays that live on it stay readable. */
export function unregisterBackend(name: string): void {
  registry.delete(name);
  if (insisted === name) insisted = undefined;
  reorder();
}

/** All backends, the preferred first. */
export function backends(): readonly Backend[] {
  return ordered;
}

/** The preferred backend of those that run eager code: where arrays of host data begin. */
export function eagerBackend(): Backend {
  return ordered.find((b) => b.eager) ?? getBackend();
}

/**
 * The backend of a name; without one, the preferred backend.
 *
 * @throws {RangeError} if there is no backend of that name.
 */
export function getBackend(name?: string): Backend {
  const backend = name === undefined ? ordered[0] : registry.get(name)?.backend;
  if (backend === undefined) {
    throw new RangeError(
      name === undefined
        ? "No backend is registered; import denojax's mod.ts, or call registerBackend"
        : `Unknown backend: '${name}' requested, but no such backend is registered. Available ` +
          `backends are: ${backends().map((b) => b.name).join(", ")}`,
    );
  }
  return backend;
}

/** Makes a backend the preferred one, whatever the priorities; `undefined` undoes that. */
export function setDefaultBackend(name: string | undefined): void {
  if (name !== undefined) getBackend(name);
  insisted = name;
  reorder();
}
