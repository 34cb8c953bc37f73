import { Matrix } from "ml-matrix";

function relu(Z: Matrix): Matrix {
  return Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns));
}

function sigmoid(Z: Matrix): Matrix {
  return Matrix.mul(Z, -1).exp().add(1).pow(-1);
}

function z(W: Matrix, A: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b);
}
export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: any,
  keep_prob: number,
  rng: () => number = Math.random,
): { A3: Matrix; cache: any } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = z(W1, X, b1);
  let A1 = relu(Z1);
  let D1 = Matrix.random(A1.rows, A1.columns, { random: rng });
  D1 = D1.apply((i, j) => D1.set(i, j, D1.get(i, j) > keep_prob ? 1 : 0));
  A1 = Matrix.mul(A1, D1);
  A1 = Matrix.div(A1, keep_prob);

  const Z2 = z(W2, A1, b2);
  let A2 = relu(Z2);
  let D2 = Matrix.random(A2.rows, A2.columns, { random: rng });
  D2 = D2.apply((i, j) => D2.set(i, j, D2.get(i, j) > keep_prob ? 1 : 0));
  A2 = Matrix.mul(A2, D2);
  A2 = Matrix.div(A2, keep_prob);

  const Z3 = z(W3, A2, b3);
  const A3 = sigmoid(Z3);

  const cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

function sumRows(M: Matrix): Matrix {
  return Matrix.columnVector(M.sum("row"));
}

function indicator(Z: Matrix): Matrix {
  const P = Matrix.zeros(Z.rows, Z.columns);
  return P.apply((i, j) => P.set(i, j, Z.get(i, j) > 0 ? 1 : 0));
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: any,
  keep_prob: number,
): any {
  const m = X.columns;
  const { D1, A1, D2, A2, W2, A3, W3 } = cache;

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = sumRows(dZ3).div(m);

  let dA2 = W3.transpose().mmul(dZ3);
  dA2 = Matrix.mul(dA2, D2);
  dA2 = Matrix.div(dA2, keep_prob);
  const dZ2 = Matrix.mul(dA2, indicator(A2));
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = sumRows(dZ2).div(m);

  let dA1 = W2.transpose().mmul(dZ2);
  dA1 = Matrix.mul(dA1, D1);
  dA1 = Matrix.div(dA1, keep_prob);
  const dZ1 = Matrix.mul(dA1, indicator(A1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = sumRows(dZ1).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(z(W1, X, b1));
  const A2 = relu(z(W2, A1, b2));
  const A3 = sigmoid(z(W3, A2, b3));
  const labels = Matrix.zeros(1, X.columns);
  for (let j = 0; j < X.columns; j++) {
    labels.set(0, j, A3.get(0, j) > 0.5 ? 1 : 0);
  }
  return labels;
}
