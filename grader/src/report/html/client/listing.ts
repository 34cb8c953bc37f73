/** A program's text in lines, with what is to be said beside them. */

import { isUnseen, linesOf } from "../../escape.ts";
import type { Location } from "../../../model/submission.ts";
import type { PlacedFinding } from "../data.ts";

/** As a number: the bundler would write the character itself, and logs should not get it. */
const TAB = 9;

/** A stretch of one line. `odd` is a character that cannot be seen, spelled out. */
export interface Span {
  text: string;
  kind: "plain" | "marked" | "odd";
}

export interface Line {
  number: number;
  spans: Span[];
  /** Places in the list of findings, for those that begin on this line. */
  findings: number[];
}

/** The lines of one file. A finding stands at the line that it begins on, the last one at most. */
export function listing(file: string, text: string, findings: readonly PlacedFinding[]): Line[] {
  const lines = linesOf(text);
  const own = findings.flatMap(({ location }, finding) =>
    location?.file === file ? [{ finding, location }] : [],
  );
  return lines.map((line, i) => {
    const isHere = ({ line: at }: Location): boolean => Math.min(at, lines.length) === i + 1;
    const here = own.filter(({ location }) => isHere(location));
    const ranges = here.map(({ location }) => rangeOn(location, line.length));
    return {
      number: i + 1,
      spans: spansOf(line, ranges),
      findings: here.map(({ finding }) => finding),
    };
  });
}

/** From the first column to the last on its first line, counted from 0. */
function rangeOn({ line, column, endLine, endColumn }: Location, length: number): [number, number] {
  return [column - 1, endLine > line ? length : Math.min(endColumn - 1, length)];
}

function spansOf(line: string, ranges: readonly (readonly [number, number])[]): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const character of line) {
    const span = spanOf(
      character,
      ranges.some(([from, to]) => at >= from && at < to),
    );
    const last = spans.at(-1);
    if (last?.kind === span.kind && span.kind !== "odd") last.text += span.text;
    else spans.push(span);
    at += character.length;
  }
  return spans;
}

function spanOf(character: string, isMarked: boolean): Span {
  const kind = isMarked ? "marked" : "plain";
  if (character.charCodeAt(0) === TAB || !isUnseen(character)) return { text: character, kind };
  return { text: `\\u{${character.codePointAt(0)?.toString(16)}}`, kind: "odd" };
}
