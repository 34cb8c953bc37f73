import type { Finding, Report } from "../../model/report.ts";

/** The id of the finding that says: nothing is written here yet. */
export const NOT_STARTED = "not-started";

/** A report's findings, sorted by where they are shown. */
export interface Sorted {
  /** The one to repair first. */
  lead?: Finding;
  further: Finding[];
  /** Those that cost no points. */
  notes: Finding[];
  /** Nothing is wrong, only nothing is written yet. */
  isNotStarted: boolean;
}

/** Sorts without changing the order that the report gives. */
export function sortFindings({ findings, score }: Report): Sorted {
  const [lead, ...further] = findings.filter((finding) => finding.kind === "essential");
  const notes = findings.filter((finding) => finding.kind !== "essential");
  if (lead === undefined) return { further, notes, isNotStarted: false };
  const isNotStarted =
    score === 0 && [lead, ...further].every((finding) => finding.id === NOT_STARTED);
  return { lead, further, notes, isNotStarted };
}

/** The grader's own failure in words, where the report says what it was. */
export function faultOf({ checks, findings }: Report): string {
  const faulted = checks.filter((check) => check.status === "faulted").map((check) => check.id);
  const said = findings.find((finding) => faulted.includes(finding.check))?.what;
  if (said !== undefined) return said;
  return faulted.length === 0 ? "it could not finish" : `it could not judge ${faulted.join(", ")}`;
}
