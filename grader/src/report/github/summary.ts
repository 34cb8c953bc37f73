import type { Graded } from "../../model/grader.ts";
import type { Report } from "../../model/report.ts";
import { NOT_STARTED, faultOf, sortFindings } from "../terminal/sort.ts";
import { findingInFull, noteItem } from "./finding.ts";
import type { Page } from "./finding.ts";
import { code, codeBlock, folded, literal, prose, shortened, table } from "./markdown.ts";
import type { ProtectedFile } from "./protected-file.ts";

/** GitHub refuses a step's summary above 1 MiB; this leaves room for what others write there. */
const LARGEST = 768 * 1024;
const MOST_FINDINGS = 40;
const MOST_FILES = 64;
const CONSOLE_LINES = 40;
const CONSOLE_COLUMNS = 200;
const LONGEST_WORDS = 600;

const MARKS = { passed: "✅", failed: "❌", blocked: "⏸️", faulted: "⚠️" } as const;

/** Whether the program was graded as it was given, for the reader of the summary. */
export interface SummaryPage extends Page {
  protectedFiles: readonly ProtectedFile[];
  /** What the student is not shown here, in a sentence. */
  withheld?: string;
}

/** The report as GitHub-flavoured Markdown, under 1 MiB whatever the submission holds. */
export function summaryOf({ report, files }: Graded, page: SummaryPage): string {
  const whole = { ...page, files };
  const blocks = [
    headline(report),
    ...(page.withheld === undefined ? [] : [prose(page.withheld)]),
    ...changed(page),
    ...findings(report, whole),
    checks(report),
    ...notes(report, whole),
    ...printed(report),
    evidence(report, page),
  ];
  return fit(blocks);
}

function headline(report: Report): string {
  if (report.status === "graded") return `## ${report.score} of ${report.maxScore} points`;
  return [
    "## Not gradable",
    `The grader failed, not you: ${prose(shortened(faultOf(report), LONGEST_WORDS))}`,
    "No points were taken. Please send your teacher this whole page.",
  ].join("\n\n");
}

function findings(report: Report, page: SummaryPage & Page): string[] {
  const { lead, further, isNotStarted } = sortFindings(report);
  if (lead === undefined) {
    return report.score === report.maxScore && report.status === "graded"
      ? ["Every check passed. Well done."]
      : [];
  }
  const title = lead.id === NOT_STARTED ? "Write this next" : "Repair this first";
  const then = further.slice(0, MOST_FINDINGS).map((finding) => {
    const name = `<b>${literal(shortened(finding.title, LONGEST_WORDS))}</b>`;
    return folded(name, findingInFull(finding, page));
  });
  const left = further.length - then.length;
  return [
    ...(isNotStarted ? ["Nothing is wrong: this is where to begin."] : []),
    `### ${title}: ${literal(shortened(lead.title, LONGEST_WORDS))}`,
    findingInFull(lead, page),
    ...(then.length === 0 ? [] : ["### Then", ...then]),
    ...(left > 0 ? [`And ${left} more, in the report's file.`] : []),
  ];
}

function checks({ checks: results }: Report): string {
  const rows = results.map((check) => {
    const by = check.blockedBy === undefined ? "an earlier failure" : code(check.blockedBy);
    const says = check.status === "blocked" ? `: blocked by ${by}` : "";
    const points = check.status === "faulted" ? "?" : String(check.points);
    const title = literal(shortened(check.title, LONGEST_WORDS));
    return [MARKS[check.status], `${points}/${check.maxPoints}`, code(check.id), `${title}${says}`];
  });
  return `### Checks\n\n${table(["", "points", "check", "what your program does"], rows)}`;
}

function notes(report: Report, page: Page): string[] {
  const items = sortFindings(report).notes.slice(0, MOST_FINDINGS);
  if (items.length === 0) return [];
  return ["### Notes", "They cost no points.", items.map((f) => noteItem(f, page)).join("\n")];
}

function printed({ console: text }: Report): string[] {
  const lines = text.trimEnd().split(/\r\n|\n/u);
  if (text.trim() === "") return [];
  const shown = lines.slice(0, CONSOLE_LINES).map((line) => shortened(line, CONSOLE_COLUMNS));
  const left = lines.length - shown.length;
  const more = left > 0 ? `\n\n${left} more ${left === 1 ? "line" : "lines"}.` : "";
  return [folded("What your program printed", `${codeBlock(shown)}${more}`)];
}

function changed({ protectedFiles }: SummaryPage): string[] {
  const names = protectedFiles.filter((file) => file.state !== "as given");
  if (names.length === 0) return [];
  const list = names.map(({ path, state }) => `${code(path)} (${state})`).join(", ");
  return [`⚠️ **Given files are not as they were given:** ${list}. This costs no points.`];
}

/** What it takes to check or repeat the mark. */
function evidence({ seed, grader, submission }: Report, { protectedFiles }: SummaryPage): string {
  const rows = [
    ...submission.files.map(({ path, sha256 }) => [code(path), "graded", code(sha256)]),
    ...protectedFiles.map(({ path, state, sha256 }) => [code(path), state, code(sha256 ?? "–")]),
  ].slice(0, MOST_FILES);
  const words = [
    `Seed ${code(shortened(seed, LONGEST_WORDS))}, dropout-grader ${literal(grader)}.`,
    "What runs in your own repository is advice; your teacher's own run is the record.",
  ];
  return folded("How to repeat this", [words.join(" "), table(["file", "", "SHA-256"], rows)].join("\n\n"));
}

/** Block by block while there is room. What does not fit is said, never cut in the middle. */
function fit(blocks: readonly string[]): string {
  const encoder = new TextEncoder();
  let room = LARGEST;
  let left = 0;
  const kept = blocks.filter((block) => {
    const size = encoder.encode(block).length + 2;
    const fits = size <= room;
    if (fits) room -= size;
    else left += 1;
    return fits;
  });
  const more = left === 0 ? [] : [`${left} more parts found no room here; the report's file has them.`];
  return `${[...kept, ...more].join("\n\n")}\n`;
}
