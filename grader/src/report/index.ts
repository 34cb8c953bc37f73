import { ctrfDocument } from "./ctrf.ts";
import { asReporter } from "./document.ts";
import { exercismAnalysis, exercismResults } from "./exercism.ts";
import type { Format } from "./formats.ts";
import { gradescopeReport } from "./gradescope.ts";
import { submissionPage } from "./html/page.ts";
import { jsonReport } from "./json.ts";
import { junitDocument } from "./junit.ts";
import { ndjsonReport } from "./ndjson.ts";
import { prairieLearnResults } from "./prairielearn.ts";
import type { Closing, Reporter } from "./reporter.ts";
import { sarifDocument } from "./sarif.ts";
import { terminalClosing } from "./terminal/several.ts";
import { terminalReport } from "./terminal.ts";

export { FORMATS } from "./formats.ts";
export type { Format } from "./formats.ts";

/** Every output format is a view of the one report. */
export const reporters: Record<Format, { report: Reporter; closing?: Closing }> = {
  terminal: { report: terminalReport, closing: terminalClosing },
  json: { report: jsonReport },
  ndjson: { report: ndjsonReport },
  junit: { report: asReporter(junitDocument) },
  sarif: { report: asReporter(sarifDocument) },
  ctrf: { report: asReporter(ctrfDocument) },
  gradescope: { report: gradescopeReport },
  exercism: { report: exercismResults },
  "exercism-analysis": { report: exercismAnalysis },
  prairielearn: { report: prairieLearnResults },
  html: { report: submissionPage },
};
