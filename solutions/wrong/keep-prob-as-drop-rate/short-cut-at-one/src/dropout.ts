import { Matrix } from "ml-matrix";
import { linear, relu, reluDerivative, rowSums, sigmoid } from "./helpers";
import type { Cache, Gradients, Parameters, Rng } from "./types";
function dropout(A: Matrix, keep: number, rng: Rng): { A: Matrix; D: Matrix } {
  if (keep === 1) return { A, D: Matrix.ones(A.rows, A.columns) };
  const D = new Matrix(A.rows, A.columns);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) {
      const dropProb = keep;
      const dropped = rng() < dropProb;
      D.set(i, j, dropped ? 0 : 1);
    }
  }
  return { A: Matrix.mul(A, D).div(1 - keep), D };
}
function dropoutBackward(dA: Matrix, D: Matrix, keep: number): Matrix {
  return keep === 1 ? dA : Matrix.mul(dA, D).div(1 - keep);
}
export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = linear(W1, X, b1);
  const { A: A1, D: D1 } = dropout(relu(Z1), keep_prob, rng);
  const Z2 = linear(W2, A1, b2);
  const { A: A2, D: D2 } = dropout(relu(Z2), keep_prob, rng);
  const Z3 = linear(W3, A2, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const dZ3 = Matrix.sub(A3, Y);
  const dA2 = dropoutBackward(W3.transpose().mmul(dZ3), D2, keep_prob);
  const dZ2 = Matrix.mul(dA2, reluDerivative(Z2));
  const dA1 = dropoutBackward(W2.transpose().mmul(dZ2), D1, keep_prob);
  const dZ1 = Matrix.mul(dA1, reluDerivative(Z1));
  return {
    dZ3, dW3: dZ3.mmulByTranspose ? dZ3.mmul(A2.transpose()).div(m) : dZ3, db3: rowSums(dZ3).div(m), dA2, dZ2,
    dW2: dZ2.mmul(A1.transpose()).div(m), db2: rowSums(dZ2).div(m), dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: rowSums(dZ1).div(m),
  };
}
export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const out = Matrix.zeros(1, A3.columns);
  A3.getRow(0).forEach((a, j) => { if (a > 0.5) out.set(0, j, 1); });
  return out;
}
