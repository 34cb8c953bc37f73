import type { Finding } from "../../model/report.ts";
import type { SubmittedFile } from "../../model/submission.ts";
import { explainCall } from "../docs-page.ts";
import { placeOf } from "../terminal/finding.ts";
import { codeFrame } from "../terminal/frame.ts";
import { paintFor } from "../terminal/paint.ts";
import { code, codeBlock, link, literal, prose, shortened } from "./markdown.ts";
import { docsUrl, lineUrl } from "./place.ts";
import type { Place } from "./place.ts";

const LONGEST_WORDS = 600;
const LOOK = { width: 80, color: false, unicode: true, several: false, again: [] };

/** What a finding is drawn with. */
export interface Page {
  place: Place;
  files: readonly SubmittedFile[];
}

/** The student's line, what was measured, why it matters, where to look. */
export function findingInFull(finding: Finding, { place, files }: Page): string {
  const { location } = finding;
  const frame =
    location === undefined
      ? []
      : codeFrame(location, files, { paint: paintFor(LOOK), width: LOOK.width });
  const at = location === undefined ? "" : link(code(placeOf(finding)), lineUrl(location, place));
  return [
    at,
    frame.length === 0 ? "" : codeBlock(frame),
    words(finding.what),
    titled("Why it matters", finding.why),
    titled("Where to look next", finding.next),
    readMore(finding, place),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What stands on the fold: two findings with one title are told apart by their places. */
export function findingTitle(finding: Finding): string {
  const at = finding.location === undefined ? "" : ` ${code(placeOf(finding))}`;
  return `<b>${literal(shortened(finding.title, LONGEST_WORDS))}</b>${at}`;
}

/** What costs no points, as an item of a list. */
export function noteItem(finding: Finding, { place }: Page): string {
  const mark = finding.kind === "celebratory" ? "🎉 " : "";
  const title = `<b>${literal(shortened(finding.title, LONGEST_WORDS))}.</b>`;
  const parts = [words(finding.what), words(finding.next), readMore(finding, place)];
  return `- ${mark}${title} ${parts.filter((part) => part !== "").join(" ")}`.trimEnd();
}

function titled(title: string, text: string): string {
  return text.trim() === "" ? "" : `**${title}.** ${words(text)}`;
}

function words(text: string): string {
  return prose(shortened(text, LONGEST_WORDS));
}

function readMore(finding: Finding, place: Place): string {
  const url = docsUrl(finding, place);
  if (url !== undefined) return link("Read more about it.", url);
  const call = explainCall(finding.docs);
  return call === undefined ? "" : `${code(call)} says more.`;
}
