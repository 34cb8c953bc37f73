/** What a page carries in its data blocks: written by `encode.ts`, read by `client/`. */

import type { CheckResult, FindingKind } from "../../model/report.ts";
import type { Location } from "../../model/submission.ts";
import type { Walk } from "../../model/walk.ts";

/** A check's status in one letter: passed, failed, blocked, faulted; `-` where it was not asked for. */
export type StatusLetter = "p" | "f" | "b" | "x" | "-";

export const LETTERS: Record<CheckResult["status"], StatusLetter> = {
  passed: "p",
  failed: "f",
  blocked: "b",
  faulted: "x",
};

export type Outcome = "graded" | "missing" | "ungradable";

/** All that the overview needs to know of one student; details are read when they are opened. */
export interface StudentRow {
  name: string;
  /** Where it is another than the name. */
  id?: string;
  outcome: Outcome;
  score: number;
  /** A letter for each of the page's checks; empty where there is no report. */
  statuses: string;
  /** Indexes into the page's `findings`, each once. */
  findings: number[];
}

/** A finding's words, apart from what was measured. */
export interface FindingType {
  id: string;
  kind: FindingKind;
  check: string;
  title: string;
  why: string;
  next: string;
  docs: string;
}

export interface PageIndex {
  title: string;
  grader: string;
  anonymous: boolean;
  /** One submission by itself, without an overview. */
  single: boolean;
  maxScore: number;
  checks: { id: string; title: string; points: number }[];
  findings: FindingType[];
  students: StudentRow[];
}

/** One finding in one submission. */
export interface PlacedFinding {
  /** An index into the page's `findings`. */
  type: number;
  what: string;
  location?: Location;
}

/** One submission, in a block of its own. */
export interface Details {
  path: string;
  seed: string;
  score: number;
  maxScore: number;
  /** Why there is no mark, in the grader's words. */
  because?: string;
  checks: CheckResult[];
  findings: PlacedFinding[];
  console: string;
  /** `block` is where the file's text is; two submissions may share one. */
  files: { path: string; block: number }[];
  /** The failed functions line by line, where the report has them. */
  walks?: Walk[];
  /** What is not shown to whom the page is for. */
  notShown?: { checks: number; findings: number };
}

/** The ids of the elements that hold the blocks. */
export const INDEX_BLOCK = "index";
export const detailsBlock = (student: number): string => `student-${student}`;
export const fileBlock = (file: number): string => `file-${file}`;
