import type { Report } from "../../model/report.ts";
import { escapeJson } from "../escape.ts";

/** What Classroom 50's runner says of a submission, in its environment. */
export interface Classroom50Identity {
  classroom: string;
  assignment: string;
  submission: string;
  commit: string;
  release: string;
  review: string;
  /** The moment of submission, ISO 8601 in UTC. */
  datetime: string;
}

/** `result.json` of the schema `classroom50/result/v1`. Of a graded report only. */
export function classroom50Result(report: Report, identity: Classroom50Identity): string {
  const tests = report.checks.map((check) => ({
    "test-name": check.id,
    passed: check.status === "passed",
    score: check.points,
    "max-score": check.maxPoints,
    // What Classroom 50 does not know it keeps as it is.
    title: check.title,
    status: check.status,
    findings: report.findings
      .filter((f) => f.check === check.id)
      .map(({ id, what }) => ({ id, what })),
  }));
  const result = {
    schema: "classroom50/result/v1",
    ...identity,
    score: report.score,
    "max-score": report.maxScore,
    tests,
    grader: report.grader,
    seed: report.seed,
  };
  return `${escapeJson(JSON.stringify(result, null, 2))}\n`;
}
