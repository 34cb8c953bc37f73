import { defineMisconception, explainLayers, layersKeeping } from "../define.ts";

export const maskInverted = defineMisconception({
  id: "mask-inverted",
  kind: "essential",
  check: "forward.mask",
  title: "The mask keeps what it should drop",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f ? layersKeeping(f, "drop") : [];
    if (layers.length === 0) return undefined;
    return explainLayers(symptoms, layers, "forward.mask/share", "forward.network/finite");
  },
  why: "A uniform number is above keep_prob with probability 1 - keep_prob. So the units that should stay are the ones that go, and with keep_prob = 1 nothing at all is left. A large random number is no better than a small one: what counts is how often the comparison is true.",
  next: "How often is a uniform number in [0, 1) greater than 0.8? And how often should a unit be kept?",
});
