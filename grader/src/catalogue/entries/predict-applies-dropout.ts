import type { Program, SourceUse } from "../../model/program.ts";
import { forwardCallsOfPredict } from "../../assignment/signs.ts";
import { defineMisconception, explain } from "../define.ts";

export const predictAppliesDropout = defineMisconception({
  id: "predict-applies-dropout",
  kind: "essential",
  check: "predict.no-dropout",
  title: "Units are still dropped at prediction time",
  recognise: ({ predict: p, program }, symptoms) => {
    if (drawsLabels(program)) return undefined;
    // Random labels are no dropped units, and neither is an answer that is remembered.
    if (p && p.mathRandomDraws > 0 && (p.drawsForOne < 2 || p.remembers)) return undefined;
    return explain(
      symptoms,
      "predict.no-dropout/random",
      "predict.labels/labels",
      "predict.no-dropout/scale",
    );
  },
  why: "Dropout is for training. A prediction has to use the whole network, or the same patient gets another diagnosis each time you ask. With keep_prob = 1 the training code does nothing, and that is all that prediction needs.",
  next: "Call `predict` twice with the same X. If the answers differ, where do the random numbers come from? If they do not, which units are missing both times?",
});

/** Its forward pass is told to keep all units, and something beside that pass draws numbers. */
function drawsLabels({ facts }: Program): boolean {
  const calls = forwardCallsOfPredict(facts);
  const isBeside = ({ kind, reachedFrom }: SourceUse) =>
    kind === "random" &&
    reachedFrom.includes("predict") &&
    !reachedFrom.includes("forward_propagation_with_dropout");
  return calls.length > 0 && calls.every(isPlain) && facts.uses.some(isBeside);
}

const isPlain = ({ detail }: SourceUse) => /^1(\.0*)?$/.test(detail);
