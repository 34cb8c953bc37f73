import { Matrix } from "ml-matrix";

// Written in Notepad on Windows.

type Rng = () => number;

function Relu(Z: Matrix): Matrix {
  let A = Z.clone();
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.columns; j++)
      if (A.get(i, j) < 0)
        A.set(i, j, 0);
  return A;
}

function Sigmoid(Z: Matrix): Matrix {
  let A = Z.clone();
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.columns; j++)
      A.set(i, j, 1.0 / (1.0 + Math.exp(-A.get(i, j))));
  return A;
}

function Mask(rows: number, cols: number, keepProb: number, rng: Rng): Matrix {
  let D = new Matrix(rows, cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++)
      D.set(i, j, rng() < keepProb ? 1 : 0);
  return D;
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Record<string, Matrix>,
  keep_prob: number,
  rng: Rng = Math.random
) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  let Z1 = W1.mmul(X).addColumnVector(b1);
  let A1 = Relu(Z1);
  let D1 = Mask(A1.rows, A1.columns, keep_prob, rng);   /* Step 1 and 2 */
  A1 = Matrix.mul(A1, D1);                              /* Step 3 */
  A1 = Matrix.div(A1, keep_prob);                       /* Step 4 */

  let Z2 = W2.mmul(A1).addColumnVector(b2);
  let A2 = Relu(Z2);
  let D2 = Mask(A2.rows, A2.columns, keep_prob, rng);
  A2 = Matrix.mul(A2, D2);
  A2 = Matrix.div(A2, keep_prob);

  let Z3 = W3.mmul(A2).addColumnVector(b3);
  let A3 = Sigmoid(Z3);

  let cache = {
    Z1, D1, A1, W1, b1,
    Z2, D2, A2, W2, b2,
    Z3, A3, W3, b3
  };
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  let m = X.columns;

  let dZ3 = Matrix.sub(cache.A3, Y);
  let dW3 = Matrix.mul(dZ3.mmul(cache.A2.transpose()), 1 / m);
  let db3 = Matrix.mul(Matrix.columnVector(dZ3.sum("row")), 1 / m);

  let dA2 = cache.W3.transpose().mmul(dZ3);
  dA2 = Matrix.mul(dA2, cache.D2);
  dA2 = Matrix.div(dA2, keep_prob);
  let dZ2 = dA2.clone();
  for (let i = 0; i < dZ2.rows; i++)
    for (let j = 0; j < dZ2.columns; j++)
      if (!(cache.A2.get(i, j) > 0))
        dZ2.set(i, j, 0);
  let dW2 = Matrix.mul(dZ2.mmul(cache.A1.transpose()), 1 / m);
  let db2 = Matrix.mul(Matrix.columnVector(dZ2.sum("row")), 1 / m);

  let dA1 = cache.W2.transpose().mmul(dZ2);
  dA1 = Matrix.mul(dA1, cache.D1);
  dA1 = Matrix.div(dA1, keep_prob);
  let dZ1 = dA1.clone();
  for (let i = 0; i < dZ1.rows; i++)
    for (let j = 0; j < dZ1.columns; j++)
      if (!(cache.A1.get(i, j) > 0))
        dZ1.set(i, j, 0);
  let dW1 = Matrix.mul(dZ1.mmul(X.transpose()), 1 / m);
  let db1 = Matrix.mul(Matrix.columnVector(dZ1.sum("row")), 1 / m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Record<string, Matrix>) {
  let { A3 } = forward_propagation_with_dropout(X, parameters, 1.0);
  let p = new Matrix(1, X.columns);
  for (let i = 0; i < X.columns; i++) {
    if (A3.get(0, i) > 0.5)
      p.set(0, i, 1);
    else
      p.set(0, i, 0);
  }
  return p;
}
