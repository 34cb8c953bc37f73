import { defineMisconception, explain } from "../define.ts";

export const backwardRedrawsSameSeed = defineMisconception({
  id: "backward-redraws-same-seed",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "Backward draws the mask again and hopes for the same numbers",
  recognise: ({ backward: b, program }, symptoms) => {
    if (!b?.patterns.includes("unrelated") || b.mathRandomDraws > 0 || b.repeatable === false)
      return undefined;
    if (
      !program.facts.uses.some(
        (use) =>
          use.kind === "random" && use.reachedFrom.includes("backward_propagation_with_dropout"),
      )
    )
      return undefined;
    return explain(symptoms, "backward.mask-reuse/pattern", "backward.scaled/scale");
  },
  why: "A second draw gives the same mask only while the seed, the shapes, the order of the draws and keep_prob all agree, and the cache that backward is given may come from any forward pass. It holds the masks so that nobody has to guess them.",
  next: "What is in the cache that your backward pass does not use?",
});
