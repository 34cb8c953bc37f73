import { defineMisconception, explain } from "../define.ts";

export const predictThreshold = defineMisconception({
  id: "predict-threshold",
  kind: "essential",
  check: "predict.labels",
  title: "The label turns at another probability than 0.5",
  recognise: ({ predict: p }, symptoms) => {
    const t = p?.threshold;
    if (t === undefined || t === 0.5) return undefined;
    // Worked out together with two factors, it is not known that well.
    const isPlain = p?.scale?.layer1 === 1 && p.scale.layer2 === 1;
    if (Math.abs(t - 0.5) < (isPlain ? 0.004 : 0.02)) return undefined;
    // Labels between the two are wrong, and no others.
    const [low, high] = [Math.min(t, 0.5) - 0.01, Math.max(t, 0.5) + 0.01];
    if (!p?.wrong.every(({ A3 }) => low < A3 && A3 < high)) return undefined;
    const found = explain(symptoms, "predict.labels/labels");
    return (
      found && {
        ...found,
        what: `The label turns from 0 to 1 where A3 is about ${t.toFixed(2)}; 0.5 was expected.`,
      }
    );
  },
  why: "The sigmoid is above 0.5 exactly where Z3 is positive, and that is where the more probable class changes.",
  next: "Which number is A3 compared with?",
});
