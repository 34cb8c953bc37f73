/** Which place is to blame for a stage that is wrong. */

import * as B from "../../assignment/block.ts";
import type { Block, TraceSite } from "../../model/observation.ts";
import { locationKey } from "../lines.ts";
import { isAllowed } from "./forms.ts";
import type { Suspicion } from "./suspects.ts";
import { endedEarly } from "./ended-early.ts";
import { madeByEntry } from "./entries.ts";
import { cutShort, oddLoop } from "./loops.ts";
import type { Divergence } from "./stage.ts";
import { isInside } from "./inside.ts";
import { isPart } from "./known.ts";
import { isOdd } from "./sizes.ts";
import { toldShape } from "./told-shape.ts";
import type { Event, StageTest } from "./tests.ts";

/**
 * The place to blame for a stage: where it left the way, if that is suspected, or what ran next.
 * A last right step is to blame where it was kept as it is; else what was made of it.
 */
export function blamed(suspicion: Suspicion): Event | undefined {
  const event = leaving(suspicion);
  return event && madeBy(event, suspicion);
}

function leaving(suspicion: Suspicion): Event | undefined {
  const { test, keys } = suspicion;
  const { divergence, events, seen, completeAt } = test;
  const open = events.filter(({ site }) => keys.has(locationKey(site.location)));
  const odd = oddIn(suspicion);
  if (odd) return odd;
  const found =
    divergence && open.find(({ at, site }) => at === divergence.at && site === divergence.site);
  if (found && !isMisstep(test)) return found;
  // A helper that is right elsewhere made it: then it is the call of it, which reports next.
  const handed =
    divergence?.value !== undefined && !isMisstep(test)
      ? open.find(({ at, value }) => at > divergence.at && isEqual(value, divergence.value ?? 0))
      : undefined;
  if (handed) return (handed.site.reads && calledFor(divergence, open)) || handed;
  const steps = seen.flatMap(({ at, form }) =>
    at < (completeAt ?? Number.POSITIVE_INFINITY) && isAllowed(form) ? [at] : [],
  );
  const after = open.filter(({ at, site }) => at > Math.max(-1, ...steps) && makesSomething(site));
  const most = Math.max(0, ...after.map((event) => timesOf(event, suspicion)));
  const next = after.find((event) => timesOf(event, suspicion) === most);
  return next ?? found ?? open.find(({ site }) => makesSomething(site)) ?? open[0];
}

/** A result that is read out of what a helper returned, `made.dW`, is that of its call. */
function calledFor(divergence: Divergence | undefined, open: readonly Event[]): Event | undefined {
  return open.findLast(
    ({ at, site }) =>
      divergence !== undefined &&
      at < divergence.at &&
      site.role === "given" &&
      site.scope !== divergence.site.scope,
  );
}

/** A matrix of a shape that nothing has, or a loop that ran another number of times. */
export function oddIn({ test, keys, sizes, sites }: Suspicion): Event | undefined {
  const open = test.events.filter(({ site }) => keys.has(locationKey(site.location)));
  const odd = open.find(({ value }) => isOdd(value, sizes));
  if (odd) return toldShape(odd, test.events) ?? odd;
  return (
    oddLoop(open, sizes) ??
    cutShort(test.events, test.actual, test.stage.goal.value) ??
    endedEarly(test, sites)
  );
}

function timesOf({ site }: Event, { times }: Suspicion): number {
  return times.get(locationKey(site.location)) ?? 0;
}

/** The last right step was not kept: what was made of it is none of the quantities on the way. */
export function isMisstep({ divergence, seen, actual }: StageTest): boolean {
  const isStep = divergence?.form !== undefined && isAllowed(divergence.form);
  return isStep && !seen.some(({ value }) => B.close(value, actual));
}

/** It computes, and not only zeros to begin with. */
function makesSomething({ role, reads, values }: TraceSite): boolean {
  const isZero = (value: number | Block) =>
    typeof value === "number" ? value === 0 : value.data.every((x) => x === 0);
  return (
    role !== "given" &&
    role !== "loop" &&
    reads === undefined &&
    !values.every(({ value }) => isZero(value))
  );
}

/**
 * Where a value was made that a place only hands on: in the variable that it reads, or in a
 * helper that made it for other stages too, and was right with none.
 */
