/** Formats in which many submissions make one document, written from front to back. */

import type { Graded } from "../model/grader.ts";
import type { CheckId } from "../model/rubric.ts";
import type { Reporter } from "./reporter.ts";

/** A check of the rubric, with the points that it is worth in this class. */
export interface ScopeCheck {
  id: CheckId;
  title: string;
  points: number;
}

/** What holds for all the entries of a document. */
export interface Scope {
  grader: string;
  /** As the learning management system calls it. */
  assignment: string;
  checks: readonly ScopeCheck[];
  maxScore: number;
}

/** One student of a class. */
export interface Entry {
  id: string;
  name: string;
  /** What the roster says, by heading. */
  columns: Readonly<Record<string, string>>;
  outcome:
    | { kind: "graded"; graded: Graded }
    | { kind: "missing" }
    /** The grader failed; there is no mark. */
    | { kind: "ungradable"; because: string };
}

/** Text to be written one after the other; it ends up as one whole document. */
export interface Pieces {
  open: string;
  entry(entry: Entry): string;
  close(): string;
}

/** Nothing of a document but its entries' text is kept in memory. */
export type DocumentFormat = (scope: Scope) => Pieces;

/** The same format for a single submission. */
export function asReporter(format: DocumentFormat): Reporter {
  return (graded) => {
    const pieces = format(scopeOf(graded));
    return pieces.open + pieces.entry(entryOf(graded)) + pieces.close();
  };
}

function scopeOf({ report }: Graded): Scope {
  return {
    grader: report.grader,
    assignment: "Dropout",
    checks: report.checks.map(({ id, title, maxPoints }) => ({ id, title, points: maxPoints })),
    maxScore: report.maxScore,
  };
}

function entryOf(graded: Graded): Entry {
  const { path } = graded.report.submission;
  return { id: path, name: path, columns: {}, outcome: { kind: "graded", graded } };
}
