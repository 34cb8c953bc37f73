import { defineMisconception, explainFailure } from "../define.ts";

export const notStarted = defineMisconception({
  id: "not-started",
  kind: "essential",
  check: "forward.network",
  title: "Not written yet",
  recognise: ({ forward: f, backward: b, predict: p }, symptoms) => {
    return explainFailure(
      { forward: f, backward: b, predict: p },
      symptoms,
      (outcome) => outcome.kind === "threw" && outcome.name === "NotWrittenYet",
    );
  },
  why: "This function still holds the place-holder of the template, so there is nothing to measure.",
  next: "The handout takes you through it step by step; run the checks again after each one.",
});
