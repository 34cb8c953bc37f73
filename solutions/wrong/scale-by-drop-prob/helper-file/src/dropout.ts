import { Matrix } from "ml-matrix";
import { mapMatrix, relu, reluPrime, sigmoid } from "./activations.js";
import { dropoutBackward, dropoutForward } from "./dropoutLayer.js";
import type { Cache, Gradients, Parameters, Rng } from "./types.js";

const affine = (W: Matrix, A: Matrix, b: Matrix): Matrix => W.mmul(A).addColumnVector(b);

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = affine(W1, X, b1);
  const H1 = relu(Z1);
  const { out: A1, mask: D1 } = dropoutForward(H1, keep_prob, rng);

  const Z2 = affine(W2, A1, b2);
  const H2 = relu(Z2);
  const { out: A2, mask: D2 } = dropoutForward(H2, keep_prob, rng);

  const Z3 = affine(W3, A2, b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

function affineGradients(dZ: Matrix, Aprev: Matrix): { dW: Matrix; db: Matrix } {
  const m = Aprev.columns;
  const dW = dZ.mmul(Aprev.transpose()).div(m);
  const db = Matrix.columnVector(dZ.sum("row")).div(m);
  return { dW, db };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const dZ3 = Matrix.sub(cache.A3, Y);
  const { dW: dW3, db: db3 } = affineGradients(dZ3, cache.A2);

  const dA2 = dropoutBackward(cache.W3.transpose().mmul(dZ3), cache.D2, keep_prob);
  const dZ2 = Matrix.mul(dA2, reluPrime(cache.Z2));
  const { dW: dW2, db: db2 } = affineGradients(dZ2, cache.A1);

  const dA1 = dropoutBackward(cache.W2.transpose().mmul(dZ2), cache.D1, keep_prob);
  const dZ1 = Matrix.mul(dA1, reluPrime(cache.Z1));
  const { dW: dW1, db: db1 } = affineGradients(dZ1, X);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const H1 = relu(affine(parameters.W1, X, parameters.b1));
  const H2 = relu(affine(parameters.W2, H1, parameters.b2));
  const probabilities = sigmoid(affine(parameters.W3, H2, parameters.b3));
  return mapMatrix(probabilities, (p) => (p > 0.5 ? 1 : 0));
}
