/** Places that only hand a variable on, followed to what made it what it is. */

import type { Trace, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { locationKey } from "../lines.ts";

interface Change {
  site: TraceSite;
  /** When it was made last, before the variable was handed on. */
  at: number;
}

/**
 * `return out` and the `A1` of `{ A1 }` are right whatever the variable holds: what changed it last
 * is to blame. Where nothing did, the place itself is: something is missing before it.
 */
export function lastChanged(place: Location, { sites }: Pick<Trace, "sites">): Location {
  const handing = siteAt(place, sites, handsOn);
  return (handing && latest(changesBefore(handing, sites))) ?? place;
}

/** Where a variable that began as zeros was filled. */
export function filledAt(place: Location, { sites }: { sites: readonly TraceSite[] }): Location {
  const blank = siteAt(place, sites, isBlank);
  return (blank && latest(changesAfter(blank, sites))) ?? place;
}

function siteAt(
  place: Location,
  sites: readonly TraceSite[],
  isIt: (site: TraceSite) => boolean,
): TraceSite | undefined {
  const key = locationKey(place);
  return sites.find((site) => locationKey(site.location) === key && isIt(site));
}

/** Of two branches in a loop, it is the one that ran for most entries. */
function latest(changes: readonly Change[]): Location | undefined {
  const last = changes.toSorted((a, b) => b.at - a.at)[0];
  const beside = changes.filter(({ site }) => last && isSameLoop(site, last.site));
  const most = beside.toSorted((a, b) => b.site.values.length - a.site.values.length)[0];
  return (most ?? last)?.site.location;
}

function isSameLoop({ loop: a }: TraceSite, { loop: b }: TraceSite): boolean {
  return a !== undefined && b !== undefined && locationKey(a) === locationKey(b);
}

/** Nothing is chosen here: it is the end of a function, or a property that is called like the variable. */
function handsOn({ role, name, reads, isProperty }: TraceSite): boolean {
  if (reads === undefined) return false;
  return role === "return" || (role === "value" && isProperty === true && name === reads);
}

/** `const out = Matrix.zeros(n, m)`. */
function isBlank({ role, name, changes, isProperty, values }: TraceSite): boolean {
  return (
    role === "value" &&
    name !== undefined &&
    name === changes &&
    isProperty !== true &&
    values.every(
      ({ value }) =>
        typeof value !== "number" && value.data.length > 1 && value.data.every((x) => x === 0),
    )
  );
}

function changesAfter(blank: TraceSite, sites: readonly TraceSite[]): Change[] {
  return sites.flatMap((site): Change[] => {
    if (site === blank || !isSameVariable(site, blank, blank.changes)) return [];
    const last = isBefore(blank.location, site.location) ? site.values.at(-1) : undefined;
    return last ? [{ site, at: last.at }] : [];
  });
}

/** But for where it began. */
function changesBefore(handing: TraceSite, sites: readonly TraceSite[]): Change[] {
  const until = handing.values[0]?.at ?? 0;
  return sites.flatMap((site): Change[] => {
    if (!isSameVariable(site, handing, handing.reads) || begins(site, handing)) return [];
    const last = isBefore(site.location, handing.location)
      ? site.values.findLast(({ at }) => at < until)
      : undefined;
    return last ? [{ site, at: last.at }] : [];
  });
}

/** It changes the variable of that name, in the function or in one that is written inside it. */
function isSameVariable(site: TraceSite, one: TraceSite, name: string | undefined): boolean {
  return (
    name !== undefined &&
    site.changes === name &&
    site.location.file === one.location.file &&
    (site.scope ?? -1) >= (one.scope ?? -1)
  );
}

function isBefore(a: Location, b: Location): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** `const out = …` in the function that hands it on. */
function begins({ name, changes, scope, values }: TraceSite, handing: TraceSite): boolean {
  return (
    name === changes &&
    scope === handing.scope &&
    values.every(({ value }) => typeof value !== "number")
  );
}
