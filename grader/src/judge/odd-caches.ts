/** Caches of the student's own that are not what the contract says. */

import type { ForwardMeasure } from "../model/measurement.ts";
import type { ForwardRun } from "./forward.ts";

/**
 * What is missing or of another shape, and masks with zeros where nothing is dropped. Such a cache says
 * nothing of backward: never where a mask or a weight is not what it should be, and of what backward
 * may do without, where it stops.
 */
export type Oddness = "always" | "where-it-stops";

export function oddnessOf(measure: ForwardMeasure): Oddness | undefined {
  const { keep_prob, missingKeys, wrongShapes, layers } = measure;
  const isMasked = layers.every((l) => l.cachedMask === "right");
  if (keep_prob === 1 && !isMasked) return "always";
  const missing = missingKeys.filter((key) => key.startsWith("cache."));
  // A column of masks stands for all of them.
  const misshapen = wrongShapes.flatMap(({ key }) => (/^cache\.[^D]/.test(key) ? key : []));
  const odd = [...missing, ...misshapen];
  if (odd.some((key) => /^cache\.[DW]/.test(key))) return "always";
  return odd.length > 0 ? "where-it-stops" : undefined;
}

/** Forward keeps something else than the masks of the layers in its cache. */
export function keepsOddMasks(forward: ForwardRun): boolean {
  const odd = ["inverted", "uniform", "swapped"];
  const masked = forward.summary.measures.filter((m) => m.keep_prob < 1);
  return masked.some((m) => m.layers.some((l) => odd.includes(l.cachedMask)));
}
