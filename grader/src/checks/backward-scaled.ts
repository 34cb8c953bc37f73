import { number } from "../assignment/words.ts";
import type { Symptom } from "../model/diagnosis.ts";
import type { BackwardSummary } from "../model/measurement.ts";
import type { CheckId } from "../model/rubric.ts";
import { defineCheck } from "./define.ts";
import { backwardCulprit, isPlain } from "./backward-common.ts";

/** 1/keep_prob once per masked layer. */
export const backwardScaled = defineCheck({
  id: "backward.scaled",
  symptoms: ({ backward }) => (backward && !isPlain(backward) ? scale(backward) : []),
  blockedBy: ({ backward }) => (backward ? blockedBy(backward) : undefined),
});

function blockedBy(b: BackwardSummary): CheckId | undefined {
  if (b.scale.every((s) => s.law === "unmeasured"))
    return "backward.gradients";
  const returnsScaled = b.dAKept.some((s) => s.law === "inverse-keep");
  return isPlain(b) && !returnsScaled ? "backward.mask-reuse" : undefined;
}

function scale(b: BackwardSummary): Symptom[] {
  return ([2, 1] as const)
    .filter((layer) => {
      const law = b.scale[layer - 1]?.law;
      const plainLayer = law === "one" && b.patterns[layer - 1] === "all";
      return law !== "inverse-keep" && law !== "unmeasured" && !plainLayer;
    })
    .map((layer) => {
      const { keep_prob, found } = b.scale[layer - 1]?.example ?? { keep_prob: 1, found: 1 };
      const what = `With keep_prob ${keep_prob}, \`dZ${layer}\` of the kept units is ${number(found)} × W${layer + 1}ᵀ·dZ${layer + 1}; 1/keep_prob is ${number(1 / keep_prob)}.`;
      return {
        key: "backward.scaled/scale",
        layer,
        what,
        culprit: backwardCulprit(b, `dZ${layer}`),
      };
    });
}
