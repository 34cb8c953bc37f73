/** How often the line of an edit is found, and where the marks are when it is not. */

import type { Location } from "../../grader/src/model/submission.ts";
import { isMarked, leavesGap } from "./marks.ts";
import type { Mutant } from "./mutate/mutate.ts";
import { aligned, percent } from "./table.ts";

/** A wrong mutant, and what a report marks. */
export interface Marked {
  mutant: Mutant;
  /** Where the findings point, and where the walks diverge first. */
  pointedAt: readonly Location[];
  divergesAt: readonly Location[];
}

const DEFINITION =
  "An edit is marked where a mark begins on its line, or begins before it within the same simple statement and reaches it; a mark on a loop or a function does not count for what is inside. A statement that was taken away has no line of its own: there the statements directly around the gap count (or the head of the block around it), the last one before it in the function that wrote the same variable, and the next one that reads it.";

/** A table, by whether there is a line left to mark. */
export function linesSection(all: readonly Marked[]): string[] {
  const changed = all.filter(({ mutant }) => !leavesGap(mutant));
  const gone = all.filter(({ mutant }) => leavesGap(mutant));
  return [
    "## The line of the edit",
    DEFINITION,
    aligned([
      ["edit", "", "marked by a finding", "walked", "walk diverges there"],
      row("something else is written", changed),
      row("a statement is taken away", gone),
      row("all", all),
    ]),
    "No walk is possible where every call of a function failed.",
  ];
}

function row(title: string, all: readonly Marked[]): string[] {
  const walked = all.filter(({ divergesAt }) => divergesAt.length > 0);
  const share = (hits: readonly Marked[], of: readonly Marked[]) =>
    `${hits.length} (${percent(hits.length, of.length)})`;
  return [
    title,
    String(all.length),
    share(all.filter(isPointedAt), all),
    String(walked.length),
    share(walked.filter(isFollowed), walked),
  ];
}

const isPointedAt = ({ mutant, pointedAt }: Marked): boolean => isMarked(mutant, pointedAt);

const isFollowed = ({ mutant, divergesAt }: Marked): boolean => isMarked(mutant, divergesAt);

/** Every mutant whose line is missed by its findings or its walks. */
export function misses(all: readonly Marked[]): string {
  return all
    .filter((one) => !isPointedAt(one) || (one.divergesAt.length > 0 && !isFollowed(one)))
    .map(miss)
    .join("\n");
}

function miss(one: Marked): string {
  const { mutant, pointedAt, divergesAt } = one;
  const { program, file, line, before, after } = mutant;
  const lineAt = (at: { file: string; line: number }) =>
    `${at.file}:${at.line}  ${program.files.get(at.file)?.split("\n")[at.line - 1]?.trim() ?? ""}`;
  const missed = [
    ...(isPointedAt(one) ? [] : ["findings"]),
    ...(divergesAt.length === 0 || isFollowed(one) ? [] : ["walks"]),
  ];
  return [
    `${program.id}: missed by ${missed.join(" and ")}`,
    `  edited    ${lineAt({ file, line })}    (${before} to ${after || "nothing"})`,
    ...pointedAt.map((at) => `  finding   ${lineAt(at)}`),
    ...divergesAt.map((at) => `  walk      ${lineAt(at)}`),
  ].join("\n");
}
