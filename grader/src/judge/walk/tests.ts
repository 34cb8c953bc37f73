/**
 * The stages of a traced call as tests: each was given what the student's own program made before
 * it, and is right or wrong by itself. What ran between its inputs and its result belongs to it.
 */

import * as B from "../../assignment/block.ts";
import type { Block, TraceSite } from "../../model/observation.ts";
import { locationKey } from "../lines.ts";
import type { Divergence } from "./stage.ts";
import type { Seen } from "./recognise.ts";
import { isAllowed } from "./forms.ts";
import type { Stage } from "./known.ts";

/** Of a value that is recorded. */
const MOST_ENTRIES = 400;

/** What was found out about a stage. */
export interface Outcome {
  stage: Stage;
  /** The stages that it was made from, and what the call was given; and what those held. */
  needs: readonly string[];
  inputs: readonly Block[];
  seen: readonly Seen[];
  isReached: boolean;
  /** What the program has after it. */
  actual: Block;
  /** When its result, right or wrong, was complete; absent where nothing holds it. */
  completeAt?: number | undefined;
  /** It was judged by what the program itself returned. */
  hasOwn: boolean;
  divergence?: Divergence;
}

/** One value of a trace, by when it was recorded. */
export interface Event {
  at: number;
  site: TraceSite;
  value: number | Block;
}

export interface StageTest extends Outcome {
  /** What ran for it, in order. */
  events: readonly Event[];
  /** The places that ran for it. */
  keys: ReadonlySet<string>;
}

/** Every value of a trace, in order: `at` counts them. */
export function timeline({ sites }: { sites: readonly TraceSite[] }): Event[] {
  const total = sites.reduce((sum, { values }) => sum + values.length, 0);
  const events = Array.from<Event>({ length: total });
  for (const site of sites) {
    for (const { at, value } of site.values) events[at] = { at, site, value };
  }
  return events;
}

/** After a stage that was judged by nothing of its own, the rest is not judged either. */
export function testsOf(outcomes: readonly Outcome[], events: readonly Event[]): StageTest[] {
  const settled = outcomes.filter(isVisible).map((one) => ({
    ...one,
    isReached: one.isReached || leadsOn(one, outcomes),
  }));
  const first = settled.findIndex(({ isReached, hasOwn }) => !isReached && !hasOwn);
  const judged = finished(first < 0 ? settled : settled.slice(0, first + 1), events);
  return judged.flatMap((outcome) => {
    // What is the same throughout, such as a db of one number, is not looked for.
    if (outcome.completeAt === undefined && outcome.isReached) return [];
    const { from, to } = spanOf(outcome, judged);
    const own = events.slice(from + 1, to + 1);
    const keys = new Set(
      [...new Set(own.map(({ site }) => site))].map((s) => locationKey(s.location)),
    );
    return [{ ...outcome, events: own, keys }];
  });
}

/** Matrices with more entries than a trace holds are only known where they were returned. */
function isVisible({ stage, seen, isReached, hasOwn }: Outcome): boolean {
  return isReached || hasOwn || seen.length > 0 || stage.goal.value.data.length <= MOST_ENTRIES;
}

/** When each is done, one after another. */
function finished(outcomes: readonly Outcome[], events: readonly Event[]): Outcome[] {
  const timed = outcomes.map((one) =>
    isOverdue(one, outcomes) ? { ...one, completeAt: undefined } : one,
  );
  return timed.map((raw) => {
    const one = raw.isReached ? raw : misled(raw, timed, events);
    const { completeAt } = one;
    if (completeAt === undefined) return one;
    const from = readyAt(one.needs, timed) + 1;
    return { ...one, completeAt: doneAt(one, events, { from, to: completeAt }) };
  });
}

/**
 * What was returned is one of the inputs: then it is done where it comes next. What was not
 * returned is done where something of its shape comes that is none of its inputs nor a step to it.
 */
