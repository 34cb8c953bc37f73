import { passesAlways } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const backwardOneLayerOnly = defineMisconception({
  id: "backward-one-layer-only",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "Only one of the two layers uses its mask",
  recognise: ({ backward: b }, symptoms) => {
    if (!b) return undefined;
    const plain = ([1, 2] as const).filter((layer) => passesAlways(b, layer, "all"));
    const masked = b.patterns.filter((p) => p === "mask").length;
    if (plain.length !== 1 || masked !== 1) return undefined;
    return explainLayers(symptoms, plain, "backward.mask-reuse/pattern", "backward.scaled/scale");
  },
  why: "Both hidden layers were masked on the way forward, so both gradients have to pass their own mask on the way back.",
  next: "Compare the lines for `dA2` and for `dA1` side by side. Which step has one and the other not?",
});
