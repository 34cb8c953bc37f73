/** Whether a unit's fate hangs on the size of its activation, and not on a coin alone. */

import type { ForwardMeasure, Layer, Sharing } from "../model/measurement.ts";

/** A correct program is asked for the smallest and the largest units of two layers: four such chances. */
const NEVER = 1e-12;

interface Unit {
  /** relu(Z), above 0. */
  size: number;
  isKept: boolean;
  keep_prob: number;
}

/**
 * The smallest units, or the largest, that all had one fate, where coins with keep_prob would
 * hardly ever have fallen so. To be asked of calls whose values are numbers, and only where the
 * share of kept units is keep_prob.
 */
export function fateBySize(measures: readonly ForwardMeasure[], layer: Layer): Sharing {
  const ascending = measures
    .filter((m) => m.keep_prob < 1)
    .flatMap((m) => unitsOf(m, layer))
    .toSorted((a, b) => a.size - b.size);
  if (chanceOfRun(ascending) < NEVER) return "small-units";
  return chanceOfRun(ascending.toReversed()) < NEVER ? "large-units" : "none";
}

function unitsOf({ layers, keep_prob }: ForwardMeasure, layer: Layer): Unit[] {
  const { pattern, relu } = layers[layer - 1] ?? layers[0];
  const units: Unit[] = [];
  for (const [k, p] of pattern.data.entries()) {
    if (!Number.isNaN(p)) units.push({ size: relu.data[k] ?? 0, isKept: p === 1, keep_prob });
  }
  return units;
}

/** The probability that the units at the beginning all have the fate of the first, as far as they do. */
function chanceOfRun(units: readonly Unit[]): number {
  const [first] = units;
  const end = units.findIndex(({ isKept }) => isKept !== first?.isKept);
  return units
    .slice(0, end < 0 ? units.length : end)
    .reduce((chance, { keep_prob, isKept }) => chance * (isKept ? keep_prob : 1 - keep_prob), 1);
}
