import { Matrix } from "ml-matrix";
import { linear, map, relu, reluDerivative, rowSums, sigmoid } from "./helpers";
class Result {
  constructor(readonly cache: Record<string, Matrix>) {}
  get A3() { return this.cache.A3; }
}
export function forward_propagation_with_dropout(X: Matrix, P: any, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = P;
  const Z1 = linear(W1, X, b1), D1 = map(Z1, () => +(rng() < keep_prob)), A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = linear(W2, A1, b2), D2 = map(Z2, () => +(rng() < keep_prob)), A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = linear(W3, A2, b3), A3 = sigmoid(Z3);
  return new Result({ Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 });
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns, { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const dZ3 = Matrix.sub(A3, Y), dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, reluDerivative(Z2)), dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, reluDerivative(Z1));
  const w = (d: Matrix, a: Matrix) => d.mmul(a.transpose()).div(m), b = (d: Matrix) => rowSums(d).div(m);
  return { dZ3, dW3: w(dZ3, A2), db3: b(dZ3), dA2, dZ2, dW2: w(dZ2, A1), db2: b(dZ2), dA1, dZ1, dW1: w(dZ1, X), db1: b(dZ1) };
}
export const predict = (X: Matrix, P: any) => map(linear(P.W3, relu(linear(P.W2, relu(linear(P.W1, X, P.b1)), P.b2)), P.b3), (z) => (z > 0 ? 1 : 0));
