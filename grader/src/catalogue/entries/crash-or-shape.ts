import { defineMisconception, explainFailure } from "../define.ts";

export const crashOrShape = defineMisconception({
  id: "crash-or-shape",
  kind: "essential",
  check: "forward.network",
  title: "It stops with an error",
  recognise: ({ forward: f, backward: b, predict: p }, symptoms) => {
    return explainFailure(
      { forward: f, backward: b, predict: p },
      symptoms,
      (outcome) => outcome.kind === "threw" || outcome.kind === "crashed",
    );
  },
  why: "A call that throws gives nothing to measure. With matrices it is most often two shapes that do not fit.",
  next: "Read the message and the line; then print the shapes of what meets there.",
});
