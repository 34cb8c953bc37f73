import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const backwardDoubleScale = defineMisconception({
  id: "backward-double-scale",
  kind: "essential",
  check: "backward.scaled",
  title: "The gradient is scaled twice",
  recognise: ({ backward: b }, symptoms) => {
    const layers = b ? layersWith(b.scale, "inverse-keep-squared") : [];
    return explainLayers(symptoms, layers, "backward.scaled/scale");
  },
  why: "Forward scaled once, so the chain rule gives the factor 1/keep_prob once per masked layer. A cached mask that already holds 1/keep_prob brings the factor with it.",
  next: "Count how often keep_prob enters on the way from `dZ3` to `dZ2`.",
});
