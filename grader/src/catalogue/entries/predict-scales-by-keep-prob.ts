import { defineMisconception, explain } from "../define.ts";
import { predictFactor } from "../predict-factor.ts";

export const predictScalesByKeepProb = defineMisconception({
  id: "predict-scales-by-keep-prob",
  kind: "essential",
  check: "predict.no-dropout",
  title: "Prediction scales the activations once more",
  recognise: (m, symptoms) => {
    if (predictFactor(m) !== "keep") return undefined;
    return explain(symptoms, "predict.no-dropout/scale", "predict.labels/labels");
  },
  why: "Your training already divides by keep_prob, so that the activations have the right level when all units are there. Multiplying at prediction time is the 2014 paper's way of doing the same thing: either one or the other.",
  next: "If training keeps the mean of each activation where it was, what is left to correct at prediction time?",
});
