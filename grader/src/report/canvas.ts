import { csvRow } from "./csv.ts";
import type { DocumentFormat, Entry } from "./document.ts";

/** The headings that Canvas' importer looks for, `ID` and `Section` above all. */
const HEADINGS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"] as const;

/**
 * For Canvas' gradebook import. A student is found by Canvas' own id, which a roster exported
 * from the gradebook has, and so have the names of downloaded files. A cell without a mark is
 * empty, which changes nothing in the gradebook.
 */
export const canvasTable: DocumentFormat = ({ assignment, maxScore }) => ({
  open:
    csvRow([...HEADINGS, assignment]) + csvRow(["    Points Possible", "", "", "", "", maxScore]),
  entry: (entry) => csvRow([...identify(entry), scoreOf(entry)]),
  close: () => "",
});

function identify({ id, name, columns }: Entry): string[] {
  const [, ...rest] = HEADINGS;
  const fromRoster = rest.map((heading) => columns[heading] ?? "");
  if (fromRoster.some((cell) => cell !== "")) return [columns["Student"] ?? name, ...fromRoster];
  // Without a roster: a number is Canvas' id, anything else more likely a login.
  return /^\d+$/u.test(id) ? [name, id, "", "", ""] : [name, "", "", id, ""];
}

/** The score, or nothing where there is no mark. */
export function scoreOf({ outcome }: Entry): number | "" {
  if (outcome.kind !== "graded" || outcome.graded.report.status !== "graded") return "";
  return outcome.graded.report.score;
}
