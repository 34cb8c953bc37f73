/** What runs and does nothing: a loop without a round, a helper that hands back what it began with. */

import * as B from "../../assignment/block.ts";
import type { Block, Trace, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { locationKey } from "../lines.ts";
import { shortLoop } from "./short-loop.ts";
import { timeline, type Event } from "./tests.ts";

/** Fewer entries may be 0 by chance. */
const LEAST_ENTRIES = 4;

/** The first of them in a call. In a call in which nothing is wrong there may be such things too. */
export function idleIn(trace: Trace): Location | undefined {
  const events = timeline(trace);
  return (
    idleLoop(trace.sites) ??
    deadHelper(trace.sites) ??
    selfAssigned(trace.sites, events) ??
    shortLoop(events)
  );
}

/**
 * `x = x`: the variable held that very matrix before. One pass over all that ran: a program may say
 * it very often.
 */
function selfAssigned(sites: readonly TraceSite[], events: readonly Event[]): Location | undefined {
  const keys = new Map(sites.map((site) => [site, variableOf(site)]));
  const last = new Map<string, number | Block>();
  const others = new Set<TraceSite>();
  for (const { site, value } of events) {
    const key = keys.get(site);
    if (key === undefined) continue;
    const before = last.get(key);
    if (before === undefined || !isSame(before, value)) others.add(site);
    last.set(key, value);
  }
  return sites.find((site) => isSelf(site) && !others.has(site))?.location;
}

/** The variable that a place changes, in the function that it is in. */
function variableOf({ changes, scope }: TraceSite): string | undefined {
  return changes === undefined ? undefined : `${scope}:${changes}`;
}

function isSelf({ role, name, reads, changes, isProperty, values }: TraceSite): boolean {
  return (
    role === "value" &&
    name !== undefined &&
    name === reads &&
    name === changes &&
    isProperty !== true &&
    values.every(({ value }) => typeof value !== "number")
  );
}

function isSame(a: number | Block, b: number | Block): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return B.sameShape(a, b) && a.data.every((x, k) => x === b.data[k]);
}

/** A counting loop that was entered, and never ran. */
function idleLoop(sites: readonly TraceSite[]): Location | undefined {
  const loops = sites.filter(({ role }) => role === "loop");
  const ran = new Set(
    loops.flatMap(({ name, location, values }) =>
      name === "next" && values.some(({ value }) => value === 1) ? [locationKey(location)] : [],
    ),
  );
  const hasEnd = new Set(
    loops.flatMap(({ name, location }) => (name === "next" ? [locationKey(location)] : [])),
  );
  return loops.find(
    ({ location }) => hasEnd.has(locationKey(location)) && !ran.has(locationKey(location)),
  )?.location;
}

/** Whatever it is called for, it returns zeros, and nothing was ever put into what it returns. */
function deadHelper(sites: readonly TraceSite[]): Location | undefined {
  return sites.find((site) => isBlank(site) && site.values.length > 1 && isUntouched(site, sites))
    ?.location;
}

function isBlank({ role, reads, values }: TraceSite): boolean {
  return role === "return" && reads !== undefined && values.every(({ value }) => isZero(value));
}

function isZero(value: number | Block): boolean {
  return (
    typeof value !== "number" &&
    value.data.length >= LEAST_ENTRIES &&
    value.data.every((x) => x === 0)
  );
}

function isUntouched({ location, reads, scope }: TraceSite, sites: readonly TraceSite[]): boolean {
  const inFile = sites.filter((s) => s.location.file === location.file && s.changes === reads);
  const made = inFile.find((s) => s.scope === scope && s.location.line <= location.line);
  if (made === undefined) return false;
  return inFile.every(
    (s) =>
      s === made ||
      s.location.line < made.location.line ||
      s.location.line > location.line ||
      s.operator === "apply",
  );
}
