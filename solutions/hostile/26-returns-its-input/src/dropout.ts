// Returns what it was given.
import { Matrix } from "ml-matrix";

function map(M: Matrix, f: (value: number) => number): Matrix {
  return new Matrix(M.to2DArray().map((row) => row.map(f)));
}

function linear(W: Matrix, A: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b.getColumn(0));
}

const relu = (Z: Matrix) => map(Z, (z) => Math.max(0, z));
const slope = (Z: Matrix) => map(Z, (z) => (z > 0 ? 1 : 0));
const sigmoid = (Z: Matrix) => map(Z, (z) => 1 / (1 + Math.exp(-z)));
const rowSums = (M: Matrix) => Matrix.columnVector(M.sum("row"));

export function forward_propagation_with_dropout(X: any, parameters: any, keep_prob: number, rng: any = Math.random): any {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const mask = (A: Matrix) => map(A, () => (rng() < keep_prob ? 1 : 0));
  const Z1 = linear(W1, X, b1);
  const D1 = mask(Z1);
  const A1 = Matrix.mul(relu(Z1), D1).div(keep_prob);
  const Z2 = linear(W2, A1, b2);
  const D2 = mask(Z2);
  const A2 = Matrix.mul(relu(Z2), D2).div(keep_prob);
  const Z3 = linear(W3, A2, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: any, Y: any, cache: any, keep_prob: number): any {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = rowSums(dZ3).div(m);
  const dA2 = Matrix.mul(W3.transpose().mmul(dZ3), D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, slope(Z2));
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = rowSums(dZ2).div(m);
  const dA1 = Matrix.mul(W2.transpose().mmul(dZ2), D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, slope(Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = rowSums(dZ1).div(m);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: any, parameters: any): any {
  return X;
}
