import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckResult } from "../../src/model/report.ts";
import { CHECK_IDS } from "../../src/model/rubric.ts";
import { classroom50Result } from "../../src/report/github/classroom50.ts";
import { legacyResult } from "../../src/report/github/legacy.ts";
import { TWO_MISTAKES, UNGRADABLE, reportWith } from "../report/samples.ts";

interface LegacyResult {
  version: number;
  status: string;
  max_score: number;
  tests: { name: string; status: string; score: number; line_no: number }[];
}

/** As autograding-grading-reporter reads it, with its two ways of counting. */
function totals(text: string) {
  const result: LegacyResult = JSON.parse(text);
  const passed = result.tests.filter(({ status }) => status === "pass").length;
  return {
    result,
    inTable: (passed / result.tests.length) * result.max_score,
    inNotices: result.tests.reduce((sum, { score }) => sum + score, 0),
  };
}

describe("GitHub Classroom's old result", () => {
  test("its table and its notices name the report's score", () => {
    const { result, inTable, inNotices } = totals(legacyResult(TWO_MISTAKES.report));
    expect(result).toMatchObject({ version: 1, status: "fail", max_score: 100 });
    expect(inNotices).toBe(TWO_MISTAKES.report.score);
    expect(inTable).toBe(TWO_MISTAKES.report.score);
    expect(result.tests.map(({ name }) => name).slice(0, 4)).toEqual([
      "forward.mask 1/3",
      "forward.mask 2/3",
      "forward.mask 3/3",
      "forward.applied 1/2",
    ]);
  });

  test.each([
    ["pass", reportWith({})],
    ["fail", TWO_MISTAKES.report],
    ["error", UNGRADABLE.report],
    ["fail", reportWith({ checks: [], score: 85, notShown: { checks: 9, findings: 1 } })],
  ])("status %s", (status, report) => {
    const { result, inTable, inNotices } = totals(legacyResult(report));
    expect(result.status).toBe(status);
    const score = report.status === "graded" ? report.score : 0;
    expect([inTable, inNotices]).toEqual([score, score]);
  });

  test("for any points of a course, both count the same", () => {
    const checks = fc
      .array(fc.tuple(fc.nat({ max: 60 }), fc.boolean()), { minLength: 1, maxLength: 9 })
      .map((rows) =>
        rows.map(([maxPoints, isPassed], i): CheckResult => ({
          id: CHECK_IDS[i] ?? "forward.mask",
          title: "a check",
          points: isPassed ? maxPoints : 0,
          maxPoints,
          status: isPassed ? "passed" : "failed",
        })),
      )
      // A rubric without points is refused before anything is graded.
      .filter((rows) => rows.some(({ maxPoints }) => maxPoints > 0));
    fc.assert(
      fc.property(checks, (rows) => {
        const sum = (of: "points" | "maxPoints") => rows.reduce((total, row) => total + row[of], 0);
        const report = reportWith({
          checks: rows,
          score: sum("points"),
          maxScore: sum("maxPoints"),
        });
        const { inTable, inNotices } = totals(legacyResult(report));
        expect(inNotices).toBe(report.score);
        expect(inTable).toBeCloseTo(report.score, 9);
      }),
    );
  });
});

test("Classroom 50's result has its keys, whole points, and one test a check", () => {
  const identity = {
    classroom: "cs-principles",
    assignment: "dropout",
    submission: "submit/2026-06-01T14-32-05Z-a1b2c3d",
    commit: "https://github.com/o/r/commit/a",
    release: "https://github.com/o/r/releases/tag/a",
    review: "https://github.com/o/r/compare/a...b",
    datetime: "2026-06-01T14:32:01Z",
  };
  const result = JSON.parse(classroom50Result(TWO_MISTAKES.report, identity));
  expect(result).toMatchObject({
    schema: "classroom50/result/v1",
    ...identity,
    score: TWO_MISTAKES.report.score,
    "max-score": 100,
  });
  expect(result.tests).toHaveLength(CHECK_IDS.length);
  expect(result.tests[2]).toMatchObject({
    "test-name": "forward.scaled",
    passed: false,
    score: 0,
    "max-score": 15,
  });
});
