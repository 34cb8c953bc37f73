import { stringify } from "csv-stringify/sync";
import type { DocumentFormat, Entry, Scope } from "./document.ts";
import { visible } from "./escape.ts";

type Cell = string | number;

/**
 * What would break a line or turn the reading direction. Joiners stay: names are written with them,
 * and an import has to find the name as it is.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;

/**
 * One record. A text that a spreadsheet would take for a formula gets a `'`; quotes keep it in one
 * piece where semicolons are what separates.
 */
export function csvRow(cells: readonly Cell[]): string {
  const safe = cells.map((cell) =>
    typeof cell === "string" ? cell.replace(UNSAFE, visible) : cell,
  );
  return stringify([safe], {
    escape_formulas: true,
    quoted_string: true,
    record_delimiter: "windows",
  });
}

/** Excel takes a file without it for one in its own old encoding. */
const BYTE_ORDER_MARK = "\uFEFF";

/** One line a student, below a line with the points of each check. A mark that is not there is empty. */
export const csvTable: DocumentFormat = ({ checks, maxScore }) => ({
  open:
    BYTE_ORDER_MARK +
    csvRow([
      "id",
      "name",
      "status",
      "score",
      ...checks.map(({ id }) => id),
      "findings",
      "seed",
      "grader",
    ]) +
    csvRow([
      "",
      "Points possible",
      "",
      maxScore,
      ...checks.map(({ points }) => points),
      "",
      "",
      "",
    ]),
  entry: (entry) => csvRow(rowOf(entry, checks)),
  close: () => "",
});

function rowOf({ id, name, outcome }: Entry, checks: Scope["checks"]): Cell[] {
  if (outcome.kind !== "graded")
    return [id, name, outcome.kind, "", ...checks.map(() => ""), "", "", ""];
  const { report } = outcome.graded;
  const points = new Map(report.checks.map((check) => [check.id, check.points]));
  const findings = report.findings.map((finding) => finding.id).join(" ");
  return [
    id,
    name,
    report.status,
    report.status === "graded" ? report.score : "",
    ...checks.map((check) => points.get(check.id) ?? ""),
    findings,
    report.seed,
    report.grader,
  ];
}
