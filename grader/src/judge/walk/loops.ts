/** A loop that ran more or less often than anything has rows or columns. */

import { locationKey } from "../lines.ts";
import { isOddCount, type Sizes } from "./sizes.ts";
import type { Event } from "./tests.ts";

/** The outermost of those that are suspected. */
export function oddLoop(open: readonly Event[], sizes: Sizes): Event | undefined {
  const heads = new Map<string, { start: Event; starts: number; rounds: number }>();
  for (const event of open) {
    const { role, name, location } = event.site;
    if (role !== "loop") continue;
    const key = locationKey(location);
    const head = heads.get(key);
    if (name === "start") {
      if (head) head.starts += 1;
      else heads.set(key, { start: event, starts: 1, rounds: 0 });
    } else if (head && event.value === 1) {
      head.rounds += 1;
    }
  }
  const odd = [...heads.values()].find(({ starts, rounds }) => {
    const each = rounds / starts;
    return Number.isInteger(each) && isOddCount(each, sizes);
  });
  return odd?.start;
}
