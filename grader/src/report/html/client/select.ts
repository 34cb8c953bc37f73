/** Which students are shown, and in which order. */

import { UNEXPLAINED } from "../../../model/diagnosis.ts";
import type { PageIndex, StatusLetter, StudentRow } from "../data.ts";

/** `attention` is what looks like the grader's own fault. */
export const GROUPS = ["all", "full", "below", "attention", "no-mark"] as const;

export type Group = (typeof GROUPS)[number];

export interface Filter {
  /** Words that all have to occur, in any order. */
  text: string;
  group: Group;
  /** A check's place and the status it has to have. */
  check?: { index: number; letter: StatusLetter } | undefined;
  /** A finding's id. */
  finding?: string | undefined;
  /** Points, both ends included. */
  from?: number | undefined;
  to?: number | undefined;
}

export interface Order {
  by: "name" | "score";
  descending: boolean;
}

export const EVERYBODY: Filter = { text: "", group: "all" };

/** A student as the list shows it; `index` is where its details are. */
export interface Row {
  index: number;
  student: StudentRow;
  /** What is searched, in lower case. */
  words: string;
  findings: readonly string[];
  /** The title of the first finding that costs points. */
  first: string;
  isFull: boolean;
}

/** Prepared once, so that a key press costs little. */
export function rowsOf({ students, findings, maxScore }: PageIndex): Row[] {
  return students.map((student, index) => {
    const types = student.findings.flatMap((type) => findings[type] ?? []);
    const texts = types.map(({ id, title }) => `${id} ${title}`);
    return {
      index,
      student,
      words: [student.name, student.id ?? "", ...texts].join("\n").toLowerCase(),
      findings: [...new Set(types.map(({ id }) => id))],
      first: types.find(({ kind }) => kind === "essential")?.title ?? "",
      isFull: student.outcome === "graded" && student.score >= maxScore,
    };
  });
}

/** The rows that pass the filter, in order. */
export function select(rows: readonly Row[], filter: Filter, order: Order): Row[] {
  const words = filter.text.toLowerCase().split(/\s+/u).filter(Boolean);
  const passing = rows.filter(
    (row) => words.every((word) => row.words.includes(word)) && passes(row, filter),
  );
  return passing.toSorted((a, b) => compare(a, b, order));
}

/** True for what looks like the grader's own fault rather than the student's. */
function needsAttention({ student, findings }: Row): boolean {
  return (
    student.outcome === "ungradable" ||
    student.statuses.includes("x") ||
    findings.includes(UNEXPLAINED)
  );
}

function passes(row: Row, { group, check, finding, from, to }: Filter): boolean {
  const { student, findings } = row;
  if (!isIn(row, group)) return false;
  if (check !== undefined && student.statuses[check.index] !== check.letter) return false;
  if (finding !== undefined && !findings.includes(finding)) return false;
  if (from === undefined && to === undefined) return true;
  return (
    student.outcome === "graded" &&
    student.score >= (from ?? 0) &&
    student.score <= (to ?? Infinity)
  );
}

function isIn(row: Row, group: Group): boolean {
  const { outcome } = row.student;
  switch (group) {
    case "all":
      return true;
    case "full":
      return row.isFull;
    case "below":
      return outcome === "graded" && !row.isFull;
    case "attention":
      return needsAttention(row);
    case "no-mark":
      return outcome !== "graded";
  }
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

function compare(a: Row, b: Row, { by, descending }: Order): number {
  const sign = descending ? -1 : 1;
  const scores = by === "score" ? sign * (markOf(a) - markOf(b)) : 0;
  if (scores !== 0) return scores;
  const names = COLLATOR.compare(a.student.name, b.student.name) || a.index - b.index;
  return by === "name" ? sign * names : names;
}

/** Who has no mark comes before who has 0. */
function markOf({ student }: Row): number {
  return student.outcome === "graded" ? student.score : -1;
}
