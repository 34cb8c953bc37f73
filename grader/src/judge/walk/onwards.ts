/** Where the mistake is that shows at a place. */

import * as B from "../../assignment/block.ts";
import type { TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey, locationKey } from "../lines.ts";
import { blamed, byEntry, isMisstep, madeBy, oddIn } from "./blamed.ts";
import { hasFactor, isAllowed } from "./forms.ts";
import { isInside } from "./inside.ts";
import type { Suspicion } from "./suspects.ts";
import type { Event } from "./tests.ts";

/** Where the mistake is that shows at a place: in what is made of it, or in what made it. */
export function onwards(location: Location, found: readonly Suspicion[]): Location {
  const odd = found.flatMap((one) => oddIn(one) ?? [])[0];
  if (odd) return odd.site.location;
  const passed = passedAt(location, found);
  const event = passed && blamed(passed);
  const before = found.flatMap((one) => factorBefore(location, one) ?? [])[0];
  return event?.site.location ?? before ?? followed(location, found);
}

/**
 * Where the wrong factor of what the place holds was there before, in what it is made from: the
 * place did only what it should with it.
 */
function factorBefore(location: Location, { test }: Suspicion): Location | undefined {
  const { divergence, seen } = test;
  const { form: first, at } = divergence ?? {};
  if (!divergence || !first || at === undefined || first.mask === "other" || isAllowed(first))
    return undefined;
  const held = seen.find((s) => lineKey(s.site.location) === lineKey(location));
  // Another function is not a wrong factor.
  if (first.known.isMistake) return undefined;
  const isLater = held !== undefined && held.at > at && held.form.mask === first.mask;
  if (!isLater || held.form.known !== first.known || isAllowed(held.form)) return undefined;
  const isStep = hasFactor(first.known, held.form.factor / first.factor);
  return isStep ? divergence.site.location : undefined;
}

/** The place holds the last right step of a stage that made something else of it. */
function passedAt(location: Location, found: readonly Suspicion[]): Suspicion | undefined {
  return found.find(
    ({ test }) =>
      test.divergence &&
      isMisstep(test) &&
      lineKey(test.divergence.site.location) === lineKey(location),
  );
}

/** A place that had the whole value once all its entries were there. */
function collectedAt(
  isHere: (site: TraceSite) => boolean,
  { test, sites }: Suspicion,
): Event | undefined {
  const { actual, completeAt = -1 } = test;
  return sites
    .filter(isHere)
    .flatMap((site) =>
      site.values.flatMap(({ at, value }) =>
        at > completeAt && typeof value !== "number" && B.close(value, actual)
          ? [{ at, site, value }]
          : [],
      ),
    )[0];
}

/** A place that is known by its line, followed to where its value was made. */
function followed(location: Location, found: readonly Suspicion[]): Location {
  for (const one of found) {
    const isHere = ({ location: at }: TraceSite) =>
      lineKey(at) === lineKey(location) &&
      (locationKey(at) === locationKey(location) || isInside(location, at));
    const event = one.test.events.findLast(({ site }) => isHere(site));
    const whole = event ?? collectedAt(isHere, one);
    const made = event ? madeBy(event, one) : whole && byEntry(whole, one);
    if (made && made !== whole) return made.site.location;
  }
  return location;
}
