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
  if (p.rightAlone) {
    const what = `${staleWords(p)} Asked the same as its first question of all, it answers rightly.`;
    return [{ key: "predict.labels/stale", what, culprit: returned(p) }];
  }
  if (p.oddLabel !== undefined) {
    const what = `It returned numbers such as ${number(p.oddLabel)}; labels are 0 or 1.`;
    return [{ key: "predict.labels/numbers", what, culprit: returned(p) }];
  }
  const [first] = p.wrong;
  // Hidden layers that are multiplied by something turn labels, and are their own check's to say.
  const isAtHalf = Math.abs((p.threshold ?? 0.5) - 0.5) < 0.02;
  if (p.scale && isScale(p.scale) && isAtHalf) return [];
  if (!first || !p.deterministic) return [];
  return [{ key: "predict.labels/labels", what: wrongWords(p), culprit: returned(p) }];
}

function wrongWords({ wrong: [first, ...others], total }: PredictSummary): string {
  const example = `the first is ${first?.found} for an example whose A3 is ${number(first?.A3 ?? 0)}`;
  return `${1 + others.length} of ${total} labels are wrong; ${example}.`;
}

/** What it did after other calls. */
function staleWords(p: PredictSummary): string {
  const { wrong, wrongShape, failures } = p;
  const isOfBefore = wrong.length === wrong[0]?.of && wrong.every(({ id }) => id === TRAINED);
  if (isOfBefore && failures.length === 0)
    return "Asked again for the same `X` with other parameters, it returned the labels of before.";
  if (wrongShape)
    return `Asked for other examples, it returned ${wrongShape.found}; labels of ${wrongShape.expected} were expected.`;
  const [failure] = failures;
  return failure && wrong.length === 0 ? failureWords(failure, 0) : wrongWords(p);
}

/** The line that first holds what was returned. */
function returned({ shown }: PredictSummary): Culprit {
  return {
    fn: PREDICT,
    call: shown.call,
    clues: shown.returned ? [{ kind: "value", values: [shown.returned] }] : [],
  };
}
