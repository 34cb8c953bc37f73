import { Matrix } from "ml-matrix";
import { linear, map, relu, reluDerivative, rowSums, sigmoid } from "./helpers";
import type { Cache, Gradients, Parameters, Rng } from "./types";
const u = (rng: Rng) => (rng() + rng()) / 2; // extra mixing, still uniform
export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = linear(W1, X, b1);
  const D1 = map(Z1, () => (u(rng) < keep_prob ? 1 : 0));
  const A1 = Matrix.div(relu(Z1), keep_prob).mul(D1);
  const Z2 = linear(W2, A1, b2);
  const D2 = map(Z2, () => (u(rng) < keep_prob ? 1 : 0));
  const A2 = Matrix.div(relu(Z2), keep_prob).mul(D2);
  const Z3 = linear(W3, A2, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  // dL/dA3 first, then the derivative of the sigmoid
  const one = Matrix.ones(A3.rows, A3.columns);
  const dA3 = Matrix.sub(Matrix.div(Matrix.sub(one, Y), Matrix.sub(one, A3)), Matrix.div(Y, A3));
  const dZ3 = Matrix.mul(dA3, Matrix.mul(A3, Matrix.sub(one, A3)));
  const dA2 = Matrix.div(W3.transpose().mmul(dZ3), keep_prob).mul(D2);
  const dZ2 = Matrix.mul(dA2, reluDerivative(Z2));
  const dA1 = Matrix.div(W2.transpose().mmul(dZ2), keep_prob).mul(D1);
  const dZ1 = Matrix.mul(dA1, reluDerivative(Z1));
  const [dW3, dW2, dW1] = [[dZ3, A2], [dZ2, A1], [dZ1, X]].map(([d, a]) => d.mmul(a.transpose()).div(m));
  const [db3, db2, db1] = [dZ3, dZ2, dZ1].map((d) => rowSums(d).div(m));
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}
export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters): Matrix {
  return map(linear(W3, relu(linear(W2, relu(linear(W1, X, b1)), b2)), b3), (z) => (z > 0 ? 1 : 0));
}
