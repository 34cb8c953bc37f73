import type { Report } from "../../model/report.ts";
import type { SubmittedFile } from "../../model/submission.ts";
import { MACHINE_LOOK } from "../reporter.ts";
import { paintFor } from "../terminal/paint.ts";
import { walkedCode } from "../terminal/walk.ts";
import { callOf, verdictOn } from "../walk/words.ts";
import { codeBlock, folded, prose } from "./markdown.ts";

const { width } = MACHINE_LOOK;

/** Of one walk. A longer one is in the report's file. */
const MOST_LINES = 400;

/** The failed functions line by line, each folded: whoever wants to read along opens it. */
export function walked({ walks = [] }: Report, files: readonly SubmittedFile[]): string[] {
  if (walks.length === 0) return [];
  const paint = paintFor(MACHINE_LOOK);
  const folds = walks.map((walk) => {
    const lines = walkedCode(walk, { paint, width, files });
    const said = `${prose(callOf(walk))}. ${prose(verdictOn(walk))}`;
    if (lines.length === 0) return said;
    const more = lines.length > MOST_LINES ? "\n\nThe rest is in the report's file." : "";
    const shown = `${codeBlock(lines.slice(0, MOST_LINES))}${more}`;
    return folded(said, shown);
  });
  return ["### Line by line, with the values of your run", ...folds];
}
