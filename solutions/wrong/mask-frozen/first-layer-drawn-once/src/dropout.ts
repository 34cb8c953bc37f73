import { Matrix } from "ml-matrix";
import { linear, map, randomMatrix, relu, reluDerivative, rowSums, sigmoid } from "./helpers.ts";
import type { Cache, Gradients, Parameters, Rng } from "./types.ts";

let drawn: Matrix | undefined;

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = linear(W1, X, b1);
  let A1 = relu(Z1);
  if (drawn?.rows !== A1.rows || drawn.columns !== A1.columns) {
    drawn = map(randomMatrix(A1.rows, A1.columns, rng), (u) => (u < keep_prob ? 1 : 0));
  }
  const D1 = drawn;
  A1 = Matrix.mul(A1, D1);
  A1 = Matrix.div(A1, keep_prob);

  const Z2 = linear(W2, A1, b2);
  let A2 = relu(Z2);
  let D2 = randomMatrix(A2.rows, A2.columns, rng);
  D2 = map(D2, (u) => (u < keep_prob ? 1 : 0)); // D2
  A2 = Matrix.mul(A2, D2);
  A2 = Matrix.div(A2, keep_prob);

  const Z3 = linear(W3, A2, b3);
  const A3 = sigmoid(Z3);

  const cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = rowSums(dZ3).div(m);

  let dA2 = W3.transpose().mmul(dZ3);
  dA2 = Matrix.mul(dA2, D2);
  dA2 = Matrix.div(dA2, keep_prob);
  const dZ2 = Matrix.mul(dA2, reluDerivative(Z2));
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = rowSums(dZ2).div(m);

  let dA1 = W2.transpose().mmul(dZ2);
  dA1 = Matrix.mul(dA1, D1);
  dA1 = Matrix.div(dA1, keep_prob);
  const dZ1 = Matrix.mul(dA1, reluDerivative(Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = rowSums(dZ1).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(linear(W1, X, b1));
  const A2 = relu(linear(W2, A1, b2));
  return map(sigmoid(linear(W3, A2, b3)), (a) => (a > 0.5 ? 1 : 0));
}
