/** Gives findings their place in the source, with one instrumented run for all of them. */

import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { Call } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { FUNCTION_NAMES, type FunctionName, type Location } from "../model/submission.ts";
import type { Walk } from "../model/walk.ts";
import { bystanders, withWhatItKeeps } from "./bystanders.ts";
import type { Judged } from "./judge.ts";
import { locate, type Evidence } from "./locate.ts";
import { corrected, leads, readTraces, sharedLines, type Read, type Traced } from "./readings.ts";
import { NO_SIZES, sizesOf, type Sizes } from "./walk/sizes.ts";
import { lastChanged } from "./walk/last-changed.ts";
import type { Measured } from "./walk/main-point.ts";
import { subjectOf, walkThrough } from "./walk/walk.ts";

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
  const traced = await tracesOf(session, [...forPlaces, ...forWalks], culprits);
  const among = (some: readonly Call[]): Traced[] =>
    traced.filter(({ call }) => some.some(({ id }) => id === call.id));
  const evidenceOf = (culprit: Culprit, where: readonly Traced[]): Evidence => ({
    facts: session.program.facts,
    trace: where.find(({ call }) => call.id === culprit.call)?.trace,
    shared: sharedLines(where, culprit.fn, accused),
    sizes: sizesIn(culprit.call, calls),
  });
  const [places, walks] = [among(forPlaces), among(forWalks)];
  const inWalks = (culprit: Culprit): Evidence => evidenceOf(culprit, walks);
  const wanted = [...shown, ...walked.map(({ id }) => id)];
  const beside = { ...judged, accused, wanted };
  const read = readTraces(places, beside);
  const readAll = !walk || areSame(places, walks) ? read : readTraces(walks, beside);
  const inOrder = walked.flatMap(({ id }) => readAll.find(({ call }) => call.id === id) ?? []);
  return {
    places: culprits.map((c) => placeIn(read, { culprit: c, evidence: evidenceOf(c, places) })),
    walks: inOrder.map((one) => walkThrough(one, mainFault(leads(one, symptoms), inWalks))),
  };
}

function areSame(one: readonly Traced[], two: readonly Traced[]): boolean {
  return one.length === two.length && one.every(({ call }, k) => call.id === two[k]?.call.id);
}

/** What shows as these may come of something that does nothing. */
const IDLE = ["masked", "result"];

interface Searched {
  read: readonly Read[];
  culprit: Culprit;
  evidence: Evidence;
}

/** Where the clues lead, unless the call in which it shows says better. */
function placeIn(
  read: readonly Read[],
  { culprit, evidence }: { culprit: Culprit; evidence: Evidence },
): Location | undefined {
  const place = locate(culprit, evidence);
  const trace = evidence.trace;
  const found = better(place, { culprit, evidence, read });
  return found && trace && !isKept(culprit) ? lastChanged(found, trace) : found;
}

function better(
  place: Location | undefined,
  { culprit, evidence, read }: Searched,
): Location | undefined {
  const own = read.find(({ call }) => call.id === culprit.call);
  if (own === undefined || !needsRun(culprit)) return place;
  const [first] = culprit.clues;
  if (isFixed(culprit)) return (IDLE.includes(first?.kind ?? "") && own.idle) || place;
  return corrected(place, own, place === evidence.facts.functions[culprit.fn]?.location);
}

/** The place is known, or nothing before it can be to blame, or it holds what was given to the call with entries set to 0. */
function isFixed({ fn, clues }: Culprit): boolean {
  const kind = clues[0]?.kind;
  return (
    kind === "place" ||
    kind === "result" ||
    kind === "not-finite" ||
    (kind === "masked" && fn !== "predict")
  );
}

/** It is about what is put away under a name, whatever else there is. */
function isKept({ clues }: Culprit): boolean {
  return clues.some((clue) => clue.kind === "named" && clue.last === true);
}

/** The first that leads to a line, or else to the function. */
function mainFault(
  symptoms: readonly Symptom[],
  evidenceOf: (culprit: Culprit) => Evidence,
): Measured | undefined {
  let first: Measured | undefined;
  for (const symptom of symptoms) {
    const fault = faultOf(symptom, evidenceOf(symptom.culprit));
    if (fault && !fault.isWhole) return fault;
    first ??= fault;
  }
  return first;
}

/** What the measurements of all calls lead to. */
function faultOf({ what, culprit }: Symptom, evidence: Evidence): Measured | undefined {
  const location = locate(culprit, evidence);
  return (
    location && {
      ...{ location, words: what },
      isWhole: location === evidence.facts.functions[culprit.fn]?.location,
      isKept: isKept(culprit),
      isFixed: isFixed(culprit),
    }
  );
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

function sizesIn(id: string | undefined, calls: ReadonlyMap<string, Call>): Sizes {
  const call = calls.get(id ?? "");
  return call ? sizesOf(call, calls) : NO_SIZES;
}

function needsRun({ clues, call }: Culprit): boolean {
  return clues.some(
    (c) =>
      (c.kind === "place" && c.stopped) ||
      (c.kind === "result" && call !== undefined) ||
      !["place", "use", "guard", "loop", "entry", "result"].includes(c.kind),
  );
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

/** Units of both signs, some kept and some dropped, on what is small enough to be recorded. */
function isTelling({ id }: Pick<Call, "id">): boolean {
  return ["mixed-0.8", "made-0.8", "predict-mixed"].includes(id);
}
