import { passesAlways } from "../../assignment/signs.ts";
import { allWith, defineMisconception, explain } from "../define.ts";

export const backwardPlain = defineMisconception({
  id: "backward-plain",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "The backward pass of a network without dropout",
  recognise: ({ backward: b }, symptoms) => {
    const isPlain = b && ([1, 2] as const).every((layer) => passesAlways(b, layer, "all"));
    if (!b || !isPlain || !allWith(b.scale, "one")) return undefined;
    return explain(symptoms, "backward.mask-reuse/pattern");
  },
  why: "Forward multiplied the activations by D / keep_prob, and the chain rule multiplies the gradient by the same. Without it, units that were not there in this pass are trained, and those that were get too small a step.",
  next: "What did forward do to `A2` after relu? What is the derivative of exactly that step?",
});
