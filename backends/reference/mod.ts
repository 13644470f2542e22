/** The reference backend: plain JavaScript on the host's typed arrays, every dtype, synchronous. */
import type { ShapedArray } from "../../core/aval.ts";
import type { Backend, DeviceBuffer, Executable } from "../../core/backend.ts";
import type { TypedArray } from "../../core/dtype.ts";
import type { Jaxpr } from "../../core/jaxpr.ts";
import { compileProgram } from "./compile.ts";
import { eagerStep } from "./eager.ts";

interface HostBuffer extends DeviceBuffer {
  readonly data: TypedArray;
}
function wrap(data: TypedArray): HostBuffer {
  return { bytes: data.byteLength, data };
}
function unwrap(buffer: DeviceBuffer): TypedArray {
  return (buffer as HostBuffer).data;
}

/** A program of one equation on its own inputs: eager code. */
function compileEager(jaxpr: Jaxpr): Executable {
  const step = eagerStep(jaxpr.eqns[0]);
  return {
    run: (inputs) => step.run(inputs.map(unwrap)).map(wrap),
    asText: () => step.text,
    costAnalysis: () => ({ kernels: 1 }),
  };
}

function compileJitted(jaxpr: Jaxpr): Executable {
  const program = compileProgram(jaxpr);
  return {
    run: (inputs) => program.run(inputs.map(unwrap)).map(wrap),
    asText: () => program.text,
    costAnalysis: () => program.cost,
  };
}

/**
 * The backend that is always there. Eager code runs operation by operation, a jitted program as
 * fused loops; both are JavaScript made for the shapes at hand.
 */
export const reference: Backend = {
  name: "reference",
  eager: true,
  device: Object.freeze({
    platform: "cpu",
    backend: "reference",
    id: 0,
    toString: () => "CpuDevice(id=0)",
  }),
  supports: () => true,
  supportsRoutine: () => true,
  upload: (data) => wrap(data),
  download: (buffer, _aval: ShapedArray) => Promise.resolve(unwrap(buffer)),
  peek: (buffer) => unwrap(buffer),
  compile: (program, { eager }) => eager ? compileEager(program) : compileJitted(program),
  free: () => {},
  sync: () => {},
};
