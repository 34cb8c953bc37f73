import wrapAnsi from "wrap-ansi";
import { linesOf, visible } from "../escape.ts";

/** Words get this many columns even where the indent leaves fewer. */
const LEAST_COLUMNS = 8;

/** Where a text stands: blanks before each line, and the columns that a line may fill. */
export interface Place {
  indent: number;
  width: number;
}

/** The report's or the student's own words, made visible, wrapped and indented; nothing for no words. */
export function prose(text: string, place: Place): string[] {
  if (text.trim() === "") return [];
  return linesOf(text.trim()).flatMap((line) => hang("", visible(line), place));
}

/**
 * A lead (a mark, a bullet; counted in columns, so pass it without colours), then words that are
 * wrapped beside it. `text` may hold colours of our own and is not made visible here.
 */
export function hang(lead: string, text: string, place: Place): string[] {
  const indent = " ".repeat(place.indent + lead.length);
  const columns = Math.max(LEAST_COLUMNS, place.width - indent.length);
  const lines = wrapAnsi(text, columns, { hard: true, trim: true }).split("\n");
  return lines.map((line, i) =>
    i === 0 ? `${" ".repeat(place.indent)}${lead}${line}` : `${indent}${line}`.trimEnd(),
  );
}

/** Words that run on, whatever line breaks they had. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/gu, " ");
}
