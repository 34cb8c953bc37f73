import { defineMisconception, explain } from "../define.ts";

export const predictAppliesDropout = defineMisconception({
  id: "predict-applies-dropout",
  kind: "essential",
  check: "predict.no-dropout",
  title: "Units are still dropped at prediction time",
  recognise: (_, symptoms) => {
    return explain(
      symptoms,
      "predict.no-dropout/random",
      "predict.labels/labels",
      "predict.no-dropout/scale",
    );
  },
  why: "Dropout is for training. A prediction has to use the whole network, or the same patient gets another diagnosis each time you ask. With keep_prob = 1 the training code does nothing, and that is all that prediction needs.",
  next: "Call `predict` twice with the same X. If the answers differ, where do the random numbers come from? If they do not, which units are missing both times?",
});
