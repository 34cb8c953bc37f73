import { canvasTable } from "./canvas.ts";
import { csvTable } from "./csv.ts";
import { ctrfDocument } from "./ctrf.ts";
import type { DocumentFormat } from "./document.ts";
import type { ClassFormat } from "./formats.ts";
import { exercismAnalysis, exercismResults } from "./exercism.ts";
import { gradescopeReport } from "./gradescope.ts";
import { anonymousClassPage, classPage } from "./html/page.ts";
import { jsonReport } from "./json.ts";
import { junitDocument } from "./junit.ts";
import { moodleTable } from "./moodle.ts";
import { ndjsonReport } from "./ndjson.ts";
import { prairieLearnResults } from "./prairielearn.ts";
import { MACHINE_LOOK } from "./reporter.ts";
import type { Reporter } from "./reporter.ts";
import { sarifDocument } from "./sarif.ts";

/** A report a line, for those who have one. */
const ndjsonDocument: DocumentFormat = () => ({
  open: "",
  entry: ({ outcome }) =>
    outcome.kind === "graded" ? ndjsonReport(outcome.graded, MACHINE_LOOK) : "",
  close: () => "",
});

/** Formats that hold a whole class in one file. */
export const documents = {
  html: { file: "class.html", format: classPage },
  csv: { file: "grades.csv", format: csvTable },
  canvas: { file: "canvas.csv", format: canvasTable },
  moodle: { file: "moodle.csv", format: moodleTable },
  junit: { file: "junit.xml", format: junitDocument },
  sarif: { file: "findings.sarif", format: sarifDocument },
  ctrf: { file: "ctrf.json", format: ctrfDocument },
  ndjson: { file: "reports.ndjson", format: ndjsonDocument },
} satisfies Partial<Record<ClassFormat, { file: string; format: DocumentFormat }>>;

/** Those that show less where names are not to be known. */
export const anonymousDocuments: Partial<Record<DocumentName, DocumentFormat>> = {
  html: anonymousClassPage,
};

/** Formats that are one file a student, in a folder of the format's name. */
export const folders = {
  json: jsonReport,
  gradescope: gradescopeReport,
  exercism: exercismResults,
  "exercism-analysis": exercismAnalysis,
  prairielearn: prairieLearnResults,
} satisfies Partial<Record<ClassFormat, Reporter>>;

export type DocumentName = keyof typeof documents;
export type FolderName = Exclude<ClassFormat, DocumentName>;
