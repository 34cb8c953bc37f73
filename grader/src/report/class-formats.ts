import { canvasTable } from "./canvas.ts";
import { csvTable } from "./csv.ts";
import { ctrfDocument } from "./ctrf.ts";
import type { DocumentFormat } from "./document.ts";
import type { ClassFormat } from "./formats.ts";
import { exercismAnalysis, exercismResults } from "./exercism.ts";
import { gradescopeReport } from "./gradescope.ts";
import { jsonReport } from "./json.ts";
import { junitDocument } from "./junit.ts";
import { moodleTable } from "./moodle.ts";
import { ndjsonReport } from "./ndjson.ts";
import { prairieLearnResults } from "./prairielearn.ts";
import type { Look, Reporter } from "./reporter.ts";
import { sarifDocument } from "./sarif.ts";

/** A report a line, for those who have one. */
const ndjsonDocument: DocumentFormat = () => ({
  open: "",
  entry: ({ outcome }) => (outcome.kind === "graded" ? ndjsonReport(outcome.graded, NO_LOOK) : ""),
  close: () => "",
});

const NO_LOOK: Look = { width: 80, color: false, unicode: true, several: false, again: [] };

/** Formats that hold a whole class in one file. */
export const documents = {
  csv: { file: "grades.csv", format: csvTable },
  canvas: { file: "canvas.csv", format: canvasTable },
  moodle: { file: "moodle.csv", format: moodleTable },
  junit: { file: "junit.xml", format: junitDocument },
  sarif: { file: "findings.sarif", format: sarifDocument },
  ctrf: { file: "ctrf.json", format: ctrfDocument },
  ndjson: { file: "reports.ndjson", format: ndjsonDocument },
} satisfies Partial<Record<ClassFormat, { file: string; format: DocumentFormat }>>;

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
