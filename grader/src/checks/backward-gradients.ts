import { backwardLayer } from "../assignment/signs.ts";
import { list, number } from "../assignment/words.ts";
import * as B from "../assignment/block.ts";
import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { BackwardMeasure, BackwardSummary, Layer } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { defineCheck } from "./define.ts";
import {
  asFound,
  BACKWARD,
  backwardCulprit,
  holdsMean,
  stoppedIn,
  usable,
} from "./backward-common.ts";
import { products } from "./backward-products.ts";
import { chainedIn, deadIn, steps } from "./backward-steps.ts";
import { named, smallest } from "./clues.ts";
import { leadToMissing } from "./missing-gradients.ts";
import { failureWords, placeOf } from "./failures.ts";

/** dW and db, each from the student's own dZ; the ReLU derivative; the arguments unchanged. */
export const backwardGradients = defineCheck({
  id: "backward.gradients",
  symptoms: ({ backward }) =>
    backward
      ? [
          ...failed(backward),
          ...result(backward),
          ...(backward.followsForward ? [] : activations(backward)),
          ...stopped(backward),
          ...activationGradients(backward),
          ...products(backward),
          ...changed(backward),
        ]
      : [],
});

/** What depends on the activations of the forward pass; dW and db are judged from the student's own dZ. */
function activations(b: BackwardSummary): Symptom[] {
  return [...changedDeltas(b), ...delta(b), ...relu(b), ...steps(b)];
}

function failed(b: BackwardSummary): Symptom[] {
  if (b.needsExtraKeys.length > 0) {
    const keys = list(b.needsExtraKeys.map((k) => `\`${k}\``));
    const what = `It works only on a cache that also has ${keys}, which the contract's cache does not have.`;
    return [{ key: "backward.gradients/extra-keys", what, culprit: { fn: BACKWARD, clues: [] } }];
  }
  // In square layers shapes agree that should not.
  const first = b.failures.find(({ id }) => id === "made-0.8") ?? b.failures[0];
  if (!first) return [];
  const what = failureWords(first, b.measures.length);
  return [
    {
      key: "backward.gradients/failed",
      what,
      culprit: { fn: BACKWARD, call: first.id, clues: placeOf(first.outcome) },
    },
  ];
}

function result(b: BackwardSummary): Symptom[] {
  const [m] = b.measures;
  const missing = m?.missingKeys ?? [];
  const found: Symptom[] = [];
  if (m && missing.length > 0)
    found.push({
      key: "backward.gradients/result",
      what: `What was returned has no ${list(missing.map((k) => `\`${k}\``))}.`,
      culprit: { fn: BACKWARD, call: m.id, clues: [...leadToMissing(m), { kind: "result" }] },
    });
  const broken = b.measures.find((x) => x.notFinite.length > 0);
  if (broken && b.needsExtraKeys.length === 0)
    found.push({
      key: "backward.gradients/finite",
      what: `With keep_prob ${broken.keep_prob}, ${list(broken.notFinite.map((k) => `\`${k}\``))} held NaN or Infinity.`,
      culprit: { fn: BACKWARD, call: broken.id, clues: [{ kind: "not-finite" }] },
    });
  return found;
}

/** Another dZ is returned than the one that dW and db were made from. */
function changedDeltas(b: BackwardSummary): Symptom[] {
  return (["dZ3", "dZ2", "dZ1"] as const).flatMap((name) => {
    const m = usable(b).find((x) => x.changedDeltas.includes(name));
    if (!m) return [];
    const right = name === "dZ3" ? "A3 - Y" : `dA${name.at(-1)} ∘ [Z${name.at(-1)} > 0]`;
    const { slope } = m.layers[name === "dZ2" ? 0 : 1];
    const found = asFound(name === "dZ3" ? m.delta : (slope ?? m.delta), right);
    const what = `\`${name}\` ends up as ${found}, but dW or db is right for ${right} itself. Arithmetic in place, such as \`${name}.div(m)\`, changes \`${name}\` for everything that reads it later.`;
    return [
      { key: "backward.gradients/changed-delta", what, culprit: backwardCulprit(b, name, m.id) },
    ];
  });
}

function delta(b: BackwardSummary): Symptom[] {
  const wrong = usable(b).find((m) => !deltaIsRight(m));
  if (!wrong) return [];
  return [
    {
      key: "backward.gradients/delta",
      what: `\`dZ3\` is ${asFound(wrong.delta, "A3 - Y")}.`,
      culprit: backwardCulprit(b, "dZ3", wrong.id),
    },
  ];
}

