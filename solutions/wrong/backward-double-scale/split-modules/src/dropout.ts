import { Matrix } from "ml-matrix";
import { relu, sigmoid } from "./activations.js";
import type { Parameters } from "./types.js";

export { forward_propagation_with_dropout } from "./forward.js";
export { backward_propagation_with_dropout } from "./backward.js";

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(W1.mmul(X).addColumnVector(b1));
  const A2 = relu(W2.mmul(A1).addColumnVector(b2));
  const A3 = sigmoid(W3.mmul(A2).addColumnVector(b3));
  return new Matrix([A3.getRow(0).map((a) => (a > 0.5 ? 1 : 0))]);
}
