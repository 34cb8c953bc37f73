import { cachedBeforeDropout } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers } from "../define.ts";

export const cachePreDropoutActivation = defineMisconception({
  id: "cache-pre-dropout-activation",
  kind: "essential",
  check: "forward.applied",
  title: "The cache holds the activation from before dropout",
  recognise: ({ forward: f }, symptoms) => {
    if (!f) return undefined;
    const layers = cachedBeforeDropout(f);
    if (layers.length === 0) return undefined;
    return explainLayers(
      symptoms,
      layers,
      "forward.applied/next-reads",
      "forward.applied/nothing-dropped",
      "forward.network/linear",
    );
  },
  why: "`cache.A1` has to be what layer 2 read, since `dW2` is made from it. With the activation from before dropout, the weights of dropped units get a gradient that they had no part in.",
  next: "At which moment does your function put `A1` aside: before the mask and the scale, or after?",
});
