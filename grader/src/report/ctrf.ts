import { casesOf, explain, groupOf } from "./cases.ts";
import type { Case, Verdict } from "./cases.ts";
import type { DocumentFormat, Entry } from "./document.ts";
import { escapeJson, visible } from "./escape.ts";
import { listed } from "./pieces.ts";
import { notShownNote } from "./reveal.ts";

type Status = "passed" | "failed" | "skipped" | "pending" | "other";

const STATUS: Record<Verdict, Status> = {
  passed: "passed",
  wrong: "failed",
  stopped: "failed",
  blocked: "skipped",
  faulted: "other",
};

/**
 * Common Test Report Format. Times are 0: a report says nothing of the day on which it was made,
 * so that the same submission gives the same bytes.
 */
export const ctrfDocument: DocumentFormat = ({ grader }) => {
  const tests = listed();
  const counts: Record<Status, number> = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 };
  const tool = escapeJson(JSON.stringify({ name: "dropout-grader", version: visible(grader) }));
  return {
    open: `{"reportFormat":"CTRF","specVersion":"0.0.0","results":{"tool":${tool},"tests":[`,
    entry: (entry) => {
      const own = testsOf(entry);
      for (const { status } of own) counts[status] += 1;
      return own.map((test) => tests.next(escapeJson(JSON.stringify(test)))).join("");
    },
    close: () => {
      const summary = { tests: tests.count(), ...counts, start: 0, stop: 0 };
      return `\n],"summary":${JSON.stringify(summary)}}}\n`;
    },
  };
};

function testsOf({ id, outcome }: Entry): { status: Status }[] {
  if (outcome.kind !== "graded") {
    const status: Status = outcome.kind === "missing" ? "skipped" : "other";
    const message =
      outcome.kind === "missing" ? "Nothing was handed in." : visible(outcome.because);
    return [
      { name: "Handed in and graded", status, duration: 0, suite: [visible(id)], message } as {
        status: Status;
      },
    ];
  }
  const { report } = outcome.graded;
  const note = notShownNote(report);
  const common = { seed: visible(report.seed), ...(note === undefined ? {} : { note }) };
  return casesOf(report).map((one) => testOf(one, visible(id), common));
}

function testOf(one: Case, id: string, common: object): { status: Status } {
  const { check, verdict, findings } = one;
  const place = findings.find(({ location }) => location !== undefined)?.location;
  const test = {
    name: visible(check.title) || check.id,
    status: STATUS[verdict],
    duration: 0,
    suite: [id, groupOf(check)],
    rawStatus: verdict,
    ...(verdict === "passed" ? {} : { message: explain(one) }),
    ...(place === undefined ? {} : { filePath: visible(place.file), line: place.line }),
    extra: { check: check.id, points: check.points, maxPoints: check.maxPoints, ...common },
  };
  return test;
}
