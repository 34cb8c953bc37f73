import { dropsAllAtOnce } from "../../assignment/signs.ts";
import { type SymptomKey } from "../../model/diagnosis.ts";
import { constantShare, defineMisconception, explain } from "../define.ts";

export const thresholdConstant = defineMisconception({
  id: "threshold-constant",
  kind: "essential",
  check: "forward.mask",
  title: "The mask does not depend on keep_prob",
  recognise: ({ forward: f }, symptoms) => {
    if (!f) return undefined;
    const never = explain(symptoms, "forward.mask/never-drops");
    // Units that were multiplied by numbers of all kinds were not compared with anything.
    const isMask = f.ratio.every(({ example }) => !example?.isPart);
    if (never && isMask) return { ...never, explains: (s) => NOTHING_DROPS.includes(s.key) };
    const [fit] = f.kept.filter((k) => k.law === "constant" || k.law === "zero");
    // Low draws are all on one side of a constant.
    if (f.lowDraws === "mixed" && !f.usesMathRandom) return undefined;
    const half = fit?.law === "zero" || Math.abs((constantShare(f) ?? 0) - 0.5) < 0.02;
    const noDraws = dropsAllAtOnce(f);
    if (!noDraws && !(fit && half && f.ratio.every((r) => r.law !== "constant"))) return undefined;
    const signs = noDraws ? DRAWS_NOTHING : "forward.mask/share";
    return explain(symptoms, signs, "forward.mask/share", ...NOTHING_DROPS);
  },
  why: "The threshold that decides whether a unit stays has to be keep_prob itself. With a constant in its place the same share is kept whatever is asked for; with 1 everything, and dropout never happens.",
  next: "Which two numbers does the comparison that makes your mask compare? Which of them changes when keep_prob does?",
});

const DRAWS_NOTHING: readonly SymptomKey[] = [
  "forward.mask/share",
  "forward.mask/sharing",
  "forward.mask/frozen",
];

const NOTHING_DROPS: readonly SymptomKey[] = [
  "forward.mask/never-drops",
  "forward.mask/sharing",
  "forward.mask/frozen",
  "forward.mask/rng",
  "forward.mask/cached-mask",
  "forward.applied/nothing-dropped",
];
