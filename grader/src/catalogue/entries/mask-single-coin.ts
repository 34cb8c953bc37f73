import { defineMisconception, explain } from "../define.ts";

export const maskSingleCoin = defineMisconception({
  id: "mask-single-coin",
  kind: "essential",
  check: "forward.mask",
  title: "One coin for a whole layer",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.usesRng && !f?.usesMathRandom && f?.fresh !== false) return undefined;
    if (!f?.sharing.includes("single")) return undefined;
    return explain(
      symptoms,
      "forward.mask/sharing",
      "forward.mask/share",
      "forward.mask/cached-mask",
      "forward.network/finite",
    );
  },
  why: "With one random number per layer, the layer is there or it is not, for all units and all examples at once. The mean is right, but nothing is learned about doing without single units.",
  next: "How many random numbers does your mask need for 20 units and 32 examples?",
});
