/** Where a walk diverges. */

import type { Call, Trace } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey } from "../lines.ts";
import { blamed, isMisstep } from "./blamed.ts";
import type { Subject } from "./known.ts";
import { lastChanged } from "./last-changed.ts";
import { onwards } from "./onwards.ts";
import type { Reading } from "./read-along.ts";
import type { Divergence } from "./stage.ts";
import { isAside, isCleared, type Suspicion } from "./suspects.ts";
import { behind } from "./unchanged.ts";
import type { Event } from "./tests.ts";

/** What a walk is made from. */
export interface Walked {
  call: Call;
  subject: Subject;
  trace: Trace;
  reading: Reading;
  /** What is suspected of the stages that are wrong. */
  suspicions: readonly Suspicion[];
  /** What did nothing where something should have become of a stage. */
  idle: Location | undefined;
}

/** Where the measurements of all calls lead: some of it shows in no value of a single call. */
export interface Measured {
  location: Location;
  words: string;
  /** Nothing leads to a line: the place is the function itself. */
  isWhole: boolean;
  /** Where something is put away that should have been another thing. */
  isKept: boolean;
  /** It is known, and not found by a value. */
  isFixed: boolean;
}

/**
 * Where the walk diverges: where the measurements lead, or the reading, as long as that is under
 * suspicion; else what is to blame for the first stage that is wrong.
 */
export function mainOf(walked: Walked, measured: Measured | undefined): Main {
  const found = pointOf(walked, measured);
  const place = found.told?.location ?? found.main?.site.location;
  const same = place && behind(place, walked.suspicions);
  const point =
    measured === undefined || measured.isFixed || same === undefined
      ? found
      : { told: { ...measured, location: same } };
  return whereMade(point, walked.trace);
}

function whereMade({ told, main }: Main, trace: Trace): Main {
  if (told)
    return told.isKept
      ? { told }
      : { told: { ...told, location: lastChanged(told.location, trace) } };
  const place = main && lastChanged(main.site.location, trace);
  const site = place && trace.sites.find(({ location }) => location === place);
  return { main: main && site ? { ...main, site } : main };
}

interface Main {
  told?: Measured | undefined;
  main?: Divergence | undefined;
}

function pointOf(
  { reading, suspicions, trace, idle }: Walked,
  measured: Measured | undefined,
): Main {
  const { divergence } = reading;
  const isOpen = (at: Location) => isAside(at, trace) || !isCleared(at, suspicions);
  if (measured && idle) return { told: { ...measured, location: idle } };
  if (measured?.isFixed) return { told: measured };
  if (measured && !measured.isWhole && isOpen(measured.location)) {
    const location = onwards(measured.location, suspicions);
    return divergence && lineKey(divergence.site.location) === lineKey(location)
      ? { main: madeAt(divergence, suspicions) }
      : { told: { ...measured, location } };
  }
  if (divergence && isOpen(divergence.site.location))
    return { main: madeAt(divergence, suspicions) };
  for (const one of suspicions) {
    const event = blamed(one);
    if (event) return { main: divergenceAt(event, one) };
  }
  return divergence ? { main: divergence } : { told: measured };
}

/** A divergence, or what was made of it, where it is right so far. */
function madeAt(divergence: Divergence, found: readonly Suspicion[]): Divergence {
  const own = found.find(({ test }) => test.stage.name === divergence.stage?.name);
  if (own === undefined || !isMisstep(own.test)) return divergence;
  const isOwn = own.test.divergence?.site === divergence.site;
  const event = isOwn ? blamed(own) : undefined;
  return event ? divergenceAt(event, own) : divergence;
}

/** What the place that is to blame held, as far as that was recognised. */
function divergenceAt({ at, site }: Event, { test }: Suspicion): Divergence {
  const { divergence, stage, seen } = test;
  if (divergence?.site === site && divergence.at === at) return divergence;
  const here = seen.find((s) => s.site === site && s.at === at);
  return { site, at, stage, ...(here ? { form: here.form, value: here.value } : {}) };
}
