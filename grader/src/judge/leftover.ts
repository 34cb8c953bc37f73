/** What the units that a mask drops hold where that is not 0. */

import * as B from "../assignment/block.ts";
import type { Leftover } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { isConstant, near, spreadOf } from "./spread.ts";

interface Entry {
  k: number;
  found: number;
  relu: number;
  isKept: boolean;
}

/**
 * Nothing where a unit is 0, or where those that the mask drops go on as they were, or as the others
 * do: such a mask was not applied. Here it was, and wrote something else than 0.
 */
export function leftoverOf(
  activation: Block,
  relu: Block,
  { D, keep_prob }: { D: Block | undefined; keep_prob: number },
): Leftover | undefined {
  if (D === undefined || !B.sameShape(D, relu) || !B.sameShape(activation, relu)) return undefined;
  const floor = 1e-3 * B.largest(relu);
  const live = [...relu.data].flatMap((r, k): Entry[] =>
    r > floor ? [{ k, found: activation.data[k] ?? 0, relu: r, isKept: D.data[k] !== 0 }] : [],
  );
  const [kept, dropped] = [true, false].map((isKept) => live.filter((e) => e.isKept === isKept));
  const isZero = (e: Entry) => Math.abs(e.found) <= 1e-7 * e.relu;
  if (!kept || !dropped?.length || live.some(isZero)) return undefined;
  // Where none was kept, as it should be.
  const asKept = kept.length > 0 ? kept : dropped.map((e) => ({ ...e, found: e.relu / keep_prob }));
  return writtenOver(asKept, dropped);
}

function writtenOver(kept: readonly Entry[], dropped: readonly Entry[]): Leftover | undefined {
  const ratioOf = (entries: readonly Entry[], shift = 0) =>
    spreadOf(entries.map((e) => (e.found - shift) / e.relu));
  const [own, others] = [ratioOf(dropped), ratioOf(kept)];
  const values = spreadOf(dropped.map((e) => e.found));
  if (!own || !others || !values) return undefined;
  if (isConstant(own)) {
    const isUntouched = near(own.median, 1) || near(own.median, others.median);
    const isMask = isConstant(others) && !isUntouched;
    if (dropped.length > 1 || !isMask)
      return isMask ? { kind: "multiple", value: own.median } : undefined;
  }
  const { median: value } = values;
  // The same was added to the units that stay, or they are as they should be.
  const rest = ratioOf(kept, value);
  const isShift = rest !== undefined && isConstant(rest);
  return isConstant(values) && (isConstant(others) || isShift)
    ? { kind: "constant", value }
    : undefined;
}
