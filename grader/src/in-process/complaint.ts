import path from "node:path";
import type { Graded } from "../model/grader.ts";
import type { CheckResult, Finding, Report } from "../model/report.ts";
import type { CheckId } from "../model/rubric.ts";
import { defuse } from "../report/escape.ts";
import { prose } from "../report/terminal/wrap.ts";

const WIDTH = 76;

/** A frame as vitest shows it: it opens the file there, whatever the code was compiled to. */
interface Frame {
  method: string;
  file: string;
  line: number;
  column: number;
}

/** Why a check has no points, as the error of its test. */
export class CheckFailed extends Error {
  override name = "CheckFailed";
  readonly stacks: Frame[];
  constructor(message: string, stacks: Frame[]) {
    super(message);
    this.stacks = stacks;
    // Where this was thrown is of no interest.
    this.stack = `${this.name}: ${message}`;
  }
}

/** What a check's test throws; nothing where it passed. */
export function complaintOf(
  { report }: Graded,
  id: CheckId,
  folder: string,
): CheckFailed | undefined {
  const check = report.checks.find((result) => result.id === id);
  if (check === undefined || check.status === "passed") return undefined;
  const findings = report.findings.filter((f) => f.check === id && f.kind === "essential");
  const points = `${check.points} of ${check.maxPoints} points`;
  const parts = findings.length > 0 ? findings.map(wordsOf) : [blockedWords(check, report)];
  const [lead] = findings;
  return new CheckFailed(
    defuse(`${points}\n\n${parts.join("\n\n")}`),
    lead?.location === undefined ? [] : [frameOf(lead, folder)],
  );
}

function wordsOf({ title, what, why, next, docs }: Finding): string {
  const titled = (head: string, text: string) =>
    text.trim() === "" ? [] : ["", head, ...prose(text, { indent: 2, width: WIDTH })];
  return [
    ...prose(title, { indent: 0, width: WIDTH }),
    ...titled("What was measured", what),
    ...titled("Why it matters", why),
    ...titled("Where to look next", next),
    "",
    `Read more: npx grade explain ${path.basename(docs, ".md")}`,
  ].join("\n");
}

function blockedWords({ status, blockedBy }: CheckResult, report: Report): string {
  if (status === "faulted") return "The grader failed, not you. No points were taken.";
  const isCause = ({ id, check }: Finding) => id === blockedBy || check === blockedBy;
  const cause = report.findings.find((f) => f.kind === "essential" && isCause(f))?.title;
  const words =
    blockedBy === "not-started"
      ? "The function is not written yet, so there is nothing to check."
      : `Cannot be checked yet. First repair: ${cause ?? blockedBy ?? "what is above"}.`;
  return prose(words, { indent: 0, width: WIDTH }).join("\n");
}

function frameOf({ location }: Finding, folder: string): Frame {
  const { file, line, column } = location ?? { file: "", line: 1, column: 1 };
  return { method: "", file: path.join(folder, file), line, column };
}

/** The score, what is worth a word though it costs nothing, and how to get the same from `grade`. */
export function summaryOf(report: Report): string {
  const notes = report.findings.filter(({ kind }) => kind !== "essential");
  return defuse(
    [
      `${report.score} of ${report.maxScore} points`,
      ...notes.flatMap((note) => [
        `- ${note.title} (costs no points)`,
        ...prose(note.what, { indent: 2, width: WIDTH }),
      ]),
      `The same on the command line: npx grade --seed ${report.seed}`,
      "",
    ].join("\n"),
  );
}
