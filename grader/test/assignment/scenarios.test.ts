/** What fairness asks of the grader's own inputs (contract: never on the edge of a comparison), for many seeds. */

import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { plainForward } from "../../src/assignment/network.ts";
import { predictScenarios } from "../../src/assignment/predict-scenarios.ts";
import { backwardScenarios, forwardScenarios } from "../../src/assignment/scenarios.ts";
import { randomFor } from "../../src/judge/random.ts";
import type { Block } from "../../src/model/observation.ts";

const SEEDS = Array.from({ length: 60 }, (_, k) => `seed ${k}`);

/** The smallest distance of any entry to `to`. */
const distance = ({ data }: Pick<Block, "data">, to: number): number =>
  Math.min(...data.map((x) => Math.abs(x - to)));

test.each(SEEDS)("forward, %s", (seed) => {
  for (const { id, shape, keep_prob, X, parameters, draws, live } of forwardScenarios(
    randomFor(seed, "forward"),
  )) {
    const { Z1, Z2 } = plainForward(X, parameters);
    const n = (shape.n1 + shape.n2) * shape.m;
    expect(
      draws.every((u) => u > 0 && u < 1),
      id,
    ).toBe(true);
    expect(distance({ data: draws }, keep_prob), id).toBeGreaterThan(1e-7);
    expect(distance({ data: draws }, 1 - keep_prob), id).toBeGreaterThan(1e-7);
    // Any rule that keeps a set of measure p keeps p · n of the first n draws, to within one.
    const below = draws.subarray(0, n).filter((u) => u < keep_prob).length;
    expect(Math.abs(below - keep_prob * n), id).toBeLessThanOrEqual(1);
    expect(Math.min(distance(Z1, 0), distance(Z2, 0)), id).toBeGreaterThan(1e-4);
    if (!live) continue;
    // Whatever is dropped: Z2 is a sum of what is positive.
    const positive = [Z1, parameters.W2, parameters.b2].every(({ data }) =>
      data.every((x) => x > 0),
    );
    expect(positive, id).toBe(true);
  }
});

test.each(SEEDS)("backward, %s", (seed) => {
  for (const { id, keep_prob, X, Y, cache, shape } of backwardScenarios(
    randomFor(seed, "backward"),
  )) {
    const of = (name: string) => cache[name] ?? B.block(0, 0, () => 0);
    const chain = [
      ["Z1", B.linear(of("W1"), X, of("b1"))],
      ["A1", B.relu(of("Z1"))],
      ["Z2", B.linear(of("W2"), of("A1"), of("b2"))],
      ["A2", B.relu(of("Z2"))],
      ["Z3", B.linear(of("W3"), of("A2"), of("b3"))],
      ["A3", B.sigmoid(of("Z3"))],
    ] as const;
    for (const [name, expected] of chain)
      expect(B.close(of(name), expected), `${id} ${name}`).toBe(true);
    expect(B.largest(of("Z3")), id).toBeLessThan(15);
    expect([...Y.data].toSorted((a, b) => a - b).filter((y, k, all) => y !== all[k - 1])).toEqual([
      0, 1,
    ]);
    expect(Y.cols).toBe(shape.m);
    for (const layer of [1, 2]) {
      const fates = [...of(`D${layer}`).data].filter((_, k) => (of(`Z${layer}`).data[k] ?? 0) > 0);
      expect(new Set(fates), `${id} D${layer}`).toEqual(new Set(keep_prob === 1 ? [1] : [0, 1]));
    }
  }
});

describe("predict", () => {
  test.each(SEEDS)("%s", (seed) => {
    const scenarios = predictScenarios(randomFor(seed, "predict"));
    for (const { id, X, parameters, A3 } of Object.values(scenarios).flat()) {
      const { Z3 } = plainForward(X, parameters);
      expect(B.largest(Z3), id).toBeLessThan(15);
      // Farther from 0 than single precision could move it.
      expect(distance(Z3, 0), id).toBeGreaterThan(1e-4);
      expect(B.close(A3, B.sigmoid(Z3)), id).toBe(true);
    }
  });

  test.each(SEEDS)("a wrong label at either end of a line is no other boundary, %s", (seed) => {
    const { productLine, sumLine, thresholdLine } = predictScenarios(randomFor(seed, "predict"));
    for (const { id, x } of [productLine, sumLine, thresholdLine]) {
      const ascending = [...x].toSorted((a, b) => a - b);
      const farthest = id === "predict-sum" ? ascending.slice(0, 2) : ascending.slice(-2);
      const ends = [x.at(0), x.at(-1)].map(Number).toSorted((a, b) => a - b);
      expect(ends, id).toEqual(farthest);
    }
  });
});
