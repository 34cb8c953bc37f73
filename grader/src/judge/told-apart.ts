/** Calls of the forward pass that say nothing of dropout, told apart from those that do. */

import type { ForwardMeasure, ForwardSummary, LayerMeasure } from "../model/measurement.ts";
import { withoutDropout } from "./fit.ts";
import { dropsSome } from "./patterns.ts";
import { near } from "./spread.ts";

/** Calls without dropout although keep_prob is not 1, where other calls drop and scale. */
export function plainCalls(measures: readonly ForwardMeasure[]): ForwardSummary["plainCalls"] {
  const isScaled = ({ keep_prob, layers }: ForwardMeasure) =>
    layers.every(({ ratio }) => ratio === undefined || near(ratio.median, 1 / keep_prob));
  const [plain, others] = [true, false].map((is) =>
    measures.filter((m) => m.keep_prob < 1 && withoutDropout(m) === is),
  );
  if (!plain || !others?.some(dropsSome) || !others.every(isScaled)) return [];
  return plain.map(({ id, keep_prob, m }) => ({ id, keep_prob, m }));
}

/** Without the calls whose cache has other sizes than the network, where others have the right ones. */
export function readable(measures: ForwardMeasure[]): ForwardMeasure[] {
  const fitting = measures.filter((m) => m.wrongShapes.every(({ key }) => !/\.[AZ]\d$/.test(key)));
  return fitting.length > 0 ? fitting : measures;
}

/**
 * Numbers between 0 and 1 in the place of a mask are draws only where they are so in every call that
 * shows more than a few: what else is kept there, such as Z itself, may be so in one.
 */
export function settleUniform(measures: readonly ForwardMeasure[]): void {
  for (const index of [0, 1] as const) {
    const layers = measures.filter((m) => m.keep_prob < 1).map((m) => m.layers[index]);
    const isTelling = (l: LayerMeasure) => l.live * (l.cachedMaskShare ?? 0) > 3;
    if (!layers.some((l) => l.cachedMask === "other" && isTelling(l))) continue;
    for (const l of layers.filter((x) => x.cachedMask === "uniform")) l.cachedMask = "other";
  }
}

/** The share of live units that some layers kept, all of them together. */
export function keptShare(layers: readonly LayerMeasure[]): number {
  const sum = (of: (layer: LayerMeasure) => number) => layers.reduce((n, l) => n + of(l), 0);
  return sum((l) => l.kept) / sum((l) => l.live);
}

/** What low draws did in some layers. */
export function lowDraws(layers: readonly LayerMeasure[]): "keep" | "drop" | "mixed" {
  const share = keptShare(layers);
  if (share === 1) return "keep";
  return share === 0 ? "drop" : "mixed";
}
