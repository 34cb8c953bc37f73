import type { Report } from "../../model/report.ts";

export const REVEALED = ["all", "first", "score"] as const;

/** What a student is shown: everything, the one thing to repair first, or points only. */
export type Revealed = (typeof REVEALED)[number];

/** The report with no more in it than may be shown. */
export function reveal(report: Report, shown: Revealed): Report {
  if (shown === "all") return report;
  const lead = report.findings.find(({ kind }) => kind === "essential");
  const findings = shown === "first" && lead !== undefined ? [lead] : [];
  // What blocks a check may name a misconception.
  const checks = report.checks.map(({ blockedBy: _, ...check }) => check);
  return { ...report, checks, findings };
}

/** Why there is no more to read, for the student. */
export function withheldBy(shown: Revealed): string | undefined {
  if (shown === "all") return undefined;
  return shown === "first"
    ? "Only the thing to repair first is shown here; run it again when that is done."
    : "Your teacher has chosen to show the points only.";
}
