import type { BackwardMeasure } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const backwardDbShape = defineMisconception({
  id: "backward-db-shape",
  kind: "essential",
  check: "backward.gradients",
  title: "db is not one number per unit",
  recognise: ({ backward: b }, symptoms) => {
    const off = b?.measures.some((x) => NAMES.some((name) => isOff(x, name)));
    const values = b?.measures.flatMap((x) =>
      NAMES.flatMap((name) =>
        x.gradients[name].state === "wrong" && x.m > 1 ? [{ x, name }] : [],
      ),
    );
    // One number per unit, and another one: it was summed as it should be.
    if (values?.some(({ x, name }) => !isSummedOtherwise(x, name))) return undefined;
    const weightsRight = b?.measures.every(
      (x) => x.gradients.dW2.state !== "wrong" && x.gradients.dW1.state !== "wrong",
    );
    return off && weightsRight ? explain(symptoms, "backward.gradients/biases") : undefined;
  },
  why: "Each unit has one bias, shared by all examples: its gradient is the mean of that unit's row of `dZ`. Summed in the other direction, or over everything, it has another shape or the same number everywhere.",
  next: "`b2` has as many rows as layer 2 has units. What is the shape of your `db2`?",
});

const NAMES = ["db3", "db2", "db1"] as const;
type Name = (typeof NAMES)[number];

function isOff({ gradients }: BackwardMeasure, name: Name): boolean {
  return ["wrong-shape", "wrong"].includes(gradients[name].state);
}

/** Over everything, or in the other direction where that has the same length. */
function isSummedOtherwise({ own, m, n1, n2 }: BackwardMeasure, name: Name): boolean {
  const data = own[name]?.data ?? new Float64Array();
  const isOne = data.every((x) => Math.abs(x - (data[0] ?? 0)) <= 1e-4 * Math.abs(x));
  return isOne || m === { db3: 1, db2: n2, db1: n1 }[name];
}
