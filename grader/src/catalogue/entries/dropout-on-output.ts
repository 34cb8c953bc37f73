import { defineMisconception, explain } from "../define.ts";

export const dropoutOnOutput = defineMisconception({
  id: "dropout-on-output",
  kind: "essential",
  check: "forward.applied",
  title: "The output is dropped too",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.measures.some((m) => m.output === "dropped")) return undefined;
    return explain(
      symptoms,
      "forward.applied/output",
      "forward.network/finite",
      "forward.mask/share",
      "forward.network/cache",
    );
  },
  why: "`A3` is the network's answer, a probability. Dropping it answers 0 for no reason, scaling it makes answers above 1, and the cost takes the logarithm of both. Dropout belongs on the hidden layers.",
  next: "How many times does your code draw a mask in one call, and for which layers?",
});
