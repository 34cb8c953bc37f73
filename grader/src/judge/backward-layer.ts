/** dA and dZ of one hidden layer in one call of the backward pass. */

import * as B from "../assignment/block.ts";
import type { BackwardLayerMeasure, BackwardPattern } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { oddActivationGradient } from "./activation-gradient.ts";
import type { BackwardQuestion } from "./backward-call.ts";
import type { Own } from "./gradients.ts";
import { FLOOR } from "./products.ts";
import { deadRatios, explainsBetter, ratios, through } from "./ratios.ts";
import { slopeOf } from "./slope.ts";

export interface LayerAsked {
  layer: 1 | 2;
  /** dZ of the layer above, as it was returned. */
  dZAbove: Block;
  /** The same as it may have been when this layer's gradient was made from it. */
  orFrom?: Block;
}

function partsOf(q: BackwardQuestion, layer: 1 | 2) {
  const { given } = q;
  return layer === 2
    ? {
        W: given.W3,
        Z: given.Z2,
        A: given.A2,
        D: given.D2,
        otherD: given.D1,
        last: q.lastMasks?.D2,
      }
    : {
        W: given.W2,
        Z: given.Z1,
        A: given.A1,
        D: given.D1,
        otherD: given.D2,
        last: q.lastMasks?.D1,
      };
}

/** W_{l+1}ᵀ·dZ_{l+1} ∘ D / keep_prob ∘ [Z > 0]. */
export function expectedDelta(q: BackwardQuestion, layer: 1 | 2, dZAbove: Block): Block {
  const { W, Z, D } = partsOf(q, layer);
  const raw = B.product(B.transposed(W), dZAbove);
  return B.times(B.times(B.scaled(raw, 1 / q.keep_prob), D), B.positive(Z));
}

export function measureLayer(
  q: BackwardQuestion,
  own: Own,
  asked: LayerAsked,
): BackwardLayerMeasure {
  const { layer } = asked;
  const { Z, A, D, otherD, last } = partsOf(q, layer);
  const dZ = layer === 2 ? own.dZ2 : own.dZ1;
  const dA = layer === 2 ? own.dA2 : own.dA1;
  const everywhere = B.map(Z, () => 1);
  const live = dZ ? B.positive(Z) : everywhere;
  const gradient = dZ ?? dA;
  const { base, origin } = cameFrom(q, { gradient, D, where: live }, { asked, own });
  return {
    layer,
    dZ: ratios(gradient, base, { D, where: live }),
    through: through(gradient, base, live),
    dA: ratios(dA, base, { D, where: everywhere }),
    oddA: dA && oddActivationGradient({ dA, raw: base, D, Z, keep_prob: q.keep_prob }),
    slope: dA && dZ && slopeOf({ dA, dZ, raw: base, D, Z, A, keep_prob: q.keep_prob }),
    dead: deadRatios(dZ, base, { Z }),
    deadKept: deadRatios(dZ, base, { Z, D }),
    pattern: patternOf(gradient, { base, live, D, otherD, last }),
    fromActivationGradient: origin === "activation",
    fromUntransposed: origin === "untransposed",
  };
}

type Origin = "delta" | "before" | "activation" | "untransposed";

interface Looked {
  gradient: Block | undefined;
  D: Block;
  where: Block;
}

/** What comes back to the layer before mask, scale and ReLU: from dZ above, unless another origin explains more. */
function cameFrom(
  q: BackwardQuestion,
  { gradient, D, where }: Looked,
  { asked, own }: { asked: LayerAsked; own: Own },
): { base: Block; origin: Origin } {
  const { layer, dZAbove, orFrom } = asked;
  const { W } = partsOf(q, layer);
  const back = (x: Block) => B.product(B.transposed(W), x);
  const others: [Origin, Block][] = [];
  if (orFrom) others.push(["before", back(orFrom)]);
  if (layer === 1 && own.dA2) others.push(["activation", back(own.dA2)]);
  if (layer === 1 && W.rows === W.cols) others.push(["untransposed", B.product(W, dZAbove)]);
  let best = { base: back(dZAbove), origin: "delta" as Origin };
  for (const [origin, base] of others) {
    const than = ratios(gradient, best.base, { D, where });
    const isBetter = explainsBetter(ratios(gradient, base, { D, where }), {
      than,
      keep_prob: q.keep_prob,
    });
    if (isBetter) best = { base, origin };
  }
  return best;
}

interface Masks {
  base: Block;
  live: Block;
  D: Block;
  otherD: Block;
  last: Block | undefined;
}

function patternOf(found: Block | undefined, masks: Masks): BackwardPattern {
  if (found === undefined) return "mask";
  const floor = FLOOR * B.largest(masks.base);
  const seen = [...found.data].flatMap((x, k) =>
    masks.live.data[k] === 1 && Math.abs(masks.base.data[k] ?? 0) > floor
      ? [{ k, through: Math.abs(x) > 1e-7 * Math.abs(masks.base.data[k] ?? 0) }]
      : [],
  );
  const agrees = (D: Block | undefined, flip = false) =>
    D !== undefined &&
    D.data.length === found.data.length &&
    seen.every((s) => ((D.data[s.k] !== 0) !== flip) === s.through);
  if (agrees(masks.D)) return "mask";
  if (seen.every((s) => s.through)) return "all";
  if (seen.every((s) => !s.through)) return "none";
  if (agrees(masks.D, true)) return "inverted";
  if (B.sameShape(masks.otherD, masks.D) && agrees(masks.otherD)) return "other-layer";
  if (agrees(masks.last)) return "last-forward";
  const isKept = (s: { k: number }) => masks.D.data[s.k] !== 0;
  if (seen.every((s) => !s.through || isKept(s))) return "fewer";
  return seen.every((s) => s.through || !isKept(s)) ? "more" : "unrelated";
}