/** A3 - Y, or with 1/m folded in; a missing key is said elsewhere. */
function deltaIsRight(m: BackwardMeasure): boolean {
  return ["right", "missing"].includes(m.delta.state) || holdsMean(m);
}

function relu(b: BackwardSummary): Symptom[] {
  const found: Symptom[] = [];
  for (const layer of [2, 1] as const) {
    const m = deadIn(b, layer);
    if (m)
      found.push({
        key: "backward.gradients/relu",
        layer,
        what: `\`dZ${layer}\` is not 0 where \`Z${layer}\` is negative (cache with keep_prob ${m.keep_prob}).`,
        culprit: reluCulprit(b, m, layer),
      });
  }
  return found;
}

/** Live units that the mask keeps, and that learn nothing. */
function stopped(b: BackwardSummary): Symptom[] {
  return ([2, 1] as const).flatMap((layer) => {
    const m = stoppedIn(b, layer);
    if (!m) return [];
    const units = backwardLayer(m, layer).pattern === "none" ? "every unit" : "units";
    return [
      {
        key: "backward.gradients/stopped",
        layer,
        what: `\`dZ${layer}\` is 0 at ${units} whose \`Z${layer}\` is positive and which \`D${layer}\` keeps (cache with keep_prob ${m.keep_prob}).`,
        culprit: reluCulprit(b, m, layer),
      } satisfies Symptom,
    ];
  });
}

/** dA as it was returned, where the dZ beside it is right: what is wrong with both is said of dZ. */
function activationGradients(b: BackwardSummary): Symptom[] {
  return ([2, 1] as const).flatMap((layer) => {
    const isScaled =
      b.scale[layer - 1]?.law === "inverse-keep" && b.factor[layer - 1] === undefined;
    const isRight = b.patterns[layer - 1] === "mask" && isScaled && !b.bent[layer - 1];
    const oddIn = (m: BackwardMeasure) => backwardLayer(m, layer).oddA;
    const m = isRight ? usable(b).find(oddIn) : undefined;
    const odd = m && oddIn(m);
    if (!m || !odd || (layer === 1 && chainedIn(b))) return [];
    const { row, column, found, expected } = odd;
    const above = layer + 1;
    const value = m.own[`dA${layer}`];
    const culprit = backwardCulprit(b, `dA${layer}`, m.id);
    return [
      {
        key: "backward.gradients/activation",
        layer,
        what: `\`dA${layer}\` is not W${above}ᵀ·dZ${above} with mask and scale, although \`dZ${layer}\` is right: entry [${row}, ${column}] is ${number(found)}, ${number(expected)} was expected.`,
        culprit: {
          ...culprit,
          clues: [named(/^(grad\w*)?d_?A/i, value), ...culprit.clues],
        },
      } satisfies Symptom,
    ];
  });
}

function changed(b: BackwardSummary): Symptom[] {
  const names = [...new Set(b.measures.flatMap((m) => m.changedArguments))];
  if (names.length === 0) return [];
  const what = `After the call, ${list(names.map((n) => `\`${n}\``))} held other numbers than before.`;
  const call = smallest(b.measures.filter((m) => m.changedArguments.length > 0))?.id ?? "";
  return [
    {
      key: "backward.gradients/arguments",
      what,
      culprit: { fn: BACKWARD, call, clues: [{ kind: "change" }] },
    },
  ];
}

/** The slope the wrong way round, or the value of dZ under a name of its own: it may be equal to dA, which is right. */
function reluCulprit(b: BackwardSummary, m: BackwardMeasure, layer: Layer): Culprit {
  const value = m.own[`dZ${layer}`];
  const { Z1, Z2 } = m.given;
  const [Z, otherZ] = layer === 2 ? [Z2, Z1] : [Z1, Z2];
  const inverse = (of: Block) => B.map(of, (z) => (z > 0 ? 0 : 1));
  const culprit = backwardCulprit(b, `dZ${layer}`, m.id);
  return {
    ...culprit,
    clues: [
      { kind: "value", values: [inverse(Z)], alike: [inverse(otherZ)] },
      named(/^(grad\w*)?d_?Z/i, value),
      ...culprit.clues,
    ],
  };
}
