/** A class in numbers. */

import type { FindingType, PageIndex, StatusLetter } from "../data.ts";
import { UNEXPLAINED } from "../../../model/diagnosis.ts";
import type { Row } from "./select.ts";

export interface Bin {
  from: number;
  to: number;
  count: number;
}

export interface CheckTally {
  index: number;
  id: string;
  title: string;
  counts: Record<StatusLetter, number>;
}

export interface Frequency {
  type: FindingType;
  students: number;
}

/** Something that a person should look at before the marks go out. */
export interface Suspicion {
  text: string;
  students: number;
  filter: {
    check?: { index: number; letter: StatusLetter };
    finding?: string;
    group: "attention" | "all" | "no-mark";
  };
}

/** Fewer students than this who all fail a check may well be by chance. */
const ENOUGH = 5;

/** A bin between every two edges, and one for full marks alone. */
export function binned(rows: readonly Row[], edges: readonly number[], maxScore: number): Bin[] {
  const inner = edges.filter((edge) => edge > 0 && edge < maxScore);
  const starts = [0, ...inner, ...(maxScore > 0 ? [maxScore] : [])];
  const bins = starts.map((from, i) => ({
    from,
    to: (starts[i + 1] ?? maxScore + 1) - 1,
    count: 0,
  }));
  for (const { student } of graded(rows)) {
    const bin = bins.findLast(({ from }) => student.score >= from);
    if (bin !== undefined) bin.count += 1;
  }
  return bins;
}

/** Mean and quartiles, or nothing where nobody has a mark. */
export function spreadOf(
  rows: readonly Row[],
): { mean: number; quartiles: [number, number, number] } | undefined {
  const scores = graded(rows)
    .map(({ student }) => student.score)
    .toSorted((a, b) => a - b);
  if (scores.length === 0) return undefined;
  // The same rule as in the terminal's summary: the first score that so many do not exceed.
  const at = (share: number): number =>
    scores[Math.max(0, Math.ceil(share * scores.length) - 1)] ?? 0;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { mean, quartiles: [at(0.25), at(0.5), at(0.75)] };
}

/** How each check went, over those who have a report. */
export function talliesOf({ checks }: PageIndex, rows: readonly Row[]): CheckTally[] {
  return checks.map(({ id, title }, index) => {
    const counts = { p: 0, f: 0, b: 0, x: 0, "-": 0 };
    for (const { student } of rows) {
      const letter = student.statuses[index];
      if (letter !== undefined && isLetter(letter)) counts[letter] += 1;
    }
    return { index, id, title, counts };
  });
}

function isLetter(text: string): text is StatusLetter {
  return ["p", "f", "b", "x", "-"].includes(text);
}

/** What costs points, by how many students have it. */
export function frequenciesOf({ findings }: PageIndex, rows: readonly Row[]): Frequency[] {
  const counts = new Map<string, number>();
  for (const { findings: own } of rows)
    for (const id of own) counts.set(id, (counts.get(id) ?? 0) + 1);
  const types = new Map(
    findings.filter(({ kind }) => kind === "essential").map((type) => [type.id, type]),
  );
  return [...types.values()]
    .map((type) => ({ type, students: counts.get(type.id) ?? 0 }))
    .toSorted((a, b) => b.students - a.students || (a.type.id < b.type.id ? -1 : 1));
}

/** Where to doubt the grader, or the handout, before the students. */
export function suspicionsOf(rows: readonly Row[], tallies: readonly CheckTally[]): Suspicion[] {
  const ungradable = rows.filter(({ student }) => student.outcome === "ungradable").length;
  const unexplained = rows.filter(({ findings }) => findings.includes(UNEXPLAINED)).length;
  const found: Suspicion[] = [
    {
      text: "could not be graded: there is no mark, and it is the grader's fault",
      students: ungradable,
      filter: { group: "attention" },
    },
    ...tallies.map(({ index, id, counts }) => ({
      text: `${id}: the grader itself failed`,
      students: counts.x,
      filter: { group: "all" as const, check: { index, letter: "x" as const } },
    })),
    {
      text: "a wrong value that no known mistake explains",
      students: unexplained,
      filter: { group: "all", finding: UNEXPLAINED },
    },
    ...tallies.filter(nobodyPassed).map(({ index, id, counts }) => ({
      text: `${id}: nobody passed it`,
      students: counts.f,
      filter: { group: "all" as const, check: { index, letter: "f" as const } },
    })),
  ];
  return found.filter(({ students }) => students > 0);
}

function nobodyPassed({ counts }: CheckTally): boolean {
  return counts.p === 0 && counts.f >= ENOUGH;
}

/** Students of one pattern side by side: columns of the map, best first. */
export interface Stripe {
  statuses: string;
  outcome: Row["student"]["outcome"];
  students: number;
}

/** The whole class as stripes, by score and then by pattern. */
export function stripesOf(rows: readonly Row[]): Stripe[] {
  const patterns = new Map<string, Stripe & { score: number }>();
  for (const { student } of rows) {
    const { statuses, outcome, score } = student;
    const key = `${outcome}${score}${statuses}`;
    const stripe = patterns.get(key) ?? {
      statuses,
      outcome,
      students: 0,
      score: outcome === "graded" ? score : -1,
    };
    patterns.set(key, { ...stripe, students: stripe.students + 1 });
  }
  const better = (a: Stripe & { score: number }, b: Stripe & { score: number }): number =>
    b.score - a.score || (a.statuses > b.statuses ? -1 : 1);
  return [...patterns.values()].toSorted(better);
}

function graded(rows: readonly Row[]): Row[] {
  return rows.filter(({ student }) => student.outcome === "graded");
}
