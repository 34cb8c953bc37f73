import { Matrix } from "ml-matrix";

type Rng = () => number;

function relu(Z: Matrix) {
  const A = new Matrix(Z);
  for (let i = 0; i < A.rows; i++) A.setRow(i, A.getRow(i).map((z) => (z > 0 ? z : 0)));
  return A;
}

function sigmoid(Z: Matrix) {
  const A = new Matrix(Z);
  for (let i = 0; i < A.rows; i++) A.setRow(i, A.getRow(i).map((z) => 1 / (1 + Math.exp(-z))));
  return A;
}

function sampleMask(like: { rows: number; columns: number }, keep: number, rng: Rng) {
  const D = new Matrix(like.rows, like.columns);
  // from the last unit to the first; the order of independent coins does not matter
  for (let i = D.rows - 1; i >= 0; i--) {
    for (let j = D.columns - 1; j >= 0; j--) {
      D.set(i, j, rng() < keep ? 1 : 0);
    }
  }
  return D;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const D2 = sampleMask({ rows: W2.rows, columns: X.columns }, keep_prob, rng);
  const D1 = sampleMask({ rows: W1.rows, columns: X.columns }, keep_prob, rng);

  const Z1 = Matrix.add(W1.mmul(X), b1.repeat({ columns: X.columns }));
  const A1 = Matrix.div(Matrix.mul(relu(Z1), D1), keep_prob);
  const Z2 = Matrix.add(W2.mmul(A1), b2.repeat({ columns: X.columns }));
  const A2 = Matrix.div(Matrix.mul(relu(Z2), D2), keep_prob);
  const Z3 = Matrix.add(W3.mmul(A2), b3.repeat({ columns: X.columns }));
  const A3 = sigmoid(Z3);

  const cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;
  const grads: Record<string, Matrix> = {};

  grads["dZ3"] = Matrix.sub(cache.A3, Y);
  grads["dW3"] = grads.dZ3.mmul(cache.A2.transpose()).mul(1 / m);
  grads["db3"] = Matrix.columnVector(grads.dZ3.mean("row"));

  for (const l of [2, 1]) {
    const below = l === 2 ? cache.A1 : X;
    const dA = cache[`W${l + 1}`].transpose().mmul(grads[`dZ${l + 1}`]);
    dA.mul(cache[`D${l}`]);
    dA.div(keep_prob);
    const dZ = dA.clone();
    dZ.apply((i, j) => {
      if (cache[`Z${l}`].get(i, j) <= 0) dZ.set(i, j, 0);
    });
    grads[`dA${l}`] = dA;
    grads[`dZ${l}`] = dZ;
    grads[`dW${l}`] = dZ.mmul(below.transpose()).mul(1 / m);
    grads[`db${l}`] = Matrix.columnVector(dZ.mean("row"));
  }
  return grads;
}

export function predict(X: Matrix, parameters: Record<string, Matrix>) {
  let A = X;
  for (let l = 1; l <= 3; l++) {
    const Z = parameters[`W${l}`].mmul(A).addColumnVector(parameters[`b${l}`]);
    A = l < 3 ? relu(Z) : sigmoid(Z);
  }
  return Matrix.rowVector(A.getRow(0).map((a) => (a > 0.5 ? 1 : 0)));
}
