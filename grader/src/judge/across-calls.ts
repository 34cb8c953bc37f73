/** What two calls with the same arguments have in common: with other draws, and with the same. */

import type { AcrossCalls } from "../model/across-calls.ts";
import type { ForwardMeasure, Layer, Sharing } from "../model/measurement.ts";
import { dropsSome, samePatterns } from "./patterns.ts";
import { lostTheSame } from "./sharing.ts";

/** @param calls the first, one with other draws, and the first again */
export function acrossCalls(
  [first, other, again]: (ForwardMeasure | undefined)[],
  sharing: [Sharing, Sharing],
): AcrossCalls {
  const repeatable = first && again ? samePatterns(first, again) : undefined;
  const rest = { repeatable, steady: undefined, rightAlone: undefined };
  if (!first || !other) return { ...rest, fresh: undefined, frozen: [] };
  const fresh = dropsSome(first) ? !samePatterns(first, other) : undefined;
  // One coin for a whole layer, or one for all examples, falls alike often enough.
  const alike = lostTheSame(first, other).filter((layer) => sharing[layer - 1] === "none");
  const both: Layer[] = sharing.includes("single") ? [] : [1, 2];
  return { ...rest, fresh, frozen: fresh === false ? both : alike };
}
