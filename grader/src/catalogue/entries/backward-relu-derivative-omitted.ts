import { deadPassAsLive } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const backwardReluDerivativeOmitted = defineMisconception({
  id: "backward-relu-derivative-omitted",
  kind: "essential",
  check: "backward.gradients",
  title: "The ReLU derivative is missing",
  recognise: ({ backward: b }, symptoms) => {
    if (!b || b.patterns.includes("none")) return undefined;
    const layers = ([1, 2] as const).filter((layer) => deadPassAsLive(b, layer));
    return explainLayers(symptoms, layers, "backward.gradients/relu");
  },
  why: "On the way forward relu set the negative Z to 0, so a small change of such a Z changes nothing: its gradient is 0. `dZ` is `dA` only for the units with a positive Z.",
  next: "Between `dA` and `dZ` lies relu. Where in your code is its derivative?",
});
