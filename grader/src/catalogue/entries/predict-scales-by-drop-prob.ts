import { defineMisconception, explain } from "../define.ts";
import { predictFactor } from "../predict-factor.ts";

export const predictScalesByDropProb = defineMisconception({
  id: "predict-scales-by-drop-prob",
  kind: "essential",
  check: "predict.no-dropout",
  title: "Prediction multiplies by the probability of dropping",
  recognise: (m, symptoms) => {
    if (predictFactor(m) !== "drop") return undefined;
    return explain(symptoms, "predict.no-dropout/scale", "predict.labels/labels");
  },
  why: "Not even the 2014 paper's form multiplies by 1 - keep_prob: it multiplies by the share of units that stayed. In the inverted form prediction multiplies by nothing at all, since training has already made up for the missing units.",
  next: "After training with inverted dropout, is the mean activation too large, too small or right?",
});
