import { type CheckId } from "../../model/rubric.ts";
import { defineMisconception, explain } from "../define.ts";

export const notFinite = defineMisconception({
  id: "not-finite",
  kind: "essential",
  check: "forward.network",
  title: "NaN or Infinity in the result",
  recognise: (_, symptoms) => {
    const found = explain(symptoms, ["forward.network/finite", "backward.gradients/finite"]);
    const symptom = symptoms.find((s) => s.what === found?.what);
    const check = symptom?.key.split("/")[0] as CheckId | undefined;
    return found && check && { ...found, check };
  },
  why: "NaN spreads: whatever it meets becomes NaN. It comes from 0/0, from Infinity - Infinity, or from an entry that does not exist.",
  next: "Go through the line's divisors and indices: which of them can be 0 or out of range?",
});
