/** Whether what a report marks is the line of an edit. */

import ts from "typescript";
import type { Location } from "../../grader/src/model/submission.ts";
import { gapPlaces } from "./gap.ts";
import type { Mutant } from "./mutate/mutate.ts";
import { statementAt } from "./statements.ts";

/** A statement was taken away: there is no line left to mark. */
export const leavesGap = ({ kind }: Pick<Mutant, "kind">): boolean => kind === "drop-statement";

/**
 * A mark begins on the edited line; or it begins before, within the very statement that was
 * edited, and reaches the line: so a mark on a loop or a function does not count for what is
 * inside it. For a statement that was taken away: one of the places that `gapPlaces` names.
 */
export function isMarked(mutant: Mutant, marks: readonly Location[]): boolean {
  const text = mutant.program.files.get(mutant.file) ?? "";
  const source = ts.createSourceFile(mutant.file, text, ts.ScriptTarget.ES2023, true);
  const here = marks.filter(({ file }) => file === mutant.file);
  if (leavesGap(mutant)) {
    const places = gapPlaces(source, mutant);
    return here.some(({ line }) => places.some((p) => p.line <= line && line <= p.endLine));
  }
  const { line } = mutant;
  const edited = statementAt(source, mutant.start);
  return here.some((mark) => {
    if (mark.line === line) return true;
    const start = source.getPositionOfLineAndCharacter(mark.line - 1, mark.column - 1);
    return mark.line < line && line <= mark.endLine && start >= edited.getStart(source);
  });
}
