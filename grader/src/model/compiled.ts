import type { Facts, SourceProblem } from "./program.ts";
import type { TraceSite } from "./observation.ts";

/** One file as plain JavaScript. */
export interface CompiledFile {
  path: string;
  code: string;
  /** Source map version 3, as JSON, from `code` to the student's text. Absent where every position is the same. */
  map?: string;
}

/** A program that is ready to run, or the problems that keep it from running. */
export interface CompiledProgram {
  problems: SourceProblem[];
  facts: Facts;
  files: CompiledFile[];
  /** From (importing file, specifier as written) to a path in `files`, keyed `${from}\n${specifier}`. */
  imports: Record<string, string>;
}

/** A place that an instrumented copy reports from; its index is the number passed to the recorder. */
export type SiteInfo = Omit<TraceSite, "order" | "values">;

/**
 * A copy of the program that reports what it computes to the module `grader:trace`. Its lines are
 * not the student's: its sites know where they are from.
 */
export interface InstrumentedProgram {
  files: CompiledFile[];
  sites: SiteInfo[];
}
