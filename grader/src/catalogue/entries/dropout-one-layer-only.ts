import { droppingLayers } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const dropoutOneLayerOnly = defineMisconception({
  id: "dropout-one-layer-only",
  kind: "essential",
  check: "forward.applied",
  title: "Only one of the two hidden layers has dropout",
  recognise: ({ forward: f }, symptoms) => {
    if (!f || droppingLayers(f).length !== 1) return undefined;
    const layer = droppingLayers(f)[0] === 1 ? 2 : 1;
    return explainLayers(
      symptoms,
      [layer],
      "forward.applied/nothing-dropped",
      "forward.scaled/ratio",
      "forward.mask/cached-mask",
      "forward.mask/share",
      "forward.network/cache",
    );
  },
  why: "Both hidden layers are regularised in this assignment. Without its own mask, the units of the other layer can go on relying on each other.",
  next: "Go through the four steps (draw, threshold, mask, scale) once for each hidden layer. Where do they stop?",
});
