import type { Report } from "../../model/report.ts";
import { visible } from "../escape.ts";
import type { Page } from "./finding.ts";
import { hang, prose } from "./wrap.ts";

/** Lines of the student's own output that are shown, and columns of each. */
const CONSOLE_LINES = 10;

/** What the program printed, marked as its own words on every line, and cut. */
export function consoleOutput(report: Report, { paint, width }: Page): string[] {
  const text = report.console.replace(/\s+$/u, "");
  if (text === "") return [];
  const lines = text.split(/\r\n|\n/u);
  const more = lines.length - CONSOLE_LINES;
  return [
    "",
    paint.bold("Your program printed"),
    ...lines.slice(0, CONSOLE_LINES).map((line) => quoted(line, { paint, width })),
    ...(more > 0 ? [paint.dim(`  (${more} more ${more === 1 ? "line" : "lines"})`)] : []),
  ];
}

/** The seed, and the call that gives this report again; it stays on one line, to be copied. */
export function howToRepeat(report: Report, { paint, width, again }: Page): string[] {
  const { path } = report.submission;
  const words = [
    "grade",
    "--seed",
    report.seed,
    ...again,
    ...(path.startsWith("-") ? ["--"] : []),
    path,
  ];
  const seed = `Seed ${report.seed}, dropout-grader ${report.grader}. The same again:`;
  return [
    "",
    ...prose(seed, { indent: 0, width }).map(paint.dim),
    paint.dim(`  ${visible(words.map(shellWord).join(" "))}`),
  ];
}

function quoted(line: string, { paint, width }: Pick<Page, "paint" | "width">): string {
  const [first = "", ...rest] = hang(`${paint.marks.bar} `, visible(line), {
    indent: 2,
    width: width - 1,
  });
  return paint.dim(rest.length === 0 ? first : `${first}${paint.marks.cut}`);
}

/** A word as a POSIX shell reads it back. */
function shellWord(word: string): string {
  return /^[\w./:@%+,-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
