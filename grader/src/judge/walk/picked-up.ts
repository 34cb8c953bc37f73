/** A variable that got the wrong thing, which shows where something is made of it. */

import * as B from "../../assignment/block.ts";
import type { Block, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey, locationKey } from "../lines.ts";
import { isPart, type Known } from "./known.ts";
import type { Suspicion } from "./suspects.ts";
import type { Event } from "./tests.ts";

/** Fewer numbers may be anything. */
const LEAST_ENTRIES = 4;

/** One variable may be made from another. */
const MOST_STEPS = 3;

/**
 * Where a variable got something that the stage is not made from, for a place that makes something
 * of it: `below = X` where A2 is needed, `A1 = relu(W1)`.
 */
export function pickedUp(place: Location, suspicion: Suspicion): Location | undefined {
  const { events } = suspicion.test;
  const shows = events.findLast(({ site }) => lineKey(site.location) === lineKey(place));
  let found: Event | undefined;
  for (let step = 0, next = shows; next !== undefined && step < MOST_STEPS; step++) {
    next = beforeIt(next, suspicion);
    found = next ?? found;
  }
  return found?.site.location;
}

/** What a variable got that is read where something is made, if that is foreign. */
function beforeIt(shows: Event, suspicion: Suspicion): Event | undefined {
  const { test, keys } = suspicion;
  const place = shows.site.location;
  const used = usedOn(place, suspicion);
  const wrong = test.events.find(
    (event) =>
      event.at < shows.at &&
      keys.has(locationKey(event.site.location)) &&
      used.get(variableOf(event.site, event.site.changes))?.(event) === true &&
      lineKey(event.site.location) !== lineKey(place) &&
      isDefinition(event, test.events),
  );
  return wrong && filledBefore(shows, wrong, suspicion);
}

/** What changed the variable last, where it began as something else. */
function filledBefore(shows: Event, wrong: Event, suspicion: Suspicion): Event {
  if (isForeign(wrong, suspicion)) return wrong;
  const { changes, location, scope } = wrong.site;
  const last = suspicion.test.events.findLast(
    ({ at, site }) =>
      at > wrong.at &&
      at < shows.at &&
      site.changes === changes &&
      site.location.file === location.file &&
      (site.scope ?? -1) >= (scope ?? -1),
  );
  return last ?? wrong;
}

/** The variables that are read on a line, each with whether what was there then was foreign. */
function usedOn(
  place: Location,
  suspicion: Suspicion,
): ReadonlyMap<string, (made: Event) => boolean> {
  const used = new Map<string, (made: Event) => boolean>();
  for (const { site, value } of suspicion.test.events) {
    if (lineKey(site.location) !== lineKey(place) || isHandedOn(site)) continue;
    // What a method is called on is not recorded there, but where it was made.
    if (site.on !== undefined)
      used.set(variableOf(site, site.on), (made) => isForeign(made, suspicion));
    if (site.reads !== undefined && typeof value !== "number")
      used.set(variableOf(site, site.reads), () => isForeign({ site, value }, suspicion));
  }
  return used;
}

/** `{ A1: H1 }` makes nothing of it. */
function isHandedOn({ role, isProperty, reads }: TraceSite): boolean {
  return reads !== undefined && (role === "return" || isProperty === true);
}

function variableOf({ location }: TraceSite, name: string | undefined): string {
  return `${location.file}:${name}`;
}

/** It got one value for the stage: in a loop, or in a helper, it is something else each time. */
function isDefinition({ site }: Event, events: readonly Event[]): boolean {
  const { role, name, changes, isProperty } = site;
  const isNamed = role === "value" && name !== undefined && name === changes && !isProperty;
  return isNamed && events.filter((e) => e.site === site).length === 1;
}

/** Neither what the stage is made from, nor a step on the way to it. */
function isForeign(
  { site, value }: Pick<Event, "site" | "value">,
  { test, terms }: Suspicion,
): boolean {
  if (typeof value === "number" || isBlank(value)) return false;
  if (test.inputs.some((input) => isSame(value, input))) return false;
  const given = terms.given.filter((known) => isSame(value, known.value));
  // What is called by its own name is right as it is: it is used in the wrong place.
  const isRight = (known: Known) => isPart(known, test.stage) || site.name?.includes(known.name);
  if (given.length > 0) return !given.some(isRight);
  return (
    !isMask(value) &&
    !isPiece(value, test.stage.goal.value) &&
    !value.data.every((x) => terms.draws.has(x)) &&
    !test.seen.some((s) => s.site === site || isSame(value, s.value))
  );
}

function isBlank({ data }: Block): boolean {
  return data.length < LEAST_ENTRIES || data.every((x) => x === data[0]);
}

/** One example, or one unit, of many. */
function isPiece(value: Block, goal: Block): boolean {
  const isLine = ({ rows, cols }: Block) => rows === 1 || cols === 1;
  return isLine(value) && !isLine(goal);
}

/** What one does is done where it is applied. */
function isMask({ data }: Block): boolean {
  return new Set(data).size <= 2;
}

function isSame(a: Block, b: Block): boolean {
  return B.close(a, b) || B.close(B.transposed(a), b);
}
