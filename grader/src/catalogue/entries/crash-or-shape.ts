import { defineMisconception, explain, explainFailure } from "../define.ts";

export const crashOrShape = defineMisconception({
  id: "crash-or-shape",
  kind: "essential",
  check: "forward.network",
  title: "It stops with an error",
  recognise: ({ forward: f, backward: b, predict: p }, symptoms) => {
    const misshapen = (["dW3", "dW2", "dW1"] as const).some((name) =>
      b?.measures.some((x) => x.gradients[name].state === "wrong-shape"),
    );
    const shape = misshapen ? explain(symptoms, "backward.gradients/weights") : undefined;
    if (shape) return { ...shape, check: "backward.gradients" };
    return explainFailure(
      { forward: f, backward: b, predict: p },
      symptoms,
      (outcome) => outcome.kind === "threw" || outcome.kind === "crashed",
    );
  },
  why: "A call that throws gives nothing to measure. With matrices it is most often two shapes that do not fit.",
  next: "Read the message and the line; then print the shapes of what meets there.",
});
