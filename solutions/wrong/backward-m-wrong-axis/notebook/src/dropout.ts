import { Matrix } from "ml-matrix";

type Rng = () => number;

export interface Parameters {
  W1: Matrix;
  b1: Matrix;
  W2: Matrix;
  b2: Matrix;
  W3: Matrix;
  b3: Matrix;
}

export interface Cache extends Parameters {
  Z1: Matrix;
  D1: Matrix;
  A1: Matrix;
  Z2: Matrix;
  D2: Matrix;
  A2: Matrix;
  Z3: Matrix;
  A3: Matrix;
}

function relu(Z: Matrix): Matrix {
  return Matrix.mul(Z, isPositive(Z));
}

function sigmoid(Z: Matrix): Matrix {
  return Matrix.mul(Z, -1).exp().add(1).pow(-1);
}

// np.int64(Z > 0)
function isPositive(Z: Matrix): Matrix {
  const out = Matrix.zeros(Z.rows, Z.columns);
  return out.apply((i, j) => {
    out.set(i, j, Z.get(i, j) > 0 ? 1 : 0);
  });
}

// np.random.rand(rows, cols) < keep_prob
function randLessThan(rows: number, cols: number, keep_prob: number, rng: Rng): Matrix {
  const D = Matrix.random(rows, cols, { random: rng });
  return D.apply((i, j) => {
    D.set(i, j, D.get(i, j) < keep_prob ? 1 : 0);
  });
}

// np.sum(dZ, axis=1, keepdims=True)
function sumAxis1(dZ: Matrix): Matrix {
  return Matrix.columnVector(dZ.sum("row"));
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
) {
  // retrieve parameters
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  // LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID
  const Z1 = W1.mmul(X).addColumnVector(b1);
  let A1 = relu(Z1);
  const D1 = randLessThan(A1.rows, A1.columns, keep_prob, rng); // Steps 1 and 2
  A1 = Matrix.mul(A1, D1); // Step 3
  A1 = Matrix.div(A1, keep_prob); // Step 4

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  let A2 = relu(Z2);
  const D2 = randLessThan(A2.rows, A2.columns, keep_prob, rng); // Steps 1 and 2
  A2 = Matrix.mul(A2, D2); // Step 3
  A2 = Matrix.div(A2, keep_prob); // Step 4

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);

  const cache: Cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.rows; // X.shape[0]
  const { D1, A1, D2, A2, W2, A3, W3 } = cache;

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).mul(1 / m);
  const db3 = sumAxis1(dZ3).mul(1 / m);

  let dA2 = W3.transpose().mmul(dZ3);
  dA2 = Matrix.mul(dA2, D2); // Step 1
  dA2 = Matrix.div(dA2, keep_prob); // Step 2
  const dZ2 = Matrix.mul(dA2, isPositive(A2));
  const dW2 = dZ2.mmul(A1.transpose()).mul(1 / m);
  const db2 = sumAxis1(dZ2).mul(1 / m);

  let dA1 = W2.transpose().mmul(dZ2);
  dA1 = Matrix.mul(dA1, D1); // Step 1
  dA1 = Matrix.div(dA1, keep_prob); // Step 2
  const dZ1 = Matrix.mul(dA1, isPositive(A1));
  const dW1 = dZ1.mmul(X.transpose()).mul(1 / m);
  const db1 = sumAxis1(dZ1).mul(1 / m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const p = Matrix.zeros(1, X.columns);
  for (let i = 0; i < X.columns; i++) {
    p.set(0, i, A3.get(0, i) > 0.5 ? 1 : 0);
  }
  return p;
}
