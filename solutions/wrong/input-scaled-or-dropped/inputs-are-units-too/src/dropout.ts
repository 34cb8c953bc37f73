import { Matrix } from "ml-matrix";
import type { Cache, Gradients, Parameters, Rng } from "./types";

const relu = (Z: Matrix): Matrix => Matrix.abs(Z).add(Z).div(2);
const sigmoid = (Z: Matrix): Matrix => Matrix.exp(Z).div(Matrix.exp(Z).add(1));

/** Bernoulli mask: floor(u + p) is 1 with probability p. */
function bernoulli(rows: number, columns: number, p: number, rng: Rng): Matrix {
  return Matrix.rand(rows, columns, { random: rng }).add(p).floor();
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const m = X.columns;
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  // draw all the masks up front
  const D0 = bernoulli(X.rows, m, keep_prob, rng);
  const D1 = bernoulli(W1.rows, m, keep_prob, rng);
  const D2 = bernoulli(W2.rows, m, keep_prob, rng);
  const factor = 1 / keep_prob;

  const A0 = X.clone().mul(factor).mul(D0);
  const Z1 = W1.mmul(A0).addColumnVector(b1);
  const A1 = relu(Z1).mul(factor).mul(D1);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const A2 = relu(Z2).mul(factor).mul(D2);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const m = Y.columns;
  const factor = 1 / keep_prob;
  const heaviside = (A: Matrix): Matrix => Matrix.sign(A).add(1).div(2).floor();
  const average = (dZ: Matrix): Matrix => dZ.mmul(Matrix.ones(m, 1)).div(m);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);

  const dA2 = cache.W3.transpose().mmul(dZ3).mul(factor).mul(cache.D2);
  const dZ2 = Matrix.mul(dA2, heaviside(cache.Z2));
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);

  const dA1 = cache.W2.transpose().mmul(dZ2).mul(factor).mul(cache.D1);
  const dZ1 = Matrix.mul(dA1, heaviside(cache.Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);

  return {
    dZ3, dW3, db3: average(dZ3),
    dA2, dZ2, dW2, db2: average(dZ2),
    dA1, dZ1, dW1, db1: average(dZ1),
  };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  // with keep_prob = 1 nothing is dropped and nothing is scaled
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1.0);
  return Matrix.rowVector(A3.getRow(0).map((a) => (a > 0.5 ? 1 : 0)));
}
