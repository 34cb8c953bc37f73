import * as B from "../assignment/block.ts";
import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { ForwardMeasure, ForwardSummary, Layer } from "../model/measurement.ts";
import { smallest } from "./clues.ts";
import { defineCheck } from "./define.ts";
import {
  culpritIn,
  forwardCulprit,
  hasLeftover,
  isNoise,
  isUnthresholded,
  layersOf,
  nothingDropped,
  readCulprit,
} from "./forward-common.ts";
import { number, percent } from "../assignment/words.ts";

/** On both hidden layers and nowhere else; what the next layer reads is masked. */
export const forwardApplied = defineCheck({
  id: "forward.applied",
  symptoms: ({ forward }) =>
    forward
      ? [
          ...dropped(forward),
          ...reads(forward),
          ...notZero(forward),
          ...output(forward),
          ...input(forward),
        ]
      : [],
});

function dropped(f: ForwardSummary): Symptom[] {
  return layersOf(
    (layer) =>
      nothingDropped(f, layer) &&
      !isNoise(f, layer) &&
      !isUnthresholded(f, layer) &&
      f.measures.some((m) => m.keep_prob < 1),
  ).map((layer) => ({
    key: "forward.applied/nothing-dropped",
    layer,
    what: `What layer ${layer + 1} reads of layer ${layer} has no unit dropped, at any keep_prob.`,
    culprit: forwardCulprit(f, "A", layer),
  }));
}

function reads(f: ForwardSummary): Symptom[] {
  const odd = (reading: string | undefined) =>
    ["relu", "dropped-and-scaled", "dropped", "solved"].includes(reading ?? "");
  return layersOf((layer) =>
    f.measures.some((m) => m.keep_prob < 1 && odd(m.layers[layer - 1]?.reads)),
  ).map((layer) => {
    const found = f.measures.find((m) => m.keep_prob < 1 && odd(m.layers[layer - 1]?.reads));
    const reading = READS[found?.layers[layer - 1]?.reads as keyof typeof READS];
    return {
      key: "forward.applied/next-reads",
      layer,
      what: `\`cache.A${layer}\` is not what layer ${layer + 1} reads: \`Z${layer + 1}\` was made from ${reading}.`,
      culprit: readCulprit(f, layer),
    };
  });
}

/** The mask was applied, and wrote something else than 0. */
function notZero(f: ForwardSummary): Symptom[] {
  return layersOf((layer) => hasLeftover(f, layer)).map((layer) => {
    const m = f.measures.find((x) => x.layers[layer - 1]?.leftover && x.m > 1);
    const { kind, value } = m?.layers[layer - 1]?.leftover ?? { kind: "constant", value: 0 };
    const held = kind === "constant" ? number(value) : `${number(value)} × relu(Z${layer})`;
    const what = `With keep_prob ${m?.keep_prob}, the units that \`D${layer}\` drops are not 0 in what layer ${layer + 1} reads: they are ${held}.`;
    return {
      key: "forward.applied/not-zero",
      layer,
      what,
      culprit: writtenCulprit(f, layer),
    };
  });
}

/** Where the activation holds it: before the scale, if that comes after, or with it. */
function writtenCulprit(f: ForwardSummary, layer: Layer): Culprit {
  const culprit = forwardCulprit(f, "A", layer);
  const keep_prob = f.measures.find(({ id }) => id === culprit.call)?.keep_prob ?? 1;
  const [first, ...others] = culprit.clues;
  if (first?.kind !== "value") return culprit;
  const before = first.values.map((A) => B.scaled(A, keep_prob));
  return {
    ...culprit,
    clues: [{ kind: "value", values: [...before, ...first.values] }, ...others],
  };
}

const READS = {
  relu: "the activation before dropout",
  "dropped-and-scaled": "the masked and scaled activation, while the cache holds another one",
  dropped: "the masked activation, while the cache holds another one",
  solved: "another activation than the cache holds",
};

function output(f: ForwardSummary): Symptom[] {
  const hit = f.measures.filter(
    (m) => m.keep_prob < 1 && (m.output === "dropped" || m.output === "scaled"),
  );
  // With few entries, all may have been kept, or none.
  const isMixed = (m: ForwardMeasure) =>
    (m.outputOwn?.data.filter((a) => a !== 0).length ?? 0) >= 3 && m.outputOwn?.data.includes(0);
  const shown = smallest(hit.filter(isMixed)) ?? hit[0];
  if (!shown) return [];
  const zeros = shown.outputOwn
    ? shown.outputOwn.data.filter((a) => a === 0).length / shown.outputOwn.data.length
    : 0;
  const what =
    shown.output === "scaled"
      ? "The output `A3` is a multiple of sigmoid(Z3)."
      : `With keep_prob ${shown.keep_prob}, ${percent(zeros)} of the output \`A3\` is exactly 0, which a sigmoid never is.`;
  return [{ key: "forward.applied/output", what, culprit: culpritIn(shown, "A3", 2) }];
}

/** Z1 is not W1·X + b1, but it is when the plain network is asked for. */
function input(f: ForwardSummary): Symptom[] {
  const wrong = f.measures.filter((m) => m.layers[0].linear === "wrong");
  const plain = f.measures.filter((m) => m.keep_prob === 1);
  if (wrong.length === 0 || plain.length === 0 || plain.some((m) => m.layers[0].linear === "wrong"))
    return [];
  const what = `With keep_prob ${wrong[0]?.keep_prob}, \`Z1\` is not W1·X + b1; with keep_prob 1 it is.`;
  return [{ key: "forward.applied/input", what, culprit: forwardCulprit(f, "Z", 1) }];
}
