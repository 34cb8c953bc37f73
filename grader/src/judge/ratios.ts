/** A gradient over what it should be a multiple of, entry by entry. */

import * as B from "../assignment/block.ts";
import type { Ratios } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { FLOOR } from "./products.ts";
import { isConstant, isConstantly, spreadOf } from "./spread.ts";

/** Ratios of a gradient to `base` where `where` is 1, apart for kept and dropped entries. */
export function ratios(
  found: Block | undefined,
  base: Block,
  { D, where }: { D: Block; where: Block },
): Ratios {
  if (found === undefined) return { kept: undefined, dropped: undefined };
  const floor = FLOOR * B.largest(base);
  const of = (keep: boolean) =>
    B.pickFrom(base, (r, k) =>
      where.data[k] === 1 && (D.data[k] !== 0) === keep && Math.abs(r) > floor
        ? (found.data[k] ?? Number.NaN) / r
        : undefined,
    );
  return { kept: spreadOf(of(true)), dropped: spreadOf(of(false)) };
}

/** Ratios where something came through. */
export function through(found: Block | undefined, base: Block, where: Block) {
  if (found === undefined) return undefined;
  const floor = FLOOR * B.largest(base);
  return spreadOf(
    B.pickFrom(base, (r, k) => {
      const ratio = (found.data[k] ?? Number.NaN) / r;
      const isThrough = where.data[k] === 1 && Math.abs(r) > floor && Math.abs(ratio) > 1e-7;
      return isThrough ? ratio : undefined;
    }),
  );
}

/** Each of the two ratios is one number throughout. */
function tidy({ kept, dropped }: Ratios): boolean {
  return [kept, dropped].every((s) => s === undefined || isConstant(s));
}

/**
 * One number where the other is none, or 1/keep_prob where it is not. Of a single entry both are one
 * number, and now and then any number is near another.
 */
export function explainsBetter(
  found: Ratios,
  { than, keep_prob }: { than: Ratios; keep_prob: number },
): boolean {
  const isScale = ({ kept }: Ratios) =>
    kept !== undefined && kept.count > 1 && isConstantly(kept, 1 / keep_prob);
  return tidy(found) && (!tidy(than) || (isScale(found) && !isScale(than)));
}

/** Ratios where Z is negative; with `D`, only where that keeps. */
export function deadRatios(dZ: Block | undefined, base: Block, { Z, D }: { Z: Block; D?: Block }) {
  if (dZ === undefined) return undefined;
  const floor = FLOOR * B.largest(base);
  return spreadOf(
    B.pickFrom(base, (r, k) => {
      const isDead = (Z.data[k] ?? 0) < 0 && Math.abs(r) > floor && D?.data[k] !== 0;
      return isDead ? (dZ.data[k] ?? Number.NaN) / r : undefined;
    }),
  );
}
