/**
 * What goes into the sandbox and what comes out of it: numbers and their shapes, never an
 * expected value. Everything here is plain data that survives a structured clone.
 */

import type { FunctionName, Location } from "./submission.ts";

/** A rectangle of numbers in row-major order: entry (i, j) is `data[i * cols + j]`. */
export interface Block {
  rows: number;
  cols: number;
  data: Float64Array;
}

/**
 * How a program holds a rectangle of numbers: an `ml-matrix` Matrix, an array of arrays, an
 * array of typed arrays, one flat array (a vector), or a single number.
 */
export type Container = "Matrix" | "rows" | "typed-rows" | "flat" | "typed-flat" | "number";

/** A rectangle of numbers together with the way a program holds it. */
export interface MatrixValue {
  kind: "matrix";
  block: Block;
  container: Container;
  /** `boolean` where every entry was `true` or `false`; the block then holds 1 and 0. */
  element: "number" | "boolean";
  /** The constructor of typed rows, as in `Float32Array`; absent for other containers. */
  typed?: string;
}

/** An object with named values, such as the cache. The record has no prototype. */
export interface RecordValue {
  kind: "record";
  entries: Record<string, Value>;
}

/** Anything else, in words a student understands: "undefined", "a promise", "rows of different lengths (3 and 2)". */
export interface OtherValue {
  kind: "other";
  what: string;
}

/** A value as it was read out of the sandbox, once. */
export type Value = MatrixValue | RecordValue | OtherValue;

/** An argument to build inside the sandbox. */
export type Arg =
  | MatrixValue
  | { kind: "record"; entries: Record<string, Arg> }
  | { kind: "scalar"; value: number }
  /** A random source: a function that returns these numbers in order, then goes on with others of its own. */
  | { kind: "rng"; draws: Float64Array }
  /** The very object that an earlier call (`keep: true`) returned, or one of its properties. */
  | { kind: "kept"; call: string; property?: string };

/** 0 or 1. */
export type Extreme = "low" | "high";

/** One call of one student function. */
export interface Call {
  id: string;
  fn: FunctionName;
  args: Arg[];
  /** Keep what is returned, so that a later call can be given it by `id`. */
  keep?: boolean;
  /** By position: arguments that name the same here are the very same object, filled anew. */
  objects?: string[];
  /** Draws the same numbers from `Math.random` as the call of this id. */
  randomOf?: string;
  /** The end that most numbers from `Math.random` are next to: what drops units, however seldom, drops most. */
  extreme?: Extreme;
  /** In a traced call: find the place that changes an argument. */
  watch?: boolean;
}

/** How a call ended. All that a submission can do ends in one of these. */
export type CallOutcome = { id: string; fn: FunctionName } & (
  | {
      kind: "returned";
      value: Value;
      /** How many numbers were drawn from the `rng` that was passed, and from `Math.random`. */
      draws: number;
      mathRandomDraws: number;
      /** Arguments that differ after the call, as in `X`, `parameters.W1`, `cache.A2`. */
      changedArguments: string[];
    }
  | {
      kind: "threw";
      name: string;
      message: string;
      /** The student's own innermost frame, in the student's own lines and columns. */
      at?: Location;
      draws: number;
    }
  | { kind: "stack-overflow"; at?: Location }
  | { kind: "out-of-memory" }
  | { kind: "timed-out" }
  /** The sandbox itself broke under this call. Counts as the submission's doing. */
  | { kind: "crashed"; message: string }
  /** Not tried, since this function has already run out of time, or the submission of its total. */
  | { kind: "skipped"; because: string }
);

/** A call's outcome when it gave an answer. */
export type Returned = Extract<CallOutcome, { kind: "returned" }>;

/** What one place in the source held, over all the times that it ran, in order. */
export interface TraceSite {
  location: Location;
  /**
   * Which part of a statement: a whole value, or an operand of `*`, `/`, a comparison or a method;
   * `given`: to a function; `loop`: what a counter begins with (`start`), and whether the loop goes on
   * (`next`), both located at its head.
   */
  role: "value" | "operand" | "argument" | "return" | "given" | "loop";
  /** For `value`: the name that the value was given, when it was given one. */
  name?: string;
  /** The name is that of a property in `{ … }`. */
  isProperty?: true;
  /** For operands and results of operators: the operator, as in `*`, `/`, `<`, `*=`; for calls: the method's name. */
  operator?: string;
  /** The variable that is handed on as it is, by the first name of the chain: nothing is made here. */
  reads?: string;
  /** For the call of a method: the variable that it is called on, by the first name of the chain. */
  on?: string;
  /** The variable that holds the value, or that the call changes. */
  changes?: string;
  /** The head of the counting loop directly around it. */
  loop?: Location;
  /** Tells the functions of a file apart. */
  scope?: number;
  /** Position in the order in which sites first ran, from 0. */
  order: number;
  values: TraceValue[];
}

/** A number or a rectangle of numbers; `at` orders all the values of a trace. */
export interface TraceValue {
  at: number;
  value: number | Block;
}

/** The records of one call of an instrumented copy. */
export interface Trace {
  outcome: CallOutcome;
  sites: TraceSite[];
  /** True where recording stopped at its size limit. */
  cut: boolean;
  /** The first place after which X, Y, the parameters or the cache no longer were what they had been. */
  changedAt?: Location;
}
