import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const backwardMultiplyByKeepProb = defineMisconception({
  id: "backward-multiply-by-keep-prob",
  kind: "essential",
  check: "backward.scaled",
  title: "The gradient is multiplied by keep_prob",
  recognise: ({ backward: b }, symptoms) => {
    const layers = b ? layersWith(b.scale, "keep") : [];
    return explainLayers(symptoms, layers, "backward.scaled/scale");
  },
  why: "Forward multiplied the survivors by 1/keep_prob, and the derivative of multiplying by c is c, not 1/c. Backward repeats the factor, it does not undo it.",
  next: "If y = x / 0.8, what is dy/dx: 0.8 or 1.25?",
});
