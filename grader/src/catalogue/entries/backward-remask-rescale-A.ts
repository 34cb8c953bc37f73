import { defineMisconception, explain } from "../define.ts";

export const backwardRemaskRescaleA = defineMisconception({
  id: "backward-remask-rescale-A",
  kind: "essential",
  check: "backward.gradients",
  title: "The activation is masked and scaled again inside dW",
  recognise: ({ backward: b }, symptoms) => {
    const names = ["dW3", "dW2"] as const;
    const again = b?.measures.some((x) =>
      names.some(
        (name) =>
          x.keep_prob < 1 &&
          x.gradients[name].state === "multiple" &&
          Math.abs((x.gradients[name].factor ?? 0) * x.keep_prob - 1) < 1e-3,
      ),
    );
    return again ? explain(symptoms, "backward.gradients/weights") : undefined;
  },
  why: "`cache.A1` and `cache.A2` already are what the next layer read, mask and scale included. Dividing once more makes `dW` too large by 1/keep_prob.",
  next: "What has forward already done to the `A` in the cache?",
});
