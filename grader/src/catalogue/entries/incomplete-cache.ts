import { defineMisconception, explain } from "../define.ts";

export const incompleteCache = defineMisconception({
  id: "incomplete-cache",
  kind: "essential",
  check: "forward.network",
  title: "Something is missing from what forward returns",
  recognise: (_, symptoms) => {
    return explain(symptoms, "forward.network/cache");
  },
  why: "Backward and the checks look things up by name in `{ A3, cache }`. What is missing, or has another shape, cannot be found there.",
  next: "Compare the names and shapes that you return with the list in the handout.",
});
