import { defineMisconception, explain } from "../define.ts";

export const backwardDbShape = defineMisconception({
  id: "backward-db-shape",
  kind: "essential",
  check: "backward.gradients",
  title: "db is not one number per unit",
  recognise: ({ backward: b }, symptoms) => {
    const names = ["db3", "db2", "db1"] as const;
    const off = b?.measures.some((x) =>
      names.some((name) => ["wrong-shape", "wrong"].includes(x.gradients[name].state)),
    );
    const weightsRight = b?.measures.every(
      (x) => x.gradients.dW2.state !== "wrong" && x.gradients.dW1.state !== "wrong",
    );
    return off && weightsRight ? explain(symptoms, "backward.gradients/biases") : undefined;
  },
  why: "Each unit has one bias, shared by all examples: its gradient is the mean of that unit's row of `dZ`. Summed in the other direction, or over everything, it has another shape or the same number everywhere.",
  next: "`b2` has as many rows as layer 2 has units. What is the shape of your `db2`?",
});
