import { number, percent } from "../../assignment/words.ts";
import { type SymptomKey } from "../../model/diagnosis.ts";
import type { LawExample, LawFit } from "../../model/law.ts";
import { defineMisconception, explain } from "../define.ts";

export const keepProbRounded = defineMisconception({
  id: "keep-prob-rounded",
  kind: "essential",
  check: "forward.mask",
  title: "keep_prob is rounded before it is used",
  recognise: ({ forward: f, backward: b }, symptoms) => {
    const example = f && exampleOf(f.ratio);
    if (!f || !example || !isRounded(example)) return undefined;
    const used = 1 / example.found;
    const share = f.pooled.find((p) => p.keep_prob === example.keep_prob)?.found ?? Number.NaN;
    // Mask and scale, and not the scale alone.
    if (!(Math.abs(share - used) < Math.abs(share - example.keep_prob))) return undefined;
    const keys: SymptomKey[] = ["forward.mask/share", "forward.scaled/ratio"];
    const back = b && exampleOf(b.scale);
    if (back && isRounded(back)) keys.push("backward.scaled/scale");
    const recognition = explain(symptoms, "forward.mask/share", ...keys);
    const what = `With keep_prob ${example.keep_prob}, ${percent(share)} of the units were kept, and divided by ${number(used)}.`;
    return recognition && { ...recognition, what };
  },
  why: "Whoever sets keep_prob to 0.86 gets another network than was asked for, and is not told. Mask and scale agree with each other, so the mean activation comes out right, and with keep_prob 0.8 or 0.5 nothing shows.",
  next: "What becomes of 0.86 on its way from the parameter list to the mask? And of 0.96?",
});

/** Where both layers do the same, and what they do is right in other calls. */
function exampleOf([one, two]: readonly [LawFit, LawFit]): LawExample | undefined {
  const isOther = [one, two].every(({ law }) => law === "other");
  return isOther && !one.example?.isPart ? one.example : undefined;
}

/** The number that was used is the given one with a single decimal, up or down. */
function isRounded({ keep_prob, found }: LawExample): boolean {
  const tenths = 10 / found;
  const isWhole = Math.abs(tenths - Math.round(tenths)) < 0.01;
  return isWhole && Math.abs(tenths / 10 - keep_prob) < 0.1;
}
