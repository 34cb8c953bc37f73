import { defineMisconception, explain } from "../define.ts";

export const backwardDWFromUndroppedA = defineMisconception({
  id: "backward-dW-from-undropped-A",
  kind: "essential",
  check: "backward.gradients",
  title: "dW is made from the activation before dropout",
  recognise: ({ backward: b }, symptoms) => {
    const wrong = (["dW3", "dW2"] as const).flatMap((name) =>
      (b?.measures ?? [])
        .filter((x) => x.cache === "own" && x.gradients[name].state !== "right")
        .map((x) => x.gradients[name]),
    );
    if (wrong.length === 0 || !wrong.every((g) => g.fromUndropped)) return undefined;
    return explain(symptoms, "backward.gradients/weights");
  },
  why: "A weight's gradient is the product of what came in and what goes back. What came in is the activation that the layer really read: masked and scaled, as the cache has it.",
  next: "Which matrix did `W2` multiply on the way forward? Is it the one in your line for `dW2`?",
});
