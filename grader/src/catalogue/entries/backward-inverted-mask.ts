import { passesAlways } from "../../assignment/signs.ts";
import { defineMisconception, explain } from "../define.ts";

export const backwardInvertedMask = defineMisconception({
  id: "backward-inverted-mask",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "The mask is inverted on the way back",
  recognise: ({ backward: b }, symptoms) => {
    if (!b || !([1, 2] as const).some((layer) => passesAlways(b, layer, "inverted")))
      return undefined;
    return explain(symptoms, "backward.mask-reuse/pattern");
  },
  why: "A unit that was dropped took no part in the result, so it gets no gradient; a unit that stayed does. With the mask turned round, only the absent units are trained.",
  next: "Which entries of `D` mark the units that took part in the forward pass?",
});
