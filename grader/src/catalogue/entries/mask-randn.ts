import { normalShareBelow } from "../../assignment/normal.ts";
import { percent } from "../../assignment/words.ts";
import { defineMisconception, explainLayers, layersKeeping } from "../define.ts";

export const maskRandn = defineMisconception({
  id: "mask-randn",
  kind: "essential",
  check: "forward.mask",
  title: "The mask is drawn from normal numbers, not uniform ones",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f ? layersKeeping(f, "normal") : [];
    const [first] = layers;
    if (!f || first === undefined) return undefined;
    const { keep_prob, found } = f.kept[first - 1]?.example ?? { keep_prob: 1, found: 1 };
    const recognition = explainLayers(
      symptoms,
      layers,
      "forward.mask/share",
      "forward.network/linear",
      "forward.mask/sharing",
    );
    const what = `With keep_prob ${keep_prob}, ${percent(found)} of the units${layers.length === 1 ? ` of layer ${first}` : ""} were kept: the share of a standard normal below ${keep_prob}, and that is ${percent(normalShareBelow(keep_prob))}.`;
    return recognition && { ...recognition, what };
  },
  why: "A standard normal number is below 0.8 with probability 0.788, so at 0.8 all looks well; it is below 0.3 with probability 0.618 and below 1 with probability 0.841. Only a uniform number in [0, 1) is below p with probability p.",
  next: "Which distribution do your random numbers come from, and what is the probability that one of them is below 1?",
});
