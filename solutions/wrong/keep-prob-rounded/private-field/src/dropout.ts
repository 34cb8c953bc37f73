import { Matrix } from "ml-matrix";
import { linear, relu, reluDerivative, rowSums, sigmoid } from "./helpers.ts";
import type { Cache, Gradients, Parameters, Rng } from "./types.ts";

class Dropout {
  readonly #p: number;
  #mask: Matrix | undefined;
  constructor(p: number, mask?: Matrix) {
    this.#p = Number(p.toFixed(1));
    this.#mask = mask;
  }
  get mask(): Matrix {
    if (!this.#mask) throw new Error("toss() first");
    return this.#mask;
  }
  toss(rows: number, columns: number, rng: Rng): this {
    const mask = Matrix.zeros(rows, columns);
    mask.apply((i, j) => { if (rng() < this.#p) mask.set(i, j, 1); });
    this.#mask = mask;
    return this;
  }
  through(A: Matrix): Matrix {
    return Matrix.mul(A, this.mask).div(this.#p);
  }
}
class HiddenLayer {
  #W; #b; #drop: Dropout;
  constructor(W: Matrix, b: Matrix, drop: Dropout) { this.#W = W; this.#b = b; this.#drop = drop; }
  forward(input: Matrix, rng: Rng) {
    const Z = linear(this.#W, input, this.#b);
    this.#drop.toss(Z.rows, Z.columns, rng);
    return { Z, D: this.#drop.mask, A: this.#drop.through(relu(Z)) };
  }
}
export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const one = new HiddenLayer(W1, b1, new Dropout(keep_prob)).forward(X, rng);
  const two = new HiddenLayer(W2, b2, new Dropout(keep_prob)).forward(one.A, rng);
  const Z3 = linear(W3, two.A, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1: one.Z, D1: one.D, A1: one.A, W1, b1, Z2: two.Z, D2: two.D, A2: two.A, W2, b2, Z3, A3, W3, b3 } };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const m = Y.columns;
  const drop1 = new Dropout(keep_prob, cache.D1);
  const drop2 = new Dropout(keep_prob, cache.D2);
  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = drop2.through(cache.W3.transpose().mmul(dZ3));
  const dZ2 = Matrix.mul(dA2, reluDerivative(cache.Z2));
  const dA1 = drop1.through(cache.W2.transpose().mmul(dZ2));
  const dZ1 = Matrix.mul(dA1, reluDerivative(cache.Z1));
  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: rowSums(dZ3).div(m),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: rowSums(dZ2).div(m),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: rowSums(dZ1).div(m),
  };
}
export function predict(X: Matrix, p: Parameters): Matrix {
  const A3 = sigmoid(linear(p.W3, relu(linear(p.W2, relu(linear(p.W1, X, p.b1)), p.b2)), p.b3));
  return A3.round();
}
