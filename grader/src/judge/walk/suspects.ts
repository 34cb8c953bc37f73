/**
 * Which places are under suspicion for a stage that is wrong: those that ran for it, and for
 * stages that are right as little as possible. A helper that is right elsewhere is not to blame
 * for what it was told here; one that all wrong stages share is.
 */

import type { Trace, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey, locationKey } from "../lines.ts";
import { isAllowed } from "./forms.ts";
import type { Known } from "./known.ts";
import type { Sizes } from "./sizes.ts";
import type { StageTest } from "./tests.ts";

export interface Suspicion {
  test: StageTest;
  /** Places by `locationKey`. */
  keys: ReadonlySet<string>;
  /** Places that ran for it, and for what is right. */
  cleared: ReadonlySet<string>;
  /** For how many stages that are wrong a place ran. */
  times: ReadonlyMap<string, number>;
  sizes: Sizes;
  /** Of `predict`, where all that comes before is right. */
  isAlone: boolean;
  /** Of the call. */
  sites: readonly TraceSite[];
  /** All that ran for the stages of the call that were judged. */
  ran: ReadonlySet<string>;
  terms: Terms;
}

/** What values of the call are known by. */
export interface Terms {
  given: readonly Known[];
  /** Numbers of the random source. */
  draws: ReadonlySet<number>;
}

/** Places that ran together, for something that is right or wrong. */
export type Verdict = Pick<StageTest, "isReached" | "keys">;

export interface Beside {
  /** What ran in other functions. */
  others: readonly Verdict[];
  sites: readonly TraceSite[];
  sizes: Sizes;
  /** After a stage that is wrong, none is judged. */
  isAlone: boolean;
  /** No accident of the masks makes a wrong factor right. */
  isExact: boolean;
  terms: Terms;
}

/** For each stage that is wrong: the places that are suspected. @param others of other functions */
export function suspicions(
  tests: readonly StageTest[],
  { others, sites, sizes, isAlone, isExact, terms }: Beside,
): Suspicion[] {
  const all: readonly Verdict[] = [...tests, ...others];
  const good = counted(all.filter(({ isReached }) => isReached));
  const bad = counted(all.filter(({ isReached }) => !isReached));
  const proven = isExact ? tests.flatMap(provenBy) : [];
  const ran = new Set(tests.flatMap((test) => [...test.keys]));
  return tests.flatMap((test) => {
    if (test.isReached || test.keys.size === 0) return [];
    const open = [...test.keys].filter((key) => !good.has(key));
    const keys = open.length > 0 ? open : mostWrong(test.keys, good, bad);
    const both = [...test.keys].filter((key) => good.has(key) && !keys.includes(key));
    const cleared = new Set([...both, ...proven]);
    return [{ test, keys: new Set(keys), cleared, times: bad, sites, sizes, isAlone, ran, terms }];
  });
}

/** What holds a right value where a stage is right. */
function provenBy({ isReached, seen, keys }: StageTest): string[] {
  if (!isReached) return [];
  return seen.flatMap(({ site, form }) => {
    const key = locationKey(site.location);
    return keys.has(key) && isAllowed(form) ? [key] : [];
  });
}

function counted(tests: readonly Verdict[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { keys } of tests) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Where all that ran is right elsewhere: what ran most often for what is wrong (after Ochiai). */
function mostWrong(
  keys: ReadonlySet<string>,
  good: ReadonlyMap<string, number>,
  bad: ReadonlyMap<string, number>,
): string[] {
  const score = (key: string) => {
    const wrong = bad.get(key) ?? 0;
    return wrong / Math.sqrt(wrong + (good.get(key) ?? 0));
  };
  const most = Math.max(...[...keys].map(score));
  return [...keys].filter((key) => score(key) > most - 1e-9);
}

/** Lone numbers, once or twice: settings, such as m or keep_prob, that later stages are made with. */
function isSetting({ values }: TraceSite): boolean {
  return values.length <= 3 && values.every(({ value }) => typeof value === "number");
}

/** A suspected place begins on that line. */
function isSuspected(location: Location, { test, keys }: Suspicion): boolean {
  return test.events.some(
    ({ site }) =>
      keys.has(locationKey(site.location)) && lineKey(site.location) === lineKey(location),
  );
}

/** In `predict`, where the hidden layers are right: nothing before is to blame. */
function isLate({ test, isAlone }: Suspicion): boolean {
  return isAlone && /^(labels|[ZA]3)$/u.test(test.stage.name);
}

/** What ran on that line ran for stages that are right, and for none that is wrong by itself. */
export function isCleared(location: Location, found: readonly Suspicion[]): boolean {
  if (found.some((one) => isSuspected(location, one))) return false;
  if (found.some(isLate)) return true;
  const line = `${lineKey(location)}:`;
  // What comes after the first stage that is wrong.
  if (found.some(({ isAlone, ran }) => isAlone && ![...ran].some((key) => key.startsWith(line))))
    return true;
  return found.some(({ cleared }) => [...cleared].some((key) => key.startsWith(line)));
}

/** The place holds a number that stages may be made with, whenever it ran. */
export function isAside(location: Location, { sites }: Trace): boolean {
  const here = sites.filter((site) => locationKey(site.location) === locationKey(location));
  return here.length > 0 && here.every(isSetting);
}
