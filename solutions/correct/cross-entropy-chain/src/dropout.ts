import { Matrix } from "ml-matrix";

interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache extends Parameters { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }
type Rng = () => number;

function create(rows: number, columns: number, value: (i: number, j: number) => number): Matrix {
  const M = new Matrix(rows, columns);
  M.apply((i, j) => { M.set(i, j, value(i, j)); });
  return M;
}

function sigmoid(Z: Matrix) { return create(Z.rows, Z.columns, (i, j) => 1 / (1 + Math.exp(-Z.get(i, j)))); }
function relu(Z: Matrix) { return create(Z.rows, Z.columns, (i, j) => Math.max(0, Z.get(i, j))); }

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = Matrix.add(W1.mmul(X), create(W1.rows, X.columns, (i) => b1.get(i, 0)));
  let A1 = relu(Z1);
  const D1 = create(A1.rows, A1.columns, () => (rng() < keep_prob ? 1 : 0));
  A1 = create(A1.rows, A1.columns, (i, j) => (A1.get(i, j) * D1.get(i, j)) / keep_prob);

  const Z2 = Matrix.add(W2.mmul(A1), create(W2.rows, X.columns, (i) => b2.get(i, 0)));
  let A2 = relu(Z2);
  const D2 = create(A2.rows, A2.columns, () => (rng() < keep_prob ? 1 : 0));
  A2 = create(A2.rows, A2.columns, (i, j) => (A2.get(i, j) * D2.get(i, j)) / keep_prob);

  const Z3 = Matrix.add(W3.mmul(A2), create(W3.rows, X.columns, (i) => b3.get(i, 0)));
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

// Every link of the chain rule is written down; I wanted to see A3 - Y come out by itself.
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, Z3, A3, W3 } = cache;
  const m = X.columns;

  // dL/dA3 for L = -y log a - (1 - y) log(1 - a)
  const dA3 = create(A3.rows, m, (i, j) => -(Y.get(i, j) / A3.get(i, j)) + (1 - Y.get(i, j)) / (1 - A3.get(i, j)));
  // dA3/dZ3 = s (1 - s)
  const s = sigmoid(Z3);
  const dZ3 = create(A3.rows, m, (i, j) => dA3.get(i, j) * s.get(i, j) * (1 - s.get(i, j)));
  const dW3 = dZ3.mmul(A2.transpose()).mul(1 / m);
  const db3 = create(dZ3.rows, 1, (i) => dZ3.getRow(i).reduce((t, v) => t + v, 0) / m);

  const up2 = W3.transpose().mmul(dZ3);
  const dA2 = create(up2.rows, m, (i, j) => (up2.get(i, j) * D2.get(i, j)) / keep_prob);
  const dZ2 = create(up2.rows, m, (i, j) => dA2.get(i, j) * (Z2.get(i, j) > 0 ? 1 : 0));
  const dW2 = dZ2.mmul(A1.transpose()).mul(1 / m);
  const db2 = create(dZ2.rows, 1, (i) => dZ2.getRow(i).reduce((t, v) => t + v, 0) / m);

  const up1 = W2.transpose().mmul(dZ2);
  const dA1 = create(up1.rows, m, (i, j) => (up1.get(i, j) * D1.get(i, j)) / keep_prob);
  const dZ1 = create(up1.rows, m, (i, j) => dA1.get(i, j) * (Z1.get(i, j) > 0 ? 1 : 0));
  const dW1 = dZ1.mmul(X.transpose()).mul(1 / m);
  const db1 = create(dZ1.rows, 1, (i) => dZ1.getRow(i).reduce((t, v) => t + v, 0) / m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = relu(W1.mmul(X).addColumnVector(b1));
  const A2 = relu(W2.mmul(A1).addColumnVector(b2));
  const A3 = sigmoid(W3.mmul(A2).addColumnVector(b3));
  return create(1, X.columns, (_, j) => (A3.get(0, j) > 0.5 ? 1 : 0));
}
