import { droppingLayers } from "../../assignment/signs.ts";
import { defineMisconception, explain } from "../define.ts";

export const maskOnlyInBackward = defineMisconception({
  id: "mask-only-in-backward",
  kind: "essential",
  check: "forward.applied",
  title: "Dropout happens in the backward pass only",
  recognise: ({ forward: f, backward: b }, symptoms) => {
    if (!f || !b || droppingLayers(f).length > 0 || f.usesRng) return undefined;
    if (b.mathRandomDraws === 0 && b.patterns.every((p) => p !== "unrelated")) return undefined;
    return explain(
      symptoms,
      "forward.applied/nothing-dropped",
      "backward.mask-reuse/pattern",
      "backward.mask-reuse/draws",
      "backward.mask-reuse/not-repeatable",
      "forward.mask/cached-mask",
      "forward.mask/never-drops",
      "forward.network/cache",
      "backward.gradients/failed",
    );
  },
  why: "Dropout is a change of the network that is run forward; backward only follows the way back through it. A gradient that is masked without a forward pass that was masked is the gradient of no network at all.",
  next: "In which of the two functions should a unit be dropped first, and how does the other one learn which it was?",
});
