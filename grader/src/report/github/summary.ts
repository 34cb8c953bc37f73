import type { Graded } from "../../model/grader.ts";
import type { Report } from "../../model/report.ts";
import { notShownNote } from "../reveal.ts";
import { NOT_STARTED, faultOf, sortFindings } from "../terminal/sort.ts";
import { findingInFull, findingTitle, noteItem } from "./finding.ts";
import type { Page } from "./finding.ts";
import { code, codeBlock, folded, literal, prose, shortened, table } from "./markdown.ts";
import { inRepository } from "./place.ts";
import type { Place } from "./place.ts";
import type { ProtectedFile } from "./protected-file.ts";
import { walked } from "./walk.ts";

/** GitHub refuses a step's summary above 1 MiB; this leaves room for what others write there. */
const LARGEST = 768 * 1024;
const MOST_FINDINGS = 40;
const MOST_FILES = 64;
const CONSOLE_LINES = 40;
const CONSOLE_COLUMNS = 200;
const LONGEST_WORDS = 600;

/** A mark never stands without its word: not every reader sees it, or its colour. */
const MARKS = {
  passed: "✅ passed",
  failed: "❌ failed",
  blocked: "⏸️ blocked",
  faulted: "⚠️ the grader failed",
} as const;

/** What the summary says beside the report. */
export interface SummaryPage {
  place: Place;
  protectedFiles: readonly ProtectedFile[];
}

/** The report as GitHub-flavoured Markdown, under 1 MiB whatever the submission holds. */
export function summaryOf({ report, files }: Graded, page: SummaryPage): string {
  const drawn = { place: page.place, files };
  const withheld = notShownNote(report);
  const blocks = [
    headline(report),
    ...(withheld === undefined ? [] : [prose(withheld)]),
    ...changed(page),
    ...findings(report, drawn),
    ...checks(report),
    ...walked(report, files),
    ...notes(report, drawn),
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

function findings(report: Report, page: Page): string[] {
  const { lead, further, isNotStarted } = sortFindings(report);
  if (lead === undefined) {
    return report.score === report.maxScore && report.status === "graded"
      ? ["Every check passed. Well done."]
      : [];
  }
  const title = lead.id === NOT_STARTED ? "Write this next" : "Repair this first";
  const then = further.slice(0, MOST_FINDINGS).map((finding) => {
    return folded(findingTitle(finding), findingInFull(finding, page));
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

function checks({ checks: results }: Report): string[] {
  if (results.length === 0) return [];
  const rows = results.map((check) => {
    const by = check.blockedBy === undefined ? "an earlier failure" : code(check.blockedBy);
    const says = check.status === "blocked" ? `, blocked by ${by}` : "";
    const points = check.status === "faulted" ? "?" : String(check.points);
    const title = literal(shortened(check.title, LONGEST_WORDS));
    const about = `${title}<br>${code(check.id)}${says}`;
    return [MARKS[check.status], `${points}/${check.maxPoints}`, about];
  });
  return ["### Checks", table(["", "points", "what your program does"], rows)];
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
function evidence(report: Report, page: SummaryPage): string {
  const seed = code(shortened(report.seed, LONGEST_WORDS));
  const words = [
    `Seed ${seed}, dropout-grader ${literal(shortened(report.grader, LONGEST_WORDS))}.`,
    "What runs in your own repository is advice; your teacher's own run is the record.",
  ];
  const hashes = table(["file", "", "SHA-256"], fileRows(report, page).slice(0, MOST_FILES));
  return folded("How to repeat this", [words.join(" "), hashes].join("\n\n"));
}

/** What was graded, and what was given, each file once. */
function fileRows({ submission }: Report, { place, protectedFiles }: SummaryPage): string[][] {
  const states = new Map(protectedFiles.map(({ path, state }) => [path, state]));
  const graded = submission.files.map(({ path, sha256 }) => ({
    path: inRepository(path, place) ?? path,
    sha256,
  }));
  const seen = new Set(graded.map(({ path }) => path));
  const others = protectedFiles.filter(({ path }) => !seen.has(path));
  const rows = [
    ...graded.map((file) => ({ ...file, says: ["graded", states.get(file.path) ?? ""] })),
    ...others.map(({ state, ...file }) => ({ ...file, says: [state] })),
  ];
  return rows.map(({ path, sha256, says }) => {
    const words = says.filter((word) => word !== "").join(", ");
    return [code(shortened(path, LONGEST_WORDS)), words, code(shortened(sha256 ?? "–", 64))];
  });
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
  const more =
    left === 0 ? [] : [`${left} more parts found no room here; the report's file has them.`];
  return `${[...kept, ...more].join("\n\n")}\n`;
}
