/** Steps on the way back from one layer to the one before it, where mask and scale are right. */

import { backwardLayer } from "../assignment/signs.ts";
import { number } from "../assignment/words.ts";
import * as B from "../assignment/block.ts";
import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { BackwardMeasure, BackwardSummary, Layer } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { asFound, backwardCulprit, rawGradient, stoppedIn, usable } from "./backward-common.ts";
import { named } from "./clues.ts";

const LAYERS = [2, 1] as const;

export function steps(b: BackwardSummary): Symptom[] {
  return [...slopes(b), ...origins(b), ...factors(b)];
}

/** A call in which dA1 came from dA2; in one whose units are all live it looks right. */
export const chainedIn = (b: BackwardSummary): BackwardMeasure | undefined =>
  usable(b).find((m) => m.layers[1].fromActivationGradient);

/** dZ that is not made from the right dA beside it, where neither dead units nor stopped ones say so. */
function slopes(b: BackwardSummary): Symptom[] {
  return LAYERS.flatMap((layer) => {
    const name = `dZ${layer}` as const;
    if (!b.bent[layer - 1] || deadIn(b, layer) || stoppedIn(b, layer)) return [];
    const off = usable(b).filter((m) => !m.changedDeltas.includes(name));
    const m = off.find((x) => !isRight(x, layer));
    const slope = m && backwardLayer(m, layer).slope;
    if (!m || !slope) return [];
    const what = `\`${name}\` is ${asFound(slope, `dA${layer} ∘ [Z${layer} > 0]`)}, although \`dA${layer}\` is right (cache with keep_prob ${m.keep_prob}).`;
    const culprit = backwardCulprit(b, name, m.id);
    const clues = [named(/^(grad\w*)?d_?Z/i, m.own[name]), ...culprit.clues];
    return [{ key: "backward.gradients/slope", layer, what, culprit: { ...culprit, clues } }];
  });
}

function isRight(m: BackwardMeasure, layer: Layer): boolean {
  return backwardLayer(m, layer).slope?.state === "right";
}

/** A call in which units with a negative Z get a gradient. */
export function deadIn(b: BackwardSummary, layer: Layer): BackwardMeasure | undefined {
  const changed = `dZ${layer}` as const;
  return usable(b).find((m) => {
    const { dead } = backwardLayer(m, layer);
    const isQuiet = dead === undefined || Math.max(Math.abs(dead.min), Math.abs(dead.max)) < 1e-4;
    return !isQuiet && !m.changedDeltas.includes(changed);
  });
}

/** What the gradient of layer 1 was made from in the place of W2ᵀ·dZ2. */
function origins(b: BackwardSummary): Symptom[] {
  const chained = chainedIn(b);
  const turned = usable(b).find((m) => m.layers[1].fromUntransposed);
  const found: Symptom[] = [];
  if (chained)
    found.push({
      key: "backward.gradients/chain",
      what: "`dA1` is W2ᵀ·dA2, not W2ᵀ·dZ2.",
      culprit: originCulprit(
        b,
        chained,
        (W, m) => m.own["dA2"] && B.product(B.transposed(W), m.own["dA2"]),
      ),
    });
  if (turned)
    found.push({
      key: "backward.gradients/transposed",
      what: "Where `W2` is square, `dA1` is W2·dZ2; W2ᵀ·dZ2 was expected.",
      culprit: originCulprit(b, turned, (W, m) => m.own["dZ2"] && B.product(W, m.own["dZ2"])),
    });
  return found;
}

/** Where that first appears. */
function originCulprit(
  b: BackwardSummary,
  m: BackwardMeasure,
  from: (W: Block, m: BackwardMeasure) => Block | undefined,
): Culprit {
  const raw = from(m.given.W2, m);
  const culprit = backwardCulprit(b, "dA1", m.id);
  return { ...culprit, clues: [{ kind: "value", values: raw ? [raw] : [] }, ...culprit.clues] };
}

/** A factor beside mask and scale: 1/m once more, a sign, a number of the student's own. */
function factors(b: BackwardSummary): Symptom[] {
  return LAYERS.flatMap((layer) => {
    const factor = b.factor[layer - 1];
    if (!factor) return [];
    const above = layer + 1;
    const what = `With keep_prob ${factor.keep_prob}, \`dZ${layer}\` is ${number(factor.found)} × what W${above}ᵀ·dZ${above} gives with mask and 1/keep_prob.`;
    const culprit = backwardCulprit(b, `dZ${layer}`);
    const m = b.measures.find(({ id }) => id === culprit.call);
    return [
      { key: "backward.gradients/factor", layer, what, culprit: withOrigin(culprit, m, layer) },
    ];
  });
}

/** W_{l+1}ᵀ·dZ_{l+1} with the factor, before anything else is done to it. */
function withOrigin(culprit: Culprit, m: BackwardMeasure | undefined, layer: Layer): Culprit {
  if (!m) return culprit;
  const raw = rawGradient(m, layer);
  const median = backwardLayer(m, layer).through?.median ?? 1;
  const values = raw ? [B.scaled(raw, median * m.keep_prob)] : [];
  return { ...culprit, clues: [{ kind: "value", values }, ...culprit.clues] };
}
