import { number } from "../assignment/words.ts";
import type { Clue, Culprit, Symptom } from "../model/diagnosis.ts";
import * as B from "../assignment/block.ts";
import { plainForward, type Parameters } from "../assignment/network.ts";
import { FACTOR_KNOWN_TO } from "../assignment/predict-scenarios.ts";
import type { Block } from "../model/observation.ts";
import type { PredictSummary } from "../model/predict-measurement.ts";
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
        culprit: randomCulprit(predict),
      });
    }
    const scale = predict.scale;
    if (scale && isScale(scale)) {
      const what = `The label turns where it would if the hidden layers were ${number(scale.layer1)} × and ${number(scale.layer2)} × those of the plain network.`;
      found.push({
        key: "predict.no-dropout/scale",
        what,
        culprit: scaleCulprit(predict, scale),
      });
    }
    return found;
  },
  // A label that never turns says nothing of what was done to the hidden layers.
  blockedBy: ({ predict }) =>
    predict?.turns === false &&
    predict.deterministic &&
    !predict.followsForward &&
    !predict.rightAlone
      ? "predict.labels"
      : undefined,
});

/** Up in one layer and down in the other is the work of something else, which shows in the labels. */
export function isScale({ layer1, layer2 }: { layer1: number; layer2: number }): boolean {
  const isUp = Math.max(layer1, layer2) > 1 + FACTOR_KNOWN_TO;
  const isDown = Math.min(layer1, layer2) < 1 - FACTOR_KNOWN_TO;
  // Nothing that ReLU hands on is turned round by a factor.
  const isPossible = layer1 > 0 && layer2 > 0;
  return isPossible && !(layer1 === 1 && layer2 === 1) && !(isUp && isDown);
}

/** Where predict first does something itself: it tells what it shares with others how to work. */
const OWN_LINE: Clue = { kind: "named", name: /./ };

/** What is dropped in predict's own lines, or where it calls what drops. */
function randomCulprit({ shown }: PredictSummary): Culprit {
  const { A1 } = plainForward(shown.X, shown.parameters as Parameters);
  return {
    fn: PREDICT,
    call: shown.call,
    clues: [
      { kind: "masked", of: [A1] },
      { kind: "use", use: "call" },
      { kind: "entry" },
      OWN_LINE,
    ],
  };
}

/** Anything of the plain network, multiplied by one of the factors. */
function scaleCulprit(
  { shown }: PredictSummary,
  { layer1, layer2 }: { layer1: number; layer2: number },
): Culprit {
  const p = shown.parameters as Parameters;
  const { Z1, A1 } = plainForward(shown.X, p);
  const Z2 = B.linear(p.W2, B.scaled(A1, layer1), p.b2);
  const first = [Z1, A1, p.W1, p.W2, B.linear(p.W1, shown.X, B.scaled(p.b1, 0))];
  const second = [Z2, B.relu(Z2), p.W2, p.W3];
  const near = (blocks: Block[], factor: number) =>
    Math.abs(factor - 1) < FACTOR_KNOWN_TO ? [] : blocks.map((b) => B.scaled(b, factor));
  return {
    fn: PREDICT,
    call: shown.call,
    clues: [
      { kind: "value", values: near(first, layer1), alike: near(second, layer2), roughly: true },
      { kind: "value", values: near(second, layer2), roughly: true },
      OWN_LINE,
    ],
  };
}
