import { defineMisconception, explain } from "../define.ts";

export const backwardOutputDeltaScaled = defineMisconception({
  id: "backward-output-delta-scaled",
  kind: "essential",
  check: "backward.gradients",
  title: "dZ3 is scaled although the output has no dropout",
  recognise: ({ backward: b }, symptoms) => {
    const off = b?.measures.filter((x) => x.keep_prob < 1) ?? [];
    if (
      off.length === 0 ||
      !off.every((x) => Math.abs((x.delta.factor ?? 0) * x.keep_prob - 1) < 1e-3)
    )
      return undefined;
    return explain(symptoms, "backward.gradients/delta");
  },
  why: "1/keep_prob belongs to a masked layer, once each. The output is not masked, so `dZ3` is A3 - Y and nothing else; what is added there goes into every gradient.",
  next: "Which layers were masked on the way forward? Which lines of backward may see keep_prob?",
});
