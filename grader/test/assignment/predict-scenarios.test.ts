import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { predictScenarios } from "../../src/assignment/predict-scenarios.ts";
import { randomFor } from "../../src/judge/random.ts";

const SEEDS = Array.from({ length: 60 }, (_, k) => `predict ${k}`);

describe.each(SEEDS)("with the seed %s", (seed) => {
  const { mixed, trained } = predictScenarios(randomFor(seed, "predict"));

  test.each(["first", "second"])("labels tell that the %s ReLU is left out", (which) => {
    const { W1, b1, W2, b2, W3, b3 } = mixed.parameters;
    const Z1 = B.linear(W1, mixed.X, b1);
    const A1 = which === "first" ? Z1 : B.relu(Z1);
    const Z2 = B.linear(W2, A1, b2);
    const Z3 = B.linear(W3, which === "second" ? Z2 : B.relu(Z2), b3);
    const other = Z3.data.filter((z, k) => z > 0 !== (mixed.A3.data[k] ?? 0) > 0.5);
    expect(other.length).toBeGreaterThanOrEqual(2);
  });

  test("other parameters give the same X the other labels", () => {
    expect(trained.X).toBe(mixed.X);
    trained.A3.data.forEach((a, k) => expect(a > 0.5).toBe((mixed.A3.data[k] ?? 0) < 0.5));
  });
});
