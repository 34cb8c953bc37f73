import { number } from "../assignment/words.ts";
import type { Symptom } from "../model/diagnosis.ts";
import type { LawExample } from "../model/law.ts";
import type { ForwardMeasure, ForwardSummary, Layer } from "../model/measurement.ts";
import type { CheckId } from "../model/rubric.ts";
import { defineCheck } from "./define.ts";
import {
  forwardCulprit,
  hasLeftover,
  hasOtherActivation,
  isNoise,
  isScaledByItsMask,
  layersOf,
  masksHaveOddShape,
  nothingDropped,
} from "./forward-common.ts";

/** Survivors are relu(Z) times 1/keep_prob, in the cache and in what the next layer reads. */
export const forwardScaled = defineCheck({
  id: "forward.scaled",
  symptoms: ({ forward }) => (forward ? [...cached(forward), ...ratio(forward)] : []),
  blockedBy: ({ forward }) => (forward ? blockedBy(forward) : undefined),
});

function blockedBy(f: ForwardSummary): CheckId | undefined {
  if (layersOf((layer) => hasOtherActivation(f, layer)).length > 0) return "forward.network";
  const onWeights = nothingDropped(f) && masksHaveOddShape(f);
  return onWeights || unscaledPlain(f) ? "forward.applied" : undefined;
}

/** Neither dropped nor scaled: there is nothing that a scale could make up for. */
function unscaledPlain(f: ForwardSummary): boolean {
  const nothing = layersOf((layer) => f.ratio[layer - 1]?.law !== "unmeasured").every(
    (layer) => nothingDropped(f, layer) && f.ratio[layer - 1]?.law === "one",
  );
  const isUnknown = (layer: Layer) =>
    f.ratio[layer - 1]?.law === "unmeasured" && !isScaledByItsMask(f, layer);
  return nothing || layersOf(isUnknown).length === 2;
}

function ratio(f: ForwardSummary): Symptom[] {
  const wrong = layersOf((layer) => {
    if (isNoise(f, layer) || isScaledByItsMask(f, layer)) return false;
    const law = f.ratio[layer - 1]?.law;
    if (hasOtherActivation(f, layer) || hasLeftover(f, layer) || readsMultiple(f, layer))
      return false;
    const plainLayer = law === "one" && nothingDropped(f, layer);
    return law !== "inverse-keep" && law !== "unmeasured" && !plainLayer;
  });
  return wrong.map((layer) => {
    const example: LawExample = f.ratio[layer - 1]?.example ?? { keep_prob: 1, found: 1 };
    const { keep_prob, found, isPart } = example;
    const which = isPart ? "some" : "the";
    const what = `With keep_prob ${keep_prob}, ${which} survivors of layer ${layer} are ${number(found)} × relu(Z${layer}); 1/keep_prob is ${number(1 / keep_prob)}.`;
    return { key: "forward.scaled/ratio", layer, what, culprit: forwardCulprit(f, "A", layer) };
  });
}

/**
 * In some call the next layer reads another activation than the cache holds. In a call in which
 * nothing happened to be dropped the two are multiples of each other, and that is no news.
 */
function readsAnother(f: ForwardSummary, layer: 1 | 2): boolean {
  return f.measures.some((m) => {
    const reads = m.layers[layer - 1]?.reads ?? "cached";
    return ["relu", "dropped-and-scaled", "dropped", "solved"].includes(reads);
  });
}

/** A call in which the next layer reads a multiple of what the cache holds. */
function readsMultiple(f: ForwardSummary, layer: 1 | 2): ForwardMeasure | undefined {
  return readsAnother(f, layer)
    ? undefined
    : f.measures.find((m) => m.keep_prob < 1 && m.layers[layer - 1]?.reads === "multiple");
}

/** Both factors are said at once. */
function cached(f: ForwardSummary): Symptom[] {
  return layersOf((layer) => readsMultiple(f, layer) !== undefined).map((layer) => {
    const m = readsMultiple(f, layer);
    const held = m?.layers[layer - 1]?.cachedRatio?.median ?? Number.NaN;
    const read = m?.layers[layer - 1]?.ratio?.median ?? Number.NaN;
    const what = `With keep_prob ${m?.keep_prob}, \`cache.A${layer}\` holds ${number(held)} × relu(Z${layer}), but layer ${layer + 1} reads ${number(read)} × relu(Z${layer}).`;
    return {
      key: "forward.scaled/cached-ratio",
      layer,
      what,
      culprit: forwardCulprit(f, "A", layer),
    };
  });
}
