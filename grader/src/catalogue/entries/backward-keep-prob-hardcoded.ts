import type { LawFit } from "../../model/law.ts";
import type { Program } from "../../model/program.ts";
import { defineMisconception, explainLayers, layersWith } from "../define.ts";

export const backwardKeepProbHardcoded = defineMisconception({
  id: "backward-keep-prob-hardcoded",
  kind: "essential",
  check: "backward.scaled",
  title: "A number is written where keep_prob belongs",
  recognise: ({ backward: b, forward: f, program }, symptoms) => {
    // A keep_prob that is remembered from a call before is no number that is written there.
    const before = [b?.measures[0], f?.measures.at(-1)].flatMap((call) => call?.keep_prob ?? []);
    const remembered = before.filter((p) => !isWritten(program, p));
    const isOne = (fit: LawFit | undefined) =>
      remembered.some((p) => Math.abs((fit?.value ?? 0) * p - 1) < 1e-3);
    const layers = b ? layersWith(b.scale, "constant").filter((l) => !isOne(b.scale[l - 1])) : [];
    return explainLayers(symptoms, layers, "backward.scaled/scale");
  },
  why: "Backward is told which keep_prob the forward pass used. With a number in its place it is right for one setting, and wrong for all others.",
  next: "Is there a literal in your backward pass that changes nothing when keep_prob does?",
});

function isWritten({ facts }: Program, x: number): boolean {
  const texts = facts.uses.flatMap((use) => [use.detail, ...use.operands]);
  return texts.some((text) => text.includes(String(x)) || text.includes(String(x).slice(1)));
}
