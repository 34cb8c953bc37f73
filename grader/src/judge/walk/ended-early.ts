/** A loop over the layers that ended before the last of them. */

import type { TraceSite } from "../../model/observation.ts";
import { locationKey } from "../lines.ts";
import { timeline, type Event, type StageTest } from "./tests.ts";

/**
 * The loop that went through the layers before this one, and had just ended when something else was
 * made in the place of the stage.
 */
export function endedEarly(test: StageTest, sites: readonly TraceSite[]): Event | undefined {
  const layer = Number(/^[ZA](\d)$/u.exec(test.stage.name)?.[1] ?? 0);
  const [first] = test.events;
  if (layer < 3 || first === undefined || test.seen.length > 0) return undefined;
  const events = timeline({ sites });
  const last = [events[first.at - 1], first].findLast((e) => e?.site.role === "loop");
  if (last === undefined || last.value !== 0) return undefined;
  const key = locationKey(last.site.location);
  const turns = events.filter(
    ({ at, site }) => at <= last.at && site.role === "loop" && locationKey(site.location) === key,
  );
  const starts = turns.filter(({ site }) => site.name === "start");
  const rounds = turns.filter(({ site, value }) => site.name === "next" && value === 1);
  return starts.length === 1 && rounds.length === layer - 1 ? last : undefined;
}
