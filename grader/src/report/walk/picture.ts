/** Masks and activations as pictures: a row is a unit, a column an example. */

import type { Walk } from "../../model/walk.ts";

type Picture = Walk["pictures"][number];

/** More units or examples than this are cut off; a picture shows a pattern, not each of them. */
const MOST_ROWS = 12;
const MOST_COLUMNS = 24;

/** What the characters of a picture stand for. */
export const PICTURE_WORDS = "A row is a unit, a column an example; the dots are zeros.";

/** The part of it that is shown, in no more than so many columns. */
export function shownPart({ rows }: Picture, columns = MOST_COLUMNS): number[][] {
  return rows.slice(0, MOST_ROWS).map((row) => row.slice(0, Math.min(columns, MOST_COLUMNS)));
}

/** How the entries of a picture are written, and how wide it may become. */
interface Signs {
  there: string;
  zero: string;
  width: number;
}

/** The rows as text. A value that is no number is a question mark. */
export function pictureRows(picture: Picture, { there, zero, width }: Signs): string[] {
  const sign = (value: number): string => {
    if (Number.isNaN(value)) return "?";
    return value === 0 ? zero : there;
  };
  // Between two signs there is a blank.
  return shownPart(picture, Math.ceil(width / 2)).map((row) => row.map(sign).join(" "));
}

/** How many of its entries are zero, for who cannot see the picture. */
export function pictureWords({ title, rows }: Picture): string {
  const all = rows.flat();
  const zeros = all.filter((value) => value === 0).length;
  return `${title}: ${zeros} of ${all.length} entries are zero`;
}
