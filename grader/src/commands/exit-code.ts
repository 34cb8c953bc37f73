import type { Report } from "../model/report.ts";

/** How a run over several paths went. */
export interface Tally {
  reports: readonly Report[];
  /** Paths that are not there. */
  missing: number;
  /** Submissions that the grader itself failed on, without a report. */
  faults: number;
}

/** 0 all at or above `minScore`, 1 one below, 2 a path is not there, 3 one could not be graded. */
export function exitCodeFor({ reports, missing, faults }: Tally, minScore: number): 0 | 1 | 2 | 3 {
  if (missing > 0) return 2;
  if (faults > 0 || reports.some((report) => report.status === "ungradable")) return 3;
  // Nothing graded is never a pass.
  if (reports.length === 0) return 2;
  return reports.every((report) => report.score >= minScore) ? 0 : 1;
}
