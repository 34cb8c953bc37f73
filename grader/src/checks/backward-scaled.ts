import { backwardLayer } from "../assignment/signs.ts";
import { number } from "../assignment/words.ts";
import type { Symptom } from "../model/diagnosis.ts";
import * as B from "../assignment/block.ts";
import type { LawExample } from "../model/law.ts";
import type { BackwardMeasure, BackwardSummary, Layer } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import type { CheckId } from "../model/rubric.ts";
import { defineCheck } from "./define.ts";
import { isPlain, layerCulprit } from "./backward-common.ts";

/** 1/keep_prob once per masked layer. */
export const backwardScaled = defineCheck({
  id: "backward.scaled",
  symptoms: ({ backward }) => (backward && !isPlain(backward) ? scale(backward) : []),
  blockedBy: ({ backward }) => (backward ? blockedBy(backward) : undefined),
});

function blockedBy(b: BackwardSummary): CheckId | undefined {
  if (b.scale.every((s) => s.law === "unmeasured")) return "backward.gradients";
  const returnsScaled = b.dAKept.some((s) => s.law === "inverse-keep");
  return isPlain(b) && !returnsScaled ? "backward.mask-reuse" : undefined;
}

function scale(b: BackwardSummary): Symptom[] {
  const layers = ([2, 1] as const).filter((layer) => {
    const law = b.scale[layer - 1]?.law;
    const plainLayer = law === "one" && b.patterns[layer - 1] === "all";
    return law !== "inverse-keep" && law !== "unmeasured" && !plainLayer;
  });
  return layers.map((layer) => {
    const example: LawExample = b.scale[layer - 1]?.example ?? { keep_prob: 1, found: 1 };
    const { keep_prob, found, isPart } = example;
    const which = isPart ? "some" : "the";
    const what = `With keep_prob ${keep_prob}, \`dZ${layer}\` of ${which} kept units is ${number(found)} × W${layer + 1}ᵀ·dZ${layer + 1}; 1/keep_prob is ${number(1 / keep_prob)}.`;
    const order = [layer, ...layers.filter((l) => l !== layer)];
    return {
      key: "backward.scaled/scale",
      layer,
      what,
      culprit: layerCulprit(b, order, wronglyScaled),
    };
  });
}

/** The gradient with its wrong factor: masked, or not masked yet. */
function wronglyScaled(m: BackwardMeasure, raw: Block, layer: Layer): Block[] {
  const factor = backwardLayer(m, layer).through?.median ?? 1;
  const D = layer === 2 ? m.given.D2 : m.given.D1;
  const masked = B.times(B.scaled(raw, factor), D);
  return factor === 1 || Math.abs(factor - 1) < 1e-6 ? [masked] : [masked, B.scaled(raw, factor)];
}
