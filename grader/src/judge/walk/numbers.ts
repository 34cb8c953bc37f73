/** A variable that was given the wrong number, which shows where it is used. */

import type { TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { isNear } from "./forms.ts";
import type { Suspicion } from "./suspects.ts";

const COMPARES = /^[<>]=?$/u;

/**
 * Where the variable got its number that makes the factor of a stage what it is, as in `const boost
 * = 1 / (1 - keep_prob)`. A threshold that draws are compared with is another thing.
 */
export function numberBehind({ test, sites, isAlone }: Suspicion): Location | undefined {
  // In `predict`, no such number is right.
  if (isAlone) return undefined;
  const { divergence, stage } = test;
  const { form } = divergence ?? {};
  if (form === undefined || form.mask === "other" || form.known !== stage.goal.known)
    return undefined;
  const [found, right] = [form.factor, stage.goal.factor];
  const allowed = [1, right, 1 / right, ...(form.known.factors ?? []).flatMap((f) => [f, 1 / f])];
  const telling = [found, 1 / found].filter((x) => !allowed.some((y) => isNear(x, y)));
  const isTelling = (value: unknown) =>
    typeof value === "number" && telling.some((x) => isNear(value, x));
  const holds = (site: TraceSite) => site.values.every(({ value }) => isTelling(value));
  const made = sites.find((site) => isMisnamed(site, sites) && holds(site));
  if (made === undefined) return undefined;
  // `new Layer(1 - keep_prob)`, `new Layer(0.8)`: it was given to what keeps it.
  const given = sites.find(
    (site) =>
      (site.role === "given" || site.role === "argument") &&
      site.reads === undefined &&
      holds(site) &&
      firstAt(site) < firstAt(made),
  );
  return (given ?? made).location;
}

const firstAt = ({ values }: TraceSite): number => values[0]?.at ?? 0;

/** It has a name, and is a scale, or is called after keep_prob: what drops units may be needed too. */
function isMisnamed(site: TraceSite, sites: readonly TraceSite[]): boolean {
  const { role, name, changes, values } = site;
  if (role !== "value" || name === undefined || name !== changes) return false;
  if (/keep/iu.test(name)) return true;
  const isScale = values.every(({ value }) => typeof value === "number" && value > 1);
  return isScale && !isThreshold(site, sites);
}

function isThreshold({ changes }: TraceSite, sites: readonly TraceSite[]): boolean {
  return sites.some(
    ({ role, operator, reads }) =>
      role === "operand" && reads === changes && COMPARES.test(operator ?? ""),
  );
}
