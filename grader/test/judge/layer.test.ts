/** What a cached Z may hold: itself, or itself after the mask where the mask comes before the ReLU. */

import { expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { measureLayer } from "../../src/judge/layer.ts";
import type { Block } from "../../src/model/observation.ts";

const rows = (...values: number[][]) =>
  B.block(values.length, values[0]?.length ?? 0, (i, j) => values[i]?.[j] ?? 0);

const Z = rows([1, -2, 3], [-4, 5, -6]);
const D = rows([1, 1, 0], [0, 1, 1]);
const keep_prob = 0.5;
const A = B.scaled(B.times(B.relu(Z), D), 1 / keep_prob);

function linear(cached: Block, mask: Block = D) {
  const next = { W: rows([1, 1]), b: rows([0]) };
  return measureLayer({ layer: 1, keep_prob, Z, cached: { Z: cached, A, D: mask }, next }).measure
    .linear;
}

test.each([
  ["as it is", Z],
  ["after the mask", B.times(Z, D)],
  ["after mask and scale", B.scaled(B.times(Z, D), 1 / keep_prob)],
])("%s is right", (_, cached) => {
  expect(linear(cached)).toBe("right");
});

test.each([
  ["what the ReLU left", B.relu(Z)],
  ["the activation itself", A],
  ["another number", B.map(Z, (z) => (z === 5 ? 5.1 : z))],
])("%s is wrong", (_, cached) => {
  expect(linear(cached)).toBe("wrong");
});

test("a mask that is not to be believed says nothing about zeros", () => {
  const inverted = B.map(D, (d) => 1 - d);
  expect(linear(B.times(Z, D), inverted)).toBe("right");
});

test("what goes on from a Z that the ReLU has cut is the right activation", () => {
  const next = { W: rows([1, 1]), b: rows([0]) };
  const cached = { Z: A, A, D };
  const { measure } = measureLayer({ layer: 1, keep_prob, Z, cached, next });
  expect(measure.ratio).toEqual({ count: 2, median: 2, min: 2, max: 2 });
});
