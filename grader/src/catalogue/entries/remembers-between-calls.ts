import type { Recognition, Symptom } from "../../model/diagnosis.ts";
import type { ForwardSummary } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const remembersBetweenCalls = defineMisconception({
  id: "remembers-between-calls",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "It depends on what was called before",
  recognise: ({ forward, backward: b }, symptoms) => {
    const labels = explain(symptoms, "predict.labels/stale");
    if (labels) return { ...labels, check: "predict.labels", explains: isOfLabels };
    const masks =
      forwardAlone(forward, symptoms) ?? explain(symptoms, "forward.mask/not-repeatable");
    if (masks) return { ...masks, check: "forward.mask" };
    if (b?.repeatsEarlier) return explainAll(symptoms);
    // What is drawn anew is something else.
    if (b?.patterns.every((p) => p === "mask") && b.mathRandomDraws === 0)
      return explain(
        symptoms,
        "backward.mask-reuse/not-repeatable",
        "backward.gradients/weights",
        "backward.gradients/biases",
      );
    if (!b?.patterns.includes("last-forward")) return undefined;
    return explain(
      symptoms,
      "backward.mask-reuse/pattern",
      "backward.scaled/scale",
      "backward.gradients/failed",
    );
  },
  why: "A function that remembers something from an earlier call is right only as long as the calls come in the order that it expects. The cache is there so that backward can work from its arguments alone.",
  next: "Which variables outside of the function does it read or write? Which of its arguments already holds the same?",
});

/** As the first call of all, forward keeps the share that it should: nothing else is wrong with it. */
function forwardAlone(f: ForwardSummary | undefined, symptoms: readonly Symptom[]) {
  const found = f?.rightAlone ? explain(symptoms, "forward.mask/not-repeatable") : undefined;
  const isOfMasks = ({ key }: Symptom) => /^forward\.(mask|scaled)\//.test(key);
  return found && { ...found, explains: isOfMasks };
}

/** The gradients are those of another call: none of them says anything of the steps that make them. */
function explainAll(symptoms: readonly Symptom[]): Recognition | undefined {
  const isBackward = (s: Symptom) => s.culprit.fn === "backward_propagation_with_dropout";
  const lead =
    symptoms.find((s) => s.key === "backward.gradients/delta") ?? symptoms.find(isBackward);
  if (lead === undefined) return undefined;
  const what =
    "Given another cache, it returned the gradients of an earlier call, number by number.";
  return { what, culprit: lead.culprit, explains: isBackward };
}

const isOfLabels = ({ key }: Symptom) => key.startsWith("predict.labels/");
