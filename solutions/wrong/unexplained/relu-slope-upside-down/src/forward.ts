import { Matrix } from "ml-matrix";
import { relu, sigmoid } from "./activations.js";
import type { Cache, Parameters } from "./types.js";

const keepOrDrop = (rng: () => number, keep_prob: number) => (rng() > 1 - keep_prob ? 1 : 0);

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: () => number = Math.random,
): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const mask = (like: Matrix) => Matrix.random(like.rows, like.columns, { random: () => keepOrDrop(rng, keep_prob) });

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = mask(Z1);
  const A1 = relu(Z1).mul(D1).mul(1 / keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = mask(Z2);
  const A2 = relu(Z2).mul(D2).mul(1 / keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}
