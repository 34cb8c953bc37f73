import { scalesActivationsAgain } from "../../assignment/signs.ts";
import { defineMisconception, explain } from "../define.ts";

export const backwardRemaskRescaleA = defineMisconception({
  id: "backward-remask-rescale-A",
  kind: "essential",
  check: "backward.gradients",
  title: "The activation is masked and scaled again inside dW",
  recognise: ({ backward: b }, symptoms) => {
    return b && scalesActivationsAgain(b)
      ? explain(symptoms, "backward.gradients/weights")
      : undefined;
  },
  why: "`cache.A1` and `cache.A2` already are what the next layer read, mask and scale included. Dividing once more makes `dW` too large by 1/keep_prob.",
  next: "What has forward already done to the `A` in the cache?",
});
