import { defineMisconception, explainFailure } from "../define.ts";

export const timedOut = defineMisconception({
  id: "timed-out",
  kind: "essential",
  check: "forward.network",
  title: "The function does not come to an end",
  recognise: ({ forward: f, backward: b, predict: p }, symptoms) => {
    return explainFailure(
      { forward: f, backward: b, predict: p },
      symptoms,
      (outcome) => outcome.kind === "timed-out" || outcome.kind === "skipped",
    );
  },
  why: "A call has a second; a right one needs a few milliseconds. Something goes round without getting nearer to its end.",
  next: "Which loop or recursion has a condition that never becomes false?",
});
