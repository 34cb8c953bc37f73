/** A function that returns the same number whatever it is given, where something else is needed. */

import type { Block, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey } from "../lines.ts";
import { isInside } from "./inside.ts";
import type { Suspicion } from "./suspects.ts";
import { timeline, type Event } from "./tests.ts";

/** Fewer answers may be alike by chance. */
const LEAST_ANSWERS = 4;

/**
 * Where the function ends that was called on the line for something else than one number, and gave
 * nothing but one number for all entries, whenever it was asked, and is written elsewhere.
 */
export function constantFor(place: Location, { sites }: Suspicion): Location | undefined {
  const asked = sites.filter(
    (site) =>
      site.operator !== undefined &&
      lineKey(site.location) === lineKey(place) &&
      isOneNumber(site.values[0]?.value) &&
      isAsked(site, sites),
  );
  if (asked.length === 0) return undefined;
  const events = timeline({ sites });
  return asked.flatMap((site) =>
    site.values.slice(0, 1).flatMap(({ at, value }) => endOf({ at, site, value }, events) ?? []),
  )[0];
}

function endOf({ at, site, value }: Event, events: readonly Event[]): Location | undefined {
  const before = events[at - 1]?.site.role === "argument" ? events[at - 2] : events[at - 1];
  const last = [events[at - 1], before].find((e) => e?.site.role === "return");
  const end = last && innermost(last, events);
  const isElsewhere =
    end !== undefined &&
    end.scope !== site.scope &&
    lineKey(end.location) !== lineKey(site.location);
  return isElsewhere && alwaysIs(end, firstOf(value)) ? end.location : undefined;
}

/** It is made of a value that is not one number throughout. */
function isAsked({ on, location }: TraceSite, sites: readonly TraceSite[]): boolean {
  return sites.some((s) => {
    const isGiven = (s.role === "given" || s.role === "argument") && isInside(s.location, location);
    const isReceiver = on !== undefined && s.role === "value" && s.changes === on;
    return (isGiven || isReceiver) && s.values.some(({ value }) => !isOneNumber(value));
  });
}

/** `return map(Z, (z) => 1)`: the entries are made inside, and handed on from there. */
function innermost(end: Event, events: readonly Event[]): TraceSite {
  const entry = events.findLast((e) => e.at < end.at && isReturned(e));
  let inner = typeof end.value === "number" ? end : entry;
  if (inner?.value !== firstOf(end.value)) return end.site;
  for (let next = events[inner.at - 1]; next && isReturned(next); next = events[inner.at - 1]) {
    if (next.value !== inner.value) break;
    inner = next;
  }
  return inner.site;
}

function isReturned({ site, value }: Event): boolean {
  return site.role === "return" && typeof value === "number";
}

function isOneNumber(value: number | Block | undefined): boolean {
  if (value === undefined) return false;
  return typeof value === "number" || value.data.every((x) => x === value.data[0]);
}

function firstOf(value: number | Block): number {
  return typeof value === "number" ? value : (value.data[0] ?? Number.NaN);
}

/** A zero that is written there only fills something. */
function alwaysIs({ values, reads, operator }: TraceSite, x: number): boolean {
  const isMade = x !== 0 || reads !== undefined || operator !== undefined;
  return isMade && values.length >= LEAST_ANSWERS && values.every(({ value }) => value === x);
}
