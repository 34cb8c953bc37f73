import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const forwardMultiplyByKeepProb = defineMisconception({
  id: "forward-multiply-by-keep-prob",
  kind: "essential",
  check: "forward.scaled",
  title: "Multiplied by keep_prob instead of divided",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f ? layersWith(f.ratio, "keep") : [];
    return explainLayers(symptoms, layers, "forward.scaled/ratio");
  },
  why: "Dropping has already made the sum smaller, by keep_prob on average. Multiplying makes it smaller again. Dividing by a number between 0 and 1 makes it larger: 42 / 0.8 = 52.5.",
  next: "After the mask, is the activation too small or too large on average? Which operation repairs that?",
});
