import type { Limits } from "./limits.ts";
import type { Call, CallOutcome, Trace } from "./observation.ts";
import type { Program } from "./program.ts";
import type { Submission } from "./submission.ts";

/** One submission, opened in a sandbox instance of its own. */
export interface Session {
  program: Program;
  /** Runs calls in order, in one instance. Never throws for what a submission does. */
  run(calls: readonly Call[]): Promise<CallOutcome[]>;
  /** Runs a call as the first of all, in a plain instance of its own. */
  alone(call: Call): Promise<CallOutcome>;
  /** Runs calls in an instrumented copy, in an instance of its own, and returns one trace each. */
  trace(calls: readonly Call[]): Promise<Trace[]>;
  /** What the program printed so far, cut at `limits.consoleChars`. */
  console(): string;
  close(): Promise<void>;
}

/** Opens submissions. Everything untrusted happens behind it. */
export interface Sandbox {
  open(submission: Submission, limits: Limits): Promise<Session>;
  /** Ends the worker. */
  close(): Promise<void>;
}
