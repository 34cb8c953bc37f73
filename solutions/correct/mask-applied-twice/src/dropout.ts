import { Matrix } from "ml-matrix";

type Rng = () => number;

function rectified(Z: Matrix) {
  return new Matrix(Z.to2DArray().map((row) => row.map((z) => (z > 0 ? z : 0))));
}
function probability(Z: Matrix) {
  return new Matrix(Z.to2DArray().map((row) => row.map((z) => 1 / (1 + Math.exp(-z)))));
}

/** Belt and braces: mask on Z and again on A. 0*0 = 0 and 1*1 = 1, so twice does no harm. */
export function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = drawMask(Z1);
  const A1 = rectified(Matrix.mul(Z1, D1)).mul(D1).div(keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = drawMask(Z2);
  const A2 = rectified(Matrix.mul(Z2, D2)).mul(D2).div(keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = probability(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };

  function drawMask(like: Matrix) {
    const D = like.clone();
    for (let i = 0; i < D.rows; i++) {
      for (let j = 0; j < D.columns; j++) {
        D.set(i, j, rng() <= keep_prob ? 1 : 0);
      }
    }
    return D;
  }
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);

  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  // once more here, because A2 > 0 alone is not the mask
  const dZ2 = Matrix.mul(dA2, cache.D2);
  dZ2.apply((i, j) => {
    if (!(cache.A2.get(i, j) > 0)) dZ2.set(i, j, 0);
  });
  const dW2 = dZ2.mmul(Matrix.mul(cache.A1, cache.D1).transpose()).div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).div(m);

  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, cache.D1);
  dZ1.apply((i, j) => {
    if (!(cache.A1.get(i, j) > 0)) dZ1.set(i, j, 0);
  });
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Record<string, Matrix>) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return new Matrix(A3.to2DArray().map((row) => row.map((p) => (p > 0.5 ? 1 : 0))));
}
