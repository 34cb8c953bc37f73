import type { Call, CallOutcome, TraceSite } from "../model/observation.ts";
import type { CompiledFile, SiteInfo } from "../model/compiled.ts";
import type { Facts, Program, SourceProblem } from "../model/program.ts";
import type { Limits } from "../model/limits.ts";
import type { Location, Submission } from "../model/submission.ts";

/** A submission runs as it is, or as an instrumented copy that reports what it computes. */
export type Lane = "plain" | "traced";

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
  | { kind: "calls"; run: string; lane: Lane; calls: readonly Call[]; oneByOne: boolean }
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

export interface CallResult {
  outcome: CallOutcome;
  console: string;
  /** The instance can no longer be relied on; the calls after this one were not tried. */
  spoiled: boolean;
  trace?: Recorded;
}

/** What an instrumented call recorded. */
export interface Recorded {
  sites: TraceSite[];
  cut: boolean;
  changedAt?: Location;
}
