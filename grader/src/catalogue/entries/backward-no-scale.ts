import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const backwardNoScale = defineMisconception({
  id: "backward-no-scale",
  kind: "essential",
  check: "backward.scaled",
  title: "The gradient is masked, but not scaled",
  recognise: ({ backward: b }, symptoms) => {
    const layers = b ? layersWith(b.scale, "one") : [];
    return explainLayers(symptoms, layers, "backward.scaled/scale");
  },
  why: "It is not twice: forward scaled the activation, and the derivative of A ∘ D / keep_prob carries the same factor. Without it the gradients of all earlier layers are too small by keep_prob, once for each masked layer.",
  next: "If y = d · x / 0.8, what is dy/dx for d = 1 and for d = 0?",
});
