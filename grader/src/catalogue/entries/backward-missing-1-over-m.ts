import type { BackwardMeasure, BackwardSummary } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

const PRODUCTS = ["dW3", "dW2", "dW1", "db3", "db2", "db1"] as const;

/** In every call of several examples: where most units are dropped, other mistakes may come to m once. */
function isAlwaysTimesM(b: BackwardSummary, name: (typeof PRODUCTS)[number]): boolean {
  const calls = b.measures.filter((x) => x.m > 1 && x.notFinite.length === 0);
  const isTimesM = ({ gradients, m }: BackwardMeasure) =>
    gradients[name].state === "multiple" && Math.abs((gradients[name].factor ?? 0) / m - 1) < 1e-3;
  const isOpen = (x: BackwardMeasure) => x.gradients[name].state === "right" || isTimesM(x);
  return calls.some(isTimesM) && calls.every(isOpen);
}

export const backwardMissing1OverM = defineMisconception({
  id: "backward-missing-1-over-m",
  kind: "essential",
  check: "backward.gradients",
  title: "The gradients are not divided by the number of examples",
  recognise: ({ backward: b }, symptoms) => {
    const missing = b && PRODUCTS.some((name) => isAlwaysTimesM(b, name));
    return missing
      ? explain(symptoms, ["backward.gradients/weights", "backward.gradients/biases"])
      : undefined;
  },
  why: "The cost is a mean over the m examples, so its gradient is one too. Without 1/m the step grows with the size of the batch, and the learning rate means something else for every data set.",
  next: "Write down the cost. Where is m in it, and where is it in your `dW` and `db`?",
});
