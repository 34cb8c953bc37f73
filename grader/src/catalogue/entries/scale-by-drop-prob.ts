import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const scaleByDropProb = defineMisconception({
  id: "scale-by-drop-prob",
  kind: "essential",
  check: "forward.scaled",
  title: "Divided by the probability of dropping",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f ? layersWith(f.ratio, "inverse-drop") : [];
    return explainLayers(symptoms, layers, "forward.scaled/ratio", "forward.network/finite");
  },
  why: "A share keep_prob of the units is left, so the sum that the next layer reads is keep_prob times what it was, and 1/keep_prob makes up for that. 1/(1 - keep_prob) agrees only at 0.5; at 0.8 it is 5 instead of 1.25.",
  next: "If 80% of the units survive, what factor brings their sum back to what all of them gave?",
});
