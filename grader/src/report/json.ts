import { reportSchema } from "../model/report.ts";
import { escapeJson } from "./escape.ts";
import type { Reporter } from "./reporter.ts";

/** The report as indented JSON, its keys in the schema's order. */
export const jsonReport: Reporter = ({ report }) =>
  `${escapeJson(JSON.stringify(reportSchema.parse(report), null, 2))}\n`;
