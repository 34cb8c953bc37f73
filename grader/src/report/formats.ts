/** The names of the formats, apart from the formats themselves: `--help` needs no more. */
export const FORMATS = [
  "terminal",
  "json",
  "ndjson",
  "junit",
  "sarif",
  "ctrf",
  "gradescope",
  "exercism",
  "exercism-analysis",
  "prairielearn",
  "html",
] as const;

export type Format = (typeof FORMATS)[number];

/** Those in which several submissions may follow one another. */
export const SEVERAL: readonly Format[] = ["terminal", "ndjson"];

/** What a class can be written as, beside the table of marks that is always written. */
export const CLASS_FORMATS = [
  "csv",
  "html",
  "canvas",
  "moodle",
  "ndjson",
  "junit",
  "sarif",
  "ctrf",
  "json",
  "gradescope",
  "exercism",
  "exercism-analysis",
  "prairielearn",
] as const;

export type ClassFormat = (typeof CLASS_FORMATS)[number];
