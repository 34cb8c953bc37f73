/** One call of the backward pass, every link recomputed from the student's own previous value. */

import * as B from "../assignment/block.ts";
import { GRADIENT_NAMES, type Shape } from "../assignment/network.ts";
import type {
  BackwardLayerMeasure,
  BackwardMeasure,
  BackwardPattern,
  FailedCall,
} from "../model/measurement.ts";
import type { Block, CallOutcome, Returned, Value } from "../model/observation.ts";
import { oddActivationGradient } from "./activation-gradient.ts";
import { describe } from "./forward-call.ts";
import { readGradients, type Own } from "./gradients.ts";
import { entriesOf } from "./read.ts";
import { compare, FLOOR, weightMeasure, type WeightFrom } from "./products.ts";
import { deadRatios, explainsBetter, ratios, through } from "./ratios.ts";
import { near } from "./spread.ts";

/** What the judge knows about a call of backward: blocks of full shape, masks as they act. */
export interface BackwardQuestion {
  id: string;
  cache: "own" | "made";
  shape: Shape;
  keep_prob: number;
  X: Block;
  Y: Block;
  /** W1 … A3 as the student was given them. */
  given: Record<"W2" | "W3" | "Z1" | "A1" | "Z2" | "A2" | "A3" | "D1" | "D2", Block>;
  /** The masks of the forward call that ran last, where its shapes are the same. */
  lastMasks?: { D1: Block; D2: Block };
}

export type BackwardResult =
  | { ok: true; measure: BackwardMeasure }
  | { ok: false; failed: FailedCall & { cache: "own" | "made" } };

export function measureBackward(question: BackwardQuestion, outcome: CallOutcome): BackwardResult {
  const { id, cache, keep_prob } = question;
  const failed = { id, cache, keep_prob, outcome };
  if (outcome.kind !== "returned") return { ok: false, failed };
  const entries = entriesOf(outcome.value);
  if (entries === undefined)
    return { ok: false, failed: { ...failed, what: describe(outcome.value) } };
  return { ok: true, measure: measureGradients(question, outcome, entries) };
}

function measureGradients(
  q: BackwardQuestion,
  outcome: Returned,
  entries: Record<string, Value>,
): BackwardMeasure {
  const { own, odd, missingKeys, notFinite, shapes } = readGradients(q, entries);
  const delta = compare(
    own.dZ3,
    B.zip(q.given.A3, q.Y, (a, y) => a - y),
  );
  const folded =
    q.shape.m > 1 && delta.state === "multiple" && near(delta.factor ?? 0, 1 / q.shape.m);
  const divisor = folded ? 1 : q.shape.m;
  const dZ3 = own.dZ3 ?? B.zip(q.given.A3, q.Y, (a, y) => a - y);
  const second = measureLayer(q, own, { layer: 2, dZAbove: dZ3 });
  const dZ2 = own.dZ2 ?? expectedDelta(q, 2, dZ3);
  const first = measureLayer(q, own, { layer: 1, dZAbove: dZ2 });
  const dZ1 = own.dZ1 ?? expectedDelta(q, 1, dZ2);
  return {
    ...{ id: q.id, cache: q.cache, keep_prob: q.keep_prob },
    ...{ nx: q.shape.nx, n1: q.shape.n1, n2: q.shape.n2, m: q.shape.m },
    mathRandomDraws: outcome.mathRandomDraws,
    changedArguments: outcome.changedArguments,
    ...{ missingKeys, notFinite, delta, own: { ...odd, ...own } },
    given: { ...q.given, X: q.X },
    extraKeys: Object.keys(entries).filter((key) => !GRADIENT_NAMES.some((name) => name === key)),
    layers: [second, first],
    gradients: { ...productsOf({ q, own, divisor }, { dZ3, dZ2, dZ1 }), ...shapes },
  };
}

function productsOf(
  { q, own, divisor }: { q: BackwardQuestion; own: Own; divisor: number },
  { dZ3, dZ2, dZ1 }: { dZ3: Block; dZ2: Block; dZ1: Block },
) {
  const weight = (dZ: Block, from: WeightFrom) => weightMeasure({ q, dZ, divisor }, from);
  const bias = (dZ: Block, db: Block | undefined) =>
    compare(db, B.scaled(B.rowSums(dZ), 1 / divisor));
  return {
    dW3: weight(dZ3, { found: own.dW3, A: q.given.A2, D: q.given.D2, Z: q.given.Z2 }),
    db3: bias(dZ3, own.db3),
    dW2: weight(dZ2, { found: own.dW2, A: q.given.A1, D: q.given.D1, Z: q.given.Z1 }),
    db2: bias(dZ2, own.db2),
    dW1: weight(dZ1, { found: own.dW1, A: q.X }),
    db1: bias(dZ1, own.db1),
  };
}

// --- dA and dZ of a hidden layer ---

interface LayerAsked {
  layer: 1 | 2;
  dZAbove: Block;
}

function partsOf(q: BackwardQuestion, layer: 1 | 2) {
  const { given } = q;
  return layer === 2
    ? { W: given.W3, Z: given.Z2, D: given.D2, otherD: given.D1, last: q.lastMasks?.D2 }
    : { W: given.W2, Z: given.Z1, D: given.D1, otherD: given.D2, last: q.lastMasks?.D1 };
}

/** W_{l+1}ᵀ·dZ_{l+1} ∘ D / keep_prob ∘ [Z > 0]. */
function expectedDelta(q: BackwardQuestion, layer: 1 | 2, dZAbove: Block): Block {
  const { W, Z, D } = partsOf(q, layer);
  const raw = B.product(B.transposed(W), dZAbove);
  return B.times(B.times(B.scaled(raw, 1 / q.keep_prob), D), B.positive(Z));
}

function measureLayer(
  q: BackwardQuestion,
  own: Own,
  { layer, dZAbove }: LayerAsked,
): BackwardLayerMeasure {
  const { W, Z, D, otherD, last } = partsOf(q, layer);
  const dZ = layer === 2 ? own.dZ2 : own.dZ1;
  const dA = layer === 2 ? own.dA2 : own.dA1;
  const live = B.positive(Z);
  const everywhere = B.map(Z, () => 1);
  const raw = B.product(B.transposed(W), dZAbove);
  const viaA = layer === 1 && own.dA2 ? B.product(B.transposed(W), own.dA2) : undefined;
  const measured = dZ
    ? ratios(dZ, raw, { D, where: live })
    : ratios(dA, raw, { D, where: everywhere });
  const fromActivationGradient =
    viaA !== undefined &&
    explainsBetter(ratios(dZ ?? dA, viaA, { D, where: dZ ? live : everywhere }), {
      than: measured,
      keep_prob: q.keep_prob,
    });
  const base = fromActivationGradient && viaA ? viaA : raw;
  return {
    layer,
    dZ: fromActivationGradient
      ? ratios(dZ ?? dA, base, { D, where: dZ ? live : everywhere })
      : measured,
    through: through(dZ ?? dA, base, dZ ? live : everywhere),
    dA: ratios(dA, base, { D, where: everywhere }),
    oddA: dA && oddActivationGradient({ dA, raw: base, D, Z, keep_prob: q.keep_prob }),
    dead: deadRatios(dZ, base, Z),
    pattern: patternOf(dZ ?? dA, { base, live: dZ ? live : everywhere, D, otherD, last }),
    fromActivationGradient,
  };
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
  return seen.every((s) => !s.through || masks.D.data[s.k] !== 0) ? "fewer" : "unrelated";
}
