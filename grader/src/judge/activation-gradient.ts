/** dA as it was returned, beside what the student's own dZ gives. */

import * as B from "../assignment/block.ts";
import type { EntryDifference } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";

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
 * The first entry of dA that is neither W_{l+1}ᵀ·dZ_{l+1} nor that divided by keep_prob. Where a
 * unit is dropped, or its Z is negative, 0 is right too: a program may mask late, scale late, or
 * apply the ReLU derivative in place. The contract accepts "dA returned before mask and scale".
 */
export function oddActivationGradient(g: ActivationGradient): EntryDifference | undefined {
  const scaled = B.scaled(g.raw, 1 / g.keep_prob);
  const bound = B.TOLERANCE * B.largest(scaled);
  const off = [g.raw, scaled].map((expected) =>
    [...expected.data.keys()].find((k) => {
      const found = g.dA.data[k] ?? Number.NaN;
      const mayBeZero = g.D.data[k] === 0 || (g.Z.data[k] ?? 0) < 0;
      return !(
        Math.abs(found - (expected.data[k] ?? 0)) <= bound ||
        (mayBeZero && Math.abs(found) <= bound)
      );
    }),
  );
  const [unscaled, first] = off;
  if (unscaled === undefined || first === undefined) return undefined;
  const [row, column] = [Math.floor(first / g.dA.cols), first % g.dA.cols];
  return { row, column, found: g.dA.data[first] ?? Number.NaN, expected: scaled.data[first] ?? 0 };
}