export function madeBy(event: Event, suspicion: Suspicion): Event {
  const changed = changedBefore(event, suspicion);
  const told = changed ?? returnedTo(event, suspicion);
  return told === undefined ? byEntry(event, suspicion) : madeBy(told, suspicion);
}

/** A call that has what the stage came to be, and did nothing but collect its entries. */
export function byEntry(event: Event, suspicion: Suspicion): Event {
  const { value } = event;
  const { actual } = suspicion.test;
  const isIt =
    typeof value !== "number" && [value, B.transposed(value)].some((v) => B.close(v, actual));
  if (!isIt || isTold(event, suspicion.test.events) || isOnTheWay(suspicion.test)) return event;
  const entry = madeByEntry(suspicion);
  return entry && entry.at < event.at ? entry : event;
}

/** What the stage came to be is right so far: something is missing. */
function isOnTheWay({ seen, actual }: StageTest): boolean {
  return seen.some(({ form, value }) => isAllowed(form) && B.close(value, actual));
}

function changedBefore({ at, site }: Event, { test, cleared }: Suspicion): Event | undefined {
  if (site.reads === undefined || site.role !== "return") return undefined;
  const changes = test.events.filter(
    (e) =>
      e.at < at &&
      e.site.changes === site.reads &&
      e.site.location.file === site.location.file &&
      !cleared.has(locationKey(e.site.location)),
  );
  const last = changes.at(-1);
  // `out.apply((i, j) => out.set(i, j, x))` is done by what is inside.
  return last && (changes.findLast((e) => isInside(e.site.location, last.site.location)) ?? last);
}

function returnedTo(event: Event, suspicion: Suspicion): Event | undefined {
  const { test, cleared, times } = suspicion;
  const { site } = event;
  if (site.reads !== undefined) return gotBy(event, test);
  // What is right so far was made right.
  if (site.operator === undefined || isRightSoFar(event, test)) return undefined;
  const inner = test.events.findLast(
    (e) =>
      e.at < event.at &&
      e.site.role === "return" &&
      e.site !== site &&
      isEqual(e.value, event.value) &&
      !cleared.has(locationKey(e.site.location)),
  );
  const runs = ({ location, values }: TraceSite) =>
    Math.max(values.length, times.get(locationKey(location)) ?? 0);
  const isMore = inner !== undefined && runs(inner.site) > runs(site);
  const isAsked = inner !== undefined && (isMore || wasGivenInput(event, inner, suspicion));
  if (isAsked && !isTold(event, test.events)) return inner;
  const part = test.events.find(
    (e) =>
      e.at < event.at &&
      e.site.role === "value" &&
      typeof e.value !== "number" &&
      isInside(e.site.location, site.location),
  );
  return part && returnedTo(part, suspicion);
}

/** The helper was called with what the stage is made from, and handed back something else. */
function wasGivenInput({ site }: Event, inner: Event, { test, terms }: Suspicion): boolean {
  const parts = terms.given.filter((known) => isPart(known, test.stage));
  // What a method is called on is not known: what it is given may be a part that is used as it is.
  const asArgument = [...test.inputs, ...parts.map(({ value }) => value)];
  return test.events.some(
    (e) =>
      e.at < inner.at &&
      (e.site.role === "given" || e.site.role === "argument") &&
      isInside(e.site.location, site.location) &&
      (e.site.role === "given" ? test.inputs : asArgument).some((x) => isEqual(x, e.value)),
  );
}

/** A getter, which reports as what reads it. */
function gotBy({ at, site, value }: Event, { events }: StageTest): Event | undefined {
  const before = events.findLast((e) => e.at === at - 1);
  const isGetter = site.isProperty && before?.site.role === "return";
  return isGetter && isEqual(before.value, value) ? before : undefined;
}

function isRightSoFar({ at, site }: Event, { seen }: StageTest): boolean {
  return seen.some((s) => s.at === at && s.site === site && isAllowed(s.form));
}

/** The helper was given a lone number as well: it did what it was told. */
function isTold({ at, site }: Event, events: readonly Event[]): boolean {
  return events.some(
    (e) =>
      e.at < at &&
      (e.site.role === "given" || e.site.role === "argument") &&
      typeof e.value === "number" &&
      isInside(e.site.location, site.location),
  );
}

function isEqual(a: number | Block, b: number | Block): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return B.sameShape(a, b) && a.data.every((x, k) => Object.is(x, b.data[k]));
}
