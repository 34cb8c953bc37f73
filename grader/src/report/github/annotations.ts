import type { Finding, FindingKind, Report } from "../../model/report.ts";
import { explainCall } from "../docs-page.ts";
import { defuse, visible } from "../escape.ts";
import { faultOf } from "../terminal/sort.ts";
import { oneLine } from "../terminal/wrap.ts";
import { docsUrl, inRepository } from "./place.ts";
import type { Place } from "./place.ts";

/** GitHub keeps ten of each level for a step, and drops the others without a word. */
const OF_EACH_LEVEL = 10;
/** What is read on a phone; a longer measurement is in the summary. */
const LONGEST_PART = 400;
const LONGEST_TITLE = 120;

export type Level = "error" | "warning" | "notice";

/** A remark beside a line, as `@actions/core` takes it. Lines and columns count from 1. */
export interface Annotation {
  level: Level;
  message: string;
  title: string;
  file?: string;
  startLine?: number;
  endLine?: number;
  /** Only where the place is in one line: GitHub shows columns for no other. */
  startColumn?: number;
  endColumn?: number;
}

const LEVEL: Record<FindingKind, Level> = {
  essential: "error",
  actionable: "warning",
  informative: "notice",
  celebratory: "notice",
};
const LEVELS: readonly Level[] = ["error", "warning", "notice"];

/**
 * What to show, first the thing to repair first; never more than ten of a level. The last one is
 * a notice with the score, and names in one line what found no room.
 *
 * @param changed given files that are not as they were given
 */
export function annotationsFor(
  report: Report,
  place: Place,
  changed: readonly string[],
): Annotation[] {
  const all = [...faults(report), ...found(report, place), ...changes(changed)];
  const shown = LEVELS.flatMap((level) =>
    all
      .filter((one) => one.level === level)
      // One notice is kept for the closing one.
      .slice(0, level === "notice" ? OF_EACH_LEVEL - 1 : OF_EACH_LEVEL),
  );
  return [...shown, closing(report, all.length - shown.length)];
}

function faults(report: Report): Annotation[] {
  if (report.status === "graded") return [];
  const message = text([
    `The grader failed, not you: ${faultOf(report)}`,
    "No points were taken. Please send your teacher the job's summary.",
  ]);
  return [{ level: "error", title: "Not gradable", message }];
}

function found({ checks, findings }: Report, place: Place): Annotation[] {
  const faulted = new Set(checks.filter((c) => c.status === "faulted").map(({ id }) => id));
  return findings.filter(({ check }) => !faulted.has(check)).map((f) => remark(f, place));
}

function remark(finding: Finding, place: Place): Annotation {
  const title = line(finding.title, LONGEST_TITLE);
  const message = text([
    finding.what,
    finding.next,
    docsUrl(finding, place) ?? explainCall(finding.docs) ?? "",
  ]);
  return {
    level: LEVEL[finding.kind],
    title,
    // Where nothing but the idea is to be shown, an empty remark would say less than its title.
    message: message === "" ? text([title]) : message,
    ...position(finding, place),
  };
}

function position({ location }: Finding, place: Place): Partial<Annotation> {
  const file = location && inRepository(location.file, place);
  if (location === undefined || file === undefined) return {};
  const { line: startLine, endLine, column: startColumn } = location;
  const lines = { file: visible(file), startLine, endLine: Math.max(startLine, endLine) };
  if (endLine > startLine) return lines;
  // GitHub's ranges include their end.
  return { ...lines, startColumn, endColumn: Math.max(startColumn, location.endColumn - 1) };
}

function changes(changed: readonly string[]): Annotation[] {
  if (changed.length === 0) return [];
  const names = changed.map((path) => line(path, LONGEST_TITLE)).join(", ");
  const message = text([
    `Not as they were given to you: ${names}`,
    "This costs no points. Your teacher sees it too.",
  ]);
  return [{ level: "warning", title: "Given files were changed", message }];
}

function closing(report: Report, left: number): Annotation {
  const isGraded = report.status === "graded";
  const title = isGraded ? `${report.score} of ${report.maxScore} points` : "No mark was given";
  const more =
    left === 0 ? "" : `${left} more ${left === 1 ? "finding is" : "findings are"} there.`;
  return {
    level: "notice",
    title,
    message: text([`The whole report is in the job summary. ${more}`]),
  };
}

/** Sentences under each other, harmless wherever the runner repeats them. */
function text(parts: readonly string[]): string {
  const lines = parts.map((part) => line(part, LONGEST_PART)).filter((part) => part !== "");
  return defuse(lines.join("\n"));
}

function line(words: string, longest: number): string {
  const whole = oneLine(words);
  return visible(whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole);
}
