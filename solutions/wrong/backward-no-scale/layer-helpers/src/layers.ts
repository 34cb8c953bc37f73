import { Matrix } from "ml-matrix";
import { map, positivePart, step } from "./math";

export type Random = () => number;

/** Z = W A + b */
export function linearForward(A: Matrix, W: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b);
}

/** Gradients of a linear layer. */
export function linearBackward(dZ: Matrix, A_prev: Matrix) {
  const m = dZ.columns;
  const dW = Matrix.div(dZ.mmul(A_prev.transpose()), m);
  const db = Matrix.columnVector(dZ.sum("row")).div(m);
  return { dW, db };
}

export function reluForward(Z: Matrix): Matrix {
  return map(Z, positivePart);
}

export function reluBackward(dA: Matrix, Z: Matrix): Matrix {
  const derivative = map(Z, step);
  return Matrix.mul(dA, derivative);
}

/** Switches units off. Returns what is left and which ones stayed. */
export function dropoutForward(A: Matrix, keep_prob: number, rng: Random) {
  const D = map(A, () => (rng() < keep_prob ? 1 : 0));
  const kept = Matrix.mul(A, D);
  return { out: Matrix.div(kept, keep_prob), D };
}

/** The same switches for the gradient; the activations were scaled already. */
export function dropoutBackward(dA: Matrix, D: Matrix): Matrix {
  return Matrix.mul(dA, D);
}
