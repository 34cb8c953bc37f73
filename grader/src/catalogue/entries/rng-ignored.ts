import { defineMisconception, explain } from "../define.ts";

export const rngIgnored = defineMisconception({
  id: "rng-ignored",
  kind: "essential",
  check: "forward.mask",
  title: "The random numbers do not come from rng",
  recognise: (_, symptoms) => {
    return explain(symptoms, "forward.mask/rng", "forward.mask/not-repeatable");
  },
  why: "All randomness has to come from the `rng` that is passed, so that a run can be repeated: that is how you find a mistake that shows up in one run of ten, and how this grader measures.",
  next: "Search your code for every place that draws a number. Which of them asks `rng`?",
});
