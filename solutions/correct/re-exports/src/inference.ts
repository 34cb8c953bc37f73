import { Matrix } from "ml-matrix";
import type { Theta } from "./forward.js";
import { forwardPass } from "./forward.js";

const KEEP_EVERYTHING = 1;

/** Labels for a batch; no unit is dropped here. */
export function predict(X: Matrix, theta: Theta): Matrix {
  const { A3 } = forwardPass(X, theta, KEEP_EVERYTHING);
  const labels = A3.clone();
  labels.apply((i, j) => {
    labels.set(i, j, A3.get(i, j) > 0.5 ? 1 : 0);
  });
  return labels;
}
