import type { Recognition, Symptom } from "../../model/diagnosis.ts";
import { defineMisconception, explain } from "../define.ts";

export const remembersBetweenCalls = defineMisconception({
  id: "remembers-between-calls",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "It depends on what was called before",
  recognise: ({ backward: b, predict: p }, symptoms) => {
    const labels = p?.repeatsEarlier ? explain(symptoms, "predict.labels/shape") : undefined;
    if (labels) return { ...labels, check: "predict.labels", explains: isOfLabels };
    if (b?.repeatsEarlier) return explainAll(symptoms);
    if (!b?.patterns.includes("last-forward")) {
      // It shows in another function alone, so it costs nothing in the backward one.
      const forward = explain(symptoms, "forward.mask/not-repeatable");
      if (forward) return { ...forward, check: "forward.mask" };
      const predict = explain(symptoms, "predict.labels/stale");
      return predict && { ...predict, check: "predict.labels" };
    }
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
