import { Matrix } from "ml-matrix";
import { reluGradient } from "./activations.js";
import type { Cache, Gradients } from "./types.js";

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const m = Y.columns;
  const scale = 1 / keep_prob;

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = Matrix.div(dZ3.mmul(A2.transpose()), m);
  const db3 = averageOverExamples(dZ3);

  const gradientA2 = W3.transpose().mmul(dZ3).mul(scale);
  const dA2 = Matrix.mul(gradientA2, scale).mul(D2);
  const dZ2 = reluGradient(Z2).mul(dA2);
  const dW2 = Matrix.div(dZ2.mmul(A1.transpose()), m);
  const db2 = averageOverExamples(dZ2);

  const gradientA1 = W2.transpose().mmul(dZ2).mul(scale);
  const dA1 = Matrix.mul(gradientA1, scale).mul(D1);
  const dZ1 = reluGradient(Z1).mul(dA1);
  const dW1 = Matrix.div(dZ1.mmul(X.transpose()), m);
  const db1 = averageOverExamples(dZ1);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

function averageOverExamples(dZ: Matrix): Matrix {
  return Matrix.columnVector(dZ.mean("row"));
}