function misled(one: Outcome, outcomes: readonly Outcome[], events: readonly Event[]): Outcome {
  const from = readyAt(one.needs, outcomes);
  if (one.hasOwn) {
    if (one.completeAt === undefined || one.completeAt > from) return one;
    const next = events.slice(from + 1).find(({ value }) => isSame(value, one.actual));
    return next ? { ...one, completeAt: next.at } : one;
  }
  const off = one.seen.find(({ at, form }) => at > from && !isAllowed(form));
  if (off) return { ...one, completeAt: off.at, actual: off.value };
  const { value: goal } = one.stage.goal;
  const steps = new Set(one.seen.map(({ at }) => at));
  const next = events
    .slice(from + 1)
    .find(
      ({ at, site, value }) =>
        typeof value !== "number" &&
        (site.role === "value" || site.role === "return") &&
        goal.data.length > 1 &&
        (B.sameShape(value, goal) || B.sameShape(value, B.transposed(goal))) &&
        !steps.has(at) &&
        !one.inputs.some((input) => isSame(value, input)) &&
        value.data.some((x) => x !== 0),
    );
  if (next === undefined || typeof next.value === "number") return one;
  const actual = B.sameShape(next.value, goal) ? next.value : B.transposed(next.value);
  return { ...one, completeAt: next.at, actual };
}

/** It was seen only after what was made from it: what was seen is something else. */
function isOverdue(
  { stage, isReached, completeAt }: Outcome,
  outcomes: readonly Outcome[],
): boolean {
  return (
    isReached &&
    completeAt !== undefined &&
    outcomes.some(
      (o) =>
        o.isReached && o.needs.includes(stage.name) && (o.completeAt ?? completeAt) < completeAt,
    )
  );
}

/** As long as the value is handed on, or the loop goes on in which it was made, it is not done. */
function doneAt(
  { actual }: Outcome,
  events: readonly Event[],
  { from, to }: { from: number; to: number },
): number {
  const ran = new Set<TraceSite>();
  const looping = new Set<TraceSite>();
  for (const { site } of events.slice(from, to + 1)) (ran.has(site) ? looping : ran).add(site);
  let at = to;
  for (let next = events[at + 1]; next !== undefined; next = events[at + 1]) {
    if (!looping.has(next.site) && !isSame(next.value, actual)) break;
    at += 1;
  }
  return at;
}

function isSame(value: number | Block, actual: Block): boolean {
  if (typeof value === "number" || value.data.length !== actual.data.length) return false;
  return B.close(value, actual) || B.close(B.transposed(value), actual);
}

/** Nothing was returned of it, and what was made from it is right. */
function leadsOn({ stage, hasOwn, actual }: Outcome, outcomes: readonly Outcome[]): boolean {
  const isRight = B.sameShape(actual, stage.goal.value) && B.close(actual, stage.goal.value);
  return !hasOwn && isRight && outcomes.some((o) => o.isReached && o.needs.includes(stage.name));
}

/** From the last result before its own; where nothing holds its own, from its inputs to the next. */
function spanOf(
  { completeAt, needs }: Outcome,
  outcomes: readonly Outcome[],
): { from: number; to: number } {
  const ends = outcomes.flatMap((o) => o.completeAt ?? []).toSorted((a, b) => a - b);
  const from = readyAt(needs, outcomes);
  // What is no later than its inputs is one of them, handed on.
  if (completeAt !== undefined && completeAt > from)
    return { from: ends.findLast((end) => end < completeAt) ?? -1, to: completeAt };
  return { from, to: ends.find((end) => end > from) ?? Number.POSITIVE_INFINITY };
}

/** When all of these were there, or what they were made from. */
function readyAt(needs: readonly string[], outcomes: readonly Outcome[]): number {
  const times = outcomes
    .filter(({ stage }) => needs.includes(stage.name))
    .map((o) => o.completeAt ?? readyAt(o.needs, outcomes));
  return Math.max(-1, ...times);
}
