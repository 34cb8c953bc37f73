import type { LayerMeasure } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const cachePreScaleActivation = defineMisconception({
  id: "cache-pre-scale-activation",
  kind: "essential",
  check: "forward.scaled",
  title: "The cache holds the activation before it was scaled",
  recognise: ({ forward: f }, symptoms) => {
    if (!f || f.measures.some((m) => m.layers.some((l) => isOtherwise(l, m.keep_prob))))
      return undefined;
    return explain(symptoms, "forward.scaled/cached-ratio", "forward.applied/next-reads");
  },
  why: "`cache.A1` has to be what layer 2 read. Masked but not scaled, it makes `dW2` too small by keep_prob, and the error is easily taken for one of the backward pass.",
  next: "At which moment does your function put `A1` aside: before the division, or after?",
});

/** The next layer reads a multiple of what the cache holds, and not because the scale came in between. */
function isOtherwise({ reads, cachedRatio, ratio }: LayerMeasure, keep_prob: number): boolean {
  const is = (x: number | undefined, wanted: number) => Math.abs((x ?? wanted) / wanted - 1) < 2e-3;
  const isBetween = is(cachedRatio?.median, 1) && is(ratio?.median, 1 / keep_prob);
  return reads === "multiple" && keep_prob < 1 && !isBetween;
}
