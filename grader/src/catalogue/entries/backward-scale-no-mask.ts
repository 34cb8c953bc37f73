import { passesAlways } from "../../assignment/signs.ts";
import { defineMisconception, explain, isUnscaledInPart } from "../define.ts";

export const backwardScaleNoMask = defineMisconception({
  id: "backward-scale-no-mask",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "The gradient is scaled, but not masked",
  recognise: ({ backward: b }, symptoms) => {
    if (!b || !([1, 2] as const).every((layer) => passesAlways(b, layer, "all"))) return undefined;
    const isHalf = b.scale.every(isUnscaledInPart);
    const also = isHalf ? (["backward.scaled/scale"] as const) : [];
    return explain(symptoms, "backward.mask-reuse/pattern", ...also);
  },
  why: "With ReLU, `A > 0` happens to leave out the dropped units as well, so on your own cache `dW` can come out right. It is luck of the activation function: where A is not masked, or not ReLU, the gradient of a dropped unit gets through. The task is to apply the mask of the cache.",
  next: "Where does your backward pass read `D1` and `D2`?",
});
