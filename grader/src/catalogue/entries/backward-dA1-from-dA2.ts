import { defineMisconception, explain } from "../define.ts";

export const backwardDA1FromDA2 = defineMisconception({
  id: "backward-dA1-from-dA2",
  kind: "essential",
  check: "backward.gradients",
  title: "dA1 is made from dA2 instead of dZ2",
  recognise: (_, symptoms) => {
    return explain(symptoms, "backward.gradients/chain");
  },
  why: "`A1` enters layer 2 through `Z2`, before its relu. So the way back from `dA2` goes through relu's derivative first, and what W2ᵀ multiplies is `dZ2`.",
  next: "Walk from the output back to `A1` and name every quantity you pass.",
});
