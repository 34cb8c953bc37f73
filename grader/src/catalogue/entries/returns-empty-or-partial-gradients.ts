import { defineMisconception, explain } from "../define.ts";

export const returnsEmptyOrPartialGradients = defineMisconception({
  id: "returns-empty-or-partial-gradients",
  kind: "essential",
  check: "backward.gradients",
  title: "Gradients are missing from what is returned",
  recognise: (_, symptoms) => {
    return explain(symptoms, "backward.gradients/result");
  },
  why: "The update step and the checks ask for each of the eleven gradients by name. One that is computed and not returned is lost.",
  next: "Compare the names that you return with the list in the handout, letter by letter.",
});
