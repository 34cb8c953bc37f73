import {
  deadPassAsLive,
  maskedLate,
  scalesActivationsAgain,
  slopesOfZero,
} from "../assignment/signs.ts";
import type { Clue } from "../model/diagnosis.ts";
import type { BackwardSummary, Layer } from "../model/measurement.ts";
import type { Program } from "../model/program.ts";
import { BACKWARD } from "./backward-common.ts";
import { DRAW, numbers, REDRAWN, rescaledActivations } from "./clues.ts";
import type { Leads } from "./leads.ts";

type Measured = BackwardSummary & { program: Program };

export const BACKWARD_LEADS: Leads<Measured> = {
  "backward.mask-reuse/pattern": (b, { layer, culprit }) => pattern(b, layer ?? 1, culprit.call),
  "backward.gradients/failed": readForOtherLayer,
  "backward.gradients/finite": readForOtherLayer,
  "backward.scaled/scale": literals,
  "backward.gradients/weights": (b, { culprit }) => [
    ...divisors(b, culprit.call),
    ...(scalesActivationsAgain(b) ? [rescaledActivations(b, culprit.call)] : []),
  ],
  "backward.gradients/biases": (b, { culprit }) => divisors(b, culprit.call),
  "backward.gradients/relu": (b, { layer }) => slope(b, layer ?? 1),
};

/** Which mask was applied, or when. */
function pattern(b: Measured, layer: Layer, call: string | undefined): Clue[] {
  const found = b.patterns[layer - 1];
  if (found === "other-layer") return readForOtherLayer(b);
  if (found === "unrelated") {
    const isFresh = b.mathRandomDraws > 0 || b.repeatable === false;
    return isFresh ? [DRAW] : [...REDRAWN];
  }
  const dZ = b.measures.find((m) => m.id === call)?.own[`dZ${layer}`];
  return maskedLate(b).includes(layer) && dZ ? [{ kind: "value", values: [dZ] }] : [];
}

/**
 * Where each mask is read on a line of its own, the first read is the one for layer 2, and that of
 * `D1` is the mistake. Masks that are unpacked together say nothing.
 */
function readForOtherLayer({ program, patterns, onlySquare }: Measured): Clue[] {
  if (!patterns.includes("other-layer") && !onlySquare) return [];
  const reads = program.facts.uses.filter(
    (u) => u.kind === "mask-read" && u.reachedFrom.includes(BACKWARD),
  );
  const [first, second] = reads;
  const apart = first?.location.line !== second?.location.line;
  return reads.length === 2 && apart && first?.detail === "D1"
    ? [{ kind: "place", location: first.location }]
    : [];
}

/** The factor that does not follow keep_prob, and the literal that it is made from. */
function literals({ scale }: Measured): Clue[] {
  return numbers(
    scale.flatMap(({ law, value }) => (law === "constant" && value !== undefined ? [value] : [])),
  );
}

/** The number that stands in the place of m, where the gradients were divided by one. */
function divisors(b: Measured, call: string | undefined): Clue[] {
  const m = b.measures.find((x) => x.id === call);
  const found = Object.values(m?.gradients ?? {}).flatMap(({ state, factor }) =>
    m && state === "multiple" && factor ? [m.m / factor] : [],
  );
  const isCount = (x: number) => x > 1.5 && Math.abs(x - Math.round(x)) < 1e-3 * x;
  const values = found.filter((x) => isCount(x) && Math.round(x) !== m?.m);
  return values.length > 0 ? [{ kind: "number", values: values.map(Math.round) }] : [];
}

/** What all units pass as if they were live: the comparison that is true of all, if there is one. */
function slope(b: Measured, layer: Layer): Clue[] {
  if (!deadPassAsLive(b, layer)) return [{ kind: "use", use: "compare", operand: /^0(\.0*)?$/ }];
  const [first] = slopesOfZero(b.program.facts, b, layer);
  return first ? [{ kind: "place", location: first.location }] : [];
}
