import { defineMisconception, explain } from "../define.ts";

export const cachePreScaleActivation = defineMisconception({
  id: "cache-pre-scale-activation",
  kind: "essential",
  check: "forward.scaled",
  title: "The cache holds the activation before it was scaled",
  recognise: ({ forward: f }, symptoms) => {
    if (!f) return undefined;
    return explain(symptoms, "forward.scaled/cached-ratio", "forward.applied/next-reads");
  },
  why: "`cache.A1` has to be what layer 2 read. Masked but not scaled, it makes `dW2` too small by keep_prob, and the error is easily taken for one of the backward pass.",
  next: "At which moment does your function put `A1` aside: before the division, or after?",
});
