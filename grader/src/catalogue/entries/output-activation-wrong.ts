import type { ForwardMeasure } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const outputActivationWrong = defineMisconception({
  id: "output-activation-wrong",
  kind: "essential",
  check: "forward.network",
  title: "The output is no probability",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.measures.some(isNoProbability)) return undefined;
    return explain(symptoms, "forward.network/output");
  },
  why: "`A3` is a probability, and only the sigmoid turns any `Z3` into a number between 0 and 1. The cost and `dZ3 = A3 - Y` both rest on it.",
  next: "Which function makes `A3` from `Z3`, and which values can it take?",
});

/** Outside [0, 1], or by chance inside and yet Z3 itself, or its ReLU. */
function isNoProbability({ output, outputOwn }: ForwardMeasure): boolean {
  const data = outputOwn?.data ?? new Float64Array();
  const isOther = output === "relu" || output === "identity";
  return data.some((a) => a < 0 || a > 1 || (isOther && a !== 0));
}
