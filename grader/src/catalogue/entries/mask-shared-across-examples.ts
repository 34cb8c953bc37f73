import { defineMisconception, explain } from "../define.ts";

export const maskSharedAcrossExamples = defineMisconception({
  id: "mask-shared-across-examples",
  kind: "essential",
  check: "forward.mask",
  title: "One mask for all examples",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.sharing.includes("examples")) return undefined;
    return explain(
      symptoms,
      "forward.mask/sharing",
      "forward.mask/share",
      "forward.mask/cached-mask",
      "forward.network/finite",
    );
  },
  why: "Each example of the batch should train a network of its own. With one column of mask for all of them, a whole unit is gone for the entire batch: the gradient of that step never sees it, and the average over the batch no longer averages over many thinned networks.",
  next: "Compare the shape of your random numbers with the shape of the activation: how many coins are tossed for one unit and 32 examples?",
});
