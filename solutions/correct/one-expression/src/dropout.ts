import { Matrix } from "ml-matrix";

const relu = (Z: Matrix) => new Matrix(Z.to2DArray().map((r) => r.map((z) => Math.max(z, 0))));
const gt0 = (Z: Matrix) => new Matrix(Z.to2DArray().map((r) => r.map((z) => (z > 0 ? 1 : 0))));
const sigm = (Z: Matrix) => new Matrix(Z.to2DArray().map((r) => r.map((z) => 1 / (1 + Math.exp(-z)))));
const coins = (n: number, m: number, p: number, rng: () => number) =>
  new Matrix(Array.from({ length: n }, () => Array.from({ length: m }, () => +(rng() < p))));

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters, m = X.columns;
  let Z1, D1, A1, Z2, D2, A2, Z3, A3;
  A3 = sigm((Z3 = W3.mmul((A2 = relu((Z2 = W2.mmul((A1 = relu((Z1 = W1.mmul(X).addColumnVector(b1))).mul((D1 = coins(W1.rows, m, keep_prob, rng))).div(keep_prob))).addColumnVector(b2))).mul((D2 = coins(W2.rows, m, keep_prob, rng))).div(keep_prob))).addColumnVector(b3)));
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, c: any, keep_prob: number) {
  const m = X.columns;
  const dZ3 = Matrix.sub(c.A3, Y);
  const dA2 = c.W3.transpose().mmul(dZ3).mul(c.D2).div(keep_prob), dZ2 = gt0(c.Z2).mul(dA2);
  const dA1 = c.W2.transpose().mmul(dZ2).mul(c.D1).div(keep_prob), dZ1 = gt0(c.Z1).mul(dA1);
  return {
    dZ3, dW3: dZ3.mmul(c.A2.transpose()).div(m), db3: Matrix.columnVector(dZ3.sum("row")).div(m),
    dA2, dZ2, dW2: dZ2.mmul(c.A1.transpose()).div(m), db2: Matrix.columnVector(dZ2.sum("row")).div(m),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: Matrix.columnVector(dZ1.sum("row")).div(m),
  };
}

export const predict = (X: Matrix, { W1, b1, W2, b2, W3, b3 }: any) =>
  gt0(W3.mmul(relu(W2.mmul(relu(W1.mmul(X).addColumnVector(b1))).addColumnVector(b2))).addColumnVector(b3));
