import type { Grader, GraderOptions } from "../model/grader.ts";
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
  version(): string;
  /** Loads the pipeline, which takes a moment: called only when there is something to grade. */
  loadPipeline(): Promise<{ openGrader(options: GraderOptions): Grader }>;
}
