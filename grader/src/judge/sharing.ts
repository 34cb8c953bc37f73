/** Whether entries of a mask were drawn one by one, or the same draw served several. */

import * as B from "../assignment/block.ts";
import type { ForwardMeasure, Layer, Sharing } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { agrees } from "./patterns.ts";

/** Sharing in one layer, judged over all calls in which every unit is live. */
export function sharingOf(measures: readonly ForwardMeasure[], layer: Layer): Sharing {
  // In a few units and examples independent coins can look like anything.
  const live = measures.filter((m) => m.live && m.keep_prob < 1 && m.n1 * m.m >= 50);
  // A wrong Z may be negative where it should not: of a dead unit nobody knows whether it was dropped.
  const patterns = live
    .map((m) => (m.layers[layer - 1] ?? m.layers[0]).pattern)
    .filter(({ data }) => !data.includes(Number.NaN));
  if (patterns.length < 2 || !patterns.some(isMixed))
    return allOrNothing(patterns) ? "single" : "none";
  const mixed = patterns.filter(isMixed);
  if (mixed.every((p) => linesAreConstant(p))) return "examples";
  if (mixed.every((p) => linesAreConstant(B.transposed(p)))) return "units";
  const widest = mixed.reduce((a, b) => (b.data.length > a.data.length ? b : a));
  if (manyAreNeverDropped(widest)) return "some-units";
  if (manyAreNeverDropped(B.transposed(widest))) return "some-examples";
  const atTheEnds = endsOf(mixed);
  if (atTheEnds !== undefined) return atTheEnds;
  const ways = [widest, B.transposed(widest)];
  if (ways.some(repeats)) return "repeated";
  return ways.some(followsItself) ? "alike" : "none";
}

/** A program is asked this once; one correct program in a billion may be unlucky. */
const NEVER = 1e-9;

/**
 * Both layers lost the same units wherever their shapes allow to compare, or in every call those of
 * the rows that both have, and independent coins would hardly ever have done that.
 */
export function sameInBothLayers(measures: readonly ForwardMeasure[]): boolean {
  const dropping = measures.filter((m) => m.keep_prob < 1 && m.m > 1);
  const square = dropping.filter((m) => m.n1 === m.n2);
  const narrowing = dropping.filter((m) => m.n2 < m.n1);
  const widening = dropping.filter((m) => m.n2 > m.n1);
  return [square, narrowing, widening].some(areSame);
}

/** Layers that lost the same units in two calls, where independent coins would hardly ever have done that. */
export function lostTheSame(one: ForwardMeasure, two: ForwardMeasure): Layer[] {
  return ([1, 2] as const).filter((layer) => {
    const [a, b] = [one, two].map((m) => (m.layers[layer - 1] ?? m.layers[0]).pattern);
    return a && b && B.sameShape(a, b) && agrees(a, b) && chanceOfAgreeing(a, b) < NEVER;
  });
}

function areSame(measures: readonly ForwardMeasure[]): boolean {
  const pairs = measures.map(({ layers: [one, two] }) => withRowsOfBoth(one.pattern, two.pattern));
  if (!pairs.every(([one, two]) => agrees(one, two))) return false;
  return pairs.reduce((product, [one, two]) => product * chanceOfAgreeing(one, two), 1) < NEVER;
}

function withRowsOfBoth(one: Block, two: Block): [Block, Block] {
  const rows = Math.min(one.rows, two.rows);
  const first = (b: Block) => B.block(rows, b.cols, (i, j) => B.at(b, i, j));
  return [first(one), first(two)];
}

/** By coins that are independent, and each of which shows 1 as often as all of them together do. */
function chanceOfAgreeing(one: Block, two: Block): number {
  const both = B.pickFrom(one, (x, k) =>
    Number.isNaN(x + (two.data[k] ?? Number.NaN)) ? undefined : x,
  );
  const share = both.filter((x) => x === 1).length / both.length;
  return both.length === 0 ? 1 : (share ** 2 + (1 - share) ** 2) ** both.length;
}

function isMixed(pattern: Block): boolean {
  return pattern.data.includes(0) && pattern.data.includes(1);
}

/** Now everything kept, now nothing: one coin for a whole layer. */
function allOrNothing(patterns: readonly Block[]): boolean {
  const first = patterns.map((p) => p.data.find((x) => !Number.isNaN(x)));
  return !patterns.some(isMixed) && first.includes(0) && first.includes(1);
}

