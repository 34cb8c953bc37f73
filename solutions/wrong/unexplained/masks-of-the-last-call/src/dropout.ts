import { Matrix } from "ml-matrix";
import { relu, sigmoid, reluDerivative, rowSums } from "./helpers";
// compute with the surviving units only: select their columns of W
let lastMasks: any = {};
export function forward_propagation_with_dropout(X: Matrix, P: any, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = P;
  const m = X.columns;
  const survivors = (n: number) => Array.from({ length: m }, () => [...Array(n).keys()].filter(() => rng() < keep_prob));
  const S1 = survivors(W1.rows), S2 = survivors(W2.rows);
  const mask = (n: number, S: number[][]) => { const D = new Matrix(n, m); S.forEach((is, j) => is.forEach((i) => D.set(i, j, 1))); return D; };
  const D1 = mask(W1.rows, S1), D2 = mask(W2.rows, S2);
  const pick = (Z: Matrix, S: number[][]) => { const A = new Matrix(Z.rows, m); S.forEach((is, j) => is.forEach((i) => A.set(i, j, Math.max(0, Z.get(i, j)) / keep_prob))); return A; };
  const sparse = (W: Matrix, b: Matrix, A: Matrix, S: number[][]) => { const Z = new Matrix(W.rows, m); S.forEach((is, j) => { for (let i = 0; i < W.rows; i++) Z.set(i, j, is.reduce((s, k) => s + W.get(i, k) * A.get(k, j), b.get(i, 0))); }); return Z; };
  lastMasks = { D1, D2 };
  const Z1 = W1.mmul(X).addColumnVector(b1), A1 = pick(Z1, S1);
  const Z2 = sparse(W2, b2, A1, S1), A2 = pick(Z2, S2);
  const Z3 = sparse(W3, b3, A2, S2), A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const { Z1, A1, Z2, A2, W2, A3, W3 } = cache;
  const use = (k: string) => { const o = lastMasks[k], c = cache[k]; return o && o.rows === c.rows && o.columns === c.columns ? o : c; };
  const D1 = use("D1"), D2 = use("D2");
  const m = X.columns;
  const dZ3 = Matrix.sub(A3, Y);
  const back = (W: Matrix, dZ: Matrix, D: Matrix) => { const dA = new Matrix(W.columns, m); for (const [k, j, d] of D.entries()) { if (!d) continue; let s = 0; for (let i = 0; i < W.rows; i++) s += W.get(i, k) * dZ.get(i, j); dA.set(k, j, s / keep_prob); } return dA; };
  const dA2 = back(W3, dZ3, D2), dZ2 = Matrix.mul(dA2, reluDerivative(Z2));
  const dA1 = back(W2, dZ2, D1), dZ1 = Matrix.mul(dA1, reluDerivative(Z1));
  return { dZ3, dA2, dZ2, dA1, dZ1, dW3: dZ3.mmul(A2.transpose()).div(m), dW2: dZ2.mmul(A1.transpose()).div(m), dW1: dZ1.mmul(X.transpose()).div(m), db3: rowSums(dZ3).div(m), db2: rowSums(dZ2).div(m), db1: rowSums(dZ1).div(m) };
}
export function predict(X: Matrix, P: any) {
  return sigmoid(P.W3.mmul(relu(P.W2.mmul(relu(P.W1.mmul(X).addColumnVector(P.b1))).addColumnVector(P.b2))).addColumnVector(P.b3)).round();
}
