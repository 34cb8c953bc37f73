import { droppingLayers } from "../../assignment/signs.ts";
import { number } from "../../assignment/words.ts";
import { type SymptomKey } from "../../model/diagnosis.ts";
import { allWith, defineMisconception, explain } from "../define.ts";
import { predictFactor } from "../predict-factor.ts";

export const vanillaDropout = defineMisconception({
  id: "vanilla-dropout",
  kind: "essential",
  check: "forward.scaled",
  title: "The 2014 paper's dropout instead of inverted dropout",
  recognise: (m, symptoms) => {
    const scale = m.predict?.scale;
    const f = m.forward;
    if (!f || !scale || !allWith(f.ratio, "one") || droppingLayers(f).length === 0)
      return undefined;
    if (predictFactor(m) !== "keep") return undefined;
    const keys: SymptomKey[] = [
      "forward.scaled/ratio",
      "predict.no-dropout/scale",
      "predict.labels/labels",
    ];
    if (m.backward && allWith(m.backward.scale, "one")) keys.push("backward.scaled/scale");
    const found = explain(symptoms, "forward.scaled/ratio", ...keys);
    const factors = `${number(scale.layer1)} and ${number(scale.layer2)}`;
    return (
      found && {
        ...found,
        what: `${found.what} And \`predict\` multiplies its hidden layers by ${factors}.`,
      }
    );
  },
  why: "This is dropout as Srivastava et al. published it in 2014: no scale in training, weights times keep_prob at test time. It is one coherent idea, and the same model up to the scale of the weights. The assignment asks for the inverted form, which does all of it in training, so that `predict` needs no afterthought; mixed with code that expects that form, yours is off by keep_prob in every layer.",
  next: "Which of the two places can see keep_prob without being told: the training pass or `predict`? Let that one do the scaling.",
});
