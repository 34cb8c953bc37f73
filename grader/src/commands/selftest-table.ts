import path from "node:path";
import type { Trial } from "./selftest-corpus.ts";

/** Shares to be reached, of all programs of a sort. */
const NAMED = 0.97;
const LOCATED = 0.97;
const FOLLOWED = 0.97;

/** What was counted, and what should have been reached. */
interface Target {
  title: string;
  reached: number;
  of: number;
  wanted: number;
}

function targetsOf(trials: readonly Trial[]): Target[] {
  const right = trials.filter(isRight);
  const wrong = trials.filter((trial) => !isRight(trial));
  const walked = wrong.filter(({ isFollowed }) => isFollowed !== undefined);
  const count = (all: readonly Trial[], is: (trial: Trial) => boolean) => ({
    reached: all.filter(is).length,
    of: all.length,
  });
  return [
    { title: "right, and accepted", ...count(right, (t) => t.hasFullMarks), wanted: 1 },
    {
      title: "right, with nothing said but what is expected",
      ...count(right, (t) => t.isNamed),
      wanted: 1,
    },
    { title: "wrong, and detected", ...count(wrong, (t) => !t.hasFullMarks), wanted: 1 },
    {
      title: "wrong, with points lost where they belong",
      ...count(wrong, (t) => t.isInItsChecks),
      wanted: 1,
    },
    { title: "wrong, and named exactly", ...count(wrong, (t) => t.isNamed), wanted: NAMED },
    { title: "wrong, and located exactly", ...count(wrong, (t) => t.isLocated), wanted: LOCATED },
    {
      title: "walked, and diverging at the right line",
      ...count(walked, (t) => t.isFollowed === true),
      wanted: FOLLOWED,
    },
  ];
}

const isRight = ({ specimen }: Trial): boolean => specimen.group === "correct";

const isReached = ({ reached, of, wanted }: Target): boolean => of > 0 && reached >= wanted * of;

/** True where every figure is what it should be. */
export function meetsTargets(trials: readonly Trial[]): boolean {
  return targetsOf(trials).every(isReached);
}

/** The confusion matrix, at most 80 columns wide, then every miss, then the targets. */
export function selftestText(trials: readonly Trial[]): string {
  const groups = [...new Set(trials.map(({ specimen }) => specimen.group))];
  const lines = [
    line("", ["programs", "detected", "checks", "named", "located"]),
    ...groups.map((group) => groupLine(group, trials)),
    "",
    ...missLines(trials),
    ...targetsOf(trials).map(targetLine),
  ];
  return `${lines.join("\n")}\n`;
}

function groupLine(group: string, trials: readonly Trial[]): string {
  const own = trials.filter(({ specimen }) => specimen.group === group);
  const columns: ((trial: Trial) => boolean)[] = [
    () => true,
    (t) => !t.hasFullMarks,
    (t) => t.isInItsChecks,
    (t) => t.isNamed,
    (t) => t.isLocated,
  ];
  return line(
    group,
    columns.map((is) => String(own.filter(is).length)),
  );
}

const line = (name: string, cells: readonly string[]): string =>
  name.padEnd(34) + cells.map((cell) => cell.padStart(9)).join("");

function missLines(trials: readonly Trial[]): string[] {
  const missed = trials.flatMap((trial) => {
    const faults = faultsOf(trial);
    const { group, folder } = trial.specimen;
    return faults.length === 0
      ? []
      : [`${group}/${path.basename(folder)}`, `    ${faults.join(", ")}`];
  });
  return missed.length === 0 ? [] : ["Not as expected:", ...missed, ""];
}

function faultsOf(trial: Trial): string[] {
  const isAsMarked = trial.hasFullMarks === isRight(trial);
  return [
    ...(isAsMarked ? [] : [isRight(trial) ? "failed" : "passed"]),
    ...(trial.isInItsChecks ? [] : ["other checks"]),
    ...(trial.isNamed ? [] : ["other names"]),
    ...(trial.isLocated ? [] : ["other lines"]),
    ...(trial.isFollowed === false ? ["diverging at another line"] : []),
  ];
}

function targetLine(target: Target): string {
  const { title, reached, of, wanted } = target;
  const share = of === 0 ? 0 : Math.floor((1000 * reached) / of) / 10;
  const asked = wanted === 1 ? "all" : `${wanted * 100}%`;
  const verdict = isReached(target) ? "" : "  MISSED";
  return `${title.padEnd(46)} ${`${reached} of ${of}`.padStart(10)} ${`${share}%`.padStart(6)} (${asked})${verdict}`;
}
