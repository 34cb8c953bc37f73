import { defineMisconception, explain } from "../define.ts";

export const cacheMasksSwapped = defineMisconception({
  id: "cache-masks-swapped",
  kind: "essential",
  check: "forward.mask",
  title: "The two masks are swapped in the cache",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.measures.some((x) => x.layers.some((l) => l.cachedMask === "swapped")))
      return undefined;
    return explain(
      symptoms,
      "forward.mask/cached-mask",
      "backward.mask-reuse/pattern",
      "backward.gradients/failed",
      "backward.gradients/finite",
    );
  },
  why: "Backward looks up `D2` for layer 2 and `D1` for layer 1. Swapped, they fit only where both layers happen to have the same size, and even there they stop the wrong units.",
  next: "Compare the shapes: `D1` should look like `A1`, and `D2` like `A2`.",
});
