import { defineMisconception, explain } from "../define.ts";

export const maskWrongLayer = defineMisconception({
  id: "mask-wrong-layer",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "The mask of the other layer is used",
  recognise: ({ backward: b }, symptoms) => {
    if (!b) return undefined;
    // Where it fits, the right mask is in its place: something else does not fit.
    const isRight = b.patterns.every((p) => p === "mask");
    const throws = b.failures.every((f) => f.outcome.kind === "threw");
    const shapesClash = b.onlySquare && throws && !isRight;
    if (!b.patterns.includes("other-layer") && !shapesClash) return undefined;
    return explain(
      symptoms,
      ["backward.mask-reuse/pattern", "backward.gradients/failed", "backward.gradients/finite"],
      "backward.scaled/scale",
    );
  },
  why: "`D1` says which units of layer 1 were dropped and `D2` which of layer 2. Where the layers have different sizes the wrong one does not even fit; where they have the same, it silently stops the wrong units.",
  next: "For each `dA`, compare its shape with that of the mask it meets.",
});
