/** Whether `predict` hands on what the student's own forward pass says. */

import type { PredictScenario } from "../assignment/predict-scenarios.ts";
import type { Call, CallOutcome } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { asMatrix, parametersArg } from "./forward.ts";
import type { Answer } from "./predict-answers.ts";
import { asBlock, entriesOf } from "./read.ts";

const FORWARD = "forward_propagation_with_dropout";

/**
 * True where every label is that of the student's own A3, with keep_prob 1 and the same numbers from
 * `Math.random`: such a `predict` is right for what it is given, and what is wrong with the labels is
 * wrong with forward.
 */
export async function followsForward(
  session: Session,
  answers: readonly Answer[],
): Promise<boolean> {
  const outcomes = await session.run(answers.map(({ scenario }) => plainCall(scenario)));
  return answers.every((answer, k) => agrees(answer, outcomes[k]));
}

function plainCall({ id, X, parameters, extreme }: PredictScenario): Call {
  return {
    id: `${id}-forward`,
    fn: FORWARD,
    args: [asMatrix(X), parametersArg(parameters), { kind: "scalar", value: 1 }],
    randomOf: id,
    ...(extreme === undefined ? {} : { extreme }),
  };
}

function agrees({ labels, scenario }: Answer, outcome: CallOutcome | undefined): boolean {
  if (labels === undefined || outcome?.kind !== "returned") return false;
  const A3 = asBlock(entriesOf(outcome.value)?.["A3"], 1, scenario.X.cols);
  return A3.ok && A3.block.data.every((a, k) => labels.data[k] === (a > 0.5 ? 1 : 0));
}
