/** Steps that were to make something of a value, and hand it back as it was. */

import * as B from "../../assignment/block.ts";
import type { Block, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { appearances } from "../appearances.ts";
import { lineKey, locationKey } from "../lines.ts";
import { constantFor } from "./constant.ts";
import { isInside } from "./inside.ts";
import { isAllowed } from "./forms.ts";
import { numberBehind } from "./numbers.ts";
import { pickedUp } from "./picked-up.ts";
import type { Suspicion } from "./suspects.ts";

/** What copies a value is not meant to change it. */
const COPIES =
  /^(clone|new .*|to2DArray|to1DArray|toArray|from|slice|freeze|flat|concat|set|push|setRow|setColumn|fill|get|getRow|getColumn|at)$/u;

interface Held {
  site: TraceSite;
  at: number;
}

/** What shows at a place, and is the fault of another: a number, or a step that did nothing. */
export function behind(place: Location, found: readonly Suspicion[]): Location | undefined {
  const [first] = found;
  const number = first && numberBehind(first);
  const step = number ?? found.flatMap((one) => unchangedAt(place, one) ?? [])[0];
  const told = found.flatMap((one) => constantFor(step ?? place, one) ?? [])[0];
  return told ?? step ?? found.flatMap((one) => pickedUp(place, one) ?? [])[0];
}

/** The step that left a stage where it was before, if the place holds what it left. */
function unchangedAt(location: Location, suspicion: Suspicion): Location | undefined {
  const value = leftAsItWas(suspicion);
  if (value === undefined) return undefined;
  const held = suspicion.sites
    .flatMap((site): Held[] =>
      appearances(site, [value], "exactly").map(({ at }) => ({ site, at })),
    )
    .toSorted((a, b) => a.at - b.at);
  const alias = held.find((one) => one.site.name === suspicion.test.stage.name && isPlain(one));
  if (alias) return alias.site.location;
  if (!held.some(({ site }) => lineKey(site.location) === lineKey(location))) return undefined;
  const [first] = held;
  if (first === undefined) return undefined;
  const begin = namedAt(held, suspicion.test.needs) ?? first.at;
  const later = held.filter(
    ({ site, at }) => at > begin && !suspicion.cleared.has(locationKey(site.location)),
  );
  const { sites } = suspicion;
  const step = later.find((one) => isStep(one, { first, held, sites }) || isAlias(one, suspicion));
  return step && (putInto(step, held) ?? step).site.location;
}

/** When it got the name of what the stage is made from: all before that was to make this. */
function namedAt(held: readonly Held[], needs: readonly string[]): number | undefined {
  const isNeed = ({ site }: Held) =>
    site.role === "value" &&
    needs.includes(/[A-Za-z]+\d(?=["'`\]]*$)/u.exec(site.name ?? "")?.[0] ?? "");
  return held.find(isNeed)?.at;
}

/** What the program has after the stage, where that was there before it. */
function leftAsItWas({ test }: Suspicion): Block | undefined {
  const { stage, actual, inputs, divergence, hasOwn } = test;
  const isSame = (other: Block | undefined) => other !== undefined && B.close(actual, other);
  const isInput = inputs.some(isSame);
  // A ReLU may well leave a Z as it is.
  const isOnTheWay =
    !stage.name.startsWith("Z") &&
    divergence?.form !== undefined &&
    isAllowed(divergence.form) &&
    isSame(divergence.value);
  return hasOwn && (isInput || isOnTheWay) ? actual : undefined;
}

/** It was given the value, and made the same of it. */
function isStep({ site, at }: Held, { first, held, sites }: Among): boolean {
  const { role, operator } = site;
  if (role !== "return" && (role !== "value" || operator === undefined)) return false;
  if (operator !== undefined && COPIES.test(operator) && !isFilled({ site, at }, sites))
    return false;
  const given = held.filter((h) => h.at >= first.at && h.at < at);
  if (role === "return") {
    const last = given.findLast((h) => h.site.role === "given");
    if (last !== undefined && shapeAt({ site, at }) === shapeAt(last)) return true;
    // `return s.pow(1)` is a step like any other; the end of a callback is none.
    if (operator === undefined || shapeAt({ site, at }) === undefined) return false;
  }
  const before = given.findLast((h) => h.site.role !== "return" && shapeAt(h) !== undefined);
  const [was, is] = [before && shapeAt(before), shapeAt({ site, at })];
  const isTurned = was !== undefined && is !== undefined && was !== is;
  return !isTurned && isBegunAfter({ site, at }, first, sites);
}

/** `fill(n, m, (i, j) => …)`, whatever it is called: its entries were computed. */
function isFilled({ site, at }: Held, sites: readonly TraceSite[]): boolean {
  return sites.some(
    ({ role, location, values }) =>
      role === "return" &&
      isInside(location, site.location) &&
      values.some((v) => v.at < at && typeof v.value === "number"),
  );
}

/** Turned over, or in pieces, a value is not what it was. */
function shapeAt({ site, at }: Held): string | undefined {
  const value = site.values.find((v) => v.at === at)?.value;
  return value === undefined || typeof value === "number"
    ? undefined
    : `${value.rows},${value.cols}`;
}

interface Among {
  first: Held;
  held: readonly Held[];
  sites: readonly TraceSite[];
}

/** `dA.mul(ones)`: all that it is made of ran when the value was there already. */
function isBegunAfter({ site, at }: Held, first: Held, sites: readonly TraceSite[]): boolean {
  const before = site.values.findLast((v) => v.at < at)?.at ?? -1;
  const parts = sites
    .filter(({ location }) => isInside(location, site.location))
    .flatMap(({ values }) => values.flatMap((v) => (v.at > before && v.at < at ? [v.at] : [])));
  // A callback that does nothing leaves none.
  const isIdle = parts.length === 0 && site.operator === "apply";
  return isIdle || (parts.length > 0 && parts.every((part) => part > first.at));
}

/** What a helper returns it has put together before: `out.set(i, j, z)`. */
function putInto({ site, at }: Held, held: readonly Held[]): Held | undefined {
  const { role, reads, location } = site;
  if (role !== "return" || reads === undefined) return undefined;
  return held.findLast(
    (h) =>
      h.at < at &&
      h.site.operator === "set" &&
      h.site.role === "argument" &&
      h.site.location.file === location.file &&
      h.site.location.line <= location.line &&
      h.site.location.line > location.line - 8,
  );
}

/** `const dZ2 = dA2`: nothing is made where the stage should be. */
function isPlain({ site: { role, name, reads, changes, isProperty } }: Held): boolean {
  const isNamed = role === "value" && name === changes && isProperty !== true;
  return isNamed && reads !== undefined && reads !== name;
}

/** `const P = Z3`, under a name of its own. */
function isAlias({ site }: Held, { test }: Suspicion): boolean {
  const { role, name, reads, changes, isProperty } = site;
  // `{ dW3: dZ3 }` says it as well; `{ A2: second.out }` only hands on what is not done.
  const isOther = name !== reads && test.inputs.some((input) => B.close(test.actual, input));
  const isNamed = name !== undefined && (isProperty === true ? isOther : name === changes);
  return role === "value" && reads !== undefined && isNamed;
}
