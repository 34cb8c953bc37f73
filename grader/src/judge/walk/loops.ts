/** A loop that ran more or less often than anything has rows or columns. */

import type { Location } from "../../model/submission.ts";
import { lineKey, locationKey } from "../lines.ts";
import { isOddCount, type Sizes } from "./sizes.ts";
import type { Event } from "./tests.ts";

/** The outermost of those that are suspected. */
export function oddLoop(open: readonly Event[], sizes: Sizes): Event | undefined {
  const heads = new Map<string, { start: Event; rounds: number[] }>();
  for (const event of open) {
    const { role, name, location } = event.site;
    if (role !== "loop") continue;
    const key = locationKey(location);
    const head = heads.get(key);
    if (name === "start") {
      if (head) head.rounds.push(0);
      else heads.set(key, { start: event, rounds: [0] });
    } else if (head && event.value === 1) {
      head.rounds.push((head.rounds.pop() ?? 0) + 1);
    }
  }
  const odd = [...heads.values()].find(({ rounds }) =>
    rounds.every((count) => isOddCount(count, sizes)),
  );
  return odd?.start;
}

/** The loop around the place where a call stopped that had gone through all there is, and went on. */
export function overrun(
  at: Location,
  events: readonly Event[],
  { lengths }: Sizes,
): Location | undefined {
  if (isTurned(at, events)) return undefined;
  const around = new Set(
    events.flatMap(({ site }) =>
      site.loop && lineKey(site.location) === lineKey(at) ? [lineKey(site.loop)] : [],
    ),
  );
  const rounds = new Map<string, { location: Location; count: number }>();
  for (const { site, value } of events) {
    if (site.role !== "loop") continue;
    const { location, name } = site;
    const key = locationKey(location);
    const count = name === "start" ? 0 : (rounds.get(key)?.count ?? 0) + (value === 1 ? 1 : 0);
    rounds.set(key, { location, count });
  }
  const inner = [...rounds.values()].filter(({ location }) => around.has(lineKey(location)));
  const heads = [...inner, ...inner.flatMap(({ location }) => outerOf(location, rounds))];
  // Its last round was one too many.
  return heads.find(({ count }) => count - 1 > 3 && lengths.has(count - 1))?.location;
}

/** On the line, one call is given `i, j` and another `j, i`: one of them is the mistake. */
function isTurned(at: Location, events: readonly Event[]): boolean {
  const sites = new Set(events.map(({ site }) => site));
  const given = [...sites]
    .filter(({ role, location }) => role === "argument" && lineKey(location) === lineKey(at))
    .toSorted((a, b) => a.location.column - b.location.column);
  const pairs = given.flatMap((first, k) => {
    const second = given[k + 1];
    const isNext = second && second.location.column - first.location.endColumn <= 2;
    return isNext && first.reads && second.reads ? [`${first.reads},${second.reads}`] : [];
  });
  return pairs.some((pair) => pairs.includes(pair.split(",").toReversed().join(",")));
}

/** The loop whose body a loop stands in, by where they are written. */
function outerOf<Head extends { location: Location }>(
  { file, line, column }: Location,
  rounds: ReadonlyMap<string, Head>,
): Head[] {
  const before = [...rounds.values()].filter(
    ({ location: l }) =>
      l.file === file &&
      line - l.line <= 2 &&
      (l.line < line || (l.line === line && l.column < column)),
  );
  return before.toSorted((a, b) => b.location.line - a.location.line).slice(0, 1);
}
