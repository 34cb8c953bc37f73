/** Which line is to blame for a divergence, where it is not the line that shows it. */

import type { Block, Trace } from "../../model/observation.ts";
import { lineKey } from "../lines.ts";
import type { Subject } from "./known.ts";
import { isNear } from "./forms.ts";
import type { Divergence } from "./stage.ts";

/** Where a line is looked for. */
export interface Source {
  trace: Trace;
  /** Lines that another of the student's functions runs as well, and is right with. */
  shared: ReadonlySet<string>;
}

/**
 * A wrong number is to blame for a wrong factor; and where a helper is shared with a function that
 * is right, the call of it, which reports next.
 */
export function toldBy(found: Divergence, { trace, shared }: Source, subject: Subject): Divergence {
  const number = wrongNumber(found, trace, subject);
  if (number) return { ...found, ...number };
  if (!shared.has(lineKey(found.site.location))) return found;
  const call = trace.sites
    .flatMap((site) =>
      site.operator === undefined || shared.has(lineKey(site.location))
        ? []
        : site.values.flatMap(({ at }) => (at > found.at ? [{ site, at }] : [])).slice(0, 1),
    )
    .toSorted((a, b) => a.at - b.at)[0];
  return call ? { ...found, site: call.site } : found;
}

/** The first lone number that makes a factor what it is, where no factor of the assignment does. */
function wrongNumber(
  { form, stage }: Divergence,
  trace: Trace,
  { factors }: Subject,
): Pick<Divergence, "site"> | undefined {
  if (form === undefined || stage === undefined || form.mask === "other") return undefined;
  const { factor } = form;
  if (factors.some(({ value }) => isNear(value, factor))) return undefined;
  const beside = factor / stage.goal.factor;
  const telling = [factor, 1 / factor, beside, 1 / beside];
  const isTelling = (value: number | Block) =>
    typeof value === "number" && telling.some((t) => isNear(value, t));
  const sites = trace.sites.flatMap((site) => {
    const at = site.values.find(({ value }) => isTelling(value))?.at;
    return at === undefined ? [] : [{ site, at }];
  });
  const first = sites.toSorted((a, b) => a.at - b.at)[0];
  return first && { site: first.site };
}
