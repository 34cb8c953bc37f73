import type { Symptom, SymptomKey } from "../model/diagnosis.ts";
import type { Measurements } from "../model/measurement.ts";
import type { Check } from "./define.ts";
import { backwardGradients } from "./backward-gradients.ts";
import { backwardMaskReuse } from "./backward-mask-reuse.ts";
import { backwardScaled } from "./backward-scaled.ts";
import { forwardApplied } from "./forward-applied.ts";
import { forwardMask } from "./forward-mask.ts";
import { forwardNetwork } from "./forward-network.ts";
import { forwardScaled } from "./forward-scaled.ts";
import { withLead } from "./leads.ts";
import { predictLabels } from "./predict-labels.ts";
import { predictNoDropout } from "./predict-no-dropout.ts";

/** The nine checks of the rubric, in its order. */
export const CHECKS: readonly Check[] = [
  forwardMask,
  forwardApplied,
  forwardScaled,
  forwardNetwork,
  backwardMaskReuse,
  backwardScaled,
  backwardGradients,
  predictNoDropout,
  predictLabels,
];

/** Everything that is off, check by check, with the clues that lead to its lines. */
export function symptomsOf(m: Measurements): Symptom[] {
  const all = CHECKS.flatMap((check) => check.symptoms(m));
  return withoutEcho(m, all).map((symptom) => withLead(m, symptom));
}

/** What a wrong forward pass makes of labels is not the fault of a predict that asks it. */
function withoutEcho({ predict }: Measurements, all: readonly Symptom[]): readonly Symptom[] {
  const isForwards =
    predict?.followsForward === true && all.some(({ key }) => key.startsWith("forward."));
  return isForwards ? all.filter(({ key }) => !ECHOES.has(key)) : all;
}

const ECHOES: ReadonlySet<SymptomKey> = new Set<SymptomKey>([
  "predict.no-dropout/random",
  "predict.no-dropout/scale",
  "predict.labels/labels",
]);
