import stringWidth from "string-width";
import { isUnseen, visible } from "../escape.ts";

const TAB_STOP = 4;

const segmenter = new Intl.Segmenter("en");

/** A piece of a source line as it is shown: which character it stands for, and the columns it fills. */
interface Cell {
  text: string;
  /** Positions in the line's text, in UTF-16 units as the compiler counts, from 0. */
  at: number;
  end: number;
  /** First column on the screen, from 0, and columns filled. */
  left: number;
  width: number;
}

/** A half-open range of columns. */
export interface Range {
  from: number;
  to: number;
}

/** A line of source, character by character, tabs widened and unseen characters spelled out. */
export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  let left = 0;
  for (const { segment } of segmenter.segment(line)) {
    const text = shown(segment, left);
    const width = stringWidth(text);
    const end = at + segment.length;
    cells.push({ text, at, end, left, width });
    at = end;
    left += width;
  }
  return cells;
}

/** Columns on the screen that the UTF-16 range `range` of the line fills. */
export function columnsOf(cells: readonly Cell[], range: Range): Range {
  const marked = cells.filter((cell) => cell.end > range.from && cell.at < range.to);
  const [first] = marked;
  const last = marked.at(-1) ?? cells.at(-1);
  const end = last === undefined ? 0 : last.left + last.width;
  return { from: first?.left ?? end, to: end };
}

/** What is seen of a line through a window, with a sign where it is cut. */
export function seenThrough(cells: readonly Cell[], window: Range, cut: string): string {
  const inside = cells.filter(
    (cell) => cell.left >= window.from && cell.left + cell.width <= window.to,
  );
  const text = inside.map((cell) => cell.text).join("");
  const last = cells.at(-1);
  const cutLeft = window.from > 0 && cells.length > 0 ? cut : "";
  const cutRight = last !== undefined && last.left + last.width > window.to ? cut : "";
  return `${cutLeft}${" ".repeat((inside[0]?.left ?? window.from) - window.from)}${text}${cutRight}`.trimEnd();
}

function shown(segment: string, left: number): string {
  if (segment === "\t") return " ".repeat(TAB_STOP - (left % TAB_STOP));
  return isUnseen(segment) ? visible(segment) : segment;
}
