import { Matrix } from "ml-matrix";

interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache extends Parameters { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }

/** n uniform numbers in one go, like np.random.rand(n) */
function rand(n: number, rng: () => number): Float64Array {
  return Float64Array.from({ length: n }, () => rng());
}

function bernoulli(rows: number, cols: number, p: number, rng: () => number): Matrix {
  const flat = rand(rows * cols, rng).map((u) => Number(u < p));
  return Matrix.from1DArray(rows, cols, flat as unknown as number[]); // reshape(rows, cols)
}

function elementwise(a: Matrix, f: (v: number) => number): Matrix {
  return Matrix.from1DArray(a.rows, a.columns, a.to1DArray().map(f));
}
const relu = (z: Matrix) => elementwise(z, (v) => (v > 0 ? v : 0));
const sigmoid = (z: Matrix) => elementwise(z, (v) => 1 / (1 + Math.exp(-v)));
const step = (z: Matrix) => elementwise(z, (v) => (v > 0 ? 1 : 0));

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  let A1 = relu(Z1);
  const D1 = bernoulli(W1.rows, m, keep_prob, rng);
  A1 = Matrix.mul(A1, D1);
  A1 = Matrix.div(A1, keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  let A2 = relu(Z2);
  const D2 = bernoulli(W2.rows, m, keep_prob, rng);
  A2 = Matrix.mul(A2, D2);
  A2 = Matrix.div(A2, keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const m = Y.columns;

  const dZ3 = Matrix.subtract(A3, Y);
  const dW3 = Matrix.div(dZ3.mmul(A2.transpose()), m);
  const db3 = Matrix.div(Matrix.columnVector(dZ3.sum("row")), m);

  let dA2 = W3.transpose().mmul(dZ3);
  dA2 = Matrix.mul(dA2, D2);
  dA2 = Matrix.div(dA2, keep_prob);
  const dZ2 = Matrix.mul(dA2, step(Z2));
  const dW2 = Matrix.div(dZ2.mmul(A1.transpose()), m);
  const db2 = Matrix.div(Matrix.columnVector(dZ2.sum("row")), m);

  let dA1 = W2.transpose().mmul(dZ2);
  dA1 = Matrix.mul(dA1, D1);
  dA1 = Matrix.div(dA1, keep_prob);
  const dZ1 = Matrix.mul(dA1, step(Z1));
  const dW1 = Matrix.div(dZ1.mmul(X.transpose()), m);
  const db1 = Matrix.div(Matrix.columnVector(dZ1.sum("row")), m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(W1.mmul(X).addColumnVector(b1));
  const A2 = relu(W2.mmul(A1).addColumnVector(b2));
  const A3 = sigmoid(W3.mmul(A2).addColumnVector(b3));
  return elementwise(A3, Math.round);
}
