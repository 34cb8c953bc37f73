import { Matrix } from "ml-matrix";
import { linear, map, relu, reluDerivative, rowSums, sigmoid } from "./helpers";
type P6 = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
class Memory {
  #m: Record<string, Matrix>;
  constructor(values: Record<string, Matrix>) { this.#m = values; }
  get W1() { return this.#m.W1; } get b1() { return this.#m.b1; } get W2() { return this.#m.W2; } get b2() { return this.#m.b2; } get W3() { return this.#m.W3; } get b3() { return this.#m.b3; }
  get Z1() { return this.#m.Z1; } get D1() { return this.#m.D1; } get A1() { return this.#m.A1; }
  get Z2() { return this.#m.Z2; } get D2() { return this.#m.D2; } get A2() { return this.#m.A2; }
  get Z3() { return this.#m.Z3; } get A3() { return this.#m.A3; }
}
export function forward_propagation_with_dropout(X: Matrix, p: P6, keep_prob: number, rng: () => number = Math.random) {
  const Z1 = linear(p.W1, X, p.b1);
  const D1 = map(Z1, () => (rng() < keep_prob ? 1 : 0));
  const A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = linear(p.W2, A1, p.b2);
  const D2 = map(Z2, () => (rng() < keep_prob ? 1 : 0));
  const A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = linear(p.W3, A2, p.b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: new Memory({ ...p, Z1, D1, A1, Z2, D2, A2, Z3, A3 }) };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Memory, keep_prob: number) {
  const m = X.columns;
  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, reluDerivative(cache.Z2));
  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, reluDerivative(cache.Z1));
  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: rowSums(dZ3).div(m),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: rowSums(dZ2).div(m),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: rowSums(dZ1).div(m),
  };
}
export function predict(X: Matrix, p: P6): Matrix {
  return map(linear(p.W3, relu(linear(p.W2, relu(linear(p.W1, X, p.b1)), p.b2)), p.b3), (z) => (z > 0 ? 1 : 0));
}
