import { number } from "../assignment/words.ts";
import type { Symptom } from "../model/diagnosis.ts";
import { defineCheck } from "./define.ts";

export const PREDICT = "predict";

/** Deterministic, no mask, no scale. */
export const predictNoDropout = defineCheck({
  id: "predict.no-dropout",
  symptoms: ({ predict }) => {
    if (!predict) return [];
    const found: Symptom[] = [];
    if (!predict.deterministic) {
      const what =
        predict.changed > 0
          ? `Asked twice for the same ${predict.compared} examples, it changed ${predict.changed} answers.`
          : "Along a line on which the plain network's label turns once, the label turned back and forth.";
      found.push({
        key: "predict.no-dropout/random",
        what,
        culprit: { fn: PREDICT, use: { kind: "random" } },
      });
    }
    const scale = predict.scale;
    if (scale && !(scale.layer1 === 1 && scale.layer2 === 1)) {
      const what = `The label turns where it would if the hidden layers were ${number(scale.layer1)} × and ${number(scale.layer2)} × those of the plain network.`;
      found.push({
        key: "predict.no-dropout/scale",
        what,
        culprit: { fn: PREDICT, factor: [scale.layer1, scale.layer2] },
      });
    }
    return found;
  },
});
