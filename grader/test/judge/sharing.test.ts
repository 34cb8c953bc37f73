/** Masks that are the same in both layers, told from coins that happen to agree. */

import { expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { sameInBothLayers, sharingOf } from "../../src/judge/sharing.ts";
import type { ForwardMeasure, LayerMeasure } from "../../src/model/measurement.ts";
import type { Block } from "../../src/model/observation.ts";

/** As much of a measured call as this question looks at. */
function callWith(one: Block, two: Block, keep_prob = 0.6): ForwardMeasure {
  const layers = [one, two].map((pattern) => ({ pattern }) as LayerMeasure);
  const { rows, cols } = one;
  return { n1: rows, n2: two.rows, m: cols, keep_prob, layers } as unknown as ForwardMeasure;
}

/** Coins of a linear congruential generator; NaN where a unit is dead. */
function coins(
  n: number,
  m: number,
  { seed, dead = 0, kept = 0.6 }: { seed: number; dead?: number; kept?: number },
): Block {
  let state = seed;
  const next = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  return B.block(n, m, () => (next() < dead ? Number.NaN : next() < kept ? 1 : 0));
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

/** Calls in which every unit is live, of coins that keep a share `kept`, as a literal would. */
const patterns = (kept: number, seed: number, change: (p: Block) => Block = (p) => p) =>
  [11, 46, 12, 13].map((m, k) => {
    const uniform = coins(16, m, { seed: seed * 10 + k + 1, kept });
    return { ...callWith(change(uniform), change(uniform)), live: true };
  });

test("coins that keep nearly everything are no sharing, whatever they leave whole", () => {
  for (let seed = 1; seed <= 200; seed++) {
    for (const kept of [0.8, 0.86, 0.95, 0.98])
      expect(sharingOf(patterns(kept, seed), 1), `${kept} ${seed}`).toBe("none");
  }
});

test.each([
  ["some-units", (p: Block) => B.block(p.rows, p.cols, (i, j) => (i < 8 ? 1 : B.at(p, i, j)))],
  [
    "some-examples",
    (p: Block) => B.block(p.rows, p.cols, (i, j) => (2 * j < p.cols ? 1 : B.at(p, i, j))),
  ],
  ["some-units", (p: Block) => B.block(p.rows, p.cols, (i, j) => (i === 15 ? 1 : B.at(p, i, j)))],
  ["lost-examples", (p: Block) => B.block(p.rows, p.cols, (i, j) => (j === 0 ? 0 : B.at(p, i, j)))],
  ["repeated", (p: Block) => B.block(p.rows, p.cols, (i, j) => B.at(p, i % 4, j))],
  ["examples", (p: Block) => B.block(p.rows, p.cols, (i) => B.at(p, i, 0))],
  ["units", (p: Block) => B.block(p.rows, p.cols, (_, j) => B.at(p, 0, j))],
])("%s at any seed", (expected, change) => {
  for (let seed = 1; seed <= 50; seed++)
    expect(sharingOf(patterns(0.6, seed, change), 1), `${seed}`).toBe(expected);
});
