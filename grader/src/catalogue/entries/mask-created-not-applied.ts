import { droppingLayers, maskedLayers } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers, isUnscaledInPart } from "../define.ts";

export const maskCreatedNotApplied = defineMisconception({
  id: "mask-created-not-applied",
  kind: "essential",
  check: "forward.applied",
  title: "The mask is made but never applied",
  recognise: ({ forward: f }, symptoms) => {
    if (!f) return undefined;
    const dropping = droppingLayers(f);
    const layers = maskedLayers(f).filter(
      (layer) =>
        !dropping.includes(layer) &&
        f.measures.every((x) => x.layers[layer - 1]?.cachedKept === x.layers[layer - 1]?.live),
    );
    if (layers.length === 0) return undefined;
    // The dropped units go on as they were, and only the others are scaled.
    const isHalf = layers.every((layer) => isUnscaledInPart(f.ratio[layer - 1]));
    const found = explainLayers(
      symptoms,
      layers,
      "forward.applied/nothing-dropped",
      "forward.mask/cached-mask",
      "forward.applied/next-reads",
      ...(isHalf ? (["forward.scaled/ratio"] as const) : []),
    );
    const [layer] = layers;
    const what = `${found?.what} \`cache.D${layer}\` has zeros, but the activation beside it has none.`;
    return found && { ...found, what };
  },
  why: "The mask is drawn and cached, so everything looks prepared, but the activation goes on as it was. The forward pass is then the plain network and dropout does nothing.",
  next: "After the mask is made, in which line does it meet the activation? Where does the result of that line go?",
});
