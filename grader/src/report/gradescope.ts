import { casesOf, explain, groupOf, inWords } from "./cases.ts";
import { escapeJson, visible } from "./escape.ts";
import type { Reporter } from "./reporter.ts";
import { notShownNote } from "./reveal.ts";

/**
 * Gradescope's `results.json`. Without a mark there is no score in it: Gradescope then says that
 * the autograder failed, which is the truth.
 */
export const gradescopeReport: Reporter = ({ report }) => {
  const note = notShownNote(report);
  const graded = report.status === "graded";
  const notes = report.findings.filter(({ kind }) => kind !== "essential").map(inWords);
  const output = [
    ...(graded ? [] : ["The grader failed, not you. Please tell your teacher."]),
    ...(note === undefined ? [] : [note]),
    ...notes,
  ].join("\n\n");
  const tests = casesOf(report).map((one, i) => ({
    score: one.check.points,
    max_score: one.check.maxPoints,
    status: one.verdict === "passed" ? "passed" : "failed",
    name: visible(one.check.title),
    name_format: "text",
    number: `${i + 1}`,
    output: one.verdict === "passed" ? "" : explain(one),
    output_format: "text",
    tags: [groupOf(one.check)],
    visibility: "visible",
  }));
  const extra = { grader: report.grader, seed: report.seed, files: report.submission.files };
  const results = {
    ...(graded ? { score: report.score } : {}),
    output,
    output_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    ...(graded ? { tests } : {}),
    extra_data: extra,
  };
  return `${escapeJson(JSON.stringify(results, null, 2))}\n`;
};
