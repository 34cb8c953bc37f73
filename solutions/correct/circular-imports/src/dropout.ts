import { Matrix } from "ml-matrix";
type Rng = () => number;
function linear(W: Matrix, A: Matrix, b: Matrix): Matrix {
  const Z = W.mmul(A);
  return Z.addColumnVector(b);
}
function relu(Z: Matrix): Matrix {
  return Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns));
}
function sigmoid(Z: Matrix): Matrix {
  const E = Matrix.exp(Matrix.mul(Z, -1));
  return E.add(1).pow(-1);
}
function makeMask(rows: number, cols: number, keep: number, rng: Rng): Matrix {
  const D = Matrix.zeros(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      D.set(i, j, rng() < keep ? 1 : 0);
    }
  }
  return D;
}
function dropout(A: Matrix, D: Matrix, keep: number): Matrix {
  const masked = Matrix.mul(A, D);
  return masked.div(keep);
}
function undropout(dA: Matrix, D: Matrix, keep: number): Matrix {
  const masked = Matrix.mul(dA, D);
  return masked.div(keep);
}
function reluBackward(dA: Matrix, Z: Matrix): Matrix {
  const dZ = dA.clone();
  for (let i = 0; i < dZ.rows; i++) {
    for (let j = 0; j < dZ.columns; j++) {
      if (Z.get(i, j) <= 0) dZ.set(i, j, 0);
    }
  }
  return dZ;
}
function linearBackward(dZ: Matrix, A_prev: Matrix) {
  const m = A_prev.columns;
  const dW = dZ.mmul(A_prev.transpose()).div(m);
  const db = Matrix.columnVector(dZ.sum("row")).div(m);
  return { dW, db };
}
export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;
  const Z1 = linear(W1, X, b1);
  const D1 = makeMask(W1.rows, m, keep_prob, rng);
  const A1 = dropout(relu(Z1), D1, keep_prob);
  const Z2 = linear(W2, A1, b2);
  const D2 = makeMask(W2.rows, m, keep_prob, rng);
  const A2 = dropout(relu(Z2), D2, keep_prob);
  const Z3 = linear(W3, A2, b3);
  const A3 = sigmoid(Z3);
  const cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const dZ3 = Matrix.sub(A3, Y);
  const { dW: dW3, db: db3 } = linearBackward(dZ3, A2);
  const dA2 = undropout(W3.transpose().mmul(dZ3), D2, keep_prob);
  const dZ2 = reluBackward(dA2, Z2);
  const { dW: dW2, db: db2 } = linearBackward(dZ2, A1);
  const dA1 = undropout(W2.transpose().mmul(dZ2), D1, keep_prob);
  const dZ1 = reluBackward(dA1, Z1);
  const { dW: dW1, db: db1 } = linearBackward(dZ1, X);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}
export function predict(X: Matrix, parameters: any) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(linear(W1, X, b1));
  const A2 = relu(linear(W2, A1, b2));
  const A3 = sigmoid(linear(W3, A2, b3));
  const labels = Matrix.zeros(1, X.columns);
  for (let j = 0; j < X.columns; j++) {
    labels.set(0, j, A3.get(0, j) > 0.5 ? 1 : 0);
  }
  return labels;
}

import { twice } from "./circ";
export const half = (x: number) => x / 2;
void twice;
