import type { Location, SubmittedFile } from "../../model/submission.ts";
import { linesOf } from "../escape.ts";
import { cellsOf, columnsOf, seenThrough } from "./cells.ts";
import type { Range } from "./cells.ts";
import type { Paint } from "./paint.ts";

/** Columns that stay free on each side of a window, for the signs that it was cut. */
const CUT_MARGIN = 1;

interface Numbered {
  number: number;
  line: string;
}

/**
 * The student's line with one line of context on either side, line numbers, and carets under the
 * columns meant. Nothing where the file's text is not at hand.
 */
export function codeFrame(
  location: Location,
  files: readonly SubmittedFile[],
  { paint, width }: FrameLook,
): string[] {
  const file = files.find(({ path }) => path === location.file);
  const lines = file === undefined ? [] : linesOf(file.text);
  const target = lines[location.line - 1];
  if (target === undefined) return [];
  const around = neighbours(lines, location.line);
  const digits = String(around.at(-1)?.number ?? 0).length;
  const marked = columnsOf(cellsOf(target), rangeIn(target, location));
  const window = windowOn(marked, width - digits - 5 - 2 * CUT_MARGIN);
  const gutter = (label: string) => `  ${label.padStart(digits)} ${paint.marks.bar} `;
  return around.flatMap(({ number, line }) => {
    const text = seenThrough(cellsOf(line), window, paint.marks.cut);
    const row = `${paint.dim(gutter(String(number)))}${text}`.trimEnd();
    return number === location.line
      ? [row, `${paint.dim(gutter(""))}${paint.bad(carets(marked, window))}`]
      : [row];
  });
}

interface FrameLook {
  paint: Paint;
  width: number;
}

/** A range over several lines is marked to the end of its first one. */
function rangeIn(line: string, location: Location): Range {
  const end = location.endLine > location.line ? line.trimEnd().length : location.endColumn - 1;
  const from = location.column - 1;
  return { from, to: Math.max(end, from + 1) };
}

function neighbours(lines: readonly string[], number: number): Numbered[] {
  return [number - 1, number, number + 1].flatMap((n) => {
    const line = lines[n - 1];
    const isBlankEdge = n !== number && (line === undefined || line.trim() === "");
    return line === undefined || isBlankEdge ? [] : [{ number: n, line }];
  });
}

/** Where to cut long lines, so that the marked columns, or as many as fit, are seen. */
function windowOn(marked: Range, width: number): Range {
  if (marked.to <= width) return { from: 0, to: width };
  const lead = Math.max(0, Math.floor((width - (marked.to - marked.from)) / 2));
  const from = Math.max(0, marked.from - lead);
  return { from, to: from + width };
}

function carets(marked: Range, window: Range): string {
  const left = marked.from - window.from + (window.from > 0 ? CUT_MARGIN : 0);
  const count = Math.max(1, Math.min(marked.to, window.to) - marked.from);
  return `${" ".repeat(left)}${"^".repeat(count)}`;
}
