/** Where the mistake is that stopped a call: seldom in the helper that it stopped in. */

import type { Trace, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey } from "../lines.ts";
import { isOdd, type Sizes } from "./sizes.ts";
import { timeline, type Event } from "./tests.ts";

/** A function that came to its end more often than this is called for each entry. */
const MOST_CALLS = 6;

/**
 * The first place that made nothing but matrices of a shape which none of the network's
 * quantities has; else, where a helper stopped that had come to its end before, the call of it.
 */
export function stoppedBy(at: Location, trace: Trace, sizes: Sizes): Location {
  const events = timeline(trace);
  const odd = events.find(
    ({ site }) =>
      (site.role === "value" || site.role === "return") &&
      site.values.every(({ value }) => isOdd(value, sizes)),
  );
  if (odd) return odd.site.location;
  const ends = countEnds(events);
  const here = events.findLast(({ site }) => lineKey(site.location) === lineKey(at));
  const count = ends.get(scopeKey((here ?? events.at(-1))?.site)) ?? 0;
  if (count === 0 || count > MOST_CALLS) return at;
  const caller = events.findLast(({ site }) => !ends.has(scopeKey(site)));
  return caller?.site.location ?? at;
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
