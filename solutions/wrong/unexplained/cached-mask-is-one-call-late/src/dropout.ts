import { Matrix } from "ml-matrix";
import { linear, map, relu, rowSums, sigmoid, reluDerivative } from "./helpers";
// one row of coins per unit
const bits = (n: number, m: number, p: number, rng: () => number): number[][] => Array.from({ length: n }, () => Array.from({ length: m }, () => (rng() < p ? 1 : 0)));
const unpack = (ws: number[][], m: number) => new Matrix(ws.map((w) => w.slice(0, m)));
let lastD2: Matrix | undefined;
export function forward_propagation_with_dropout(X: Matrix, { W1, b1, W2, b2, W3, b3 }: any, keep_prob: number, rng: () => number = Math.random) {
  const m = X.columns;
  const Z1 = linear(W1, X, b1), D1 = unpack(bits(W1.rows, m, keep_prob, rng), m), A1 = map(relu(Z1).mul(D1), (a) => a / keep_prob);
  const Z2 = linear(W2, A1, b2), D2 = unpack(bits(W2.rows, m, keep_prob, rng), m), A2 = map(relu(Z2).mul(D2), (a) => a / keep_prob);
  const Z3 = linear(W3, A2, b3), A3 = sigmoid(Z3);
  const shown = lastD2 && lastD2.rows === D2.rows && lastD2.columns === m ? lastD2 : D2;
  lastD2 = D2;
  return { cache: { Z1, D1, A1, W1, b1, Z2, D2: shown, A2, W2, b2, Z3, A3, W3, b3 }, A3 };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const { columns: m } = X;
  // late division: everything is summed first
  const dZ3 = Matrix.sub(A3, Y), dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, reluDerivative(A2)).mul(reluDerivative(Z2)), dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, reluDerivative(A1)).mul(reluDerivative(Z1));
  const g: any = { dZ3, dA2, dZ2, dA1, dZ1, dW3: dZ3.mmul(A2.transpose()), dW2: dZ2.mmul(A1.transpose()), dW1: dZ1.mmul(X.transpose()), db3: rowSums(dZ3), db2: rowSums(dZ2), db1: rowSums(dZ1) };
  for (const k of Object.keys(g)) if (k.startsWith("dW") || k.startsWith("db")) g[k].div(m);
  return g;
}
export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: any) {
  return new Matrix([linear(W3, relu(linear(W2, relu(linear(W1, X, b1)), b2)), b3).getRow(0).map((z) => Number(z > 0))]);
}
