import type { CallOutcome, Returned } from "../model/observation.ts";
import type { CompiledFile, SiteInfo } from "../model/compiled.ts";
import type { Facts, Program, SourceProblem } from "../model/program.ts";
import type { Limits } from "../model/limits.ts";
import type { FunctionName, Submission } from "../model/submission.ts";
import type { Reading } from "./decode.ts";
import type { KeptArg } from "./pack.ts";

/**
 * A submission runs as it is, once more so for what it does as the first of all, or as an instrumented
 * copy that reports what it computes. Marks hang on the first two: a copy can be told from a program.
 */
export type Lane = "plain" | "alone" | "traced";

/** A program that is ready to run in one lane. */
export interface Prepared {
  files: CompiledFile[];
  /** Keyed `${from}\n${specifier}`, to a path in `files`. */
  imports: Record<string, string>;
  /** The places that an instrumented copy reports from; absent for the plain program. */
  sites?: SiteInfo[];
}

/** From the supervisor to the worker. `run` is one opened submission. */
export type Request =
  /** Makes a fresh instance. What was prepared before is handed in again, so that a worker which takes over need not load the compiler. */
  | {
      kind: "open";
      run: string;
      lane: Lane;
      submission: Submission;
      limits: Limits;
      imports: Record<string, string>;
      prepared?: Prepared;
    }
  /** `oneByOne`: says at once what came of each call, in case the next one costs the worker its life. */
  | { kind: "calls"; run: string; lane: Lane; calls: readonly PackedCall[]; oneByOne: boolean }
  | { kind: "close"; run: string };

/** From the worker to the supervisor. */
export type Reply =
  | { kind: "ready" }
  /** The compiler has been loaded, and starts on the source. */
  | { kind: "reading"; run: string }
  /** The source has been read. */
  | { kind: "prepared"; run: string; prepared: Prepared; problems: SourceProblem[]; facts: Facts }
  /** The program's modules run next. */
  | { kind: "importing"; run: string }
  | ({ kind: "opened"; run: string; console: string } & Pick<
      Program,
      "problems" | "callable" | "otherExports"
    >)
  /** What came of the calls since the last message, in order. */
  | { kind: "outcomes"; run: string; results: CallResult[] }
  /** All calls were made, or none are left that this instance can make. */
  | { kind: "done"; run: string }
  /** The grader's own error; the submission is not to blame. */
  | { kind: "fault"; run: string; message: string };

/** A call as it crosses to the worker: a text, and all its numbers in one buffer. */
export interface PackedCall {
  id: string;
  fn: FunctionName;
  /** The `BuildText` as JSON. */
  text: string;
  numbers: Float64Array;
  kept: KeptArg[];
  seed: number;
  /** For `Math.random`: the end that its numbers are next to, 1 or -1; 0 for numbers from everywhere. */
  end: number;
  /** Of the arguments, those that are values: all but the random source. */
  readable: boolean[];
  /** Only reading can tell what the arguments are like before the call. */
  readFirst: boolean;
  keep: boolean;
  watch: boolean;
}

/** How a call ended. What it returned is as it was read, and still to be believed. */
export type RawOutcome =
  | Exclude<CallOutcome, { kind: "returned" }>
  | (Omit<Returned, "value" | "changedArguments"> & {
      /** What was returned, and after it the arguments as they were then. */
      reading: Reading;
      before?: Reading;
    });

export interface CallResult {
  outcome: RawOutcome;
  console: string;
  /** The instance can no longer be relied on; the calls after this one were not tried. */
  spoiled: boolean;
  recording?: RawRecording;
}

/** What an instrumented call recorded, as the recorder wrote it. */
export interface RawRecording {
  records: Float64Array;
  cut: boolean;
  /** The sites that reported last before, and first after, an argument had changed; -1 for none. */
  changedBefore: number;
  changedBy: number;
}
