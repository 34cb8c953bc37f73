/** The line of a finding, from a traced run of the program and from its source. */

import type { Clue, Culprit } from "../model/diagnosis.ts";
import type { Trace, TraceSite } from "../model/observation.ts";
import type { Facts } from "../model/program.ts";
import type { Location } from "../model/submission.ts";
import { lineKey } from "./lines.ts";
import { stoppedBy } from "./walk/stopped.ts";
import type { Sizes } from "./walk/sizes.ts";
import { appearances, maskedAt, numbersOf } from "./appearances.ts";

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
  const { facts, trace, shared } = evidence;
  switch (clue.kind) {
    case "place":
      return placeOf(clue, evidence);
    case "change":
      return trace?.changedAt;
    case "result":
      return facts.functions[fn]?.result;
    case "use":
      return facts.uses.find(
        (u) =>
          u.kind === clue.use &&
          u.reachedFrom.includes(fn) &&
          !shared.has(lineKey(u.location)) &&
          (clue.operand === undefined ||
            [u.detail, ...u.operands].some((text) => clue.operand?.test(text))),
      )?.location;
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
      return firstOf(evidence, (site) => valueAt(site, clue));
    case "masked":
      return firstOf(evidence, (site) => maskedIn(site, clue));
    case "number":
      return firstOf(evidence, (site) => alone(numberAt(site, clue)), ANY);
    case "named":
      return clue.last
        ? lastNamed(evidence, clue)
        : firstOf(evidence, (site) => namedAt(site, clue));
  }
}

function placeOf(
  { location, stopped }: Extract<Clue, { kind: "place" }>,
  { trace, sizes }: Evidence,
): Location {
  return stopped && trace ? stoppedBy(location, trace, sizes) : location;
}

interface Hit {
  at: number;
  /** The site held nothing but what is looked for: it is no general helper. */
  isOwn: boolean;
}

const alone = (at: number | undefined): Hit | undefined =>
  at === undefined ? undefined : { at, isOwn: true };

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

type ValueClue = Extract<Clue, { kind: "value" }>;

function valueAt(site: TraceSite, clue: ValueClue): Hit | undefined {
  if (clue.stored === true && isLoose(site)) return undefined;
  if (clue.isStep === true && site.role === "return") return undefined;
  const matching = clue.roughly ? "roughly" : "exactly";
  const found = appearances(site, clue.values, matching);
  if (found.length === 0) return undefined;
  const alike = appearances(site, clue.alike ?? [], matching);
  const total = numbersOf(site).numbers.length;
  const size = Math.max(...found.map((f) => f.size));
  const withAlike = alike.reduce((sum, f) => sum + f.size, size);
  return { at: Math.min(...found.map((f) => f.at)), isOwn: total === size || total <= withAlike };
}

/** One number after another under the name of a variable, as in `const u = rng()`. */
function isLoose({ name, values }: TraceSite): boolean {
  return /^\w+$/.test(name ?? "") && values.every(({ value }) => typeof value === "number");
}

/** Some place that no other function shares gives the value a name. */
function isNamed({ trace, shared }: Evidence, clue: ValueClue): boolean {
  const own = (trace?.sites ?? []).filter((site) => !shared.has(lineKey(site.location)));
  return own.some((site) => site.name !== undefined && valueAt(site, clue) !== undefined);
}

function maskedIn(site: TraceSite, { of }: Extract<Clue, { kind: "masked" }>): Hit | undefined {
  const found = of.flatMap((block) => maskedAt(site, block) ?? []);
  if (found.length === 0) return undefined;
  const size = of.reduce((sum, { data }) => sum + data.length, 0);
  return {
    at: Math.min(...found.map(({ at }) => at)),
    // A property only passes on what was made before.
    isOwn: site.isProperty !== true && numbersOf(site).numbers.length <= 2 * size,
  };
}

function numberAt(
  site: TraceSite,
  { values, within }: Extract<Clue, { kind: "number" }>,
): number | undefined {
  // Draws come close to anything, and are never twice the same.
  if (within !== undefined && !isLiteral(site)) return undefined;
  const close = (x: number) =>
    values.some((v) => Math.abs(x - v) <= (within ?? 1e-6 * Math.abs(v)));
  return site.values.find(({ value }) => typeof value === "number" && close(value))?.at;
}

/** The same number whenever it ran, and no variable. */
function isLiteral({ reads, values }: TraceSite): boolean {
  return reads === undefined && values.every(({ value }) => value === values[0]?.value);
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

function namedAt(
  site: TraceSite,
  { name, value, variable }: Extract<Clue, { kind: "named" }>,
): Hit | undefined {
  if (site.name === undefined || !name.test(site.name)) return undefined;
  if (variable === true && site.isProperty === true) return undefined;
  if (value === undefined) return alone(site.values[0]?.at);
  const found = appearances(site, [value], "exactly");
  return alone(found[0]?.at);
}
