/** The line of a finding, from a traced run of the program and from its source. */

import type { Clue, Culprit } from "../model/diagnosis.ts";
import type { Trace, TraceSite } from "../model/observation.ts";
import type { Facts } from "../model/program.ts";
import type { FunctionName, Location } from "../model/submission.ts";
import { lineKey, locationKey } from "./lines.ts";
import { stoppedBy } from "./walk/stopped.ts";
import { filledAt } from "./walk/last-changed.ts";
import type { Sizes } from "./walk/sizes.ts";
import { askedFor } from "./walk/told-shape.ts";
import { appearances } from "./appearances.ts";
import { alone, maskedIn, namedAt, numberIn, spoiltAt, valueAt, type Hit } from "./hits.ts";

/** What is known of a submission when a line is looked for. */
export interface Evidence {
  facts: Facts;
  /** Of the call in which the finding shows. */
  trace: Trace | undefined;
  /** Lines that another of the student's functions runs as well, and is right with. */
  shared: ReadonlySet<string>;
  sizes: Sizes;
}

/**
 * The place that the first clue leads to that leads anywhere, or else the function itself. What
 * another function shares, and is right with, is accused only where nothing else is found.
 */
export function locate(culprit: Culprit, evidence: Evidence): Location | undefined {
  for (const shared of [evidence.shared, NOTHING]) {
    for (const clue of culprit.clues) {
      const location = follow(clue, culprit, { ...evidence, shared });
      if (location !== undefined) return location;
    }
  }
  return evidence.facts.functions[culprit.fn]?.location;
}

const NOTHING: ReadonlySet<string> = new Set();

function follow(clue: Clue, { fn }: Culprit, evidence: Evidence): Location | undefined {
  const { facts, trace } = evidence;
  switch (clue.kind) {
    case "place":
      return placeOf(clue, evidence);
    case "change":
      return trace?.changedAt;
    case "result":
      return facts.functions[fn]?.result;
    case "use":
      return usedAt(clue, fn, evidence);
    case "guard":
      return facts.uses.find((u) => u.guard !== undefined && u.reachedFrom.includes(fn))?.guard;
    case "loop":
      return facts.uses
        .find((u) => u.kind === clue.around && u.loops && u.reachedFrom.includes(fn))
        ?.loops?.at(clue.isInner === true ? -1 : 0);
    case "entry":
      return facts.uses.flatMap((u) => u.entries?.[fn] ?? [])[0];
    case "value":
      if (clue.unnamed === true && isNamed(evidence, clue)) return undefined;
      if (clue.isUsed === true && !isUsed(evidence, clue)) return undefined;
      if (clue.isShape === true) return trace && askedFor(clue.values, trace);
      return filled(
        firstOf(evidence, (site) => valueAt(site, clue)),
        trace,
      );
    case "masked":
      return firstOf(evidence, (site) => maskedIn(site, clue));
    case "number":
      return firstOf(evidence, (site) => numberIn(site, clue), ANY);
    case "not-finite":
      return firstOf(evidence, (site) => alone(spoiltAt(site)));
    case "named":
      return clue.last
        ? lastNamed(evidence, clue)
        : firstOf(evidence, (site) => namedAt(site, clue));
  }
}

function filled(place: Location | undefined, trace: Trace | undefined): Location | undefined {
  return place && trace ? filledAt(place, trace) : place;
}

function placeOf(
  { location, stopped }: Extract<Clue, { kind: "place" }>,
  { trace, sizes, shared }: Evidence,
): Location {
  return stopped && trace ? stoppedBy(location, trace, { sizes, shared }) : location;
}

/** An operand shows its value again, but for a number that is written there. */
const WHOLE: readonly TraceSite["role"][] = ["value", "return", "argument"];
const ANY: readonly TraceSite["role"][] = [...WHOLE, "operand"];

/**
 * The site that is hit first. A site in a helper that serves other purposes too, or in another of
 * the student's functions, only did what it was told: then it is the place that told it.
 */
function firstOf(
  { trace, shared }: Evidence,
  hit: (site: TraceSite) => Hit | undefined,
  roles: readonly TraceSite["role"][] = WHOLE,
): Location | undefined {
  const hits = (trace?.sites ?? [])
    .filter((site) => roles.includes(site.role))
    .flatMap((site) => {
      const found = hit(site);
      return found ? [{ site, ...found }] : [];
    })
    .toSorted((a, b) => a.at - b.at || width(b.site) - width(a.site));
  const open = hits.filter((h) => !shared.has(lineKey(h.site.location)));
  return (open.find((h) => h.isOwn) ?? open[0])?.site.location;
}

/** Of two places that hold a value at once, the wider says more. */
function width({ location: l }: TraceSite): number {
  return (l.endLine - l.line) * 1000 + l.endColumn - l.column;
}

function usedAt(
  { use, operand }: Extract<Clue, { kind: "use" }>,
  fn: FunctionName,
  { facts, shared }: Evidence,
): Location | undefined {
  return facts.uses.find(
    (u) =>
      u.kind === use &&
      u.reachedFrom.includes(fn) &&
      !shared.has(lineKey(u.location)) &&
      (operand === undefined || [u.detail, ...u.operands].some((text) => operand.test(text))),
  )?.location;
}

/** Some place that no other function shares gives the value a name. */
function isNamed({ trace, shared }: Evidence, clue: Extract<Clue, { kind: "value" }>): boolean {
  const own = (trace?.sites ?? []).filter((site) => !shared.has(lineKey(site.location)));
  return own.some((site) => site.name !== undefined && valueAt(site, clue) !== undefined);
}

/** Something is made with the value: it is an operand, or handed to a function, and not written there. */
function isUsed({ trace }: Evidence, { values }: Extract<Clue, { kind: "value" }>): boolean {
  const sites = trace?.sites ?? [];
  const made = new Set(
    sites.flatMap(({ role, location }) => (role === "value" ? [locationKey(location)] : [])),
  );
  const isUse = ({ role, operator, reads, location }: TraceSite) =>
    (role === "operand" || role === "given" || role === "argument") &&
    operator !== "set" &&
    (reads !== undefined || made.has(locationKey(location)));
  return sites.some((site) => isUse(site) && appearances(site, values, "exactly").length > 0);
}

function lastNamed(
  { trace }: Evidence,
  clue: Extract<Clue, { kind: "named" }>,
): Location | undefined {
  const hits = (trace?.sites ?? []).flatMap((site) => {
    const hit = namedAt(site, clue);
    return hit ? [{ site, at: hit.at }] : [];
  });
  return hits.toSorted((a, b) => b.at - a.at)[0]?.site.location;
}
