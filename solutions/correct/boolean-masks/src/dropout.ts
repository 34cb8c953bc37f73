import { Matrix } from "ml-matrix";

type Mask = boolean[][];
interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache {
  Z1: Matrix; D1: Mask; A1: Matrix; W1: Matrix; b1: Matrix;
  Z2: Matrix; D2: Mask; A2: Matrix; W2: Matrix; b2: Matrix;
  Z3: Matrix; A3: Matrix; W3: Matrix; b3: Matrix;
}

/** true = the unit stays */
function whoStays(rows: number, cols: number, keep_prob: number, rng: () => number): Mask {
  return Array.from({ length: rows }, () => Array.from({ length: cols }, () => rng() < keep_prob));
}

/** keeps entries where the mask says so and scales them; everything else is 0 */
function keepAndScale(M: Matrix, mask: Mask, keep_prob: number): Matrix {
  return new Matrix(mask.map((row, i) => row.map((stays, j) => (stays ? M.get(i, j) / keep_prob : 0))));
}

function where(M: Matrix, test: (x: number) => boolean): Mask {
  return M.to2DArray().map((row) => row.map(test));
}

function each(M: Matrix, f: (x: number) => number) {
  return new Matrix(M.to2DArray().map((row) => row.map(f)));
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: () => number = Math.random,
): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = whoStays(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = keepAndScale(each(Z1, (z) => Math.max(0, z)), D1, keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = whoStays(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = keepAndScale(each(Z2, (z) => Math.max(0, z)), D2, keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = each(Z3, (z) => 1 / (1 + Math.exp(-z)));

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const average = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).div(m);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = keepAndScale(cache.W3.transpose().mmul(dZ3), cache.D2, keep_prob);
  const dZ2 = keepAndScale(dA2, where(cache.Z2, (z) => z > 0), 1);
  const dA1 = keepAndScale(cache.W2.transpose().mmul(dZ2), cache.D1, keep_prob);
  const dZ1 = keepAndScale(dA1, where(cache.Z1, (z) => z > 0), 1);

  return {
    dZ3, dA2, dZ2, dA1, dZ1,
    dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: average(dZ3),
    dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: average(dZ2),
    dW1: dZ1.mmul(X.transpose()).div(m), db1: average(dZ1),
  };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  return each(forward_propagation_with_dropout(X, parameters, 1.0).A3, (p) => (p > 0.5 ? 1 : 0));
}
