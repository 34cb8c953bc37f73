import type { Grader, GraderOptions } from "../model/grader.ts";
import type { ProbeResult } from "../model/machine.ts";
import type { Screen } from "./look.ts";

/** Something to write text to. */
interface Stream extends Screen {
  write(text: string): unknown;
}

/** All that the commands touch outside themselves, so that tests can stand in for it. */
export interface World {
  stdout: Stream;
  stderr: Stream;
  env: NodeJS.ProcessEnv;
  /** True once nobody reads what is written any more, as after `| head -1`. */
  isClosed(): boolean;
  freshSeed(): string;
  /** Calls `stop` on Ctrl-C instead of ending at once; a second Ctrl-C ends at once all the same. */
  onInterrupt?(stop: () => void): void;
  version(): string;
  /** Loads the pipeline, which takes a moment: called only when there is something to grade. */
  loadPipeline(): Promise<{ openGrader(options: GraderOptions): Grader }>;
  /** Tries what running strangers' code relies on. */
  probeMachine(): Promise<ProbeResult[]>;
}
