import { Matrix } from "ml-matrix";
import { affine, rowMeans } from "./linear.ts";
import { relu, reluPrime, sigmoid } from "./activations.ts";
import { rescale, tossCoins } from "./coins.ts";
import { type Parameters, type Cache } from "./shapes.ts";

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number = Math.random) {
  const cache = { ...parameters } as Cache;

  cache.Z1 = affine(cache.W1, X, cache.b1);
  cache.D1 = tossCoins(cache.Z1, keep_prob, rng);
  cache.A1 = rescale(relu(cache.Z1).mul(cache.D1), keep_prob);

  cache.Z2 = affine(cache.W2, cache.A1, cache.b2);
  cache.D2 = tossCoins(cache.Z2, keep_prob, rng);
  cache.A2 = rescale(relu(cache.Z2).mul(cache.D2), keep_prob);

  cache.Z3 = affine(cache.W3, cache.A2, cache.b3);
  cache.A3 = sigmoid(cache.Z3);
  return { A3: cache.A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = rowMeans(dZ3);

  const dA2 = rescale(cache.W3.transpose().mmul(dZ3).mul(cache.D2), keep_prob);
  const dZ2 = reluPrime(cache.Z2).mul(dA2);
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);
  const db2 = rowMeans(dZ2);

  const dA1 = rescale(cache.W2.transpose().mmul(dZ2).mul(cache.D1), keep_prob);
  const dZ1 = reluPrime(cache.Z1).mul(dA1);
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = rowMeans(dZ1);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export { predict } from "./predict.ts";
