/** Masks that are the same in both layers, told from coins that happen to agree. */

import { expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { sameInBothLayers } from "../../src/judge/sharing.ts";
import type { ForwardMeasure, LayerMeasure } from "../../src/model/measurement.ts";
import type { Block } from "../../src/model/observation.ts";

/** As much of a measured call as this question looks at. */
function callWith(one: Block, two: Block, keep_prob = 0.6): ForwardMeasure {
  const layers = [one, two].map((pattern) => ({ pattern }) as LayerMeasure);
  const { rows, cols } = one;
  return { n1: rows, n2: two.rows, m: cols, keep_prob, layers } as unknown as ForwardMeasure;
}

/** Coins of a linear congruential generator; NaN where a unit is dead. */
function coins(n: number, m: number, { seed, dead = 0 }: { seed: number; dead?: number }): Block {
  let state = seed;
  const next = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  return B.block(n, m, () => (next() < dead ? Number.NaN : next() < 0.6 ? 1 : 0));
}

test("a mask that serves both layers is seen where shapes agree", () => {
  const mask = coins(11, 13, { seed: 5 });
  expect(sameInBothLayers([callWith(mask, mask)])).toBe(true);
  const more = coins(6, 8, { seed: 6, dead: 0.5 });
  expect(sameInBothLayers([callWith(mask, mask), callWith(more, more)])).toBe(true);
});

test("a dozen entries that agree are no proof: coins do that once in a thousand times", () => {
  const mask = coins(3, 4, { seed: 7 });
  expect(sameInBothLayers([callWith(mask, mask)])).toBe(false);
});

test("one entry that differs is proof enough", () => {
  const mask = coins(11, 13, { seed: 8 });
  const other = B.map(mask, (x) => x);
  other.data[100] = 1 - (mask.data[100] ?? 0);
  expect(sameInBothLayers([callWith(mask, other)])).toBe(false);
});

test("masks that keep everything are the same by right, and say nothing", () => {
  const ones = B.block(11, 13, () => 1);
  expect(sameInBothLayers([callWith(ones, ones)])).toBe(false);
  expect(sameInBothLayers([])).toBe(false);
});
