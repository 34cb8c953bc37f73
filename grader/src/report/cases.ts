/** A report as test frameworks see it: one case a check. */

import { PROBLEMS } from "../catalogue/problems.ts";
import type { CheckResult, Finding, Report } from "../model/report.ts";
import { linesOf, visible } from "./escape.ts";

/** `wrong` is a wrong value, `stopped` a program that crashed or never came so far. */
export type Verdict = "passed" | "wrong" | "stopped" | "blocked" | "faulted";

export interface Case {
  check: CheckResult;
  verdict: Verdict;
  findings: Finding[];
}

const STOPPING = new Set([
  ...Object.keys(PROBLEMS),
  "crash-or-shape",
  "timed-out",
  "out-of-memory",
  "stack-overflow",
  "not-started",
]);

/** The report's checks in their order, each with the findings that cost its points. */
export function casesOf({ checks, findings }: Report): Case[] {
  return checks.map((check) => {
    const own = findings.filter((f) => f.check === check.id && f.kind === "essential");
    return { check, findings: own, verdict: verdictOf(check, own) };
  });
}

/** A check that is blocked by its own finding is where the program stopped. */
function verdictOf({ status }: CheckResult, own: readonly Finding[]): Verdict {
  if (status === "passed" || status === "faulted") return status;
  if (status === "blocked" && own.length === 0) return "blocked";
  return own.some(({ id }) => STOPPING.has(id)) ? "stopped" : "wrong";
}

/** `forward`, the part of a check's id that says which function it is about. */
export function groupOf({ id }: Pick<CheckResult, "id">): string {
  return id.split(".")[0] ?? id;
}

/** Why a check has no points, in the words of its findings; harmless wherever it is shown. */
export function explain({ check, findings, verdict }: Case): string {
  if (verdict === "blocked")
    return plain(`Not judged: ${check.blockedBy ?? "another mistake"} comes first.`);
  if (verdict === "faulted") return "The grader failed here. This is not your mistake.";
  return findings.map(inWords).join("\n\n");
}

/** A finding as plain text: what it is, what was measured, why it matters, where to look. */
export function inWords({ title, what, why, next, location }: Finding): string {
  const place = location === undefined ? "" : `${location.file}:${location.line}`;
  return [title, place, what, why, next]
    .filter((part) => part !== "")
    .map(plain)
    .join("\n");
}

/** Line breaks stay, and nothing else that cannot be seen. */
export function plain(text: string): string {
  return linesOf(text).map(visible).join("\n");
}
