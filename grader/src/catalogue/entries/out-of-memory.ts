import { defineMisconception, explainFailure } from "../define.ts";

export const outOfMemory = defineMisconception({
  id: "out-of-memory",
  kind: "essential",
  check: "forward.network",
  title: "The function uses up all memory",
  recognise: ({ forward: f, backward: b, predict: p }, symptoms) => {
    return explainFailure(
      { forward: f, backward: b, predict: p },
      symptoms,
      (outcome) => outcome.kind === "out-of-memory",
    );
  },
  why: "The matrices here have a few hundred entries. Something is growing without end.",
  next: "Which array gets longer with every turn of a loop?",
});
