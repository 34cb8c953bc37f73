import { maskedLate } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const backwardMaskAfterDZ = defineMisconception({
  id: "backward-mask-after-dZ",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "dA is masked after dZ was made from it",
  recognise: ({ backward: b }, symptoms) => {
    if (!b) return undefined;
    const found = explainLayers(
      symptoms,
      maskedLate(b),
      "backward.mask-reuse/pattern",
      "backward.scaled/scale",
    );
    const what = `The \`dA\` that is returned is masked, but \`dZ\` was made without the mask. ${found?.what}`;
    return found && { ...found, what };
  },
  why: "`dZ`, `dW` and everything before them come from `dA`. A mask that is put on after `dZ` has been computed changes the returned `dA` and nothing that the training uses.",
  next: "In which order do the four lines of a layer have to run, so that `dZ` sees the masked `dA`?",
});
