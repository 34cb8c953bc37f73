import { Matrix } from "ml-matrix";

const relu = (v: Matrix) => new Matrix(v.to2DArray().map((r) => r.map((x) => (x > 0 ? x : 0))));
const sigmoid = (v: Matrix) => new Matrix(v.to2DArray().map((r) => r.map((x) => 1 / (1 + Math.exp(-x)))));
const drelu = (v: Matrix) => new Matrix(v.to2DArray().map((r) => r.map((x) => (x > 0 ? 1 : 0))));

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  let A1 = relu(Z1);
  const D1 = new Matrix(A1.to2DArray().map((r) => r.map(() => (rng() < keep_prob ? 1 : 0))));
  A1 = A1.mul(D1).div(keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  let A2 = relu(Z2);
  const D2 = new Matrix(A2.to2DArray().map((r) => r.map(() => (rng() < keep_prob ? 1 : 0))));
  A2 = A2.mul(D2).div(keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = Y.columns;

  // The cost is a mean over the batch. I divide here, once, instead of in all six dW and db.
  const dZ3 = Matrix.sub(cache.A3, Y).div(m);
  const dW3 = dZ3.mmul(cache.A2.transpose());
  const db3 = Matrix.columnVector(dZ3.sum("row"));

  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = drelu(cache.Z2).mul(dA2);
  const dW2 = dZ2.mmul(cache.A1.transpose());
  const db2 = Matrix.columnVector(dZ2.sum("row"));

  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = drelu(cache.Z1).mul(dA1);
  const dW1 = dZ1.mmul(X.transpose());
  const db1 = Matrix.columnVector(dZ1.sum("row"));

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Record<string, Matrix>) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(W1.mmul(X).addColumnVector(b1));
  const A2 = relu(W2.mmul(A1).addColumnVector(b2));
  const A3 = sigmoid(W3.mmul(A2).addColumnVector(b3));
  return new Matrix(A3.to2DArray().map((r) => r.map((p) => (p > 0.5 ? 1 : 0))));
}
