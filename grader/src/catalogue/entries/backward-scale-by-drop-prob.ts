import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const backwardScaleByDropProb = defineMisconception({
  id: "backward-scale-by-drop-prob",
  kind: "essential",
  check: "backward.scaled",
  title: "The gradient is divided by the probability of dropping",
  recognise: ({ backward: b }, symptoms) => {
    const layers = b ? layersWith(b.scale, "inverse-drop") : [];
    return explainLayers(symptoms, layers, "backward.scaled/scale", "backward.gradients/finite");
  },
  why: "The gradient takes the same factor that the activation took: 1/keep_prob. 1/(1 - keep_prob) agrees at 0.5 only.",
  next: "By what did forward multiply a unit that stayed? What is the derivative of that?",
});
