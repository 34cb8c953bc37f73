import type { Graded } from "../model/grader.ts";
import type { Finding, Report } from "../model/report.ts";

/**
 * How much a student gets to see: the points alone; which checks failed and over which idea; with
 * the numbers that were measured; everything.
 */
export const REVEALS = ["nothing", "category", "measured", "everything"] as const;

export type Reveal = (typeof REVEALS)[number];

/** The report without what is not to be shown, and with how much that is. The points stay. */
export function reveal({ report, files }: Graded, level: Reveal): Graded {
  if (level === "everything") return { report, files };
  // What was printed, and where in the text something is, says as much as the numbers.
  const { walks: _, ...rest } = report;
  const { checks, findings } = report;
  const shown: Report = { ...rest, console: "", findings: findings.map((f) => lessen(f, level)) };
  const notShown = { checks: 0, findings: findings.length };
  if (level !== "nothing") return { report: { ...shown, notShown }, files };
  notShown.checks = checks.length;
  return { report: { ...shown, checks: [], findings: [], notShown }, files };
}

function lessen(finding: Finding, level: "nothing" | "category" | "measured"): Finding {
  const { id, kind, check, title, docs } = finding;
  const what = level === "measured" ? finding.what : "";
  return { id, kind, check, title, what, why: "", next: "", docs };
}

/** One sentence about what is left out, or nothing where nothing is. */
export function notShownNote({ notShown }: Report): string | undefined {
  if (notShown === undefined) return undefined;
  const { checks, findings } = notShown;
  const parts = [
    ...(checks === 0 ? [] : [`the outcome of ${count(checks, "check")}`]),
    ...(findings === 0 ? [] : [`details of ${count(findings, "finding")}`]),
  ];
  return parts.length === 0
    ? undefined
    : `Not shown, as your teacher chose: ${parts.join(" and ")}.`;
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}
