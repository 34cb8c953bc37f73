import { droppingLayers, scalesElsewhere, scalesNextLinear } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const scaleMissingOneLayer = defineMisconception({
  id: "scale-missing-one-layer",
  kind: "essential",
  check: "forward.scaled",
  title: "One of the two layers is not scaled",
  recognise: ({ forward: f }, symptoms) => {
    if (!f || scalesElsewhere(f) || scalesNextLinear(f)) return undefined;
    const unscaled = layersWith(f.ratio, "one").filter((layer) =>
      droppingLayers(f).includes(layer),
    );
    if (unscaled.length !== 1 || layersWith(f.ratio, "one").length === 2) return undefined;
    return explainLayers(symptoms, unscaled, "forward.scaled/ratio");
  },
  why: "Each layer loses its own share of units, and each has to make up for it. What one layer scales, the next one's mask takes away again.",
  next: "Compare the lines for layer 1 and layer 2 side by side. Which step has one and the other not?",
});
