import { reportSchema } from "../model/report.ts";
import { escapeJson } from "./escape.ts";
import type { Reporter } from "./reporter.ts";

/** The report as JSON on one line, its keys in the schema's order. */
export const ndjsonReport: Reporter = ({ report }) =>
  `${escapeJson(JSON.stringify(reportSchema.parse(report)))}\n`;
