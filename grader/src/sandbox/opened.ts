import type { Limits } from "../model/limits.ts";
import type { Call } from "../model/observation.ts";
import type { Program } from "../model/program.ts";
import type { FunctionName, Submission } from "../model/submission.ts";
import type { Lane, Prepared } from "./messages.ts";
import type { Supervisor } from "./supervisor.ts";

/** What the supervisor's side knows of one opened submission. */
export interface Opened {
  run: string;
  submission: Submission;
  limits: Limits;
  supervisor: Supervisor;
  program: Program;
  /** Of each lane: the worker that holds its instance and what that instance keeps. */
  lanes: Map<Lane, { generation: number; kept: Set<string> }>;
  /** What each lane runs, so that no worker has to read the source again. */
  prepared: Map<Lane, Prepared>;
  /** Calls whose results later calls may be given, by id. */
  history: Map<string, Call>;
  /** Functions that are not called again, and what they ran out of. */
  exhausted: Map<FunctionName, "time" | "memory">;
  /** Functions that ran out of memory before. */
  fullOnce: Set<FunctionName>;
  /** What was tried once more after its worker had to be ended. */
  retried: Set<string>;
  /** A worker has had to be ended: from then on it says what came of each call before the next. */
  oneByOne: boolean;
  spentMs: number;
  console: string;
}

/** Adds to what the program printed, up to the limit and the words that say it was cut. */
export function print(opened: Opened, text: string): void {
  const room = opened.limits.consoleChars + "… cut\n".length - opened.console.length;
  opened.console += text.slice(0, Math.max(0, room));
}

/**
 * Whether what cost a worker its life is tried once more, in a fresh worker: the machine may have
 * been busy with something else. Only once each, only where the time for it is left, and only what
 * is asked of every program: the rest can be done without.
 */
export function mayRetry(opened: Opened, lane: Lane, what: FunctionName | "import"): boolean {
  const { retried, limits, spentMs } = opened;
  const hasTime = limits.totalMs - spentMs >= limits.callMs + limits.graceMs;
  if (lane !== "plain" || retried.has(what) || !hasTime) return false;
  retried.add(what);
  return true;
}
