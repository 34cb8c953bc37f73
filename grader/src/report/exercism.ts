import type { Finding } from "../model/report.ts";
import { casesOf, explain, groupOf, inWords } from "./cases.ts";
import type { Case, Verdict } from "./cases.ts";
import { escapeJson, visible } from "./escape.ts";
import type { Reporter } from "./reporter.ts";
import { notShownNote } from "./reveal.ts";

/** The three functions are the three tasks. */
const TASKS = ["forward", "backward", "predict"];

const STATUS: Record<Verdict, "pass" | "fail" | "error"> = {
  passed: "pass",
  wrong: "fail",
  stopped: "error",
  blocked: "fail",
  faulted: "error",
};

/** Exercism's `results.json`, version 3. */
export const exercismResults: Reporter = ({ report }) => {
  const cases = casesOf(report);
  const failed = cases.filter(({ verdict }) => verdict !== "passed");
  const nothingRan =
    failed.length === cases.length && failed.every(({ verdict }) => verdict !== "wrong");
  if (report.status === "ungradable" || (nothingRan && cases.length > 0)) {
    const message =
      failed.map(explain).find((text) => text !== "") ?? "The grader failed, not you.";
    return json({ version: 3, status: "error", message, tests: [] });
  }
  const isFull = report.score === report.maxScore;
  const note = notShownNote(report);
  const tests = cases.map((one) => testOf(one, note));
  return json({ version: 3, status: isFull ? "pass" : "fail", message: null, tests });
};

function testOf(one: Case, note: string | undefined): object {
  const { check, verdict } = one;
  const words = [explain(one), ...(note === undefined ? [] : [note])].filter((part) => part !== "");
  return {
    name: `${groupOf(check)} > ${visible(check.title)}`,
    test_code: `${check.id}: ${visible(check.title)} (${check.maxPoints} points)`,
    status: STATUS[verdict],
    message: verdict === "passed" ? null : words.join("\n\n"),
    task_id: TASKS.indexOf(groupOf(check)) + 1,
  };
}

/** Exercism's `analysis.json`: what a mentor would say. */
export const exercismAnalysis: Reporter = ({ report }) => {
  const summary =
    report.score === report.maxScore
      ? "Every check passed."
      : `${report.score} of ${report.maxScore} points. Begin with the first comment.`;
  const note = notShownNote(report);
  return json({
    summary: note === undefined ? summary : `${summary} ${note}`,
    comments: report.findings.map(commentOf),
  });
};

function commentOf(finding: Finding): object {
  const line = finding.location === undefined ? {} : { line: `${finding.location.line}` };
  return {
    comment: `typescript.dropout.${visible(finding.id).replaceAll("-", "_")}`,
    params: { ...line, text: inWords(finding) },
    type: finding.kind,
  };
}

function json(value: object): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}
