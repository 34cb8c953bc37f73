import type { ClassSummary } from "../report/class-summary.ts";
import type { Entry, Scope } from "../report/document.ts";

/** Names that a summary can list; beyond that it counts. */
const MOST_NAMES = 1000;

/** Counts entry by entry, and keeps none of them. */
export function summarize(scope: Scope): { add(entry: Entry): void; result(): ClassSummary } {
  const scores = new Map<number, number>();
  const passed = new Map<string, number>();
  const findings = new Map<string, { id: string; title: string; students: number }>();
  const missing: string[] = [];
  const ungradable: { id: string; because: string }[] = [];
  const counts = { graded: 0, missing: 0, ungradable: 0 };
  const addGraded = ({ outcome }: Entry): void => {
    if (outcome.kind !== "graded") return;
    const { report } = outcome.graded;
    scores.set(report.score, (scores.get(report.score) ?? 0) + 1);
    for (const { id, status } of report.checks)
      if (status === "passed") passed.set(id, (passed.get(id) ?? 0) + 1);
    for (const { id, title } of essential(report.findings)) {
      const found = findings.get(id) ?? { id, title, students: 0 };
      findings.set(id, { ...found, students: found.students + 1 });
    }
  };
  return {
    add: (entry) => {
      counts[entry.outcome.kind] += 1;
      addGraded(entry);
      if (entry.outcome.kind === "missing" && missing.length < MOST_NAMES) missing.push(entry.id);
      if (entry.outcome.kind === "ungradable" && ungradable.length < MOST_NAMES)
        ungradable.push({ id: entry.id, because: entry.outcome.because });
    },
    result: () => ({
      counts,
      maxScore: scope.maxScore,
      scores: [...scores].toSorted(([a], [b]) => a - b),
      checks: scope.checks.map(({ id, title }) => ({ id, title, passed: passed.get(id) ?? 0 })),
      findings: [...findings.values()].toSorted(
        (a, b) => b.students - a.students || (a.id < b.id ? -1 : 1),
      ),
      missing,
      ungradable,
    }),
  };
}

/** Each once, however often a student has it. */
function essential<T extends { id: string; kind: string }>(findings: readonly T[]): T[] {
  const own = new Map(
    findings.filter(({ kind }) => kind === "essential").map((one) => [one.id, one]),
  );
  return [...own.values()];
}
