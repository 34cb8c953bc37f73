/** dW and db beside what the student's own dZ gives. */

import * as B from "../assignment/block.ts";
import type { EntryDifference, GradientMeasure } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import type { BackwardQuestion } from "./backward-call.ts";
import { spreadOf } from "./spread.ts";

/** Ratios of entries below this share of the largest one drown in single-precision noise. */
export const FLOOR = 1e-2;

export interface WeightFrom {
  found: Block | undefined;
  A: Block;
  D?: Block;
  Z?: Block;
}

export function weightMeasure(
  { q, dZ, divisor }: { q: BackwardQuestion; dZ: Block; divisor: number },
  from: WeightFrom,
): GradientMeasure {
  const of = (A: Block) => B.scaled(B.product(dZ, B.transposed(A)), 1 / divisor);
  const expected = of(from.A);
  const plain = compare(from.found, expected);
  if (plain.state === "right" || from.found === undefined || !from.D || !from.Z) return plain;
  const masked = compare(
    from.found,
    of(
      B.times(
        from.A,
        B.map(from.D, (d) => (d === 0 ? 0 : 1)),
      ),
    ),
  );
  if (masked.state === "right") return masked;
  const undropped = B.close(from.found, of(B.relu(from.Z)));
  if (q.cache === "own" && undropped) return { ...plain, state: "wrong", fromUndropped: true };
  if (masked.state === "multiple" && plain.state !== "multiple")
    return { ...masked, ofMasked: true };
  return plain;
}

/** Right, a multiple of what it should be, or wrong. */
export function compare(found: Block | undefined, expected: Block): GradientMeasure {
  if (found === undefined) return { state: "missing" };
  if (B.close(found, expected)) return { state: "right" };
  const floor = FLOOR * B.largest(expected);
  const spread = spreadOf(
    [...expected.data].flatMap((e, k) =>
      Math.abs(e) > floor ? [(found.data[k] ?? Number.NaN) / e] : [],
    ),
  );
  const first = firstEntry(found, expected);
  const entry = first ? { first } : {};
  if (spread && B.close(found, B.scaled(expected, spread.median)))
    return { state: "multiple", factor: spread.median, ...entry };
  return { state: "wrong", ...entry };
}

/** The first entry that differs by more than single precision can explain. */
export function firstEntry(found: Block, expected: Block): EntryDifference | undefined {
  const place = B.firstDifference(found, expected);
  if (!place) return undefined;
  const [row, column] = place;
  return { row, column, found: B.at(found, row, column), expected: B.at(expected, row, column) };
}
