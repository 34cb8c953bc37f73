import type { Report } from "../model/report.ts";
import type { Change } from "../report/class-changes.ts";
import type { Entry } from "../report/document.ts";
import type { Result, Store } from "./store.ts";

/** How the mark changed against an earlier run, or nothing where it did not. */
export async function changeOf(
  entry: Entry,
  earlier: Pick<Store, "read">,
  common: readonly string[],
): Promise<Change | undefined> {
  const old = await earlier.read(entry.id);
  const [before, after] = [markBefore(old), markNow(entry)];
  if (before === after) return undefined;
  const was = old !== undefined && "graded" in old ? old.graded.report : undefined;
  const is = entry.outcome.kind === "graded" ? entry.outcome.graded.report : undefined;
  const both = was !== undefined && is !== undefined;
  return {
    id: entry.id,
    before,
    after,
    checks: both ? changedChecks(was, is) : [],
    because: both ? causes(was, is, common) : [],
  };
}

/** What differs between two runs as a whole. */
export function differences(
  was: { grader: string; build: string; options: object } | undefined,
  is: { grader: string; build: string; options: object },
): string[] {
  if (was === undefined) return ["nothing is known of the earlier run"];
  const isOther = was.grader !== is.grader || was.build !== is.build;
  return [
    ...(isOther ? [`the grader changed (${was.grader} → ${is.grader})`] : []),
    ...(JSON.stringify(was.options) === JSON.stringify(is.options)
      ? []
      : ["the configuration changed"]),
  ];
}

function markBefore(result: Result | undefined): string {
  if (result === undefined) return "not graded";
  return "fault" in result ? "not gradable" : `${result.graded.report.score}`;
}

function markNow({ outcome }: Entry): string {
  if (outcome.kind === "graded") return `${outcome.graded.report.score}`;
  return outcome.kind === "missing" ? "not graded" : "not gradable";
}

function changedChecks(was: Report, is: Report): string[] {
  const before = new Map(was.checks.map(({ id, status, points }) => [id, { status, points }]));
  return is.checks.flatMap(({ id, status, points }) => {
    const old = before.get(id);
    if (old === undefined) return [`${id} is new`];
    if (old.status !== status) return [`${id} ${old.status} → ${status}`];
    return old.points === points ? [] : [`${id} ${old.points} → ${points} points`];
  });
}

function causes(was: Report, is: Report, common: readonly string[]): string[] {
  const content = ({ submission }: Report): string => JSON.stringify(submission.files);
  const own = content(was) === content(is) ? [] : ["the files changed"];
  const seed = was.seed === is.seed ? [] : ["the seed changed"];
  return [...own, ...common, ...seed];
}
