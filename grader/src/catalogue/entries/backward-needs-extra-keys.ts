import { defineMisconception, explain } from "../define.ts";

export const backwardNeedsExtraKeys = defineMisconception({
  id: "backward-needs-extra-keys",
  kind: "essential",
  check: "backward.gradients",
  title: "Backward needs more than the cache of the contract",
  recognise: (_, symptoms) => {
    return explain(symptoms, "backward.gradients/extra-keys");
  },
  why: "Extra keys in the cache are welcome, but backward must not depend on them: it is also given caches that another forward pass made, with the keys of the contract only.",
  next: "Which of the keys that the contract names would give you the same?",
});
