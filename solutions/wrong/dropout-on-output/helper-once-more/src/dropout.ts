import { Matrix } from "ml-matrix";
import { dropOut, survivors } from "./nn/mask";
import { ops } from "./nn/ops";
import type { Cache, Gradients, Parameters, Rng } from "./types";

export function forward_propagation_with_dropout(
  X: Matrix,
  { W1, b1, W2, b2, W3, b3 }: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const Z1 = ops.affine(W1, X, b1);
  const D1 = survivors(Z1, keep_prob, rng);
  const A1 = dropOut(ops.relu(Z1), D1, keep_prob);
  const Z2 = ops.affine(W2, A1, b2);
  const D2 = survivors(Z2, keep_prob, rng);
  const A2 = dropOut(ops.relu(Z2), D2, keep_prob);
  const Z3 = ops.affine(W3, A2, b3);
  const A3 = dropOut(ops.sigmoid(Z3), survivors(Z3, keep_prob, rng), keep_prob);
  const cache: Cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 }: Cache,
  keep_prob: number,
): Gradients {
  const scale = 1 / keep_prob;
  const weights = (dZ: Matrix, A: Matrix) => dZ.mmul(A.transpose()).mul(1 / X.columns);

  const dZ3 = A3.clone().sub(Y);
  const dA2 = ops.times(W3.transpose().mmul(dZ3), D2).mul(scale);
  const dZ2 = ops.times(dA2, ops.step(Z2));
  const dA1 = ops.times(W2.transpose().mmul(dZ2), D1).mul(scale);
  const dZ1 = ops.times(dA1, ops.step(Z1));

  return {
    dZ3,
    dW3: weights(dZ3, A2),
    db3: ops.meanRows(dZ3),
    dA2,
    dZ2,
    dW2: weights(dZ2, A1),
    db2: ops.meanRows(dZ2),
    dA1,
    dZ1,
    dW1: weights(dZ1, X),
    db1: ops.meanRows(dZ1),
  };
}

export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters): Matrix {
  const A1 = ops.relu(ops.affine(W1, X, b1));
  const A2 = ops.relu(ops.affine(W2, A1, b2));
  const A3 = ops.sigmoid(ops.affine(W3, A2, b3));
  return ops.map(A3, (p) => (p > 0.5 ? 1 : 0));
}
