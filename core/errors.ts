/** The errors that JAX names, with JAX's sentences. */

const link = (name: string) => `See https://docs.jax.dev/en/latest/errors.html#jax.errors.${name}`;

/** A traced value was used where a concrete one is needed. */
export class ConcretizationTypeError extends TypeError {
  /** The name of the class. */
  override readonly name: string = "ConcretizationTypeError";
  /** `value` describes the tracer, `context` what was done with it, `origin` where it came from. */
  constructor(value: string, context = "", origin = "") {
    super(
      `Abstract tracer value encountered where concrete value is expected: ${value}\n` +
        `${context}${origin}\n\n${link("ConcretizationTypeError")}`,
    );
  }
}

/** A traced value was asked for its truth. */
export class TracerBoolConversionError extends ConcretizationTypeError {
  /** The name of the class. */
  override readonly name: string = "TracerBoolConversionError";
  /** `value` describes the tracer, `origin` says where it came from. */
  constructor(value: string, origin = "") {
    super(value);
    this.message = `Attempted boolean conversion of ${value}.${origin}\n` +
      link("TracerBoolConversionError");
  }
}

/** A traced value was used as an index or a count. */
export class TracerIntegerConversionError extends TypeError {
  /** The name of the class. */
  override readonly name: string = "TracerIntegerConversionError";
  /** `value` describes the tracer, `origin` says where it came from. */
  constructor(value: string, origin = "") {
    super(
      `The value of ${value} was needed as an integer index${origin}\n` +
        link("TracerIntegerConversionError"),
    );
  }
}

/** A traced value was converted to host data. */
export class TracerArrayConversionError extends TypeError {
  /** The name of the class. */
  override readonly name: string = "TracerArrayConversionError";
  /** `value` describes the tracer, `origin` says where it came from. */
  constructor(value: string, origin = "") {
    super(
      `The host data of ${value} was asked for${origin}\n` + link("TracerArrayConversionError"),
    );
  }
}

/** A boolean mask whose values are not known selects an unknown number of elements. */
export class NonConcreteBooleanIndexError extends RangeError {
  /** The name of the class. */
  override readonly name: string = "NonConcreteBooleanIndexError";
  /** `value` is the type of the mask. */
  constructor(value: string) {
    super(
      `Array boolean indices must be concrete; got ${value}\n\n` +
        link("NonConcreteBooleanIndexError"),
    );
  }
}

/** A tracer outlived the transformation that made it. */
export class UnexpectedTracerError extends TypeError {
  /** The name of the class. */
  override readonly name: string = "UnexpectedTracerError";
  /** `value` is the type of the tracer, `made` says what made it. */
  constructor(value: string, made: string) {
    super(
      `Encountered an unexpected tracer. A function transformed by JAX had a side effect, ` +
        `allowing for a reference to an intermediate value with type ${value} wrapped in a ` +
        `DynamicJaxprTracer to escape the scope of the transformation.\nJAX transformations ` +
        `require that functions explicitly return their outputs, and disallow saving intermediate ` +
        `values to global state.\n${made}\n${link("UnexpectedTracerError")}`,
    );
  }
}

/** Prints a shape as JAX does: `()`, `(3,)`, `(3, 4)`. */
export function showShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${show(shape[0])},)` : `(${shape.map(show).join(", ")})`;
}

/** A value in its own words; objects that have none are named by {@linkcode describe}. */
export function show(value: unknown): string {
  const mute = typeof value === "object" && value?.toString === Object.prototype.toString;
  return mute ? describe(value) : String(value);
}

/** Names a value in an error text: its type, and the value itself where that is short. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `function ${value.name || "<lambda>"}`;
  if (typeof value === "object") return `an object of class ${value.constructor?.name ?? "Object"}`;
  return `${typeof value} ${String(value)}`;
}
