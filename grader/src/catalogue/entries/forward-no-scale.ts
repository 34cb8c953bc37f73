import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const forwardNoScale = defineMisconception({
  id: "forward-no-scale",
  kind: "essential",
  check: "forward.scaled",
  title: "The mask is applied, but nothing is scaled",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f ? layersWith(f.ratio, "one") : [];
    return explainLayers(symptoms, layers, "forward.scaled/ratio");
  },
  why: "Each survivor keeps its value, but there are fewer of them: on average the next layer reads keep_prob times what it will read at prediction time, when all units are there. 1/keep_prob makes up for it, so that `predict` can run the plain network.",
  next: "Take the mean of `A1` over many masks and compare it with relu(Z1). By what factor do they differ?",
});
