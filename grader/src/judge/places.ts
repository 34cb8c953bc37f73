/** Gives findings their place in the source, with one instrumented run for all of them. */

import type { Culprit } from "../model/diagnosis.ts";
import type { Call, Trace } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import type { Location } from "../model/submission.ts";
import type { Judged } from "./judge.ts";
import { locate } from "./locate.ts";

/** One place for each culprit, in order; nothing where even the function is unknown. */
export async function placesOf(
  session: Session,
  { calls }: Judged,
  culprits: readonly Culprit[],
): Promise<(Location | undefined)[]> {
  const wanted = [...new Set(culprits.flatMap((c) => (needsRun(c) && c.call ? [c.call] : [])))];
  const list = wanted.flatMap((id) => withWhatItKeeps(id, calls));
  const unique = [...new Map(list.map((call) => [call.id, call])).values()];
  const traces = unique.length > 0 ? await session.trace(unique) : [];
  const byId = new Map<string, Trace>(unique.flatMap((call, k) => (traces[k] ? [[call.id, traces[k]] as const] : [])));
  return culprits.map((c) => locate(c, session.program.facts, byId.get(c.call ?? "")));
}

function needsRun({ location, values }: Culprit): boolean {
  return location === undefined && values !== undefined && values.length > 0;
}

/** A call on the cache of an earlier call needs that one to be run first. */
function withWhatItKeeps(id: string, calls: ReadonlyMap<string, Call>): Call[] {
  const call = calls.get(id);
  if (call === undefined) return [];
  const before = call.args.flatMap((arg) => (arg.kind === "kept" ? withWhatItKeeps(arg.call, calls) : []));
  return [...before, call];
}
