import { scoreOf } from "./canvas.ts";
import { inWords } from "./cases.ts";
import { csvRow } from "./csv.ts";
import type { DocumentFormat, Entry } from "./document.ts";
import { notShownNote } from "./reveal.ts";

const HEADINGS = [
  "Identifier",
  "Full name",
  "Email address",
  "Status",
  "Grade",
  "Maximum Grade",
  "Grade can be changed",
  "Last modified (submission)",
  "Last modified (grade)",
  "Feedback comments",
] as const;

/**
 * Moodle's offline grading worksheet. `Identifier` is Moodle's own number for the participant,
 * which the names of downloaded files have, and the worksheet that Moodle lets one download.
 */
export const moodleTable: DocumentFormat = ({ maxScore }) => ({
  open: csvRow(HEADINGS),
  entry: (entry) => csvRow(rowOf(entry, maxScore)),
  close: () => "",
});

function rowOf(entry: Entry, maxScore: number): (string | number)[] {
  const { id, name, columns } = entry;
  const from = (heading: (typeof HEADINGS)[number]): string => columns[heading] ?? "";
  return [
    from("Identifier") || `Participant ${id}`,
    from("Full name") || name,
    from("Email address"),
    from("Status"),
    scoreOf(entry),
    from("Maximum Grade") || maxScore,
    from("Grade can be changed") || "Yes",
    from("Last modified (submission)"),
    // Moodle refuses a grade that was changed since: the worksheet's own date says when it was.
    from("Last modified (grade)"),
    feedbackOf(entry),
  ];
}

/** One line, since a line break in a cell is lost on some of the ways to Moodle. */
function feedbackOf({ outcome }: Entry): string {
  if (outcome.kind !== "graded") return "";
  const { report } = outcome.graded;
  const words = report.findings.filter(({ kind }) => kind === "essential").map(inWords);
  const note = notShownNote(report);
  return [...words, ...(note === undefined ? [] : [note])].join("\n\n").replace(/\n+/gu, " — ");
}
