import type { SubmittedFile } from "../../model/submission.ts";
import type { Finding } from "../../model/report.ts";
import { explainCall } from "../docs-page.ts";
import { visible } from "../escape.ts";
import { codeFrame } from "./frame.ts";
import type { Paint } from "./paint.ts";
import { NOT_STARTED } from "./sort.ts";
import { hang, oneLine, prose } from "./wrap.ts";

/** What every section of the terminal report is drawn with. */
export interface Page {
  paint: Paint;
  width: number;
  files: readonly SubmittedFile[];
  /** As in `Look`. */
  again: readonly string[];
}

/** The finding to repair first, in full: the line, then what, why and where to look. */
export function leadFinding(finding: Finding, page: Page): string[] {
  const { paint, width } = page;
  return [
    paint.bold(finding.id === NOT_STARTED ? "Write this next" : "Repair this first"),
    ...hang("", paint.bold(paint.bad(visible(finding.title))), { indent: 0, width }),
    ...frameOf(finding, page),
    ...titled("What was measured", finding.what, page),
    ...titled("Why it matters", finding.why, page),
    ...titled("Where to look next", finding.next, page),
    ...readMore(finding),
  ];
}

/** Where the page is: on the web, and in the package. A path alone is of no use to a student. */
function readMore({ docs }: Finding): string[] {
  const call = explainCall(docs);
  const isAddress = call === undefined || docs.startsWith("https://");
  const ways = [...(isAddress ? [docs] : []), ...(call === undefined ? [] : [call])];
  // A link that is broken over two lines cannot be opened.
  return ["", "Read more:", ...ways.map((way) => `  ${visible(way)}`)];
}

/** A further finding: where it is, what was measured, where to look. */
export function furtherFinding(finding: Finding, { paint, width }: Page): string[] {
  const mark = `${finding.id === NOT_STARTED ? paint.marks.blocked : paint.marks.failed} `;
  return [
    ...hang(mark, paint.bold(visible(finding.title)), { indent: 2, width }),
    ...prose(placeOf(finding), { indent: 4, width }),
    ...prose(finding.what, { indent: 4, width }),
    ...labelled("Next: ", finding.next, width),
  ];
}

/** What costs no points: a remark or a well-done. */
export function note(finding: Finding, { paint, width }: Page): string[] {
  const isPraise = finding.kind === "celebratory";
  const mark = isPraise ? paint.good(`${paint.marks.passed} `) : "- ";
  const [first = "", ...rest] = hang("  ", paint.bold(visible(finding.title)), {
    indent: 2,
    width,
  });
  return [
    `  ${mark}${first.slice(4)}`,
    ...rest,
    ...prose(finding.what, { indent: 4, width }),
    ...(isPraise ? [] : prose(finding.next, { indent: 4, width })),
  ];
}

/** `src/dropout.ts:12:5`, which most terminals and editors open on a click. */
export function placeOf({ location }: Finding): string {
  return location === undefined ? "" : `${location.file}:${location.line}:${location.column}`;
}

function frameOf(finding: Finding, page: Page): string[] {
  const { location } = finding;
  if (location === undefined) return [];
  const frame = codeFrame(location, page.files, page);
  const place = hang("", visible(placeOf(finding)), { indent: 0, width: page.width });
  return frame.length === 0 ? place : [...place, "", ...frame];
}

function titled(title: string, text: string, { paint, width }: Page): string[] {
  return text.trim() === "" ? [] : ["", paint.bold(title), ...prose(text, { indent: 2, width })];
}

function labelled(label: string, text: string, width: number): string[] {
  return text.trim() === "" ? [] : hang(label, visible(oneLine(text)), { indent: 4, width });
}
