import { Matrix } from "ml-matrix";

type Numbers = Record<string, Matrix>;

// Every entry of a matrix through f.
function each(M: Matrix, f: (x: number) => number): Matrix {
  return Matrix.from1DArray(M.rows, M.columns, M.to1DArray().map(f));
}

const rectified = (M: Matrix) => each(M, (x) => (x > 0 ? x : 0));
const squashed = (M: Matrix) => each(M, (x) => 1 / (1 + Math.exp(-x)));
const weighted = (W: Matrix, input: Matrix, b: Matrix) => W.mmul(input).addColumnVector(b);

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Numbers,
  keep_prob: number,
  rng: () => number = Math.random,
): { A3: Matrix; cache: Numbers } {
  const { W1, b1, W2, b2, W3, b3 } = parameters as Record<string, Matrix>;
  const coins = (like: Matrix) => each(like, () => (rng() < keep_prob ? 1 : 0));

  const Z1 = weighted(W1!, X, b1!);
  const D1 = coins(Z1);
  const A1 = Matrix.mul(rectified(Z1), D1).div(keep_prob);

  const Z2 = weighted(W2!, A1, b2!);
  const D2 = coins(Z2);
  const A2 = Matrix.mul(rectified(Z2), D2).div(keep_prob);

  const Z3 = weighted(W3!, A2, b3!);
  const A3 = squashed(Z3);

  const cache = {
    Z1, A1, W1: W1!, b1: b1!,
    Z2, D2, A2, W2: W2!, b2: b2!,
    Z3, A3, W3: W3!, b3: b3!,
  };
  return { A3, cache };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Numbers,
  keep_prob: number,
): Numbers {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache as Record<string, Matrix>;
  const share = 1 / X.columns;
  const slope = (Z: Matrix) => each(Z, (z) => (z > 0 ? 1 : 0));
  const overExamples = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).mul(share);

  const dZ3 = Matrix.sub(A3!, Y);
  const dW3 = dZ3.mmul(A2!.transpose()).mul(share);
  const db3 = overExamples(dZ3);

  const dA2 = W3!.transpose().mmul(dZ3).mul(D2!).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, slope(Z2!));
  const dW2 = dZ2.mmul(A1!.transpose()).mul(share);
  const db2 = overExamples(dZ2);

  const dA1 = W2!.transpose().mmul(dZ2).mul(D1!).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, slope(Z1!));
  const dW1 = dZ1.mmul(X.transpose()).mul(share);
  const db1 = overExamples(dZ1);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Numbers): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters as Record<string, Matrix>;
  const first = rectified(weighted(W1!, X, b1!));
  const second = rectified(weighted(W2!, first, b2!));
  const probability = squashed(weighted(W3!, second, b3!));
  return each(probability, (p) => (p > 0.5 ? 1 : 0));
}
