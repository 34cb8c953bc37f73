import { defineMisconception, explainLayers } from "../define.ts";

export const maskFrozen = defineMisconception({
  id: "mask-frozen",
  kind: "essential",
  check: "forward.mask",
  title: "The mask is drawn once and used again in every call",
  recognise: ({ forward: f }, symptoms) => {
    if (f === undefined || f.frozen.length === 0) return undefined;
    return explainLayers(
      symptoms,
      f.frozen,
      "forward.mask/frozen",
      "forward.mask/not-repeatable",
      "forward.mask/rng",
      "forward.mask/share",
      "forward.network/failed",
      "forward.mask/sharing",
      // Remembered by its size alone.
      "forward.mask/same-masks",
      "forward.mask/cached-mask",
    );
  },
  why: "In every iteration other units have to be dropped. A mask that stays the same trains one fixed, smaller network: the units it drops never learn anything, and nothing is averaged.",
  next: "When is the line that draws your mask executed: in every call of the function, or once when the file is loaded or the first shape comes along?",
});
