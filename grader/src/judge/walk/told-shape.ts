/** Matrices that have the shape which their helper was asked for: it is the call that is wrong. */

import * as B from "../../assignment/block.ts";
import type { Block, Trace } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { isInside } from "./inside.ts";
import { timeline, type Event } from "./tests.ts";

/** What was last given to a function, or to a method, within one call of it. */
const GIVEN = ["given", "argument"];

/** The call that gave these numbers of rows and columns to the function that made the matrix. */
export function toldShape(made: Event, events: readonly Event[]): Event | undefined {
  if (typeof made.value === "number") return undefined;
  const wanted = [made.value.rows, made.value.cols];
  const asked = events.filter(
    ({ at, site, value }) =>
      at < made.at &&
      GIVEN.includes(site.role) &&
      typeof value === "number" &&
      site.scope !== made.site.scope &&
      !isInside(site.location, made.site.location),
  );
  const k = asked.findLastIndex((one, index) => isPair(one, asked[index + 1], wanted));
  return asked[k];
}

function isPair(one: Event, next: Event | undefined, wanted: readonly number[]): boolean {
  return (
    next?.site.operator === one.site.operator &&
    next?.site.scope === one.site.scope &&
    one.value === wanted[0] &&
    next?.value === wanted[1]
  );
}

/** Who asked for one of the values to have the shape that it has. */
export function askedFor(values: readonly Block[], trace: Trace): Location | undefined {
  const events = timeline(trace);
  const made = events.find(
    ({ value }) => typeof value !== "number" && values.some((one) => B.close(value, one)),
  );
  return made && toldShape(made, events)?.site.location;
}
