import type { Culprit } from "../model/diagnosis.ts";
import type { BackwardMeasure, BackwardSummary } from "../model/measurement.ts";
import type { GradientName } from "../assignment/network.ts";

export const BACKWARD = "backward_propagation_with_dropout";

/** The call that shows most: a cache of the grader's at 0.8, else the first one that was measured. */
export function showcase(b: BackwardSummary): BackwardMeasure | undefined {
  return (
    b.measures.find((m) => m.id === "made-0.8") ??
    b.measures.find((m) => m.keep_prob < 1) ??
    b.measures[0]
  );
}

/** The student's own value of a gradient, in the call that shows most or in the one named. */
export function backwardCulprit(b: BackwardSummary, name: GradientName, call?: string): Culprit {
  const measure = b.measures.find((m) => m.id === call) ?? showcase(b);
  const own = measure?.own[name];
  return { fn: BACKWARD, ...(measure ? { call: measure.id } : {}), values: own ? [own] : [] };
}

/** Both layers let everything through and scale nothing: the backward pass of the plain network. */
export function isPlain(b: BackwardSummary): boolean {
  return b.patterns.every((p) => p === "all") && b.scale.every((s) => s.law === "one");
}
