import { Matrix } from "ml-matrix";
import { linear, map, randomMatrix, relu, reluDerivative, rowSums, sigmoid } from "./helpers";
const DEBUG = typeof process !== "undefined" && process.env?.DEBUG === "1";
export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  if (DEBUG) console.time("forward");
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = linear(W1, X, b1), D1 = map(Z1, () => (rng() < keep_prob ? 1 : 0)), A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = linear(W2, A1, b2), D2 = map(Z2, () => (rng() < keep_prob ? 1 : 0)), A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = linear(W3, A2, b3), A3 = sigmoid(Z3);
  console.assert(A3.rows === W3.rows, "rows");
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns, { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const dZ3 = Matrix.sub(A3, Y), dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, reluDerivative(Z2)), dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, reluDerivative(Z1));
  const w = (d: Matrix, a: Matrix) => d.mmul(a.transpose()).div(m), b = (d: Matrix) => rowSums(d).div(m);
  return { dZ3, dW3: w(dZ3, A2), db3: b(dZ3), dA2, dZ2, dW2: w(dZ2, A1), db2: b(dZ2), dA1, dZ1, dW1: w(dZ1, X), db1: b(dZ1) };
}
export function predict(X: Matrix, P: any) {
  return map(linear(P.W3, relu(linear(P.W2, relu(linear(P.W1, X, P.b1)), P.b2)), P.b3), (z) => (z > 0 ? 1 : 0));
}
// try it
{
  const X = randomMatrix(2, 5, Math.random);
  const p = { W1: randomMatrix(3, 2, Math.random), b1: Matrix.zeros(3, 1), W2: randomMatrix(2, 3, Math.random), b2: Matrix.zeros(2, 1), W3: randomMatrix(1, 2, Math.random), b3: Matrix.zeros(1, 1) };
  const { A3, cache } = forward_propagation_with_dropout(X, p, 0.8);
  console.log("A3 =", A3.toString());
  console.table(cache.D1.to2DArray());
  console.dir(Object.keys(backward_propagation_with_dropout(X, Matrix.ones(1, 5), cache, 0.8)));
  console.group("predict"); console.info(predict(X, p)); console.groupEnd();
}
