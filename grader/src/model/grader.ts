import type { Limits } from "./limits.ts";
import type { Report } from "./report.ts";
import type { CheckId } from "./rubric.ts";
import type { SubmittedFile } from "./submission.ts";

/** What one grader works with, for all the submissions that it grades. */
export interface GraderOptions {
  limits: Limits;
  points: Record<CheckId, number>;
  /** Only these checks count; all nine where it is absent. */
  only?: CheckId[];
  /** Reports walk through the functions that failed, line by line. */
  walk?: boolean;
}

/** A report, and beside it the text that its locations point into. */
export interface Graded {
  report: Report;
  files: SubmittedFile[];
}

/** Grades one submission after another; a rejected promise is the grader's own fault. */
export interface Grader {
  grade(path: string, seed: string): Promise<Graded>;
  close(): Promise<void>;
}
