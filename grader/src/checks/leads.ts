/**
 * Where symptoms lead. A check says what was measured and which value is off; for some
 * measurements there is a more telling place than the first that holds the value.
 */

import type { Clue, Symptom, SymptomKey } from "../model/diagnosis.ts";
import type { Measurements } from "../model/measurement.ts";
import type { PredictSummary } from "../model/predict-measurement.ts";
import { BACKWARD_LEADS } from "./leads-backward.ts";
import { FORWARD_LEADS } from "./leads-forward.ts";

/** Clues for a symptom, the most telling first; none where its own value is the best there is. */
export type Leads<Measured> = Partial<
  Record<SymptomKey, (measured: Measured, symptom: Symptom) => Clue[]>
>;

/** The symptom, with the clues that lead to its line before those that it came with. */
export function withLead(m: Measurements, symptom: Symptom): Symptom {
  const { key, culprit } = symptom;
  const clues = [
    ...((m.forward && FORWARD_LEADS[key]?.(m.forward, symptom)) ?? []),
    ...((m.backward && BACKWARD_LEADS[key]?.({ ...m.backward, program: m.program }, symptom)) ??
      []),
    ...(key === "predict.labels/labels" ? labels(m) : []),
  ];
  if (clues.length === 0) return symptom;
  return { ...symptom, culprit: { ...culprit, clues: [...clues, ...culprit.clues] } };
}

/** A loop that misses an example, or the comparison with the probability at which the label turns, which is known to about 0.01. */
function labels({ predict, program }: Measurements): Clue[] {
  if (predict && atOneEnd(predict)) return [{ kind: "loop", around: "compare" }];
  const turns = predict?.threshold;
  if (turns === undefined || turns === 0.5) return [];
  const written = program.facts.uses.find(
    (use) =>
      use.kind === "compare" &&
      use.reachedFrom.includes("predict") &&
      use.operands.some((text) => Math.abs(Number(text) - turns) < 0.02),
  );
  return written ? [{ kind: "place", location: written.location }] : [];
}

/** Only the first or the last example of each call is wrong: a loop begins too late or ends too early. */
function atOneEnd({ wrong }: PredictSummary): boolean {
  const isFirst = wrong.every(({ column }) => column === 0);
  return wrong.length > 1 && (isFirst || wrong.every(({ column, of }) => column === of - 1));
}
