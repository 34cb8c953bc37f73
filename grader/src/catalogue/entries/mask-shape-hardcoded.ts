import { defineMisconception, explain } from "../define.ts";

export const maskShapeHardcoded = defineMisconception({
  id: "mask-shape-hardcoded",
  kind: "essential",
  check: "forward.mask",
  title: "The mask has the size of one particular example",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.onlyCourseShape) return undefined;
    return explain(symptoms, "forward.network/failed");
  },
  why: "The function has to work for any number of units and examples. A size written as a number fits the one case it was copied from, and nothing else.",
  next: "Where do the numbers of rows and columns of your mask come from? Which matrix could tell you?",
});
