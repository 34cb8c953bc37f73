import type { Call, CallOutcome, TraceSite } from "../model/observation.ts";
import type { Facts, Program, SourceProblem } from "../model/program.ts";
import type { Limits } from "../model/limits.ts";
import type { Submission } from "../model/submission.ts";

/** A submission runs as it is, or as an instrumented copy that reports what it computes. */
export type Lane = "plain" | "traced";

/** From the supervisor to the worker. `run` is one opened submission. */
export type Request =
  /** Makes a fresh instance; a submission that this worker has compiled already is not compiled again. */
  | { kind: "open"; run: string; lane: Lane; submission: Submission; limits: Limits }
  | { kind: "calls"; run: string; lane: Lane; calls: readonly Call[] }
  | { kind: "close"; run: string };

/** From the worker to the supervisor. */
export type Reply =
  | { kind: "ready" }
  /** The source has been read; its modules run next. */
  | { kind: "compiled"; run: string; problems: SourceProblem[]; facts: Facts }
  | ({ kind: "opened"; run: string; console: string } & Pick<
      Program,
      "problems" | "callable" | "otherExports"
    >)
  | {
      kind: "outcome";
      run: string;
      outcome: CallOutcome;
      console: string;
      /** The instance can no longer be relied on; the calls after this one were not tried. */
      spoiled: boolean;
      trace?: Recorded;
    }
  /** All calls were made, or none are left that this instance can make. */
  | { kind: "done"; run: string }
  /** The grader's own error; the submission is not to blame. */
  | { kind: "fault"; run: string; message: string };

/** What an instrumented call recorded. */
export interface Recorded {
  sites: TraceSite[];
  cut: boolean;
}
