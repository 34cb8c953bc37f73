/**
 * Calls a program that runs as an ordinary module of this process, so that breakpoints and
 * `console.log` work in it. Arguments are built and results are read by the sandbox's own code.
 * Nothing here keeps a hostile program at bay: it is for students, on their own machines.
 */

import { Script } from "node:vm";
import type { Call, CallOutcome, Value } from "../model/observation.ts";
import { changedArguments } from "../sandbox/changes.ts";
import { decodeValues } from "../sandbox/decode.ts";
import { build, buildMatricesOf } from "../sandbox/guest/build.ts";
import { meetStudentRealm, partOf, readThrown, readValues } from "../sandbox/guest/judge.ts";
import { readGetter } from "../sandbox/guest/getters.ts";
import { readView } from "../sandbox/guest/matrices.ts";
import type { StudentRealm } from "../sandbox/guest/read.ts";
import { countMathRandom, random, reseedMathRandom } from "../sandbox/guest/rng.ts";
import { packArguments, mathRandomOf } from "../sandbox/pack.ts";

/** The `Matrix` of the `ml-matrix` that a program imports. */
export type MatrixClass = new (rows: number, columns: number) => object;

export interface OwnProgram {
  /** What the program exports. */
  module: Record<string, unknown>;
  Matrix: MatrixClass;
  /** What one call may take; nothing where a debugger may hold it up. */
  callMs: number | undefined;
}

/** What came of a call in this process. */
export interface Observed {
  outcome: CallOutcome;
  /** False where the sandbox might see it otherwise: an error, a call that took long. */
  sure: boolean;
}

/** The sandbox's engine may be slower by this much. */
const SLOWER = 200;

/** Makes calls in order. Never throws for what the program does. */
export function programCaller(own: OwnProgram): (calls: readonly Call[]) => Observed[] {
  meetStudentRealm({
    prototypes: prototypesOf(own.Matrix),
    readView: readView as StudentRealm["readView"],
    readGetter,
  });
  buildMatricesOf(own.Matrix);
  const state: State = { own, kept: new Map(), exhausted: new Set() };
  return (calls) => calls.map((call) => observe(state, call));
}

interface State {
  own: OwnProgram;
  kept: Map<string, unknown>;
  /** Functions that have run out of time once; as in the sandbox, they get no second chance. */
  exhausted: Set<string>;
}

function prototypesOf(Matrix: MatrixClass) {
  const generator = Object.getPrototypeOf(function* () {}) as { prototype: object };
  return {
    // Views and other matrices share what Matrix itself inherits from.
    matrix: Object.getPrototypeOf(Matrix.prototype) as object,
    promise: Promise.prototype,
    set: Set.prototype,
    error: Error.prototype,
    generator: generator.prototype,
  };
}

function observe(state: State, call: Call): Observed {
  const { own, kept, exhausted } = state;
  const { id, fn } = call;
  const skip = (because: string): Observed => {
    return { outcome: { id, fn, kind: "skipped", because }, sure: false };
  };
  if (exhausted.has(fn)) return skip(`${fn} has already run out of time`);
  if (typeof own.module[fn] !== "function") return skip(`${fn} cannot be called`);
  const given = packArguments(call);
  const values = given.kept.map(({ call: earlier, property }) => {
    const whole = kept.get(earlier);
    return property === undefined ? whole : partOf(whole, property);
  });
  if (values.includes(undefined)) return skip("the call that it builds on did not return");
  const built = build(given.text, given.numbers.buffer as ArrayBuffer, ...values);
  return make({ ...state, call, built });
}

interface Attempt extends State {
  call: Call;
  built: ReturnType<typeof build>;
}

function make({ own, call, kept, exhausted, built }: Attempt): Observed {
  const { id, fn } = call;
  const readable = built.args.filter((_, i) => call.args[i]?.kind !== "rng");
  const before = valuesOf(readable);
  const started = performance.now();
  const restoreRandom = seedMathRandom(mathRandomOf(call));
  let returned: unknown;
  try {
    returned = callWithin(own, fn, built.args);
  } catch (error) {
    const failure = failureOf(error, built.count());
    if (failure.kind === "timed-out") exhausted.add(fn);
    return { outcome: { id, fn, ...failure }, sure: false };
  } finally {
    restoreRandom();
  }
  const took = performance.now() - started;
  if (call.keep === true) kept.set(id, returned);
  const mathRandomDraws = countMathRandom();
  const [value] = valuesOf([returned]);
  if (value === undefined) throw new Error("the reader returned nothing");
  const changed = changedArguments(fn, before, valuesOf(readable));
  const outcome: CallOutcome = {
    ...{ id, fn, kind: "returned", value, mathRandomDraws },
    ...{ draws: built.count(), changedArguments: changed },
  };
  return { outcome, sure: took * SLOWER < (own.callMs ?? Infinity) };
}

function valuesOf(values: unknown[]): Value[] {
  const { text, numbers } = readValues(...values);
  return decodeValues({ text, numbers: new Float64Array(numbers) });
}

/** As in the sandbox, `Math.random` is seeded and counted. @returns what puts it back */
export function seedMathRandom({ seed, end }: { seed: number; end: number }): () => void {
  const { random: original } = Math;
  Math.random = random;
  reseedMathRandom(seed, end);
  return () => {
    Math.random = original;
  };
}

const RUNNING = Symbol.for("dropout-grader.running");
const script = new Script(`globalThis[Symbol.for("dropout-grader.running")]()`);

/** A script's time limit also ends what the script calls: an endless loop in the program. */
function callWithin({ module, callMs }: OwnProgram, fn: string, args: unknown[]): unknown {
  const callee = module[fn] as (...values: unknown[]) => unknown; // a function, as `observe` saw
  if (callMs === undefined) return callee(...args);
  Object.defineProperty(globalThis, RUNNING, { value: () => callee(...args), configurable: true });
  return script.runInThisContext({ timeout: callMs });
}

type Failure =
  | { kind: "timed-out" }
  | { kind: "threw"; name: string; message: string; draws: number };

function failureOf(error: unknown, draws: number): Failure {
  if (Reflect.get(Object(error), "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
    return { kind: "timed-out" };
  }
  const told = JSON.parse(readThrown(error)) as Record<"name" | "message", string>;
  return { kind: "threw", name: told.name, message: told.message, draws };
}
