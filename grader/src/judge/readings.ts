/** The traced calls of a submission, read beside the network, and what is suspected in each. */

import type { Symptom } from "../model/diagnosis.ts";
import type { Call, Trace } from "../model/observation.ts";
import type { FunctionName, Location } from "../model/submission.ts";
import type { Judged } from "./judge.ts";
import { lineKey, locationKey } from "./lines.ts";
import { idleIn } from "./walk/idle.ts";
import { thrownAway } from "./walk/thrown-away.ts";
import { readAlong, type Reading } from "./walk/read-along.ts";
import { blamed } from "./walk/blamed.ts";
import { onwards } from "./walk/onwards.ts";
import { isAside, isCleared, suspicions, type Suspicion, type Verdict } from "./walk/suspects.ts";
import { sizesOf } from "./walk/sizes.ts";
import { behind } from "./walk/unchanged.ts";
import type { Subject } from "./walk/known.ts";
import { subjectOf } from "./walk/walk.ts";

export interface Traced {
  call: Call;
  trace: Trace;
}

export interface Read extends Traced {
  subject: Subject;
  reading: Reading;
  /** One for each stage that is wrong. */
  suspicions: Suspicion[];
  /** What did nothing where something should have become of a stage. */
  idle: Location | undefined;
}

/** What traced calls are read beside. */
export interface Beside extends Judged {
  /** Functions in which something is off. */
  accused: ReadonlySet<FunctionName>;
  /** The calls that are to be read; others are read where they have something to say of these. */
  wanted: readonly string[];
}

export function readTraces(
  traced: readonly Traced[],
  { measurements, calls, accused, wanted }: Beside,
): Read[] {
  const readable = traced.flatMap(({ call, trace }) => {
    const subject = subjectOf(call, measurements);
    if (subject === undefined) return [];
    const shared = sharedLines(traced, call.fn, accused);
    let read: Reading | undefined;
    // Reading a trace is what takes long about a failed submission.
    const reading = (): Reading => (read ??= readAlong(subject, { trace, shared }));
    return [{ call, trace, subject, reading }];
  });
  return readable
    .filter(({ call }) => wanted.includes(call.id))
    .map((one) => {
      const { call } = one;
      const others = readable.flatMap((other) =>
        other.call.fn === call.fn ? [] : telling(other, call.fn, accused),
      );
      const isAlone = call.fn === "predict";
      const isExact = call.fn !== "forward_propagation_with_dropout";
      const { sites } = one.trace;
      const reading = one.reading();
      const { given, draws = [] } = one.subject;
      const terms = { given, draws: new Set(draws) };
      const beside = { others, sites, sizes: sizesOf(call, calls), isAlone, isExact, terms };
      const found = suspicions(reading.tests, beside);
      return {
        ...one,
        reading,
        suspicions: found,
        idle: idleAmong(found, one.trace) ?? thrownAway(found, one.trace),
      };
    });
}

/** What does nothing is to blame only if it ran for a stage that is wrong, as far as stages were judged. */
function idleAmong(found: readonly Suspicion[], trace: Trace): Location | undefined {
  const idle = idleIn(trace);
  const isOfStage = ({ test }: Suspicion) => idle && test.keys.has(locationKey(idle));
  return found.length === 0 || found.some(isOfStage) ? idle : undefined;
}

/**
 * What one function says about what it shares with another: all that a right function does is
 * right. But where `predict` calls the forward pass, that runs without dropout, and nothing of it is
 * tried out.
 */
function telling(
  { call, trace, reading }: Traced & { reading: () => Reading },
  fn: FunctionName,
  accused: ReadonlySet<FunctionName>,
): Verdict[] {
  if (fn === "forward_propagation_with_dropout" && call.fn === "predict") return [];
  if (accused.has(call.fn)) return reading().tests;
  return [{ isReached: true, keys: new Set(trace.sites.map((s) => locationKey(s.location))) }];
}

/** What two wrong functions share may well be what is wrong with both. */
export function sharedLines(
  traced: readonly Traced[],
  fn: FunctionName,
  accused: ReadonlySet<FunctionName>,
): Set<string> {
  const others = traced.filter(({ call }) => call.fn !== fn && !accused.has(call.fn));
  return new Set(others.flatMap(({ trace }) => trace.sites.map((site) => lineKey(site.location))));
}

/** The place itself; where that is cleared, or only the function is known, what is to blame. */
export function corrected(
  location: Location | undefined,
  { suspicions: found, trace, idle }: Read,
  isWhole: boolean,
): Location | undefined {
  if (idle) return idle;
  const place = blamedOr(location, { found, trace, isWhole });
  return place && (behind(place, found) ?? place);
}

function blamedOr(
  location: Location | undefined,
  { found, trace, isWhole }: { found: readonly Suspicion[]; trace: Trace; isWhole: boolean },
): Location | undefined {
  if (location && !isWhole && (isAside(location, trace) || !isCleared(location, found)))
    return onwards(location, found);
  for (const one of found) {
    const event = blamed(one);
    if (event) return event.site.location;
  }
  return location;
}

/** The symptoms that a walk may begin from, the most telling first. */
export function leads(one: Read, symptoms: readonly Symptom[]): Symptom[] {
  const own = symptoms.filter(({ culprit }) => culprit.fn === one.call.fn);
  // Whatever the mask is, what is made with it can be right: a value that is wrong says more.
  const strongest = isStrange(one) ? own.filter(isOfValues) : [];
  // What comes after a value that is no number says nothing.
  return [...new Set([...own.filter(isSpoilt), ...strongest, ...own])];
}

function isSpoilt({ culprit }: Symptom): boolean {
  return culprit.clues[0]?.kind === "not-finite";
}

/** A value that is none of the network's quantities, or another than it should be. */
function isStrange(one: Read): boolean {
  return one.suspicions.some(({ test }) => test.divergence?.form?.known !== test.stage.goal.known);
}

function isOfValues({ key }: Symptom): boolean {
  return !key.startsWith("forward.mask/");
}
