/** Gives findings their place in the source, with one instrumented run for all of them. */

import type { Culprit } from "../model/diagnosis.ts";
import type { Call, Trace } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import type { FunctionName, Location } from "../model/submission.ts";
import type { Judged } from "./judge.ts";
import { lineKey, locate } from "./locate.ts";

/** One place for each culprit, in order; nothing where even the function is unknown. */
export async function placesOf(
  session: Session,
  { calls }: Judged,
  culprits: readonly Culprit[],
): Promise<(Location | undefined)[]> {
  const wanted = culprits.flatMap((c) => (c.call !== undefined && needsRun(c) ? [c.call] : []));
  const listed = [...wanted, ...bystanders(wanted, culprits, calls)].flatMap((id) =>
    withWhatItKeeps(id, calls),
  );
  const changing = new Set(
    culprits.flatMap((c) => (c.clues.some((clue) => clue.kind === "change") ? [c.call] : [])),
  );
  const watched = listed.map((call) => (changing.has(call.id) ? { ...call, watch: true } : call));
  const unique = [...new Map(watched.map((call) => [call.id, call])).values()];
  const traces = wanted.length > 0 ? await session.trace(unique) : [];
  const traced = unique.flatMap((call, k) => (traces[k] ? [{ call, trace: traces[k] }] : []));
  return culprits.map((culprit) =>
    locate(culprit, {
      facts: session.program.facts,
      trace: traced.find(({ call }) => call.id === culprit.call)?.trace,
      shared: sharedLines(traced, culprit.fn),
    }),
  );
}

function needsRun({ clues }: Culprit): boolean {
  return clues.some((c) => !["place", "use", "result"].includes(c.kind));
}

/** A call of each function that is not accused, to see which helpers it shares with one that is. */
function bystanders(
  wanted: readonly string[],
  culprits: readonly Culprit[],
  calls: ReadonlyMap<string, Call>,
): string[] {
  const accused = new Set<FunctionName>(culprits.map((c) => c.fn));
  const shown = new Set<FunctionName>();
  return [...calls.values()].flatMap((call) => {
    if (wanted.length === 0 || accused.has(call.fn) || shown.has(call.fn) || !isTelling(call))
      return [];
    shown.add(call.fn);
    return [call.id];
  });
}

/** Units of both signs, some kept and some dropped, on what is small enough to be recorded. */
function isTelling({ id }: Call): boolean {
  return ["mixed-0.8", "made-0.8", "predict-mixed"].includes(id);
}

/** A call on the cache of an earlier call needs that one to be run first. */
function withWhatItKeeps(id: string, calls: ReadonlyMap<string, Call>): Call[] {
  const call = calls.get(id);
  if (call === undefined) return [];
  const before = call.args.flatMap((arg) =>
    arg.kind === "kept" ? withWhatItKeeps(arg.call, calls) : [],
  );
  return [...before, call];
}

function sharedLines(
  traced: readonly { call: Call; trace: Trace }[],
  fn: FunctionName,
): Set<string> {
  const others = traced.filter(({ call }) => call.fn !== fn);
  return new Set(others.flatMap(({ trace }) => trace.sites.map((site) => lineKey(site.location))));
}
