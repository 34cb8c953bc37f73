import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const backwardKeepProbHardcoded = defineMisconception({
  id: "backward-keep-prob-hardcoded",
  kind: "essential",
  check: "backward.scaled",
  title: "A number is written where keep_prob belongs",
  recognise: ({ backward: b }, symptoms) => {
    const layers = b ? layersWith(b.scale, "constant") : [];
    return explainLayers(symptoms, layers, "backward.scaled/scale");
  },
  why: "Backward is told which keep_prob the forward pass used. With a number in its place it is right for one setting, and wrong for all others.",
  next: "Is there a literal in your backward pass that changes nothing when keep_prob does?",
});
