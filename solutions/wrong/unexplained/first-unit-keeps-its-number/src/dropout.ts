import { Matrix } from "ml-matrix";

type Rng = () => number;
type Named = Record<string, Matrix>;

function relu(Z: Matrix): Matrix {
  return Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns));
}

function sigmoid(Z: Matrix): Matrix {
  return Matrix.exp(Matrix.mul(Z, -1)).add(1).pow(-1);
}

function affine(W: Matrix, A: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b);
}

// uniform numbers first, then 0 or 1 in their place
function mask(rows: number, cols: number, keep_prob: number, rng: Rng): Matrix {
  const D = Matrix.rand(rows, cols, { random: rng });
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      D.set(i, j, D.get(i, j) < keep_prob ? 1 : 0);
    }
  }
  return D;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Named, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = affine(W1, X, b1);
  const D1 = mask(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = affine(W2, A1, b2);
  const D2 = mask(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = affine(W3, A2, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Named, keep_prob: number) {
  const { D1, A1, D2, A2, W2, A3, W3 } = cache;
  const m = X.columns;
  const db = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).div(m);
  const back = (dA: Matrix, Z: Matrix) =>
    new Matrix(dA.to2DArray().map((row, i) => row.map((x, j) => (Z.get(i, j) > 0 ? x : 0))));
  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob);
  const dZ2 = back(dA2, cache.Z2);
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob);
  const dZ1 = back(dA1, cache.Z1);
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  return { dZ3, dW3, db3: db(dZ3), dA2, dZ2, dW2, db2: db(dZ2), dA1, dZ1, dW1, db1: db(dZ1) };
}

export function predict(X: Matrix, parameters: Named): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A3 = sigmoid(affine(W3, relu(affine(W2, relu(affine(W1, X, b1)), b2)), b3));
  return new Matrix(A3.to2DArray().map((row) => row.map((a) => (a > 0.5 ? 1 : 0))));
}
