import { defineMisconception, explainFailure } from "../define.ts";

export const wrongKindOfResult = defineMisconception({
  id: "wrong-kind-of-result",
  kind: "essential",
  check: "forward.network",
  title: "What is returned is not what was asked for",
  recognise: ({ forward: f, backward: b, predict: p }, symptoms) => {
    return explainFailure(
      { forward: f, backward: b, predict: p },
      symptoms,
      (outcome) => outcome.kind === "returned",
    );
  },
  why: "The caller reads `A3`, the cache or the gradients from what you return; with another kind of value it finds nothing there. A promise, for one, is only a number that comes later.",
  next: "Look at the `return` statement and at the type in the function's signature.",
});
