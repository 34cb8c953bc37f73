import { expect, test } from "vitest";
import { summarize } from "../../src/class/summary.ts";
import { classSummary } from "../../src/report/class-summary.ts";
import type { Entry, Scope } from "../../src/report/document.ts";
import { gradedWith, PLAIN, TWO_MISTAKES } from "../report/samples.ts";

const SCOPE: Scope = { grader: "1", assignment: "Dropout", checks: [], maxScore: 100 };

function summaryOf(outcomes: readonly (readonly [string, Entry["outcome"]])[]): string {
  const summary = summarize(SCOPE);
  for (const [id, outcome] of outcomes) summary.add({ id, name: id, columns: {}, outcome });
  return classSummary(summary.result(), PLAIN);
}

test("those who failed for the same reason stand together, by reason", () => {
  const failed = (because: string): Entry["outcome"] => ({ kind: "ungradable", because });
  const everybody = Array.from(
    { length: 40 },
    (_, i) => [`student-${i}`, failed("the machine does not hold\n    at a line of it")] as const,
  );
  const text = summaryOf([...everybody, ["zoe", failed("no verdict after 90 seconds")]]);
  expect(text).toContain("41 students: 0 graded, 41 not gradable\n");
  expect(text.match(/the machine does not hold/gu)).toHaveLength(1);
  expect(text.replaceAll(/\s+/gu, " ")).toContain("student-19 and 20 more: the machine");
  expect(text).toContain("\n  zoe: no verdict after 90 seconds\n");
  expect(text).not.toContain("at a line of it");
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("a student with one mistake in two places counts once", () => {
  const twice = { ...TWO_MISTAKES.report, findings: [] as typeof TWO_MISTAKES.report.findings };
  const [first] = TWO_MISTAKES.report.findings;
  if (first === undefined) throw new Error("the sample has no finding");
  twice.findings = [first, first];
  const text = summaryOf([["ann", { kind: "graded", graded: gradedWith(twice) }]]);
  expect(text).toMatch(/^ {6}1 100% {2}/mu);
});
