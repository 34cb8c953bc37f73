import { defineMisconception, explain } from "../define.ts";

export const predictReturnsProbabilities = defineMisconception({
  id: "predict-returns-probabilities",
  kind: "essential",
  check: "predict.labels",
  title: "Probabilities are returned instead of labels",
  recognise: ({ predict: p }, symptoms) => {
    if (p?.returns !== "probabilities") return undefined;
    return explain(symptoms, "predict.labels/numbers", "predict.no-dropout/scale");
  },
  why: "`predict` answers with a decision: 1 where A3 is above 0.5, else 0. The accuracy is counted by comparing these with the labels.",
  next: "What is the last step from a probability to a yes or no?",
});
