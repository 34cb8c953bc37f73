import { defineMisconception, explain } from "../define.ts";

export const cacheUniformInsteadOfMask = defineMisconception({
  id: "cache-uniform-instead-of-mask",
  kind: "essential",
  check: "forward.mask",
  title: "The cache holds the random numbers, not the mask",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.measures.some((x) => x.layers.some((l) => l.cachedMask === "uniform")))
      return undefined;
    return explain(
      symptoms,
      "forward.mask/cached-mask",
      "backward.mask-reuse/pattern",
      "backward.scaled/scale",
    );
  },
  why: "`cache.D` is a message to the backward pass: 1 where a unit stayed, 0 where it was dropped. Random numbers say that only to someone who repeats the comparison, and backward would have to know how it was made.",
  next: "Print `cache.D1`. What would you expect to read there?",
});
