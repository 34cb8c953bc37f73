import { Matrix } from "ml-matrix";
import type { Cache, Gradients, Parameters, Rng } from "./types.js";

// mul(), div(), add() of ml-matrix change the matrix they are called on, so clone first!

function reluInPlace(A: Matrix): Matrix {
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) {
      if (A.get(i, j) < 0) A.set(i, j, 0);
    }
  }
  return A;
}

function thresholdInPlace(U: Matrix, t: number): Matrix {
  for (let i = 0; i < U.rows; i++) {
    for (let j = 0; j < U.columns; j++) {
      U.set(i, j, U.get(i, j) < t ? 1 : 0);
    }
  }
  return U;
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  // bias trick: a row of ones below X, and b1 as the last column of W1
  X.addRow(new Array(X.columns).fill(1));
  const Wb = W1.clone().addColumn(b1);
  const Z1 = Wb.mmul(X);
  const A1 = reluInPlace(Z1.clone());
  const D1 = Matrix.rand(A1.rows, A1.columns, { random: rng });
  thresholdInPlace(D1, keep_prob);
  A1.mul(D1);
  A1.div(keep_prob);

  const Z2 = W2.mmul(A1);
  Z2.addColumnVector(b2);
  const A2 = reluInPlace(Z2.clone());
  const D2 = Matrix.rand(A2.rows, A2.columns, { random: rng });
  thresholdInPlace(D2, keep_prob);
  A2.mul(D2);
  A2.div(keep_prob);

  const Z3 = W3.mmul(A2);
  Z3.addColumnVector(b3);
  const A3 = Z3.clone();
  A3.neg().exp().add(1).pow(-1);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const perExample = 1 / X.columns;

  const dZ3 = A3.clone();
  dZ3.sub(Y);
  const dW3 = dZ3.mmul(A2.transpose());
  dW3.mul(perExample);
  const db3 = Matrix.columnVector(dZ3.sum("row"));
  db3.mul(perExample);

  const dA2 = W3.transpose().mmul(dZ3);
  dA2.mul(D2);
  dA2.div(keep_prob);
  const dZ2 = dA2.clone();
  dZ2.apply((i, j) => {
    if (Z2.get(i, j) <= 0) dZ2.set(i, j, 0);
  });
  const dW2 = dZ2.mmul(A1.transpose());
  dW2.mul(perExample);
  const db2 = Matrix.columnVector(dZ2.sum("row"));
  db2.mul(perExample);

  const dA1 = W2.transpose().mmul(dZ2);
  dA1.mul(D1);
  dA1.div(keep_prob);
  const dZ1 = dA1.clone();
  dZ1.apply((i, j) => {
    if (Z1.get(i, j) <= 0) dZ1.set(i, j, 0);
  });
  const dW1 = dZ1.mmul(X.transpose());
  dW1.mul(perExample);
  const db1 = Matrix.columnVector(dZ1.sum("row"));
  db1.mul(perExample);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = reluInPlace(W1.mmul(X).addColumnVector(b1));
  const A2 = reluInPlace(W2.mmul(A1).addColumnVector(b2));
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const out = Z3.neg().exp().add(1).pow(-1);
  out.apply((i, j) => out.set(i, j, out.get(i, j) > 0.5 ? 1 : 0));
  return out;
}