function lines(pattern: Block): number[][] {
  return Array.from({ length: pattern.rows }, (_, i) => [
    ...pattern.data.subarray(i * pattern.cols, (i + 1) * pattern.cols),
  ]);
}

function linesAreConstant(pattern: Block): boolean {
  return lines(pattern).every((row) => row.every((x) => x === row[0]));
}

/** More than 30% of the rows are without a single zero, and coins that fall as in the others hardly ever do that. */
function manyAreNeverDropped(pattern: Block): boolean {
  const all = lines(pattern);
  const dropped = all.filter((row) => row.includes(0));
  const share = 1 - dropped.length / all.length;
  // Each of the others has the zero that puts it there, and what coins make of the rest of it.
  const rest = dropped.flatMap((row) => row.toSpliced(row.indexOf(0), 1));
  const kept = rest.length === 0 ? 1 : shareOfOnes(rest);
  return share > 0.3 && tail(all.length, share, kept ** pattern.cols) < NEVER;
}

function shareOfOnes(entries: readonly number[]): number {
  return entries.filter((x) => x === 1).length / entries.length;
}

/** Chernoff's bound of the probability that a share of n or more comes true, each with this chance. */
function tail(n: number, share: number, chance: number): number {
  if (share <= chance) return 1;
  const part = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));
  return Math.exp(-n * (part(share, chance) + part(1 - share, 1 - chance)));
}

/**
 * A loop that begins too late or ends too early: the first or the last line has one fate in every
 * call, and coins that fall as in the other lines would hardly ever do that.
 */
function endsOf(patterns: readonly Block[]): Sharing | undefined {
  // The same call made again tells nothing new.
  const distinct = patterns.filter(
    (p, k) => !patterns.slice(0, k).some((q) => B.sameShape(p, q) && agrees(p, q)),
  );
  const across = distinct.map((p) => B.transposed(p));
  const always = (all: readonly Block[], fate: number) =>
    ([0, -1] as const).some(
      (end) => all.reduce((chance, p) => chance * chanceAt(p, end, fate), 1) < NEVER,
    );
  if (distinct.length < 3) return undefined;
  if (always(distinct, 1)) return "some-units";
  if (always(across, 1)) return "some-examples";
  if (always(distinct, 0)) return "lost-units";
  return always(across, 0) ? "lost-examples" : undefined;
}

/** The chance that the line at this end has one fate throughout; infinite where it has not. */
function chanceAt(pattern: Block, end: 0 | -1, fate: number): number {
  const all = lines(pattern);
  const line = all.at(end) ?? [];
  if (!line.every((x) => x === fate)) return Infinity;
  const kept = shareOfOnes((end === 0 ? all.slice(1) : all.slice(0, -1)).flat());
  return (fate === 1 ? kept : 1 - kept) ** line.length;
}

/**
 * Fewer than three quarters of the rows differ from each other, where of coins that fall so no two
 * rows are expected to be the same.
 */
function repeats(pattern: Block): boolean {
  const { rows, cols } = pattern;
  const kept = shareOfOnes([...pattern.data]);
  const same = (kept ** 2 + (1 - kept) ** 2) ** cols;
  const isExpected = (same * rows * (rows - 1)) / 2 > 1;
  return !isExpected && new Set(lines(pattern).map((row) => row.join(""))).size < 0.75 * rows;
}

/**
 * What came some way before comes again far more often, or far less, than coins would have it: a
 * few that are gone through in a circle, or numbers that follow from the one before.
 */
function followsItself(pattern: Block): boolean {
  const data = Uint8Array.from(pattern.data);
  const kept = shareOfOnes([...data]);
  const chance = kept ** 2 + (1 - kept) ** 2;
  const ways = Math.floor(data.length / 2);
  for (let lag = 1; lag <= ways; lag++) {
    const pairs = data.length - lag;
    let same = pairs;
    // Bytes and no branches: every submission is asked this, for every way.
    for (let k = 0; k < pairs; k++) same -= (data[k] ?? 0) ^ (data[k + lag] ?? 0);
    const often = tail(pairs, same / pairs, chance);
    const seldom = tail(pairs, 1 - same / pairs, 1 - chance);
    if (2 * ways * Math.min(often, seldom) < NEVER) return true;
  }
  return false;
}
