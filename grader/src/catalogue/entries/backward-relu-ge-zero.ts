import { deadPassAsLive } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const backwardReluGeZero = defineMisconception({
  id: "backward-relu-ge-zero",
  kind: "essential",
  check: "backward.gradients",
  title: "The ReLU derivative lets the dead units through",
  recognise: ({ program, backward: b }, symptoms) => {
    if (!b || b.patterns.includes("none")) return undefined;
    const compares = program.facts.uses.some(
      (use) =>
        use.kind === "compare" &&
        use.operands.some((text) => /^0(\.0*)?$/.test(text)) &&
        use.reachedFrom.includes("backward_propagation_with_dropout"),
    );
    const layers = ([1, 2] as const).filter((layer) => deadPassAsLive(b, layer));
    return compares ? explainLayers(symptoms, layers, "backward.gradients/relu") : undefined;
  },
  why: "`A` is never negative, since relu made it, so `A >= 0` is true for every unit. The derivative of relu is 0 where Z is negative: those units had no part in the result.",
  next: "For a unit with Z = -2, what is A? And what does your comparison say about it?",
});
