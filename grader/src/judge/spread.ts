import { TOLERANCE } from "../assignment/block.ts";
import type { Spread } from "../model/measurement.ts";

/** Median and range of a list of ratios; undefined for an empty list. */
export function spreadOf(ratios: readonly number[]): Spread | undefined {
  if (ratios.length === 0) return undefined;
  const sorted = ratios.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const [min = Number.NaN, max = min] = [sorted[0], sorted.at(-1)];
  return { count: sorted.length, median, min, max };
}

/** Ratios of single-precision values agree to about ten times the tolerance of the values. */
const RATIO_TOLERANCE = 10 * TOLERANCE;

export function near(found: number, expected: number, tolerance = RATIO_TOLERANCE): boolean {
  return Math.abs(found - expected) <= tolerance * Math.max(Math.abs(expected), 1e-3);
}

/** True where all ratios agree. */
export function isConstant(spread: Spread): boolean {
  return near(spread.min, spread.median) && near(spread.max, spread.median);
}

/** True where all ratios are `expected`. */
export function isConstantly(spread: Spread, expected: number): boolean {
  return near(spread.min, expected) && near(spread.max, expected);
}
