import { Matrix } from "ml-matrix";
import { Linear } from "./layers/linear.js";
import { Relu } from "./layers/activations/relu.js";
import { Sigmoid } from "./layers/activations/sigmoid.js";
import { Dropout } from "./layers/dropout/layer.js";
import type { Cache, Gradients, Parameters, Rng } from "./types.js";

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const dropout = new Dropout(keep_prob);

  const Z1 = Linear.forward(W1, X, b1);
  const D1 = dropout.sample(Z1.rows, Z1.columns, rng);
  const A1 = dropout.apply(Relu.forward(Z1), D1);

  const Z2 = Linear.forward(W2, A1, b2);
  const D2 = dropout.sample(Z2.rows, Z2.columns, rng);
  const A2 = dropout.apply(Relu.forward(Z2), D2);

  const Z3 = Linear.forward(W3, A2, b3);
  const A3 = Sigmoid.forward(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const dropout = new Dropout(keep_prob);

  const dZ3 = Sigmoid.gradientOfCrossEntropy(cache.A3, Y);
  const { dW: dW3, db: db3 } = Linear.backward(dZ3, cache.A2);

  const dA2 = dropout.apply(Linear.pull(cache.W3, dZ3), cache.D2);
  const dZ2 = Relu.backward(dA2, cache.Z2);
  const { dW: dW2, db: db2 } = Linear.backward(dZ2, cache.A1);

  const dA1 = dropout.apply(Linear.pull(cache.W2, dZ2), cache.D1);
  const dZ1 = Relu.backward(dA1, cache.Z1);
  const { dW: dW1, db: db1 } = Linear.backward(dZ1, X);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters): Matrix {
  const hidden1 = Relu.forward(Linear.forward(W1, X, b1));
  const hidden2 = Relu.forward(Linear.forward(W2, hidden1, b2));
  return Sigmoid.labels(Sigmoid.forward(Linear.forward(W3, hidden2, b3)));
}
