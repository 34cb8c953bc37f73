/** What `grade class` and `grade merge` do once everything is graded. */

import path from "node:path";
import { RUBRIC } from "../assignment/rubric.ts";
import { anonymized, pseudonyms, saltIn } from "../class/anonymous.ts";
import { changeOf, differences } from "../class/compare.ts";
import { entriesOf } from "../class/entries.ts";
import { readManifest } from "../class/manifest.ts";
import type { Manifest } from "../class/manifest.ts";
import { writeOutputs } from "../class/outputs.ts";
import { isInShard } from "../class/shard.ts";
import { openStoreToRead } from "../class/store.ts";
import type { Store } from "../class/store.ts";
import type { ClassList } from "../class/student.ts";
import { summarize } from "../class/summary.ts";
import type { Graded } from "../model/grader.ts";
import { changesSummary } from "../report/class-changes.ts";
import type { Change } from "../report/class-changes.ts";
import { classSummary } from "../report/class-summary.ts";
import type { ClassSummary } from "../report/class-summary.ts";
import type { Entry, Scope } from "../report/document.ts";
import type { ClassFormat } from "../report/formats.ts";
import { ndjsonReport } from "../report/ndjson.ts";
import { MACHINE_LOOK } from "../report/reporter.ts";
import { reveal } from "../report/reveal.ts";
import type { Reveal } from "../report/reveal.ts";
import type { OutputOptions } from "./class-options.ts";
import { lookFor } from "./look.ts";
import { systemWords } from "./system-error.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

export interface Finished {
  out: string;
  list: ClassList;
  store: Pick<Store, "read">;
  manifest: Manifest;
  options: OutputOptions & { format?: "terminal" | "ndjson" };
  /** Printed already, as they came. */
  printed?: ReadonlySet<string>;
  /** The call that repeats it. */
  again: string;
  world: World;
}

/** Says before any work is done that there is nothing to compare with. @throws WrongCall */
export async function refuseComparison({ compare }: OutputOptions): Promise<void> {
  if (compare !== undefined && (await readManifest(compare)) === undefined)
    throw new WrongCall(`cannot compare with ${JSON.stringify(compare)}: it is no --out folder.`);
}

/** Writes all that was asked for, and says how the class did. @returns the exit code. @throws WrongCall */
export async function conclude(finished: Finished): Promise<number> {
  const { options, world, out } = finished;
  const scope = scopeOf(finished.manifest);
  const summary = summarize(scope);
  const print = (entry: Entry): void => printKept(entry, finished);
  const comparison = await compareWith(finished);
  const written = await writeOutputs(watched(finished, [summary.add, comparison.add, print]), {
    out: options.anonymous === true ? path.join(out, "anonymous") : out,
    formats: formatsOf(options),
    scope,
    reveal: options.reveal,
    anonymous: options.anonymous === true,
  });
  const result = summary.result();
  if (options.format !== "ndjson") {
    const wishes = { color: options.color, toFile: false, several: true, again: [] };
    const look = lookFor(wishes, world.stdout, world.env);
    world.stdout.write(classSummary(result, look));
    if (options.compare !== undefined) world.stdout.write(changesSummary(comparison.changes, look));
    if (result.counts.ungradable > 0)
      world.stdout.write(
        `\nThe same call grades those again, and nothing else:\n  ${finished.again}\n`,
      );
    world.stdout.write(`\nWritten: ${written.map((file) => path.relative("", file)).join(", ")}\n`);
  }
  return exitCode(result, options.minScore ?? 0);
}

/** What an earlier run has graded comes after what this one has. */
function printKept({ id, outcome }: Entry, { options, printed, world }: Finished): void {
  if (options.format !== "ndjson" || outcome.kind !== "graded" || printed?.has(id)) return;
  world.stdout.write(asLine(outcome.graded, options.reveal));
}

/** One report as `--format ndjson` prints it. */
export function asLine(graded: Graded, level: Reveal): string {
  return ndjsonReport(reveal(graded, level), MACHINE_LOOK);
}

/** The table of marks, and what was asked for besides. */
export function formatsOf({ write = [], html }: OutputOptions): ClassFormat[] {
  return [...new Set<ClassFormat>(["csv", ...(html === true ? ["html" as const] : []), ...write])];
}

/** The entries in order, each shown to the listeners before anybody else sees it. */
async function* watched(
  { list, manifest, store, options, out }: Finished,
  listeners: readonly ((entry: Entry) => void | Promise<void>)[],
): AsyncGenerator<Entry> {
  const own = list.students.filter((_, position) => isInShard(position, manifest.shard));
  const ids = list.students.map(({ id }) => id);
  const names = options.anonymous === true ? pseudonyms(ids, await saltIn(out)) : undefined;
  const rank = ({ id }: { id: string }): string => names?.get(id) ?? "";
  // The order of the list would give the names away again; without pseudonyms it stays.
  const ordered = own.toSorted((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b))));
  for await (const entry of entriesOf(ordered, store)) {
    const shown = names === undefined ? entry : anonymized(entry, names);
    // A comparison looks students up by their own id.
    for (const listen of listeners) await listen(listen === listeners[0] ? shown : entry);
    yield shown;
  }
}

interface Comparison {
  changes: Change[];
  add(entry: Entry): Promise<void>;
}

async function compareWith({ options, manifest }: Finished): Promise<Comparison> {
  const changes: Change[] = [];
  const { compare } = options;
  if (compare === undefined) return { changes, add: async () => undefined };
  const common = differences(await readManifest(compare), manifest);
  const earlier = await openStoreToRead(compare).catch((error: unknown) => {
    throw new WrongCall(`cannot compare with ${JSON.stringify(compare)}: ${systemWords(error)}.`);
  });
  return {
    changes,
    add: async (entry) => {
      const change = await changeOf(entry, earlier, common);
      if (change !== undefined) changes.push(change);
    },
  };
}

function scopeOf({ grader, options, assignment }: Manifest): Scope {
  const checks = RUBRIC.filter(({ id }) => options.only?.includes(id) ?? true).map(
    ({ id, title }) => ({
      id,
      title,
      points: options.points[id],
    }),
  );
  return {
    grader,
    assignment,
    checks,
    maxScore: checks.reduce((sum, { points }) => sum + points, 0),
  };
}

function exitCode({ counts, scores }: ClassSummary, minScore: number): 0 | 1 | 3 {
  if (counts.ungradable > 0) return 3;
  return scores.every(([score]) => score >= minScore) ? 0 : 1;
}

/** A call as it can be typed again. */
export function howToCall(command: string, words: readonly string[]): string {
  const quoted = words.map((word) =>
    /^[\w./:=,@%+-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return ["grade", command, ...quoted].join(" ");
}
