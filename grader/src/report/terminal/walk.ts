/** The student's function line by line, each line with what it held. */

import stringWidth from "string-width";
import type { Walk } from "../../model/walk.ts";
import { visible } from "../escape.ts";
import { PICTURE_WORDS, pictureRows } from "../walk/picture.ts";
import { walkedFiles } from "../walk/lines.ts";
import type { Held, WalkedLine } from "../walk/lines.ts";
import { STANDING_WORDS, callOf, verdictOn } from "../walk/words.ts";
import { cellsOf, seenThrough } from "./cells.ts";
import type { Page } from "./finding.ts";
import type { Paint } from "./paint.ts";
import { hang, oneLine, prose } from "./wrap.ts";

/** Of the columns beside the line numbers, the code has this share where values stand beside it. */
const CODE_SHARE = 0.58;
const BETWEEN = 2;

type WalkPage = Omit<Page, "again">;

/** One call: what was called, where it leaves, and what `walkedCode` says. */
export function walkLines(walk: Walk, page: WalkPage): string[] {
  const { paint, width } = page;
  return [
    ...hang("", paint.bold(visible(callOf(walk).replaceAll("`", ""))), { indent: 0, width }),
    ...prose(verdictOn(walk), { indent: 0, width }),
    ...walkedCode(walk, page),
  ];
}

/** The lines with their values, and where units are dropped, the masks; nothing where nothing is known. */
export function walkedCode(walk: Walk, page: WalkPage): string[] {
  const { paint, width, files } = page;
  const walked = walkedFiles(walk, files);
  const last = Math.max(0, ...walked.flatMap(({ lines }) => lines.map(({ number }) => number)));
  const columns = { digits: String(last).length, paint, width };
  return [
    ...(walked.length === 0 ? [] : legend(page)),
    ...walked.flatMap(({ path, lines }) => [
      "",
      ...hang("", visible(path), { indent: 2, width }),
      ...lines.flatMap((line) => drawn(line, columns)),
    ]),
    ...pictures(walk, page),
  ];
}

interface Columns {
  digits: number;
  paint: Paint;
  width: number;
}

function legend({ paint, width }: Pick<Page, "paint" | "width">): string[] {
  const words = Object.entries(signs(paint)).map(
    // The entries of a record of three.
    ([standing, sign]) => `${sign} ${STANDING_WORDS[standing as Held["standing"]]}`,
  );
  return hang("", words.join("   "), { indent: 0, width });
}

function signs({ marks }: Paint): Record<Held["standing"], string> {
  return { right: marks.passed, diverges: marks.failed, wrong: marks.after };
}

function drawn(line: WalkedLine, columns: Columns): string[] {
  const { paint, digits, width } = columns;
  const isFirst = line.held.some(({ standing }) => standing === "diverges");
  const gutter = (label: string, pointer: string) =>
    `${pointer} ${label.padStart(digits)} ${paint.marks.bar} `;
  const empty = gutter("", " ");
  const room = width - empty.length;
  const shown = seenThrough(cellsOf(line.text), { from: 0, to: room - 1 }, paint.marks.cut);
  const skipped = line.skipped === 0 ? [] : [paint.dim(gutter(paint.marks.skip, " ").trimEnd())];
  const label = gutter(String(line.number), isFirst ? ">" : " ");
  const number = isFirst ? paint.bold(paint.bad(label)) : paint.dim(label);
  const beside = isFirst ? undefined : besideCode(shown, line.held, { room, paint });
  if (beside !== undefined) {
    const [first = "", ...rest] = beside;
    return [
      ...skipped,
      `${number}${first}`.trimEnd(),
      ...rest.map((text) => `${paint.dim(empty)}${text}`),
    ];
  }
  const indent = Math.min(/^ */u.exec(shown)?.[0].length ?? 0, Math.floor(room / 3));
  const below = line.held.flatMap((held) => valueLines(held, { indent, room, paint }));
  return [
    ...skipped,
    `${number}${shown}`.trimEnd(),
    ...below.map((text) => `${paint.dim(empty)}${text}`),
  ];
}

interface Room {
  room: number;
  paint: Paint;
}

/** Code and values in two columns; nothing where one of them is too wide for its own. */
function besideCode(
  code: string,
  held: readonly Held[],
  { room, paint }: Room,
): string[] | undefined {
  if (held.length === 0) return [code];
  const left = Math.floor(room * CODE_SHARE);
  const right = room - left - BETWEEN;
  const values = held.map((one) => valueLines(one, { indent: 0, room: right, paint }));
  const fits = stringWidth(code) <= left && values.every((lines) => lines.length === 1);
  if (!fits) return undefined;
  const pad = " ".repeat(left + BETWEEN - stringWidth(code));
  return values.flat().map((text, i) => (i === 0 ? code + pad : " ".repeat(left + BETWEEN)) + text);
}

/** `✗ A1: relu(Z1)∘D1; …`, and for the first divergence one entry of it. */
function valueLines(held: Held, { indent, room, paint }: Room & { indent: number }): string[] {
  const color = { right: paint.good, diverges: paint.bad, wrong: paint.notice }[held.standing];
  const sign = signs(paint)[held.standing];
  const name = held.name === undefined ? "" : `${held.name}: `;
  const words = visible(oneLine(`${name}${held.words}`));
  const place = { indent, width: room };
  const said = held.standing === "diverges" ? paint.bold(words) : words;
  const [first = "", ...rest] = hang(`${sign} `, said, place);
  const entry = held.entry === undefined ? "" : visible(oneLine(held.entry));
  return [
    `${" ".repeat(indent)}${color(sign)}${first.slice(indent + sign.length)}`,
    ...rest,
    ...(entry === "" ? [] : hang("", entry, { ...place, indent: indent + 2 })),
  ];
}

/** Side by side as long as there is room: a mask is looked at beside what it was applied to. */
function pictures(walk: Walk, { paint, width }: Pick<Page, "paint" | "width">): string[] {
  const blocks = walk.pictures.map((picture) => {
    const rows = pictureRows(picture, { ...paint.pixels, width: width - INDENT });
    const title = visible(oneLine(picture.title.slice(0, LONGEST_TITLE)));
    return { title: hang("", title, { indent: 0, width: width - INDENT }), rows };
  });
  const lines: string[][] = [];
  let row: Block[] = [];
  for (const block of blocks) {
    const next = blockOf(block);
    const taken = row.reduce((sum, one) => sum + one.width + GUTTER, INDENT);
    if (row.length > 0 && taken + next.width > width) {
      lines.push(sideBySide(row));
      row = [];
    }
    row.push(next);
  }
  if (row.length > 0) lines.push(sideBySide(row));
  if (lines.length === 0) return [];
  return [
    ...lines.flatMap((block) => ["", ...block]),
    ...prose(PICTURE_WORDS, { indent: 2, width }).map(paint.dim),
  ];
}

const LONGEST_TITLE = 100;
/** Columns before the first picture, and between two. */
const INDENT = 2;
const GUTTER = 4;

interface Block {
  lines: string[];
  width: number;
}

function blockOf({ title, rows }: { title: string[]; rows: string[] }): Block {
  const lines = [...title, ...rows];
  return { lines, width: Math.max(0, ...lines.map((line) => stringWidth(line))) };
}

function sideBySide(row: readonly Block[]): string[] {
  const height = Math.max(...row.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, i) => {
    const cells = row.map(({ lines, width }) => {
      const text = lines[i] ?? "";
      return text + " ".repeat(width - stringWidth(text));
    });
    return `  ${cells.join(" ".repeat(GUTTER))}`.trimEnd();
  });
}
