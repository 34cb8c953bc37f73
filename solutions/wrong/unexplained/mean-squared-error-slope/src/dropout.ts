import type { Matrix } from "ml-matrix";
import * as np from "./np.js";

interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache extends Parameters { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = np.add_bias(np.dot(W1, X), b1);
  let A1 = np.maximum0(Z1);
  let D1 = np.rand(A1.rows, A1.columns, rng);
  D1 = np.less(D1, keep_prob);
  A1 = np.multiply(A1, D1);
  A1 = np.divide(A1, keep_prob);

  const Z2 = np.add_bias(np.dot(W2, A1), b2);
  let A2 = np.maximum0(Z2);
  let D2 = np.rand(A2.rows, A2.columns, rng);
  D2 = np.less(D2, keep_prob);
  A2 = np.multiply(A2, D2);
  A2 = np.divide(A2, keep_prob);

  const Z3 = np.add_bias(np.dot(W3, A2), b3);
  const A3 = np.sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;

  const slope = np.multiply(A3, np.subtract(np.greater(A3, 0), A3)); // sigmoid'(Z3)
  const dZ3 = np.multiply(np.subtract(A3, Y), slope);
  const dW3 = np.divide(np.dot(dZ3, np.transpose(A2)), m);
  const db3 = np.divide(np.sum_rows(dZ3), m);

  let dA2 = np.dot(np.transpose(W3), dZ3);
  dA2 = np.multiply(dA2, D2);
  dA2 = np.divide(dA2, keep_prob);
  const dZ2 = np.multiply(dA2, np.greater(Z2, 0));
  const dW2 = np.divide(np.dot(dZ2, np.transpose(A1)), m);
  const db2 = np.divide(np.sum_rows(dZ2), m);

  let dA1 = np.dot(np.transpose(W2), dZ2);
  dA1 = np.multiply(dA1, D1);
  dA1 = np.divide(dA1, keep_prob);
  const dZ1 = np.multiply(dA1, np.greater(Z1, 0));
  const dW1 = np.divide(np.dot(dZ1, np.transpose(X)), m);
  const db1 = np.divide(np.sum_rows(dZ1), m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return np.greater(A3, 0.5);
}
