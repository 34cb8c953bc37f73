import { Matrix } from "ml-matrix";

type Rng = () => number;
type Parameters = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type Cache = Parameters & { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix };

/** Rounds to what a float32 can hold, as my PyTorch version of this exercise does. */
const single = (M: Matrix) => Matrix.fround(M);

const affine = (W: Matrix, A: Matrix, b: Matrix) => single(W.mmul(A).addColumnVector(b));

function relu(Z: Matrix): Matrix {
  const A = Z.clone();
  A.apply(function (this: Matrix, i, j) {
    if (this.get(i, j) <= 0) this.set(i, j, 0);
  });
  return A;
}

function dropout(A: Matrix, keep: number, rng: Rng): [A: Matrix, D: Matrix] {
  const D = Matrix.zeros(A.rows, A.columns);
  D.apply((i, j) => {
    if (rng() < keep) D.set(i, j, 1);
  });
  return [single(Matrix.mul(A, D).div(keep)), D];
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = affine(W1, X, b1);
  const [A1, D1] = dropout(relu(Z1), keep_prob, rng);
  const Z2 = affine(W2, A1, b2);
  const [A2, D2] = dropout(relu(Z2), keep_prob, rng);
  const Z3 = affine(W3, A2, b3);
  const A3 = single(sigmoid(Z3));
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

function sigmoid(Z: Matrix): Matrix {
  const A = Z.clone();
  A.apply((i, j) => {
    A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j))));
  });
  return A;
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const onlyActive = (dA: Matrix, Z: Matrix) => {
    const dZ = dA.clone();
    dZ.apply((i, j) => {
      if (!(Z.get(i, j) > 0)) dZ.set(i, j, 0);
    });
    return dZ;
  };
  const meanRows = (M: Matrix) => single(Matrix.columnVector(M.sum("row")).div(m));
  const outer = (dZ: Matrix, A: Matrix) => single(dZ.mmul(A.transpose()).div(m));

  const dZ3 = single(Matrix.sub(cache.A3, Y));
  const dA2 = single(cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob));
  const dZ2 = onlyActive(dA2, cache.Z2);
  const dA1 = single(cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob));
  const dZ1 = onlyActive(dA1, cache.Z1);

  return {
    dZ3, dW3: outer(dZ3, cache.A2), db3: meanRows(dZ3),
    dA2, dZ2, dW2: outer(dZ2, cache.A1), db2: meanRows(dZ2),
    dA1, dZ1, dW1: outer(dZ1, X), db1: meanRows(dZ1),
  };
}

export function predict(X: Matrix, p: Parameters): Matrix {
  const A2 = relu(affine(p.W2, relu(affine(p.W1, X, p.b1)), p.b2));
  return sigmoid(affine(p.W3, A2, p.b3)).round();
}
