import { defineMisconception, explain, explainLayers, layersWith } from "../define.ts";

export const scaleByEmpiricalFraction = defineMisconception({
  id: "scale-by-empirical-fraction",
  kind: "essential",
  check: "forward.scaled",
  title: "keep_prob taken for a share of the units, not for a probability",
  recognise: ({ forward: f }, symptoms) => {
    if (!f) return undefined;
    const layers = layersWith(f.ratio, "empirical");
    if (layers.length > 0)
      return explainLayers(symptoms, layers, "forward.scaled/ratio", "forward.network/finite");
    const exact = explain(symptoms, "forward.mask/exact-count");
    return exact && { ...exact, check: "forward.mask" };
  },
  why: "Each unit tosses its own coin, so the share that survives varies, and with it the sum; over many masks 1/keep_prob brings the mean back. Forcing an exact share, or dividing by the share that happened to come out, ties the units to each other, and divides by 0 when none is left.",
  next: "What is the probability that all units of a small layer are dropped? What does your scale do then?",
});
