/** A walk laid over the student's text: which lines are shown, and what each of them held. */

import type { SubmittedFile } from "../../model/submission.ts";
import type { Walk, WalkStep } from "../../model/walk.ts";
import { linesOf } from "../escape.ts";

/** A value as it is shown; what is none of the network's quantities is not. */
export type Held = Pick<WalkStep, "name" | "words" | "entry"> & {
  standing: "right" | "diverges" | "wrong";
};

/** One line of a file. */
export interface WalkedLine {
  number: number;
  /** Nothing where the file is not at hand. */
  text: string;
  held: Held[];
  /** Lines that are left out before this one. */
  skipped: number;
}

export interface WalkedFile {
  path: string;
  lines: WalkedLine[];
}

/** A longer statement is shown up to this many lines, and so is what lies between two statements. */
const LONGEST_STATEMENT = 6;
const LONGEST_GAP = 3;
/** Of one line, and of one walk: a program can be as long as it likes. */
const MOST_HELD = 6;
const MOST_LINES = 200;
const LONGEST_WORDS = 400;

/** The files that the call ran through, in the order in which it came to them. */
export function walkedFiles(walk: Walk, files: readonly SubmittedFile[]): WalkedFile[] {
  const paths = [...new Set(walk.steps.filter(isKnown).map(({ location }) => location.file))];
  return paths.map((path) => {
    const file = files.find((one) => one.path === path);
    const texts = file === undefined ? [] : linesOf(file.text);
    return { path, lines: linesShown(path, walk, texts) };
  });
}

/** What the lines of a file held, by their numbers, in the order in which it was computed. */
export function heldIn(file: string, { steps }: Walk): Map<number, Held[]> {
  const lines = new Map<number, Map<string, Held>>();
  for (const step of steps) {
    const { location, standing } = step;
    if (location.file !== file || standing === "unknown") continue;
    const here = lines.get(location.line) ?? new Map<string, Held>();
    lines.set(location.line, here);
    // The divergence is never left out: there is one in a call.
    if (here.size >= MOST_HELD && standing !== "diverges") continue;
    const held = heldBy(step, standing);
    // A loop comes by many times, and is told once.
    here.set(JSON.stringify(held), held);
  }
  return new Map([...lines].map(([line, held]) => [line, [...held.values()]]));
}

function heldBy({ name, words, entry }: WalkStep, standing: Held["standing"]): Held {
  return {
    ...{ words: words.slice(0, LONGEST_WORDS), standing },
    ...(name === undefined ? {} : { name: name.slice(0, LONGEST_WORDS) }),
    ...(entry === undefined ? {} : { entry: entry.slice(0, LONGEST_WORDS) }),
  };
}

function isKnown({ standing }: WalkStep): boolean {
  return standing !== "unknown";
}

function linesShown(path: string, walk: Walk, texts: readonly string[]): WalkedLine[] {
  const held = heldIn(path, walk);
  const numbers = withSmallGaps(statementLines(path, walk, texts.length), texts.length);
  const shown = numbers.slice(0, MOST_LINES);
  return shown.map((number, i) => ({
    number,
    text: texts[number - 1] ?? "",
    held: held.get(number) ?? [],
    skipped: i === 0 ? 0 : number - (shown[i - 1] ?? 0) - 1,
  }));
}

function statementLines(path: string, { steps }: Walk, last: number): number[] {
  const lines = new Set<number>();
  for (const { location } of steps.filter(isKnown)) {
    if (location.file !== path) continue;
    const end = Math.min(location.endLine, location.line + LONGEST_STATEMENT - 1, last);
    for (let line = location.line; line <= Math.max(location.line, end); line += 1) lines.add(line);
  }
  return [...lines].toSorted((a, b) => a - b);
}

/** What lies between two statements is shown where it is short, and there is a text to show. */
function withSmallGaps(lines: readonly number[], last: number): number[] {
  return lines.flatMap((line, i) => {
    const before = lines[i - 1] ?? line - 1;
    const gap = line - before - 1;
    if (gap > LONGEST_GAP || line > last) return [line];
    return [...Array.from({ length: gap }, (_, k) => before + 1 + k), line];
  });
}
