import { deadPassAsLive, slopesOfZero } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const backwardReluGeZero = defineMisconception({
  id: "backward-relu-ge-zero",
  kind: "essential",
  check: "backward.gradients",
  title: "The ReLU derivative lets the dead units through",
  recognise: ({ program, backward: b }, symptoms) => {
    if (!b || b.patterns.includes("none")) return undefined;
    const layers = ([1, 2] as const).filter(
      (layer) => deadPassAsLive(b, layer) && slopesOfZero(program.facts, b, layer).length > 0,
    );
    return explainLayers(symptoms, layers, "backward.gradients/relu");
  },
  why: "`A` is never negative, since relu made it, so `A >= 0` is true for every unit. The derivative of relu is 0 where Z is negative: those units had no part in the result.",
  next: "For a unit with Z = -2, what is A? And what does your comparison say about it?",
});
