import { jsonReport } from "./json.ts";
import { ndjsonReport } from "./ndjson.ts";
import type { Closing, Reporter } from "./reporter.ts";
import { terminalClosing } from "./terminal/several.ts";
import { terminalReport } from "./terminal.ts";

export const FORMATS = ["terminal", "json", "ndjson"] as const;

export type Format = (typeof FORMATS)[number];

/** Every output format is a view of the one report. */
export const reporters: Record<Format, { report: Reporter; closing?: Closing }> = {
  terminal: { report: terminalReport, closing: terminalClosing },
  json: { report: jsonReport },
  ndjson: { report: ndjsonReport },
};
