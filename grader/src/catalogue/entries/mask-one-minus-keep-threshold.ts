import { defineMisconception, explainLayers, layersKeeping } from "../define.ts";

export const maskOneMinusKeepThreshold = defineMisconception({
  id: "mask-one-minus-keep-threshold",
  kind: "essential",
  check: "forward.mask",
  title: "The mask keeps with probability 1 - keep_prob",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f ? layersKeeping(f, "drop") : [];
    if (layers.length === 0) return undefined;
    if (!layers.every((layer) => f?.lowDrawsIn?.[layer - 1] === "keep")) return undefined;
    return explainLayers(symptoms, layers, "forward.mask/share", "forward.network/finite");
  },
  why: "A uniform number lies below t with probability t. A unit has to stay with probability keep_prob, and the threshold decides that. At keep_prob 0.5 both thresholds agree, which is where this hides.",
  next: "For which share of uniform numbers is your comparison true when keep_prob is 0.9?",
});
