/** The page of results, as Markdown. */

import { BASELINES, type BaselineName } from "./baselines/baselines.ts";
import type { JudgedMutant } from "./generate.ts";
import type { Location } from "../../grader/src/model/submission.ts";
import type { Mutant } from "./mutate/mutate.ts";

export interface Result {
  id: string;
  isAccepted: boolean;
  isExpected: boolean;
  /** The oracle finds fault with nothing but `predict`. */
  isPredictOnly: boolean;
  /** Where the findings point, and where the walks diverge first. */
  pointedAt: readonly Location[];
  divergesAt: readonly Location[];
  baselines: Record<BaselineName, boolean>;
}

/** Programs of one sort; its title begins with `right` or `wrong`. */
export interface Corpus {
  title: string;
  results: readonly Result[];
}

export interface Details {
  kinds: number;
  discarded: number;
  /** What printed the page. */
  command: string;
  reasons: readonly { mutant: Mutant; reason: string }[];
  survivors: readonly JudgedMutant[];
  /** What is to be said of wrong mutants, the line of whose edit is known. */
  lines: readonly string[];
}

const NAMES = Object.keys(BASELINES);

/** Everything that a run found out. */
export function resultsPage(corpora: readonly Corpus[], details: Details): string {
  const { kinds, discarded, command, reasons, survivors } = details;
  return [
    "# How often the grader is right",
    `Printed by \`${command}\`. Right programs should be accepted, wrong ones caught; each cell says how many were.`,
    table(corpora),
    "The course hands out `predict` and has no test for it, so the last row leaves out what is wrong in `predict` alone.",
    `Rewritten programs were made by ${kinds} kinds of rewriting, some at a time. ${discarded} more were made and not used, since the oracle found them wrong.`,
    ...details.lines,
    "## Wrong programs with full marks",
    survivors.length === 0 ? "None." : survivors.map(survivor).join("\n"),
    "## Mutants that are right",
    "One edit each, and still what the contract asks for.",
    reasons.map(({ mutant, reason }) => `- ${edit(mutant)}: ${reason}.`).join("\n"),
    "",
  ].join("\n\n");
}

/** How many of each corpus were judged rightly, by this grader and by the baselines. */
export function table(corpora: readonly Corpus[]): string {
  const wrong = corpora
    .filter(({ title }) => title.startsWith("wrong"))
    .flatMap(({ results }) => results);
  const outside = {
    title: "wrong, in more than `predict`",
    results: wrong.filter((r) => !r.isPredictOnly),
  };
  return aligned([
    ["programs", "", "this grader", ...NAMES],
    ...[...corpora, outside].map(corpusRow),
  ]);
}

/** A Markdown table as the formatter would lay it out: the first column to the left, numbers to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, k) => Math.max(4, ...rows.map((cells) => cells[k]?.length ?? 0)));
  const padded = (cells: readonly string[]) =>
    row(widths.map((width, k) => (cells[k] ?? "")[k === 0 ? "padEnd" : "padStart"](width)));
  const rule = widths.map((width, k) =>
    k === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [padded(head), row(rule), ...body.map(padded)].join("\n");
}

function corpusRow({ title, results }: Corpus): string[] {
  const isRight = title.startsWith("right");
  const share = (accepted: (result: Result) => boolean) => {
    const count = results.filter((result) => accepted(result) === isRight).length;
    return `${count} (${percent(count, results.length)})`;
  };
  // The names are the keys of BASELINES.
  const cells = (NAMES as BaselineName[]).map((name) => share((result) => result.baselines[name]));
  return [title, String(results.length), share((result) => result.isAccepted), ...cells];
}

/** Rounded down: 100% means all. */
export const percent = (count: number, all: number): string =>
  all === 0 ? "–" : `${Math.floor((1000 * count) / all) / 10}%`;

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const code = (text: string): string =>
  `\`${text.replaceAll(/\s+/gu, " ").replaceAll("`", "'").slice(0, 70) || " "}\``;

const edit = ({ original, file, line, before, after }: Mutant): string =>
  `${original.id.replace("correct--", "")}, ${file}:${line}, ${code(before)} to ${code(after)}`;

const survivor = (mutant: JudgedMutant): string =>
  `- ${edit(mutant)}: ${Object.entries(mutant.verdict.reasons)
    .map(([part, reason]) => `${part}: ${reason}`)
    .join("; ")}`;
