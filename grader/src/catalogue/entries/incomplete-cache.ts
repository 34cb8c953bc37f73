import { withoutMask } from "../../assignment/signs.ts";
import type { Symptom } from "../../model/diagnosis.ts";
import { defineMisconception, explain, explainLayers } from "../define.ts";

export const incompleteCache = defineMisconception({
  id: "incomplete-cache",
  kind: "essential",
  check: "forward.network",
  title: "Something is missing from what forward returns",
  recognise: ({ forward: f }, symptoms) => {
    const masks = f
      ? explainLayers(symptoms, withoutMask(f), "forward.mask/cached-mask")
      : undefined;
    // A mask that is not handed on is for the check of masks to say, whatever else is not.
    const isMask = masks && symptoms.some(masks.explains);
    const found = explain(symptoms, "forward.network/cache");
    if (!isMask) return found;
    const explains = (s: Symptom) => masks.explains(s) || found?.explains(s) === true;
    return { ...masks, check: "forward.mask", explains };
  },
  why: "Backward and the checks look things up by name in `{ A3, cache }`. What is missing, or has another shape, cannot be found there.",
  next: "Compare the names and shapes that you return with the list in the handout.",
});
