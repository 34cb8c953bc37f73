import { Matrix } from "ml-matrix";

type Rng = () => number;
type Named = Record<string, Matrix>;

const relu = (Z: Matrix): Matrix => Z.clone().apply(function (this: Matrix, i: number, j: number) {
  if (this.get(i, j) < 0) this.set(i, j, 0);
});

const step = (Z: Matrix): Matrix => Z.clone().apply(function (this: Matrix, i: number, j: number) {
  this.set(i, j, Number(this.get(i, j) > 0));
});

const affine = (W: Matrix, A: Matrix, b: Matrix): Matrix => W.mmul(A).addColumnVector(b);
const sigmoid = (Z: Matrix): Matrix => Matrix.mul(Z, -1).exp().add(1).pow(-1);

/** What is left of a layer: used by forward, and by backward again, which so needs no stored A. */
function thinned(Z: Matrix, D: Matrix, keep_prob: number): Matrix {
  return relu(Z).mul(D).div(keep_prob);
}

function toss(rows: number, columns: number, keep_prob: number, rng: Rng): Matrix {
  const D = new Matrix(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) D.set(i, j, rng() < keep_prob ? 1 : 0);
  return D;
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Named,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Named } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = affine(W1, X, b1);
  const D1 = toss(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = thinned(Z1, D1, keep_prob);
  const Z2 = affine(W2, A1, b2);
  const D2 = toss(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = thinned(Z2, D2, keep_prob);
  const Z3 = affine(W3, A2, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

/** Recomputes A1 and A2 from Z1, Z2 and the masks, as one does to save memory. */
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Named, keep_prob: number): Named {
  const { Z1, D1, W2, Z2, D2, W3, A3 } = cache;
  const m = X.columns;
  const bias = (dZ: Matrix): Matrix => Matrix.columnVector(dZ.sum("row")).div(m);

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(thinned(Z2, D2, keep_prob).transpose()).div(m);

  const dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, step(Z2));
  const dW2 = dZ2.mmul(thinned(Z1, D1, keep_prob).transpose()).div(m);

  const dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, step(Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);

  return { dZ3, dW3, db3: bias(dZ3), dA2, dZ2, dW2, db2: bias(dZ2), dA1, dZ1, dW1, db1: bias(dZ1) };
}

export function predict(X: Matrix, parameters: Named): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A3 = sigmoid(affine(W3, relu(affine(W2, relu(affine(W1, X, b1)), b2)), b3));
  return A3.apply(function (this: Matrix, i: number, j: number) {
    this.set(i, j, Number(this.get(i, j) > 0.5));
  });
}
