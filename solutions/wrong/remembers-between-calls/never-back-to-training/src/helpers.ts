import { Matrix } from "ml-matrix";
import type { Rng } from "./types.ts";

// Every function here returns a new matrix and leaves its arguments as they were.

/** The linear part of a layer, W A + b. W is (n, k), A is (k, m), b is (n, 1); returns (n, m). */
export function linear(W: Matrix, A: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b);
}

/** A matrix of the shape of A, (n, m), with `f` applied to every entry. */
export function map(A: Matrix, f: (entry: number) => number): Matrix {
  return new Matrix(A.to2DArray().map((row) => row.map((entry) => f(entry))));
}

/** max(0, z) for every entry. Z is (n, m); returns (n, m). */
export function relu(Z: Matrix): Matrix {
  return map(Z, (z) => Math.max(0, z));
}

/** The derivative of relu: 1 where Z is above 0, otherwise 0. Z is (n, m); returns (n, m). */
export function reluDerivative(Z: Matrix): Matrix {
  return map(Z, (z) => (z > 0 ? 1 : 0));
}

/** 1 / (1 + e^-z) for every entry. Z is (n, m); returns (n, m). */
export function sigmoid(Z: Matrix): Matrix {
  return map(Z, (z) => 1 / (1 + Math.exp(-z)));
}

/** The sum of each row, as a column. A is (n, m); returns (n, 1). */
export function rowSums(A: Matrix): Matrix {
  return Matrix.columnVector(A.sum("row"));
}

/** A (rows, cols) matrix of numbers drawn from `rng`, each uniform in [0, 1), row by row. */
export function randomMatrix(rows: number, cols: number, rng: Rng): Matrix {
  return Matrix.rand(rows, cols, { random: rng });
}
