import { unusedLayers } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const dropResultUnused = defineMisconception({
  id: "drop-result-unused",
  kind: "essential",
  check: "forward.applied",
  title: "The dropped activation is made, but the next layer does not read it",
  recognise: ({ forward: f }, symptoms) => {
    if (!f) return undefined;
    const layers = unusedLayers(f);
    if (layers.length === 0) return undefined;
    return explainLayers(
      symptoms,
      layers,
      "forward.applied/next-reads",
      "forward.applied/nothing-dropped",
      "forward.network/linear",
      "forward.mask/cached-mask",
    );
  },
  why: "Dropout works on the following layers: they have to do without the units that are gone. If they read the activation from before the mask, the zeros are in the cache and nowhere else.",
  next: "Name the matrix that the next linear step multiplies. Is it the one with the zeros?",
});
