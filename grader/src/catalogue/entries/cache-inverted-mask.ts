import { defineMisconception, explain } from "../define.ts";

export const cacheInvertedMask = defineMisconception({
  id: "cache-inverted-mask",
  kind: "essential",
  check: "forward.mask",
  title: "The cached mask says the opposite of what was done",
  recognise: ({ forward: f }, symptoms) => {
    const drops = f?.measures.filter((x) => x.keep_prob < 1) ?? [];
    if (!drops.some((x) => x.layers.some((l) => l.cachedMask === "inverted"))) return undefined;
    return explain(symptoms, "forward.mask/cached-mask", "backward.mask-reuse/pattern");
  },
  why: "Backward multiplies by the cached mask. If that is 1 where the unit was dropped, exactly the wrong units receive a gradient.",
  next: "Take one unit that is 0 in `A1` although `Z1` is positive. What does `D1` say about it?",
});
