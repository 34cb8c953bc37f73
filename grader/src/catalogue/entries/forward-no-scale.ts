import type { ForwardMeasure } from "../../model/measurement.ts";
import { scalesElsewhere, scalesNextLinear } from "../../assignment/signs.ts";
import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const forwardNoScale = defineMisconception({
  id: "forward-no-scale",
  kind: "essential",
  check: "forward.scaled",
  title: "The mask is applied, but nothing is scaled",
  recognise: ({ forward: f }, symptoms) => {
    const layers = f && !scalesElsewhere(f) ? layersWith(f.ratio, "one") : [];
    const found = explainLayers(symptoms, layers, "forward.scaled/ratio");
    if (found && f && scalesNextLinear(f))
      return {
        ...found,
        what: `${found.what} What was divided is \`Z\` of the next layer, and with it its bias.`,
        explains: (s) => s.key === "forward.network/linear" || found.explains(s),
      };
    // The scale of the hidden layers was put on the output.
    const isScaled = (m: ForwardMeasure) => m.keep_prob < 1 && m.output === "scaled";
    if (!found || layers.length < 2 || !f?.measures.some(isScaled)) return found;
    return {
      ...found,
      what: `${found.what} And the output \`A3\` is a multiple of sigmoid(Z3).`,
      explains: (s) => s.key === "forward.applied/output" || found.explains(s),
    };
  },
  why: "Each survivor keeps its value, but there are fewer of them: on average the next layer reads keep_prob times what it will read at prediction time, when all units are there. 1/keep_prob makes up for it, so that `predict` can run the plain network.",
  next: "Take the mean of `A1` over many masks and compare it with relu(Z1). By what factor do they differ?",
});
