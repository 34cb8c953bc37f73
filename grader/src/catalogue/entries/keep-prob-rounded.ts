import { number, percent } from "../../assignment/words.ts";
import type { Recognition, Symptom, SymptomKey } from "../../model/diagnosis.ts";
import type { LawExample, LawFit } from "../../model/law.ts";
import type { ForwardSummary } from "../../model/measurement.ts";
import { allWith, defineMisconception, explain } from "../define.ts";

export const keepProbRounded = defineMisconception({
  id: "keep-prob-rounded",
  kind: "essential",
  check: "forward.mask",
  title: "keep_prob is rounded before it is used",
  recognise: ({ forward: f, backward: b }, symptoms) => {
    const example = f && exampleOf(f.ratio);
    if (f && allWith(f.ratio, "inverse-keep")) return inMaskAlone(f, symptoms);
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
  why: "Whoever sets keep_prob to 0.86 gets another network than was asked for, and is not told. With keep_prob 0.8 or 0.5 nothing shows, and where mask and scale are rounded alike, the mean activation comes out right as well.",
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

/** The scale is right, and the share that is kept is that of a keep_prob with a single decimal. */
function inMaskAlone(f: ForwardSummary, symptoms: readonly Symptom[]): Recognition | undefined {
  const ways = [Math.round, Math.floor, Math.ceil].map(
    (way) => (p: number) => way(Number((10 * p).toFixed(6))) / 10,
  );
  const way = ways.find((used) =>
    f.pooled.every(({ keep_prob, found, bound }) => {
      const off = Math.abs(found - used(keep_prob));
      const plainlyOff = Math.abs(found - keep_prob);
      const isSame = used(keep_prob) === keep_prob;
      return isSame ? off <= bound : off <= Math.max(0.02, bound / 3) && off < plainlyOff / 2;
    }),
  );
  const shown = f.pooled.find(({ keep_prob }) => way && way(keep_prob) !== keep_prob);
  if (!way || !shown) return undefined;
  const what = `With keep_prob ${shown.keep_prob}, ${percent(shown.found)} of the units were kept; ${number(way(shown.keep_prob))} is what it comes to with a single decimal.`;
  const recognition = explain(symptoms, "forward.mask/share");
  return recognition && { ...recognition, what };
}
