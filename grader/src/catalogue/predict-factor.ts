import { FACTOR_KNOWN_TO } from "../assignment/predict-scenarios.ts";
import type { Measurements } from "../model/measurement.ts";

export type PredictFactor = "keep" | "drop" | "inverse" | "none";

/**
 * What the factor on the hidden layers of `predict` is meant to be. Its size is measured; whether
 * 0.2 is a keep_prob of 0.2 or 1 - 0.8 only the source can tell.
 */
export function predictFactor({ predict, program }: Measurements): PredictFactor {
  const scale = predict?.scale;
  if (!scale) return "none";
  // Nobody keeps 97% of the units: so near to 1 it is something else.
  const off = [scale.layer1, scale.layer2].filter((s) => Math.abs(s - 1) > 2 * FACTOR_KNOWN_TO);
  const [factor = 1, other = factor] = off;
  // One mistake has one factor, in one layer or in both; small ones are not known that well.
  if (factor === 1 || Math.abs(factor / other - 1) > 0.25) return "none";
  if (factor > 1) return "inverse";
  // What the two are together is known better than either.
  return saysDrop(program, Math.sqrt(factor * other)) ? "drop" : "keep";
}

/** `(1 - keep_prob)`, `dropProb`, `1 - KEEP`, in what `predict` multiplies by; or a constant c with 1 - c the factor. */
function saysDrop(program: Measurements["program"], factor: number): boolean {
  const operands = program.facts.uses
    .filter((use) => use.reachedFrom.includes("predict"))
    .filter((use) => use.kind === "multiply" || use.kind === "keep-prob")
    .flatMap((use) => [use.detail, ...use.operands]);
  const words = operands.some((text) =>
    /\b1(\.0*)?\s*-\s*\w|drop_?(prob|rate|p)\b|dropout_?(prob|rate)|p_?drop/i.test(text),
  );
  const literals = operands.flatMap((text) =>
    [...text.matchAll(/\b0?\.\d+/g)].map((match) => Number(match[0])),
  );
  const asKeep = literals.some((x) => Math.abs(x - factor) < 5e-3);
  // A number that is no name: of the two, whoever keeps less than half of the units is the rarer.
  const isNamed = operands.some((text) => /keep/i.test(text));
  return (words && !asKeep) || (asKeep && !isNamed && factor < 0.45);
}
