import { Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  backward_propagation_with_dropout,
  forward_propagation_with_dropout,
  predict,
} from "../../solutions/correct/course/src/dropout.ts";
import type { NetworkCase } from "../src/model/fixture.ts";
import { matrices, networkCases, replay } from "./fixtures.ts";

type Rows = number[][];

/** The greatest difference, relative to the greatest entry where that is above 1. */
function distance(actual: Matrix, expected: Rows): number {
  const other = new Matrix(expected);
  expect([actual.rows, actual.columns]).toEqual([other.rows, other.columns]);
  return Matrix.sub(actual, other).abs().max() / Math.max(1, other.abs().max());
}

function forwardOf({ X, parameters, keep_prob, uniform }: NetworkCase) {
  const rng = replay(uniform);
  return forward_propagation_with_dropout(new Matrix(X), matrices(parameters), keep_prob, rng);
}

describe.each(networkCases)("$name, from the reference solution", ({ fixture }) => {
  const { X, Y, parameters, keep_prob, expected } = fixture;

  test("forward", () => {
    const { A3, cache } = forwardOf(fixture);
    expect(distance(A3, expected.cache.A3)).toBeLessThan(1e-12);
    const wanted = Object.entries(expected.cache);
    const got: Record<string, Matrix> = { ...cache };
    for (const [key, rows] of wanted) {
      expect(distance(got[key] ?? new Matrix(0, 0), rows), key).toBeLessThan(1e-12);
    }
  });

  test("backward", () => {
    const gradients: Record<string, Matrix> = {
      ...backward_propagation_with_dropout(
        new Matrix(X),
        new Matrix(Y),
        matrices(expected.cache),
        keep_prob,
      ),
    };
    for (const [key, rows] of Object.entries(expected.gradients)) {
      expect(distance(gradients[key] ?? new Matrix(0, 0), rows), key).toBeLessThan(1e-12);
    }
  });

  test("the gradients are those of the cost, by central differences", () => {
    for (const key of ["W1", "b1", "W2", "b2", "W3", "b3"] as const) {
      const measured = slopes(fixture, key);
      expect(distance(new Matrix(measured), expected.gradients[`d${key}`]), key).toBeLessThan(1e-8);
    }
  });

  test("predict", () => {
    const labels = predict(new Matrix(X), matrices(parameters));
    const wanted = expected.predict_A3.map((row) => row.map((a) => (a > 0.5 ? 1 : 0)));
    expect(labels.to2DArray()).toEqual(wanted);
  });
});

/** The cost's derivative by every entry of one parameter, the draws held fixed. */
function slopes(fixture: NetworkCase, key: keyof NetworkCase["parameters"]): Rows {
  const step = 1e-5;
  const moved = (by: number, i: number, j: number) => {
    const parameters = structuredClone(fixture.parameters);
    const row = parameters[key][i] ?? [];
    row[j] = (row[j] ?? Number.NaN) + by;
    return cost({ ...fixture, parameters });
  };
  return fixture.parameters[key].map((row, i) =>
    row.map((_, j) => (moved(step, i, j) - moved(-step, i, j)) / (2 * step)),
  );
}

/**
 * The cross-entropy averaged over examples. Written in Z3, as log(1 - A3) loses its digits where
 * the output is near 1: -y log a - (1 - y) log(1 - a) = log(1 + e^z) - y z.
 */
function cost(fixture: NetworkCase): number {
  const Z3 = forwardOf(fixture).cache.Z3.to2DArray();
  const terms = Z3.flatMap((row, i) =>
    row.map((z, j) => {
      const y = fixture.Y[i]?.[j] ?? Number.NaN;
      return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z;
    }),
  );
  return terms.reduce((sum, term) => sum + term, 0) / fixture.m;
}
