/** Where the mistake is that stopped a call: seldom in the helper that it stopped in. */

import * as B from "../../assignment/block.ts";
import type { Trace, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey } from "../lines.ts";
import { overrun } from "./loops.ts";
import { isMisnamed } from "./misnamed.ts";
import { isOdd, type Sizes } from "./sizes.ts";
import { toldShape } from "./told-shape.ts";
import { timeline, type Event } from "./tests.ts";

/** A function that came to its end more often than this is called for each entry. */
const MOST_CALLS = 6;

interface Stop {
  at: Location;
  events: readonly Event[];
  sizes: Sizes;
  /** Lines that another of the student's functions runs as well, and is right with. */
  shared: ReadonlySet<string>;
}

/**
 * The first place that made nothing but matrices of a shape which none of the network's
 * quantities has, or which the one that it is named after has not; the loop that ran past the end;
 * else, where a helper stopped that was right before, or that could not even begin, the call of it.
 */
export function stoppedBy(
  at: Location,
  trace: Trace,
  { sizes, shared }: Pick<Stop, "sizes" | "shared">,
): Location {
  const stop = { at, events: timeline(trace), sizes, shared };
  // Such a name is to blame by itself.
  const { outcome } = trace;
  if (outcome.kind === "threw" && outcome.name === "ReferenceError") return at;
  return oddBefore(stop) ?? overrun(at, stop.events, sizes) ?? callOf(stop) ?? at;
}

/** What made something of a shape that nothing has. */
function oddBefore(stop: Stop): Location | undefined {
  const { events, sizes, shared } = stop;
  const isMade = ({ role }: TraceSite) => role === "value" || role === "return";
  const odd = events.find(
    ({ at, site, value }) =>
      isMade(site) &&
      !shared.has(lineKey(site.location)) &&
      // A call reports as an argument before it reports as a value.
      ![at - 1, at - 2].some((k) => isOfShared(events[k], value, shared)) &&
      (isOdd(value, sizes) || isMisnamed(site, value, sizes)),
  );
  if (odd === undefined) return undefined;
  const isAlways = odd.site.values.every(
    ({ value }) => isOdd(value, sizes) || isMisnamed(odd.site, value, sizes),
  );
  const told = toldShape(odd, events);
  if (told || isAlways) return (told ?? odd).site.location;
  // It was right with other things: then it is what it was given.
  const before = events.filter((event) => event.at < odd.at);
  return callIn(before, countEnds(before).get(scopeKey(odd.site)) ?? 0)?.site.location;
}

/** A helper that is right elsewhere has just returned it: then shapes are what they are here. */
function isOfShared(
  before: Event | undefined,
  value: Event["value"],
  shared: ReadonlySet<string>,
): boolean {
  return (
    before?.site.role === "return" &&
    shared.has(lineKey(before.site.location)) &&
    typeof value !== "number" &&
    typeof before.value !== "number" &&
    B.sameShape(before.value, value)
  );
}

/** The call of the function that the program stopped in, if that seems to be in order. */
function callOf({ at, events, shared }: Stop): Location | undefined {
  const last = events.at(-1);
  const here = events.findLast(({ site }) => lineKey(site.location) === lineKey(at));
  if (here === undefined && last && isOutside(at, last, events)) return last.site.location;
  if (here && last && wentOn(here, last)) return last.site.location;
  const count = countEnds(events).get(scopeKey((here ?? last)?.site)) ?? 0;
  const caller = callIn(events, count);
  if (caller) return caller.site.location;
  return shared.has(lineKey(at))
    ? events.findLast(({ site }) => !shared.has(lineKey(site.location)))?.site.location
    : undefined;
}

/**
 * The variable had got its value, and the same function went on below: the engine says where it
 * came by last, which is not where it took something apart.
 */
function wentOn({ site: here }: Event, { site: last }: Event): boolean {
  return (
    here.name !== undefined &&
    here.name === here.changes &&
    here.location.endLine === here.location.line &&
    last.scope === here.scope &&
    last.location.file === here.location.file &&
    last.location.line > here.location.line
  );
}

/** Nothing was recorded of the function that it stopped in: its arguments are what it had. */
function isOutside(at: Location, { site }: Event, events: readonly Event[]): boolean {
  const inScope = events.filter((event) => scopeKey(event.site) === scopeKey(site));
  const lines = inScope.map((event) => event.site.location.line);
  if (site.location.file !== at.file) return site.role === "given";
  return at.line < Math.min(...lines) || at.line > Math.max(...lines) + 3;
}

/** The last thing that ran in a function which has not come to its end yet. */
function callIn(events: readonly Event[], count: number): Event | undefined {
  if (count === 0 || count > MOST_CALLS) return undefined;
  const ends = countEnds(events);
  return events.findLast(({ site }) => !ends.has(scopeKey(site)));
}

/** How often each function came to an end that hands something back. */
function countEnds(events: readonly Event[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { site } of events) {
    if (site.role !== "return") continue;
    const key = scopeKey(site);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function scopeKey(site: TraceSite | undefined): string {
  return `${site?.location.file}:${site?.scope}`;
}
