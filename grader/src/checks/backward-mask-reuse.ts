import type { Symptom } from "../model/diagnosis.ts";
import type { BackwardPattern, BackwardSummary, ForwardSummary } from "../model/measurement.ts";
import type { CheckId } from "../model/rubric.ts";
import { defineCheck } from "./define.ts";
import { BACKWARD, backwardCulprit } from "./backward-common.ts";
import { nothingDropped } from "./forward-common.ts";

/** The cache's masks, nothing drawn, nothing remembered. */
export const backwardMaskReuse = defineCheck({
  id: "backward.mask-reuse",
  symptoms: ({ backward }) =>
    backward ? [...patterns(backward), ...draws(backward), ...repeatable(backward)] : [],
  // No gradient came through anywhere: there is no mask to be seen in it.
  blockedBy: (m) => (m.backward ? blockedBy(m.backward, m.forward) : undefined),
});

function blockedBy(b: BackwardSummary, f: ForwardSummary | undefined): CheckId | undefined {
  const unmeasured = b.scale.every((s) => s.law === "unmeasured");
  if (unmeasured && b.patterns.every((p) => p === "mask" || p === "none")) return "backward.gradients";
  const inBackwardOnly = f !== undefined && nothingDropped(f) && f.measures.length > 0 && !f.usesRng;
  return inBackwardOnly && b.patterns.includes("unrelated") ? "forward.applied" : undefined;
}

function patterns(b: BackwardSummary): Symptom[] {
  return ([2, 1] as const)
    .filter((layer) => !["mask", "none"].includes(b.patterns[layer - 1] ?? "mask"))
    .map((layer) => {
      const words = PATTERN_WORDS[b.patterns[layer - 1] ?? "mask"];
      return {
        key: "backward.mask-reuse/pattern",
        layer,
        what: `In layer ${layer}, ${words.replaceAll("#", String(layer))}.`,
        culprit: backwardCulprit(b, `dZ${layer}`),
      };
    });
}

const PATTERN_WORDS: Record<BackwardPattern, string> = {
  mask: "the gradient passes where `D#` is 1",
  inverted: "the gradient passes exactly where `D#` is 0 and is stopped where it is 1",
  "other-layer": "the gradient passes where the mask of the other layer is 1",
  "last-forward":
    "the gradient follows the masks of the forward call that ran last, not those of the cache it was given",
  unrelated: "the units whose gradient passes have nothing to do with `D#`",
  all: "the gradient passes through every live unit, also where `D#` is 0",
  none: "no gradient passes at all",
};

function draws(b: BackwardSummary): Symptom[] {
  if (b.mathRandomDraws === 0) return [];
  const [first] = b.measures.filter((m) => m.mathRandomDraws > 0);
  const what = `It drew ${first?.mathRandomDraws ?? b.mathRandomDraws} random numbers in one call; a backward pass has nothing to draw.`;
  return [
    { key: "backward.mask-reuse/draws", what, culprit: { fn: BACKWARD, use: { kind: "random" } } },
  ];
}

function repeatable(b: BackwardSummary): Symptom[] {
  if (b.repeatable !== false) return [];
  const what = "Two calls with the same arguments gave different gradients.";
  return [
    {
      key: "backward.mask-reuse/not-repeatable",
      what,
      culprit: { fn: BACKWARD, use: { kind: "random" } },
    },
  ];
}
