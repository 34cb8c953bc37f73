import { Matrix } from "ml-matrix";
import { linear, map, randomMatrix, relu, reluDerivative, rowSums, sigmoid } from "./helpers.ts";
import type { Cache, Gradients, Parameters, Rng } from "./types.ts";

/**
 * Forward propagation: LINEAR -> RELU -> DROPOUT -> LINEAR -> RELU -> DROPOUT -> LINEAR -> SIGMOID.
 *
 * @param X the input, (n_x, m): one example per column
 * @param parameters W1, b1, W2, b2, W3, b3
 * @param keep_prob the probability that a unit stays, 0 < keep_prob <= 1
 * @param rng the only source of randomness; each call returns a number in [0, 1)
 * @returns A3, (1, m), and the cache that backward propagation needs
 */
export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = linear(W1, X, b1);
  let A1 = relu(Z1);
  // YOUR CODE STARTS HERE (about 4 lines)
  // Step 1: a random matrix D1, one number from rng for every entry of A1
  const D1 = randomMatrix(A1.rows, A1.columns, rng);
  // Step 2: turn the entries of D1 into 0 or 1, with keep_prob as the threshold
  // Step 3: shut down some units of A1
  A1 = Matrix.mul(A1, D1);
  // Step 4: scale the units that have not been shut down
  A1 = Matrix.div(A1, keep_prob);
  // YOUR CODE ENDS HERE

  const Z2 = linear(W2, A1, b2);
  let A2 = relu(Z2);
  // YOUR CODE STARTS HERE (about 4 lines)
  // Step 1: a random matrix D2, one number from rng for every entry of A2
  const D2 = randomMatrix(A2.rows, A2.columns, rng);
  // Step 2: turn the entries of D2 into 0 or 1, with keep_prob as the threshold
  // Step 3: shut down some units of A2
  A2 = Matrix.mul(A2, D2);
  // Step 4: scale the units that have not been shut down
  A2 = Matrix.div(A2, keep_prob);
  // YOUR CODE ENDS HERE

  const Z3 = linear(W3, A2, b3);
  const A3 = sigmoid(Z3);

  const cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

/**
 * Backward propagation through the network above. It works from its arguments alone.
 *
 * @param X the input, (n_x, m)
 * @param Y the true labels, (1, m), every entry 0 or 1
 * @param cache what forward_propagation_with_dropout returned as its cache
 * @param keep_prob the probability that a unit stays, 0 < keep_prob <= 1
 * @returns the derivatives of the cost with respect to each parameter, activation and linear part
 */
export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = rowSums(dZ3).div(m);

  let dA2 = W3.transpose().mmul(dZ3);
  // YOUR CODE STARTS HERE (about 2 lines)
  // Step 1: shut down the same units of layer 2 as in the forward pass
  dA2 = Matrix.mul(dA2, D2);
  // Step 2: scale the units that have not been shut down
  dA2 = Matrix.div(dA2, keep_prob);
  // YOUR CODE ENDS HERE
  const dZ2 = Matrix.mul(dA2, reluDerivative(Z2));
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = rowSums(dZ2).div(m);

  let dA1 = W2.transpose().mmul(dZ2);
  // YOUR CODE STARTS HERE (about 2 lines)
  // Step 1: shut down the same units of layer 1 as in the forward pass
  dA1 = Matrix.mul(dA1, D1);
  // Step 2: scale the units that have not been shut down
  dA1 = Matrix.div(dA1, keep_prob);
  // YOUR CODE ENDS HERE
  const dZ1 = Matrix.mul(dA1, reluDerivative(Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = rowSums(dZ1).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

/**
 * The network's answer for each example: 1 where its output is above 0.5, otherwise 0.
 *
 * @param X the input, (n_x, m)
 * @param parameters W1, b1, W2, b2, W3, b3
 * @returns the labels, (1, m), every entry 0 or 1; the same input gives the same labels, always
 */
export function predict(X: Matrix, parameters: Parameters): Matrix {
  // YOUR CODE STARTS HERE (about 5 lines)
  // Is anything dropped here? Is anything scaled?
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(linear(W1, X, b1));
  const A2 = relu(linear(W2, A1, b2));
  const A3 = sigmoid(linear(W3, A2, b3));
  return map(A3, (a) => (a > 0.5 ? 1 : 0));
  // YOUR CODE ENDS HERE
}
