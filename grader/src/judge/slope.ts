/** The step from dA to dZ, where dA is right, and what became of dZ after it was used. */

import * as B from "../assignment/block.ts";
import type { BackwardLayerMeasure, GradientMeasure } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import type { BackwardQuestion } from "./backward-call.ts";
import type { Own } from "./gradients.ts";
import { compare, weightMeasure } from "./products.ts";

export interface SlopeAsked {
  /** (n_l, m), as returned. */
  dA: Block;
  dZ: Block;
  /** W_{l+1}ᵀ·dZ_{l+1}, (n_l, m). */
  raw: Block;
  D: Block;
  Z: Block;
  /** As it stands in the cache. */
  A: Block;
  keep_prob: number;
}

/**
 * dZ beside dA ∘ [Z > 0]. Nothing where dA is not the gradient with mask and scale, or where dZ was
 * made before one of the two: then it is not this step that shows.
 */
export function slopeOf({
  dA,
  dZ,
  raw,
  D,
  Z,
  A,
  keep_prob,
}: SlopeAsked): GradientMeasure | undefined {
  const masked = B.times(raw, D);
  if (!B.close(dA, B.scaled(masked, 1 / keep_prob))) return undefined;
  const live = B.positive(Z);
  const isMasked = dZ.data.every((x, k) => D.data[k] !== 0 || x === 0);
  const isUnscaled = keep_prob < 1 && B.close(dZ, B.times(masked, live));
  if (!isMasked || isUnscaled) return undefined;
  // A cache whose masks are wrong has units at rest that D keeps: forward is to blame for those.
  const byActivation = compare(dZ, B.times(dA, B.positive(A)));
  return byActivation.state === "right" ? byActivation : compare(dZ, B.times(dA, live));
}

/** dZ as it was before it was changed, if it was: a multiple of dA ∘ [Z > 0]. */
export function unchangedDelta(layer: BackwardLayerMeasure, own: Own, Z: Block): Block | undefined {
  const dA = layer.layer === 2 ? own.dA2 : own.dA1;
  return layer.slope?.state === "multiple" && dA ? B.times(dA, B.positive(Z)) : undefined;
}

export type Products = Record<"dW3" | "db3" | "dW2" | "db2" | "dW1" | "db1", GradientMeasure>;

/** What dW and db are for a dZ that was not changed yet; `divisor` is m unless that is folded into dZ3. */
export function productsBefore(
  { q, own, divisor }: { q: BackwardQuestion; own: Own; divisor: number },
  layer: 1 | 2,
  dZ: Block,
): Partial<Products> {
  const { A1, D1, Z1 } = q.given;
  const from = layer === 2 ? { found: own.dW2, A: A1, D: D1, Z: Z1 } : { found: own.dW1, A: q.X };
  const dW = weightMeasure({ q, dZ, divisor }, from);
  const db = compare(layer === 2 ? own.db2 : own.db1, B.scaled(B.rowSums(dZ), 1 / divisor));
  return layer === 2 ? { dW2: dW, db2: db } : { dW1: dW, db1: db };
}
