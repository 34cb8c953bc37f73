import { defineMisconception, explain } from "../define.ts";

export const backwardMissing1OverM = defineMisconception({
  id: "backward-missing-1-over-m",
  kind: "essential",
  check: "backward.gradients",
  title: "The gradients are not divided by the number of examples",
  recognise: ({ backward: b }, symptoms) => {
    const missing = b?.measures.some(
      (x) =>
        x.m > 1 &&
        Object.values(x.gradients).some(
          (g) => g.state === "multiple" && Math.abs((g.factor ?? 0) / x.m - 1) < 1e-3,
        ),
    );
    return missing
      ? explain(symptoms, ["backward.gradients/weights", "backward.gradients/biases"])
      : undefined;
  },
  why: "The cost is a mean over the m examples, so its gradient is one too. Without 1/m the step grows with the size of the batch, and the learning rate means something else for every data set.",
  next: "Write down the cost. Where is m in it, and where is it in your `dW` and `db`?",
});
