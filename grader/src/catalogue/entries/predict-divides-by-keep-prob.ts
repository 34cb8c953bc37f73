import { defineMisconception, explain } from "../define.ts";
import { predictFactor } from "../predict-factor.ts";

export const predictDividesByKeepProb = defineMisconception({
  id: "predict-divides-by-keep-prob",
  kind: "essential",
  check: "predict.no-dropout",
  title: "The factor 1/keep_prob is left on at prediction time",
  recognise: (m, symptoms) => {
    if (predictFactor(m) !== "inverse") return undefined;
    return explain(symptoms, "predict.no-dropout/scale", "predict.labels/labels");
  },
  why: "1/keep_prob makes up for units that are missing. At prediction time none is missing, so neither the zeros nor the factor belong there.",
  next: "What does the division make up for in training, and is that there in `predict`?",
});
