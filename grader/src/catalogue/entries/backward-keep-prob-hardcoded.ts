import type { BackwardSummary } from "../../model/measurement.ts";
import { defineMisconception, explainLayers, layersWith, withClues } from "../define.ts";

export const backwardKeepProbHardcoded = defineMisconception({
  id: "backward-keep-prob-hardcoded",
  kind: "essential",
  check: "backward.scaled",
  title: "A number is written where keep_prob belongs",
  recognise: ({ backward: b }, symptoms) => {
    const layers = b ? layersWith(b.scale, "constant") : [];
    return withClues(explainLayers(symptoms, layers, "backward.scaled/scale"), {
      kind: "number",
      values: hardcoded(b),
    });
  },
  why: "Backward is told which keep_prob the forward pass used. With a number in its place it is right for one setting, and wrong for all others.",
  next: "Is there a literal in your backward pass that changes nothing when keep_prob does?",
});

/** The factor and the literal it is made from. */
function hardcoded(b: BackwardSummary | undefined): number[] {
  return (b?.scale ?? []).flatMap(({ value }) => (value === undefined ? [] : [value, 1 / value]));
}
