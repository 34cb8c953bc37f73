/** dA as it was returned, beside what the student's own dZ gives. */

import * as B from "../assignment/block.ts";
import type { EntryDifference } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { firstEntry } from "./products.ts";

export interface ActivationGradient {
  /** (n_l, m), as returned. */
  dA: Block;
  /** W_{l+1}ᵀ·dZ_{l+1}, (n_l, m). */
  raw: Block;
  D: Block;
  Z: Block;
  keep_prob: number;
}

/**
 * The first entry of dA that is neither W_{l+1}ᵀ·dZ_{l+1} nor that divided by keep_prob. The units
 * that the mask keeps and that are live share one of the two; any other may have either, or 0: a
 * program may mask late, scale late or only what it keeps, or apply the ReLU derivative in place.
 * The contract accepts "dA returned before mask and scale".
 */
export function oddActivationGradient(g: ActivationGradient): EntryDifference | undefined {
  const scaled = B.scaled(g.raw, 1 / g.keep_prob);
  const [unscaled, first] = [g.raw, scaled].map((form) =>
    firstEntry(g.dA, allowed(g, form, scaled)),
  );
  if (!unscaled || !first) return undefined;
  const { row, column } = first;
  return { ...first, expected: B.at(g.D, row, column) === 0 ? 0 : B.at(scaled, row, column) };
}

/** `form` where a live unit is kept; elsewhere what comes nearest to the entry found, of all that makes no difference. */
function allowed({ dA, raw, D, Z }: ActivationGradient, form: Block, scaled: Block): Block {
  return B.block(raw.rows, raw.cols, (i, j) => {
    if (B.at(D, i, j) !== 0 && B.at(Z, i, j) > 0) return B.at(form, i, j);
    const off = (x: number) => Math.abs(B.at(dA, i, j) - x);
    const choices = [B.at(raw, i, j), B.at(scaled, i, j), 0];
    return choices.reduce((best, x) => (off(x) < off(best) ? x : best));
  });
}
