import { defuse, visible } from "./escape.ts";
import type { Look } from "./reporter.ts";
import { paintFor } from "./terminal/paint.ts";
import { hang } from "./terminal/wrap.ts";

/** A class in numbers. */
export interface ClassSummary {
  counts: { graded: number; missing: number; ungradable: number };
  maxScore: number;
  /** How many have each score, the lowest first. */
  scores: readonly (readonly [score: number, students: number])[];
  checks: readonly { id: string; title: string; passed: number }[];
  /** The most frequent first. */
  findings: readonly { id: string; title: string; students: number }[];
  missing: readonly string[];
  ungradable: readonly { id: string; because: string }[];
}

const BINS = 10;
const BAR = 40;
const MOST_FINDINGS = 12;
const MOST_NAMES = 20;

/** What the instructor reads at the end. */
export function classSummary(summary: ClassSummary, look: Look): string {
  const paint = paintFor(look);
  const title = (text: string): string[] => ["", paint.bold(text)];
  const lines = [
    paint.bold(headline(summary)),
    ...(summary.counts.graded === 0
      ? []
      : [
          ...title("Scores"),
          ...middle(summary),
          ...histogram(summary, look),
          ...title("Passed"),
          ...checkRates(summary, look),
        ]),
    ...(summary.findings.length === 0
      ? []
      : [...title("Most frequent findings, by students"), ...frequent(summary, look)]),
    ...names("Nothing handed in", summary.missing, look),
    ...names(
      "Not gradable: the grader failed, and there is no mark",
      faults(summary.ungradable),
      look,
    ),
  ];
  return defuse(`${lines.join("\n")}\n`);
}

function headline({ counts }: ClassSummary): string {
  const { graded, missing, ungradable } = counts;
  return [
    `${graded + missing + ungradable} students: ${graded} graded`,
    ...(missing === 0 ? [] : [`${missing} without a submission`]),
    ...(ungradable === 0 ? [] : [`${ungradable} not gradable`]),
  ].join(", ");
}

function middle({ scores, counts, maxScore }: ClassSummary): string[] {
  const total = scores.reduce((sum, [score, n]) => sum + score * n, 0);
  const full = scores.find(([score]) => score === maxScore)?.[1] ?? 0;
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) =>
    quantile(scores, share * counts.graded),
  );
  const mean = (total / counts.graded).toFixed(1);
  return [
    `  mean ${mean}, median ${median}, middle half ${low} to ${high}, full marks ${full} of ${counts.graded}`,
  ];
}

function quantile(scores: ClassSummary["scores"], position: number): number {
  let seen = 0;
  for (const [score, n] of scores) {
    seen += n;
    if (seen >= position) return score;
  }
  return scores.at(-1)?.[0] ?? 0;
}

function histogram({ scores, maxScore }: ClassSummary, look: Look): string[] {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const [score, n] of scores) {
    const bin = maxScore === 0 ? 0 : Math.min(BINS - 1, Math.floor((score / maxScore) * BINS));
    bins[bin] = (bins[bin] ?? 0) + n;
  }
  const most = Math.max(...bins);
  return bins
    .map((n, i) => {
      const from = Math.ceil((i * maxScore) / BINS);
      const to = i === BINS - 1 ? maxScore : Math.ceil(((i + 1) * maxScore) / BINS) - 1;
      const bar =
        n === 0 ? "" : (look.unicode ? "█" : "#").repeat(Math.max(1, Math.round((n / most) * BAR)));
      return `  ${`${from}`.padStart(4)}–${`${to}`.padEnd(4)} ${`${n}`.padStart(5)} ${bar}`.trimEnd();
    })
    .map((line) => (look.unicode ? line : line.replace("–", "-")));
}

function checkRates({ checks, counts }: ClassSummary, look: Look): string[] {
  return checks.flatMap(({ id, title, passed }) => {
    const share = `${Math.round((100 * passed) / counts.graded)}%`.padStart(4);
    return hang(`  ${share}  ${id.padEnd(20)} `, title, { indent: 0, width: look.width });
  });
}

function frequent({ findings, counts }: ClassSummary, look: Look): string[] {
  const lines = findings.slice(0, MOST_FINDINGS).flatMap(({ title, students }) => {
    const share = `${Math.round((100 * students) / counts.graded)}%`;
    const head = `  ${`${students}`.padStart(5)} ${share.padStart(4)}  `;
    return hang(head, visible(title), { indent: 0, width: look.width });
  });
  const more = findings.length - MOST_FINDINGS;
  return more > 0 ? [...lines, `              and ${more} other findings`] : lines;
}

/** By reason: a machine that fails everybody does so in the same words. */
function faults(ungradable: ClassSummary["ungradable"]): string[] {
  const idsBy = new Map<string, string[]>();
  for (const { id, because } of ungradable) {
    const reason = because.split("\n")[0] ?? "";
    idsBy.set(reason, [...(idsBy.get(reason) ?? []), id]);
  }
  return [...idsBy].map(([reason, ids]) => {
    const more = ids.length - MOST_NAMES;
    const some = ids.slice(0, MOST_NAMES).join(", ");
    return `${some}${more > 0 ? ` and ${more} more` : ""}: ${reason}`;
  });
}

function names(title: string, all: readonly string[], look: Look): string[] {
  if (all.length === 0) return [];
  const shown = all
    .slice(0, MOST_NAMES)
    .flatMap((name) => hang("  ", visible(name), { indent: 0, width: look.width }));
  const more = all.length - MOST_NAMES;
  return ["", paintFor(look).bold(title), ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}
