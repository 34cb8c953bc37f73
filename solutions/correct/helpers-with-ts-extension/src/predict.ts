import { Matrix } from "ml-matrix";
import { affine } from "./linear.ts";
import { relu, sigmoid } from "./activations.ts";
import { Parameters } from "./shapes.ts";

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const A1 = relu(affine(parameters.W1, X, parameters.b1));
  const A2 = relu(affine(parameters.W2, A1, parameters.b2));
  const A3 = sigmoid(affine(parameters.W3, A2, parameters.b3));
  const labels = Matrix.zeros(1, A3.columns);
  for (let j = 0; j < A3.columns; j++) if (A3.get(0, j) > 0.5) labels.set(0, j, 1);
  return labels;
}
