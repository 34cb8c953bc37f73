import type { Symptom } from "../../model/diagnosis.ts";
import { type CheckId } from "../../model/rubric.ts";
import { defineMisconception, explain } from "../define.ts";

export const mutatesInputs = defineMisconception({
  id: "mutates-inputs",
  kind: "essential",
  check: "forward.network",
  title: "An argument is changed in place",
  recognise: ({ forward }, symptoms) => {
    const found = explain(symptoms, [
      "forward.network/arguments",
      "backward.gradients/arguments",
      "predict.labels/arguments",
    ]);
    const symptom = symptoms.find((s) => s.what === found?.what);
    const check = symptom?.key.split("/")[0] as CheckId | undefined;
    const changed = forward?.measures.flatMap((m) => m.changedArguments) ?? [];
    const isOfIt = (s: Symptom) => check === "forward.network" && comesOf(changed, s);
    return found && check && { ...found, check, explains: (s) => s === symptom || isOfIt(s) };
  },
  why: "The caller still needs X, the parameters and the cache after the call. `A.mul(B)` of ml-matrix, `*=` on an element and assignments by index work on the matrix itself, not on a copy.",
  next: "Which of your statements write into a matrix that came in as an argument? The static methods, as in `Matrix.mul(A, B)`, return a new one.",
});

/** A layer that is made with an argument which is no longer what it was. */
function comesOf(changed: readonly string[], { key, layer }: Symptom): boolean {
  const ofLayer = ["W", "b"].map((name) => `parameters.${name}${layer ?? 3}`);
  const reads = [...ofLayer, ...(layer === 1 ? ["X"] : [])];
  return key === "forward.network/linear" && reads.some((name) => changed.includes(name));
}
