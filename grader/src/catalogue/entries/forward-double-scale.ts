import { scalesElsewhere } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const forwardDoubleScale = defineMisconception({
  id: "forward-double-scale",
  kind: "essential",
  check: "forward.scaled",
  title: "The activation is scaled twice",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f && !scalesElsewhere(f) ? layersWith(f.ratio, "inverse-keep-squared") : [];
    return explainLayers(symptoms, layers, "forward.scaled/ratio");
  },
  why: "Dividing once by keep_prob brings the mean of the activation back to where it was; dividing twice makes it too large by 1/keep_prob, in each layer again. A mask that already holds 1/keep_prob is a division too.",
  next: "Follow one kept unit from relu to the next layer and count how often keep_prob changes it.",
});
