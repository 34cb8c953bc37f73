import { defineMisconception, explain } from "../define.ts";

export const backwardDWFromUndroppedA = defineMisconception({
  id: "backward-dW-from-undropped-A",
  kind: "essential",
  check: "backward.gradients",
  title: "dW is made from the activation before dropout",
  recognise: ({ backward: b }, symptoms) => {
    const names = ["dW3", "dW2"] as const;
    if (!b?.measures.some((x) => names.some((name) => x.gradients[name].fromUndropped)))
      return undefined;
    return explain(symptoms, "backward.gradients/weights");
  },
  why: "A weight's gradient is the product of what came in and what goes back. What came in is the activation that the layer really read: masked and scaled, as the cache has it.",
  next: "Which matrix did `W2` multiply on the way forward? Is it the one in your line for `dW2`?",
});
