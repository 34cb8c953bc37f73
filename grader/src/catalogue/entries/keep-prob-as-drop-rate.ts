import { type SymptomKey } from "../../model/diagnosis.ts";
import { defineMisconception, explainLayers, layersKeeping } from "../define.ts";

export const keepProbAsDropRate = defineMisconception({
  id: "keep-prob-as-drop-rate",
  kind: "essential",
  check: "forward.mask",
  title: "keep_prob taken for the probability of dropping",
  recognise: ({ forward: f, backward: b }, symptoms) => {
    const layers = f ? layersKeeping(f, "drop") : [];
    if (!f || !layers.some((layer) => f.ratio[layer - 1]?.law === "inverse-drop")) return undefined;
    const keys: [SymptomKey, ...SymptomKey[]] = [
      "forward.mask/share",
      "forward.scaled/ratio",
      "forward.network/finite",
      "forward.network/linear",
    ];
    keys.push(
      "forward.applied/nothing-dropped",
      "forward.network/dead-units",
      "forward.mask/cached-mask",
    );
    if (b && layers.some((layer) => b.scale[layer - 1]?.law === "inverse-drop"))
      keys.push("backward.scaled/scale", "backward.gradients/finite");
    return explainLayers(symptoms, layers, ...keys);
  },
  why: "keep_prob is the probability that a unit stays. Read as the probability that it goes, threshold and divisor change together, so the mean activation still comes out right, which makes this one hard to notice: but at keep_prob 0.8 four units in five are gone.",
  next: "Say aloud what keep_prob = 0.9 should do to a layer of 100 units. Then count the ones in your mask.",
});
