import { defineMisconception, explain } from "../define.ts";

export const maskSharedAcrossUnits = defineMisconception({
  id: "mask-shared-across-units",
  kind: "essential",
  check: "forward.mask",
  title: "One coin for all units of an example",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.sharing.includes("units")) return undefined;
    return explain(
      symptoms,
      "forward.mask/sharing",
      "forward.mask/share",
      "forward.mask/cached-mask",
      "forward.network/finite",
    );
  },
  why: "A mask that is the same for all units of a layer drops the whole layer for an example or nothing of it. Dropout is to make units do without each other, and for that each unit of each example needs a coin of its own.",
  next: "Compare the shape of your random numbers with the shape of the activation: how many coins are tossed for the units of one example?",
});
