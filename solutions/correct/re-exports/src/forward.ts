import { Matrix } from "ml-matrix";
import { relu, sigmoid } from "./math.js";

export interface Theta { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
export type Memory = Theta & { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix };

export function forwardPass(X: Matrix, theta: Theta, keepProb: number, rng: () => number = Math.random): { A3: Matrix; cache: Memory } {
  const bernoulli = (rows: number, columns: number) => {
    const D = new Matrix(rows, columns);
    return D.apply((i, j) => D.set(i, j, rng() < keepProb ? 1 : 0));
  };

  const Z1 = theta.W1.mmul(X).addColumnVector(theta.b1);
  const D1 = bernoulli(Z1.rows, Z1.columns);
  const A1 = Matrix.mul(relu(Z1), D1).div(keepProb);

  const Z2 = theta.W2.mmul(A1).addColumnVector(theta.b2);
  const D2 = bernoulli(Z2.rows, Z2.columns);
  const A2 = Matrix.mul(relu(Z2), D2).div(keepProb);

  const Z3 = theta.W3.mmul(A2).addColumnVector(theta.b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { ...theta, Z1, D1, A1, Z2, D2, A2, Z3, A3 } };
}
