import type { CheckResult, Report } from "../../model/report.ts";

/** More rows than this are no table that anybody reads. */
const MOST_ROWS = 1000;

interface LegacyTest {
  name: string;
  status: "pass" | "fail" | "error";
  score: number;
  message: string | null;
  test_code: string;
  filename: string;
  line_no: number;
  duration: number;
}

/**
 * The result that GitHub Classroom's old reporter reads (`autograding-grading-reporter`), before
 * base64. Its table counts passed rows and its notices add up scores. Both say the same where all
 * rows weigh the same, so each check becomes as many rows of equal points as it takes.
 */
export function legacyResult(report: Report): string {
  const isGraded = report.status === "graded";
  // A table needs a row, also where the outcome of the checks is not to be shown.
  const checks = report.checks.length === 0 ? [wholeOf(report)] : report.checks;
  const unit = unitOf(checks);
  const tests = checks.flatMap((check) => rowsOf(check, unit, isGraded));
  const status = !isGraded ? "error" : tests.every((t) => t.status === "pass") ? "pass" : "fail";
  const result = { version: 1, status, max_score: report.maxScore, tests };
  return JSON.stringify(result);
}

type Row = Omit<CheckResult, "id"> & { id: string };

function wholeOf({ score, maxScore }: Report): Row {
  const status = score === maxScore ? "passed" : "failed";
  return { id: "dropout", title: "Dropout", points: score, maxPoints: maxScore, status };
}

/** The largest number of points that divides every check's; all points where that is too small. */
function unitOf(checks: readonly Row[]): number {
  const unit = checks
    .flatMap(({ points, maxPoints }) => [points, maxPoints])
    .reduce(commonDivisor, 0);
  const total = checks.reduce((sum, { maxPoints }) => sum + maxPoints, 0);
  return total / Math.max(1, unit) > MOST_ROWS ? Infinity : Math.max(1, unit);
}

function rowsOf(check: Row, unit: number, isGraded: boolean): LegacyTest[] {
  const count = unit === Infinity ? 1 : check.maxPoints / unit;
  return Array.from({ length: count }, (_, i) => {
    const name = count === 1 ? check.id : `${check.id} ${i + 1}/${count}`;
    const score = unit === Infinity ? check.points : i < check.points / unit ? unit : 0;
    const full = unit === Infinity ? check.maxPoints : unit;
    return {
      name,
      status: !isGraded ? "error" : score === full ? "pass" : "fail",
      score: isGraded ? score : 0,
      message: check.status === "passed" ? null : `${check.title}: ${check.status}`,
      test_code: "",
      filename: "",
      // Left out, it is printed as "line undefined".
      line_no: 0,
      duration: 0,
    };
  });
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
