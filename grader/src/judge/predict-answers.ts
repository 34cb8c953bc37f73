/** One call of `predict`, and the labels that it gave. */

import type { PredictScenario } from "../assignment/predict-scenarios.ts";
import type { Block, Call, CallOutcome } from "../model/observation.ts";
import { describe } from "./forward-call.ts";
import { asMatrix, parametersArg } from "./forward.ts";
import { asBlock } from "./read.ts";

export function predictCall(scenario: PredictScenario, id = scenario.id): Call {
  const { X, parameters, objects, extreme } = scenario;
  return {
    id,
    fn: "predict",
    args: [asMatrix(X), parametersArg(parameters)],
    ...(objects === undefined ? {} : { objects: namesOf(id, objects) }),
    ...(extreme === undefined ? {} : { extreme }),
  };
}

/** What is not shared has a name of its own. */
function namesOf(id: string, { X, parameters }: NonNullable<PredictScenario["objects"]>) {
  return [`${X ?? id}.X`, `${parameters ?? id}.parameters`];
}

export interface Answer {
  scenario: PredictScenario;
  outcome: CallOutcome;
  labels: Block | undefined;
  shape?: { found: string; expected: string };
}

export function answerOf(scenario: PredictScenario, outcome: CallOutcome): Answer {
  if (outcome.kind !== "returned") return { scenario, outcome, labels: undefined };
  const reading = asBlock(outcome.value, 1, scenario.X.cols);
  if (reading.ok) return { scenario, outcome, labels: reading.block };
  const found = outcome.value.kind === "matrix" ? reading.found : describe(outcome.value);
  // What a column of labels says, it says of the same examples.
  const column = asBlock(outcome.value, scenario.X.cols, 1);
  const labels = column.ok ? { ...column.block, rows: 1, cols: scenario.X.cols } : undefined;
  return { scenario, outcome, labels, shape: { found, expected: `1 × ${scenario.X.cols}` } };
}
