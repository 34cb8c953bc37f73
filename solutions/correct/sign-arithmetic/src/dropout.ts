import { Matrix } from "ml-matrix";

/*
 * No if, no ?: anywhere.
 *   relu(z)      = z * (sign(z) + |sign(z)|) / 2
 *   [z > 0]      = (sign(z) + |sign(z)|) / 2
 *   mask         = (1 + sign(keep_prob - u)) / 2, which is 1 for u < keep_prob and 0 for u > keep_prob
 */
const positive = (Z: Matrix): Matrix => {
  const s = Matrix.sign(Z);
  return Matrix.add(s, Matrix.abs(s)).div(2);
};

const relu = (Z: Matrix): Matrix => Matrix.mul(Z, positive(Z));

const sigmoid = (Z: Matrix): Matrix => Matrix.pow(Matrix.exp(Matrix.mul(Z, -1)).add(1), -1);

const uniform = (rows: number, columns: number, rng: () => number): Matrix => {
  const U = new Matrix(rows, columns);
  for (let k = 0; k < rows * columns; k++) U.set(Math.trunc(k / columns), k % columns, rng());
  return U;
};

const mask = (U: Matrix, keep_prob: number): Matrix =>
  Matrix.mul(U, -1).add(keep_prob).sign().add(1).div(2).ceil();

interface Net { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }

export function forward_propagation_with_dropout(X: Matrix, parameters: Net, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = mask(uniform(Z1.rows, Z1.columns, rng), keep_prob);
  const A1 = relu(Z1).mul(D1).div(keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = mask(uniform(Z2.rows, Z2.columns, rng), keep_prob);
  const A2 = relu(Z2).mul(D2).div(keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;
  const e = Matrix.ones(m, 1).div(m);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = positive(cache.Z2).mul(dA2);
  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = positive(cache.Z1).mul(dA1);

  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: dZ3.mmul(e),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: dZ2.mmul(e),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: dZ1.mmul(e),
  };
}

export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Net) {
  const A1 = relu(W1.mmul(X).addColumnVector(b1));
  const A2 = relu(W2.mmul(A1).addColumnVector(b2));
  const A3 = sigmoid(W3.mmul(A2).addColumnVector(b3));
  return positive(A3.sub(0.5));
}
