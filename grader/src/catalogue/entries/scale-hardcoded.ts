import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const scaleHardcoded = defineMisconception({
  id: "scale-hardcoded",
  kind: "essential",
  check: "forward.scaled",
  title: "Divided by a number instead of by keep_prob",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f ? layersWith(f.ratio, "constant") : [];
    return explainLayers(symptoms, layers, "forward.scaled/ratio");
  },
  why: "The mask follows keep_prob and the scale does not, so they fit at one value only. With keep_prob = 1 the activation is changed although nothing is dropped.",
  next: "Look at the divisor. What would it be in a call with keep_prob = 0.3?",
});
