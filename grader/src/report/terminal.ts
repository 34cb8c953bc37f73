import type { Graded } from "../model/grader.ts";
import type { Report } from "../model/report.ts";
import { defuse, visible } from "./escape.ts";
import type { Look, Reporter } from "./reporter.ts";
import { furtherFinding, leadFinding, note, placeOf } from "./terminal/finding.ts";
import type { Page } from "./terminal/finding.ts";
import { paintFor } from "./terminal/paint.ts";
import { consoleOutput, howToRepeat } from "./terminal/repeat.ts";
import { compactReport } from "./terminal/several.ts";
import { faultOf, sortFindings } from "./terminal/sort.ts";
import type { Sorted } from "./terminal/sort.ts";
import { checkTable } from "./terminal/table.ts";
import { walkLines } from "./terminal/walk.ts";
import { hang, oneLine, prose } from "./terminal/wrap.ts";

/** What a person reads: the score, the one thing to repair first, then everything else. */
export const terminalReport: Reporter = (graded, look) => {
  if (look.several) return compactReport(graded, look);
  return defuse(`${linesFor(graded, look).join("\n")}\n`);
};

function linesFor({ report, files }: Graded, look: Look): string[] {
  const page: Page = { paint: paintFor(look), width: look.width, files, again: look.again };
  const sorted = sortFindings(report);
  if (report.status === "ungradable") {
    return [
      ...ungradable(report, page),
      ...checkSection(report, page),
      ...foundAnyhow(report, page),
      ...howToRepeat(report, page),
    ];
  }
  if (sorted.isNotStarted) return [...scoreLine(report, page), "", ...notStarted(sorted, page)];
  return [
    ...scoreLine(report, page),
    "",
    ...(sorted.lead === undefined ? withoutFault(report, page) : leadFinding(sorted.lead, page)),
    ...checkSection(report, page),
    ...section(
      "Then",
      sorted.further.map((finding) => furtherFinding(finding, page)),
      page,
    ),
    ...section(
      "Notes (these cost no points)",
      sorted.notes.map((finding) => note(finding, page)),
      page,
    ),
    ...walked(report, page),
    ...consoleOutput(report, page),
    ...howToRepeat(report, page),
  ];
}

function walked({ walks = [] }: Report, page: Page): string[] {
  return section(
    "Line by line",
    walks.map((walk) => walkLines(walk, page)),
    page,
  );
}

function scoreLine(report: Report, { paint, width }: Page): string[] {
  const isFull = report.score === report.maxScore;
  const score = `${report.score} of ${report.maxScore} points`;
  const colored = paint.bold(isFull ? paint.good(score) : score);
  return hang("", `${colored}  ${visible(report.submission.path)}`, { indent: 0, width });
}

/** Full marks; or fewer, should a check have failed and no finding say why. */
function withoutFault(report: Report, { paint, width }: Page): string[] {
  if (report.score === report.maxScore) return [paint.good("Every check passed. Well done.")];
  return prose(
    "The table shows which checks failed. No finding says why: please tell your teacher.",
    { indent: 0, width },
  );
}

function checkSection(report: Report, page: Page): string[] {
  return ["", page.paint.bold("Checks"), ...checkTable(report, page)];
}

function section(title: string, blocks: readonly string[][], { paint }: Page): string[] {
  return blocks.length === 0
    ? []
    : ["", paint.bold(title), ...blocks.flatMap((block, i) => (i === 0 ? block : ["", ...block]))];
}

function notStarted({ lead, further }: Sorted, { paint, width }: Page): string[] {
  if (lead === undefined) return [];
  const findings = [lead, ...further];
  const places = new Set(findings.map(placeOf));
  // One place for all is where they stop, such as a helper that throws, not where to write.
  const hasOwnPlaces = places.size === findings.length;
  return [
    ...hang("", paint.bold("Nothing to grade yet, and nothing wrong: this is where to begin."), {
      indent: 0,
      width,
    }),
    "",
    ...findings.flatMap((finding) => [
      ...hang("- ", visible(oneLine(finding.what)), { indent: 2, width }),
      ...(hasOwnPlaces ? prose(placeOf(finding), { indent: 4, width }) : []),
    ]),
    "",
    ...prose(lead.next, { indent: 0, width }),
  ];
}

function ungradable(report: Report, { paint, width }: Page): string[] {
  return [
    ...hang("", paint.bold(paint.notice(`Not gradable  ${visible(report.submission.path)}`)), {
      indent: 0,
      width,
    }),
    "",
    ...prose(`The grader failed, not you: ${faultOf(report)}`, { indent: 0, width }),
    ...prose("No points were taken. Please send your teacher this whole report.", {
      indent: 0,
      width,
    }),
  ];
}

/** What was found before the grader failed. It is true all the same. */
function foundAnyhow({ checks, findings }: Report, page: Page): string[] {
  const failed = new Set(checks.filter(({ status }) => status === "failed").map(({ id }) => id));
  const found = findings.filter(({ check, kind }) => kind === "essential" && failed.has(check));
  return section(
    "What was found all the same",
    found.map((finding) => furtherFinding(finding, page)),
    page,
  );
}
