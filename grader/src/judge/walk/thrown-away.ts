/** `Matrix.div(A1, keep_prob);`: a step is made, and nobody keeps what it gives. */

import * as B from "../../assignment/block.ts";
import type { Trace, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import type { Suspicion } from "./suspects.ts";

/** Where a statement made something on the way to a stage that is wrong, which nothing holds. */
export function thrownAway(found: readonly Suspicion[], { sites }: Trace): Location | undefined {
  const variables = new Set(sites.flatMap(({ name, reads }) => [name, reads]));
  // A statement that calls a method of a variable may well change that.
  const isAlone = ({ role, name, operator, changes }: TraceSite) =>
    role === "value" &&
    name === undefined &&
    operator !== undefined &&
    changes !== undefined &&
    !variables.has(changes);
  for (const { test } of found) {
    const [alone, kept] = [true, false].map((is) =>
      test.seen.filter(({ site }) => isAlone(site) === is && (is || site.name !== undefined)),
    );
    const lost = alone?.find(({ value }) => !kept?.some((other) => B.close(other.value, value)));
    if (lost) return lost.site.location;
  }
  return undefined;
}
