/** Calls of the forward pass that say nothing of dropout, told apart from those that do. */

import type { ForwardMeasure, ForwardSummary } from "../model/measurement.ts";
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
