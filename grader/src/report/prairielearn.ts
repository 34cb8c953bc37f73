import { casesOf, explain, inWords, plain } from "./cases.ts";
import { escapeJson, visible } from "./escape.ts";
import type { Reporter } from "./reporter.ts";
import { notShownNote } from "./reveal.ts";

/** PrairieLearn's `results.json` for external graders; its scores go from 0 to 1. */
export const prairieLearnResults: Reporter = ({ report }) => {
  const { score, maxScore } = report;
  if (report.status === "ungradable") {
    const message = "The grader failed, not you. No attempt is lost; please tell your teacher.";
    return json({ gradable: false, message, format_errors: [message] });
  }
  const note = notShownNote(report);
  const notes = report.findings.filter(({ kind }) => kind !== "essential").map(inWords);
  return json({
    gradable: true,
    score: maxScore === 0 ? 0 : score / maxScore,
    message: [
      `${score} of ${maxScore} points.`,
      ...(note === undefined ? [] : [note]),
      ...notes,
    ].join("\n\n"),
    output: plain(report.console),
    tests: casesOf(report).map((one) => ({
      name: visible(one.check.title),
      description: one.check.id,
      points: one.check.points,
      max_points: one.check.maxPoints,
      message: one.verdict === "passed" ? "" : explain(one),
    })),
  });
};

function json(value: object): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}
