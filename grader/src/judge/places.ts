/** Gives findings their place in the source, with one instrumented run for all of them. */

import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { Call, Trace } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { FUNCTION_NAMES, type FunctionName, type Location } from "../model/submission.ts";
import type { Walk } from "../model/walk.ts";
import type { Judged } from "./judge.ts";
import { lineKey, locate, type Evidence } from "./locate.ts";
import { subjectOf, walkThrough, type Walked } from "./walk/walk.ts";

/** What is looked for. */
export interface Search {
  culprits: readonly Culprit[];
  symptoms: readonly Symptom[];
  /** Walk through the functions in which there is a symptom. */
  walk: boolean;
}

export interface Found {
  /** One place for each culprit, in order; nothing where even the function is unknown. */
  places: (Location | undefined)[];
  /** One for each function in which something is off, as far as a run of it can be read. */
  walks: Walk[];
}

/** Traces the calls in which something shows, once, and reads the traces. */
export async function investigate(
  session: Session,
  judged: Judged,
  { culprits, symptoms, walk }: Search,
): Promise<Found> {
  const { calls } = judged;
  const accused = new Set([...culprits, ...symptoms.map((s) => s.culprit)].map(({ fn }) => fn));
  const shown = culprits.flatMap((c) => (c.call !== undefined && needsRun(c) ? [c.call] : []));
  const walked = walk ? FUNCTION_NAMES.flatMap((fn) => walkCall(fn, judged, symptoms) ?? []) : [];
  // What a finding is looked for in is the same whether or not somebody reads along.
  const forPlaces = withBystanders(shown, culprits, calls);
  const forWalks = walk
    ? withBystanders(
        [...shown, ...walked.map(({ id }) => id)],
        [...culprits, ...symptoms.map((s) => s.culprit)],
        calls,
      )
    : [];
  const read = [...shown, ...walked.map(({ id }) => id)].concat(walk ? callsOf(symptoms) : []);
  const listed = [...forPlaces, ...forWalks].map((call) => glanceUnless(read, call));
  const traced = await tracesOf(session, listed, culprits);
  const among = (some: readonly Call[]): Traced[] =>
    traced.filter(({ call }) => some.some(({ id }) => id === call.id));
  const evidenceOf = (culprit: Culprit, where: readonly Traced[]): Evidence => ({
    facts: session.program.facts,
    trace: where.find(({ call }) => call.id === culprit.call)?.trace,
    shared: sharedLines(where, culprit.fn, accused),
  });
  const [places, walks] = [among(forPlaces), among(forWalks)];
  return {
    places: culprits.map((culprit) => locate(culprit, evidenceOf(culprit, places))),
    walks: walked.flatMap((call) => {
      const first = symptoms.find(({ culprit }) => culprit.fn === call.fn);
      const measured = first && faultOf(first, evidenceOf(first.culprit, walks));
      const { trace } = walks.find((t) => t.call.id === call.id) ?? {};
      const subject = subjectOf(call, judged.measurements);
      const shared = sharedLines(walks, call.fn, accused);
      return subject && trace ? [walkThrough({ call, subject, trace, shared, measured })] : [];
    }),
  };
}

/** What the measurements of all calls lead to. */
function faultOf({ what, culprit }: Symptom, evidence: Evidence): Walked["measured"] {
  const location = locate(culprit, evidence);
  return location && { location, words: what, isWhole: culprit.clues.length === 0 };
}

/** Of a call that is made for the sake of others only the places count that it runs through. */
function glanceUnless(read: readonly string[], call: Call): Call {
  return read.includes(call.id) ? call : { ...call, placesOnly: true };
}

function callsOf(symptoms: readonly Symptom[]): string[] {
  return symptoms.flatMap(({ culprit }) => culprit.call ?? []);
}

interface Traced {
  call: Call;
  trace: Trace;
}

/** Each call once; where a culprit changes an argument, with an eye on that. */
async function tracesOf(
  session: Session,
  listed: readonly Call[],
  culprits: readonly Culprit[],
): Promise<Traced[]> {
  const changing = new Set(
    culprits.flatMap((c) => (c.clues.some((clue) => clue.kind === "change") ? [c.call] : [])),
  );
  const watched = listed.map((call) => (changing.has(call.id) ? { ...call, watch: true } : call));
  const unique = [...new Map(watched.map((call) => [call.id, call])).values()];
  const traces = unique.length > 0 ? await session.trace(unique) : [];
  return unique.flatMap((call, k) => (traces[k] ? [{ call, trace: traces[k] }] : []));
}

/** The call in which something is off, or else one that shows much. */
function walkCall(
  fn: FunctionName,
  { calls, measurements }: Judged,
  symptoms: readonly Symptom[],
): Call | undefined {
  const own = symptoms.filter(({ culprit }) => culprit.fn === fn);
  if (own.length === 0) return undefined;
  const telling = [...calls.keys()].filter((id) => isTelling({ id }));
  return [...own.flatMap(({ culprit }) => culprit.call ?? []), ...telling]
    .flatMap((id) => calls.get(id) ?? [])
    .find((call) => call.fn === fn && subjectOf(call, measurements) !== undefined);
}

function needsRun({ clues }: Culprit): boolean {
  return clues.some((c) => !["place", "use", "guard", "loop", "entry", "result"].includes(c.kind));
}

/** Calls that are wanted, beside those of functions that nobody accuses, in an order that runs. */
function withBystanders(
  wanted: readonly string[],
  culprits: readonly Culprit[],
  calls: ReadonlyMap<string, Call>,
): Call[] {
  return [...wanted, ...bystanders(wanted, culprits, calls)].flatMap((id) =>
    withWhatItKeeps(id, calls),
  );
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
function isTelling({ id }: Pick<Call, "id">): boolean {
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

/** What two wrong functions share may well be what is wrong with both. */
function sharedLines(
  traced: readonly Traced[],
  fn: FunctionName,
  accused: ReadonlySet<FunctionName>,
): Set<string> {
  const others = traced.filter(({ call }) => call.fn !== fn && !accused.has(call.fn));
  return new Set(others.flatMap(({ trace }) => trace.sites.map((site) => lineKey(site.location))));
}
