import { list, number } from "../assignment/words.ts";
import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { PredictSummary } from "../model/predict-measurement.ts";
import { TRAINED } from "../assignment/predict-scenarios.ts";
import { defineCheck } from "./define.ts";
import { failureWords, placeOf } from "./failures.ts";
import { isScale, PREDICT } from "./predict-no-dropout.ts";

/** Right, also near the boundary. */
export const predictLabels = defineCheck({
  id: "predict.labels",
  symptoms: ({ predict }) => (predict ? [...failed(predict), ...labels(predict)] : []),
  // Answers that change cannot be held against the right ones.
  blockedBy: ({ predict }) =>
    predict?.deterministic === false && !predict.followsForward ? "predict.no-dropout" : undefined,
});

function failed(p: PredictSummary): Symptom[] {
  const found: Symptom[] = [];
  const [first] = p.failures;
  if (p.wrongShape) {
    const what = `It returned ${p.wrongShape.found}; labels of ${p.wrongShape.expected} were expected.`;
    found.push({
      key: "predict.labels/shape",
      what,
      culprit: { fn: PREDICT, clues: [{ kind: "result" }] },
    });
  } else if (first) {
    const what = failureWords(first, 0);
    found.push({
      key: "predict.labels/failed",
      what,
      culprit: { fn: PREDICT, call: first.id, clues: placeOf(first.outcome) },
    });
  }
  if (p.changedArguments.length > 0) {
    const what = `After the call, ${list(p.changedArguments.map((n) => `\`${n}\``))} held other numbers than before.`;
    found.push({
      key: "predict.labels/arguments",
      what,
      culprit: { fn: PREDICT, call: p.shown.call, clues: [{ kind: "change" }] },
    });
  }
  return found;
}

function labels(p: PredictSummary): Symptom[] {
  if (p.oddLabel !== undefined) {
    const what = `It returned numbers such as ${number(p.oddLabel)}; labels are 0 or 1.`;
    return [{ key: "predict.labels/numbers", what, culprit: returned(p) }];
  }
  const [first] = p.wrong;
  // Hidden layers that are multiplied by something turn labels, and are their own check's to say.
  const isAtHalf = Math.abs((p.threshold ?? 0.5) - 0.5) < 0.02;
  if (p.scale && isScale(p.scale) && isAtHalf) return [];
  if (!first || !p.deterministic) return [];
  if (isStale(p)) {
    const what =
      "Asked again for the same `X` with other parameters, it returned the labels of before.";
    return [{ key: "predict.labels/stale", what, culprit: returned(p) }];
  }
  const what = `${p.wrong.length} of ${p.total} labels are wrong; the first is ${first.found} for an example whose A3 is ${number(first.A3)}.`;
  return [{ key: "predict.labels/labels", what, culprit: returned(p) }];
}

/** The only wrong labels are all those that the same X had with the parameters before. */
function isStale({ wrong }: PredictSummary): boolean {
  return wrong.length === wrong[0]?.of && wrong.every(({ id }) => id === TRAINED);
}

/** The line that first holds what was returned. */
function returned({ shown }: PredictSummary): Culprit {
  return {
    fn: PREDICT,
    call: shown.call,
    clues: shown.returned ? [{ kind: "value", values: [shown.returned] }] : [],
  };
}
