import type { Clue } from "../../model/diagnosis.ts";
import type { SourceUse } from "../../model/program.ts";
import { defineMisconception, explain, withClues } from "../define.ts";

export const maskWrongLayer = defineMisconception({
  id: "mask-wrong-layer",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "The mask of the other layer is used",
  recognise: ({ backward: b, program }, symptoms) => {
    if (!b) return undefined;
    const shapesClash = b.onlySquare && b.failures.every((f) => f.outcome.kind === "threw");
    if (!b.patterns.includes("other-layer") && !shapesClash) return undefined;
    return withClues(
      explain(
        symptoms,
        ["backward.mask-reuse/pattern", "backward.gradients/failed", "backward.gradients/finite"],
        "backward.scaled/scale",
      ),
      ...readForOtherLayer(program.facts.uses),
    );
  },
  why: "`D1` says which units of layer 1 were dropped and `D2` which of layer 2. Where the layers have different sizes the wrong one does not even fit; where they have the same, it silently stops the wrong units.",
  next: "For each `dA`, compare its shape with that of the mask it meets.",
});

/**
 * Where each mask is read on a line of its own, the first read is the one for layer 2, and that of
 * `D1` is the mistake. Masks that are unpacked together say nothing.
 */
function readForOtherLayer(uses: readonly SourceUse[]): Clue[] {
  const reads = uses.filter((u) => u.kind === "mask-read" && u.reachedFrom.includes(BACKWARD));
  const [first, second] = reads;
  const apart = first?.location.line !== second?.location.line;
  return reads.length === 2 && apart && first?.detail === "D1"
    ? [{ kind: "place", location: first.location }]
    : [];
}

const BACKWARD = "backward_propagation_with_dropout";
