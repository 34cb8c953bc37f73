/** Where a gradient went that was made and not returned. */

import * as B from "../assignment/block.ts";
import type { Clue } from "../model/diagnosis.ts";
import type { BackwardMeasure } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { rawGradient } from "./backward-common.ts";
import { named } from "./clues.ts";

/** The last place that gives its value a name: it may well be another name. */
export function leadToMissing(m: BackwardMeasure): Clue[] {
  return m.missingKeys.flatMap((key): Clue[] => {
    const value = expected(key, m);
    return value ? [{ ...named(/./u, value), last: true }] : [];
  });
}

/** What it should be, by what the program has of the layers above it. */
function expected(key: string, m: BackwardMeasure): Block | undefined {
  const [, kind, digit] = /^d([WbAZ])([123])$/u.exec(key) ?? [];
  const layer = Number(digit) as 1 | 2 | 3;
  if (kind === "W" || kind === "b") return product(kind, layer, m);
  if (kind === undefined || layer === 3) return undefined;
  if (kind === "A") return activation(layer, m);
  const dA = m.own[`dA${layer}`] ?? activation(layer, m);
  return dA && B.times(dA, B.positive(m.given[`Z${layer}`]));
}

function product(kind: "W" | "b", layer: 1 | 2 | 3, m: BackwardMeasure): Block | undefined {
  const dZ = m.own[`dZ${layer}`] ?? expected(`dZ${layer}`, m);
  if (dZ === undefined) return undefined;
  if (kind === "b") return B.scaled(B.rowSums(dZ), 1 / m.m);
  const below = layer === 1 ? m.given.X : m.given[layer === 3 ? "A2" : "A1"];
  return B.scaled(B.product(dZ, B.transposed(below)), 1 / m.m);
}

function activation(layer: 1 | 2, m: BackwardMeasure): Block | undefined {
  const raw = rawGradient(m, layer);
  return raw && B.scaled(B.times(raw, m.given[`D${layer}`]), 1 / m.keep_prob);
}
