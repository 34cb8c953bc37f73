import { percent } from "../../assignment/words.ts";
import { type SymptomKey } from "../../model/diagnosis.ts";
import { constantShare, defineMisconception, explain } from "../define.ts";

export const keepProbHardcoded = defineMisconception({
  id: "keep-prob-hardcoded",
  kind: "essential",
  check: "forward.mask",
  title: "A number is written where keep_prob belongs",
  recognise: ({ forward: f }, symptoms) => {
    const share = f && constantShare(f);
    if (!f || share === undefined) return undefined;
    // All draws below 0.2 are on one side of a number like 0.7.
    const isBetween = share > 0.2 && share < 0.8;
    if (isBetween && f.lowDraws === "mixed" && !f.usesMathRandom) return undefined;
    const literal = f.ratio.some(
      (r) => r.law === "constant" && Math.abs((r.value ?? 0) * share - 1) < 0.03,
    );
    const keys: SymptomKey[] = ["forward.mask/share", "forward.network/finite"];
    if (literal) keys.push("forward.scaled/ratio");
    const recognition = explain(symptoms, "forward.mask/share", ...keys);
    const keptAll = f.pooled.some((p) => p.keep_prob === 1 && p.found === 1);
    const most = keptAll && share < 1 ? 0.86 : 1;
    const what = `About ${percent(share)} of the units were kept at every keep_prob from 0.05 to ${most}.`;
    return recognition && { ...recognition, what };
  },
  why: "The function is given keep_prob, and the next call may bring another one: a hyperparameter is there to be tuned. With the number written into the code, every setting trains the same network, and without a short cut keep_prob = 1 still drops units.",
  next: "Where in your function does a literal stand for the probability? What would happen in a call with keep_prob = 1?",
});
