/** `Matrix.div(A1, keep_prob);`: a step is made, and nobody keeps what it gives. */

import type { Trace, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { isSameForm } from "./forms.ts";
import type { Form } from "./known.ts";
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
    // By their forms, of which there are few: a program may make a step very often.
    const held: Form[] = [];
    for (const { site, form } of test.seen)
      if (site.name !== undefined && !isIn(held, form)) held.push(form);
    const lost = test.seen.find(({ site, form }) => isAlone(site) && !isIn(held, form));
    if (lost) return lost.site.location;
  }
  return undefined;
}

function isIn(forms: readonly Form[], form: Form): boolean {
  return forms.some((one) => isSameForm(one, form));
}
