import { defineMisconception, explainFailure } from "../define.ts";

export const stackOverflow = defineMisconception({
  id: "stack-overflow",
  kind: "essential",
  check: "forward.network",
  title: "The function calls itself without end",
  recognise: ({ forward: f, backward: b, predict: p }, symptoms) => {
    return explainFailure(
      { forward: f, backward: b, predict: p },
      symptoms,
      (outcome) => outcome.kind === "stack-overflow",
    );
  },
  why: "Every call waits for the one inside it, until there is no room for another.",
  next: "Which call leads back to the function that it is in, and what should stop it?",
});
