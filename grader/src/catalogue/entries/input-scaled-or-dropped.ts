import { defineMisconception, explain } from "../define.ts";

export const inputScaledOrDropped = defineMisconception({
  id: "input-scaled-or-dropped",
  kind: "essential",
  check: "forward.applied",
  title: "The input is scaled or dropped",
  recognise: ({ forward: f }, symptoms) => {
    if (!f) return undefined;
    return explain(symptoms, "forward.applied/input", "forward.network/linear");
  },
  why: "The assignment drops units of the two hidden layers. The input is the data: masked or divided, the network sees other examples than those it is given.",
  next: "What does your first linear step read: `X` itself, or something made from it?",
});
