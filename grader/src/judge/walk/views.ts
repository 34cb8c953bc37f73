/** A known value as numbers in a row, and the form in which such a row holds it. */

import * as B from "../../assignment/block.ts";
import type { Block } from "../../model/observation.ts";
import { hasFactor, isNear } from "./forms.ts";
import type { Form, Known, Mask } from "./known.ts";

/** Of two values that are proportional by accident, at least this many entries would have to be. */
const LEAST_ENTRIES = 3;

/** A known as it is looked for: worked out once, and then held against every place. */
export interface Sought {
  size: number;
  /** As one value of a site, upright and transposed. */
  wholes: readonly View[];
  /** As several values of a site, end to end. */
  pieces: readonly View[];
}

export interface View {
  known: Known;
  base: Block;
  masks: readonly FittingMask[];
  /** What is no larger counts as 0. */
  floor: number;
  isTransposed: boolean;
  isWhole: boolean;
  /** The first two entries that do not count as 0, whose ratio rules out most rows of numbers. */
  probe: readonly [number, number] | undefined;
}

/** Nothing for what would be found everywhere. */
export function soughtFor(known: Known, masks: readonly Mask[]): Sought[] {
  const { rows, cols, data } = known.value;
  // One number, or the same throughout, may be anything.
  if (data.every((x) => x === data[0])) return [];
  const fits = known.isExact ? [] : fitting(masks, known.value);
  const upright = {
    ...{ known, base: known.value, masks: fits },
    floor: 1e-9 * B.largest(known.value),
    isTransposed: false,
  };
  const turned = {
    ...upright,
    base: B.transposed(known.value),
    masks: fits.map(({ mask, value }) => ({ mask, value: B.transposed(value) })),
    isTransposed: true,
  };
  const views = (rows === 1 || cols === 1 ? [upright] : [upright, turned]).map((view) => ({
    ...view,
    probe: probeOf(view),
  }));
  const viewed = (isWhole: boolean) => views.map((view) => ({ ...view, isWhole }));
  return [{ size: data.length, wholes: viewed(true), pieces: viewed(false) }];
}

function probeOf({ base, floor }: Pick<View, "base" | "floor">): View["probe"] {
  const [first, second] = B.pickFrom(base, (b, k) => (Math.abs(b) > floor ? k : undefined));
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** False where `formOf` would find nothing, as its first two entries show; asked very often. */
export function mayBegin(numbers: Float64Array, start: number, { base, probe }: View): boolean {
  if (probe === undefined) return true;
  const [i, j] = probe;
  const [x, y] = [numbers[start + i] ?? 0, numbers[start + j] ?? 0];
  if (x === 0 || y === 0) return true;
  const [a, b] = [x * (base.data[j] ?? 0), y * (base.data[i] ?? 0)];
  // Twice what `isNear` allows. A NaN is left to formOf.
  return !(Math.abs(a - b) > 2e-5 * Math.abs(a));
}

interface FittingMask {
  mask: Mask;
  value: Block;
}

function fitting(masks: readonly Mask[], value: Block): FittingMask[] {
  return masks.flatMap((mask) =>
    B.sameShape(mask.value, value) ? [{ mask, value: mask.value }] : [],
  );
}

/**
 * The factor and the mask that lead from the base to the numbers; nothing where none do. A plain
 * loop, since most windows differ in their second entry and there are very many.
 */
export function formOf(
  numbers: Float64Array,
  start: number,
  { known, base, masks, floor, isWhole }: View,
): Omit<Form, "known"> | undefined {
  // Where no mask could be named in the end, the first zero settles it.
  const mayDrop = !known.isExact && (isWhole || masks.length > 0);
  let factor = Number.NaN;
  let kept = 0;
  let dropped = 0;
  for (let k = 0; k < base.data.length; k++) {
    const b = base.data[k] ?? 0;
    const x = numbers[start + k] ?? Number.NaN;
    if (Math.abs(b) <= floor) {
      if (Math.abs(x) > 1e3 * floor || Number.isNaN(x)) return undefined;
    } else if (x === 0) {
      if (!mayDrop) return undefined;
      dropped += 1;
    } else if (Number.isNaN(factor)) {
      factor = x / b;
      kept = 1;
    } else if (isNear(x / b, factor)) {
      kept += 1;
    } else {
      return undefined;
    }
  }
  if (Math.abs(factor - 1) < 1e-5) factor = 1;
  if (!Number.isFinite(factor)) return undefined;
  if (known.isExact && !hasFactor(known, factor)) return undefined;
  if (dropped === 0) return factor === 1 || kept >= LEAST_ENTRIES ? { factor } : undefined;
  if (kept < LEAST_ENTRIES) return undefined;
  // What is left of Z by a ReLU is better called relu(Z).
  const found = numbers.subarray(start, start + base.data.length);
  if (dropsThose(B.positive(base), found, base)) return undefined;
  const mask = masks.find((m) => dropsThose(m.value, found, base))?.mask;
  if (mask) return { factor, mask };
  // In pieces, or with next to nothing left, it is more likely another thing.
  return isWhole && kept >= Math.max(LEAST_ENTRIES, dropped / 4)
    ? { factor, mask: "other" }
    : undefined;
}

/** The mask is 0 just where the numbers are, as far as the base lets one see. */
function dropsThose(mask: Block, found: Float64Array, base: Block): boolean {
  return base.data.every((b, k) => {
    const d = mask.data[k] ?? Number.NaN;
    return Math.abs(b) < 1e-12 || Number.isNaN(d) || (d === 0) === (found[k] === 0);
  });
}
