import { defineMisconception, explain } from "../define.ts";

export const backwardFreshMask = defineMisconception({
  id: "backward-fresh-mask",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "Backward draws new masks",
  recognise: ({ backward: b }, symptoms) => {
    if (!b) return undefined;
    // Whatever else the pattern looks like: a mask that is new is drawn.
    const fresh = b.mathRandomDraws > 0 || b.repeatable === false;
    if (!fresh) return undefined;
    return explain(
      symptoms,
      ["backward.mask-reuse/pattern", "backward.mask-reuse/draws"],
      "backward.mask-reuse/not-repeatable",
      "backward.scaled/scale",
    );
  },
  why: "Backward has to follow the way that this forward pass took. With another mask it trains units that were not there and leaves out some that were: the result is not the gradient of any cost.",
  next: "Which units were dropped in this forward pass, and where is that written down?",
});
