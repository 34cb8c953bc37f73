/** A loop that ran more or less often than anything has rows or columns. */

import * as B from "../../assignment/block.ts";
import type { Block } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { lineKey, locationKey } from "../lines.ts";
import { isOddCount, type Sizes } from "./sizes.ts";
import type { Event } from "./tests.ts";

/** So often loops run for many reasons: over layers, or over the one row of the output. */
const FEW = 3;

interface Head {
  start: Event;
  /** Of each time that it was entered. */
  rounds: number[];
}

/** Loops in the order in which they were entered first, outer ones before inner ones. */
function headsIn(events: readonly Event[]): Head[] {
  const heads = new Map<string, Head>();
  for (const event of events) {
    const { role, name, location } = event.site;
    if (role !== "loop") continue;
    const key = locationKey(location);
    const head = heads.get(key);
    if (name === "start") {
      if (head) head.rounds.push(0);
      else heads.set(key, { start: event, rounds: [0] });
    } else if (head && event.value === 1) {
      head.rounds.push((head.rounds.pop() ?? 0) + 1);
    }
  }
  return [...heads.values()];
}

/** The outermost of those that are suspected. */
export function oddLoop(open: readonly Event[], sizes: Sizes): Event | undefined {
  const odd = headsIn(open).find(({ rounds }) => rounds.every((count) => isOddCount(count, sizes)));
  return odd?.start;
}

/** The loop that went through as many rows, or columns, of a value as are right from one end on. */
export function cutShort(open: readonly Event[], actual: Block, goal: Block): Event | undefined {
  if (!B.sameShape(actual, goal)) return undefined;
  const counts = [
    ...rightFromOneEnd(actual, goal),
    ...rightFromOneEnd(B.transposed(actual), B.transposed(goal)),
  ].filter((count) => count > FEW);
  if (counts.length === 0) return undefined;
  return headsIn(open).find(({ rounds }) =>
    counts.some((count) => rounds.every((n) => n === count)),
  )?.start;
}

/** How many rows are right before the first that is not, if the last is not; or the other way around. */
function rightFromOneEnd(actual: Block, goal: Block): number[] {
  const isWrong = Array.from({ length: goal.rows }, (_, i) => {
    const row = (all: Block) => all.data.subarray(i * all.cols, (i + 1) * all.cols);
    const [a, g] = [row(actual), row(goal)];
    return a.some((x, j) => !isNearly(x, g[j] ?? Number.NaN));
  });
  const [first, last] = [isWrong.indexOf(true), isWrong.lastIndexOf(true)];
  // What is wrong here and there is wrong for another reason.
  if (first < 0 || isWrong.slice(first, last + 1).includes(false)) return [];
  if (last === goal.rows - 1) return first > 0 ? [first] : [];
  return first === 0 ? [goal.rows - 1 - last] : [];
}

function isNearly(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * (1 + Math.abs(b));
}

/** The loop around the place where a call stopped that had gone through all there is, and went on. */
export function overrun(
  at: Location,
  events: readonly Event[],
  { lengths }: Sizes,
): Location | undefined {
  if (isTurned(at, events)) return undefined;
  const around = new Set(
    events.flatMap(({ site }) =>
      site.loop && lineKey(site.location) === lineKey(at) ? [lineKey(site.loop)] : [],
    ),
  );
  const rounds = new Map<string, { location: Location; count: number }>();
  for (const { site, value } of events) {
    if (site.role !== "loop") continue;
    const { location, name } = site;
    const key = locationKey(location);
    const count = name === "start" ? 0 : (rounds.get(key)?.count ?? 0) + (value === 1 ? 1 : 0);
    rounds.set(key, { location, count });
  }
  const inner = [...rounds.values()].filter(({ location }) => around.has(lineKey(location)));
  const heads = [...inner, ...inner.flatMap(({ location }) => outerOf(location, rounds))];
  // Its last round was one too many.
  return heads.find(({ count }) => count - 1 > 3 && lengths.has(count - 1))?.location;
}

/** On the line, one call is given `i, j` and another `j, i`: one of them is the mistake. */
function isTurned(at: Location, events: readonly Event[]): boolean {
  const sites = new Set(events.map(({ site }) => site));
  const given = [...sites]
    .filter(({ role, location }) => role === "argument" && lineKey(location) === lineKey(at))
    .toSorted((a, b) => a.location.column - b.location.column);
  const pairs = given.flatMap((first, k) => {
    const second = given[k + 1];
    const isNext = second && second.location.column - first.location.endColumn <= 2;
    return isNext && first.reads && second.reads ? [`${first.reads},${second.reads}`] : [];
  });
  return pairs.some((pair) => pairs.includes(pair.split(",").toReversed().join(",")));
}

/** The loop whose body a loop stands in, by where they are written. */
function outerOf<Loop extends { location: Location }>(
  { file, line, column }: Location,
  rounds: ReadonlyMap<string, Loop>,
): Loop[] {
  const before = [...rounds.values()].filter(
    ({ location: l }) =>
      l.file === file &&
      line - l.line <= 2 &&
      (l.line < line || (l.line === line && l.column < column)),
  );
  return before.toSorted((a, b) => b.location.line - a.location.line).slice(0, 1);
}
