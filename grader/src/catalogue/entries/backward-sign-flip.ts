import { defineMisconception, explain } from "../define.ts";

export const backwardSignFlip = defineMisconception({
  id: "backward-sign-flip",
  kind: "essential",
  check: "backward.gradients",
  title: "The gradients have the wrong sign",
  recognise: ({ backward: b }, symptoms) => {
    const off = b?.measures ?? [];
    if (off.length === 0 || !off.every((x) => Math.abs((x.delta.factor ?? 0) + 1) < 1e-3))
      return undefined;
    return explain(symptoms, "backward.gradients/delta");
  },
  why: "The derivative of the cross-entropy with a sigmoid is A3 - Y. With the difference turned round every gradient points uphill, and each step makes the cost larger.",
  next: "If the label is 1 and A3 is 0.3, should Z3 grow or shrink? And a step of gradient descent subtracts the gradient.",
});
