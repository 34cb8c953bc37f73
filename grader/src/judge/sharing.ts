/** Whether entries of a mask were drawn one by one, or the same draw served several. */

import * as B from "../assignment/block.ts";
import type { ForwardMeasure, Layer, Sharing } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";

/** Sharing in one layer, judged over all calls in which every unit is live. */
export function sharingOf(measures: readonly ForwardMeasure[], layer: Layer): Sharing {
  // In a few units and examples independent coins can look like anything.
  const live = measures.filter((m) => m.live && m.keep_prob < 1 && m.n1 * m.m >= 50);
  const patterns = live.map((m) => (m.layers[layer - 1] ?? m.layers[0]).pattern);
  if (patterns.length < 2 || !patterns.some(isMixed))
    return allOrNothing(patterns) ? "single" : "none";
  const mixed = patterns.filter(isMixed);
  if (mixed.every((p) => linesAreConstant(p))) return "examples";
  if (mixed.every((p) => linesAreConstant(B.transposed(p)))) return "units";
  const widest = mixed.reduce((a, b) => (b.data.length > a.data.length ? b : a));
  if (neverDropped(widest) > 0.3) return "some-units";
  if (neverDropped(B.transposed(widest)) > 0.3) return "some-examples";
  const atTheEnds = endsOf(mixed);
  if (atTheEnds !== undefined) return atTheEnds;
  return repeats(widest) || repeats(B.transposed(widest)) ? "repeated" : "none";
}

/** A program is asked this once; one correct program in a billion may be unlucky. */
const NEVER = 1e-9;

/**
 * Both layers lost the same units wherever their shapes allow to compare, and independent coins
 * would hardly ever have done that.
 */
export function sameInBothLayers(measures: readonly ForwardMeasure[]): boolean {
  const square = measures.filter((m) => m.n1 === m.n2 && m.keep_prob < 1 && m.m > 1);
  if (!square.every(({ layers: [one, two] }) => agrees(one.pattern, two.pattern))) return false;
  const chance = square.reduce((product, m) => product * chanceOfAgreeing(m), 1);
  return chance < NEVER;
}

/** NaN stands where a unit is dead. */
function agrees(a: Block, b: Block): boolean {
  return a.data.every((x, k) => {
    const y = b.data[k] ?? Number.NaN;
    return Number.isNaN(x) || Number.isNaN(y) || x === y;
  });
}

/** By coins that are independent, and each of which shows 1 as often as all of them together do. */
function chanceOfAgreeing({ layers: [one, two] }: ForwardMeasure): number {
  const both = B.pickFrom(one.pattern, (x, k) =>
    Number.isNaN(x + (two.pattern.data[k] ?? Number.NaN)) ? undefined : x,
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

/** The share of rows without a single zero: by chance 0.6^14 each, at most, in the widest scenario. */
function neverDropped(pattern: Block): number {
  return lines(pattern).filter((row) => !row.includes(0)).length / pattern.rows;
}

/**
 * A loop that begins too late or ends too early: the first or the last line has one fate in every
 * call. By chance that is less likely than 1 in 10^10, over calls of about 100 units and more.
 */
function endsOf(patterns: readonly Block[]): Sharing | undefined {
  const across = patterns.map((p) => B.transposed(p));
  const always = (all: readonly Block[], fate: number) =>
    [0, -1].some((end) =>
      all.every((p) =>
        lines(p)
          .at(end)
          ?.every((x) => x === fate),
      ),
    );
  if (patterns.length < 3) return undefined;
  if (always(patterns, 1)) return "some-units";
  if (always(across, 1)) return "some-examples";
  if (always(patterns, 0)) return "lost-units";
  return always(across, 0) ? "lost-examples" : undefined;
}

/** Fewer than three quarters of the rows differ from each other: by chance 0.52^14 a pair, at most. */
function repeats(pattern: Block): boolean {
  return new Set(lines(pattern).map((row) => row.join(""))).size < 0.75 * pattern.rows;
}
