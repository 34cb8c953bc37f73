/** Values that are made entry by entry, in a function that is called for each of them. */

import * as B from "../../assignment/block.ts";
import type { Block, TraceSite } from "../../model/observation.ts";
import { locationKey } from "../lines.ts";
import { isAllowed } from "./forms.ts";
import type { Suspicion } from "./suspects.ts";
import type { Event, StageTest } from "./tests.ts";

/** Single precision, as it is when entries are rounded afterwards. */
const PRECISION = 1e-6;

const MAKING: readonly TraceSite["role"][] = ["value", "return", "argument"];

/**
 * Where the entries of what a stage came to be were made first, by what had the right numbers to
 * make them from, and did not run for a stage that is right.
 */
export function madeByEntry({ test, cleared }: Suspicion): Event | undefined {
  const { events, actual } = test;
  if (actual.data.length < 2 || actual.data.every((x) => x === actual.data[0])) return undefined;
  const lists = [actual, B.transposed(actual)].map(({ data }) => data);
  const bySite = new Map<TraceSite, Event[]>();
  for (const event of events) {
    const { site, value } = event;
    if (typeof value !== "number" || !MAKING.includes(site.role)) continue;
    const held = bySite.get(site);
    if (held) held.push(event);
    else bySite.set(site, [event]);
  }
  const found = [...bySite.values()].flatMap((held) => {
    const first = lists.flatMap((list) => runOf(held, list) ?? [])[0];
    return first && !cleared.has(locationKey(first.site.location)) ? [first] : [];
  });
  const first = found.toSorted((a, b) => a.at - b.at)[0];
  return first && hadInput(first, test) ? first : undefined;
}

/** Where the numbers of a place begin to be the list, one after another. */
function runOf(held: readonly Event[], list: Block["data"]): Event | undefined {
  for (let start = 0; start + list.length <= held.length; start++) {
    let k = 0;
    while (k < list.length && isNearly(held[start + k]?.value, list[k] ?? 0)) k++;
    if (k === list.length) return held[start];
  }
  return undefined;
}

function isNearly(x: number | Block | undefined, y: number): boolean {
  return typeof x === "number" && Math.abs(x - y) <= PRECISION * Math.abs(y);
}

/** Something right on the way to the stage was seen in the same function. */
function hadInput({ site }: Event, { seen }: StageTest): boolean {
  return seen.some(
    (s) =>
      isAllowed(s.form) &&
      s.site.scope === site.scope &&
      s.site.location.file === site.location.file,
  );
}
